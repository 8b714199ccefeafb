"""What thirty mandatory fields cost: saving a form, creating contacts, judging a million files.

Start it with any Python from 3.10 on, `python3 tests/bench/rules.py`; it brings all it needs, like
setup/run. The first start makes a database with a million contacts (some minutes, 3 GB); it
stays for the next one. Budgets (issue 5): a form save at most 1.15 times bare Odoo's and as many
queries as with one rule; creation at least 0.75 of its rate; judging a million files anew at most 4
times one plain INSERT of as many narrow rows, while a parallel save stays within 1.3 times at the
95th percentile and no step holds its locks longer than 0.2 s.
"""

import sys
from functools import partial
from threading import Thread

from common import (
    MillionPair,
    Pair,
    Report,
    Worker,
    alternating,
    in_turn,
    main,
    median,
    median_ratio,
)

RULES, ROUNDS, SAVES = 30, 3, 200


class RuleWorker(Worker):
    """A worker that knows the jobs of rule_jobs.py."""

    def __init__(self, place, database):
        super().__init__(place, database)
        self._command[1] = self._command[1].replace("worker.py", "rule_jobs.py")


def saving(place, report):
    """A save and the creation of contacts, in bare Odoo and with thirty rules."""
    pair = Pair(place)
    pair.make()
    with RuleWorker(place, pair.names[0]) as bare, RuleWorker(place, pair.names[1]) as ours:
        ours.ask("set_rules", count=1)
        one = ours.ask("save_queries")
        ours.ask("set_rules", count=RULES)
        try:
            workers = (bare, ours)
            alternating(workers, "save", rounds=1, count=20)
            times = alternating(workers, "save", count=SAVES)
            told = " and ".join(f"{1000 * median(side) / SAVES:.1f}" for side in times)
            ratio = median_ratio(times[1], times[0])
            report.line("Saved with 30 rules", f"{told} ms", ratio, 1.15, at_least=False)
            queries = ours.ask("save_queries") - one
            report.line("Queries beside one rule", str(one), queries, 0, at_least=False)
            for size in (1000, 10_000):
                sizes = [1000] * 3 if size == 1000 else [size]
                times = alternating(workers, "create", sizes=sizes)
                told = " and ".join(f"{sum(sizes) / median(side):.0f}" for side in times)
                rate = median_ratio(times[0], times[1])
                report.line(f"Created {size} at a time", f"{told}/s", rate, 0.75, at_least=True)
        finally:
            ours.ask("set_rules", count=0)


def judging(place, report):
    """All files of a million judged anew, beside one plain INSERT, and a save meanwhile."""
    pair = MillionPair(place)
    pair.make_ours()
    name = pair.names[1]
    with RuleWorker(place, name) as worker, RuleWorker(place, name) as clerk:
        worker.ask("set_rules", count=0)
        clerk.ask("save", count=20, number=0)
        calm = clerk.ask("save_each", count=SAVES, number=0)
        calls = [partial(worker.ask, job) for job in ("plain_insert", "turn")]
        plain, turned = in_turn(calls, ROUNDS)
        seconds = [all_of_it for all_of_it, _step in turned]
        told = f"{median(plain):.1f} and {median(seconds):.1f} s"
        ratio = median_ratio(seconds, plain)
        report.line("All files judged, times one INSERT", told, ratio, 4, at_least=False)
        longest = max(step for _all, step in turned)
        report.line("Longest step", f"{longest:.3f} s", longest, 0.2, at_least=False)
        judge = Thread(target=worker.ask, args=("turn",), kwargs={"number": ROUNDS})
        judge.start()
        busy = clerk.ask("save_each", count=SAVES, number=1)
        report.say(
            "The job ran to the end of the saves" if judge.is_alive() else "It was done first"
        )
        judge.join()
        worker.ask("set_rules", count=0)
    ninety_five = [sorted(times)[int(0.95 * len(times))] for times in (calm, busy)]
    told = " and ".join(f"{1000 * value:.0f}" for value in ninety_five)
    ratio = ninety_five[1] / ninety_five[0]
    report.line("p95 of a save, alone and meanwhile", f"{told} ms", ratio, 1.3, at_least=False)


def measure(place):
    """All budgets."""
    report = Report()
    saving(place, report)
    judging(place, report)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
