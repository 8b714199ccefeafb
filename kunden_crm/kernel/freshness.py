"""Freshness: since which day what a customer told counts as too old."""

from calendar import monthrange
from datetime import date


def stale_until(today, months):
    """The last day that lies so many whole months back; None where nothing ever gets too old.

    Shape: a date and a whole number in, a date out. Exactly the days up to it have become so many
    months old, as ``day + interval 'n months' <= today`` says in SQL: what was told on 31 January
    is a month old on 28 February. None for 0 months or less, or before the calendar begins.
    Errors: none. Source: mission.md M29; BGB § 188 (3) (the month without that day).

    >>> stale_until(date(2026, 3, 10), 24), stale_until(date(2026, 2, 28), 1)
    (datetime.date(2024, 3, 10), datetime.date(2026, 1, 31))
    >>> stale_until(date(2026, 3, 10), 0)
    """
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if months <= 0 or year < date.min.year:
        return None
    last, last_today = _last_day(year, month + 1), _last_day(today.year, today.month)
    return date(year, month + 1, last if today.day == last_today else min(today.day, last))


def _last_day(year, month):
    return monthrange(year, month)[1]
