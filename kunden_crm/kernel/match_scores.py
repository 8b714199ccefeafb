"""How two contacts are compared, and what it says.

``COMPARISONS`` and ``JOINTS`` are declared once; ``compare`` reads them in Python,
match_statements writes the same as SQL. The code of a level is the reason to show; its weight is
found under ``weight_name(kind, code)`` in the weights. Points are whole numbers, ten to the bit:
ten more double the odds that both are the same. Levels that say "other" weigh against.
"""

from typing import NamedTuple

from .match_levels import (
    Alike,
    All,
    AnyOf,
    Both,
    Common,
    Comparison,
    Crossed,
    Either,
    Equal,
    Joint,
    Level,
    Not,
    OnlyOne,
    Overlap,
    Swapped,
    Within,
)

_SAME_PLACE = AnyOf((Equal("zip"), Equal("city")))
_SWAPPED = AnyOf((Swapped("first_near", "last_near"), Swapped("first_names", "last_parts")))

COMPARISONS = (
    Comparison(
        "first",
        (
            Level("first_same", All((Equal("first"), Within("first_names"))), "first"),
            Level("names_swapped", _SWAPPED),
            Level("first_near", All((Overlap("first_near"), Not(Common("first"))))),
            Level("first_nick", Crossed("first_names", "first_leaders")),
            Level("first_part", Within("first_names")),
            Level("first_shared", Overlap("first_names")),
            Level("first_initial", All((Equal("initial"), Either("initial_only")))),
            Level("first_rival", Overlap("first_near")),
            Level("first_sound", All((Equal("first_sound"), Not(Common("first"))))),
            Level("first_alike", All((Alike("first_bits", 60), Not(Common("first"))))),
            Level("first_doubled", Either("doubled")),
            Level("first_other", Both("initial")),
        ),
        "person",
    ),
    Comparison(
        "last",
        (
            Level("last_same", Equal("last"), "last"),
            Level("last_swapped", _SWAPPED),
            Level("last_part", Overlap("last_parts")),
            Level("last_rival", All((Overlap("last_near"), Common("last")))),
            Level("last_near", Overlap("last_near")),
            Level("last_sound", Equal("last_sound")),
            Level("last_alike", Alike("last_bits", 60)),
            Level("last_doubled", Either("doubled")),
            Level("last_other", Both("last")),
        ),
        "person",
    ),
    Comparison(
        "born",
        (
            Level("born_same", Equal("born")),
            Level("born_swapped", Equal("born_parts")),
            Level("born_near", Overlap("born_near")),
            Level("born_other", Both("born")),
        ),
        "person",
    ),
    Comparison(
        "generation",
        (
            Level("generation_same", Equal("generation")),
            Level("generation_other", Both("generation")),
            Level("generation_one", OnlyOne("generation")),
        ),
        "person",
    ),
    Comparison(
        "core",
        (
            Level("core_same", Equal("core"), "core"),
            Level("core_joined", Equal("core_joined")),
            Level("core_near", Overlap("core_near")),
            Level("core_sound", Equal("core_sound")),
            Level("core_alike", Alike("core_bits", 80)),
            Level("core_within", Within("core_words")),
            Level("core_first", Equal("core_first")),
            Level("core_part", Overlap("core_words")),
            Level("core_other", Both("core")),
        ),
        "firm",
    ),
    Comparison(
        "form",
        (Level("form_same", Equal("form")), Level("form_other", Both("form"))),
        "firm",
    ),
    Comparison(
        "address",
        (
            Level("address_same", All((Equal("street"), Equal("house"), _SAME_PLACE))),
            Level("address_near", All((Alike("street_bits", 60), Equal("house"), _SAME_PLACE))),
            Level("address_elsewhere", All((Equal("street"), Equal("house")))),
            Level("street_same", All((Equal("street"), _SAME_PLACE))),
            Level("zip_same", Equal("zip"), "zip"),
            Level("city_same", Equal("city"), "city"),
            Level("address_other", AnyOf((Both("zip"), Both("city")))),
        ),
    ),
    Comparison(
        "phone",
        (
            Level("phone_same", Overlap("phones"), "phones"),
            Level("phone_stem", Overlap("phone_stems")),
            Level("phone_other", Both("phones")),
        ),
    ),
    Comparison(
        "email",
        (
            Level("email_same", Overlap("emails"), "emails"),
            Level("email_user", Overlap("email_users")),
            Level("email_near", Alike("email_bits", 80)),
            Level("email_domain", Overlap("domains")),
            Level("email_other", Both("emails")),
            Level("domain_other", Both("domains")),
        ),
    ),
    Comparison("vat", (Level("vat_same", Equal("vat")), Level("vat_other", Both("vat")))),
    Comparison(
        "registry",
        (Level("registry_same", Equal("registry")), Level("registry_other", Both("registry"))),
    ),
    Comparison(
        "ref",
        (
            Level("ref_same", Equal("ref")),
            Level("ref_near", Overlap("ref_near")),
            Level("ref_other", Both("ref")),
        ),
    ),
    Comparison("iban", (Level("iban_same", Overlap("ibans")), Level("iban_other", Both("ibans")))),
    Comparison("profile", (Level("profile_same", Overlap("profiles")),)),
)
_HOME = ("address", ("address_same", "address_near"))
_FAMILY = ("last", ("last_same", "last_part", "last_near", "last_sound", "last_swapped"))
_SAME_FIRST = ("first", ("first_same", "first_near", "names_swapped", "first_initial"))
_OTHER_FIRST = ("first", ("first_other", "first_rival"))


