"""The blocks of a contact: two contacts are compared where they share at least one.

Each block joins what is rare enough together. Blocks of persons and of firms never meet. Its two
last bits say what a block is worth: WEAK is a name and nothing else, which only counts while few
have it; OWN is what belongs to one only, however large the file is; all others have neither bit.
"""

from .match_text import combine

# Of a person, keys that make a block together; the place of a block in the list is part of it.
_PERSON = (
    ("names_sound", "zip"),
    ("names_sound", "city"),
    ("names_sound", "street"),
    ("last_sound", "address"),
    ("last_sound", "initial", "zip"),
    ("address",),
    ("born", "zip"),
    ("born", "city"),
    ("street", "house", "initial"),
)
_FIRM = (
    ("core",),
    ("core_joined", "zip"),
    ("core_joined", "city"),
    ("core_sound", "zip"),
    ("core_sound", "city"),
    ("core_first", "zip"),
    ("core_first", "city"),
    ("core_first", "street"),
    ("address",),
    ("registry",),
)
_BOTH, _OWN_FROM = (("vat",), ("ref",)), 50
_DECLARED = tuple((*enumerate(every), *enumerate(_BOTH, _OWN_FROM)) for every in (_PERSON, _FIRM))
WEAK, OWN = 1, 2
_PLAIN = ~3
_LISTS = (("phones", OWN), ("emails", OWN), ("ibans", OWN), ("profiles", OWN), ("email_users", 0))


def _of_columns(keys, kind):
    """Blocks of keys that are one value each."""
    for place, columns in _DECLARED[kind]:
        parts = [*map(keys.get, columns)]
        if None not in parts:
            yield combine(kind, place, *parts) & _PLAIN | (OWN if place >= _OWN_FROM else 0)


def _of_sounds(keys):
    """Blocks of each first name with each part of the last name, and of each with the birth."""
    first, last = keys.get("first_sounds") or (), keys.get("last_sounds") or ()
    for one in first:
        for two in last:
            yield combine(61, *((one, two) if one < two else (two, one))) & _PLAIN | WEAK
    if keys["born_parts"] is not None:
        for one in (*first, *last):
            yield combine(62, one, keys["born_parts"]) & _PLAIN


def blocks(keys):
    """The blocks of the keys of a contact.

    Shape: dictionary of keys in, list of whole numbers out, in order and without doubles.
    Errors: none. Source: Christen, Data Matching (2012), chapter 4.

    >>> from .match_keys import keys
    >>> len(keys({"firstname": "Eva", "lastname": "Berg", "zip": "50667"})["blocks"])
    3
    """
    kind = bool(keys["is_firm"])
    found = {*_of_columns(keys, kind), *_of_sounds(keys)}
    for column, worth in _LISTS:
        for one in keys[column] or ():
            found.add(combine(kind, 60, one) & _PLAIN | worth)
    return sorted(found)
