"""What looks like a value and is none: marks typed to get past a field."""

import re
import string
from datetime import date

# A text of these alone says nothing: ASCII punctuation, spaces, dashes and dots of print.
MARKS = string.punctuation + string.whitespace
MARKS += "\u00a0\u2007\u202f\u2010\u2011\u2013\u2014\u2026\u2022\u00b7"
_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def placeholder_key(text):
    """The text of a placeholder as it is compared: without blanks around it, in small letters.

    Shape: text or nothing in, text out. Idempotent. Errors: none.
    Source: lessons.md L5.

    >>> placeholder_key("  K.A. ")
    'k.a.'
    """
    return (text or "").strip().lower().strip()


def is_blank(text, placeholders=()):
    """Whether a text says nothing: empty, marks only, or one of the placeholders.

    Shape: text or nothing and a collection of keys in, a truth value out. Errors: none.
    Source: lessons.md L5 (whoever must fill a field in and cannot types "?" or "xxx").

    >>> is_blank(" -- "), is_blank("k.A.", {"k.a."}), is_blank("Kaiser", {"k.a."})
    (True, True, False)
    """
    text = text or ""
    return not text.translate(_NO_MARKS) or placeholder_key(text) in placeholders


def placeholder_day(text):
    """The day that a placeholder names, so that it counts as empty in date fields too.

    Shape: text in, a date or None out; 01.01.1900 and 1900-01-01 are read. Errors: none.
    Source: DIN 5008 (day, month, year) and ISO 8601; bad_inputs.md C (01.01.1900).

    >>> placeholder_day("01.01.1900"), placeholder_day("1900-01-01"), placeholder_day("31.02.2000")
    (datetime.date(1900, 1, 1), datetime.date(1900, 1, 1), None)
    """
    text = placeholder_key(text)
    if found := _GERMAN_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def completeness(asked, missing):
    """How complete a file is, in per cent; whoever is asked for nothing is complete.

    Shape: two whole numbers in, 0 to 100 out, rounded down so that 100 means that nothing is
    missing. Errors: none.
    Source: the share of required values that are there (ISO/IEC 25012, completeness).

    >>> completeness(0, 0), completeness(3, 1), completeness(200, 1), completeness(2, 2)
    (100, 66, 99, 0)
    """
    return 100 * (asked - missing) // asked if asked else 100
