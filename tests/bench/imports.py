"""What an import costs beside core's importer: the same file of 20,000 rows through both.

Start it with any Python from 3.10 on, `python3 tests/bench/imports.py`; it brings all it needs,
like setup/run. Measured is the time of the processor, of Odoo and of its database connection; of
ours from `action_start()` to the last row, where the same file and the update of one column count
with their preview. Budgets (issue 8): a clean file at least as fast as core's; with five bad rows
at most 1.2 times our own clean time, and at least 4 times as fast as core's refusal; the same file
again at least 20 times, one column at least 5 times as fast as core's update by external id.

`imports.py kill` imports 20,000 rows three times killed and once cut off from the database, as at
a restart, beside the same import left alone, and compares row by row. Another number of rows may
be named last.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Pair, Report, Worker, main
from import_killer import Killer

ROWS, STEP = 20_000, 500
KILLED = (0.1, 0.35, 0.6, 0.8)


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
    name = f"{pair.names[1]}_kill"
    pair.databases.copy(pair.names[1], name)
    killer = Killer(name, STEP)
    try:
        calm = killer.ask("seed", mark="calm", rows=rows)
        killer.go_on()
        killed = killer.ask("seed", mark="killed", rows=rows)
        acts = (killer.kill, killer.kill_in_commit, killer.kill, killer.cut_off)
        for share, act in zip(KILLED, acts, strict=True):
            report.say(
                f"{act.__name__} after {int(rows * share)} rows: {act(killed, rows * share)}"
            )
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


if __name__ == "__main__":
    words = sys.argv[1:]
    number = [int(words.pop())] if words and words[-1].isdigit() else []
    act = kill if "kill" in words else measure
    sys.exit(main(lambda place: act(place, *number)))
