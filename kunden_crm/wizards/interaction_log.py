from odoo import api, fields, models

from ..kernel.channels import CHANNELS


class KundenInteractionLog(models.TransientModel):
    """DIALOGUE: what was talked about, how it ended and when to come back to it."""

    _name = "kunden.interaction.log"
    _description = "Log an Interaction"

    partner_ids = fields.Many2many("res.partner", string="Customer", required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    channel = fields.Selection(list(CHANNELS), required=True, default="phone")
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], required=True, default="out"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    outcome_id = fields.Many2one("kunden.interaction.outcome")
    duration = fields.Integer(string="Duration (Minutes)")
    subject = fields.Char()
    body = fields.Html(string="Note")
    next_step = fields.Char()
    follow_up_date = fields.Date(
        string="Follow-up on",
        compute="_compute_follow_up_date",
        store=True,
        readonly=False,
        help="On this day the customer is on the list of follow-ups.",
    )
    follow_up_summary = fields.Char(
        string="To Do Then", compute="_compute_follow_up_summary", store=True, readonly=False
    )
    follow_up_user_id = fields.Many2one(
        "res.users",
        string="Follow-up by",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    refusing_ids = fields.Many2many("res.partner", compute="_compute_refusing_ids")

    @api.depends("outcome_id")
    def _compute_follow_up_date(self):
        today = fields.Date.context_today(self)
        for log in self:
            proposal = log.outcome_id._follow_up_date(today)
            log.follow_up_date = proposal or log.follow_up_date

    @api.depends("next_step")
    def _compute_follow_up_summary(self):
        for log in self:
            log.follow_up_summary = log.next_step or log.follow_up_summary

    @api.depends("partner_ids", "channel", "direction")
    def _compute_refusing_ids(self):
        for log in self:
            partners = log.partner_ids if log.direction == "out" else log.partner_ids.browse()
            log.refusing_ids = partners._refusing(log.channel)

    def action_log(self):
        """Log the interaction with each of the customers, and plan the follow-up."""
        self.ensure_one()
        self.env["kunden.interaction"]._log(
            self.partner_ids, self._interaction_values(), self._follow_up_values()
        )
        return {"type": "ir.actions.act_window_close"}

    def _interaction_values(self):
        return {
            "date": self.date,
            "channel": self.channel,
            "direction": self.direction,
            "user_id": self.user_id.id,
            "outcome_id": self.outcome_id.id,
            "duration": self.duration,
            "subject": self.subject,
            "body": self.body,
            "next_step": self.next_step,
        }

    def _follow_up_values(self):
        return {
            "date_deadline": self.follow_up_date,
            "summary": self.follow_up_summary or self.subject,
            "user_id": (self.follow_up_user_id or self.env.user).id,
        }
