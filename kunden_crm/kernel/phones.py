"""Telephone numbers: what a clerk types, as E.164 with extension and in German spelling.

A number is read only where its meaning is certain; everything else is left to a person, with a
reason. The typed text is never changed here. Reasons are codes; the models put them into words:

=============  ====================================================================
``empty``      nothing was typed
``no_number``  no digit in it ("-", "keine")
``letters``    letters or signs that belong to no number; letters are never dialled
``digits``     digits of another script or width
``several``    more than one number, or unclear where one ends
``short``      emergency and service numbers, remains of a number
``long``       more digits than any number has
``area``       the area code, or the 0 in front of it, is missing
``country``    could be a country code whose + is missing
``unknown``    no such number in the numbering plan
=============  ====================================================================
"""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from .text import clean_text, has_other_digits

REASONS = (
    *("empty", "no_number", "letters", "digits", "several"),
    *("short", "long", "area", "country", "unknown"),
)
MAX_TEXT = 250
_MAX_E164 = 15
_SHORT = 4
_AREA_CODE = 6
_NEW_NUMBER = 12
LONGEST_DIRECT_DIAL = 5
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("·•", " "))
_LABEL = re.compile(
    r"(?:tel(?:efon)?(?:nummer)?|fon|phone|mobil(?:e|telefon)?|handy|festnetz)\b\.?[\s:]*|[tm]:\s*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?<=[\d)])[\s,;/|(\[-]*(?:ext\s*=|app(?:arat)?(?:\b|(?=\d))\.?|durchwahl\b|dw(?:\b|(?=\d))\.?"
    r"|nebenstelle\b|nst\b\.?|klappe\b|kl\.|ext(?:ension)?(?:\b|(?=\d))\.?|intern\b|poste\b|x|#)"
    r"[\s:.-]*(?P<extension>\d{1,8})[\s)\]]*$",
    re.IGNORECASE,
)
NUMBER_TEXT = re.compile(r"[(\[]?\s*\+?[\d\s()./\[\]'-]+")
_BETWEEN_NUMBERS = re.compile(r"[,;|&]|\b(?:und|oder|or|and|bzw)\b\.?|/\s*[(\[]?(?=[+0])", re.I)
_IDD = re.compile(r"^[(\[]?\s*00(?=[\s)\]/1-9])")
_CALLING_CODE = re.compile(r"^[(\[]?\s*\+\s*\d{1,3}[\s)\]/.-]*")
# Whose country code is no area code at home.
_DOUBLED_CODE = re.compile(r"\+\s*(49|43|41|423)[\s)\]/.-]+\1(?!\d)")
_LATER_AREA_CODE = re.compile(r"\d[\s)/-]+[(\[]?0\d{2}")
_GERMAN_SPEAKING = ("DE", "AT", "CH", "LI")
# Where 0 and the number mean the same as calling code and number, whatever the number.
CALLING_CODES = {"DE": "49", "AT": "43", "CH": "41"}
# A number as most are typed: area code, at most one slash, and groups that begin with no 0.
PLAIN = re.compile(
    r"(?:\+[1-9][0-9]{0,2} ?|0)[1-9][0-9]{1,4}[ /]?[1-9][0-9]*(?: [1-9][0-9]*)*", re.ASCII
)


class Phone(NamedTuple):
    """What was read: e164 and national are empty and reason is set where valid is False.

    ``extension`` is what is dialled after the connection stands ("App. 12"). A direct-dial number
    behind a hyphen ("4710-900", "-0") is part of e164; only the display keeps its hyphen.
    ``raw`` is the text as it was typed, untouched.
    """

    e164: str = ""
    extension: str = ""
    national: str = ""
    valid: bool = False
    reason: str = ""
    raw: str = ""


def digits_of(text):
    """The digits of a text.

    Shape: text in, digits from 0 to 9 out. Errors: none. Source: as read_phone.

    >>> digits_of("(0221) 47-10")
    '02214710'
    """
    return re.sub("[^0-9]", "", text)


