from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel.channels import CHANNELS

CLOCKS_DIFFER = timedelta(minutes=5)


class KundenInteraction(models.Model):
    """FACT: we and a customer spoke, met or wrote to each other.

    Whoever recorded it may correct it for a day, a manager always (security/interaction_rules.xml).
    A customer with interactions cannot be deleted, only archived; a merge takes them along.
    """

    _name = "kunden.interaction"
    _inherit = "kunden.door.mixin"
    _description = "Interaction"
    _order = "date desc, id desc"
    _rec_names_search = ["subject", "partner_id"]

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    channel = fields.Selection(list(CHANNELS), required=True, default="phone")
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")],
        required=True,
        default="out",
        help="Outgoing: we contacted the customer. Incoming: the customer contacted us.",
    )
    subject = fields.Char()
    body = fields.Html(string="Note")
    outcome_id = fields.Many2one("kunden.interaction.outcome", ondelete="restrict", index=True)
    duration = fields.Integer(string="Duration (Minutes)", aggregator="sum")
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Who spoke, met or wrote.",
    )
    next_step = fields.Char(help="What was agreed, in one line.")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents")
    can_correct = fields.Boolean(compute="_compute_can_correct")

    _duration_not_negative = models.Constraint(
        "CHECK (duration >= 0)", "A duration cannot be negative."
    )
    _partner_date = models.Index("(partner_id, date DESC)")
    _user_date = models.Index("(user_id, date DESC)")

    @api.depends("channel", "subject", "partner_id")
    def _compute_display_name(self):
        labels = dict(self._fields["channel"]._description_selection(self.env))
        for interaction in self:
            about = interaction.subject or interaction.partner_id.name or ""
            interaction.display_name = f"{labels.get(interaction.channel, '')}: {about}"

    @api.depends_context("uid")
    def _compute_can_correct(self):
        stored = self.filtered("id")
        allowed = stored._filtered_access("write")
        for interaction in self:
            interaction.can_correct = interaction not in stored or interaction in allowed

    @api.constrains("date")
    def _check_date(self):
        latest = fields.Datetime.now() + CLOCKS_DIFFER
        if any(interaction.date > latest for interaction in self):
            raise ValidationError(
                self.env._("An interaction has happened. What is to come is a follow-up.")
            )

    @api.model
    def _log(self, partners, values, follow_up=None):
        """One interaction with each of the partners, and the follow-up where a day is given."""
        interactions = self.create([{**values, "partner_id": partner.id} for partner in partners])
        if follow_up and follow_up.get("date_deadline"):
            partners._plan_follow_up(follow_up)
        return interactions

    @api.model
    def _log_letter(self, partner, values, document, follow_up=None):
        """The letter that was sent: its PDF among the customer's documents, and the interaction."""
        attachment = self.env["ir.attachment"].create(
            {**document, "res_model": partner._name, "res_id": partner.id}
        )
        letter = {
            "channel": "letter",
            "direction": "out",
            "attachment_ids": [fields.Command.set(attachment.ids)],
        }
        return self._log(partner, {**values, **letter}, follow_up)
