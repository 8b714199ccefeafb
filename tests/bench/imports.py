"""What an import costs beside core's importer: the same file of 20,000 rows through both.

Start it with any Python from 3.10 on, `python3 tests/bench/imports.py`; it brings all it needs,
like setup/run. Measured is the time of the processor, of Odoo and of its database connection; of
ours from `action_start()` to the last row, where the same file and the update of one column count
with their preview. Budgets (issue 8): a clean file at least as fast as core's; with five bad rows
at most 1.2 times our own clean time, and at least 4 times as fast as core's refusal; the same file
again at least 20 times, one column at least 5 times as fast as core's update by external id.

`imports.py kill` imports 20,000 rows three times killed, once cut off from the database and, where
the server is our own, once with the server crashed, beside the same import left alone, and compares
row by row. `imports.py large` looks at a million rows of csv and of xlsx in a file of a million
customers (2,500 and 1,500 rows a second, 250 MB more memory), and brings the first file in: the
last tenth at least at 0.9 of the rate of the first. Another number of rows may be named last.
"""

import os
import subprocess
import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from threading import Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import MillionPair, Pair, Report, Worker, main, say

ROWS, MILLION, STEP = 20_000, 1_000_000, 500
RATES, MEGABYTES = {"csv": 2500, "xlsx": 1500}, 250
KILLED = (0.1, 0.35, 0.6, 0.75, 0.9)


class ImportWorker(Worker):
    """A worker that knows the jobs of import_jobs.py."""

    def __init__(self, place, database):
        super().__init__(place, database)
        self._command[1] = self._command[1].replace("worker.py", "import_jobs.py")


def measure(place, rows=ROWS):
    """All budgets."""
    pair, report = Pair(place), Report()
    pair.make()
    with ImportWorker(place, pair.names[0]) as bare, ImportWorker(place, pair.names[1]) as ours:
        for worker, job in ((bare, "core"), (ours, "ours")):
            worker.ask(job, rows=100, number=7)
        core, own = (
            worker.ask(job, rows=rows, number=1) for worker, job in ((bare, "core"), (ours, "ours"))
        )
    for what, (*seconds, counts) in own.items():
        each = ", ".join(f"{1000 * one / rows:.2f}" for one in seconds)
        report.say(f"{what:<8} preview, run and keys by the next job: {each} ms a row; {counts}")

    def line(what, one, other, budget, at_least=True):
        told = f"{1000 * one / rows:.2f} and {1000 * other / rows:.2f} ms a row"
        report.line(what, told, one / other, budget, at_least)

    run = {what: told[1] for what, told in own.items()}
    whole = {what: told[0] + told[1] for what, told in own.items()}
    line("Clean file, core and ours", core["clean"], run["clean"], 1)
    line("Five bad rows, ours and clean", run["bad"], run["clean"], 1.2, at_least=False)
    line("Five bad rows, core and ours", core["bad"], run["bad"], 4)
    line("The same again, core by id and ours", core["update"], whole["again"], 20)
    line("One column, core by id and ours", core["update"], whole["update"], 5)
    return report


def kill(place, rows=ROWS):
    """Whether an import that is killed ends like one that was left alone."""
    pair, report = Pair(place), Report()
    pair.make()
    if not find_spec("psycopg2"):
        # who looks on from outside needs what Odoo's own Python has
        again = [place.python.python, __file__, "kill", str(rows)]
        report.failed = subprocess.run(again).returncode
        return report
    os.environ.update(place.environment())
    Killer = import_module("import_killer").Killer
    name = f"{pair.names[1]}_kill"
    pair.databases.copy(pair.names[1], name)
    killer = Killer(name, STEP)
    try:
        calm = killer.ask("seed", mark="calm", rows=rows)
        killer.go_on()
        killed = killer.ask("seed", mark="killed", rows=rows)
        acts = [killer.kill, killer.kill_in_commit, killer.kill, killer.cut_off]
        if hasattr(place.server, "crash"):
            acts.append(partial(killer.crash, server=place.server))
        for share, act in zip(KILLED, acts, strict=False):
            what = getattr(act, "func", act).__name__
            report.say(f"{what} after {int(rows * share)} rows: {act(killed, rows * share)}")
        killer.go_on()
        before, after = (killer.ask("dump", batch=one) for one in (calm, killed))
    finally:
        killer.close()
        pair.databases.drop(name)
    renamed = [repr(row).replace("killed-", "calm-") for row in after]
    differ = sum(one != repr(row) for one, row in zip(renamed, before, strict=True))
    report.line("Rows that differ", f"{len(after)} of {len(before)}", differ, 0, at_least=False)
    twice = sum(row[-1] > 1 for row in after)
    report.line("Contacts that are there twice", str(twice), twice, 0, at_least=False)
    return report


