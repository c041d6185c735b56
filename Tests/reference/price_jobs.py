#!/usr/bin/env python3
"""Computes the objectives and incident figures of the pack price-jobs from its tables, independently of sloreport.

Usage: scripts/throwaway-postgres --pack price-jobs python3 Tests/reference/price_jobs.py > expected.json

Reads the rows of three tables as they are, through psql, and does all else here: none of the pack's queries is used, and nothing
is added up in the database. Prints good and total of each objective as of the end of ISO week 2026-W42 in UTC: over the
objective's 30 days, over the week, and over the 30 days at the end of each of the seven weeks before; and what the
incidents come to in the week and in the 30 days. Only the standard library is used; all times are integers in
nanoseconds.

Definitions
  success       Price runs that have ended and started in [start, end); good are those with status ok.
  duration      Price runs with status ok or partial that started in [start, end); good took at most 60 s.
  freshness     Price runs with status ok make prices fresh in [finish, finish + 1 h). good = |fresh in [start, end)|,
                total = end - start, all of it after the first success.
  flow          Full hours h in [start, end); good are those with a new price in [h, h + 1 h).
  availability  good = total - |union of critical and major incidents, clipped to [start, end)|, total = end - start; an open
                incident lasts until the end.
  MTTR          Mean of resolved - started over incidents that started in [start, end) and are resolved as of end, whole and
                unclipped. MTTD and MTTA alike with detected and acknowledged, over all that have them. Median and p90 are
                quantiles of type 7.
  down          Length of the union of all incidents but maintenance, clipped to [start, end).
  MTBF          (end - start - down) / incidents that started in [start, end), without maintenance.
  attribution   The bad price runs of the 30 days by incident: a run belongs to an incident that touches the minute it started
                in; of several to the most severe, then to the earliest.
"""

import bisect
import csv
import datetime
import io
import json
import subprocess
import sys

NS = 1_000_000_000
MINUTE = 60 * NS
HOUR = 3600 * NS
DAY = 24 * HOUR
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def instant(text):
    """Nanoseconds of an ISO time with offset; None of nothing."""
    if not text:
        return None
    since = datetime.datetime.fromisoformat(text) - EPOCH
    return (since.days * 86_400 + since.seconds) * NS + since.microseconds * 1000


def rows(columns, table):
    """The rows of a table, times as instants."""
    copy = f"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT csv, HEADER)"
    text = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", "SET timezone = 'UTC'", "-c", copy],
        check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    for row in csv.DictReader(io.StringIO(text)):
        yield {
            key: instant(value) if key.endswith("_at") else value for key, value in row.items()
        }


def union(intervals):
    result = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1][1] = max(result[-1][1], end)
        else:
            result.append([start, end])
    return result


def clipped_length(intervals, start, end):
    return sum(
        max(0, min(stop, end) - max(begin, start)) for begin, stop in union(intervals))


def quantile(ordered, tenths):
    rank, rest = divmod(tenths * (len(ordered) - 1), 10)
    return ordered[rank] + ((ordered[rank + 1] - ordered[rank]) * rest / 10 if rest else 0)


