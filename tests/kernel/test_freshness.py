"""Since when something is too old: the same days that SQL finds by adding months."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.freshness import stale_until

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
DAYS = st.dates(date(1990, 1, 1), date(2110, 12, 31)) | st.sampled_from(
    [date(year, month, day) for year in (2023, 2024) for month, day in ((1, 31), (2, 28), (3, 30))]
    + [date(2024, 2, 29), date(2025, 12, 31), date(2026, 4, 30)]
)
MONTHS = st.integers(1, 240)


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (date(2026, 3, 10), 24, date(2024, 3, 10)),
        (date(2026, 1, 5), 1, date(2025, 12, 5)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 1, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2026, 3, 10), 0, None),
        (date(2026, 3, 10), -3, None),
        (date(2026, 3, 10), 2025 * 12 + 2, date(1, 1, 10)),
        (date(2026, 3, 10), 2025 * 12 + 3, None),
    ],
)
def test_the_last_stale_day(today, months, expected):
    assert stale_until(today, months) == expected


@LAW
@given(DAYS, MONTHS)
def test_exactly_the_days_up_to_it_are_so_many_months_old(today, months):
    until = stale_until(today, months)
    assert until + relativedelta(months=months) <= today
    assert until + timedelta(days=1) + relativedelta(months=months) > today


@LAW
@given(DAYS, MONTHS)
def test_more_patience_never_makes_more_stale(today, months):
    assert stale_until(today, months + 1) < stale_until(today, months)
