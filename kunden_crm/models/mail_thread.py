from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, *args, **kwargs):
        """Whoever is created while a message is taken in has come by mail."""
        incoming = self.with_context(kunden_incoming_mail=True)
        return super(MailThread, incoming).message_process(*args, **kwargs)
