"""Days: what people and programs write, as 1980-12-31.

Reasons are codes; the models put them into words:

============  ==============================================================================
``spelling``  fixed: the same day in another spelling
``century``   fixed: two digits of a year that can only be 1940 to 1999; ask: they could be
              of two centuries
``order``     fixed: month and day change places, since no month is above 12; ask: day and
              month could be either way ("05/06/1980")
``time``      fixed: a time of midnight went; ask: a time of day that would be lost
``partial``   ask: day, month or year is missing
``serial``    ask: could be the number by which a spreadsheet counts days
``year``      ask: a year before 1850 or after 2199
``digits``    ask: digits of another script or width
``unclear``   ask: more than a day, or no known spelling of one
``long``      ask: longer than any value of this kind
``no_date``   rejected: no day in it ("keine")
``no_day``    rejected: a day that does not exist ("31.04.1980")
============  ==============================================================================
"""

import re
from datetime import date

from .outcomes import asked, rejected, written
from .search import fold
from .spelling import standard
from .text import has_other_digits, word_set

REASONS = (
    "spelling",
    "century",
    "order",
    "time",
    "partial",
    "serial",
    "year",
    "digits",
    "unclear",
    "long",
    "no_date",
    "no_day",
)
_MONTHS = (
    "jan januar jaenner jaen january janvier janv",
    "feb februar feber febr february fevrier fevr fev",
    "maerz maer mrz mar march mars",
    "apr april avril avr",
    "mai may",
    "jun juni june juin",
    "jul juli july juillet juil",
    "aug august aout",
    "sep sept september septembre",
    "okt oktober oct october octobre",
    "nov november novembre",
    "dez dezember dec december decembre",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_LABEL = re.compile(r"(?:\*|geb(?:oren|\.)?(?: am)?|am)[ :]*(?=[0-9])", re.IGNORECASE)
_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_WEEKDAY = re.compile(
    rf"({'|'.join(_WEEKDAYS)})(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)?[.,]* ?"
    r"(?=[0-9])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|,? )(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)(?: Uhr)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\.?")
_LOOSE = re.compile(r"(?<=[0-9]) ?([./-]) ?(?=[0-9])")
_DAY_NAME = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|er)?(?:\. ?|-| of | )([^\W\d_]{3,9})\.?(?:, ?|-| )?"
    r"([0-9]{4}|[0-9]{2})"
)
_NAME_DAY = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?:, ?| )([0-9]{4})")
_PARTIAL = re.compile(
    r"[0-9]{4}|[0-9]{1,2}[./-][0-9]{2}|[0-9]{1,2} ?[./-] ?[0-9]{4}|[0-9]{4}[./-][0-9]{1,2}"
    r"|[0-9]{1,2}\. ?[0-9]{1,2}\."
    r"|(?:[0-9]{1,2}(?:\. ?| ))?[^\W\d_]{3,9}\.? ?(?:'?[0-9]{2}|[0-9]{4})?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
# Where day and month stand in this order also between slashes.
_DAY_FIRST = word_set("GB IE FR BE LU MC IT ES PT NL GR AU NZ BR")
_FIRST_YEAR, _LAST_YEAR = 1850, 2199
_LATER_CENTURY = 40


def _exists(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _known(text, year, month, day, reason):
    """The outcome for a day whose parts are known; zeros stand for what is not."""
    if year and not (month and day) and month < 13:
        return asked(text, "partial")
    if not _exists(year, month, day):
        return rejected(text, "no_day")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return asked(text, "year")
    return written(text, f"{year}-{month:02}-{day:02}", reason)


def _with_year(text, typed, month, day, reason="spelling"):
    """The outcome for a year as it was typed, with two digits or four."""
    if len(typed) == 4:
        return _known(text, int(typed), month, day, reason)
    if int(typed) >= _LATER_CENTURY:
        return _known(text, 1900 + int(typed), month, day, "century")
    some = _exists(1900 + int(typed), month, day) or _exists(2000 + int(typed), month, day)
    return asked(text, "century") if some else rejected(text, "no_day")


def _in_numbers(text, found, country):
    """The outcome for day, month and year in numbers, the year behind."""
    first, sign, second, year = found.groups()
    first, second = int(first), int(second)
    as_typed, swapped = _exists(2000, second, first), _exists(2000, first, second)
    if swapped and not as_typed and sign not in ". ":
        return _with_year(text, year, first, second, "order")
    certain = sign in ". " or country in _DAY_FIRST or first == second
    if not swapped or (as_typed and certain):
        return _with_year(text, year, second, first)
    return asked(text, "order")


def _eight_digits(text, typed):
    """The outcome for eight digits, of which one reading may make sense."""
    readings = ((typed[:4], typed[4:6], typed[6:]), (typed[4:], typed[2:4], typed[:2]))
    days = [tuple(map(int, reading)) for reading in readings]
    days = [day for day in days if _FIRST_YEAR <= day[0] <= _LAST_YEAR and _exists(*day)]
    if len(set(days)) == 1:
        return _known(text, *days[0], "spelling")
    return asked(text, "unclear") if typed.strip("0") else rejected(text, "no_day")


def _in_words(text, typed):
    """The outcome for a day whose month has a name, None where it has none."""
    if found := _DAY_NAME.fullmatch(typed):
        day, name, year = found.groups()
    elif found := _NAME_DAY.fullmatch(typed):
        name, day, year = found.groups()
    else:
        return None
    month = _MONTH_OF.get(fold(name))
    return _with_year(text, year, month, int(day)) if month else asked(text, "unclear")


def _without_day(text, typed):
    """The outcome for what is no whole day: a part of one, a count of days, something else."""
    if _SERIAL.fullmatch(typed):
        return asked(text, "serial")
    names = [fold(name) for name in re.findall(r"[^\W\d_]+", typed)]
    if _PARTIAL.fullmatch(typed) and all(name in _MONTH_OF for name in names):
        return asked(text, "partial")
    return asked(text, "unclear")


def _read(text, typed, country):
    """The outcome for a text without time and label."""
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        return _known(text, year, month, day, "spelling")
    if found := _NUMBERS.fullmatch(typed):
        return _in_numbers(text, found, country)
    if re.fullmatch("[0-9]{8}", typed):
        return _eight_digits(text, typed)
    return _in_words(text, typed) or _without_day(text, typed)


def _with_time(text, typed, country):
    """The outcome for a text without label and weekday, with or without a time of day."""
    clock = _TIME.search(typed)
    if not clock or clock.end() != len(typed):
        return _read(text, typed, country)
    found = _read(text, typed[: clock.start()], country)
    if found.outcome not in ("same", "fixed"):
        return found
    midnight = not re.search("[1-9]", clock[0])
    return written(text, found.value, "time") if midnight else asked(text, "time")


@standard
def day(text, country="DE"):
    """The day that a text names, as 1980-12-31.

    Shape: text or nothing and an ISO country code in, Outcome out. Month names are German,
    Austrian, Swiss, English or French. Between slashes day and month are certain only where one
    is above 12, both are the same, or the country writes the day first. Errors: none.
    Source: ISO 8601, DIN 5008 (dates in numbers); bad_inputs.md 47, 49, 93, 95 and 97.

    >>> day("31.12.1980").value, day("12. März 1980").value, day("12/31/1980")[0::2]
    ('1980-12-31', '1980-03-12', ('1980-12-31', 'order'))
    >>> [day(text).reason for text in ("05/06/1980", "Dez 80", "29586", "31.12.05", "31.04.1980")]
    ['order', 'partial', 'serial', 'century', 'no_day']
    """
    if has_other_digits(text):
        return asked(text, "digits")
    label = _LABEL.match(text)
    typed = _LOOSE.sub(r"\1", text[label.end() :] if label else text)
    if not re.search("[0-9]", text):
        month = fold(text) in _MONTH_OF
        return asked(text, "partial") if month else rejected(text, "no_date")
    weekday = _WEEKDAY.match(typed)
    found = _with_time(text, typed[weekday.end() :] if weekday else typed, country)
    if not weekday or found.outcome != "fixed":
        return found
    number = 5 if "abend" in weekday[0].lower() else _WEEKDAYS.index(weekday[1].lower())
    return found if date.fromisoformat(found.value).weekday() == number else asked(text, "unclear")
