from functools import lru_cache

from odoo import api, fields, models
from odoo.fields import Domain

from ..kernel.phones import digits_key, search_forms
from ..kernel.search import fold, search_key, search_terms

# Of what a common word finds only so many are looked at for the few lines under a field.
_STARTING = 200
_CONTAINING = 1000


@lru_cache(maxsize=20000)
def _forms(word):
    """The folded word and its other spellings; towns and first names come again and again."""
    folded, key = fold(word), search_key(word)
    return folded, key[len(folded) + 1 :]


class KundenSearchMixin(models.AbstractModel):
    """Quick search by any part of what is known, over an index that holds a million contacts."""

    _name = "kunden.search.mixin"
    _inherit = "kunden.merge.mixin"
    _description = "Quick Search"

    search_key_ids = fields.One2many(
        "kunden.search.key",
        "source_id",
        string="Texts for the Quick Search",
        groups=fields.NO_ACCESS,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """New contacts are found at once."""
        partners = super().create(vals_list)
        self.env["kunden.search.key"]._fill(partners)
        return partners

    def write(self, vals):
        """A contact that gets a company is one by whom the company is found."""
        result = super().write(vals)
        if vals.get("parent_id"):
            self.env["kunden.search.key"]._fill_company_rows(self)
        return result

    def _after_merge(self, survivor, household, role):
        """Who survives is found by his own text alone, not by that of those who go."""
        result = super()._after_merge(survivor, household, role)
        self.env["kunden.search.key"]._fill_again(survivor)
        return result

    def _quick_search_key(self):
        """The text by which this contact is found; the name comes first."""
        texts = (
            self.complete_name,
            self.ref,
            self.email,
            self.street,
            self.street2,
            self.zip,
            self.city,
            self.vat,
            self.company_registry,
            self._phone_digits("phone"),
            self._phone_digits("mobile"),
        )
        forms = list(map(_forms, " ".join(filter(None, texts)).split()))
        words = [word for word, _others in forms] + [others for _word, others in forms if others]
        return " ".join(dict.fromkeys(words))

    def _phone_digits(self, name):
        return (self[f"{name}_e164"] or "")[1:] or (digits_key(self[name]) if self[name] else "")

    @api.model
    def _search_display_name(self, operator, value):
        """Core's `ilike`, in folded text and more columns; other operators are core's."""
        needles = self._quick_search_needles(value) if operator == "ilike" else None
        if needles is None:
            return super()._search_display_name(operator, value)
        return self.env["kunden.search.key"]._found_by(needles)

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Core's offers under a field; the one with this number first, then who is called so."""
        needles = self._quick_search_needles(name) if operator == "ilike" and limit else None
        if needles is None:
            return super().name_search(name, domain, operator, limit)
        found = self.browse()
        for stage in self._quick_search_stages(name, needles):
            wanted = Domain(domain or Domain.TRUE) & stage & Domain("id", "not in", found.ids)
            found += self.search(wanted, limit=limit - len(found))
            if len(found) == limit:
                break
        found.fetch(["display_name"])
        # sudo: as in core, the name of what was found is shown
        return [(partner.id, partner.display_name) for partner in found.sudo()]

    @api.model
    def _quick_search_stages(self, text, needles):
        """Domains of better and of worse matches; together they are complete.

        A common word finds a tenth of all contacts. Sorting them for eight lines takes longer than
        the eye waits, so some are looked at first, and all only if too few of those may be offered.
        """
        keys = self.env["kunden.search.key"]
        number = text.strip()
        if any(char.isdigit() for char in number):
            yield Domain("ref", "in", [number, number.upper()])
        yield Domain("id", "in", keys._starting_with(fold(text), _STARTING))
        containing = keys._containing(needles, _CONTAINING)
        yield Domain("id", "in", containing)
        if len(containing) == _CONTAINING:
            yield keys._found_by(needles)

    @api.model
    def _quick_search_needles(self, text):
        """What the texts must hold, as a domain on them; None without letters and digits."""
        text = text if isinstance(text, str) else ""
        terms = search_terms(text)
        if not any(needle.isalnum() for term in terms for needle in term):
            return None
        region = self.env.company.country_id.code or ""
        words = Domain.AND(_one_of([*term, *search_forms(term[0], region)]) for term in terms)
        number = search_forms(text, region)
        return words | _one_of(number) if number else words


def _one_of(needles):
    return Domain.OR(Domain("key", "like", needle) for needle in dict.fromkeys(needles))