class Tables:
    def __init__(self):
        runs = list(rows("job_type, status, started_at, finished_at", "scrape_runs"))
        self.runs = [run for run in runs if run["job_type"] == "price" and run["status"]]
        self.successes = sorted(run["finished_at"] for run in self.runs if run["status"] == "ok")
        self.prices = sorted(row["scraped_at"] for row in rows("scraped_at", "prices"))
        self.incidents = list(rows(
            "id, service, severity, cause, started_at, detected_at, acknowledged_at, resolved_at",
            "incidents"))

    def success(self, start, end):
        chosen = [run for run in self.runs if start <= run["started_at"] < end]
        return sum(run["status"] == "ok" for run in chosen), len(chosen)

    def duration(self, start, end):
        chosen = [
            run["finished_at"] - run["started_at"] for run in self.runs
            if start <= run["started_at"] < end and run["status"] != "fail"
        ]
        return sum(took <= 60 * NS for took in chosen), len(chosen)

    def freshness(self, start, end):
        assert self.successes[0] <= start
        known = self.successes[:bisect.bisect_left(self.successes, end)]
        return clipped_length(((at, at + HOUR) for at in known), start, end), end - start

    def flow(self, start, end):
        hours = range(-(-start // HOUR) * HOUR, end, HOUR)
        good = sum(
            bisect.bisect_left(self.prices, hour) < bisect.bisect_left(self.prices, hour + HOUR)
            for hour in hours)
        return good, len(hours)

    def down(self, severities, start, end):
        return clipped_length(
            ((one["started_at"], one["resolved_at"] or end) for one in self.incidents
             if one["severity"] in severities), start, end)

    def availability(self, start, end):
        return end - start - self.down(("critical", "major"), start, end), end - start

    def incident_figures(self, start, end):
        severities = ("critical", "major", "minor")
        chosen = [one for one in self.incidents if start <= one["started_at"] < end]
        counted = [one for one in chosen if one["severity"] in severities]
        down = self.down(severities, start, end)

        def summary(some):
            def lengths(column):
                found = sorted(
                    one[column] - one["started_at"] for one in some
                    if one[column] is not None and one[column] <= end)
                if not found:
                    return None
                return {
                    "count": len(found),
                    "mean": sum(found) / len(found) / NS,
                    "median": quantile(found, 5) / NS,
                    "p90": quantile(found, 9) / NS,
                }

            return {
                "started": len(some),
                "open": sum(one["resolved_at"] is None or one["resolved_at"] > end for one in some),
                "restore": lengths("resolved_at"),
                "acknowledge": lengths("acknowledged_at"),
                "detect": lengths("detected_at"),
            }

        def groups(column):
            return {
                key: summary([one for one in counted if one[column] == key])
                for key in sorted({one[column] for one in counted})
            }

        return {
            "all": summary(counted),
            "withoutDownTime": len(chosen) - len(counted),
            "downSeconds": down / NS,
            "betweenSeconds": (end - start - down) / len(counted) / NS if counted else None,
            "groups": {column: groups(column) for column in ("severity", "service", "cause")},
            "touching": sorted(
                one["id"] for one in self.incidents
                if one["started_at"] < end and (one["resolved_at"] is None or one["resolved_at"] >= start)),
        }


    def attribution(self, start, end):
        order = ("critical", "major", "minor", "maintenance")
        ranked = sorted(
            self.incidents, key=lambda one: (order.index(one["severity"]), one["started_at"], one["id"]))
        bad = {}
        for run in self.runs:
            if not start <= run["started_at"] < end or run["status"] == "ok":
                continue
            minute = run["started_at"] // MINUTE
            owner = next((
                one["id"] for one in ranked
                if one["started_at"] // MINUTE <= minute
                and minute * MINUTE < (end if one["resolved_at"] is None else one["resolved_at"])
            ), "outside")
            bad[owner] = bad.get(owner, 0) + 1
        return dict(sorted(bad.items()))


OBJECTIVES = [
    ("run-success", Tables.success, 985_000_000, "events"),
    ("run-duration", Tables.duration, 950_000_000, "events"),
    ("price-freshness", Tables.freshness, 990_000_000, "nanoseconds"),
    ("price-flow", Tables.flow, 980_000_000, "slices"),
    ("availability", Tables.availability, 985_000_000, "nanoseconds"),
]


def left(good, total, target):
    """The share of the budget that is left."""
    return round(1 - ((total - good) / total) / ((1_000_000_000 - target) / 1e9), 9)


def checksums(path):
    text = subprocess.run(
        ["psql", "-XqAt", "-F", " ", "-v", "ON_ERROR_STOP=1", "-f", path],
        check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    lines = [line.split() for line in text.splitlines()]
    return {name: {"rows": int(count), "checksum": total} for name, count, total in lines}


def main():
    tables = Tables()
    as_of = instant("2026-10-19T00:00:00+00:00")
    week, window = as_of - 7 * DAY, 30 * DAY
    result = {
        "asOf": "2026-10-19T00:00:00Z",
        "week": {"name": "2026-W42", "start": "2026-10-12T00:00:00Z", "end": "2026-10-19T00:00:00Z"},
        "tables": checksums("packs/price-jobs/checksum.sql"),
        "objectives": {},
        "incidents": {
            "week": tables.incident_figures(week, as_of),
            "window": tables.incident_figures(as_of - window, as_of),
        },
        "attribution": {"run-success": tables.attribution(as_of - window, as_of)},
    }
    for name, measure, target, unit in OBJECTIVES:
        good, total = measure(tables, as_of - window, as_of)
        week_good, week_total = measure(tables, week, as_of)
        trail = []
        for back in range(7, -1, -1):
            end = as_of - back * 7 * DAY
            some_good, some_total = measure(tables, end - window, end)
            trail.append({
                "week": f"2026-W{42 - back}", "good": some_good, "total": some_total,
                "budgetLeft": left(some_good, some_total, target),
            })
        result["objectives"][name] = {
            "unit": unit,
            "targetPartsPerBillion": target,
            "windowDays": window // DAY,
            "window": {"good": good, "total": total, "budgetLeft": left(good, total, target)},
            "week": {"good": week_good, "total": week_total},
            "trail": trail,
        }
    json.dump(result, sys.stdout, indent=2)
    print()


main()
