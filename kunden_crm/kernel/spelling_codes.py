"""Codes of accounts and banks: IBAN and BIC.

Reasons are codes; the models put them into words:

===============  ===========================================================================
``groups``       fixed: the same code in groups of four, or without the signs between
``case``         fixed: the same code in capitals
``country``      ask: its codes cannot be checked, or it hardly has any; rejected: no country
``account``      ask: an account number or a bank code, not an IBAN
``several``      ask: more than one code
``digits``       ask: digits of another script or width
``long``         ask: longer than any value of this kind
``no_code``      rejected: no such code in it ("keine")
``beside``       ask: words stand beside the code
``signs``        rejected: signs or letters that stand in no such code, at no such place
``length``       rejected: more or fewer signs than such a code has in this country
``check_digit``  rejected: the check digit does not fit, so some sign is wrong
===============  ===========================================================================
"""

import re

from phonenumbers import SUPPORTED_REGIONS
from stdnum import bic as stdnum_bic
from stdnum.iso7064 import mod_97_10

from . import codes
from .codes import compact, is_several, refused, without_label
from .outcomes import asked, rejected, written
from .spelling import standard
from .text import has_other_digits, word_set

REASONS = (*codes.REASONS, "account", "beside")
# ISO 13616 register: how long an IBAN is; a colon, and the countries where all of it is digits.
_IBAN_TABLE = """
    15: NO
    16: BE
    18 FK NL: DK FI FO GL SD
    19 MK: SI
    20 KZ LU: AT BA EE LT MN XK
    21 CH LI LV: HR
    22 BG BH GB GE IE: CR DE ME RS VA
    23 GI IQ: AE IL SO TL
    24 AD MD PK RO SA VG: CZ ES SE SK TN
    25: LY PT ST
    26 TR: IS
    27 FR GR IT MC SM: BI DJ MR
    28 AL AZ BY CY DO GT LB NI SV: HU PL
    29 BR PS QA UA: EG
    30 JO KW MU:
    31 MT SC:
    32 LC:
    33 RU:
"""
_IBAN_LENGTHS, _IBAN_OF_DIGITS = {}, set()
for _row in _IBAN_TABLE.strip().splitlines():
    _length, *_countries = _row.replace(":", "").split()
    _IBAN_LENGTHS.update(dict.fromkeys(_countries, int(_length)))
    _IBAN_OF_DIGITS.update(_row.partition(":")[2].split())
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}\b")
_SLASHES = str.maketrans("", "", "/_")
_IBAN_LABEL = re.compile(r"iban(?:-?nr\.?)?\s?[:.]?\s?(?=[a-z]{2}\s?[0-9])", re.IGNORECASE)
_BIC_LABEL = re.compile(
    r"(?:bic|swift)(?:\s?[/(-]\s?(?:bic|swift)\)?)?(?:[ -]?code)?"
    r"(?:\s?:\s?|\s(?=[a-z]{6}[a-z0-9]{2}(?:[a-z0-9]{3})?$))",
    re.IGNORECASE,
)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_BANK = re.compile("[A-Z]+BANK(?:EN)?")
_WORDS = re.compile(r"[\s,;/|+()]+")
_NEIGHBOURS = word_set("DE AT CH LI LU FR NL BE IT GB ES PL CZ DK")
_LIKELY = {*_IBAN_LENGTHS, *word_set("US CA JP CN HK SG KR TH IN AU NZ ZA MX TW")}


def _reason_in_iban(code):
    """Why a compact text is no IBAN, "" if it is one."""
    if not (code.isascii() and code.isalnum()):
        return "signs"
    length = _IBAN_LENGTHS.get(code[:2], len(code))
    if len(code) != length or not _SHORTEST_IBAN <= len(code) <= _LONGEST_IBAN:
        return "length"
    if not mod_97_10.is_valid(code[4:] + code[:4]):
        return "check_digit"
    if code[:2] not in _IBAN_LENGTHS:
        return "country"
    return "signs" if code[:2] in _IBAN_OF_DIGITS and not code[4:].isdigit() else ""


