"""Postcodes by country: "D-50667" and "50 667" are 50667, "1234ab" in the Netherlands 1234 AB.

================  =================================================================
``spaces``        fixed: blanks or signs that no eye can see are gone
``prefix``        fixed: the country in front of it is gone ("D-50667")
``form``          fixed: blanks, hyphens and capitals as the country writes them
``spreadsheet``   fixed: it came as a number of a spreadsheet ("50667.0", "1067.0")
``leading_zero``  ask: a digit is missing, perhaps the 0 that a spreadsheet drops
``country``       ask: it belongs to another country
``several``       ask: more than one postcode
``town``          ask: a town or more stands beside it
``digits``        ask: digits of another script or width
``long``          ask: longer than 250 characters
``format``        rejected: no postcode of this country
``range``         rejected: the country has no postcodes there ("00000")
================  =================================================================

In countries that are not listed only the blanks are mended.
"""

import re
from typing import NamedTuple

from .outcomes import asked, rejected, written
from .spelling import standard
from .text import has_other_digits, word_set

REASONS = (
    "spaces",
    "prefix",
    "form",
    "spreadsheet",
    "leading_zero",
    "country",
    "several",
    "town",
    "digits",
    "long",
    "format",
    "range",
)


class _Code(NamedTuple):
    """How a country writes postcodes: a pattern of the signs alone, and what joins its groups."""

    pattern: str
    joint: str = ""
    low: str = ""
    high: str = "\uffff"
    begin: str = ""


