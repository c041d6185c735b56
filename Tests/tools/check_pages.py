#!/usr/bin/env python3
"""Checks pages of reports, and prints what it finds as JSON.

Usage: .build-tools/bin/python Tests/tools/check_pages.py JOBS

JOBS is a JSON file: a list of {"file": a page or an SVG file, "checks": names of checks; all of them where absent}. The answer is a
list of {"file", "check", "text"}, one for each finding.

Checks: valid, rules, axe, widths, contrast, strict, paper.
"""

import json
import pathlib
import sys
import traceback

import devtools
import paper
import screen
import source

IN_BROWSER = {"axe": screen.axe, "widths": screen.widths, "contrast": screen.contrast,
              "strict": screen.strict, "paper": paper.paper}


def findings(jobs, browser):
    messages = source.valid([job["file"] for job in jobs if "valid" in job["checks"]])
    for job in jobs:
        for check in job["checks"]:
            try:
                if check == "valid":
                    texts = messages[job["file"]]
                elif check == "rules":
                    texts = source.rules(pathlib.Path(job["file"]).read_text(encoding="utf-8"))
                else:
                    texts = IN_BROWSER[check](browser, pathlib.Path(job["file"]).as_uri())
                for text in texts:
                    yield {"file": job["file"], "check": check, "text": text}
            except Exception:
                yield {"file": job["file"], "check": check, "text": traceback.format_exc()}


def main():
    jobs = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    for job in jobs:
        job.setdefault("checks", ["valid", "rules", *IN_BROWSER])
    with devtools.Browser() as browser:
        json.dump(list(findings(jobs, browser)), sys.stdout, ensure_ascii=False)


main()
