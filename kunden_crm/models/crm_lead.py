from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _create_customer(self, with_parent=None):
        """A contact that is made from a lead is a prospect: it or the company it belongs to."""
        customer = super()._create_customer(with_parent=with_parent)
        new = customer.commercial_partner_id.filtered(lambda partner: not partner.customer_stage)
        new.customer_stage = "prospect"
        return customer
