from odoo import api, fields, models

from ..kernel.channels import CHANNELS


class KundenChannelMixin(models.AbstractModel):
    """By which channel somebody wants to be spoken to, and by which not."""

    _name = "kunden.channel.mixin"
    _description = "Preferred and Unwanted Channels"

    preferred_channel = fields.Selection(list(CHANNELS))
    do_not_phone = fields.Boolean(string="No Phone Calls")
    do_not_email = fields.Boolean(string="No E-Mail")
    do_not_letter = fields.Boolean(string="No Letters")
    do_not_sms = fields.Boolean(string="No Text Messages")
    do_not_visit = fields.Boolean(string="No Visits")
    no_contact_note = fields.Char(compute="_compute_no_contact_note", string="Do Not Contact")

    @api.depends("do_not_phone", "do_not_email", "do_not_letter", "do_not_sms", "do_not_visit")
    @api.depends_context("lang")
    def _compute_no_contact_note(self):
        words = self._no_contact_words()
        for partner in self:
            unwanted = [word for name, word in words.items() if partner[name]]
            if len(unwanted) == len(words):
                partner.no_contact_note = self.env._("Do not contact at all")
            else:
                note = ", ".join(unwanted)
                partner.no_contact_note = note[:1].upper() + note[1:]

    @api.model
    def _no_contact_words(self):
        """What a banner says of each channel that somebody does not want."""
        return {
            "do_not_phone": self.env._("no phone"),
            "do_not_email": self.env._("no e-mail"),
            "do_not_letter": self.env._("no letter"),
            "do_not_sms": self.env._("no text message"),
            "do_not_visit": self.env._("no visit"),
        }