def _without(name, *codes):
    """All levels of a comparison but these, and none."""
    levels = next(one.levels for one in COMPARISONS if one.name == name)
    return name, ("", *(level.code for level in levels if level.code not in codes))


JOINTS = (
    Joint(
        "loose",
        (
            _without("address", *_HOME[1]),
            _without("phone", "phone_same"),
            _without("email", "email_same"),
            _without("vat", "vat_same"),
            _without("ref", "ref_same"),
        ),
    ),
    Joint("family", (_FAMILY, _HOME), "person"),
    Joint("at_home", (_SAME_FIRST, _FAMILY, _HOME), "person"),
    Joint("home_phone", (_HOME, ("phone", ("phone_same",))), "person"),
    Joint("relative", (_FAMILY, _OTHER_FIRST), "person"),
    Joint("twins", (_FAMILY, _OTHER_FIRST, ("born", ("born_same",))), "person"),
    Joint("namesake", (("first", ("first_same",)), _FAMILY, ("born", ("born_other",))), "person"),
    # of the same name and telephone, but elsewhere, is a firm that has moved
    Joint(
        "branch",
        (
            ("core", ("core_same", "core_joined")),
            ("address", ("address_other",)),
            _without("phone", "phone_same"),
        ),
        "firm",
    ),
)
# Columns whose common values match_statements has at hand for both contacts.
COMMON = ("first", "last")
KINDS = ("person", "firm")


class Verdict(NamedTuple):
    """What a comparison says: points (ten to the bit), certainty 0 to 100, codes of the levels."""

    points: int
    certainty: int
    reasons: tuple


def for_kind(declared, kind):
    """Those of the comparisons or joints that are asked of this kind of contact.

    Shape: tuple of Comparison or Joint, "person" or "firm" in, list out. Errors: none.
    Source: issue 7.

    >>> [comparison.name for comparison in for_kind(COMPARISONS, "firm")][:2]
    ['core', 'form']
    """
    return [one for one in declared if one.kind in ("", kind)]


def weight_name(kind, code):
    """Under what name the weight of a level stands.

    Shape: "person" or "firm" and the code of a level in, text out. Errors: none. Source: issue 7.

    >>> weight_name("person", "phone_same")
    'person.phone_same'
    """
    return f"{kind}.{code}"


def certainty(points):
    """How certain it is, of a hundred, that both are the same.

    Shape: points in, whole number out: 50 at no points, 100 only from eight bits on. Errors: none.
    Source: Fellegi & Sunter 1969 (logarithm of the odds).

    >>> certainty(0), certainty(20), certainty(-200), certainty(300)
    (50, 80, 0, 100)
    """
    return int(100 / (1 + 2 ** (-points / 10)) + 0.5)


def _rarity(level, a, b, frequent, rare):
    """What the value that both have adds: of a list, the more of its first and last shared one."""
    one, two = a[level.rarity], b[level.rarity]
    shared = set(one) & set(two) if isinstance(one, (list, tuple)) else [one]
    return max(frequent.get(value, rare) for value in (min(shared), max(shared)))


def compare(a, b, weights, frequent=()):
    """What is known of two contacts together.

    Shape: two dictionaries as of match_keys.keys, weights and the points of values that are
    frequent in the file (a dictionary) in, Verdict out. Symmetric. The points are those of the
    reasons and of "prior", which says how few pairs are the same at all; a reason whose weight is
    no weight is told all the same. Two of different kind are never the same. Errors: none.
    Source: Fellegi & Sunter, A Theory for Record Linkage, 1969; Winkler 2000 (frequent values).

    >>> from .match_keys import keys
    >>> from .match_weights import WEIGHTS
    >>> eva = {"firstname": "Eva", "lastname": "Przybylski", "phones": ["+491701234567"]}
    >>> compare(keys(eva), keys({**eva, "firstname": "Evelyn"}), WEIGHTS).reasons
    ('first_nick', 'last_same', 'phone_same')
    """
    if a["is_firm"] != b["is_firm"]:
        return Verdict(-999, 0, ("kind_other",))
    frequent = frequent or {}
    kind = KINDS[a["is_firm"]]
    points, found = weights[weight_name(kind, "prior")], {}
    for comparison in for_kind(COMPARISONS, kind):
        for level in comparison.levels:
            if level.condition.holds(a, b, frequent):
                points += weights[weight_name(kind, level.code)]
                if level.rarity:
                    rare = weights[weight_name(kind, "rare." + level.rarity)]
                    points += _rarity(level, a, b, frequent, rare)
                found[comparison.name] = level.code
                break
    joint = [
        one.code
        for one in for_kind(JOINTS, kind)
        if all(found.get(name, "") in codes for name, codes in one.levels)
    ]
    points += sum(weights[weight_name(kind, code)] for code in joint)
    return Verdict(points, certainty(points), (*found.values(), *joint))
