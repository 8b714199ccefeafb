"""When default begins, what it costs: worked examples to the cent, and laws."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.default_interest import (
    CENT,
    RECEIVED_AFTER,
    Costs,
    Default,
    Terms,
    balances,
    default_begin,
    default_costs,
    default_interest,
    default_rate,
    half_year,
    working_day,
)

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
RATES = {
    date(2024, 1, 1): Decimal("3.62"),
    date(2024, 7, 1): Decimal("3.37"),
    date(2025, 1, 1): Decimal("2.27"),
    date(2025, 7, 1): Decimal("1.27"),
}
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
DAYS = st.dates(FIRST, LAST)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(100000), places=2)
PAYMENTS = st.lists(st.tuples(DAYS, AMOUNTS), max_size=4)
DAY = timedelta(days=1)


def interest(principal, since, until, consumer=True, payments=(), rates=RATES):
    return default_interest(Decimal(principal), list(payments), since, until, rates, consumer)


@pytest.mark.parametrize(
    ("terms", "since", "reason"),
    [
        # 10 March 2026 is a Tuesday; by an agreed date default begins on Wednesday
        (Terms(True, date(2026, 3, 10), agreed=True), date(2026, 3, 11), "date"),
        # an agreed Saturday is due on Monday
        (Terms(False, date(2026, 3, 14), agreed=True), date(2026, 3, 17), "date"),
        # a date only the invoice names puts nobody into default
        (Terms(True, date(2026, 3, 10)), None, ""),
        # the first reminder after the due date counts, not the one on it or before it
        (
            Terms(
                True,
                date(2026, 3, 10),
                reminders=(date(2026, 3, 30), date(2026, 3, 20), date(2026, 3, 10)),
            ),
            date(2026, 3, 21),
            "reminder",
        ),
        (Terms(True, date(2026, 3, 14), reminders=(date(2026, 3, 16),)), None, ""),
        # 30 days after the later of due date and receipt: 10 March + 30 = 9 April, a Thursday
        (
            Terms(False, date(2026, 3, 10), received=date(2026, 2, 20)),
            date(2026, 4, 10),
            "thirty_days",
        ),
        # received only on 1 April: + 30 is Friday, 1 May
        (
            Terms(False, date(2026, 3, 10), received=date(2026, 4, 1)),
            date(2026, 5, 2),
            "thirty_days",
        ),
        # 12 March + 30 = 11 April, a Saturday, hence Monday the 13th
        (
            Terms(False, date(2026, 3, 12), received=date(2026, 3, 2)),
            date(2026, 4, 14),
            "thirty_days",
        ),
        # a consumer only where the invoice told him
        (Terms(True, date(2026, 3, 10), received=date(2026, 2, 20)), None, ""),
        (
            Terms(True, date(2026, 3, 10), received=date(2026, 2, 20), notice=True),
            date(2026, 4, 10),
            "thirty_days",
        ),
        # the notice without a day of receipt starts nothing
        (Terms(True, date(2026, 3, 10), notice=True), None, ""),
        # the earliest wins
        (
            Terms(
                False,
                date(2026, 3, 10),
                received=date(2026, 3, 2),
                reminders=(date(2026, 4, 9) + 8 * DAY,),
            ),
            date(2026, 4, 10),
            "thirty_days",
        ),
        (
            Terms(
                False,
                date(2026, 3, 10),
                agreed=True,
                received=date(2026, 3, 2),
                reminders=(date(2026, 3, 20),),
            ),
            date(2026, 3, 11),
            "date",
        ),
    ],
)
def test_default_begins(terms, since, reason):
    assert default_begin(terms) == Default(since, reason)


def test_a_letter_needs_its_days_and_an_email_none():
    assert RECEIVED_AFTER == {"letter": 4, "email": 0}


@pytest.mark.parametrize(
    ("principal", "since", "until", "consumer", "payments", "expected"),
    [
        # 1000 * 7.27 % * 31 / 365 = 6.17452
        ("1000", date(2025, 3, 11), date(2025, 4, 10), True, (), "6.17"),
        # 1000 * 11.27 % * 31 / 365 = 9.57178
        ("1000", date(2025, 3, 11), date(2025, 4, 10), False, (), "9.57"),
        # over 1 July: 1190 * (7.27 % * 20 + 6.27 % * 15) / 365 = 4.74044 + 3.06628 = 7.80671
        ("1190", date(2025, 6, 11), date(2025, 7, 15), True, (), "7.81"),
        # the same for a business: 1190 * (11.27 % * 20 + 10.27 % * 15) / 365 = 12.37110
        ("1190", date(2025, 6, 11), date(2025, 7, 15), False, (), "12.37"),
        # leap year 2024: 1000 * 8.62 % * 91 / 366 = 21.43224 until 31 March
        ("1000", date(2024, 1, 1), date(2024, 3, 31), True, (), "21.43"),
        # over the turn of the year: 500 * (8.37 % * 10 / 366 + 7.27 % * 10 / 365) = 2.13932
        ("500", date(2024, 12, 22), date(2025, 1, 10), True, (), "2.14"),
        # 600 of 1000 paid on 21 March: (1000 * 10 + 400 * 21) * 7.27 % / 365 = 3.66488
        (
            "1000",
            date(2025, 3, 11),
            date(2025, 4, 10),
            True,
            [(date(2025, 3, 21), Decimal(600))],
            "3.66",
        ),
        # paid before the default began: interest on the rest only, 400 * 7.27 % * 31 / 365
        (
            "1000",
            date(2025, 3, 11),
            date(2025, 4, 10),
            True,
            [(date(2025, 3, 1), Decimal(600))],
            "2.47",
        ),
        # all paid on the tenth day: 1000 * 7.27 % * 10 / 365 = 1.99178
        (
            "1000",
            date(2025, 3, 11),
            date(2025, 4, 10),
            True,
            [(date(2025, 3, 21), Decimal(1200))],
            "1.99",
        ),
        # half a cent goes up: 365 * 7.27 % / 365 * 1 = 0.0727 -> 0.07; 0.075 -> 0.08
        ("365", date(2025, 3, 11), date(2025, 3, 11), True, (), "0.07"),
        ("1000", date(2025, 4, 10), date(2025, 4, 9), True, (), "0.00"),
        ("1000", None, date(2025, 4, 9), True, (), "0.00"),
    ],
)
def test_worked_examples(principal, since, until, consumer, payments, expected):
    found = interest(principal, since, until, consumer, payments)
    assert found.amount == Decimal(expected)
    assert found.missing == ()


def test_half_a_cent_goes_up_once():
    rates = {date(2025, 1, 1): Decimal("2.30")}  # 7.30 % of 25 EUR are half a cent a day
    assert interest("25", date(2025, 3, 1), date(2025, 3, 1), rates=rates).amount == Decimal("0.01")
    assert interest("25", date(2025, 3, 1), date(2025, 3, 3), rates=rates).amount == Decimal("0.02")


def test_without_a_rate_there_is_no_number():
    found = interest("1000", date(2025, 12, 1), date(2026, 8, 1))
    assert found.amount is None
    assert found.missing == (date(2026, 1, 1), date(2026, 7, 1))
    assert [period.rate for period in found.periods] == [Decimal("6.27"), None, None]


def test_a_half_year_in_which_all_is_paid_needs_no_rate():
    paid = [(date(2026, 1, 1), Decimal(1000))]
    found = interest("1000", date(2025, 12, 31), date(2026, 8, 1), payments=paid)
    assert found.amount == Decimal("0.17")


@LAW
@given(DAYS)
def test_a_working_day_is_near_and_stays(day):
    moved = working_day(day)
    assert moved.weekday() < 5
    assert day <= moved <= day + 2 * DAY
    assert working_day(moved) == moved


@LAW
@given(st.dates(date(1990, 1, 1), date(2110, 12, 31)))
def test_a_half_year_holds_its_days(day):
    start = half_year(day)
    assert start.day == 1
    assert start.month in (1, 7)
    assert timedelta(0) <= day - start < timedelta(days=185)


@LAW
@given(
    st.booleans(),
    DAYS,
    st.booleans(),
    st.none() | DAYS,
    st.booleans(),
    st.lists(DAYS, max_size=3),
    DAYS,
)
def test_default_never_begins_before_the_day_after_the_due_date(
    consumer, due, agreed, received, notice, reminders, more
):
    terms = Terms(consumer, due, agreed, received, notice, tuple(reminders))
    begin = default_begin(terms)
    assert bool(begin.since) == bool(begin.reason)
    if begin.since:
        assert begin.since > due
        # one more reminder never defers it
        again = default_begin(terms._replace(reminders=(*reminders, more)))
        assert again.since <= begin.since


@LAW
@given(AMOUNTS, PAYMENTS, DAYS, DAYS, st.booleans())
def test_interest_is_simple(principal, payments, one, other, consumer):
    first, last = sorted((one, other))
    assume(first < last)
    middle = first + (last - first) // 2
    whole = default_interest(principal, payments, first, last, RATES, consumer)
    parts = [
        default_interest(principal, payments, start, end, RATES, consumer)
        for start, end in ((first, middle), (middle + DAY, last))
    ]
    # cut in two it is the same but for the rounding of each: no interest on interest
    assert abs(whole.amount - sum(part.amount for part in parts)) <= CENT
    assert whole.amount == whole.amount.quantize(CENT)
    assert whole.amount >= 0


@LAW
@given(AMOUNTS, PAYMENTS, DAYS, DAYS)
def test_business_pays_more_and_payments_less(principal, payments, one, other):
    first, last = sorted((one, other))
    consumer = default_interest(principal, payments, first, last, RATES, True).amount
    business = default_interest(principal, payments, first, last, RATES, False).amount
    unpaid = default_interest(principal, [], first, last, RATES, True).amount
    assert consumer <= business
    assert consumer <= unpaid


@LAW
@given(AMOUNTS, PAYMENTS, DAYS, DAYS)
def test_balances_cover_days_once_and_are_positive(principal, payments, one, other):
    first, last = sorted((one, other))
    pieces = balances(principal, payments, first, last)
    assert all(amount > 0 and first <= start <= end <= last for start, end, amount in pieces)
    assert all(left[1] < right[0] for left, right in zip(pieces, pieces[1:], strict=False))
    assert [piece[2] for piece in pieces] == sorted((p[2] for p in pieces), reverse=True)


@pytest.mark.parametrize(
    ("consumer", "actual", "switches", "expected"),
    [
        (False, "0", {}, ("40", "0")),
        (False, "12.50", {}, ("40", "0")),
        (False, "40", {}, ("40", "0")),
        (False, "70.20", {}, ("40", "30.20")),
        (False, "12.50", {"charge_flat": False}, ("0", "12.50")),
        (False, "70.20", {"charge_actual": False}, ("40", "0")),
        (False, "50", {"flat": Decimal("38.50")}, ("38.50", "11.50")),
        (True, "2.50", {}, ("0", "2.50")),
        (True, "2.50", {"charge_actual": False}, ("0", "0")),
    ],
)
def test_costs(consumer, actual, switches, expected):
    assert default_costs(consumer, Decimal(actual), **switches) == Costs(*map(Decimal, expected))


@LAW
@given(st.booleans(), AMOUNTS)
def test_flat_and_costs_together_are_the_greater_of_both(consumer, actual):
    costs = default_costs(consumer, actual)
    assert costs.flat + costs.actual == (actual if consumer else max(actual, Decimal(40)))


def test_the_rate_lies_five_or_nine_points_over_the_base():
    assert default_rate(Decimal("-0.88"), True) == Decimal("4.12")
    assert default_rate(Decimal("-0.88"), False) == Decimal("8.12")
    assert default_rate(None, False) is None