def large(place, rows=MILLION):
    """Previews of large files among a million customers, and the import of one."""
    report = Report()
    million = MillionPair(place)
    with million.scratch("kunden_bench_imports") as name:
        _compared(million, name)
        for number, (kind, rate) in enumerate(RATES.items(), 1):
            with ImportWorker(place, name) as worker:
                batch = worker.ask("large", rows=rows, kind=kind, number=number)
            with ImportWorker(place, name) as worker, ImportWorker(place, name) as other:
                # as Odoo has it: scheduled actions run in two processes
                helped = Thread(target=other.ask, args=("help",), kwargs={"batch": batch})
                helped.start()
                told = worker.ask("work", batch=batch, act="action_analyse")
                helped.join()
            _previewed(report, kind, rows, rate, *told)
            if kind == "csv":
                with ImportWorker(place, name) as worker:
                    _imported(report, rows, *worker.ask("work", batch=batch, act="action_start"))
                _compared(million, name)
    return report


def _compared(million, name):
    """Make what is compared of the contacts, as the scheduled action does before the next file."""
    say(f"{name}: making what is compared of its contacts (some minutes)")
    with ImportWorker(million.place, name) as worker:
        worker.ask("compared")
    million.databases.tell("vacuum analyze", f"{name} could not be analysed.", name)


def _previewed(report, kind, rows, rate, steps, counts, before, most):
    """The rate of a preview by the clock and by the processor, its longest step, its memory."""
    clock, processor = (sum(step[at] for step in steps) for at in (0, 1))
    told = f"{clock:.0f} s, of the processor {processor:.0f} s"
    report.line(f"{kind}: rows previewed a second", told, rows / clock, rate, at_least=True)
    report.say(f"  {counts}; longest step {max(step[0] for step in steps):.1f} s")
    _memory(report, f"{kind}: memory of the preview", before, most)


def _imported(report, rows, steps, counts, before, most):
    """The rate of the last tenth of a run beside that of the first."""
    rates, tenth = [], rows / 10
    parts = [(old[2][1], *new) for old, new in pairwise(steps) if new[2][1] > old[2][1]]
    for first, last in ((0, tenth), (rows - tenth, rows)):
        of_it = [part for part in parts if first <= part[0] and part[3][1] <= last]
        done = of_it[-1][3][1] - of_it[0][0]
        rates.append(done / sum(part[2] for part in of_it))
    clock = sum(step[0] for step in steps)
    told = f"{rates[0]:.0f} and {rates[1]:.0f} rows per processor second"
    report.line("Last tenth beside the first", told, rates[1] / rates[0], 0.9, at_least=True)
    report.say(f"  {counts}; {rows / clock:.0f} rows a second by the clock")
    _memory(report, "Memory of the run", before, most)


def _memory(report, what, before, most):
    told = f"{before:.0f} MB before, {most:.0f} MB"
    report.line(what, told, most - before, MEGABYTES, at_least=False)


if __name__ == "__main__":
    words = sys.argv[1:]
    number = [int(words.pop())] if words and words[-1].isdigit() else []
    act = kill if "kill" in words else large if "large" in words else measure
    sys.exit(main(lambda place: act(place, *number)))
