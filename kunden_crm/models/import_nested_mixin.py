from odoo import models

from ..kernel.search import fold

# Fields of the catalogue that are filled beside the columns of a contact, by the key of values.
_BESIDE = {
    "company": ("parent_id",),
    "household": ("household_id",),
    "tags": ("category_id",),
    "interests": ("interest_ids", "interest_topic_ids"),
    "figures": ("figure_ids",),
    "ibans": ("bank_ids",),
}


class KundenImportNestedMixin(models.AbstractModel):
    """What hangs on a contact, against what a row says of it: only what is new stays in the row."""

    _name = "kunden.import.nested.mixin"
    _inherit = "kunden.import.related.mixin"
    _description = "What Hangs on a Contact in an Import"

    def _filled_beside(self, values):
        """Names of fields that the row fills though they are no columns."""
        return {name for key, names in _BESIDE.items() if values.get(key) for name in names}

    def _compare_nested(self, step, row, old):
        """(key, write or same) for each thing that hangs on the contact."""
        partner = step.partners.get(row.found.partner_id)
        values, decided = row["values"], []
        for key in _BESIDE:
            if not values.get(key):
                continue
            known = old.get(key)
            left = getattr(self, f"_new_{key}")(partner, values[key], known)
            if key == "company" and not left:
                left = self._firm_to_write(row, partner, values[key])
            decided.append((key, "write" if left else "same"))
            if left:
                values[key] = left
            else:
                del values[key]
        return decided

    def _new_company(self, partner, company, known):
        """The firm, where the contact belongs to none yet."""
        return None if known or (partner and partner.parent_id) else company

    def _firm_to_write(self, row, partner, company):
        """The firm of the contact, where the row has something new of it; else a note that he
        stays with his own."""
        own = partner and partner.parent_id._filtered_access("read")
        if own and company.get("id") == own.id:
            return company if any(code == "write" for _name, code in row.of_others) else None
        if own:
            note = {"field": "parent_id", "code": "keep", "old": own.name, "new": company["name"]}
            row["notes"].append(note)
        return None

    def _new_household(self, partner, household, known):
        """The household, where the contact belongs to none yet."""
        return None if known or (partner and partner.household_id) else household

    def _new_tags(self, partner, tags, known):
        return _without(tags, known, partner and partner.category_id.mapped("name"))

    def _new_interests(self, partner, interests, known):
        return _without(interests, known, partner and partner.interest_ids.topic_id.mapped("name"))

    def _new_ibans(self, partner, ibans, known):
        return _without(ibans, known, partner and partner.bank_ids.mapped("sanitized_acc_number"))

    def _new_figures(self, partner, figures, known):
        """The figures of years of which this source has said nothing yet."""
        there = {figure["year"] for figure in known or ()}
        if partner:
            there |= set(partner.figure_ids.mapped("year"))
        return [figure for figure in figures if figure["year"] not in there]


def _without(words, *known):
    """Those of the words that nobody knows yet."""
    there = {_key(word) for some in known for word in some or ()}
    return [word for word in words if _key(word) not in there]


def _key(word):
    return fold(str(word)).replace(" ", "")
