from odoo import api, fields, models
from odoo.fields import Command, Domain

LEVELS = [("no", "No"), ("recommended", "Recommended"), ("required", "Required")]
# Kinds of columns of which nobody can say that they are empty; a tick never is.
_UNASKABLE = {"boolean", "json", "properties", "properties_definition", "serialized"}


class KundenFieldLevelMixin(models.AbstractModel):
    """Whom the plain rules ask for a field: those for one kind of customer and nothing else.

    Rules that say more (stage, condition, period, offer, company, everybody) are told in words.
    """

    _name = "kunden.field.level.mixin"
    _inherit = ["kunden.field.legal.mixin", "kunden.field.guideline.mixin"]
    _description = "Levels at Which a Field Is Asked"

    level_company = fields.Selection(
        LEVELS,
        string="Companies",
        compute="_compute_level_company",
        inverse="_inverse_level_company",
    )
    level_private = fields.Selection(
        LEVELS,
        string="Private Customers",
        compute="_compute_level_private",
        inverse="_inverse_level_private",
    )
    asks_company = fields.Boolean(compute="_compute_asks")
    asks_private = fields.Boolean(compute="_compute_asks")
    own_rules = fields.Char(
        compute="_compute_own_rules",
        help="Mandatory fields with a stage, a condition, a period, an offer or a company, and"
        " those for everybody: they stay as they are and are changed under Mandatory Fields.",
    )

    @api.model
    def _asked_kinds(self):
        """The kinds of customers of which the assistant asks one by one."""
        return ("company", "private")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_level_company(self):
        self._take_levels("company")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_level_private(self):
        self._take_levels("private")

    def _take_levels(self, kind):
        levels = self.env["kunden.field.rule"]._levels(self._origin)
        for entry in self:
            entry[f"level_{kind}"] = levels.get((entry._origin.id, kind), "no")

    def _inverse_level_company(self):
        self._hand_levels("company")

    def _inverse_level_private(self):
        self._hand_levels("private")

    def _hand_levels(self, kind):
        levels = {(entry.id, kind): entry[f"level_{kind}"] for entry in self}
        self.env["kunden.field.rule"]._set_levels(levels)

    @api.depends("customer_kind", "sensitivity", "field_id")
    def _compute_asks(self):
        for entry in self:
            can = not entry._unaskable()
            entry.asks_company = can and entry.customer_kind in ("any", "company")
            entry.asks_private = can and entry.customer_kind != "company"

    def _unaskable(self):
        """Why nobody can be asked for this field, as a sentence; None where one can."""
        self.ensure_one()
        field = self.env["res.partner"]._fields.get(self.technical_name)
        if not field or field.type in _UNASKABLE:
            return self.env._("“%s” has no empty state, so it cannot be asked for.", self.name)
        if not field.store and not field.search:
            return self.env._("“%s” is computed and cannot be asked for.", self.name)
        if self.sensitivity == "special":
            return self.env._("“%s” cannot be filled in yet, so nobody is asked.", self.name)
        return None

    @api.model
    def _guided(self):
        """The fields to decide on: what serves a goal, own fields, and what is asked anyway."""
        rules = self.env["kunden.field.rule"]._search([])
        asked = Domain("id", "in", rules.subselect("catalogue_id"))
        own = Domain("is_own", "=", True)
        return self.search(Domain("goal_ids.active", "=", True) | own | asked)

    def _follows(self):
        """What follows from the levels of these lines, in a sentence."""
        levels = {
            (entry._origin.id, kind): entry[f"level_{kind}"]
            for entry in self
            for kind in self._asked_kinds()
        }
        return self.env["kunden.field.rule"]._foresee(levels)

    @api.model
    def _write_lines(self, commands):
        """Changes of many lines at once: their levels together, so that files are judged once."""
        levels = {}
        for kind, number, vals in commands:
            if kind != Command.UPDATE:
                continue
            entry, vals = self.browse(number), dict(vals)
            for kind in self._asked_kinds():
                if f"level_{kind}" in vals:
                    levels[number, kind] = vals.pop(f"level_{kind}")
            if vals:
                entry.write(vals)
        if levels:
            self.env["kunden.field.rule"]._set_levels(levels)

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_own_rules(self):
        rules = self.env["kunden.field.rule"]
        others = rules._other_rules(self._origin).grouped("catalogue_id")
        for entry in self:
            told = others.get(entry._origin, rules)
            entry.own_rules = "; ".join(rule._in_short() for rule in told) or False
