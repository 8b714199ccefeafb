"""How fast the balances of a million customers are made from 850,000 invoices.

Start it with any Python from 3.10 on, `python3 tests/bench/payments.py`; it brings all it needs,
like setup/run. The first start makes a database with a million contacts and books for them (half an
hour, 4 GB); it stays for the next one. Budget (issue 4): all balances made anew in at most 3 times
one aggregation of the same ledger, the middle of alternating rounds; storing a payment takes as
many queries for who bought most as for who bought least.
"""

import sys
from functools import partial

from common import (
    HERE,
    MillionPair,
    Report,
    Worker,
    digest,
    in_turn,
    main,
    median,
    median_ratio,
    run,
    say,
)

PASSES = 3


class PaymentWorker(Worker):
    """A worker that knows the jobs of payment_jobs.py."""

    def __init__(self, place, database):
        super().__init__(place, database)
        self._command[1] = str(HERE / "payment_jobs.py")


class Ledger:
    """The million contacts of the search, with books."""

    name, invoices, seed = "kunden_bench_ledger", 850_000, 1

    def __init__(self, place):
        self.place = place
        self.million = MillionPair(place)

    def make(self):
        """Make it unless it is there and fits the code."""
        self.million.make_ours()
        text = (HERE / "invoices.sql").read_text()
        mark = digest(self.million.marks[1], text, self.invoices, self.seed)
        self.million.databases.build(self.name, mark, self._fill)

    def _fill(self, name):
        say(f"{name}: making {self.invoices} invoices with their payments (many minutes)")
        self.million.databases.copy(self.million.names[1], name)
        with PaymentWorker(self.place, name) as worker:
            numbers = worker.ask("books") | {"invoices": self.invoices, "seed": self.seed}
        chosen = [part for key, value in numbers.items() for part in ("-v", f"{key}={value}")]
        run(
            [self.place.server.tools / "psql", "-Xqd", name, *chosen, "-f", HERE / "invoices.sql"],
            f"{name} could not be filled.",
            "read the log",
            self.place.places.logs / "bench.log",
            env=self.place.environment(PGOPTIONS="-c synchronous_commit=off"),
        )
        with PaymentWorker(self.place, name) as worker:
            worker.ask("keep_balances")


def measure(place):
    """Both budgets on the database with books."""
    ledger, report = Ledger(place), Report()
    ledger.make()
    with PaymentWorker(place, ledger.name) as worker:
        calls = [partial(worker.ask, job) for job in ("one_pass", "balances")]
        one, all_of_them = in_turn(calls)
        figures = f"{median(one):.1f} and {median(all_of_them):.1f} s"
        value = median_ratio(all_of_them, one)
        report.line("Balances, times one pass", figures, value, PASSES, at_least=False)
        least, most = (worker.ask("payment_queries", much=much) for much in (False, True))
        figures = f"{least} and {most} queries"
        report.line("Payment, more for who bought most", figures, most - least, 0, at_least=False)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
