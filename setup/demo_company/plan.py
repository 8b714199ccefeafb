"""Three years of business on paper: pure, seeded, relative to one day; no `odoo` here.

A customer's pattern says when he buys, his theme what he mostly buys, so that regular, lapsed
and new customers and typical baskets can be found in the figures later.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .tables import rows

SEED = 19630
DAYS = 3 * 365
# pattern: weight among those who may buy, and the span of days before today in which they buy
PATTERNS = {
    "regular": (6, 0, DAYS + 30),
    "steady": (3, 0, DAYS + 30),
    "lapsed": (4, 500, DAYS + 30),
    "rare": (1, 60, 900),
    "new": (4, 0, 200),
}
OVERDUE = (5, 9, 14, 21, 28, 35, 44, 55, 68, 82, 99, 120)
DUE_SOON = (2, 4, 6, 8, 10, 12)
PARTIAL = (-90, -60, -35, -20, -10, -3, 4, 9)
CREDITED = (700, 420, 200)
RETURNED = (300, 90)
PAID = 109
OPEN = 10
DRAFT, SENT, CANCELLED = 10, 9, 6

QUOTATIONS = ("draft", "sent", "cancelled")
MONEY_COMES = ("paid", "partial", "returned")


@dataclass(frozen=True)
class PlannedOrder:
    """One quotation or order, and what becomes of it; settled means paid or credited."""

    ref: str
    customer: str
    day: date
    fate: str
    lines: tuple
    invoice_day: date | None = None
    settle_day: date | None = None
    share: float = 1.0

    @property
    def is_order(self):
        return self.fate not in QUOTATIONS


def make_plan(today):
    """All quotations and orders, oldest first, each with a reference such as DEMO-2024-017.

    >>> plan = make_plan(date(2026, 6, 1))
    >>> len(plan), len({order.ref for order in plan}), plan == make_plan(date(2026, 6, 1))
    (175, 175, True)
    """
    clerk = _Clerk(today)
    drafts = [*clerk.quotations(), *clerk.settled(), *clerk.unsettled()]
    drafts.sort(key=lambda draft: (draft["day"], draft["fate"], draft["customer"]))
    numbers = {}
    plan = []
    for draft in drafts:
        year = draft["day"].year
        numbers[year] = numbers.get(year, 0) + 1
        plan.append(PlannedOrder(ref=f"DEMO-{year}-{numbers[year]:03}", **draft))
    return plan


class _Clerk:
    """Draws customers, baskets and days; the same day gives the same draws."""

    def __init__(self, today):
        self.today = today
        self.random = Random(SEED)
        self.customers = [row for row in rows("customers") if row["pattern"] in PATTERNS]
        self.prospects = [row for row in rows("customers") if row["pattern"] == "prospect"]
        self.products = rows("products")

    def ago(self, days):
        return self.today - timedelta(days=days)

    def quotations(self):
        """Offers without an order; also those who never bought get some."""
        for place in range(DRAFT):
            yield self._draft("draft", 1 + 2 * place, self._anybody(1 + 2 * place))
        for place in range(SENT):
            yield self._draft("sent", 3 + 4 * place, self._anybody(3 + 4 * place))
        for place in range(CANCELLED):
            yield self._draft("cancelled", 120 + 160 * place, self._customer(120 + 160 * place))

    def settled(self):
        """Paid, credited in full, and returned in part: all of it history."""
        step = (DAYS - 50) / PAID
        for place in range(PAID):
            age = 45 + round(place * step) + self.random.randint(-3, 3)
            yield self._billed("paid", age, self._customer(age))
        for age in CREDITED:
            yield self._billed("credited", age, self._customer(age))
        for age in RETURNED:
            yield self._billed("returned", age, self._customer(age, kind="company"))

    def unsettled(self):
        """Overdue, not yet due, paid in part, and not yet billed."""
        for late in OVERDUE:
            yield self._due("overdue", -late)
        for ahead in DUE_SOON:
            yield self._due("due", ahead)
        for ahead in PARTIAL:
            yield self._due("partial", ahead)
        for place in range(OPEN):
            yield self._draft("open", 1 + place, self._customer(1 + place))

    def _anybody(self, age):
        return (
            self.random.choice(self.prospects)
            if self.random.random() < 0.4
            else self._customer(age)
        )

    def _customer(self, age, kind=None):
        """Somebody who buys so many days before today."""
        fitting = [
            row
            for row in self.customers
            if PATTERNS[row["pattern"]][1] <= age <= PATTERNS[row["pattern"]][2]
            and kind in (None, row["kind"])
        ]
        weights = [PATTERNS[row["pattern"]][0] for row in fitting]
        return self.random.choices(fitting, weights)[0]

    def _draft(self, fate, age, customer):
        return {
            "fate": fate,
            "day": self.ago(age),
            "customer": customer["ref"],
            "lines": self._basket(customer),
        }

    def _billed(self, fate, age, customer):
        """Ordered so many days ago, billed within a week, paid around the term."""
        draft = self._draft(fate, age, customer)
        draft["invoice_day"] = draft["day"] + timedelta(days=self.random.randint(1, 6))
        draft["settle_day"] = self._settle_day(draft["invoice_day"], int(customer["terms"]))
        return draft

    def _due(self, fate, ahead):
        """Billed so that the term ends in `ahead` days (negative: ended before today)."""
        customer = self._customer(60 - min(ahead, 0))
        terms = int(customer["terms"])
        draft = self._draft(fate, terms - ahead + self.random.randint(1, 5), customer)
        draft["invoice_day"] = self.ago(terms - ahead)
        if fate == "partial":
            draft["settle_day"] = self._settle_day(draft["invoice_day"], terms)
            draft["share"] = self.random.choice((0.25, 0.3, 0.4, 0.5, 0.6, 0.75))
        return draft

    def _settle_day(self, invoice_day, terms):
        """Most pay within the term, some up to three weeks late, nobody in the future."""
        late = self.random.random() < 0.25
        first, last = (terms + 1, terms + 21) if late else (4, terms)
        day = invoice_day + timedelta(days=self.random.randint(first, last))
        return max(min(day, self.ago(1)), invoice_day)

    def _basket(self, customer):
        """One to four products, mostly of the customer's theme; services only inside Germany."""
        firm = customer["kind"] == "company"
        weights = [self._liking(product, customer) for product in self.products]
        codes = []
        for _line in range(self.random.choice((1, 2, 2, 3, 3, 4))):
            code = self.random.choices(self.products, weights)[0]["code"]
            if code not in codes:
                codes.append(code)
        most = 24 if firm else 3
        return tuple(
            (code, 1 if code.startswith("DL") else self.random.randint(1, most)) for code in codes
        )

    def _liking(self, product, customer):
        if product["type"] == "service":
            return 2 if customer["country"] == "DE" else 0
        return 10 if product["theme"] == customer["theme"] else 2
