"""A pytest plugin: a skipped test is a failed one, and coverage has goals.

Odoo skips a browser test silently where Chromium or a library is missing; here that is a
failure. On a run without arguments the tests are shared out among worker processes, each with a
database of its own, and the coverage of our add-ons is checked before the summary.
"""

import io
import os
from pathlib import Path

import coverage
import pytest
from coverage.exceptions import NoDataError
from xdist.scheduler import LoadScopeScheduling

GOALS = {
    "kunden_crm/kernel/*": 100.0,
    "kunden_crm_marketing/kernel/*": 100.0,
    "kunden_crm/*": 95.0,
    "kunden_crm_marketing/*": 95.0,
}
BROWSER_FILES = "test_tour"
SECONDS_FOR_BROWSER = 60


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
    """Tests in a browser come first, as they take longest; with --no-browser they are left out."""
    browsing = [item for item in items if item.path.name.startswith(BROWSER_FILES)]
    others = [item for item in items if item not in browsing]
    if os.environ.get("KUNDEN_NO_BROWSER"):
        config.hook.pytest_deselected(items=browsing)
        browsing = []
    items[:] = browsing + others


class SharedOut(LoadScopeScheduling):
    """A class of tests stays with one worker.

    So do all that use a browser, since two at once are too slow, and all of the set-up, since they
    share its databases. These two begin, side by side; the many small classes fill up the rest.
    """

    def _split_scope(self, nodeid):
        if f"/{BROWSER_FILES}" in nodeid:
            return "browser"
        return "set-up" if nodeid.startswith("tests/test_") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return SharedOut(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    """Give a worker its database, and measure wherever tests run."""
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        database = os.environ["KUNDEN_TEST_DATABASES"].split(",")[int(worker.removeprefix("gw"))]
        os.environ["KUNDEN_TEST_DATABASE"] = config.option.odoo_database = database
        config.option.odoo_extra = [f"db-filter=^{database}$"]
    if config.getoption("odoo_database", None):
        _wait_for_browser()
    if os.environ.get("KUNDEN_WHOLE"):
        config.kunden_measured = coverage.Coverage()
        if worker or not config.option.numprocesses:
            config.kunden_measured.start()
    return (yield)


def _wait_for_browser():
    """A browser that starts slowly on a busy machine is no failure: a minute, not ten seconds."""
    from odoo.tests import common

    common.CHECK_BROWSER_ITERATIONS = round(SECONDS_FOR_BROWSER / common.CHECK_BROWSER_SLEEP)


def pytest_sessionfinish(session):
    """Store what was measured; where the run ends, fail it if a goal is missed."""
    measured = getattr(session.config, "kunden_measured", None)
    if measured is None:
        return
    measured.stop()
    measured.save()
    if hasattr(session.config, "workerinput"):
        return
    measured.combine()
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
        return 0.0, "not one line was run"
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