@standard
def iban(text, _country="DE"):
    """An international bank account number in capitals and groups of four.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Errors: none.
    Source: ISO 13616, DIN 5008 (groups of four).

    >>> iban("de89370400440532013000").value, iban("DE89 3704 0044 0532 0130 01").reason
    ('DE89 3704 0044 0532 0130 00', 'check_digit')
    >>> iban("Kto. 532013000 BLZ 37040044")[1:], iban("keine")[1:]
    (('ask', 'account'), ('rejected', 'no_code'))
    """
    typed = without_label(_IBAN_LABEL, text)
    code = compact(typed)
    if has_other_digits(text):
        return asked(text, "digits")
    if not _reason_in_iban(plain := code.translate(_SLASHES)):
        code = plain
    if not re.match("[A-Z]{2}[0-9]{2}", code):
        inside = _IBAN.search(typed.upper())
        if inside and not _reason_in_iban(compact(inside[0])):
            return asked(text, "beside")
        long_enough = len(re.sub("[^0-9]", "", code)) > 3
        return asked(text, "account") if long_enough else rejected(text, "no_code")
    reason = _reason_in_iban(code)
    if not reason:
        value = " ".join(re.findall(".{1,4}", code))
        return written(text, value, "case" if text.upper() == value else "groups")
    bank = _BIC.fullmatch(typed.upper().rpartition(" ")[2])
    if is_several(typed, _SHORTEST_IBAN) or bank or "BIC" in code:
        return asked(text, "several")
    head, tail = code[: (length := _IBAN_LENGTHS.get(code[:2], 0))], code[length:]
    if tail and not any(map(str.isdigit, tail)) and not _reason_in_iban(head):
        return asked(text, "beside")
    return asked(text, reason) if reason == "country" else rejected(text, reason)


def _reason_in_bic(code):
    """Why a compact text is no code of a bank, "" if it is one."""
    if not code or _BANK.fullmatch(code):
        return "no_code"
    if not (code.isascii() and code.isalnum()):
        return "signs"
    known = code[4:6] in SUPPORTED_REGIONS
    return refused(stdnum_bic.validate, code) or ("" if known else "country")


def _banks_in(text):
    """The words of a text that are codes of banks and surely not words of a language."""
    words = [word.strip(".:?!") for word in _WORDS.split(text.upper())]
    words = [word for word in words if not _reason_in_bic(word)]
    return [word for word in words if not word.isalpha() or word[4:6] in _NEIGHBOURS]


@standard
def bic(text, _country="DE"):
    """The code of a bank: eight or eleven signs in capitals.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. It has no check
    digit: of letters alone in a country that hardly stands in such lists a person is asked, the
    name of a bank is none. Errors: none. Source: ISO 9362, stdnum.bic.

    >>> bic("cobadeffxxx").value, bic("Sparkasse")[1:], bic("COBA DE FF").value
    ('COBADEFFXXX', ('rejected', 'length'), 'COBADEFF')
    >>> bic("Postbank")[1:], bic("liegt vor")[1:], bic("COBADEFF (Köln)")[1:]
    (('rejected', 'no_code'), ('ask', 'country'), ('ask', 'beside'))
    """
    typed = without_label(_BIC_LABEL, text)
    code = compact(typed)
    if has_other_digits(text):
        return asked(text, "digits")
    if not (reason := _reason_in_bic(code)):
        if code.isalpha() and not code.endswith("XXX") and code[4:6] not in _LIKELY:
            return asked(text, "country")
        return written(text, code, "case" if text.upper() == code else "groups")
    if found := _banks_in(typed):
        several = len(found) > 1 or re.search(
            r"[0-9][0-9 ]{6}", typed.upper().replace(found[0], "")
        )
        return asked(text, "several" if several else "beside")
    return rejected(text, reason)
