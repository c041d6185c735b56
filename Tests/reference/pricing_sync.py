#!/usr/bin/env python3
"""Computes the five SLOs of the pack pricing-sync from its snapshots, independently of sloreport.

Usage: pricing_sync.py DIRECTORY > expected.json

Reads every *.om.gz of DIRECTORY with a parser of its own (which also checks the order that OpenMetrics
asks for) and prints good and total of each objective as of the end of ISO week 2026-W42 in Berlin: over
the objective's rolling window, over the week, and over the window at the end of each of the seven weeks before.
Only the standard library is used; all times are integers in nanoseconds.

Definitions
  counter   A step belongs to its later sample and counts when start < t <= end. After a fall the step is the
            new value. A step over a gap counts at the gap's end. Series are added up.
  uptime    Samples with start < t <= end; good is the sum of their values, total their number.
  fresh     Observed is the union of (t[i-1], t[i]] over neighbouring samples of each series whose step is at most
            2.5 times the interval (the lower median of the step, the 10 before and the 10 after it), clipped to the window. A success at s is
            fresh in [s, s + bound). good = |fresh and observed|, total = |observed|. Time before the first success
            that is known is unobserved.
  data      Time-based objectives are read from window start - (bound + 1 h), the others from window start - 1 h.
"""

import datetime
import glob
import gzip
import json
import os
import re
import statistics
import sys

NS = 1_000_000_000
HOUR = 3600 * NS
DAY = 24 * HOUR
LINE = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+) ([0-9]+)\.([0-9]{3})$')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)')
SUFFIXES = {
    "counter": ("_total",),
    "histogram": ("_bucket", "_count", "_sum"),
    "gauge": ("",),
}


