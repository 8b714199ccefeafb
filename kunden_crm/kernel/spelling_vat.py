"""VAT identification numbers: the country in front, capitals, a check digit that fits.

Reasons are codes; the models put them into words:

===============  ===========================================================================
``groups``       fixed: the same code without the signs between
``case``         fixed: the same code in capitals
``country``      fixed: the country in front was added or is written as the law says;
                 ask: it is missing or none whose codes can be checked
``suffix``       ask: MWST, TVA or IVA is missing behind the Swiss number
``tax_number``   ask: reads as the number of a tax office, not as a VAT identification number
``several``      ask: more than one code
``digits``       ask: digits of another script or width
``long``         ask: longer than any value of this kind
``beside``       ask: words stand beside the number
``no_code``      rejected: no such code in it ("keine")
``signs``        rejected: signs or letters that stand in no such code, at no such place
``length``       rejected: more or fewer signs than such a code has in this country
``check_digit``  rejected: the check digit does not fit, so some sign is wrong
===============  ===========================================================================
"""

import re

from stdnum.ch import uid as swiss_uid
from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as union_vat
from stdnum.gb import vat as british_vat
from stdnum.no import mva as norwegian_vat

from . import codes
from .codes import compact, is_several, refused, without_label
from .outcomes import asked, rejected, written
from .spelling import standard
from .text import has_other_digits, word_set

REASONS = (*codes.REASONS, "suffix", "tax_number", "beside")
_VAT_LABEL = re.compile(
    r"(?:ust\.?\s?-?\s?id\.?(?:\s?-?\s?n(?:r|ummer))?|vat(?:[\s-]?(?:id|no|number|reg))*"
    r"|uid(?:-?\s?n(?:r|ummer))?|(?:mwst|tva)\.?-?\s?n(?:r|ummer)\.?:?\s?(?=che)"
    r"|umsatzsteuer-?(?:id|identifikationsnummer))\.?\s?:?\s?"
    r"(?=[a-z]{2,3}[\s-]?u?\s?[0-9]|[0-9])",
    re.IGNORECASE,
)
_VAT_SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9+*]{2,13}")
# What parts a number from words beside it.
_WORDS = re.compile(r"[(),;:]|\s(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})\s")
_SLASHES = str.maketrans("", "", "/_")
_VAT_SIGNS = re.compile(r"[A-Z0-9+*]+")
_SWISS = re.compile(r"(?:CHE?)?([0-9]{9})([A-Z]*)")
_TAX_NUMBER = re.compile(r"[0-9]{2,3}\s?/\s?[0-9]{3,4}\s?/\s?[0-9]{4,5}")
_OUTSIDE = {"GB": british_vat.validate, "NO": norwegian_vat.validate}
_CHECKED = word_set("GB NO XI EL") | {state.upper() for state in union_vat.MEMBER_STATES}


def _swiss(text, number, suffix):
    """The outcome for nine digits and what stands behind them in a Swiss number."""
    code = f"CHE{number}"
    if reason := refused(swiss_uid.validate, code):
        return rejected(text, reason)
    if not suffix:
        return asked(text, "suffix")
    if reason := refused(swiss_vat.validate, code + suffix):
        return rejected(text, "signs")
    return written(text, swiss_vat.format(code + suffix), "groups")


def _reason_in_vat(code):
    """Why a compact text with a country in front is no VAT number, "" if it is one."""
    return refused(_OUTSIDE.get(code[:2], union_vat.validate), code)


def _is_vat(code):
    return bool(_VAT_SHAPE.fullmatch(code)) and code[:2] in _CHECKED and not _reason_in_vat(code)


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
        reason = "length" if _VAT_SIGNS.fullmatch(code) else "signs"
        beside = any(map(_is_vat, map(compact, _WORDS.split(text))))
        return asked(text, "beside") if beside else rejected(text, reason)
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
    typed = without_label(_VAT_LABEL, text)
    code = compact(typed)
    if has_other_digits(text):
        return asked(text, "digits")
    if not any(map(str.isdigit, code)):
        return rejected(text, "no_code")
    if _TAX_NUMBER.search(typed):
        return asked(text, "tax_number")
    if is_several(typed, 8):
        return asked(text, "several")
    swiss = _SWISS.fullmatch(code)
    if swiss and (code[0] == "C" or country in ("CH", "LI")):
        return _swiss(text, *swiss.groups())
    if re.match("[A-Z]{2}", code):
        plain = code.translate(_SLASHES)
        return _with_its_country(text, plain if _is_vat(plain) else code)
    return _with_country(text, code, country)
