"""The keys by which contacts are compared: made once per contact, stored, joined and summed in SQL.

``COLUMNS`` are the columns to store, with their types in PostgreSQL; ``keys(values)`` makes a row
of them. Every key is a number (see match_text), a list of such, a yes or nothing; what alone tells
one contact from all others has 64 bits, what is only asked of two that share a block has 32.
Nothing (NULL) is "not known" and weighs nothing. ``blocks`` are what two contacts must share one of
to be compared at all; index it by GIN.

Other modules of this room: match_scores (COMPARISONS, compare), match_pairs and match_statements
(the SQL), match_weights (weights and their estimation), match_groups (groups), match_levels.
"""

from .companies import looks_like_company
from .match_blocks import blocks
from .match_contacts import birth_keys, code_keys, email_keys, phone_keys
from .match_firms import firm_keys
from .match_persons import person_keys
from .match_places import address_keys

# What a scan of all blocks reads comes first, lists come last.
COLUMNS = {
    "blocks": "int8[]",
    "is_firm": "bool",
    "first": "int4",
    "first_sound": "int4",
    "first_bits": "int8",
    "initial": "int4",
    "initial_only": "bool",
    "last": "int4",
    "last_sound": "int4",
    "last_bits": "int8",
    "generation": "int4",
    "doubled": "bool",
    "core": "int4",
    "core_joined": "int4",
    "core_sound": "int4",
    "core_first": "int4",
    "core_bits": "int8",
    "form": "int4",
    "street": "int4",
    "street_bits": "int8",
    "house": "int4",
    "zip": "int4",
    "city": "int4",
    "email_bits": "int8",
    "born": "int4",
    "born_parts": "int4",
    "vat": "int8",
    "registry": "int8",
    "ref": "int8",
    "first_near": "int4[]",
    "first_names": "int4[]",
    "first_leaders": "int4[]",
    "last_near": "int4[]",
    "last_parts": "int4[]",
    "core_words": "int4[]",
    "core_near": "int4[]",
    "phones": "int8[]",
    "phone_stems": "int4[]",
    "emails": "int8[]",
    "email_users": "int4[]",
    "domains": "int4[]",
    "born_near": "int4[]",
    "ref_near": "int4[]",
    "ibans": "int8[]",
    "profiles": "int8[]",
}
# Made for the blocks only.
_USED_UP = ("post_box", "first_sounds", "last_sounds", "names_sound", "address")
_NOTHING = dict.fromkeys(COLUMNS)


def keys(values):
    """The keys of one contact, of every column one.

    Shape: dictionary out of is_company, name, firstname, lastname, birth_name, legal_form, phones
    (E.164, extension behind ";ext="), emails, street, zip, city, country, birthdate (date), vat,
    registry, ibans, ref, profiles in, each of which may be missing or nothing; dictionary of all
    COLUMNS out. Errors: none, for any texts.
    Source: issue 7; Fellegi & Sunter 1969; Christen, Data Matching (2012), chapters 4 and 5.

    >>> one = keys({"firstname": "Hans", "lastname": "Müller", "zip": "50667"})
    >>> two = keys({"name": "Mueller, Hans", "zip": "50667"})
    >>> bool(set(one["blocks"]) & set(two["blocks"])), one["born"], list(one) == list(COLUMNS)
    (True, None, True)
    """
    name = values.get("name") or " ".join(
        filter(None, (values.get("firstname"), values.get("lastname")))
    )
    firm = bool(values.get("is_company")) or bool(
        not values.get("firstname") and looks_like_company(name)
    )
    found = {
        **_NOTHING,
        **(firm_keys(name, values.get("legal_form") or "") if firm else person_keys(values)),
        **address_keys(values),
        **phone_keys(values.get("phones")),
        **email_keys(values.get("emails")),
        **(birth_keys(values.get("birthdate")) if not firm else {}),
        **code_keys(values),
        "is_firm": firm,
    }
    found["blocks"] = blocks(found)
    for name in _USED_UP:
        found.pop(name, None)
    return found
