"""Numbers of the commercial register: HRB 12345 Köln, FN 123456 a, CHE-123.456.788.

Reasons are codes; the models put them into words:

===============  ===========================================================================
``spelling``     fixed: register, blank, number, blank, place
``register``     ask: which register is missing (HRA, HRB, VR), or it is no known one
``place``        ask: what stands beside the number does not read as a place
``letter``       ask: the letter behind the number of the Austrian register is missing
``suffix``       ask: MWST behind it makes a tax number of the Swiss one
``old``          ask: a Swiss number of the time before 2014
``several``      ask: more than one number
``digits``       ask: digits of another script or width
``long``         ask: longer than any value of this kind
``no_number``    rejected: no digit in it
``length``       rejected: more or fewer digits than such a number has
``check_digit``  rejected: the check digit of the Swiss number does not fit
===============  ===========================================================================
"""

import re

from stdnum.ch import uid as swiss_uid
from stdnum.de.handelsregisternummer import GERMAN_COURTS

from .outcomes import asked, rejected, written
from .spelling import standard
from .text import has_other_digits

REASONS = (
    "spelling",
    "register",
    "place",
    "letter",
    "suffix",
    "old",
    "several",
    "digits",
    "long",
    "no_number",
    "length",
    "check_digit",
)
_REGISTERS = {
    **{"HRA": "HRA", "HRB": "HRB", "GNR": "GnR", "PR": "PR", "VR": "VR", "GSR": "GsR"},
    **{"HR A": "HRA", "HR B": "HRB"},
}
_WORD = r"(?i:HR ?[AB]|GnR|GsR|VR|PR)"
_GERMAN = re.compile(
    rf"(?P<front>[^\d]*?)\b(?P<register>{_WORD})(?i:[ -]?(?:Nr|Nummer|No)\b)?[ .:-]*"
    r"(?P<number>[0-9]{1,3}(?:[ .][0-9]{3}\b)+|[0-9]+)"
    r"(?: ?(?P<letter>[A-ZÄÖÜ]{1,3}|[a-z])(?=[ ,;]|$))?(?P<behind>[^\d]*)"
)
_AUSTRIAN = re.compile(
    r"(?P<word>(?i:(?:Firmenbuch(?:nummer|nr\.?)?[ :]*)?(?:FN(?:[ -]?Nr)?[ .:-]*)?))"
    r"(?P<number>[0-9]{1,3}(?:[ .][0-9]{3}\b)+|[0-9]+)[ /-]?(?P<letter>[A-Za-z]\b)?"
    r"(?P<behind>(?:[ ,;(-][^\d]*)?)"
)
_SWISS = re.compile(r"(?:UID:? ?)?CHE[ .-]*([0-9 .]+)(.*)", re.IGNORECASE)
_OLD_SWISS = re.compile(r"CH[ -]?[0-9]{3}[. ][0-9][. ][0-9]{3}[. ][0-9]{3}-[0-9]", re.IGNORECASE)
_LIECHTENSTEIN = re.compile(r"FL[ -]?([0-9]{4})[. ]?([0-9]{3})[. ]?([0-9]{3})[ -]?([0-9])", re.I)
_COURT_WORD = re.compile(
    r"(?:beim |am |des )?(?:(?:(?:Register|Amts)gerichts?|Reg\.-?Ger\.|AmtsG|AG)\b:?\.?)(?: in)? ?"
    r"|(?:Handelsregister|Vereinsregister|Genossenschaftsregister)\b:?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Za-z]+ [0-9]+(?: [^\W\d_][^\d_@:;,<>\[\]{}|=\\]*)?")
_COURTS = {court.casefold(): court for court in GERMAN_COURTS}
_NO_PLACE = re.compile(r"\b(?:im|unter|eingetragen|nicht|noch|seit|und)\b", re.I)
_LONGEST = 6
_MOST_WORDS = 4


