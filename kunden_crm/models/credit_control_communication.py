from odoo import models


class CreditControlCommunication(models.Model):
    _inherit = "credit.control.communication"

    def _dunning_salutation(self):
        """How the letter greets the contact that it goes to."""
        self.ensure_one()
        contact = self.contact_address_id or self.partner_id
        return contact.letter_salutation or self.env._("Dear Sir or Madam,")
