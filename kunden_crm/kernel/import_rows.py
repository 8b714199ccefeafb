"""What a row of a file says: the contact it is about, the firm and household it belongs to.

The result is plain values, which JSON can keep: fields of the contact at the top, beside them
``company`` (fields of the firm of a person), ``household`` (key, name), ``addresses`` (fields of
further addresses, with their type), ``tags``, ``interests``, ``figures`` (one per year), ``ibans``.
"""

from .companies import looks_like_company
from .import_choices import salutation_kind
from .import_gather import SPOKEN, gathered, is_firm, joined, line, noted
from .names import NameParts, join_name, name_matches, split_name
from .search import fold
from .text import clean_text

PARTS = ("academic_title", "firstname", "lastname")
# What belongs to the firm of a person, also where the column does not say so.
_OF_FIRM = (
    *("vat", "company_registry", "register_court", "partner_company_type_id", "industry_id"),
    *("employee_quantity", "debtor_account", "figures"),
)
_PLACE = ("street", "street2", "zip", "city", "state_id", "country_id")
# What a person has, never the firm beside whom he stands in a row.
_OF_PERSON = frozenset(
    {"birthdate_date", "gender", "marital_status", "nationality_id", "occupation", "function"}
)
NESTED = frozenset(
    {"company", "household", "addresses", "tags", "interests", "figures", "ibans", "bics"}
)


def composed(said):
    """The values of a row, and what is wrong with it as a whole.

    Shape: list of (target as in import_targets, value, heading of the column) without empty ones
    in; (dictionary, list of pairs of a target and a code) out. Codes: ``doubled`` (first and last
    name are the same), ``nobody`` (nothing names a contact), ``several_people``. Errors: none.
    Source: issue 8 (one row may make a company, its contact and its address).

    >>> values, _problems = composed([("name", "Eva Berg", ""), ("company", "Ok AG", "")])
    >>> values["firstname"], values["company"]
    ('Eva', {'name': 'Ok AG', 'is_company': True})
    >>> composed([("name", "Frau Dr. Eva Berg", "")])[0]["salutation"]
    'ms'
    >>> composed([("name", "Ok AG", ""), ("figure.revenue:2024", 5.0, "")])[0]["figures"]
    [{'year': 2024, 'revenue': 5.0}]
    >>> composed([("city", "Ulm", "")])[1]
    [('name', 'nobody')]
    """
    sides, more = gathered(said)
    headings = {target: heading for target, _value, heading in said}
    own, problems = sides.pop(""), []
    person, firm = sides.pop("contact", {}), sides.pop("company", {})
    joined(own, person, more, headings)
    if not _names(person) and own.get("company") and is_firm(own):
        # a row of a firm has its name, and whoever else has one is somebody there
        person |= {name: own.pop(name) for name in PARTS if name in own}
    if _names(person):
        # the row speaks of a firm, and of somebody there: the firm's are all other columns
        person = {name: own.pop(name) for name in _OF_PERSON & own.keys()} | person
        _addressed(own, person, headings)
        firm = {**own, **firm, "name": own.get("company") or own.get("name") or _names(own)}
        person["company"] = firm.pop("company", None) or firm["name"]
        more_firm, own = firm, person
    else:
        more_firm = firm
        _taken_over(own, person, "contact", headings)
    values = _contact(own, more_firm, problems, headings)
    if addresses := [{"type": kind, **sides[kind]} for kind in sorted(sides) if sides[kind]]:
        values["addresses"] = addresses
    return values, problems


def _taken_over(values, others, whose, headings):
    """Fill what is empty with the values of others; what then is left becomes lines of the note."""
    left = []
    said = {name: value for name, value in others.items() if value not in (None, "")}
    for name, value in said.items():
        if not values.get(name):
            values[name] = value
        elif value != values[name]:
            left.append(line(headings, f"{whose}.{name}".lstrip("."), value))
    noted(values, *left)


