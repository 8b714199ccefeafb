"""Days, numbers and answers in cells of a file; what the columns and cells of one have in common.

The codes and notes of a Read are listed in import_cells.py.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from .choices import yes_no
from .outcomes import ASK, REJECTED
from .spelling_date import day
from .spelling_number import column_separator, number

DAYS = ("date",)
NUMBERS = ("integer", "float", "monetary")
_LARGEST = {"integer": 2**31 - 1}
_LARGEST_AMOUNT = 10**15
_NO_SPELLING = ("spelling", "spaces")
_MULTIPLIED = ("number.thousand", "number.million", "number.billion")
_EITHER_WAY = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,]0+)?")
# Spreadsheets count days from here, with a 29 February 1900 that was none as number 60.
_FIRST_DAY, _PHANTOM = date(1899, 12, 30), 60
_SERIALS = range(10000, 100000)
_YEARS = range(1850, 2200)


class Column(NamedTuple):
    """How the cells of a column are read.

    ``standard`` is a key of STANDARDS or "name", "" for that of the kind; ``country`` the home of
    whoever imports; ``factor`` what numbers are multiplied by; ``apostrophes`` whether the file is
    text in which they hide formulas; ``placeholders`` the keys of texts that say nothing.
    """

    kind: str = "char"
    date_order: str = ""
    decimal_mark: str = ""
    standard: str = ""
    mask: str = ""
    country: str = "DE"
    factor: int = 1
    apostrophes: bool = True
    placeholders: frozenset = frozenset()


class Read(NamedTuple):
    """The value of a cell, what became of it, and why."""

    value: object
    code: str = ""
    note: str = ""


BLANK = Read(None, "blank")


def judged(outcome, standard, value=None):
    """The Read for what a standard says.

    Shape: Outcome, its key and the value that is kept instead of its text (None for that) in, Read
    out. What only is spelled otherwise needs no word where the value is no text. Errors: none.
    Source: outcomes.py.

    >>> judged(day("31.12.1980"), "day", "1980-12-31"), judged(day("1980"), "day")
    (Read(value='1980-12-31', code='', note=''), Read(value='1980', code='ask', note='day.partial'))
    """
    if outcome.outcome in (ASK, REJECTED):
        code = "ask" if outcome.outcome == ASK else "reject"
        return Read(outcome.value, code, f"{standard}.{outcome.reason}")
    if not outcome.reason or (value is not None and outcome.reason in _NO_SPELLING):
        return Read(outcome.value if value is None else value)
    note = "spaces" if outcome.reason == "spaces" else f"{standard}.{outcome.reason}"
    return Read(outcome.value if value is None else value, "fixed", note)


@lru_cache(maxsize=1 << 12)
def _mark_of(text):
    return column_separator([text])


def evidence(kind, value=None, said=frozenset()):
    """What a cell adds to what the cells before it said of their column.

    Shape: kind, raw cell and frozenset in, frozenset out: "dmy" and "mdy" for days, "," and "."
    for numbers. Errors: none. Source: bad_inputs.md 93 and 99 (the column decides).

    >>> sorted(evidence("date", "31/12/1980")), sorted(evidence("float", "12,50", {"."}))
    (['dmy'], [',', '.'])
    """
    sign = ""
    if isinstance(value, str) and kind in DAYS:
        found = _EITHER_WAY.match(value.strip())
        first, second = (int(found[1]), int(found[3])) if found else (0, 0)
        sign = "dmy" if second <= 12 < first <= 31 else "mdy" if first <= 12 < second <= 31 else ""
    elif isinstance(value, str) and kind in NUMBERS and len(value) < 40:
        sign = _mark_of(value) if "," in value or "." in value else ""
    return frozenset(said) | {sign} if sign else frozenset(said)


def read_day(value, column):
    """The day in a cell, as text like 1980-12-31.

    Shape: text, number, yes or no or day and Column in, Read out. Five digits count the days as a
    spreadsheet does. A year of two digits is 1940 to 1999, or asked about. Errors: none.
    Source: spelling_date.day; bad_inputs.md 47, 49, 93, 95 and 97.

    >>> read_day("03/04/1980", Column("date")).note
    'day.order'
    >>> read_day("03/04/1980", Column("date", "mdy")).value
    '1980-03-04'
    >>> read_day("29586", Column("date")), read_day(60, Column("date")).note
    (Read(value='1980-12-31', code='fixed', note='serial'), 'no_day')
    """
    if isinstance(value, bool):
        return Read(str(value), "reject", "no_text")
    if isinstance(value, (int, float)):
        return _counted(value)
    if isinstance(value, date):
        return _of_day(value)
    if found := _SERIAL.fullmatch(value):
        return _counted(int(found[1]))
    text = value
    if (found := _EITHER_WAY.match(text)) and column.date_order:
        first, second = (1, 3) if column.date_order == "dmy" else (3, 1)
        if int(found[second]) <= 12:
            text = f"{found[first]}.{found[second]}.{found[4]}{text[found.end() :]}"
    outcome = day(text, column.country)
    if outcome.outcome in (ASK, REJECTED):
        return judged(outcome._replace(value=value), "day")
    if outcome.reason == "order":
        return Read(outcome.value, "fixed", "day.month_first")
    return judged(outcome, "day", outcome.value)


def _of_day(value):
    """The Read for a day that a spreadsheet knows as one; a time of day would be lost."""
    timed = isinstance(value, datetime) and (value.hour or value.minute or value.second)
    if timed:
        return Read(value.isoformat(" "), "ask", "day.time")
    text = f"{value.year:04}-{value.month:02}-{value.day:02}"
    return Read(text) if value.year in _YEARS else Read(text, "ask", "day.year")


def _counted(value):
    """The Read for a number in a column of days."""
    text = str(int(value)) if value == value // 1 else str(value)
    if value == _PHANTOM or value <= 0:
        return Read(text, "reject", "no_day")
    if value in _YEARS:
        return Read(text, "ask", "day.partial")
    if value != value // 1:
        return Read(text, "ask", "day.time")
    if value not in _SERIALS:
        return Read(text, "ask", "day.serial")
    return Read(str(_FIRST_DAY + timedelta(days=int(value))), "fixed", "serial")


def read_number(value, column):
    """The number in a cell.

    Shape: text, number, yes or no or day and Column in, Read out, its value whole where the kind is
    ``integer``, else a float. Errors: none.
    Source: spelling_number.number; bad_inputs.md 99.

    >>> [read_number(text, Column("float"))[::2] for text in ("1.234,56", "1.234", "12,5 T€")]
    [(1234.56, ''), ('1.234', 'number.decimal'), (12500.0, 'number.thousand')]
    >>> read_number("1.234", Column("float", decimal_mark=",")).value
    1234.0
    >>> read_number(12.0, Column("integer"))
    Read(value=12, code='', note='')
    """
    if isinstance(value, (bool, date)):
        return Read(str(value), "reject", "no_text")
    if isinstance(value, str):
        outcome = number(value, column.country, column.decimal_mark)
        if outcome.outcome in (ASK, REJECTED):
            return judged(outcome, "number")
        found = judged(outcome, "number", float(outcome.value))
    else:
        found = Read(float(value))
    amount, code, note = found
    if column.factor > 1 and note not in _MULTIPLIED:
        amount, code, note = amount * column.factor, "fixed", "unit"
    if (
        not -_LARGEST.get(column.kind, _LARGEST_AMOUNT)
        <= amount
        <= _LARGEST.get(column.kind, _LARGEST_AMOUNT)
    ):
        return Read(str(value), "reject", "huge")
    if column.kind != "integer":
        return Read(amount, code, note)
    return (
        Read(int(amount), code, note)
        if amount.is_integer()
        else Read(str(value), "ask", "fraction")
    )


def read_answer(value, _column):
    """Yes or no in a cell.

    Shape: text, number, yes or no or day and Column in, Read out, its value True or False. Errors:
    none. Source: choices.yes_no; bad_inputs.md 55.

    >>> [read_answer(value, Column("boolean")).value for value in ("ja", "WAHR", "x", 0, True)]
    [True, True, True, False, True]
    >>> read_answer("vielleicht", Column("boolean"))
    Read(value='vielleicht', code='reject', note='no_answer')
    """
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return Read(bool(value))
    outcome = yes_no(value) if isinstance(value, str) else None
    if outcome and outcome.value in ("yes", "no"):
        return Read(outcome.value == "yes")
    return Read(str(value), "reject", "no_answer")
