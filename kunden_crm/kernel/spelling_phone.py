"""Telephone numbers as they should be written: DIN 5008 at home, international abroad.

Reasons are codes; the models put them into words:

=============  ============================================================================
``spelling``   fixed: the same number, written as DIN 5008 says
``area``       ask: the area code, or the 0 in front of it, is missing
``country``    ask: could be a country code whose + is missing, or no country is known
``several``    ask: more than one number, or unclear where one ends
``beside``     ask: words stand beside the number ("privat", "nur abends")
``digits``     ask: digits of another script or width
``long``       ask: longer than any value of this kind
``no_number``  rejected: no digit in it ("-", "keine")
``letters``    rejected: letters or signs that belong to no number
``short``      rejected: emergency and service numbers, remains of a number
``length``     rejected: more digits than any number has
``unknown``    rejected: no such number in the numbering plan
=============  ============================================================================
"""

import re

from .outcomes import asked, rejected, written
from .phones import CALLING_CODES, PLAIN, digits_of, read_again
from .spelling import MAX_TEXT

REASONS = (
    "spelling",
    "area",
    "country",
    "several",
    "beside",
    "digits",
    "long",
    "no_number",
    "letters",
    "short",
    "length",
    "unknown",
)
# Seven digits are enough for an area code and a number; a letter at a digit is a slip.
_NUMBER = re.compile(r"(?:[0-9][^\w+*#]*){7}")
_WORD = re.compile(r"[^\W\d_]|[?!]")
_SLIP = re.compile(r"[0-9][^\W\d_]|[^\W\d_][0-9]")
_ASKED = ("area", "country", "several", "digits")


def phone(text, country="DE"):
    """The telephone number as DIN 5008 writes it, with its extension.

    Shape: text or nothing and an ISO country code in, Outcome out. Foreign numbers are written
    internationally; line breaks part numbers. Errors: none.
    Source: phones.read_phone; DIN 5008; bad_inputs.md 73 and 75.

    >>> phone("+49 (0)221/4710-900").value, phone("030 123456 App. 12").outcome
    ('0221 4710-900', 'same')
    >>> phone("4710900")[1:], phone("keine")[1:]
    (('ask', 'area'), ('rejected', 'no_number'))
    """
    text = text or ""
    if len(text) > MAX_TEXT:
        return asked(text, "long")
    found = read_again(text, country)
    if found.valid or found.reason == "empty":
        return written(text, found.national, "spelling")
    if found.reason in _ASKED:
        return asked(text, found.reason)
    beside = found.reason == "letters" and _NUMBER.search(text) and not _SLIP.search(text)
    if beside and _WORD.search(text):
        return asked(text, "beside")
    return rejected(text, "length" if found.reason == "long" else found.reason)


def is_plainly(text, e164, country="DE"):
    """Whether a text is that number and nothing besides, seen without asking the numbering plan.

    Shape: text, a number as read_phone gives it in E.164, ISO country code in, bool out. True:
    read_phone reads this number in the text, without an extension, a hyphen or a doubt. False
    says nothing: the text must be read. Errors: none. Source: as phone.

    >>> is_plainly("0221/4710900", "+492214710900"), is_plainly("+49 221 4710900", "+492214710900")
    (True, True)
    >>> is_plainly("0221 4710-900", "+492214710900"), is_plainly("0221 4710900", "+43221471090")
    (False, False)
    """
    country = (country or "").upper()
    if not PLAIN.fullmatch(text):
        return False
    digits = digits_of(text)
    if text[0] == "0":
        digits = CALLING_CODES.get(country, "?") + digits[1:]
    return e164 == f"+{digits}"