def trunk_prefix(country):
    """What is dialled before an area code inside the country: 0 in Germany, nothing in Italy.

    Shape: ISO country code in, digits out, "" for a country that is none. Errors: none.
    Source: ITU-T E.164, national prefixes.

    >>> trunk_prefix("DE"), trunk_prefix("IT"), trunk_prefix("XX")
    ('0', '', '')
    """
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    return (metadata.national_prefix or "") if metadata else ""


def prepared(text):
    """The text in plain signs without label and extension, and the extension.

    Shape: text in, two texts out. A line break parts numbers, so it becomes a sign that does.
    Errors: none. Source: as read_phone.

    >>> prepared("Tel.: 0221 – 4710 App. 12")
    ('0221 - 4710', '12')
    """
    text = clean_text(re.sub(r"[\r\n]+", "|", text.strip())).translate(_SIGNS)
    text = text[label.end() :] if (label := _LABEL.match(text)) else text
    extension = ""
    if found := _EXTENSION.search(text):
        text, extension = text[: found.start()], found["extension"]
    return text.strip(" ,;.:|/-"), extension


def with_plus(text):
    """A leading 00 as the + for which it stands nearly everywhere: no national number has it.

    Shape: text in, text out. Errors: none. Source: ITU-T E.164 (international prefix).

    >>> with_plus("0049 221 4710")
    '+49 221 4710'
    """
    return _IDD.sub("+", text)


def _is_several(text):
    """Whether the text could hold more than one number, or a number and the end of another."""
    if sum(len(digits_of(part)) > 2 for part in _BETWEEN_NUMBERS.split(text)) > 1:
        return True
    text = _CALLING_CODE.sub("", text)
    head, slash, tail = text.partition("/")
    if slash and (len(digits_of(head)) > _AREA_CODE or "/" in tail):
        return True
    later = len(digits_of(text)) > _NEW_NUMBER and _LATER_AREA_CODE.search(text)
    return "+" in text or bool(later)


def _reason_in_text(text, country):
    """Why the text is no certain number, as far as it shows without the numbering plan."""
    digits = digits_of(text)
    if has_other_digits(text):
        return "digits"
    if not digits:
        return "no_number"
    if _is_several(text):
        return "several"
    if not NUMBER_TEXT.fullmatch(text):
        return "letters"
    if len(digits) <= _SHORT:
        return "short"
    if _DOUBLED_CODE.match(text):
        return "country"
    return "" if "+" in text else _reason_at_home(digits, country)


def _reason_at_home(digits, country):
    """Why digits without a country code are uncertain in a country, "" if they are not."""
    if country not in phonenumbers.SUPPORTED_REGIONS:
        return "country"
    if trunk_prefix(country) != "0" or digits.startswith("0"):
        return ""
    number, _reason = _ask_plan(digits, country)
    shown = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if number else "0"
    if digits_of(shown)[0] != "0":
        return ""  # written without the 0, as in Liechtenstein, or some numbers of Brazil
    return "area" if _ask_plan("+" + digits, None)[1] else "country"


def _ask_plan(text, country):
    """The number object of the library and "", or None and why the numbering plan refuses it."""
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException as error:
        return None, "long" if error.error_type == NumberParseException.TOO_LONG else "unknown"
    digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
    if len(digits) > _MAX_E164:
        return None, "long"
    if phonenumbers.is_valid_number(number):
        return number, ""
    possible = phonenumbers.is_possible_number_with_reason(number)
    reasons = {ValidationResult.TOO_LONG: "long", ValidationResult.TOO_SHORT: "short"}
    return None, reasons.get(possible, "unknown")


def _direct_dial(text, number):
    """How many digits stand behind the one hyphen inside the subscriber number, 0 if none do."""
    if "-" not in text or phonenumbers.number_type(number) == PhoneNumberType.MOBILE:
        return 0
    area = phonenumbers.length_of_geographical_area_code(
        number
    ) or phonenumbers.length_of_national_destination_code(number)
    subscriber = len(phonenumbers.national_significant_number(number)) - area
    behind = [len(digits_of(text[dash.end() :])) for dash in re.finditer("-", text)]
    inside = [count for count in behind if 0 < count < subscriber]
    good = len(inside) == 1 and inside[0] <= min(LONGEST_DIRECT_DIAL, subscriber - 2)
    return inside[0] if good else 0


