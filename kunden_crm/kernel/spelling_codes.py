"""Codes with a check digit: IBAN, BIC, VAT identification number.

Reasons are codes; the models put them into words:

===============  ===========================================================================
``groups``       fixed: the same code in groups of four, or without the signs between
``case``         fixed: the same code in capitals
``country``      fixed: the country in front was added or is written as the law says;
                 ask: it is missing or none whose codes can be checked; rejected: no country
``suffix``       ask: MWST, TVA or IVA is missing behind the Swiss number
``tax_number``   ask: reads as the number of a tax office, not as a VAT identification number
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
from stdnum.ch import uid as swiss_uid
from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as union_vat
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.gb import vat as british_vat
from stdnum.iso7064 import mod_97_10
from stdnum.no import mva as norwegian_vat

from .outcomes import asked, rejected, written
from .spelling import standard
from .text import word_set

REASONS = (
    "groups",
    "case",
    "country",
    "suffix",
    "tax_number",
    "account",
    "several",
    "beside",
    "digits",
    "long",
    "no_code",
    "signs",
    "length",
    "check_digit",
)
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
_IBAN_LABEL = re.compile(r"iban(?:-?nr\.?)?\s?[:.]?\s?(?=[a-z]{2}\s?[0-9])", re.IGNORECASE)
_BIC_LABEL = re.compile(r"(?:bic|swift)(?:\s?/\s?(?:bic|swift))?(?:-?code)?\s?:\s?", re.IGNORECASE)
_VAT_LABEL = re.compile(
    r"(?:ust\.?\s?-?\s?id\.?(?:\s?-?\s?n(?:r|ummer))?|vat(?:\s?(?:id|no|number|reg))*"
    r"|uid(?:-?\s?n(?:r|ummer))?|(?:mwst|tva)\.?-?\s?n(?:r|ummer)\.?:?\s?(?=che)"
    r"|umsatzsteuer-?(?:id|identifikationsnummer))\.?\s?:?\s?"
    r"(?=[a-z]{2,3}[\s-]?u?\s?[0-9]|[0-9])",
    re.IGNORECASE,
)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_SEPARATORS = re.compile(r"[\s.\-‐‑–]")
_BETWEEN = re.compile(r"[,;/|]|\b(?:und|oder|and|or)\b", re.IGNORECASE)
_VAT_SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9+*]{2,13}")
_VAT_SIGNS = re.compile(r"[A-Z0-9+*]+")
_SWISS = re.compile(r"(?:CHE?)?([0-9]{9})([A-Z]*)")
_TAX_NUMBER = re.compile(r"[0-9]{2,3}\s?/\s?[0-9]{3,4}\s?/\s?[0-9]{4,5}")
_OUTSIDE = {"GB": british_vat.validate, "NO": norwegian_vat.validate}
_CHECKED = word_set("GB NO XI EL") | {state.upper() for state in union_vat.MEMBER_STATES}


def _compact(text):
    return _SEPARATORS.sub("", text).upper()


def _without(label, text):
    found = label.match(text)
    return (text[found.end() :] if found else text).strip(" ,;")


def _other_digits(text):
    return any(char.isdigit() and not char.isascii() for char in text)


def _is_several(text, shortest):
    """Whether signs or words part the text into more than one piece as long as a code."""
    pieces = [_compact(piece) for piece in _BETWEEN.split(text)]
    return sum(len(piece) >= shortest and any(map(str.isdigit, piece)) for piece in pieces) > 1


def _refused(check, code):
    """Why the check of stdnum refuses a code, "" if it does not."""
    try:
        check(code)
    except InvalidChecksum:
        return "check_digit"
    except InvalidLength:
        return "length"
    except ValidationError:
        return "signs"
    return ""


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
    typed = _without(_IBAN_LABEL, text)
    code = _compact(typed)
    if _other_digits(text):
        return asked(text, "digits")
    if not re.match("[A-Z]{2}[0-9]{2}", code):
        long_enough = len(re.sub("[^0-9]", "", code)) > 3
        return asked(text, "account") if long_enough else rejected(text, "no_code")
    reason = _reason_in_iban(code)
    if not reason:
        value = " ".join(re.findall(".{1,4}", code))
        return written(text, value, "case" if text.upper() == value else "groups")
    bank = _BIC.fullmatch(typed.upper().rpartition(" ")[2])
    if _is_several(typed, _SHORTEST_IBAN) or bank or "BIC" in code:
        return asked(text, "several")
    head, tail = code[: (length := _IBAN_LENGTHS.get(code[:2], 0))], code[length:]
    if tail and not any(map(str.isdigit, tail)) and not _reason_in_iban(head):
        return asked(text, "beside")
    return asked(text, reason) if reason == "country" else rejected(text, reason)


@standard
def bic(text, _country="DE"):
    """The code of a bank: eight or eleven signs in capitals.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Errors: none.
    Source: ISO 9362, stdnum.bic.

    >>> bic("cobadeffxxx").value, bic("Sparkasse")[1:], bic("COBA DE FF").value
    ('COBADEFFXXX', ('rejected', 'length'), 'COBADEFF')
    """
    typed = _without(_BIC_LABEL, text)
    code = _compact(typed)
    if not code.isascii() or not code.isalnum():
        several = _is_several(typed, 8) or len(_BIC.findall(typed)) > 1
        return asked(text, "several") if several else rejected(text, "signs" if code else "no_code")
    if len(code) in (16, 19, 22) and _BIC.fullmatch(typed.upper().partition(" ")[0]):
        return asked(text, "several")
    reason = _refused(stdnum_bic.validate, code)
    if not reason and code[4:6] not in SUPPORTED_REGIONS:
        reason = "country"
    if reason:
        return rejected(text, reason)
    return written(text, code, "case" if text.upper() == code else "groups")


def _swiss(text, number, suffix):
    """The outcome for nine digits and what stands behind them in a Swiss number."""
    code = f"CHE{number}"
    if reason := _refused(swiss_uid.validate, code):
        return rejected(text, reason)
    if not suffix:
        return asked(text, "suffix")
    if reason := _refused(swiss_vat.validate, code + suffix):
        return rejected(text, "signs")
    return written(text, swiss_vat.format(code + suffix), "groups")


def _reason_in_vat(code):
    """Why a compact text with a country in front is no VAT number, "" if it is one."""
    return _refused(_OUTSIDE.get(code[:2], union_vat.validate), code)


def _with_country(text, code, country):
    """The outcome for a number without a country in front; it is completed where it then fits."""
    prefix = {"GR": "EL"}.get(country, country)
    full = prefix + code
    if prefix in _CHECKED and _VAT_SHAPE.fullmatch(full) and not _reason_in_vat(full):
        return written(text, _legal(full), "country")
    return asked(text, "country") if code.isalnum() else rejected(text, "signs")


def _legal(code):
    """A valid number as the law of its country writes it: EL for Greece, zeros filled up."""
    value = code if code[:2] in _OUTSIDE else union_vat.validate(code)
    return f"EL{value[2:]}" if value[:2] == "GR" else value


def _with_its_country(text, code):
    """The outcome for a number with two letters in front."""
    if code[:2] not in _CHECKED:
        return asked(text, "country")
    if not _VAT_SHAPE.fullmatch(code):
        return rejected(text, "length" if _VAT_SIGNS.fullmatch(code) else "signs")
    if reason := _reason_in_vat(code):
        return rejected(text, reason)
    value = _legal(code)
    if value[:2] != code[:2]:
        return written(text, value, "country")
    return written(text, value, "case" if text.upper() == value else "groups")


@standard
def vat(text, country="DE"):
    """A VAT identification number: country in front, capitals, no signs between.

    Shape: text or nothing and an ISO country code in, Outcome out. A number without country is
    completed only where it then fits. Swiss numbers are written CHE-123.456.788 MWST. Errors:
    none. Source: directive 2006/112/EC, article 215 (EL for Greece); UStG § 27a; stdnum;
    bad_inputs.md 87.

    >>> vat("de 123 456 788").value, vat("123456788").value, vat("U12345675", "AT").value
    ('DE123456788', 'DE123456788', 'ATU12345675')
    >>> vat("DE123")[1:], vat("DE123456789")[1:], vat("12/345/67890")[1:]
    (('rejected', 'length'), ('rejected', 'check_digit'), ('ask', 'tax_number'))
    """
    typed = _without(_VAT_LABEL, text)
    code = _compact(typed)
    if _other_digits(text):
        return asked(text, "digits")
    if not any(map(str.isdigit, code)):
        return rejected(text, "no_code")
    if _TAX_NUMBER.search(typed):
        return asked(text, "tax_number")
    if _is_several(typed, 8):
        return asked(text, "several")
    swiss = _SWISS.fullmatch(code)
    if swiss and (code[0] == "C" or country in ("CH", "LI")):
        return _swiss(text, *swiss.groups())
    if re.match("[A-Z]{2}", code):
        return _with_its_country(text, code)
    return _with_country(text, code, country)
