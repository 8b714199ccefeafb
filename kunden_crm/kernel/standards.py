"""The registry of recording standards: which there are and which fields they suit.

A further standard is a further entry in STANDARDS.
"""

from collections.abc import Callable
from typing import NamedTuple

from .choices import gender, yes_no
from .country_names import country as country_code
from .masks import masked
from .outcomes import written
from .spelling_city import city
from .spelling_codes import bic, iban
from .spelling_company import company_name
from .spelling_date import day
from .spelling_email import email
from .spelling_number import number
from .spelling_person import person_name
from .spelling_phone import phone
from .spelling_postcode import postcode
from .spelling_register import register_number
from .spelling_street import street
from .spelling_text import line, note
from .spelling_url import website
from .spelling_vat import vat


class Standard(NamedTuple):
    """A standard: its key, its function, and the types of the fields whose values it reads."""

    key: str
    spell: Callable
    kinds: tuple


_CHAR = ("char",)
STANDARDS = {
    entry.key: entry
    for entry in (
        Standard("text", line, _CHAR),
        Standard("note", note, ("text",)),
        Standard("person", person_name, _CHAR),
        Standard("company", company_name, _CHAR),
        Standard("street", street, _CHAR),
        Standard("postcode", postcode, _CHAR),
        Standard("city", city, _CHAR),
        Standard("country", country_code, ("char", "many2one")),
        Standard("phone", phone, _CHAR),
        Standard("email", email, _CHAR),
        Standard("website", website, _CHAR),
        Standard("iban", iban, _CHAR),
        Standard("bic", bic, _CHAR),
        Standard("vat", vat, _CHAR),
        Standard("register", register_number, _CHAR),
        Standard("day", day, ("char", "date")),
        Standard("number", number, ("char", "integer", "float", "monetary")),
        Standard("gender", gender, ("char", "selection")),
        Standard("yes_no", yes_no, ("char", "boolean", "selection")),
        Standard("mask", masked, _CHAR),
    )
}


def standardise(key, text, country="DE", mask=""):
    """What the standard of that key says of a text.

    Shape: a key of STANDARDS, text or nothing, an ISO country code and, for the key mask, a mask
    in, Outcome out. A key that is none leaves the text as it is. Errors: none.
    Source: design.md, standards (the same result on every door).

    >>> standardise("iban", "de89370400440532013000").value, standardise("none", " a").outcome
    ('DE89 3704 0044 0532 0130 00', 'same')
    >>> standardise("mask", "kd1234", mask="KD-9999").value
    'KD-1234'
    """
    if key not in STANDARDS:
        return written(text or "", text or "", "")
    return STANDARDS[key].spell(text, mask if key == "mask" else country)
