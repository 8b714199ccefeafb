from odoo import fields, models
from odoo.tools import SQL


class KundenDunningStep(models.Model):
    """VIEW: the reminders that went out to a customer, for all who serve him."""

    _name = "kunden.dunning.step"
    _description = "Dunning Step"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "level_name"
    _depends = {
        "credit.control.line": [
            *("commercial_partner_id", "date", "date_sent", "level", "policy_level_id"),
            *("channel", "invoice_id", "move_line_id", "balance_due", "interest_amount"),
            *("flat_fee", "cost_amount", "currency_id", "company_id", "state"),
            "manually_overridden",
        ],
        "account.move": ["name"],
        "account.move.line": ["reconciled"],
    }

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    date = fields.Date(string="Sent On", readonly=True)
    level = fields.Integer(readonly=True, aggregator="max")
    level_id = fields.Many2one("credit.control.policy.level", string="Policy Level", readonly=True)
    level_name = fields.Char(string="Step", compute="_compute_level_name")
    channel = fields.Selection(
        [("letter", "Letter"), ("email", "E-mail"), ("phone", "Phone")], readonly=True
    )
    invoice_name = fields.Char(string="Invoice", readonly=True)
    is_open = fields.Boolean(string="Still Open", readonly=True)
    amount = fields.Monetary(string="Open Then", readonly=True)
    interest = fields.Monetary(string="Default Interest", readonly=True)
    costs = fields.Monetary(
        readonly=True, help="Flat sum and actual costs, as the reminder named them."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT line.id, line.commercial_partner_id AS partner_id,
                      coalesce(line.date_sent, line.date) AS date, line.level,
                      line.policy_level_id AS level_id, line.channel,
                      move.name AS invoice_name, item.reconciled IS NOT TRUE AS is_open,
                      line.balance_due AS amount, line.interest_amount AS interest,
                      coalesce(line.flat_fee, 0) + coalesce(line.cost_amount, 0) AS costs,
                      line.currency_id, line.company_id
                 FROM credit_control_line line
                 JOIN account_move_line item ON item.id = line.move_line_id
                 LEFT JOIN account_move move ON move.id = line.invoice_id
                WHERE line.state = 'sent' AND line.manually_overridden IS NOT TRUE"""
        )

    def _compute_level_name(self):
        # sudo: who serves the customer need not read policies; only the level's name leaves
        for step in self:
            step.level_name = step.sudo().level_id.name
