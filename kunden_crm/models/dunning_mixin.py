import operator as compare

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

_ALL = SQL("TRUE")
_OPERATORS = {"<": compare.lt, "<=": compare.le, ">": compare.gt, ">=": compare.ge}
READERS = (
    "kunden_crm.group_reader,sales_team.group_sale_salesman,"
    "account.group_account_invoice,account.group_account_readonly"
)
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class KundenDunningMixin(models.AbstractModel):
    """How far the dunning of a customer has gone, and what stops it.

    The level belongs to the commercial contact, all its contacts show it. It is the highest level
    sent for an item that is still open, in the companies that the user works in.
    """

    _name = "kunden.dunning.mixin"
    _inherit = ["kunden.dunning.block.mixin", "kunden.reading.mixin"]
    _description = "Dunning of a Customer"

    dunning_level = fields.Integer(
        compute="_compute_dunning",
        search="_search_dunning_level",
        help="The highest dunning level sent for an open invoice; 0 is not dunned.",
    )
    last_dunning_date = fields.Date(
        string="Last Dunned On",
        compute="_compute_dunning",
        help="When the last reminder of an open invoice went out.",
    )
    dunning_note = fields.Char(compute="_compute_dunning", string="Dunned")
    dunning_step_ids = fields.One2many(
        "kunden.dunning.step", "partner_id", string="Dunning Steps", groups=READERS
    )

    @api.model
    def _what_may_be_empty(self):
        step = """
            EXISTS (SELECT FROM credit_control_line
                     WHERE commercial_partner_id = partner.commercial_partner_id)
        """
        return super()._what_may_be_empty() | {
            "credit_control_count": (0, step),
            "credit_control_analysis_ids": ((), step),
            "dunning_step_ids": ((), step),
            "dunning_level": (0, step),
            "last_dunning_date": (None, step),
            "dunning_note": (None, step),
        }

    def _compute_credit_control_count(self):
        """Readable for whoever sees the customer, also where he may not read the reminders."""
        # sudo: only the number of reminders leaves, of the companies that the user works in
        counted = (
            self.env["credit.control.line"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.filtered(lambda partner: not partner.parent_id).ids),
                    ("company_id", "in", [False, *self.env.companies.ids]),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        counts = {partner.id: count for partner, count in counted}
        for partner in self:
            partner.credit_control_count = counts.get(partner.id, 0)

    @api.depends_context("allowed_company_ids", "lang")
    def _compute_dunning(self):
        found = {}
        if companies := tuple(self.commercial_partner_id.ids):
            rows = self.env.execute_query(
                self._dunned_sql(SQL("line.commercial_partner_id IN %s", companies))
            )
            found = {row[0]: row[1:] for row in rows}
        for partner in self:
            level, day = found.get(partner.commercial_partner_id._origin.id, (0, False))
            partner.dunning_level = level
            partner.last_dunning_date = day
            partner.dunning_note = bool(level) and self.env._(
                "Dunned: level %(level)s on %(day)s", level=level, day=format_date(self.env, day)
            )

    @api.model
    def _dunned_sql(self, where=_ALL, having=_ALL):
        """Commercial contact, highest level sent for an open item, and the day of the last one."""
        lines = self.env["credit.control.line"]
        lines.flush_model(["state", "level", "date_sent", "date", "manually_overridden"])
        lines.flush_model(["commercial_partner_id", "company_id", "move_line_id"])
        self.env["account.move.line"].flush_model(["reconciled"])
        return SQL(
            """SELECT line.commercial_partner_id, max(line.level),
                      max(coalesce(line.date_sent, line.date))
                 FROM credit_control_line line
                 JOIN account_move_line item ON item.id = line.move_line_id
                WHERE line.state = 'sent' AND line.manually_overridden IS NOT TRUE
                  AND item.reconciled IS NOT TRUE AND line.company_id IN %s AND %s
                GROUP BY line.commercial_partner_id HAVING %s""",
            tuple(self.env.companies.ids),
            where,
            having,
        )

    def _search_dunning_level(self, operator, value):
        if operator == "in":
            levels = tuple(level for level in value if level)
            return Domain.OR(
                [
                    self._dunned_domain(SQL("max(line.level) IN %s", levels or (0,))),
                    *([~self._dunned_domain(_ALL)] if len(levels) < len(value) else []),
                ]
            )
        if operator not in _OPERATORS:
            return NotImplemented
        undunned = _OPERATORS[operator](0, value)
        asked = _OPPOSITE[operator] if undunned else operator
        dunned = self._dunned_domain(SQL("max(line.level) %s %s", SQL(asked), value))
        return ~dunned if undunned else dunned

    @api.model
    def _dunned_domain(self, having):
        """The contacts whose customer is dunned like that."""
        dunned = SQL(
            "(SELECT commercial_partner_id FROM (%s) dunned)", self._dunned_sql(having=having)
        )
        return Domain("commercial_partner_id", "in", dunned)

    def action_open_dunning_steps(self):
        """Open what has gone out to the customers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_dunning_steps")
        return {**action, "domain": [("partner_id", "in", self.commercial_partner_id.ids)]}