def instant(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    return int(moment.timestamp()) * NS


def parse(path, series):
    """Adds the samples of one file to series: (name, labels) -> [(nanoseconds, value)]."""
    families, family, kind, units, ended = set(), None, None, {}, False
    last_point, closed = {}, set()
    current = None
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            where = f"{path}:{number}"
            assert line.endswith("\n") and not ended, where
            line = line[:-1]
            if line == "# EOF":
                ended = True
            elif line.startswith("# "):
                _, word, name, rest = line.split(" ", 3)
                if word == "TYPE":
                    assert name not in families, f"{where}: family twice"
                    families.add(name)
                    family, kind = name, rest
                    assert kind in SUFFIXES, where
                assert name == family, f"{where}: {word} of another family"
                if word == "UNIT":
                    assert name.endswith("_" + rest), f"{where}: unit is no suffix"
            else:
                match = LINE.match(line)
                assert match, where
                name, text, value, seconds, millis = match.groups()
                assert name in {family + suffix for suffix in SUFFIXES[kind]}, f"{where}: interleaved"
                labels = tuple(sorted(LABEL.findall(text or "")))
                assert sum(len(k) + len(v) + 4 for k, v in labels) - 1 == len(text or "") or not text, where
                time = int(seconds) * NS + int(millis) * 1_000_000
                metric = (family, tuple(pair for pair in labels if pair[0] != "le"))
                if metric != current:
                    assert metric not in closed, f"{where}: metric interleaved"
                    closed.add(metric)
                    current = metric
                samples = series.setdefault((name, labels), [])
                assert not samples or samples[-1][0] < time, f"{where}: time does not rise"
                assert last_point.get(metric, 0) <= time, f"{where}: points interleaved"
                last_point[metric] = time
                samples.append((time, float(value)))
    assert ended, f"{path}: no EOF"


def select(series, name, **labels):
    chosen = [
        samples for (other, pairs), samples in sorted(series.items())
        if other == name and all(dict(pairs).get(key) == value for key, value in labels.items())
    ]
    assert chosen, (name, labels)
    return chosen


def loaded(chosen, start, end):
    return [[sample for sample in samples if start < sample[0] <= end] for samples in chosen]


def steps(samples):
    """(time, step) of neighbouring samples."""
    for (_, old), (time, new) in zip(samples, samples[1:]):
        yield time, new - old if new >= old else new


def increase(chosen, start, end):
    total = 0.0
    for samples in loaded(chosen, start - HOUR, end):
        total += sum(step for time, step in steps(samples) if start < time <= end)
    assert total == int(total)
    return int(total)


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


def intersection(one, other):
    result, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            result.append([start, end])
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return result


def length(intervals):
    return sum(end - start for start, end in intervals)


def covered(samples):
    """The steps that are no gap, by the interval there."""
    times = [sample[0] for sample in samples]
    steps = [b - a for a, b in zip(times, times[1:])]
    for place, step in enumerate(steps):
        interval = statistics.median_low(steps[max(0, place - 10):place + 11])
        if step * 2 <= interval * 5:
            yield times[place], times[place + 1]


def fresh_share(chosen, successes, bound, start, end):
    moments = sorted({moment for samples in chosen for moment in successes(samples)})
    observed = union(part for samples in chosen for part in covered(samples))
    assert observed and moments, "no time was observed"
    observed = intersection(observed, [[max(start, moments[0]), end]])
    fresh = union((moment, moment + bound) for moment in moments)
    return length(intersection(fresh, observed)), length(observed)


def gauge_moments(samples):
    return sorted({int(value) * NS for _, value in samples if value > 0})


def rises(samples):
    return [time for time, step in steps(samples) if step > 0]


def ratio(series, start, end):
    name = "pricing_scheduled_sync_runs_total"
    return (
        increase(select(series, name, status="success"), start, end),
        increase(select(series, name), start, end))


def latency(series, start, end):
    name = "pricing_scheduled_sync_duration_seconds_bucket"
    return (
        increase(select(series, name, le="60.0"), start, end),
        increase(select(series, name, le="+Inf"), start, end))


def timed(name, successes):
    def measure(series, start, end):
        bound = 8 * HOUR
        chosen = loaded(select(series, name), start - bound - HOUR, end)
        return fresh_share(chosen, successes, bound, start, end)
    return measure


def uptime(series, start, end):
    samples = [
        value for samples in loaded(select(series, "up", job="pricing-admin"), start, end)
        for _, value in samples
    ]
    return int(sum(samples)), len(samples)


OBJECTIVES = [
    ("sync-success", ratio, 7 * DAY, 950_000_000, "events"),
    ("sync-duration", latency, 7 * DAY, 950_000_000, "events"),
    ("sync-availability", timed("pricing_scheduled_sync_runs_total", rises), 30 * DAY, 990_000_000,
     "nanoseconds"),
    ("data-freshness", timed("pricing_last_sync_timestamp", gauge_moments), 30 * DAY, 990_000_000,
     "nanoseconds"),
    ("admin-uptime", uptime, 30 * DAY, 999_000_000, "samples"),
]


def left(good, total, target):
    """The share of the budget that is left."""
    if total == 0:
        return None
    return 1 - ((total - good) / total) / ((1_000_000_000 - target) / 1e9)


def main():
    directory = sys.argv[1]
    series = {}
    paths = sorted(glob.glob(os.path.join(directory, "*.om.gz")))
    assert paths, f"no snapshots in {directory}"
    for path in paths:
        parse(path, series)
    as_of = instant("2026-10-18T22:00:00+0000")
    week = as_of - 7 * DAY
    result = {
        "asOf": "2026-10-18T22:00:00Z",
        "week": {"name": "2026-W42", "start": "2026-10-11T22:00:00Z", "end": "2026-10-18T22:00:00Z"},
        "files": len(paths),
        "series": len(series),
        "samples": sum(len(samples) for samples in series.values()),
        "objectives": {},
    }
    for name, measure, window, target, unit in OBJECTIVES:
        good, total = measure(series, as_of - window, as_of)
        week_good, week_total = measure(series, week, as_of)
        trail = []
        for back in range(7, -1, -1):
            # No clock change lies in these weeks.
            end = as_of - back * 7 * DAY
            some_good, some_total = measure(series, end - window, end)
            trail.append({
                "week": f"2026-W{42 - back}", "good": some_good, "total": some_total,
                "budgetLeft": round(left(some_good, some_total, target), 9),
            })
        result["objectives"][name] = {
            "unit": unit,
            "targetPartsPerBillion": target,
            "windowDays": window // DAY,
            "window": {"good": good, "total": total, "budgetLeft": round(left(good, total, target), 9)},
            "week": {"good": week_good, "total": week_total},
            "trail": trail,
        }
    json.dump(result, sys.stdout, indent=2)
    print()


main()
