"""How much slower contacts are created with kunden_crm than in bare Odoo.

Start it with any Python from 3.10 on, `python3 tests/bench/create.py`; it brings all it needs, like
setup/run. Budget (design): batches of 1,000 and one call of 10,000 at least 0.80 of bare Odoo's
rate, the middle one of five alternating rounds; a single contact at most two queries more.
"""

import sys

from common import Pair, Report, alternating, main, median, median_ratio

RATE = 0.80
QUERIES = 2
SIZES = {"in batches of 1,000": [1000] * 3, "in one call of 10,000": [10_000]}


def measure(place):
    """Both databases in turn; a line per way of creating."""
    pair, report = Pair(place), Report()
    pair.make()
    with pair.workers() as workers:
        alternating(workers, "create", rounds=1, sizes=[100])
        for what, sizes in SIZES.items():
            bare, ours = alternating(workers, "create", sizes=sizes)
            rates = [sum(sizes) / median(seconds) for seconds in (bare, ours)]
            figures = f"{rates[0]:.0f} and {rates[1]:.0f} contacts/s"
            report.line(f"Created {what}", figures, median_ratio(bare, ours), RATE, at_least=True)
        bare, ours = map(median, alternating(workers, "create_queries"))
        queries = f"{bare} and {ours} queries"
        report.line("A single contact", queries, ours - bare, QUERIES, at_least=False)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
