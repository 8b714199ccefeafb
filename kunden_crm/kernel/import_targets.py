"""What a column of a file can mean: fields of the contact, and targets that are no field.

The synonyms lie in ``import_synonyms.tsv``; a question mark behind a word says that it may mean
something else. Targets that are no field, or are read in another way than one:

=====================  ==========================================================================
``company``            the firm: who bears no other name in his row is it, else belongs to it
``person``             a whole person in one cell ("Herr Dr. Hans Müller"), see import_parts.py
``name_last_first``    a name whose last name stands first ("Müller Hans")
``name_more``          what stands behind the name ("Name 2")
``name_prefix``        what stands before the last name ("von", "Graf")
``email_more``         a further e-mail address: the first where a row has no other, else a note
``phone_more``         a further telephone number, likewise; of a mobile phone it is one
``house_number``       stands behind the street
``zip_city``           postcode and town in one cell
``address``            street, postcode and town in one cell
``comment_line``       a line of the notes: the heading of the column and its value
``figure.revenue``     and ``.headcount``, ``.profit``, ``.equity``, ``.total_assets``: key figure
                       of a year, which stands behind a colon: ``figure.revenue:2023``
``iban``, ``bic``      a bank account of the contact
``consent``            kept in the row and not used
``ignore``             left aside, because somebody said so
``contact.…``          of a contact person of the firm: ``contact.person``, ``contact.email`` ...
``invoice.…``          of the address for invoices; ``delivery.…`` for deliveries
``company.…``          of the firm where the row is a person: ``company.street`` ...
=====================  ==========================================================================
"""

import re
from functools import lru_cache
from pathlib import Path

from .search import fold
from .text import word_set

_ADDRESS = word_set("street street2 zip city zip_city house_number address country_id phone email")
# What can stand in a row of somebody else than the row is about, by the word before the point.
RELATED = {
    "contact": word_set(
        "person firstname lastname salutation academic_title function phone mobile email"
        " birthdate_date gender"
    ),
    "invoice": _ADDRESS | {"name"},
    "delivery": _ADDRESS | {"name"},
    "company": _ADDRESS | word_set("website ref"),
}
FIGURES = ("revenue", "headcount", "profit", "equity", "total_assets")
# Targets that are no field of the contact, and how their cells are read.
SPECIAL = {
    "company": "name",
    "person": "name",
    "name_last_first": "name",
    "name_more": "name",
    "name_prefix": "char",
    "email_more": "email",
    "phone_more": "phone",
    "house_number": "char",
    "zip_city": "char",
    "address": "text",
    "comment_line": "text",
    "iban": "iban",
    "bic": "bic",
    "consent": "text",
    "ignore": "text",
    **{f"figure.{name}": "integer" if name == "headcount" else "float" for name in FIGURES},
}
# How the cells of fields are read whose type says less than their name.
_KINDS = {
    "name": "name",
    "firstname": "name",
    "lastname": "name",
    "phone": "phone",
    "mobile": "phone",
    "email": "email",
    "website": "url",
    "zip": "postcode",
    "vat": "vat",
    "ref": "code",
    "debtor_account": "code",
    "country_id": "country",
    "nationality_id": "country",
    "comment": "text",
    "interest_ids": "many2many",
}
# Several columns may fill the same of these.
SEVERAL = word_set(
    "comment comment_line category_id interest_ids consent ignore street2 name_more name_prefix"
    " email_more phone_more"
)
# Where the first choice is taken already, the next one.
NEXT = {
    "phone": ("mobile", "phone_more"),
    "mobile": ("phone", "phone_more"),
    "email": ("email_more",),
    "street": ("street2",),
}
# What names a contact: without any of these a row is about nobody.
NAMING = word_set(
    "name name_last_first firstname lastname company person contact.person contact.lastname email"
)
# What a cell fills that is taken apart, added to another one, or goes where there is room.
_FILLED = {
    "zip_city": ("zip", "city", "country_id"),
    "address": ("street", "street2", "zip", "city", "country_id"),
    "house_number": ("street",),
    "email_more": ("email",),
    "phone_more": ("phone", "mobile"),
}
_BEFORE = (
    ("invoice", "rechnungsempfaenger rechnungsadresse rechnungsanschrift"),
    ("invoice", "rechnungs rechnung billing invoice fakturier"),
    ("delivery", "lieferadresse lieferanschrift lieferungs liefer lieferung versand shipping"),
    ("delivery", "delivery warenempfaenger"),
    ("contact", "ansprechpartner ansprechperson kontaktperson asp ap contact kontakt"),
    ("company", "unternehmens firmen firma company"),
    ("business", "geschaeftlich geschaeftliche geschaefts dienstlich dienstliche beruflich"),
    ("business", "dienstl gesch geschaeftl buero business work arbeit"),
    ("private", "private privat priv home zuhause haus"),
)
_QUALIFIERS = [(word, name) for name, words in _BEFORE for word in words.split()]
# What of an address may be the private one in one column and that of the firm in another.
PLACE = word_set("street street2 zip city zip_city house_number address country_id state_id")
# What a heading with such a word can be, of a firm or at home; "Privatkunde" is no name.
AT_HOME_OR_WORK = PLACE | word_set("phone mobile email website comment comment_line")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_UNIT = re.compile(
    r"\s*[\[(](?:[^\])]*[€%]|eur|t ?eur|euro|chf|ja/nein|j/n|optional)[^\])]*[\])]"
    r"|\s+(?:in )?(?:t ?€|t ?eur|€|eur|euro|chf|(?:tsd|mio)\b\.?(?: ?(?:€|eur|euro|chf))?)\s*$",
    re.IGNORECASE,
)
# What a heading tells besides what the column is.
_ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]")
# Headings of columns that have none: "Spalte 3", "Unnamed: 4", "F7".
_NO_HEADING = re.compile(r"(?:spalte|feld|column|col|field|unnamed|var|[a-z])?[a-z]?[0-9]*")
_FACTOR = re.compile(r"\bT ?(?:€|EUR\b|CHF\b)|\b(?:Tsd\b|Mio\b|K€|k€)", re.IGNORECASE)


