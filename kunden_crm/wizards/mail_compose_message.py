from odoo import api, fields, models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    refusing_ids = fields.Many2many("res.partner", compute="_compute_refusing_ids")

    @api.depends("partner_ids")
    def _compute_refusing_ids(self):
        for composer in self:
            composer.refusing_ids = composer.partner_ids._refusing("email")
