"""A pytest plugin: a skipped test is a failed one, and coverage has goals.

Odoo skips a browser test silently where Chromium or a library is missing; here that is a
failure. On a run without arguments the coverage of our add-ons is checked before the summary.
"""

import io
import os
from pathlib import Path

import coverage
import pytest
from coverage.exceptions import NoDataError

GOALS = {
    "kunden_crm/kernel/*": 100.0,
    "kunden_crm_marketing/kernel/*": 100.0,
    "kunden_crm/*": 95.0,
    "kunden_crm_marketing/*": 95.0,
}
BROWSER_FILES = "test_tour"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn "skipped" into "failed"."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid} was skipped, which counts as a failure: {reason}"
    return report


def pytest_collection_modifyitems(config, items):
    """With --no-browser the tests that need one are left out, and the summary says so."""
    if not os.environ.get("KUNDEN_NO_BROWSER"):
        return
    left_out = [item for item in items if item.path.name.startswith(BROWSER_FILES)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_sessionfinish(session):
    """Fail the run where a goal of coverage is missed."""
    measured = coverage.Coverage.current()
    if not os.environ.get("KUNDEN_WHOLE") or measured is None:
        return
    measured.stop()
    missed = []
    for pattern, goal in GOALS.items():
        found, table = _percent(measured, session.config.rootpath / pattern)
        if found < goal:
            missed.append(f"{pattern}: {found:.2f} % of {goal:.0f} %\n{table}")
    session.config.kunden_missed = missed
    if missed and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _percent(measured, pattern):
    """Branch coverage of the files of a pattern, and the table of those with gaps."""
    table = io.StringIO()
    if not any(Path(pattern).parent.rglob("*.py")):
        return 100.0, ""
    try:
        found = measured.report(
            include=[str(pattern)], file=table, show_missing=True, skip_covered=True
        )
    except NoDataError:
        return 100.0, ""
    return round(found, 2), table.getvalue()


def pytest_terminal_summary(terminalreporter, config):
    """Say which goals are missed."""
    missed = getattr(config, "kunden_missed", None)
    if missed is None:
        return
    terminalreporter.section("coverage")
    if not missed:
        terminalreporter.line(
            "The goals are reached: "
            + ", ".join(f"{pattern} {goal:.0f} %" for pattern, goal in GOALS.items())
        )
    for text in missed:
        terminalreporter.line(f"MISSED {text}", red=True)
