"""How fast the names and phones of a million contacts are brought to the recording standards.

Start it with any Python from 3.10 on, `python3 tests/bench/standards.py`; it brings all it needs,
like setup/run. It copies the database of the other measurements (some minutes and 3 GB where that
is not there yet), puts every other person in capitals, checks, applies and takes back. Budget
(issue 6): at least 8,000 values a second and core, memory under 300 MB, taken back field by field.
"""

import sys
from time import monotonic

from common import HERE, MillionPair, Report, Worker, main

RATE, MEGABYTES = 8000, 300


class StandardWorker(Worker):
    """A worker that knows the jobs of standard_jobs.py."""

    def __init__(self, place, database):
        super().__init__(place, database)
        self._command[1] = str(HERE / "standard_jobs.py")


def part(report, worker, what, run, action, values):
    """One part of the run: its rate in values per second of processor and on the clock."""
    start = monotonic()
    state, seconds, counts, before, most = worker.ask("work", run_id=run, action=action)
    clock = monotonic() - start
    told = f"{values} values, {clock:.0f} s, {values / clock:.0f}/s"
    report.line(what, told, values / seconds, RATE, at_least=True)
    told = f"{before:.0f} MB before, {most:.0f} MB"
    report.line(f"{what}: memory", told, most, MEGABYTES, at_least=False)
    report.say(f"  {state}; proposed, applied, taken back, edited: {counts}")
    return counts


def measure(place):
    """Check, apply and take back, each in a process of its own."""
    report = Report()
    with MillionPair(place).scratch("kunden_bench_standards") as name:
        with StandardWorker(place, name) as worker:
            values = worker.ask("in_capitals")
            before, run = worker.ask("digest"), worker.ask("begin")
        with StandardWorker(place, name) as worker:
            proposed = part(report, worker, "Checked", run, "action_check", values)[0]
        with StandardWorker(place, name) as worker:
            part(report, worker, "Applied", run, "action_apply", proposed)
        with StandardWorker(place, name) as worker:
            part(report, worker, "Taken back", run, "action_undo", proposed)
            same = worker.ask("digest") == before
        report.line("Everything is back", str(same), int(same), 1, at_least=True)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
