import re
from collections.abc import Set
from functools import lru_cache

from odoo import api, fields, models
from odoo.fields import Domain

from ..kernel.phone_search import search_forms
from ..kernel.search import fold, search_terms, word_forms
from ..kernel.text import is_storable

# Of what a common word finds only so many are looked at for the few lines under a field.
_GOOD = 100
_FAIR = 500


@lru_cache(maxsize=20000)
def _forms(word):
    """The folded word and its other spellings, "" for a sign; most words come again and again."""
    folded, others = word_forms(word)
    return (folded, " ".join(others)) if any(map(str.isalnum, folded)) else ("", "")


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

    def _after_merges(self):
        """Who survives is found by his own text alone, not by that of those who go."""
        result = super()._after_merges()
        self.env["kunden.search.key"]._fill_again(self)
        return result

    def _after_undo(self):
        """Everybody is found by the values that he has now."""
        result = super()._after_undo()
        self.env["kunden.search.key"]._fill_again(self)
        return result

    def _quick_search_key(self):
        """The text by which this contact is found: the name first, a blank around every word."""
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
        # A domain comes again and again, an address does not.
        text = " ".join(filter(None, texts)).replace("@", " ")
        forms = list(map(_forms, text.split()))
        words = [word for word, _others in forms if word]
        words += dict.fromkeys(others for _word, others in forms if others)
        return f" {' '.join(words)} "

    def _read_alike(self, wanted):
        """Which of these contacts are found as before once texts (id to name to text) are theirs.

        And per field of a number the ids of those for whom the same is dialled.
        """
        numbers, others, dialled = self._no_value_codes(), set(), {}
        for partner in self:
            texts = wanted[partner.id]
            asked = numbers.keys() & texts.keys()
            if all(partner._dials_alike(name, texts[name]) for name in asked):
                for name in asked:
                    dialled.setdefault(name, []).append(partner.id)
            else:
                others.add(partner.id)
            if any(not _alike(partner[name], texts[name]) for name in texts.keys() - asked):
                others.add(partner.id)
        # a contact person is found by the name of his company too
        return self.filtered(
            lambda partner: others.isdisjoint(
                (partner.id, partner.parent_id.id, partner.commercial_partner_id.id)
            )
        ), dialled

    def _phone_digits(self, name):
        """The digits of a number, those that were typed where it cannot be read."""
        number = self[f"{name}_e164"]
        return number[1:] if number else re.sub("[^0-9]", "", self[name] or "")

    @api.model
    def _search(self, domain, *args, **options):
        """As core; a text that no contact can hold, with half a character in it, finds nothing."""
        domain = Domain(domain)
        if not all(map(_can_be_asked, domain.iter_conditions())):
            domain = domain.map_conditions(_as_it_can_be_asked)
        return super()._search(domain, *args, **options)

    @api.model
    def _search_display_name(self, operator, value):
        """Core's `ilike`, in folded text and more columns; other operators are core's."""
        if _cannot_be_held(value):
            return Domain(operator in Domain.NEGATIVE_OPERATORS)
        needles = self._quick_search_needles(value) if operator == "ilike" else None
        if needles is None:
            return super()._search_display_name(operator, value)
        return self.env["kunden.search.key"]._found_by(needles)

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Core's offers under a field; the one with this number first, then who is called so."""
        if _cannot_be_held(name):
            return []
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
        keys, number = self.env["kunden.search.key"], text.strip()
        if any(char.isdigit() for char in number):
            yield Domain("ref", "in", [number, number.upper()])
        yield Domain("id", "in", keys._starting_with(f" {fold(text)}", _GOOD))
        yield Domain("id", "in", keys._containing(Domain("key", "like", f" {fold(text)} "), _GOOD))
        containing = keys._containing(needles, _FAIR)
        yield Domain("id", "in", containing)
        if len(containing) == _FAIR:
            yield keys._found_by(needles)

    @api.model
    def _quick_search_needles(self, text):
        """What the texts must hold, as a domain on them; None without letters and digits."""
        text = text if isinstance(text, str) else ""
        terms = search_terms(text)
        if not any(needle.isalnum() for term in terms for needle in term):
            return None
        # Only a number lies in a country.
        region = self.browse()._region(None) if any(map(str.isdigit, text)) else ""
        words = Domain.AND(_one_of([*term, *search_forms(term[0], region)]) for term in terms)
        number = search_forms(text, region)
        return words | _one_of(number) if number else words


def _one_of(needles):
    return Domain.OR(Domain("key", "like", needle) for needle in dict.fromkeys(needles))


def _cannot_be_held(value):
    return isinstance(value, str) and not is_storable(value)


def _can_be_asked(condition):
    """Whether the database can be asked for the value of a condition."""
    value = condition.value
    if not isinstance(value, list | tuple | Set) or condition.field_expr == "id":
        return not _cannot_be_held(value)
    return not any(map(_cannot_be_held, value))


def _as_it_can_be_asked(condition):
    """The condition without the texts that no contact holds."""
    value = condition.value
    if _can_be_asked(condition):
        return condition
    if isinstance(value, str):
        return Domain(condition.operator in Domain.NEGATIVE_OPERATORS)
    held = [each for each in value if not _cannot_be_held(each)]
    return Domain(condition.field_expr, condition.operator, held)


def _alike(text, other):
    """Whether two texts are found by the same words."""
    words, others = (f"{one or ''}".replace("@", " ").split() for one in (text, other))
    return list(map(_forms, words)) == list(map(_forms, others))
