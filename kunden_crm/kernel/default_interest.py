"""Default of a customer, its interest and its costs, as BGB §§ 247, 286 to 289 have them.

All amounts are Decimal. Days are whole days: the first day of default is the first day that bears
interest. What the law leaves to custom is decided for the customer and named at its place.

Left out: public holidays (§ 193, they differ by state; Saturdays and Sundays are in), default by an
event, by refusal or for special reasons (§ 286 (2) no. 2 to 4), and a customer who is not to blame
(§ 286 (4)): for him a dunning block or the dispute on the invoice is there.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

POINTS = {True: Decimal(5), False: Decimal(9)}  # § 288 (1) consumers, (2) business only
FLAT = Decimal(40)  # § 288 (5), in EUR
CENT = Decimal("0.01")
NONE = Decimal(0)

# After so many days a reminder counts as received. The law has no fixed number; four days are what
# the post is allowed for nearly every letter, an e-mail arrives on the day it is sent.
RECEIVED_AFTER = {"letter": 4, "email": 0}

SATURDAY = 5


class Terms(NamedTuple):
    """What was agreed and done about an invoice before the customer pays.

    consumer: BGB § 13. agreed: the due date is fixed by calendar in the contract; a date that only
    the invoice names does not count. received: the day on which the invoice reached the customer.
    notice: the invoice tells about the 30 days of § 286 (3). reminders: days on which reminders
    reached the customer.
    """

    consumer: bool
    due: date
    agreed: bool = False
    received: date | None = None
    notice: bool = False
    reminders: tuple = ()


class Default(NamedTuple):
    """The first day of default and why: "date", "reminder", "thirty_days"; (None, "") without."""

    since: date | None
    reason: str


class Period(NamedTuple):
    """Days of one half-year with one open principal; rate in per cent a year, None if unknown."""

    first: date
    last: date
    days: int
    principal: Decimal
    rate: Decimal | None


class Interest(NamedTuple):
    """The interest in whole cents, None where not known; how it came about; what is missing."""

    amount: Decimal | None
    periods: tuple
    missing: tuple


class Costs(NamedTuple):
    """What default costs the customer besides interest."""

    flat: Decimal
    actual: Decimal


def working_day(day):
    """The day itself, on Saturday and Sunday the Monday after it.

    Shape: a date in, a date out. Errors: none. Holidays are left out.
    Source: BGB § 193: what is due on a weekend is due on the next working day.

    >>> working_day(date(2026, 2, 28)), working_day(date(2026, 3, 2))
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
    """
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def default_begin(terms):
    """The first day of default, and its reason.

    The earliest of three: the day after an agreed date; the day after the first reminder that came
    after the due date (§ 187 (1): that day itself does not count); the 31st day after due date and
    receipt of the invoice, for consumers only where the invoice told them.

    Shape: Terms in, Default out. Errors: none.
    Source: BGB § 286 (1), (2) no. 1, (3); § 187 (1), § 193.

    >>> default_begin(Terms(consumer=True, due=date(2026, 3, 10), agreed=True))
    Default(since=datetime.date(2026, 3, 11), reason='date')
    >>> default_begin(Terms(True, date(2026, 3, 10), reminders=(date(2026, 3, 20),)))
    Default(since=datetime.date(2026, 3, 21), reason='reminder')
    >>> default_begin(Terms(False, date(2026, 3, 10), received=date(2026, 3, 2)))
    Default(since=datetime.date(2026, 4, 10), reason='thirty_days')
    >>> default_begin(Terms(True, date(2026, 3, 10), received=date(2026, 3, 2)))
    Default(since=None, reason='')
    """
    due = working_day(terms.due)
    found = [(day, "reminder") for day in terms.reminders if day > due]
    if terms.agreed:
        found.append((due, "date"))
    if terms.received and (terms.notice or not terms.consumer):
        last = max(due, terms.received) + timedelta(days=30)
        found.append((working_day(last), "thirty_days"))
    if not found:
        return Default(None, "")
    last, reason = min(found)
    return Default(last + timedelta(days=1), reason)


def half_year(day):
    """The first day of the half-year in which the day lies.

    Shape: a date in, a date out. Errors: none.
    Source: BGB § 247 (1): the base rate changes on 1 January and 1 July.

    >>> half_year(date(2025, 6, 30)), half_year(date(2025, 7, 1))
    (datetime.date(2025, 1, 1), datetime.date(2025, 7, 1))
    """
    return date(day.year, 7 if day.month > 6 else 1, 1)


def default_rate(base_rate, consumer):
    """The interest of default in per cent a year.

    Shape: the base rate as Decimal or None and whether the customer is a consumer in; a Decimal
    out, None without a base rate. Errors: none.
    Source: BGB § 288 (1): 5 points over the base rate; (2): 9 points where no consumer takes part.

    >>> default_rate(Decimal("1.27"), True), default_rate(Decimal("1.27"), False)
    (Decimal('6.27'), Decimal('10.27'))
    >>> default_rate(None, True)
    """
    return None if base_rate is None else base_rate + POINTS[bool(consumer)]


def balances(principal, payments, first, last):
    """The open principal from the first to the last day, as triples of first day, last day, amount.

    A payment counts from the day it arrives, so that this day bears no interest on it. It goes to
    the principal, as the ledger books it; § 367 (costs and interest first) would be harder on him.
    What is paid before the first day is paid. Nothing is open below nought.

    Shape: a Decimal, pairs of date and Decimal, two dates in; a list out, without days on which
    nothing is open. Errors: none.
    Source: BGB § 288 (1): interest on the debt; § 289 sentence 1: not on interest.

    >>> paid = [(date(2026, 1, 3), Decimal(60))]
    >>> balances(Decimal(100), paid, date(2026, 1, 1), date(2026, 1, 4))
    ... # doctest: +NORMALIZE_WHITESPACE
    [(datetime.date(2026, 1, 1), datetime.date(2026, 1, 2), Decimal('100')),
     (datetime.date(2026, 1, 3), datetime.date(2026, 1, 4), Decimal('40'))]
    """
    starts = sorted({first} | {day for day, _paid in payments if first < day <= last})
    ends = [day - timedelta(days=1) for day in starts[1:]] + [last]
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        still_open = principal - sum((paid for day, paid in payments if day <= start), NONE)
        if still_open > 0 and start <= end:
            pieces.append((start, end, still_open))
    return pieces


def _half_years(first, last):
    """The days from first to last cut where the base rate changes."""
    while first <= last:
        start = half_year(first)
        following = half_year(start + timedelta(days=190))
        yield first, min(last, following - timedelta(days=1))
        first = following


def _year_length(day):
    return (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days


def default_interest(principal, payments, since, until, rates, consumer):
    """The interest from the first day of default to the day `until`, both included.

    Each day counts one 365th of a year, in leap years one 366th. Interest is simple and on the
    principal only. It is rounded once, at the end, half up. Where a half-year with an open
    principal has no rate, the interest is not known: None, and `missing` names the half-year.

    Shape: a Decimal, pairs of date and Decimal, two dates (the first may be None), a mapping from
    the first day of a half-year to its base rate, and whether the customer is a consumer in;
    Interest out. Errors: none.
    Source: BGB § 247, § 288 (1), (2), § 289. 1,000 EUR, consumer, 11 March to 10 April 2025:
    1000 * (2.27 + 5) % * 31 / 365 = 6.1745 EUR.

    >>> rates = {date(2025, 1, 1): Decimal("2.27"), date(2025, 7, 1): Decimal("1.27")}
    >>> ask = (Decimal(1000), [], date(2025, 3, 11))
    >>> default_interest(*ask, date(2025, 4, 10), rates, True).amount
    Decimal('6.17')
    >>> default_interest(*ask, date(2025, 4, 10), rates, False).amount
    Decimal('9.57')
    >>> late = default_interest(*ask, date(2026, 1, 1), rates, True)
    >>> late.amount, late.missing
    (None, (datetime.date(2026, 1, 1),))
    """
    periods = []
    if since and since <= until:
        for first, last, open_principal in balances(principal, payments, since, until):
            for start, end in _half_years(first, last):
                rate = default_rate(rates.get(half_year(start)), consumer)
                days = (end - start).days + 1
                periods.append(Period(start, end, days, open_principal, rate))
    missing = tuple(sorted({half_year(part.first) for part in periods if part.rate is None}))
    if missing:
        return Interest(None, tuple(periods), missing)
    exact = sum((_exact(part) for part in periods), NONE)
    return Interest(exact.quantize(CENT, ROUND_HALF_UP), tuple(periods), ())


def _exact(period):
    """The interest of a period before it is rounded."""
    share = Decimal(period.days) / _year_length(period.first)
    return period.principal * period.rate / 100 * share


def default_costs(consumer, actual, flat=FLAT, charge_flat=True, charge_actual=True):
    """The flat sum and what actual costs leave over it, once for an invoice in default.

    The flat sum is for business only and never twice for an invoice: the caller asks once per
    invoice, not once per reminder. It is set off against the costs of legal action, to which the
    costs of reminders belong. A consumer pays actual costs only. The reminder that causes the
    default is free: the caller leaves its cost out. There is no VAT on damages.

    Shape: whether the customer is a consumer, two Decimals and two switches in; Costs out.
    Errors: none.
    Source: BGB § 288 (5) sentences 1 and 3; § 280 (1), (2) with § 286 for actual costs.

    >>> default_costs(False, Decimal("2.50"))
    Costs(flat=Decimal('40'), actual=Decimal('0'))
    >>> default_costs(False, Decimal("62.50"))
    Costs(flat=Decimal('40'), actual=Decimal('22.50'))
    >>> default_costs(True, Decimal("2.50"))
    Costs(flat=Decimal('0'), actual=Decimal('2.50'))
    """
    owed_flat = flat if charge_flat and not consumer else NONE
    owed_actual = max(NONE, actual - owed_flat) if charge_actual else NONE
    return Costs(owed_flat, owed_actual)
