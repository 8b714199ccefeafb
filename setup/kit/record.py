"""A pytest plugin: write the outcome of each test and subtest into a file, for a comparison."""

import json
import os
import re

# Subtests name records by their ids, which differ from one database to the next.
RECORD_IDS = re.compile(r"\(\d[\d, ]*\)")

_outcomes = {}


def _name(report):
    """The test's path below the add-ons folder, with the values of a subtest."""
    name = report.nodeid
    for start in ("odoo/", "addons/"):
        name = name.removeprefix(start)
    values = getattr(getattr(report, "context", None), "kwargs", None)
    if values:
        told = ", ".join(f"{key}={value!r}" for key, value in values.items())
        name += f" ({RECORD_IDS.sub('(…)', told)})"
    return name


def pytest_runtest_logreport(report):
    """A failure anywhere counts; a subtest counts for itself."""
    name = _name(report)
    if report.failed:
        _outcomes[name] = "failed"
    elif report.when == "call" or report.skipped:
        _outcomes.setdefault(name, "skipped" if report.skipped else "passed")


def pytest_collectreport(report):
    """A file that cannot be read counts as a failed test."""
    if report.failed:
        _outcomes[f"{_name(report)} (collection)"] = "failed"


def pytest_sessionfinish():
    """Write the file that KUNDEN_RECORD names."""
    with open(os.environ["KUNDEN_RECORD"], "w", encoding="utf-8") as file:
        json.dump(_outcomes, file, indent=1, sort_keys=True)
