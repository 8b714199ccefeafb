from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

NUMBERS = ("ref", "debtor_account")
_LOOK_AHEAD = 1000


class KundenNumberMixin(models.AbstractModel):
    """Customer number and debtor account: given once, never twice, and nothing breaks over them.

    No constraint of the database keeps them apart: a doubled number from an import, a merge or
    another program is stored and marked. Only a person who types a taken one is refused.
    """

    _name = "kunden.number.mixin"
    _inherit = ["kunden.door.mixin", "kunden.reading.mixin"]
    _description = "Customer Number"

    ref = fields.Char(string="Customer Number", copy=False)
    ref_is_doubled = fields.Boolean(
        string="Customer Number Is Doubled",
        compute="_compute_ref_is_doubled",
        search="_search_ref_is_doubled",
    )
    debtor_account = fields.Char(
        company_dependent=True,
        copy=False,
        help="The customer's account in financial accounting (DATEV: 10000 to 69999).",
    )
    debtor_account_is_doubled = fields.Boolean(
        compute="_compute_debtor_account_is_doubled",
        search="_search_debtor_account_is_doubled",
    )

    @api.model
    def _what_may_be_empty(self):
        return super()._what_may_be_empty() | {
            "ref_is_doubled": (
                False,
                "EXISTS (SELECT FROM res_partner WHERE ref = partner.ref AND id <> partner.id)",
            ),
        }

    @api.model
    def _name_labels(self):
        """Call fields of others as our screens do: core's own translations are there before."""
        for code, _name in self.env["res.lang"].get_installed():
            there = self.with_context(lang=code)
            number, form = there.env._("Customer Number"), there.env._("Legal Form")
            labels = [("res.partner", "ref", number), ("res.users", "ref", number)]
            for model, name, label in [*labels, ("res.partner.company.type", "name", form)]:
                field = self.env["ir.model.fields"]._get(model, name)
                field.update_field_translations("field_description", {code: label})

    @api.depends("ref")
    def _compute_ref_is_doubled(self):
        doubled = self._with_taken_number("ref")
        for partner in self:
            partner.ref_is_doubled = partner in doubled

    @api.depends("debtor_account")
    @api.depends_context("company")
    def _compute_debtor_account_is_doubled(self):
        doubled = self._with_taken_number("debtor_account")
        for partner in self:
            partner.debtor_account_is_doubled = partner in doubled

    @api.model
    def _search_ref_is_doubled(self, operator, value):
        return self._search_doubled("ref", operator, value)

    @api.model
    def _search_debtor_account_is_doubled(self, operator, value):
        return self._search_doubled("debtor_account", operator, value)

    @api.model
    def _search_doubled(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether a number is doubled does not depend on who looks
        everybody = self.sudo().with_context(active_test=False)
        several = everybody._read_group([(name, "!=", False)], [name], having=[("__count", ">", 1)])
        holders = everybody.search([(name, "in", [number for (number,) in several])])
        doubled = Domain("id", "in", holders._with_taken_number(name).ids)
        return Domain.OR(doubled if wanted else ~doubled for wanted in value)

    def _with_taken_number(self, name):
        """Those of us whose number another contact has too."""
        holders = self._number_holders(name, self.mapped(name))
        return self.filtered(lambda p: p._others_with(p[name], p.company_id, holders))

    @api.model
    def _number_holders(self, name, numbers):
        """Who has each of these numbers, archived contacts too: a dict from number to contacts."""
        # sudo: a number is taken also by somebody whom the user may not see
        everybody = self.sudo().with_context(active_test=False)
        holders = defaultdict(everybody.browse)
        if wanted := [number for number in numbers if number]:
            for holder in everybody.search_fetch([(name, "in", wanted)], [name, "company_id"]):
                holders[holder[name]] += holder
        return holders

    def _others_with(self, number, company, holders):
        """Who else has the number. Two companies of this database may each give it once."""
        others = holders[number] - self._origin
        return others.filtered(
            lambda other: not company or other.company_id in (company, company[:0])
        )

    def _prepare_human_values(self, vals):
        """A person who types a number that is taken hears who has it."""
        vals = super()._prepare_human_values(vals)
        company = self.env["res.company"].browse(vals.get("company_id") or ())
        company = company if "company_id" in vals else self.company_id
        for name in NUMBERS:
            if number := str(vals.get(name) or "").strip():
                holders = self._number_holders(name, [number])
                self._refuse_taken(number, self._others_with(number, company, holders))
                vals[name] = number
        return vals

    @api.model
    def _refuse_taken(self, number, others):
        if not others:
            return
        seen = self.with_context(active_test=False).search([("id", "in", others.ids)], limit=1)
        if seen:
            message = self.env._(
                "The number %(number)s belongs to %(name)s.", number=number, name=seen.display_name
            )
        else:
            message = self.env._("The number %s belongs to another contact.", number)
        raise ValidationError(message)

    def action_give_customer_number(self):
        """Give the next customer numbers to the commercial contacts that have none."""
        without = self.commercial_partner_id.filtered(lambda partner: not partner.ref)
        numbers = self._free_customer_numbers(len(without))
        for partner, number in zip(without, numbers, strict=False):
            partner.ref = number
        return True

    @api.model
    def _free_customer_numbers(self, count):
        """The next numbers that nobody has; fewer only where there is no sequence."""
        # sudo: the sequence belongs to the administrator, the next number to whoever needs it
        sequence = self.env["ir.sequence"].sudo()._of_customers()
        numbers, wanted = [], count
        while sequence and len(numbers) < count:
            drawn = sequence._draw(wanted)
            holders = self._number_holders("ref", drawn)
            numbers += [number for number in drawn if number not in holders]
            wanted = count - len(numbers)
            if holders:
                upcoming = sequence._peek(_LOOK_AHEAD)
                wanted += _taken_at_first(upcoming, self._number_holders("ref", upcoming))
        return numbers[:count]


def _taken_at_first(numbers, holders):
    """How many numbers in a row are taken, from the first on."""
    return next((at for at, number in enumerate(numbers) if number not in holders), len(numbers))
