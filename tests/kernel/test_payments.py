"""Laws of paying late."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.payments import (
    CLASSES,
    mean_days,
    month_key,
    paying,
    payment_class,
    trend,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTH_KEYS = st.builds(month_key, DAYS)
SUMS = st.tuples(st.integers(1, 50), st.integers(-2000, 2000))
MONTHS = st.dictionaries(MONTH_KEYS, SUMS, max_size=30)
MEANS = st.none() | st.floats(-100, 100)


@given(DAYS, DAYS)
def test_months_sort_like_days(one, other):
    if one <= other:
        assert month_key(one) <= month_key(other)


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_going_back_twice_is_going_back_once(day, first, second):
    key = month_key(day, first)
    again = date(int(key[:4]), int(key[5:]), 1)
    assert month_key(again, second) == month_key(day, first + second)


@given(MONTHS)
def test_the_mean_lies_between_the_best_and_the_worst_month(months):
    mean = mean_days(months, "0000-00", "9999-99")
    if not months:
        assert mean is None
    else:
        each = [days / count for count, days in months.values()]
        assert min(each) - 1e-9 <= mean <= max(each) + 1e-9


@given(MONTHS, DAYS)
def test_what_was_paid_more_than_a_year_ago_does_not_count(months, today):
    recent = {key: sums for key, sums in months.items() if key >= month_key(today, 11)}
    assert paying(months, today) == paying(recent, today)


@given(st.tuples(SUMS, SUMS), DAYS)
def test_the_mean_is_that_of_both_halves(halves, today):
    (early, early_days), (late, late_days) = halves
    months = {month_key(today, 11): (early, early_days), month_key(today): (late, late_days)}
    paid = paying(months, today)
    assert abs(paid.mean - (early_days + late_days) / (early + late)) < 1e-9
    assert paid.trend == trend(early_days / early, late_days / late)


@given(MEANS, MEANS)
def test_a_trend_turned_around_is_the_other_one(before, now):
    turned = {"sooner": "later", "later": "sooner", "same": "same", None: None}
    assert trend(now, before) == turned[trend(before, now)]


@given(st.integers(0, 9), st.integers(0, 400), MEANS, st.integers(0, 3), st.integers(0, 90))
def test_no_further_step_and_no_further_day_makes_a_better_class(level, days, mean, steps, more):
    worse = payment_class(level + steps, days + more, mean)
    assert CLASSES.index(worse) >= CLASSES.index(payment_class(level, days, mean))


def test_the_limits_of_the_classes():
    assert payment_class(0, 3, 3.0) == "punctual"
    assert payment_class(0, 60, None) == "late"
    assert payment_class(2, 60, 50.0) == "dunned"
