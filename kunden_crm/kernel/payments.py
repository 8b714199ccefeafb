"""How a customer pays: how many days late, whether that changes, and the class that follows.

SQL has summed before: for each calendar month in which due amounts were paid, how many there were
and their days between the due date and the payment. Paid early counts as negative days.
"""

from typing import NamedTuple

GRACE_DAYS = 3
CRITICAL_DAYS = 60
CRITICAL_LEVEL = 3
MONTHS = 12
NOTICEABLE = 1.0
CLASSES = ("punctual", "late", "dunned", "critical")


class Paying(NamedTuple):
    """The mean days late over twelve months and where they go; None where nothing was paid."""

    mean: float | None
    trend: str | None


def month_key(day, back=0):
    """The month of a day, or one so many months before it, as text that sorts like time.

    Shape: a date and a whole number in, "YYYY-MM" out. Errors: none from year 1 on.
    Source: the calendar months of BGB § 188 (2) without their days: a month is one bucket.

    >>> from datetime import date
    >>> month_key(date(2026, 3, 31)), month_key(date(2026, 3, 31), 3)
    ('2026-03', '2025-12')
    """
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return f"{year:04}-{month + 1:02}"


def mean_days(months, first, last):
    """The plain mean over all that was paid from the first to the last of these months.

    Shape: {"YYYY-MM": (number, days)} and two months in; days, or None where nothing was paid.
    Errors: none. Source: mission.md M52; each due amount counts once, whatever its size.

    >>> mean_days({"2026-01": (1, 2), "2026-02": (3, 30), "2026-03": (1, 99)}, "2026-01", "2026-02")
    8.0
    >>> mean_days({}, "2026-01", "2026-02") is None
    True
    """
    told = [sums for month, sums in months.items() if first <= month <= last]
    count = sum(number for number, _days in told)
    return sum(days for _number, days in told) / count if count else None


def trend(before, now):
    """Whether somebody pays sooner or later than before; less than a day is no change.

    Shape: two means in; "sooner", "same" or "later", None where one of them is missing.
    Errors: none. Source: mission.md M52, acceptance 8 (trend arrow).

    >>> trend(5.0, 9.5), trend(9.5, 5.0), trend(5.0, 5.5), trend(None, 5.0)
    ('later', 'sooner', 'same', None)
    """
    if before is None or now is None:
        return None
    if abs(now - before) < NOTICEABLE:
        return "same"
    return "later" if now > before else "sooner"


def paying(months, today):
    """Mean and trend on a day; the running month is the twelfth.

    Shape: sums by month and a date in, Paying out. The trend compares the last six months with the
    six before. Errors: none. Source: mission.md M52, acceptance 8 (12 months).

    >>> from datetime import date
    >>> paying({"2026-03": (2, 20), "2025-05": (1, 1)}, date(2026, 3, 1))
    Paying(mean=7.0, trend='later')
    """
    half = MONTHS // 2
    latest = month_key(today)
    return Paying(
        mean_days(months, month_key(today, MONTHS - 1), latest),
        trend(
            mean_days(months, month_key(today, MONTHS - 1), month_key(today, half)),
            mean_days(months, month_key(today, half - 1), latest),
        ),
    )


def payment_class(level, days_late, mean):
    """The class of a customer: the last step sent for an open item, the oldest item, the habit.

    Shape: a dunning level (0 is none), days and a mean or None in, one of CLASSES out.
    Errors: none. Source: mission.md M52; three days are left to the banks, which carry a payment in
    one working day (BGB § 675s), over a weekend in three.

    >>> payment_class(0, 0, 1.5), payment_class(0, 0, None), payment_class(0, 4, None)
    ('punctual', 'punctual', 'late')
    >>> payment_class(0, 0, 3.2), payment_class(1, 20, None), payment_class(3, 20, None)
    ('late', 'dunned', 'critical')
    >>> payment_class(0, 61, None)
    'critical'
    """
    if level >= CRITICAL_LEVEL or days_late > CRITICAL_DAYS:
        return "critical"
    if level > 0:
        return "dunned"
    if days_late > GRACE_DAYS or (mean is not None and mean > GRACE_DAYS):
        return "late"
    return "punctual"