def _court(front, behind):
    """The place of the court out of what stands in front of the number and behind it."""
    words = " ".join(_COURT_WORD.sub(" ", part) for part in (front, behind))
    place = " ".join(re.sub("[,;:]", " ", words).strip(" .-/").split())
    if place.startswith("(") and place.find(")") == len(place) - 1:
        place = place.strip("( )")
    return _COURTS.get(place.casefold(), place)


def _german_value(found):
    """Register, number, letter behind it and place, as they should be written."""
    letter, behind = (found["letter"] or "").upper(), found["behind"]
    if letter.casefold() in _COURTS or (letter == "AG" and behind.strip()):
        letter, behind = "", f"{found['letter']}{behind}"
    register = _REGISTERS[found["register"].upper()]
    number = re.sub("[ .]", "", found["number"])
    return " ".join(filter(None, (register, number, letter, _court(found["front"], behind))))


def _german(text, found):
    """The outcome for a German number; what stands beside it must read as a place."""
    if len(re.sub("[ .]", "", found["number"])) > _LONGEST:
        return rejected(text, "length")
    value = _german_value(found)
    again = _PLACE.fullmatch(value) and _GERMAN.fullmatch(value)
    wordy = _NO_PLACE.search(value) or value.count(" ") > _MOST_WORDS + 2
    if wordy or not again or _german_value(again) != value:
        return asked(text, "place")
    return written(text, value, "spelling")


def _austrian(text, found, country):
    number = re.sub("[ .]", "", found["number"])
    letter = (found["letter"] or "").lower()
    if not found["word"] and (country != "AT" or not letter):
        return asked(text, "register")
    if len(number) > _LONGEST:
        return rejected(text, "length")
    if not letter:
        return asked(text, "letter")
    court = " ".join(found["behind"].strip(" ,;.-").split())
    wordy = re.search(rf"\b(?:{_WORD}|FN|CHE)\b", court)
    if court and (wordy or not _PLACE.fullmatch(f"FN {number} {letter} {court}")):
        return asked(text, "place")
    return written(text, " ".join(filter(None, ("FN", number, letter, court))), "spelling")


def _swiss(text, found):
    digits = re.sub("[ .]", "", found[1])
    if len(digits) != 9:
        return rejected(text, "length")
    if not swiss_uid.is_valid(f"CHE{digits}"):
        return rejected(text, "check_digit")
    if found[2]:
        return asked(text, "suffix")
    return written(text, swiss_uid.format(f"CHE{digits}"), "spelling")


@standard
def register_number(text, country="DE"):
    """The number under which a register has a company, with its place where one was typed.

    Shape: text or nothing and an ISO country code in, Outcome out. The word for the court goes,
    since it is the same everywhere in Germany; its place and the letter behind the number stay.
    Errors: none.
    Source: HRV § 8, § 13 (numbers), GmbHG § 35a; Austrian FBG § 15; Swiss UIDG; stdnum.

    >>> register_number("hrb12345 köln").value, register_number("AG Bonn, HRA 4711").value
    ('HRB 12345 Köln', 'HRA 4711 Bonn')
    >>> register_number("fn123456A", "AT").value, register_number("che123456788", "CH").value
    ('FN 123456 a', 'CHE-123.456.788')
    >>> register_number("12345 Köln")[1:], register_number("keine")[1:]
    (('ask', 'register'), ('rejected', 'no_number'))
    """
    if has_other_digits(text):
        return asked(text, "digits")
    if not re.search("[0-9]", text):
        return rejected(text, "no_number")
    if len(re.findall(rf"\b(?:{_WORD}|FN|CHE)(?=\b|[0-9])", text, re.IGNORECASE)) > 1:
        return asked(text, "several")
    if _OLD_SWISS.fullmatch(text):
        return asked(text, "old")
    if found := _LIECHTENSTEIN.fullmatch(text):
        return written(text, "FL-{}.{}.{}-{}".format(*found.groups()), "spelling")
    if found := _SWISS.fullmatch(text):
        return _swiss(text, found)
    if found := _GERMAN.fullmatch(text):
        return _german(text, found)
    if found := _AUSTRIAN.fullmatch(text):
        return _austrian(text, found, country)
    return asked(text, "register")
