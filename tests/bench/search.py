"""How fast a customer is found among a million, and opened, compared with bare Odoo.

Start it with any Python from 3.10 on, `python3 tests/bench/search.py`; it brings all it needs, like
setup/run. The first start makes two databases of a million contacts each (about 15 minutes, 2 GB);
they stay for the next one. Budget (issue 3): the lines under a field, over all texts typed, at
least 5 times as fast as core's, no contact found by core missing; a page of the list at most 1.1
and a form at most 1.2 times core's time, the middle one of 60 alternating reads.
"""

import sys
from functools import partial

from common import MillionPair, Report, alternating, in_turn, main, median, median_ratio

FASTER, LIST, FORM, READS, WARMING = 5, 1.1, 1.2, 60, 10
CORE, OURS = "contacts.action_contacts", "kunden_crm.action_customers"
VIEWS = (
    ("List of contacts, times core's", "read_list", CORE, LIST),
    ("List of customers, times core's", "read_list", OURS, LIST),
    ("Form of a customer, times core's", "read_form", OURS, FORM),
)
TEXTS = (
    "mül",
    "Müller",
    "Anna",
    "be",
    "Stein",
    "Özlem Waldinger",
    "Rosenkamp",
    "Goldmeier Optik",
    "Kirchmann Metallbau",
    "Zahntechnik",
    "K10471",
    "K104711",
    "k4711@",
    "DE1000047",
    "0221",
    "+49 239 991591",
    "50667",
    "Hauptstraße 17",
    "Flensburg",
    "Sommerberg Łukasz",
    "nobody is called so",
)


def typeahead(workers, report):
    """The time under a field, text by text and in all."""
    rounds = alternating(workers, "name_search", texts=TEXTS)
    bare, ours = ([median(times) for times in zip(*answers, strict=True)] for answers in rounds)
    for text, before, after in zip(TEXTS, bare, ours, strict=True):
        report.say(f"  {text:<32} {1000 * before:8.1f} and {1000 * after:8.1f} ms")
    figures = f"{sum(bare):.2f} and {sum(ours):.2f} s for {len(TEXTS)} texts"
    report.line("Typeahead, times as fast", figures, sum(bare) / sum(ours), FASTER, at_least=True)


def hits(workers, report):
    """Whether all that core finds is found."""
    missing = found = more = 0
    for text in TEXTS:
        bare, ours = (set(worker.ask("hits", text=text)) for worker in workers)
        missing, found, more = (
            missing + len(bare - ours),
            found + len(bare),
            more + len(ours - bare),
        )
    figures = f"{found} found by core, {more} more by us"
    report.line("Hits of core that are missing", figures, missing, 0, at_least=False)


def pages(workers, report):
    """Pages of our lists and our form beside core's in the bare database, on the same contacts.

    Each is asked for what the web client asks to show it; the first rounds only warm up.
    """
    bare, ours = workers
    for what, job, action, budget in VIEWS:
        calls = [partial(bare.ask, job, action=CORE), partial(ours.ask, job, action=action)]
        core, own = (seconds[WARMING:] for seconds in in_turn(calls, WARMING + READS))
        figures = f"{1000 * median(core):.0f} and {1000 * median(own):.0f} ms"
        report.line(what, figures, median_ratio(own, core), budget, at_least=False)


def measure(place):
    """All of it on the two databases of a million contacts."""
    pair, report = MillionPair(place), Report()
    pair.make()
    with pair.workers() as workers:
        alternating(workers, "name_search", rounds=1, texts=TEXTS[:2])
        typeahead(workers, report)
        hits(workers, report)
        pages(workers, report)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