def _addressed(own, person, headings):
    """How somebody at a firm is addressed, where the row says it: never the firm."""
    own.pop("company_type", None)
    own.pop("is_company", None)
    said = {name: own.pop(name) for name in ("salutation", "academic_title") if name in own}
    if salutation_kind(said.get("salutation") or "") == "company":
        del said["salutation"]
    _taken_over(person, said, "", headings)


def _names(values):
    """Whether these values name a person, as the name."""
    return join_name(NameParts(*(values.get(part) or "" for part in PARTS), ""))


def _contact(own, firm, problems, headings):
    """The contact of the row with its firm and its household."""
    kind, name = is_firm(own), own.get("name") or ""
    company = own.pop("company", None)
    own.pop("company_type", None)
    spoken = own.get("salutation")
    if spoken not in SPOKEN.keys:
        own.pop("salutation", None)
        if spoken and salutation_kind(spoken) != "company":
            noted(own, line(headings, "salutation", spoken))
    parts = any(own.get(part) for part in PARTS)
    if name and parts and not kind and not company and looks_like_company(name):
        company, name = own.pop("name"), ""
    if company and not parts and not name:
        name, company, kind = company, None, True
    same = bool(company and name) and f" {fold(company)} " in f" {fold(name)} "
    if kind is None or (kind and company and not same):
        kind = bool(name) and not parts and looks_like_company(name)
    values = {"is_company": kind}
    values |= _firm_names(own, name, headings) if kind else _person_names(own, name, problems)
    values |= {key: value for key, value in own.items() if key not in ("name", *PARTS, *values)}
    if kind:
        values |= {key: value for key, value in firm.items() if key not in values}
        noted(values, *([line(headings, "company", company)] if company and not same else []))
    elif company:
        values["company"] = _firm_of(values, company, firm)
    else:
        firm.pop("name", None)
        _taken_over(values, firm, "company", headings)
    if not values.get("name"):
        if values.get("email"):
            values["name"] = values["email"]
        else:
            problems.append(("name", "nobody"))
    _household(values)
    return values


def _firm_names(own, name, headings):
    """The name of a firm; parts of a name are its name where nothing else is, or a note."""
    left = PARTS
    if not name:
        whole = not (own.get("firstname") and own.get("lastname"))
        name, left = (_names(own), ()) if whole else (own["lastname"], PARTS[:2])
    parts = [part for part in left if own.get(part) and own[part] not in name]
    noted(own, *(line(headings, part, own[part]) for part in parts))
    return {"name": name}


def _person_names(own, name, problems):
    """Name and parts of a person, which agree."""
    parts = NameParts(*(own.get(part) or "" for part in PARTS), "")
    if not any(parts[1:3]) and name:
        found = split_name(name)
        spoken = SPOKEN.find(found.salutation).value if found.salutation else None
        if spoken in SPOKEN.keys:
            own.setdefault("salutation", spoken)
        parts = NameParts(parts.title or found.title, found.firstname, found.lastname, "")
    elif name and any(parts) and name_matches(parts, name):
        return {**_filled(parts), "name": name}
    first, last = (clean_text(part).casefold() for part in parts[1:3])
    if first and first == last:
        problems.append(("lastname", "doubled"))
    return {**_filled(parts), "name": join_name(parts) or name}


def _filled(parts):
    """The parts that are there, by their fields."""
    return {name: part for name, part in zip(PARTS, parts, strict=False) if part}


def _firm_of(values, name, firm):
    """The firm of a person, with what belongs to it in the row."""
    company = {"name": name, "is_company": True}
    for key in (*_OF_FIRM, *(() if any(map(firm.get, _PLACE)) else _PLACE)):
        if key in values:
            company[key] = values.pop(key)
    return company | {key: value for key, value in firm.items() if key != "name"}


def _household(values):
    """The household that the row names, by its number or name."""
    key = values.pop("household_id", None)
    role = values.pop("household_role", None)
    if key is None or values["is_company"]:
        return
    household = {"key": clean_text(str(key)).casefold(), "name": str(key)}
    values["household"] = household | ({"role": role} if role else {})
