"""What a column is about by its values, where the heading does not say it, or says too little."""

import re
from functools import lru_cache
from pathlib import Path

from .choices import GENDERS
from .companies import SALUTATIONS
from .country_names import country_code
from .legal_forms import find_forms, has_form
from .outcomes import FIXED, SAME
from .phones import read_phone
from .search import fold
from .spelling_codes import iban
from .spelling_date import day
from .spelling_email import email
from .spelling_phone import phone
from .spelling_postcode import postcode
from .spelling_url import website
from .spelling_vat import vat
from .text import clean_text

# What values may be that could be something else as well, such as any old day.
UNCLEAR = ("birthdate_date", "firstname", "gender", "zip", "company", "person", "country_id")
# So many values are looked at.
LOOKED_AT = 60
_GENDER_WORDS = {fold(word) for words in GENDERS.values() for word in words}
_FIRM_WORDS = {"firma", "fa", "fa.", "verein", "behörde"}
_ZIP_CITY = re.compile(r"(?:[A-Z]{1,3}[- ]{1,3})?[0-9]{4,5},? [^\W\d_].{1,}")
_STREET = re.compile(r"[^\W\d_][^,;@]{3,}[ .][0-9]{1,4} ?[a-zA-Z]?(?: ?[-/] ?[0-9]{1,4})?")
_ADDRESS = re.compile(r".*[0-9][a-z]?\s*[,;\n|]\s*(?:[A-Z]{1,3}-)?[0-9]{4,5} [^\W\d_].*", re.DOTALL)
_MOBILE = re.compile(r"\+491[5-7]|\+436[4-9]|\+417[4-9]")
_WEB = re.compile(r"(?:https?://|www\.)|[^\s@]+\.(?:de|at|ch|com|net|org|info|eu)(?:/.*)?", re.I)
_COMMA_NAME = re.compile(r"[^\W\d_][\w.' -]+, *[^\W\d_][\w.' -]*")
_WHOLE_DAY = re.compile(r"[0-9]{1,4}[./-].{1,9}[./-] ?[0-9]{2,4}|[0-9]{1,2}\. \w+ [0-9]{4}")


def _fine(outcome):
    return outcome.outcome in (SAME, FIXED)


@lru_cache(maxsize=1)
def _firstnames():
    """First names that many bear, folded."""
    table = Path(__file__).with_name("nicknames.tsv").read_text("utf-8").splitlines()
    return frozenset(fold(name) for line in table for name in line.split("\t"))


def _is_birthday(text, _country):
    found = day(text)
    return bool(_WHOLE_DAY.fullmatch(text) or len(text) == 10) and (
        (_fine(found) and found.value < "2015") or found.reason in ("century", "order")
    )


def is_firstname(text, _country=""):
    """Whether a text is one or two first names that many bear.

    Shape: text in, yes or no out. Errors: none. Source: nicknames.tsv.

    >>> is_firstname("Eva"), is_firstname("Eva-Maria"), is_firstname("Metzgerei")
    (True, True, False)
    """
    return fold(re.split("[ -]", text)[0]) in _firstnames() and len(text.split()) < 3


def _is_person(text, country):
    """A name with a comma or a salutation in front: "Müller, Hans", "Herr Hans Müller"."""
    first, _blank, rest = text.partition(" ")
    if first.casefold() in SALUTATIONS:
        return bool(rest)
    last, comma, given = text.partition(",")
    return bool(comma and last and _COMMA_NAME.fullmatch(text)) and is_firstname(
        given.strip(), country
    )


def _is_vat(text, country):
    return bool(re.match("[A-Za-z]{2,3}", text)) and _fine(vat(text, country))


def _is_website(text, country):
    return bool(_WEB.match(text)) and "@" not in text and _fine(website(text, country))


def is_mobile(text, country):
    """Whether a text is a number of a mobile phone in Germany, Austria or Switzerland.

    Shape: text and an ISO country code in, yes or no out. Errors: none. Source: the numbering
    plans of the three: 069 is Frankfurt at home, and a mobile phone in Austria.

    >>> is_mobile("0171 1234567", "DE"), is_mobile("069 1234567", "DE")
    (True, False)
    """
    return bool(_MOBILE.match(read_phone(text, country or "DE").e164))


def _is_phone(text, country):
    return text[:1] in "0+(" and sum(map(str.isdigit, text)) > 6 and _fine(phone(text, country))