_FOUR, _FIVE, _SIX = r"(\d{4})", r"(\d{5})", r"(\d{6})"
_CODES = {
    "DE": _Code(_FIVE, low="01001", high="99998"),
    "AT": _Code(_FOUR, low="1000", high="9999"),
    "CH": _Code(_FOUR, low="1000", high="9699"),
    "LI": _Code(_FOUR, low="9485", high="9498"),
    "FR": _Code(_FIVE, low="01000", high="98999"),
    "MC": _Code(r"(980\d\d)"),
    "IT": _Code(_FIVE, low="00010", high="98168"),
    "SM": _Code(r"(4789\d)"),
    "VA": _Code(r"(00120)"),
    "ES": _Code(_FIVE, low="01001", high="52999"),
    "PT": _Code(r"(\d{4})(\d{3})", "-", low="1000"),
    "BE": _Code(_FOUR, low="1000", high="9999"),
    "NL": _Code(r"([1-9]\d{3})([A-Z]{2})", " "),
    "LU": _Code(_FOUR, low="1000", high="9999"),
    "DK": _Code(_FOUR, low="0500", high="9990"),
    "NO": _Code(_FOUR, low="0001", high="9991"),
    "SE": _Code(r"(\d{3})(\d{2})", " ", low="100"),
    "FI": _Code(_FIVE, low="00002", high="99999"),
    "IS": _Code(r"(\d{3})", low="101"),
    "PL": _Code(r"(\d{2})(\d{3})", "-", low="00-001"),
    "CZ": _Code(r"(\d{3})(\d{2})", " ", low="100", high="799"),
    "SK": _Code(r"(\d{3})(\d{2})", " ", low="010"),
    "HU": _Code(_FOUR, low="1000", high="9999"),
    "SI": _Code(_FOUR, low="1000", high="9999"),
    "HR": _Code(_FIVE, low="10000", high="53999"),
    "RO": _Code(_SIX, low="010000"),
    "BG": _Code(_FOUR, low="1000", high="9999"),
    "GR": _Code(r"(\d{3})(\d{2})", " ", low="100"),
    "EE": _Code(_FIVE, low="10000"),
    "LV": _Code(_FOUR, begin="LV-", low="LV-1000"),
    "LT": _Code(_FIVE, begin="LT-", low="LT-00100"),
    "CY": _Code(_FOUR, low="1000"),
    "MT": _Code(r"([A-Z]{3})(\d{4})", " "),
    "IE": _Code(r"([A-Z]\d[\dW])([A-Z\d]{4})", " "),
    "GB": _Code(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", " "),
    "TR": _Code(_FIVE, low="01000", high="81999"),
    "UA": _Code(_FIVE, low="01000"),
    "RU": _Code(_SIX, low="100000"),
    "RS": _Code(_FIVE, low="11000"),
    "US": _Code(r"(\d{5})(\d{4})?", "-", low="00501"),
    "CA": _Code(r"([A-Z]\d[A-Z])(\d[A-Z]\d)", " "),
    "AU": _Code(_FOUR, low="0200"),
    "JP": _Code(r"(\d{3})(\d{4})", "-", low="001"),
    "BR": _Code(r"(\d{5})(\d{3})", "-", low="01000"),
    "CN": _Code(_SIX, low="010000"),
    "IN": _Code(_SIX, low="110000"),
}
_SIGNS = {"D": "DE", "A": "AT", "FL": "LI", "F": "FR", "I": "IT", "E": "ES", "P": "PT", "B": "BE"}
_SIGNS |= {"L": "LU", "N": "NO", "S": "SE", "FIN": "FI", "IS": "IS", "H": "HU", "SLO": "SI"}
_SIGNS |= {"DEU": "DE", "GER": "DE", "AUT": "AT", "CHE": "CH"}
_SIGNS |= {code: code for code in _CODES}
_LETTERED = word_set("MT IE GB CA")
_PREFIX = re.compile(r"([A-Z]{1,3})[ -]{0,3}(?=\d)")
_SPREADSHEET = re.compile(r"(\d{3,6})[.,]0{1,2}")
_TOWN = re.compile(r"\d{4}.*[^\W\d_]{3}|[^\W\d_]{3}.*\d{4}")
_LEADING_ZERO = word_set("DE FR IT ES FI US TR UA")


@standard
def postcode(text, country="DE"):
    """A postcode as its country writes it.

    Shape: text or nothing and a country code in, Outcome out. Errors: none; for what is asked or
    rejected, see above.
    Source: Universal Postal Union, postal addressing systems; bad_inputs.md 43.

    >>> [postcode(text).value for text in ("D-50667", "50 667", "50667.0")]
    ['50667', '50667', '50667']
    >>> postcode("1067").reason, postcode("00000").reason, postcode("1234ab", "NL").value
    ('leading_zero', 'range', '1234 AB')
    """
    if not (code := _CODES.get(country)):
        return written(text, text, "spaces")
    if has_other_digits(text):
        return asked(text, "digits")
    if found := _SPREADSHEET.fullmatch(text):
        return _from_number(text, found[1], country)
    prefix, bare = _without_prefix(text.upper().removeprefix("'").replace("–", "-"), country)
    if prefix and prefix != country:
        return asked(text, "country")
    value = _shaped(bare, code)
    if not value:
        return _no_code(text, bare, country)
    if not _in_range(value, code):
        return rejected(text, "range")
    if country == "CH" and _in_range(value, _CODES["LI"]):
        return asked(text, "country")
    return written(text, value, "prefix" if prefix and not code.begin else "form")


def _without_prefix(line, country):
    """The country that a prefix names, "" for none, and the line without it."""
    found = None if country in _LETTERED else _PREFIX.match(line)
    named = _SIGNS.get(found[1], "") if found else ""
    return (named, line[found.end() :]) if named else ("", line)


def _shaped(line, code):
    """The postcode that the line is, as it should be written, or ""."""
    found = re.fullmatch(code.pattern, line.replace(" ", "").replace("-", ""))
    return code.begin + code.joint.join(filter(None, found.groups())) if found else ""


def _in_range(value, code):
    return code.low <= value <= code.high or value.startswith(code.high)


def _from_number(text, digits, country):
    """What a number of a spreadsheet was before it lost its zero."""
    code = _CODES[country]
    short = country in _LEADING_ZERO and len(digits) == 4
    value = _shaped("0" + digits if short else digits, code)
    if not value:
        return rejected(text, "format")
    if country == "CH" and _in_range(value, _CODES["LI"]):
        return asked(text, "country")
    return (
        written(text, value, "spreadsheet") if _in_range(value, code) else rejected(text, "range")
    )


def _no_code(text, bare, country):
    """What to say of a text that is no postcode of the country."""
    if sum(bool(_shaped(piece, _CODES[country])) for piece in re.findall(r"\w+", text)) > 1:
        return asked(text, "several")
    if _TOWN.search(text):
        return asked(text, "town")
    if country in _LEADING_ZERO and bare.isdigit() and len(bare) == 4:
        return asked(text, "leading_zero")
    return rejected(text, "format")
