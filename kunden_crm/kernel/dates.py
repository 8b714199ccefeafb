"""Birthdays: the next one, the age, and ranges that an indexed column can be searched by."""

from datetime import date

# Where 29 February does not exist, the birthday is 1 March: a year of life is complete at the end
# of the day before the one that bears the number of the day of birth (BGB § 187 (2) sentence 2,
# § 188 (2)), that is at the end of 28 February, and the new one begins with 1 March. So age and
# birthday agree. Who congratulates on 28 February changes this one line to (2, 28); the age stays.
LEAP_DAY_OTHERWISE = (3, 1)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _birthday_in(year, birth):
    """The day in this year on which somebody born then has a birthday."""
    if (birth.month, birth.day) == (2, 29) and not _is_leap(year):
        return date(year, *LEAP_DAY_OTHERWISE)
    return date(year, birth.month, birth.day)


def next_birthday(birth, today):
    """The next birthday from today on, today included; None without a date of birth.

    Shape: two dates in, a date out. 29 February: see LEAP_DAY_OTHERWISE. None also where the
    calendar ends (year 9999). Errors: none.
    Source: BGB § 187 (2), § 188 (2); lessons.md L59 (a birthday is better told in advance).

    >>> next_birthday(date(1980, 5, 1), date(2026, 5, 2))
    datetime.date(2027, 5, 1)
    >>> next_birthday(date(2000, 2, 29), date(2026, 1, 1))
    datetime.date(2026, 3, 1)
    >>> next_birthday(None, date(2026, 1, 1))
    """
    if not birth:
        return None
    this_year = _birthday_in(today.year, birth)
    if this_year >= today:
        return this_year
    return _birthday_in(today.year + 1, birth) if today.year < date.max.year else None


def age_on(birth, day):
    """Completed years of life on that day; None without a date of birth or before it.

    Shape: two dates in, a whole number out. Errors: none.
    Source: BGB § 2, § 187 (2) sentence 2, § 188 (2): born on 29 February, of age on 1 March.

    >>> age_on(date(2008, 2, 29), date(2026, 2, 28)), age_on(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    if not birth or day < birth:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def month_day(birth):
    """Month and day as one number to be stored and indexed, 0 without a date of birth.

    Shape: a date in, 101 to 1231 out. 29 February stays 229. Errors: none.
    Source: lessons.md L59 (month and day are stored, so that a range of days is one index scan).

    >>> month_day(date(2000, 2, 29)), month_day(date(1980, 12, 31)), month_day(None)
    (229, 1231, 0)
    """
    return birth.month * 100 + birth.day if birth else 0


def _range_in_year(first, last):
    """The range of month_day numbers that have their birthday from first to last of one year."""
    low, high = month_day(first), month_day(last)
    if not _is_leap(first.year):
        otherwise = month_day(date(first.year, *LEAP_DAY_OTHERWISE))
        low = min(low, 229) if low == otherwise else low
        high = max(high, 229) if high == otherwise else high
    return low, high


def birthday_ranges(date_from, date_to):
    """Which month_day numbers have a birthday from date_from to date_to, both included.

    Shape: two dates in, list of (from, to) out, at most two, none overlapping, to be searched by
    ``BETWEEN`` and OR. Empty where date_to lies before date_from. Exactly those numbers are in it
    whose next_birthday from date_from on is not after date_to. Errors: none.
    Source: as next_birthday.

    >>> birthday_ranges(date(2026, 12, 20), date(2027, 1, 10))
    [(1220, 1231), (101, 110)]
    >>> birthday_ranges(date(2026, 3, 1), date(2026, 3, 7))
    [(229, 307)]
    >>> birthday_ranges(date(2024, 3, 1), date(2024, 3, 7))
    [(301, 307)]
    """
    if date_to < date_from:
        return []
    if date_from.year == date_to.year:
        return [_range_in_year(date_from, date_to)]
    start, _ = _range_in_year(date_from, date(date_from.year, 12, 31))
    _, end = _range_in_year(date(date_to.year, 1, 1), date_to)
    if date_to.year - date_from.year > 1 or end >= start:
        return [(101, 1231)]
    return [(start, 1231), (101, end)]
