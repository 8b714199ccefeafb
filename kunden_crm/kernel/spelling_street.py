"""Streets as they should be written: "Musterstr. 5 A" and "MUSTERSTRASSE 5A" are Musterstraße 5a.

Streets of Germany, Austria, Switzerland and Liechtenstein are mended, of other countries only the
blanks. Post boxes, parcel stations, "c/o" and the squares of Mannheim stay as they are. A range of
house numbers is "5-7" with the hyphen of the keyboard: of its dash DIN 5008 says different things
in different years, and carriers and banks take only the hyphen.

================  ==================================================================
``spaces``        fixed: blanks or signs that no eye can see are gone
``case``          fixed: capitals or small letters throughout were mended
``street``        fixed: "str." and "pl." in full, or "strasse" as the country writes it
``house_number``  fixed: the house number was written the usual way
``long``          ask: longer than 250 characters
``post_box``      ask: "PF 12" may be a post office box
``postcode``      ask: postcode and town stand beside the street
``email``         ask: an e-mail address
================  ==================================================================

Where several were mended, the first of case, street and house number is named.
"""

import re

from .outcomes import asked, written
from .spelling import standard
from .spelling_case import (
    WORD,
    capitalised,
    has_email,
    is_code,
    is_latin,
    is_short_form,
    is_turkish,
    shape,
)
from .text import word_set

REASONS = ("spaces", "case", "street", "house_number", "long", "post_box", "postcode", "email")
_COUNTRIES = word_set("DE AT CH LI")
_SWISS = word_set("CH LI")
_KEPT = re.compile(
    r"post(?:fach|lagernd)|p\.? ?o\.? ?box|case postale|casella postale|(?:dhl )?pack(?:station|et)"
    r"|(?:[a-z] ?\d{1,2}(?:,? ?\d+ ?[a-z]?(?:-\d+)?)?|.*\bc/o\b.*)$",
    re.IGNORECASE,
)
# Four digits may be a house number: there a word of some length must follow.
_POSTCODE = re.compile(r"(?<![\w/])(?:[A-Z]{1,2}[- ]?)?(?:[0-9]{5} [^\W\d_]|[0-9]{4} [^\W\d_]{4})")
_WEB = re.compile(r"https?:|www\.", re.IGNORECASE)
_POST_BOX = re.compile(r"pf\.? ?\d", re.IGNORECASE)
_SMALL = word_set(
    "am an auf aus bei beim bis dem den der des die hinter im in ob über und unter vom von vor zu"
    " zum zur de la le les du et en aux"
)
# The letter of a house number, whose case says nothing of the street.
_NUMBER_LETTER = re.compile(r"(?<=\d) ?[A-Za-z](?: ?[-–—] ?[A-Za-z])?(?![^\W_])")
_FLOORS = word_set("eg og ug dg ot")
_LARGE = {"grosse": "Große", "grosser": "Großer", "grossen": "Großen"}
_STREET = re.compile(r"str(?:\.|aße|asse)?(?![^\W\d_]| ?\.)", re.IGNORECASE)
_PLACE = re.compile(r"pl\.(?![^\W\d_]|\.)", re.IGNORECASE)
_ARTICLE = re.compile(r" d(?:e[rsmn]|ie) ", re.IGNORECASE)
_GLUED = re.compile(r"(straße|strasse|platz|weg|allee|gasse|ring|damm)(?=\d)", re.IGNORECASE)
_LETTER = re.compile(
    r"(?<=[ /–—-])(\d{1,4}) ?([A-HJ-UWYZa-z])(?=$| ?[-–—/] ?\d| ?[-–—] ?[A-Za-z]$| //)"
)
_LETTERS = re.compile(r"(?<=\d)([a-z]) ?[-–—] ?([A-Za-z])$")
_RANGE = re.compile(r"(?<=\d)([a-z]?) ?[-–—] ?(?=\d{1,4}[a-z]?(?:$| ?[/(]))")
_SLASH = re.compile(r"(?<=\d) / (?=\d{1,4}(?![\d.]))")


