"""Cells of a file, read by what their column is.

The column as a whole decides what one value does not say: which comes first, day or month, and
whether a comma or a full stop parts decimals. What stays ambiguous is asked, never guessed.

Codes of a Read:

============  ==============================================================================
``""``        the value as it stands in the file
``fixed``     the same value, written another way; ``note`` says what changed
``ask``       a person decides; the value is the text as it came
``reject``    no such value; the value is the text as it came
``blank``     the cell says nothing: empty, or a placeholder ("k.A."); the value is None
============  ==============================================================================

A note with a point is a reason of a standard: ``phone.area``; ``day.month_first`` says that only
this order makes a day. Those of the cells themselves:

==================  ========================================================================
``placeholder``     blank: stands for "nothing is known"
``entity``          fixed: HTML entities became the signs they stand for
``apostrophe``      fixed: the apostrophe that keeps a spreadsheet from counting went
``number_text``     fixed: a number in a column of texts, such as a customer number
``spaces``          fixed: line breaks, doubled blanks or what no eye sees became blanks
``serial``          fixed: the number by which a spreadsheet counts days became a day
``unit``            fixed: thousands or millions by the heading of the column
``country``         ask: a postcode that lost a zero, or not, depends on the country
``fraction``        ask: a fraction in a column of whole numbers
``error_value``     ask: a formula of the spreadsheet failed
``choice.several``  ask: the word stands for more than one choice
``unknown``         ask: no such choice; a new one is never made
``no_text``         reject: a yes or no, or a day, where none can stand
``no_answer``       reject: neither yes nor no
``no_day``          reject: no such day, such as 29 February 1900
``huge``            reject: larger than any number of this kind
``long``            ask: longer than any value of this kind
==================  ========================================================================
"""

import html
import re
from datetime import date
from functools import lru_cache

from .blanks import is_blank, placeholder_day
from .formulas import show_formula
from .import_choices import salutation_kind
from .import_values import (
    BLANK,
    DAYS,
    NUMBERS,
    Column,
    Read,
    evidence,
    judged,
    read_answer,
    read_day,
    read_number,
)
from .outcomes import SAME
from .spelling_text import note as several_lines
from .standards import standardise
from .text import clean_text

