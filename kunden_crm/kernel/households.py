"""Households: who lives at the same address, who of them may belong together, one letter for all.

Rules and where they come from:

* Two addresses are the same where postcode, street and house number are, however they are spelled.
  A post office box or parcel station says nothing of who lives together.
* Where nobody said whether a member is a child, the law does: of age at 18. (BGB § 2.)
* A household all of one last name is written to as a family; two adults of different names by both
  names, each in a line of its own; whoever lives alone, or only with children of another name, by
  his own name. (DIN 5008, Anschriftfeld; Duden, Ratgeber Briefe und E-Mails.)
"""

import re
from typing import NamedTuple

from .dates import age_on
from .names import NameParts
from .salutations import address_lines, letter_salutation
from .search import fold

ADULT_AGE = 18
_STREET = re.compile(r"str(?:asse)?(?![a-z])")
_NO_HOME = re.compile(r"post(?:fach|box)|p o box|pf\b|(?:dhl )?pack(?:station|et)|case postale")


class Neighbour(NamedTuple):
    """Somebody at the same address: the last name, and whether there is a household already."""

    lastname: str = ""
    has_household: bool = False


class Member(NamedTuple):
    """Somebody of a household, as letter_salutation and address_lines need him."""

    parts: NameParts
    gender: str = ""
    familiar: bool = False
    adult: bool = True


def house_number(street):
    """The first number in a street, "" where there is none.

    Shape: text or nothing in, text out. Streets of the same address_key have the same one. Errors:
    none. Source: see above.

    >>> house_number("Gartenweg 3a"), house_number("Am Wald")
    ('3', '')
    """
    found = re.search(r"[0-9]+", fold(street))
    return found[0] if found else ""


def address_key(street, zip_code):
    """One text for all spellings of an address; "" where nobody's home can be told from it.

    Shape: texts or nothings in, text out. Errors: none.
    Source: see above.

    >>> address_key("Garten-Straße 3 a", "50667") == address_key("Gartenstr. 3A", " 50667 ")
    True
    >>> address_key("Gartenweg", "50667"), address_key("Postfach 12", "50667")
    ('', '')
    """
    text = fold(street)
    place = fold(zip_code).replace(" ", "")
    if not place or not house_number(text) or _NO_HOME.match(text):
        return ""
    text = re.sub(r"(?<![0-9]) | (?![0-9])", "", _STREET.sub("str", text))
    return f"{place} {text}"


def likely(lastname, neighbour):
    """How likely a neighbour belongs to the household of somebody of that last name.

    Shape: text or nothing and Neighbour in, whole number out: 3 of the same name and in a
    household, 2 of the same name, 1 of another name in a household, 0 of another name. One part
    of a double name is enough. Errors: none.
    Source: see above.

    >>> likely("Meier", Neighbour("Schmidt-Meier", True)), likely("Meier", Neighbour("Kaya"))
    (3, 0)
    """
    same = set(fold(lastname).split()) & set(fold(neighbour.lastname).split())
    return 2 * bool(same) + bool(neighbour.has_household)


def is_child(role, birth, today):
    """Whether a member of a household counts as a child.

    Shape: "head", "adult", "child" or nothing, a date of birth or nothing and a date in, yes or no
    out. Errors: none.
    Source: see above.

    >>> from datetime import date
    >>> is_child("", date(2010, 3, 1), date(2028, 2, 29)), is_child("", None, date(2028, 2, 29))
    (True, False)
    >>> is_child("adult", date(2010, 3, 1), date(2020, 1, 1))
    False
    """
    if role:
        return role == "child"
    age = age_on(birth, today)
    return age is not None and age < ADULT_AGE


def _written_to(members):
    """Whose names stand on the letter: the first two adults, else whoever is there."""
    return ([member for member in members if member.adult] or members)[:2]


def _as_family(members):
    """Whether they are written to as a family: several of one last name, children included."""
    addressed = _written_to(members)
    named = addressed if len(addressed) > 1 else members
    names = {fold(member.parts.lastname) for member in named}
    return len(named) > 1 and len(names) == 1 and names != {""}


def household_salutation(members, lang="de"):
    """How the one letter to a household begins.

    Shape: list of Member, the head first, and a language code in, text of one or two lines out.
    Familiar only where everybody written to is. Errors: none.
    Source: see above.

    >>> eva = Member(NameParts("", "Eva", "Meier"), "female")
    >>> household_salutation([eva, Member(NameParts("", "Max", "Meier"), "male")])
    'Sehr geehrte Familie Meier,'
    >>> print(household_salutation([eva, Member(NameParts("Dr.", "Jan", "Kok"), "male")]))
    Sehr geehrte Frau Meier,
    sehr geehrter Herr Dr. Kok,
    """
    addressed = _written_to(members)
    familiar = bool(addressed) and all(member.familiar for member in addressed)
    if not addressed or _as_family(members):
        name = addressed[0].parts.lastname if addressed else ""
        return letter_salutation("household", "", "", "", name, familiar, lang)
    first, *others = (
        letter_salutation("person", member.gender, *member.parts[:3], familiar, lang)
        for member in addressed
    )
    return "\n".join([first, *(line[:1].lower() + line[1:] for line in others)])


def household_lines(members, address):
    """The lines of the address of the one letter to a household.

    Shape: list of Member, the head first, and Address in, list of texts out. Errors: none.
    Source: see above.

    >>> from .salutations import Address
    >>> home = Address("Gartenweg 3", "", "50667", "Köln")
    >>> eva = Member(NameParts("", "Eva", "Meier"), "female")
    >>> household_lines([eva, Member(NameParts("", "Jan", "Kok"), "male")], home)
    ['Frau Eva Meier', 'Herrn Jan Kok', 'Gartenweg 3', '50667 Köln']
    """
    addressed = _written_to(members)
    if not addressed:
        return address_lines(NameParts(), address)
    if _as_family(members):
        return address_lines(NameParts("", "", addressed[0].parts.lastname), address, "household")
    names = [
        address_lines(member.parts, type(address)(), "person", member.gender)
        for member in addressed
    ]
    return [
        *(line for lines in names for line in lines),
        *address_lines(NameParts(), address),
    ]
