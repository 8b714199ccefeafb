from odoo import fields, models


class CreditControlPolicyLevel(models.Model):
    _inherit = "credit.control.policy.level"

    puts_in_default = fields.Boolean(
        string="Causes Default",
        default=True,
        help="It demands payment clearly, so that default begins with it (BGB section 286 (1)).",
    )
    charge_interest = fields.Boolean(
        help="Interest of default for the days since default began (BGB section 288)."
    )
    charge_flat_fee = fields.Boolean(
        help="40 EUR once per invoice, from businesses only (BGB section 288 (5))."
    )
    charge_cost = fields.Boolean(
        string="Charge Actual Cost",
        help="The actual cost of the reminders since default began; the one that causes default is"
        " free.",
    )
    actual_cost = fields.Float(
        digits=(16, 2),
        help="What one reminder of this level costs you in postage and paper, no working time.",
    )
    keeps_channel = fields.Boolean(
        string="Always by This Channel",
        help="Also where the customer prefers another one, e.g. the last reminder as a letter.",
    )
    payment_days = fields.Integer(
        string="Days to Pay", help="The reminder names a day so many days away; 0 names none."
    )

    @staticmethod
    def _previous_date_get_boundary():
        """The next step counts from the day the last one was sent, not from that of its run."""
        return (
            "(coalesce(cr_line.date_sent, cr_line.date) + %(delay)s)::date"
            " <= date(%(controlling_date)s)"
        )

    def get_level_lines(self, controlling_date, lines):
        """A step whose mail failed is sent again first; the next one waits for it."""
        matching = super().get_level_lines(controlling_date, lines)
        failed = self.env["credit.control.line"].search_fetch(
            [
                ("move_line_id", "in", matching.ids),
                ("manually_overridden", "=", False),
                ("state", "in", ("error", "email_error", "queued")),
            ],
            ["move_line_id"],
        )
        return matching - failed.move_line_id