@standard
def street(text, country="DE"):
    """Street and house number as they should be written.

    Shape: text or nothing and a country code in, Outcome out. Errors: none; for what is asked,
    see above.
    Source: bad_inputs.md 91; Duden (names of streets); DIN 5008 and Deutsche Post (addresses);
    Swiss Post (Strasse).

    >>> [street(text).value for text in ("Musterstr. 5 A", "MUSTERSTRASSE 5A", "Lange Str. 3")]
    ['Musterstraße 5a', 'Musterstraße 5a', 'Lange Straße 3']
    >>> street("Musterstr. 5", "CH").value, street("Postfach 12").outcome, street("PF 12").reason
    ('Musterstrasse 5', 'same', 'post_box')
    """
    if has_email(text):
        return asked(text, "email")
    if country not in _COUNTRIES or is_code(text) or _KEPT.match(text) or _WEB.match(text):
        return written(text, text, "spaces")
    if _POST_BOX.match(text):
        return asked(text, "post_box")
    cased = _with_case(text, country)
    spelled = _written_out(cased, country)
    value = _with_number(spelled)
    if _POSTCODE.search(text) or _POSTCODE.search(value):
        return asked(text, "postcode")
    reason = "case" if cased != text else "street" if spelled != cased else "house_number"
    return written(text, value, reason)


def _with_case(line, country):
    """The line with large first letters, where it is in capitals or in small letters throughout."""
    kind = shape(_NUMBER_LETTER.sub("", line))
    if kind not in ("upper", "lower") or is_turkish(line):
        return line
    return WORD.sub(lambda match: _word(match, kind, country), line)


def _word(match, kind, country):
    """A word of a line that is written in one case throughout."""
    word, key = match[0], match[0].casefold()
    before, after = match.string[: match.start()], match.string[match.end() :]
    numbered = before[-1:].isdigit() or (len(word) == 1 and before.rstrip(" ")[-1:].isdigit())
    if numbered or not is_latin(word):
        return word
    if key in _FLOORS and before[-2:-1].isdigit():
        return word.upper()
    if before and key in _SMALL and after[:1] in (" ", "-"):
        return word.lower()
    if kind == "upper" and (key in _FLOORS or (len(key) > 1 and set(key) <= set("ivx"))):
        return word
    if kind == "upper" and after[:1] != "." and key not in ("str", "st") and is_short_form(word):
        return word
    if kind == "upper" and country not in _SWISS and after[:1] == " " and key in _LARGE:
        return _LARGE[key]
    return capitalised(word)


def _written_out(line, country):
    """The line with "Str." and "Pl." in full."""
    swiss = country in _SWISS
    full = "strasse" if swiss else "straße"
    line = _STREET.sub(lambda match: _in_full(match, full, False), line)
    return _PLACE.sub(lambda match: _in_full(match, "platz", swiss), line)


def _in_full(match, full, foreign):
    """The word in full: small at its word, else large; where that is not certain, as it was.

    `foreign` says that standing alone it may be a word of another language ("Pl. de la Gare").
    """
    before, typed = match.string[: match.start()], match[0]
    if before[-1:].isalpha():
        return full if before[-2:].isalpha() and len(before) > 1 and typed[0] == full[0] else typed
    short = len(typed) < 5
    if short and (
        (not before and not _ARTICLE.match(match.string, match.end()))
        or (foreign and before[-1:] != "-")
    ):
        return typed
    return full.capitalize() if short or typed[0].isupper() else full


def _with_number(line):
    """The line with its house number as "5a", "5-7" or "5/2"; what stands behind a comma stays."""
    head, comma, rest = _GLUED.sub(r"\1 ", line).partition(",")
    head = _LETTER.sub(lambda found: found[1] + found[2].lower(), head)
    head = _LETTERS.sub(lambda found: f"{found[1]}-{found[2].lower()}", head)
    head = _SLASH.sub("/", _RANGE.sub(r"\1-", head))
    return head + comma + rest
