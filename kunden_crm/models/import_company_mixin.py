from odoo import models
from odoo.tools import SQL

from ..kernel.search import fold

# So little certainty is enough for a firm of the same name to be looked at.
_ANY = 1
_SAME = {"core_same", "core_joined"}
_NUMBERS = {"vat_same", "registry_same", "ref_same"}
_NOT = {"form_other", "vat_other", "registry_other", "ref_other", "core_other"}
_HERE = {"address_same", "address_near", "street_same", "zip_same", "city_same"}
_AT_WORK = """
SELECT id, parent_id, firstname, lastname, name FROM res_partner
 WHERE parent_id = ANY(%s) AND active AND type = 'contact' AND is_company IS NOT TRUE
"""


class KundenImportCompanyMixin(models.AbstractModel):
    """The firms and households that rows belong to: found in the customer file or in the file."""

    _name = "kunden.import.company.mixin"
    _inherit = "kunden.import.words.mixin"
    _description = "Firms and Households of an Import"

    def _find_firms(self, step):
        """Say of each firm whether it is there already, or which row of the file is it."""
        firms = {}
        for row in step.rows:
            if company := row["values"].get("company"):
                firms.setdefault(company["key"], company)
        if not firms:
            return
        typed = {key: step.plan.typed(company) for key, company in firms.items()}
        table = self.env["kunden.import.key"]
        others = table._firms(self.id, {one["core_joined"] for one in typed.values()})
        places = {key: _place_of(typed[key], others) for key in firms}
        hits = table._look_up([place for place in places.values() if place], _ANY)
        readable = self._readable({hit[0] for some in hits.values() for hit in some})
        told = {
            key: self._settled_firm(
                firms[key],
                typed[key],
                others.get(typed[key]["core_joined"], ()),
                [hit for hit in hits.get(places[key], ()) if hit[0] in readable],
            )
            for key in firms
        }
        for row in step.rows:
            if company := row["values"].get("company"):
                found, asks = told[company["key"]]
                row["values"]["company"] = {**company, "row_id": None, "id": None} | found
                row.asks = (*row.asks, *asks)

    def _readable(self, ids):
        return set(self.env["res.partner"].browse(ids)._filtered_access("read").ids)

    def _settled_firm(self, company, typed, others, hits):
        """(what is known of a firm, what is to be asked)."""
        there = _there(hits, bool(typed["zip"] or typed["city"]))
        if len(there) == 1:
            return {"id": there[0]}, ()
        if there:
            names = self.env["res.partner"].browse(there).mapped("display_name")
            return {}, (("company_several", {"names": ", ".join(names)}),)
        alike = [other for other in others if _may_be(typed, other)]
        zips = {other[2] for other in alike if other[2]}
        rows = [other[0] for other in alike if other[0] > 0]
        if len(zips) > 1:
            return {}, (("company_several", {"names": company["name"]}),)
        # the only firm of this name in the file has the place and the form that another row knows
        form = next((other[1] for other in alike if other[1]), None)
        parts = (typed["core_joined"], form, *zips)
        return {"key": "|".join(map(str, parts)), "row_id": rows[0] if rows else None}, ()

    def _find_at_work(self, step):
        """A person of the same name in the same firm is the same."""
        firms = {}
        for row in step.rows:
            company = row["values"].get("company") or {}
            if company.get("id"):
                firms.setdefault(company["id"], []).append(row)
        if not firms:
            return
        for number, firm, first, last, name in self.env.execute_query(SQL(_AT_WORK, [*firms])):
            for row in firms[firm]:
                values = row["values"]
                same = (first, last) == (values.get("firstname"), values.get("lastname"))
                if same or fold(name) == fold(values["name"]):
                    hits = [hit for hit in step.people.get(row["id"], ()) if hit[0] != number]
                    found = (number, 100, ["first_same", "last_same"])
                    step.people[row["id"]] = [found, *hits]

    def _find_households(self, step):
        """Say of each household that a row names whether it is there already."""
        named = [row for row in step.rows if row["values"].get("household")]
        names = {}
        for row in named:
            household = row["values"]["household"]
            if not any(char.isalpha() for char in household["key"]):
                household["name"] = self.env._("Household %s", household["name"])
                continue
            names.setdefault(household["name"], []).append(row)
            names.setdefault(self.env._("Household %s", household["name"]), []).append(row)
        if not names:
            return
        found = self.env["kunden.household"].search_fetch([("name", "in", [*names])], ["name"])
        for name, homes in found.grouped("name").items():
            for row in names[name]:
                if len(homes) == 1:
                    row["values"]["household"]["id"] = homes.id
                else:
                    row.asks = (*row.asks, ("household_several", {"names": name}))


def _place_of(typed, others):
    """The number under which the keys of this firm are stored."""
    for number, form, zip_code, _vat in others.get(typed["core_joined"], ()):
        if number < 0 and (form, zip_code) == (typed["form"], typed["zip"]):
            return number
    return 0


def _may_be(typed, other):
    """Whether a firm of the same name in the file can be this one."""
    pairs = zip((typed["form"], typed["zip"], typed["vat"]), other[1:], strict=True)
    return all(one is None or two is None or one == two for one, two in pairs)


def _there(hits, has_place):
    """The firms of the customer file that this one is."""
    numbered = [hit[0] for hit in hits if _NUMBERS & set(hit[2]) and not _NOT & set(hit[2])]
    if numbered:
        return numbered
    named = [hit for hit in hits if _SAME & set(hit[2]) and not _NOT & set(hit[2])]
    here = [hit[0] for hit in named if _HERE & set(hit[2])]
    if has_place:
        return here or [hit[0] for hit in named if "address_other" not in hit[2]]
    return [hit[0] for hit in named]
