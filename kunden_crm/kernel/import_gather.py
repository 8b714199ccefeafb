"""The cells of a row, by whose they are: what one value needs several columns for.

The parts serve import_rows.py, which makes a contact of them.
"""

import re

from .companies import looks_like_company
from .import_choices import Choices, salutation_kind
from .import_content import is_firstname
from .import_order import last_first
from .import_parts import parts_of
from .legal_forms import has_form

_LISTS = {"category_id": "tags", "interest_ids": "interests", "iban": "ibans", "bic": "bics"}
# Texts of several columns that become one value.
_JOINED = {"comment": "lines", "comment_line": "lines", "house_number": "house_number"}
_JOINED |= {"name_more": "name_more", "name_prefix": "name_prefix"}
_FURTHER = {"email_more": "email", "phone_more": "phone", "mobile_more": "mobile"}
_MORE = ("lines", "house_number", "name_more", "name_prefix", "further")
# What may stand before a name in its own cell: "Frau Dr. Helga Brandt".
SPOKEN = Choices({kind: [] for kind in ("mr", "ms", "neutral")}, "salutation")
# Headings that say the last name comes first; "Postfach" above a number alone.
_LAST_FIRST = re.compile(r"(?:nach|familien|zu)name,? ?/? ?(?:vor|ruf)name", re.IGNORECASE)
# For whom a letter to a firm is; where somebody lives.
_FOR = re.compile(
    r"(?:z\.? ?hd?s?\.?|zu händen|att?n\.?|asp\.?|ansprechpartner(?:in)?)(?: von\b)?[:\s]\s*",
    re.IGNORECASE,
)
_AT = re.compile(r"c/o|bei\b", re.IGNORECASE)
_BOX = re.compile(r"postfach|p\.? ?o\.? ?box", re.IGNORECASE)


def line(headings, target, value):
    """A value under the heading of its column.

    Shape: mapping of targets to headings, a target and a value in, text out. Errors: none.
    Source: issue 8 (nothing of a file is lost).

    >>> line({"fax": "Telefax"}, "fax", "07 1"), line({}, "fax", 5)
    ('Telefax: 07 1', '5')
    """
    return ": ".join(filter(None, (headings.get(target), str(value))))


def noted(values, *lines):
    """Puts lines below the note.

    Shape: dictionary of values, which is changed, and texts in, nothing out. Errors: none.
    Source: as line.

    >>> values = {"comment": "A"}
    >>> noted(values, "B")
    >>> values
    {'comment': 'A\\nB'}
    """
    if lines:
        values["comment"] = "\n".join(filter(None, [values.get("comment"), *lines]))


def gathered(said):
    """The values by whose they are ("" for those of the contact), and what is to be joined.

    Shape: as import_rows.composed in, two dictionaries out. Errors: none. Source: issue 8.

    >>> sides, more = gathered([("zip", "1", ""), ("company.zip", "2", ""), ("comment", "A", "")])
    >>> sides, more["lines"]
    ({'': {'zip': '1'}, 'company': {'zip': '2'}}, ['A'])
    """
    sides, more = {"": {}}, {kind: [] for kind in _MORE}
    for target, value, heading in (_told(*one) for one in said):
        head, _point, base = target.partition(".")
        if value is None:
            _emptied(sides, target)
            continue
        if head == "figure":
            _figure(sides[""], base, value)
        elif base:
            sides.setdefault(head, {})[base] = value
        elif target in _LISTS:
            words = value if isinstance(value, list) else [value]
            sides[""].setdefault(_LISTS[target], []).extend(words)
        elif target in _JOINED:
            told = f"{heading}: {value}" if target == "comment_line" and heading else str(value)
            more[_JOINED[target]].append(told)
        elif target in _FURTHER:
            more["further"].append((_FURTHER[target], value, heading))
        elif target == "street2" and sides[""].get("street2"):
            sides[""]["street2"] += f", {value}"
        elif target not in ("consent", "ignore"):
            sides[""][target] = value
    return sides, more


def _emptied(sides, target):
    """An empty cell that deletes: only what its column fills alone, and no word of a list."""
    head, _point, base = target.partition(".")
    if target in ("comment", "street2"):
        sides[""].setdefault(target, None)
    elif not {target} & {*_LISTS, *_JOINED, *_FURTHER} and head != "figure":
        sides.setdefault(head if base else "", {})[base or target] = None


