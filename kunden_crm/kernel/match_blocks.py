"""The blocks of a contact: two contacts are compared where they share at least one.

Each block joins what is rare enough together. Blocks of persons and of firms never meet.
"""

from .match_text import combine

# Of a person, keys that make a block together; the place of a block in the list is part of it.
_PERSON = (
    ("names_sound", "zip"),
    ("names_sound", "city"),
    ("names_sound", "street"),
    ("names_sound",),
    ("first_sound", "born_parts"),
    ("last_sound", "born_parts"),
    ("first_sound", "address"),
    ("last_sound", "address"),
    ("last_sound", "initial", "zip"),
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
_BOTH = (("vat",), ("ref",))
_LISTS = ("phones", "emails", "ibans", "profiles", "email_users")


def blocks(keys):
    """The blocks of the keys of a contact.

    Shape: dictionary of keys in, list of whole numbers out, in order and without doubles.
    Errors: none. Source: Christen, Data Matching (2012), chapter 4.

    >>> from .match_keys import keys
    >>> len(keys({"firstname": "Eva", "lastname": "Berg", "zip": "50667"})["blocks"])
    3
    """
    kind = bool(keys["is_firm"])
    found = set()
    for place, columns in enumerate(_FIRM if kind else _PERSON):
        parts = [keys[column] for column in columns]
        if None not in parts:
            found.add(combine(kind, place, *parts))
    for place, (column,) in enumerate(_BOTH, 50):
        if keys[column] is not None:
            found.add(combine(kind, place, keys[column]))
    for column in _LISTS:
        found.update(combine(kind, 60, one) for one in keys[column] or ())
    return sorted(found)