def _display(number, country, direct_dial, extension):
    """The number as DIN 5008 writes it: area code, blank, number, hyphen before a direct dial."""
    at_home = phonenumbers.country_code_for_region(country) == number.country_code
    shape = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(number, shape)
    if direct_dial:
        cut = [place.start() for place in re.finditer("[0-9]", shown)][-direct_dial]
        shown = f"{shown[:cut].rstrip(' -/')}-{digits_of(shown[cut:])}"
    if extension:
        shown += f" {'App.' if country in _GERMAN_SPEAKING else 'ext.'} {extension}"
    return shown


@lru_cache
def _common_shapes(country):
    """(lengths, pattern) of all numbers of a country, of its fixed lines and its mobile phones."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    kinds = (metadata.general_desc, metadata.fixed_line, metadata.mobile)
    return [(kind.possible_length, re.compile(kind.national_number_pattern)) for kind in kinds]


def _read_plain(text, country):
    """The Phone for a number at home as most are typed, None for every other text.

    The library reads the same, and takes four times as long.
    """
    code = CALLING_CODES.get(country)
    if not code or not PLAIN.fullmatch(text):
        return None
    digits = digits_of(text)
    if text[0] == "+" and (digits[:2] != code or digits[2:4] == code):
        return None
    digits = digits[2:] if text[0] == "+" else digits[1:]
    every, *kinds = (
        len(digits) in lengths and pattern.fullmatch(digits) is not None
        for lengths, pattern in _common_shapes(country)
    )
    if not (every and any(kinds)) or len(digits) > _MAX_E164 - 2:
        return None
    number = phonenumbers.PhoneNumber(int(code), int(digits))
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if len(digits) >= _NEW_NUMBER and _is_several(national):
        return None
    return Phone(f"+{code}{digits}", "", national, True, "", text)


def read_phone(text, country="DE"):
    """The telephone number in a text that a person typed.

    Shape: text or nothing and an ISO country code in, Phone out. ``country`` says where a number
    without + or 00 belongs; foreign numbers are shown internationally. A number without area code
    is never guessed ("4710900" would be Bremerhaven 0471 0900). Reading ``national`` again gives
    the same number. Errors: none, for any text; what cannot be read carries a reason (see above).
    Source: DIN 5008 (blank after the area code, hyphen before the direct dial), ITU-T E.164 (15
    digits), RFC 3966 (;ext=), lessons.md L45, bad_inputs.md 73 and 75.

    >>> read_phone("+49 (0)221 4710-900")[:4]
    ('+492214710900', '', '0221 4710-900', True)
    >>> read_phone("030 123456 App. 12")[:4]
    ('+4930123456', '12', '030 123456 App. 12', True)
    >>> [read_phone(text).reason for text in ("49 7755 91155", "keine", "0171 12 / 0221 45", "110")]
    ['country', 'no_number', 'several', 'short']
    """
    raw = text or ""
    country = (country or "").upper()
    return _read_plain(raw, country) or _read_any(raw, country)


def _read_any(raw, country):
    """The Phone for any text."""
    if len(raw) > MAX_TEXT:
        return Phone(raw=raw, reason="long")
    plain, extension = prepared(raw)
    plain = with_plus(plain)
    if not clean_text(raw):
        return Phone(raw=raw, reason="empty")
    reason = _reason_in_text(plain, country)
    number, reason = (None, reason) if reason else _ask_plan(plain, country)
    if not number:
        return Phone(raw=raw, reason=reason)
    national = _display(number, country, _direct_dial(plain, number), extension)
    if len(digits_of(national)) > _NEW_NUMBER and _is_several(national):
        return Phone(raw=raw, reason="several")
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, extension, national, True, "", raw)


# A number is read several times on its way: for its standard, its columns, its keys, the search.
read_again = lru_cache(maxsize=1 << 14)(read_phone)
