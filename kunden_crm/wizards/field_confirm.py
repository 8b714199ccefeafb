from odoo import api, fields, models

from ..kernel.channels import CHANNELS
from ..models.field_confirmation import SECTIONS


class KundenFieldConfirm(models.TransientModel):
    """DIALOGUE: which part of their files did these customers confirm, when and how."""

    _name = "kunden.field.confirm"
    _description = "Record as Confirmed"

    partner_ids = fields.Many2many("res.partner", string="Customers", readonly=True)
    section = fields.Selection(
        list(SECTIONS), string="Part of the File", required=True, default="contact"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(list(CHANNELS), help="How the customers were asked.")
    confirmed_ids = fields.Many2many(
        "res.partner", string="Confirmed For", compute="_compute_confirmed_ids"
    )
    confirmed_count = fields.Integer(compute="_compute_confirmed_ids")
    left_out_count = fields.Integer(
        string="Left Out",
        compute="_compute_confirmed_ids",
        help="They have no such details: addresses, or companies where persons are asked.",
    )

    @api.depends("partner_ids", "section")
    def _compute_confirmed_ids(self):
        for dialogue in self:
            chosen = dialogue.partner_ids._origin
            having = chosen._with_part(dialogue.section) if dialogue.section else chosen.browse()
            dialogue.confirmed_ids = having
            dialogue.confirmed_count = len(having)
            dialogue.left_out_count = len(chosen - having)

    def action_confirm(self):
        """Note the confirmations; whoever has one of that day keeps it."""
        self.ensure_one()
        confirmations = self.env["kunden.field.confirmation"]
        made = confirmations._confirm(
            self.confirmed_ids, self.section, date=self.date, channel=self.channel
        )
        told = self.env._("Noted for %s customers.", len(made))
        notice = self.confirmed_ids._told(told, done=bool(made))
        notice["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return notice