MAX_LINE = 250
# Digits that are to keep their zeros: ="00013" and '00013.
_GUARDED = re.compile(r"""="([0-9][^"]*)"|'([0-9].*)""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ERRORS = re.compile(
    r"#(?:REF!|BEZUG!|VALUE!|WERT!|DIV/0!|NAME\?|NUM!|ZAHL!|NULL!|#+)", re.IGNORECASE
)
_NOT_AVAILABLE = ("#nv", "#n/a", "null", "(null)", "<null>", "nan")
# What Google calls its own groups.
_GROUPS = {f"* {name}" for name in ("mycontacts", "starred", "friends", "family", "coworkers")}
# A word of a list, in quotes or not.
_WORD = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;|\n,]|$)|([^;|\n,]+)')
# Which standard reads a kind of cell, where the catalogue names no other.
_STANDARDS = {
    "phone": "phone",
    "email": "email",
    "url": "website",
    "vat": "vat",
    "iban": "iban",
    "bic": "bic",
    "country": "country",
    "postcode": "postcode",
}
_READERS = {
    "date": read_day,
    "integer": read_number,
    "float": read_number,
    "monetary": read_number,
    "boolean": read_answer,
}
# Texts of several lines.
_LONG = ("text",)
_SHORT_CODE = re.compile(r"[0-9]{4}")
# Whose codes have five digits, of which a spreadsheet drops a zero in front.
_FIVE_DIGITS = ("DE", "FR", "IT", "ES", "FI", "US", "TR", "UA")


def column_of(values, kind, **settings):
    """How a column is read, as far as its values say so.

    Shape: all raw cells of the column, or many, its kind and other settings of Column in, Column
    out. Only days and numbers depend on the whole column. Errors: none.
    Source: bad_inputs.md 93 and 99 (the column decides).

    >>> column_of(["03/04/1980", "25/12/1980"], "date").date_order
    'dmy'
    >>> column_of(["1.234", "12,50"], "float").decimal_mark, column_of(["1.234"], "float")[2]
    (',', '')
    """
    said = frozenset()
    for value in values if kind in (*DAYS, *NUMBERS) else ():
        said = evidence(kind, value, said)
    return settled(kind, said, **settings)


def settled(kind, said, **settings):
    """The Column for what import_values.evidence has gathered.

    Shape: kind, set of signs and other settings of Column in, Column out. Evidence of both ways is
    none. Errors: none. Source: as column_of.

    >>> settled("date", {"dmy"}).date_order, settled("date", {"dmy", "mdy"}).date_order
    ('dmy', '')
    """
    only = next(iter(said)) if len(said) == 1 else ""
    if kind in DAYS:
        settings.setdefault("date_order", only)
    elif kind in NUMBERS:
        settings.setdefault("decimal_mark", only)
    return Column(kind, **settings)


def read_cell(value, column, choices=None, country="", is_company=False):
    """What a cell says.

    Shape: a raw cell (None, text, number, yes or no, day), its Column, its Choices or None, the
    ISO country code that its row names and whether the row is about a firm in, Read out. The value
    is a text, a number, a yes or no, a key of the choices, a list of keys or texts, or None; a day
    is a text like 1980-12-31. An Anrede like "Firma" stays that word: salutation_kind tells what
    it says. Errors: none, for any cell. Source: bad_inputs.md 41 to 101.

    >>> read_cell(" 31.12.1980", Column("date")).value, read_cell("&Ouml;zil", Column())[:2]
    ('1980-12-31', ('Özil', 'fixed'))
    >>> read_cell(1067, Column("postcode"), country="DE"), read_cell(1067, Column("postcode"))[1:]
    (Read(value='01067', code='fixed', note='postcode.spreadsheet'), ('ask', 'country'))
    """
    if value is None or value == "":
        return BLANK
    if type(value) is str:
        if len(value) > MAX_LINE and column.kind not in (*_LONG, "many2many"):
            return Read(value, "ask", "long")
        if choices is None:
            return _read_text(value, column, country, is_company)
        return _after(*_plain(value, column), lambda text: _chosen(text, column, choices))
    if choices is None and column.kind in _READERS:
        if isinstance(value, date) and str(value)[:10] in _days(column.placeholders):
            return Read(None, "blank", "placeholder")
        return _READERS[column.kind](value, column)
    return _of_no_text(value, column, choices, country)


@lru_cache(maxsize=1 << 15)
def _read_text(value, column, country, is_company):
    """The Read of a text without choices."""
    return _after(*_plain(value, column), lambda text: _of_kind(text, column, country, is_company))


def _after(text, note, read):
    """What is read of a text, with the note of what was done before where nothing else was."""
    found = read(text)
    return found._replace(code="fixed", note=note) if note and not found.code else found


def _plain(value, column):
    """The text without what a file adds to it, and a note where that was something."""
    text, note = value.strip(), ""
    if column.apostrophes and text[:1] in ("'", "="):
        guarded = _GUARDED.fullmatch(text)
        shown = guarded[1] or guarded[2] if guarded else show_formula(text)
        text, note = shown, "apostrophe" if shown != text else ""
    if "&" in text and _ENTITY.search(text):
        decoded = _ENTITY.sub(lambda found: html.unescape(found[0]), text).strip()
        text, note = decoded, "entity" if decoded != text else note
    return text, note


def _blank(text, column):
    """The Read of a text that says nothing, None for one that says something."""
    key = text.casefold()
    if not text or key in _NOT_AVAILABLE or is_blank(text, column.placeholders):
        return Read(None, "blank", "placeholder" if text else "")
    if text[0] == "#" and _ERRORS.fullmatch(text):
        return Read(text, "ask", "error_value")
    if column.kind in DAYS and str(placeholder_day(text)) in _days(column.placeholders):
        return Read(None, "blank", "placeholder")
    return None


@lru_cache(maxsize=8)
def _days(placeholders):
    """The days among the placeholders, as texts."""
    return frozenset(str(day) for day in map(placeholder_day, placeholders) if day)


def _of_kind(text, column, country, is_company):
    """The Read of a plain text by the kind of its column."""
    if found := _blank(text, column):
        return found
    if column.kind in _READERS:
        return _READERS[column.kind](text, column)
    if column.kind == "many2many":
        return Read(_words(text))
    if column.kind == "postcode" and column.standard in ("", "postcode"):
        return _postcode(text, column, country)
    return _spelled(text, column, country or column.country, is_company)


def _spelled(text, column, country, is_company):
    """The Read of a text by the standard of its column."""
    standard = column.standard or _STANDARDS.get(column.kind, "")
    if standard in ("name", "person"):
        standard = "company" if is_company else "person"
    if standard:
        return judged(standardise(standard, text, country, column.mask), standard)
    value = several_lines(text).value if column.kind in _LONG else clean_text(text)
    if not value:
        return Read(None, "blank", "placeholder")
    return Read(value, "fixed", "spaces") if value != text else Read(value)


def _postcode(text, column, country):
    """The Read of a postcode: only the country says whether a zero is missing."""
    home = country or column.country
    if _SHORT_CODE.fullmatch(text) and home in _FIVE_DIGITS:
        if not country:
            return Read(text, "ask", "country")
        return judged(standardise("postcode", f"{text}.0", home), "postcode")
    found = judged(standardise("postcode", text, home), "postcode")
    return Read(text, "ask", "country") if found.code == "reject" and not country else found


def _of_no_text(value, column, choices, country):
    """The Read of a number, a yes or no or a day where a text or a choice is wanted."""
    if isinstance(value, bool):
        text = "ja" if value else "nein"
    elif isinstance(value, date):
        text = f"{value:%d.%m.%Y}"
    else:
        text = str(int(value)) if value == value // 1 else str(value)
    if choices is not None:
        return _chosen(text, column, choices)
    if isinstance(value, (bool, date)) and column.kind not in ("text", "char", "many2many"):
        return Read(text, "reject", "no_text")
    found = _read_text(text, column, country, False)
    return found._replace(code="fixed", note="number_text") if _is_code(found, column) else found


def _is_code(found, column):
    """Whether a number may have lost zeros of a code that nobody can tell any more."""
    return column.kind == "code" and not found.code


def _words(text):
    """The words of a list, each once, without the groups that Google has by itself."""
    found = _WORD.findall(text.replace(" ::: ", ";"))
    words = [clean_text(quoted.replace('""', '"') or plain) for quoted, plain in found]
    return list(dict.fromkeys(word for word in words if word and word.casefold() not in _GROUPS))


def _chosen(text, column, choices):
    """The Read of a text that names one of the choices, or several."""
    outcome = choices.find(text)
    if outcome.outcome != SAME and outcome.outcome != "fixed":
        if choices.name == "salutation" and salutation_kind(text):
            return Read(clean_text(text))
        if found := _blank(text, column):
            return found
    if column.kind != "many2many":
        return _choice(outcome, text)
    if outcome.outcome in (SAME, "fixed"):
        return Read([outcome.value] if outcome.value else [])
    reads = [_choice(choices.find(word), word) for word in _words(text)]
    if doubt := next((read for read in reads if read.code == "ask"), None):
        return Read(text, "ask", doubt.note)
    return Read(list(dict.fromkeys(read.value for read in reads)))


def _choice(outcome, text):
    """The Read for what the choices say of one word: a label is as good as the key."""
    if outcome.outcome == "ask":
        reason = "choice.several" if outcome.reason == "several" else outcome.reason
        return Read(text, "ask", reason)
    return Read(outcome.value) if outcome.value else BLANK