def kind_of(target, field_type="char"):
    """How the cells of a target are read.

    Shape: the name of a target and the type of its field in, a kind of import_cells.py out.
    Errors: none. Source: issue 8 (columns matched to the catalogue).

    >>> kind_of("mobile"), kind_of("contact.email"), kind_of("figure.revenue:2023")
    ('phone', 'email', 'float')
    >>> kind_of("marital_status", "selection")
    'selection'
    """
    name = base_of(target)
    return SPECIAL.get(name) or _KINDS.get(name) or field_type


def base_of(target):
    """The target without whose it is and of which year.

    Shape: the name of a target in, text out. Errors: none. Source: RELATED.

    >>> base_of("contact.email"), base_of("figure.revenue:2023"), base_of("company")
    ('email', 'figure.revenue', 'company')
    """
    target = target.partition(":")[0]
    head, _point, base = target.partition(".")
    return base if head in RELATED and base else target


def filled_by(target):
    """The fields that cells of a target fill besides one of that name.

    Shape: the name of a target in, list of names out. Errors: none. Source: import_parts.py.

    >>> filled_by("invoice.house_number"), filled_by("phone_more"), filled_by("city")
    (['invoice.street'], ['phone', 'mobile'], [])
    """
    base = base_of(target)
    whose = target.removesuffix(base)
    return [whose + name for name in _FILLED.get(base, ())]


def header_key(header):
    """A heading as headings are compared: case, umlauts, blanks and punctuation do not count.

    Shape: text or nothing in, text out. Errors: none. Source: search.fold.

    >>> header_key("Kd.-Nr."), header_key("Straße / Hausnr."), header_key("#"), header_key(None)
    ('kdnr', 'strassehausnr', '#', '')
    """
    return fold(header).replace(" ", "")


def header_year(header):
    """The year that a heading names, "" for none or several.

    Shape: text or nothing in, text out. Errors: none. Source: lists of firms ("Umsatz 2023").

    >>> header_year("Umsatz 2023 (T€)"), header_year("Umsatz"), header_year("2022/2023")
    ('2023', '', '')
    """
    years = set(_YEAR.findall(header or ""))
    return years.pop() if len(years) == 1 else ""


def bare_header(header):
    """The heading without a year, a unit in brackets and the number of one among several.

    Shape: text in, key as of header_key out. Errors: none. Source: as header_year.

    >>> bare_header("Umsatz 2023 (T€)"), bare_header("E-Mail 2: Adresse"), bare_header("2")
    ('umsatz', 'emailadresse', '2')
    """
    key = header_key(_UNIT.sub("", _YEAR.sub("", header or "")))
    return re.sub("[0-9]", "", key) or key


def says_nothing(header):
    """Whether a heading tells nothing of its column.

    Shape: text or nothing in, yes or no out. Errors: none. Source: files without headings.

    >>> [says_nothing(header) for header in (None, "Spalte 3", "Unnamed: 4", "F7", "Alter")]
    [True, True, True, True, False]
    """
    return bool(_NO_HEADING.fullmatch(header_key(header)))


def without_aside(header):
    """The heading without what stands in brackets.

    Shape: text or nothing in, text out. Errors: none. Source: lists of customers.

    >>> without_aside("Telefon (Durchwahl)")
    'Telefon'
    """
    return _ASIDE.sub("", header or "")


def header_factor(header):
    """By what the numbers of a column are multiplied: what its heading says in its unit.

    Shape: text or nothing in, whole number out. Errors: none. Source: bad_inputs.md 99 ("T€").

    >>> header_factor("Umsatz (T€)"), header_factor("Umsatz in Mio. EUR"), header_factor("Umsatz")
    (1000, 1000000, 1)
    """
    found = _FACTOR.search(header or "")
    return {"t": 10**3, "k": 10**3, "m": 10**6}[found[0].strip("( []").lower()[0]] if found else 1


@lru_cache(maxsize=1)
def synonyms():
    """Key of a heading to its target and how certain that is.

    Shape: nothing in, mapping out, which nobody changes. Errors: none.
    Source: import_synonyms.tsv, headings of lists of Germany, Austria and Switzerland, of Outlook,
    Google, DATEV and Lexware, of vCards.

    >>> synonyms()[header_key("Kd.-Nr.")], synonyms()[header_key("Art")]
    (('ref', 90), ('company_type', 60))
    """
    table = Path(__file__).with_name("import_synonyms.tsv").read_text("utf-8").splitlines()[1:]
    found = {}
    for target, words in (line.split("\t") for line in table):
        for word in words.split("|"):
            found.setdefault(header_key(word.rstrip("?")), (target, 60 if word[-1] == "?" else 90))
    return found


def qualified(key):
    """Whose something is by a heading, and what it is: pairs of both, the likeliest first.

    Shape: a key as of bare_header in, list of (word, key) out; the word is a name of RELATED,
    "business" or "private". Errors: none. Source: headings of Outlook and of shops.

    >>> qualified("rechnungsstrasse"), qualified("ortgeschaeftlich"), qualified("strasse")
    ([('invoice', 'strasse')], [('business', 'ort')], [])
    """
    found = []
    for word, name in _QUALIFIERS:
        rests = [key.removeprefix(word), key.removesuffix(word)]
        found += [(name, rest) for rest in rests if rest and rest != key and rest in synonyms()]
    return list(dict.fromkeys(found))