def _told(target, value, heading):
    """What is said by its heading: the last name first, the number of a post-office box."""
    if target == "name_last_first":
        return "name", value and last_first(value, sure=False), heading
    if value and heading and target.endswith(("name", "street2")):
        base = target.rpartition(".")[2]
        if base == "name" and _LAST_FIRST.match(heading):
            value = last_first(value)
        if base == "street2" and _BOX.match(heading) and value[:1].isdigit():
            value = f"Postfach {value}"
    return target, value, heading


def _figure(values, base, value):
    """A key figure of a year into the list of years."""
    name, _colon, year = base.partition(":")
    figures = values.setdefault("figures", [])
    year = int(year) if year.isdigit() else None
    for figure in figures:
        if figure["year"] == year:
            figure[name] = value
            return
    figures.append({"year": year, name: value})


def joined(own, person, more, headings):
    """What several columns say of one value.

    Shape: values of the contact and of a person there, which are changed, what is to be joined,
    and the headings by target in, nothing out. Errors: none. Source: as gathered.

    >>> sides, more = gathered([("street", "Weg", ""), ("house_number", 5, "")])
    >>> joined(sides[""], {}, more, {})
    >>> sides[""]
    {'street': 'Weg 5'}
    """
    if more["lines"]:
        own["comment"] = "\n".join(more["lines"])
    for name, value, heading in more["further"]:
        if not own.get(name):
            own[name] = value
        elif value != own[name]:
            noted(own, f"{heading}: {value}" if heading else value)
    if more["house_number"]:
        own["street"] = " ".join([own.get("street") or "", *more["house_number"]]).strip()
    if more["name_prefix"] and own.get("lastname"):
        before = [word for word in more["name_prefix"] if word not in own["lastname"].split()]
        own["lastname"] = " ".join([*before, own["lastname"]])
    elif more["name_prefix"]:
        noted(own, *(line(headings, "name_prefix", word) for word in more["name_prefix"]))
    for part in more["name_more"]:
        if own.get("company") or looks_like_company(own.get("name", "")) or is_firm(own):
            _more_of_firm(own, person, part)
        else:
            _more_of_person(own, part)


def _more_of_firm(own, person, part):
    """A further line of the name of a firm: more of it, or somebody there."""
    name = "company" if own.get("company") else "name"
    found = _somebody(part, own.get(name, ""))
    if not found:
        own[name] = f"{own.get(name, '')} {part}".strip()
    elif person.get("lastname") or person.get("firstname") or own.get("lastname"):
        noted(own, part)
    else:
        person |= found


def _somebody(part, firm):
    """The person whom a line names: addressed, or by first and last name below a legal form."""
    told = _FOR.sub("", part)
    parts = parts_of("person", told)
    if "salutation" in parts:
        parts["salutation"] = SPOKEN.find(parts["salutation"]).value
    named = has_form(firm) and len(told.split()) == 2 and is_firstname(parts.get("firstname", "-"))
    addressed = told != part or "salutation" in parts
    known = parts.get("salutation", "mr") in SPOKEN.keys
    return parts if (named or addressed) and known and "company" not in parts else {}


def _more_of_person(own, part):
    """A further line below the name of a person: the first name, the firm, or of the address."""
    last = own.get("lastname") or own.get("name") or ""
    alone = len(last.split()) == 1 and not own.get("firstname")
    if alone and is_firstname(part) and all(map(is_firstname, part.split())):
        own |= {"firstname": part, "lastname": own.pop("name", None) or last}
    elif has_form(part) and not _AT.match(part):
        own["company"] = part
    else:
        own["street2"] = f"{part}, {own['street2']}" if own.get("street2") else part


def is_firm(values):
    """What the row says of its kind: True, False, or None where it says nothing.

    Shape: values of the contact in, yes, no or nothing out. Errors: none. Source: as gathered.

    >>> is_firm({"company_type": "company"}), is_firm({"salutation": "Firma"}), is_firm({})
    (True, True, None)
    """
    if values.get("company_type"):
        return values["company_type"] == "company"
    if values.get("is_company") is not None:
        return bool(values["is_company"])
    kind = salutation_kind(values.get("salutation") or "")
    return True if kind == "company" else None
