from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..kernel.stages import STAGES
from .field import KINDS

# The fields of a rule that say who is asked for what; the others say why and where.
_ASKING = {"catalogue_id", "level", "customer_kind", "customer_stage", "domain", "company_id"}
_ASKING |= {"date_from", "date_to", "active", "campaign_id", "product_tmpl_id"}
_GATES = [("off", "Off"), ("warn", "Warn"), ("refuse", "Refuse")]


class KundenFieldRule(models.Model):
    """RULE: whom to ask for a field, why and from when; every door asks in its own way."""

    _name = "kunden.field.rule"
    _inherit = [
        "mail.thread",
        "kunden.field.rule.sql.mixin",
        "kunden.field.rule.count.mixin",
        "kunden.field.rule.portal.mixin",
        "kunden.field.rule.plan.mixin",
        "kunden.field.rule.import.mixin",
    ]
    _description = "Mandatory Field"
    _order = "sequence, id"

    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True, tracking=True)
    catalogue_id = fields.Many2one(
        "kunden.field", string="Field", required=True, index=True, ondelete="cascade", tracking=True
    )
    level = fields.Selection(
        [("recommended", "Recommended"), ("required", "Required")],
        required=True,
        default="required",
        tracking=True,
        help="Recommended: counts in the completeness and refuses nothing.",
    )
    customer_kind = fields.Selection(
        KINDS,
        string="For",
        compute="_compute_customer_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    customer_stage = fields.Selection(
        STAGES,
        string="Stage",
        tracking=True,
        help="Empty: in every stage.",
    )
    domain = fields.Char(string="Condition", default="[]", tracking=True)
    owner_id = fields.Many2one(
        "res.users",
        string="Condition by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        help="The condition is judged with the rights of whoever has written it.",
    )
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="Until", tracking=True)
    reason = fields.Char(
        translate=True, tracking=True, help="Told to whoever is asked for the field."
    )
    company_id = fields.Many2one(
        "res.company",
        help="Empty: in every company. Else its contacts and those shared by all companies.",
    )
    campaign_id = fields.Many2one(
        "utm.campaign", help="The rule ends when the campaign is archived.", tracking=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product Offer",
        help="The rule ends when the product is archived.",
        tracking=True,
    )
    ask_api = fields.Boolean(
        string="Strict Interfaces",
        default=True,
        help="Users flagged as strict integration are refused; all others only mark the file.",
    )
    gate_order = fields.Selection(
        _GATES, string="Confirming an Order", required=True, default="off", tracking=True
    )
    gate_invoice = fields.Selection(
        _GATES, string="Posting an Invoice", required=True, default="off", tracking=True
    )

    @api.depends("catalogue_id")
    def _compute_customer_kind(self):
        for rule in self:
            rule.customer_kind = rule.customer_kind or rule.catalogue_id.customer_kind or "any"

    @api.depends("catalogue_id.name", "level", "customer_kind", "customer_stage")
    @api.depends_context("lang")
    def _compute_display_name(self):
        told = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("level", "customer_kind", "customer_stage")
        }
        for rule in self:
            words = [told[name].get(rule[name]) for name in told]
            rule.display_name = f"{rule.catalogue_id.name}: {', '.join(filter(None, words))}"

    @api.constrains("catalogue_id", "domain", "ask_portal", "date_from", "date_to")
    def _check_rule(self):
        """A rule that nobody could keep is not made."""
        for rule in self:
            if problem := rule._problem():
                raise ValidationError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        """The rules hold at once at every door; all files are judged anew."""
        rules = super().create([self._own_words(vals) for vals in vals_list])
        self._changed()
        return rules

    def write(self, vals):
        """Changed rules hold at once; whoever writes a condition answers for it."""
        if {"domain", "owner_id"} & vals.keys():
            vals = self._own_words(vals)
        done = super().write(vals)
        self._changed(judge=bool(_ASKING & vals.keys()))
        return done

    @api.model
    def _own_words(self, vals):
        """A condition is judged with the rights of whoever writes it, never with another's."""
        return {**vals, "owner_id": self.env.uid}

    def unlink(self):
        """What is asked no more is not missing any more."""
        done = super().unlink()
        self._changed()
        return done

    @api.model
    def _changed(self, judge=True):
        """Every process forgets what it knew of the rules; all files are to be judged anew."""
        self.env.registry.clear_cache()
        self.env.registry.clear_cache("templates")
        if judge:
            self.env["kunden.field.check"]._begin()

    @api.model
    def _changed_on(self, entries):
        """What a line of the catalogue says has changed: all is judged anew if a rule is on it."""
        # sudo: whoever may change the line need not see the rules of other companies
        rules = self.sudo().with_context(active_test=False)
        if rules.search_count([("catalogue_id", "in", entries.ids)], limit=1):
            self._changed()

    @api.model
    def _offers(self):
        """The fields of a rule that name the offer with whose end it ends."""
        return ["campaign_id", "product_tmpl_id"]

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    @api.model
    @tools.ormcache("today")
    def _in_force(self, today):
        """The ids of the rules that ask on that day, in their order, as a tuple."""
        # sudo: everybody who saves a contact is asked, also who may not read the rules
        rules = self.sudo().with_context(active_test=False)
        asking = Domain("active", "=", True) & Domain("catalogue_id.active", "=", True)
        asking &= Domain("catalogue_id.sensitivity", "!=", "special")
        for name, operator in (("date_from", "<="), ("date_to", ">=")):
            asking &= Domain(name, "=", False) | Domain(name, operator, today)
        for name in self._offers():
            asking &= Domain(name, "=", False) | Domain(f"{name}.active", "=", True)
        # a rule that cannot be judged any more asks nobody, and its screen says why
        return tuple(rules.search(asking).filtered(lambda rule: not rule._problem()).ids)

    @api.model
    def _marks(self, company_id):
        """The ids of the rules that mark fields in views today, for whoever works there."""
        return self._marks_on(self._today(), company_id)

    @api.model
    @tools.ormcache("today", "company_id")
    def _marks_on(self, today, company_id):
        # sudo: see _in_force
        rules = self.sudo().browse(self._in_force(today))
        return tuple(
            rules.filtered(
                lambda rule: rule.level == "required" and rule.company_id.id in (False, company_id)
            ).ids
        )

    @api.model
    def _required_today(self):
        """The required rules that ask today, with the rights to read them."""
        # sudo: see _in_force; what is told of them is told to whoever is refused
        rules = self.sudo().browse(self._in_force(self._today()))
        return rules.filtered(lambda rule: rule.level == "required")

    def _unmet(self, partner, catalogue_ids, company=None):
        """Those of these rules that ask this contact for one of these fields.

        The rules of another company ask a contact that all companies share only at their own doors.
        """
        company = partner.company_id or company or self.env.company
        return self.filtered(
            lambda rule: (
                rule.catalogue_id.id in catalogue_ids
                and rule.company_id in (rule.company_id.browse(), company)
                and rule._asks(partner)
            )
        )

    def _asks(self, partner):
        """Whether this rule asks this contact, judged with the rights of its owner."""
        return bool(self._asked_among(partner))

    def _asked_among(self, partners, stage=None):
        """Those of these contacts whom this rule asks, or would ask in that stage.

        At most one query for all of them.
        """
        self.ensure_one()
        kinds = {"company": {"company"}, "private": {"private"}, "person": {"private", "contact"}}
        asked = partners.filtered(
            lambda partner: (
                self.customer_stage in (False, stage or partner.customer_stage)
                and partner.customer_kind in kinds.get(self.customer_kind, {partner.customer_kind})
            )
        )
        condition = self._condition()
        if condition.is_true() or not asked:
            return asked
        return asked & self._owned_partners().search(condition & Domain("id", "in", asked.ids))

    def _lines(self):
        """What to tell somebody who is asked: field, reason and rule, a line for each."""
        return [
            self.env._(
                "- %(field)s: %(reason)s (%(rule)s)",
                field=rule.catalogue_id.name,
                reason=rule.reason or rule.catalogue_id.guidance or self.env._("required"),
                rule=rule.display_name,
            )
            for rule in self
        ]