# What all but few values of a column must be, and how certain it then is: the first that holds.
_LOOKS = (
    ("email", 0.8, 70, lambda text, country: "@" in text and _fine(email(text, country))),
    ("iban", 0.8, 70, lambda text, country: text[:2].isalpha() and _fine(iban(text, country))),
    ("vat", 0.7, 70, _is_vat),
    ("website", 0.7, 65, _is_website),
    ("address", 0.7, 65, lambda text, _country: bool(_ADDRESS.fullmatch(text))),
    ("zip_city", 0.8, 70, lambda text, _country: bool(_ZIP_CITY.fullmatch(text))),
    ("birthdate_date", 0.8, 50, _is_birthday),
    ("zip", 0.9, 50, lambda text, country: text.isdigit() and _fine(postcode(text, country))),
    ("phone", 0.6, 65, _is_phone),
    ("salutation", 0.9, 70, lambda text, _c: text.casefold() in SALUTATIONS | _FIRM_WORDS),
    ("gender", 0.9, 60, lambda text, _country: fold(text) in _GENDER_WORDS),
    ("country_id", 0.9, 60, lambda text, _country: bool(country_code(text))),
    ("partner_company_type_id", 0.8, 60, lambda text, _c: _is_form(text)),
    ("company", 0.5, 55, lambda text, _country: has_form(text)),
    ("person", 0.6, 55, _is_person),
    ("street", 0.7, 55, lambda text, _country: bool(_STREET.fullmatch(text))),
    ("firstname", 0.5, 55, is_firstname),
)


def _is_form(text):
    forms = find_forms(f"X {text}")
    return len(forms) == 1 and forms[0].start == 2 and forms[0].end == len(text) + 2


def texts_of(values):
    """The first values of a column that say something, as clean texts.

    Shape: raw cells in, list of texts out. Errors: none. Source: LOOKED_AT.

    >>> from datetime import date
    >>> texts_of([None, " a ", 50667.0, date(1980, 12, 31), ""])
    ['a', '50667', '1980-12-31']
    """
    found = []
    for value in values:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        known = value is not None and value is not False
        text = clean_text(str(value).replace("\n", ", ")) if known else ""
        if text:
            found.append(text)
        if len(found) == LOOKED_AT:
            break
    return found


def looks_like(values, country="DE"):
    """What the values of a column are, as the name of a target, and how certain that is.

    Shape: raw cells and an ISO country code in, text and per cent out; ("", 0) where nothing is
    recognised. A running number is nothing. Errors: none.
    Source: issue 8 (columns matched by content).

    >>> looks_like(["0221 4710900", "030/123456", None]), looks_like(["0171 1234567"])
    (('phone', 65), ('mobile', 65))
    >>> looks_like(["50667 Köln", "01067 Dresden"]), looks_like(["rot", "blau"])
    (('zip_city', 70), ('', 0))
    """
    texts = texts_of(values)
    if not texts or is_running(texts):
        return "", 0
    for target, share, certainty, test in _LOOKS:
        hits = [text for text in texts if test(text, country)]
        if len(hits) >= share * len(texts):
            mobile = sum(is_mobile(text, country) for text in hits) if target == "phone" else 0
            return "mobile" if mobile > 0.8 * len(hits) else target, certainty
    return "", 0


def is_running(texts):
    """Whether texts count the rows: 1, 2, 3 ...

    Shape: list of texts in, yes or no out. Errors: none. Source: lists of customers ("Lfd. Nr.").

    >>> is_running(["1", "2", "3"]), is_running(["10001", "10002"]), is_running(["1"])
    (True, False, False)
    """
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


# What a heading means where the values say that more, or something else, stands in the column.
_REFINED = {
    "zip": {"zip_city", "address"},
    "city": {"zip_city", "address"},
    "street": {"address"},
    "address": {"zip_city", "street"},
    "name": {"person"},
    "phone": {"email"},
    "email": {"phone", "mobile", "website"},
    "website": {"email"},
    "contact.person": {"email", "phone"},
}
_NUMBERS = ("employee_quantity", "figure.revenue", "figure.headcount")


def refined(target, values, country="DE"):
    """The target of a heading after a look at the values.

    Shape: name of a target, raw cells and an ISO country code in, name of a target out, "" where
    the values are nothing of that kind. Errors: none.
    Source: lists of customers (a column "Ort" with "50667 Köln").

    >>> refined("city", ["50667 Köln"]), refined("city", ["Köln"]), refined("zip", [])
    ('zip_city', 'city', 'zip')
    >>> refined("employee_quantity", ["Hans Müller"]), refined("ref", ["1", "2", "3"])
    ('', '')
    """
    if target in _NUMBERS or target == "ref":
        texts = texts_of(values)
        unfit = is_running(texts) if target == "ref" else not any(map(_has_digit, texts))
        return "" if texts and unfit else target
    if target in _REFINED:
        found, _certainty = looks_like(values, country)
        return found if found in _REFINED[target] else target
    return target


def _has_digit(text):
    return any(map(str.isdigit, text))
