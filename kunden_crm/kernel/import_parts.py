"""One cell that holds several things: "50667 Köln", "Hauptstr. 5, 50667 Köln", "Müller, Hans".

Each part goes into its own target and is read there like a cell of its own.
"""

import re

from .companies import SALUTATIONS, looks_like_company
from .country_names import country_code
from .import_choices import salutation_kind
from .import_targets import RELATED, base_of
from .names import split_name
from .text import clean_text

# Targets whose cells are taken apart, by whom they are of.
_APART = ("zip_city", "address", "person", "salutation")
COMPOSITE = _APART + tuple(
    f"{whose}.{name}" for whose in RELATED for name in _APART if name in RELATED[whose]
)
# What they are taken apart into.
PARTS = ("street", "street2", "zip", "city", "country_id", "company")
PARTS += ("salutation", "academic_title", "firstname", "lastname")
_ZIP_CITY = re.compile(
    r"(?:(?P<country>[A-Z]{1,3})[- ]{1,3})?(?P<zip>[1-9][0-9]{3} ?[A-Z]{2}(?= |$)|[0-9]{4,5}"
    r"|[0-9]{3} [0-9]{2})(?:,? +(?P<city>[^\W\d_](?:(?![0-9]{3}).)*))?"
)
_CITY_ZIP = re.compile(r"(?P<city>[^\W\d_][^\d,]*?),? +(?P<zip>[0-9]{4,5})")
_GLUED = re.compile(
    r"(?P<street>.*[^\W\d_][. ] ?[0-9]{1,4} ?[a-zA-Z]?) +"
    r"(?P<place>(?:[A-Z]{1,3}[- ]{1,3})?[0-9]{4,5} +[^\W\d_].*)"
)
# Targets that take whatever stands in a cell, and what the second value of another one fills.
_WHOLE = ("category_id", "interest_ids", "comment", "comment_line", "consent", "ignore")
_MORE = {"email": "email_more", "phone": "phone_more", "mobile": "phone_more"}
_MORE |= {name: name for name in _MORE.values()}
_WORD = re.compile(r"[^\W\d_]{3}|[0-9]")
_LINES = re.compile(r"\s*[,;|\n]\s*")


def parts_of(target, text):
    """The parts of a cell, by the targets they fill.

    Shape: one of COMPOSITE and text or nothing in, mapping of names of targets to texts out; empty
    where it cannot be taken apart with certainty: then a person looks at it. No word is lost, but
    the salutation of a firm. Errors: none.
    Source: issue 8 (columns of lists); DIN 5008 (order of an address); names.split_name.

    >>> parts_of("zip_city", "D-50667 Köln"), parts_of("zip_city", "Köln")
    ({'country_id': 'DE', 'zip': '50667', 'city': 'Köln'}, {'city': 'Köln'})
    >>> parts_of("address", "Hauptstr. 5, 50667 Köln")
    {'street': 'Hauptstr. 5', 'zip': '50667', 'city': 'Köln'}
    >>> parts_of("person", "Herr Dr. Hans Müller")
    {'salutation': 'Herr', 'academic_title': 'Dr.', 'firstname': 'Hans', 'lastname': 'Müller'}
    >>> parts_of("contact.person", "Eva Berg")
    {'contact.firstname': 'Eva', 'contact.lastname': 'Berg'}
    """
    text, base = (text or "").strip(), base_of(target)
    parts = _READERS[base](text) if text else {}
    if not (whose := target.removesuffix(base)):
        return parts
    if "company" in parts:  # whoever is named there is called so
        return {f"{whose}lastname": text}
    return {whose + name: part for name, part in parts.items()}


def several(target, text):
    """The values of a cell that holds several, as Google parts them, with their targets.

    Shape: name of a target and text in, list of (target, text) out: the first fills the target,
    the others are further ones or lines of the note. Errors: none.
    Source: the export of Google Contacts.

    >>> several("email", "a@x.de ::: b@x.de"), several("website", "x.de ::: y.de")
    ([('email', 'a@x.de'), ('email_more', 'b@x.de')], [('website', 'x.de'), ('comment_line', \
'y.de')])
    >>> several("category_id", "A ::: B"), several("email", "a@x.de")
    ([('category_id', 'A ::: B')], [('email', 'a@x.de')])
    """
    found = [] if target in _WHOLE else list(filter(None, map(str.strip, text.split(" ::: "))))
    further = _MORE.get(target, "comment_line")
    return [(target, found[0] if found else text), *((further, other) for other in found[1:])]


def _zip_city(text, ordered=False):
    """Country, postcode and town; `ordered` where the town can only stand behind."""
    text = clean_text(text)
    if found := _ZIP_CITY.fullmatch(text):
        country = country_code(found["country"]) if found["country"] else ""
        if found["country"] and not country:
            return {}
        parts = {"country_id": country, "zip": found["zip"], "city": found["city"] or ""}
    elif (found := _CITY_ZIP.fullmatch(text)) and not ordered:
        parts = {"zip": found["zip"], "city": found["city"]}
    else:
        parts = {} if re.search("[0-9]{3}", text) else {"city": text}
    return {name: part for name, part in parts.items() if part}


def _address(text):
    """Street, additions above or below it, postcode, town, country."""
    lines = [line for line in map(clean_text, _LINES.split(text)) if line]
    if len(lines) == 1 and (found := _GLUED.fullmatch(lines[0])):
        lines = [found["street"], found["place"]]
    parts = {}
    if len(lines) > 1 and (code := country_code(lines[-1])):
        parts["country_id"] = code
        lines.pop()
    place = _zip_city(lines[-1], True) if lines else {}
    if "zip" not in place:
        if not _WORD.search(text):  # what stands for nothing is read as that
            return {"street": text}
        alone = len(lines) == 1 and "country_id" not in parts and re.search("[0-9]", lines[0])
        return {"street": lines[0]} if alone and not re.search("[0-9]{4}", lines[0]) else {}
    lines.pop()
    if len(lines) > 2:
        return {}
    street = next((line for line in lines if re.search("[0-9]", line)), lines[-1] if lines else "")
    more = [line for line in lines if line != street]
    found = {"street": street, "street2": more[0] if more else "", **parts, **place}
    return {name: part for name, part in found.items() if part}


def _person(text):
    """Salutation, title and names of a person; a firm stays whole."""
    text = clean_text(text)
    first, _blank, rest = text.partition(" ")
    if salutation_kind(first) == "company" and rest:
        return {"company": rest}
    if looks_like_company(text):
        return {"company": text}
    found = split_name(text)
    parts = zip(
        ("salutation", "academic_title", "firstname", "lastname"),
        (found.salutation, found.title, found.firstname, found.lastname),
        strict=True,
    )
    return {name: part for name, part in parts if part}


def _salutation(text):
    """The salutation without the title that stands behind it: "Herr Dr."."""
    text = clean_text(text)
    first, _blank, rest = text.partition(" ")
    if not rest or first.casefold() not in SALUTATIONS or rest.casefold().startswith(("und", "u.")):
        return {"salutation": text}
    return {"salutation": first, "academic_title": rest}


_READERS = {
    "zip_city": _zip_city,
    "address": _address,
    "person": _person,
    "salutation": _salutation,
}
