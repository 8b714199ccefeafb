from datetime import timedelta

from odoo import fields, models


class KundenInteractionOutcome(models.Model):
    """RULE: how a contact can end, and in how many days one comes back to it."""

    _name = "kunden.interaction.outcome"
    _description = "Outcome of an Interaction"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    follow_up_days = fields.Integer(
        string="Follow-up after Days",
        help="The day that is proposed for the follow-up. 0 proposes none.",
    )

    _follow_up_days_not_negative = models.Constraint(
        "CHECK (follow_up_days >= 0)", "A follow-up lies ahead: 0 days or more."
    )

    def _follow_up_date(self, today):
        """The day that this outcome proposes for the follow-up, or nothing."""
        days = self.follow_up_days
        return days and today + timedelta(days=days)
