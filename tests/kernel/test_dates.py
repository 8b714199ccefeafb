"""Birthdays, ages and the ranges a list of birthdays is searched by."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel import dates
from odoo.addons.kunden_crm.kernel.dates import age_on, birthday_ranges, month_day, next_birthday

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(year, *day) for year in (1904, 1980, 2000) for day in ((2, 28), (2, 29), (3, 1))]
)
DAYS = st.dates(date(1990, 1, 1), date(2110, 12, 31)) | st.sampled_from(
    [
        date(year, month, day)
        for year in (2023, 2024, 2025, 2100)
        for month, day in ((2, 28), (3, 1), (12, 31), (1, 1))
    ]
)


@pytest.fixture(params=[(3, 1), (2, 28)], ids=["1 March", "28 February"])
def custom(request, monkeypatch):
    """Both days on which a company may congratulate whoever was born on a 29 February."""
    monkeypatch.setattr(dates, "LEAP_DAY_OTHERWISE", request.param)


@pytest.mark.parametrize(
    ("birth", "today", "expected"),
    [
        (date(1980, 5, 1), date(2026, 4, 30), date(2026, 5, 1)),
        (date(1980, 5, 1), date(2026, 5, 1), date(2026, 5, 1)),
        (date(1980, 5, 1), date(2026, 5, 2), date(2027, 5, 1)),
        (date(1980, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (date(1980, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (date(2000, 2, 29), date(2024, 2, 28), date(2024, 2, 29)),
        (date(2000, 2, 29), date(2024, 3, 1), date(2025, 3, 1)),
        (date(2000, 2, 29), date(2025, 3, 1), date(2025, 3, 1)),
        (date(2000, 2, 29), date(2025, 3, 2), date(2026, 3, 1)),
        (date(2000, 2, 29), date(2027, 3, 2), date(2028, 2, 29)),
        (date(2000, 2, 29), date(2100, 2, 28), date(2100, 3, 1)),
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1)),
        (date(1980, 1, 1), date(9999, 12, 31), None),
        (None, date(2026, 1, 1), None),
        (False, date(2026, 1, 1), None),
    ],
)
def test_next_birthday(birth, today, expected):
    assert next_birthday(birth, today) == expected


@pytest.mark.parametrize(
    ("birth", "day", "expected"),
    [
        (date(1980, 5, 1), date(2026, 4, 30), 45),
        (date(1980, 5, 1), date(2026, 5, 1), 46),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), date(2026, 4, 30), None),
        (None, date(2026, 4, 30), None),
        (False, date(2026, 4, 30), None),
    ],
)
def test_age(birth, day, expected):
    assert age_on(birth, day) == expected


@pytest.mark.parametrize(
    ("date_from", "date_to", "expected"),
    [
        (date(2026, 5, 1), date(2026, 5, 31), [(501, 531)]),
        (date(2026, 5, 1), date(2026, 5, 1), [(501, 501)]),
        (date(2026, 12, 20), date(2027, 1, 10), [(1220, 1231), (101, 110)]),
        (date(2026, 2, 1), date(2026, 2, 28), [(201, 228)]),
        (date(2026, 3, 1), date(2026, 3, 31), [(229, 331)]),
        (date(2024, 2, 1), date(2024, 2, 29), [(201, 229)]),
        (date(2024, 3, 1), date(2024, 3, 31), [(301, 331)]),
        (date(2024, 3, 1), date(2025, 2, 28), [(301, 1231), (101, 228)]),
        (date(2025, 3, 1), date(2026, 2, 28), [(229, 1231), (101, 228)]),
        (date(2024, 3, 1), date(2025, 3, 1), [(101, 1231)]),
        (date(2023, 1, 1), date(2026, 1, 1), [(101, 1231)]),
        (date(2025, 12, 31), date(2027, 1, 1), [(101, 1231)]),
        (date(2026, 5, 2), date(2026, 5, 1), []),
    ],
)
def test_ranges(date_from, date_to, expected):
    assert birthday_ranges(date_from, date_to) == expected


def test_month_day():
    days = [date(2000, 2, 29), date(1980, 1, 1), date(1980, 12, 31), None, False]
    assert [month_day(day) for day in days] == [229, 101, 1231, 0, 0]


@pytest.mark.usefixtures("custom")
@pytest.mark.parametrize("start", [date(2023, 1, 1), date(2024, 1, 1), date(2100, 1, 1)])
def test_the_ranges_find_who_has_a_birthday(start):
    births = [date(2000, 1, 1) + timedelta(days=number) for number in range(366)]
    for first in range(50, 70):
        date_from = start + timedelta(days=first)
        for length in (0, 1, 2, 7, 340, 364, 365, 366, 400):
            date_to = date_from + timedelta(days=length)
            ranges = birthday_ranges(date_from, date_to)
            found = {b for b in births if any(low <= month_day(b) <= up for low, up in ranges)}
            assert found == {b for b in births if next_birthday(b, date_from) <= date_to}


@LAW
@given(BIRTHS, DAYS, st.integers(0, 800))
def test_range_and_next_birthday_agree(birth, date_from, length):
    date_to = date_from + timedelta(days=length)
    ranges = birthday_ranges(date_from, date_to)
    found = any(low <= month_day(birth) <= high for low, high in ranges)
    assert found == (next_birthday(birth, date_from) <= date_to)
    assert len(ranges) < 3
    assert all(low <= high for low, high in ranges)


@LAW
@given(BIRTHS, DAYS)
def test_the_next_birthday_is_within_a_year_and_stays_until_it_comes(birth, today):
    coming = next_birthday(birth, today)
    assert 0 <= (coming - today).days <= 366
    assert next_birthday(birth, coming) == coming


@LAW
@given(BIRTHS, DAYS)
def test_who_has_a_birthday_gets_one_year_older_on_that_day(birth, today):
    coming = next_birthday(birth, today)
    if coming > birth:
        assert age_on(birth, coming) == age_on(birth, coming - timedelta(days=1)) + 1


@LAW
@given(BIRTHS, DAYS)
def test_nobody_gets_younger(birth, day):
    age, tomorrow = age_on(birth, day), age_on(birth, day + timedelta(days=1))
    assert (age is None) == (day < birth)
    assert age is None or age <= tomorrow <= age + 1
