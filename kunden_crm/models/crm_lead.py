from odoo import api, fields, models

# From what of a lead a contact is made, as core does it.
_AS_CONTACT = {
    "contact_name": "name",
    "email_from": "email",
    **{name: name for name in ("phone", "street", "zip", "city", "country_id")},
}


class CrmLead(models.Model):
    _inherit = "crm.lead"

    match_notes = fields.Json(string="Duplicates", store=False, exportable=False)

    def _create_customer(self, with_parent=None):
        """A contact that is made from a lead is a prospect: it or the company it belongs to."""
        customer = super()._create_customer(with_parent=with_parent)
        new = customer.commercial_partner_id.filtered(lambda partner: not partner.customer_stage)
        new.customer_stage = "prospect"
        return customer

    @api.model
    def kunden_find_duplicates(self, values):
        """Contacts that may be the one this lead comes from; see `res.partner`."""
        if not isinstance(values, dict) or values.get("partner_id"):
            return []
        return self.env["res.partner"].kunden_find_duplicates(self._contact_of(values))

    @api.model
    def _contact_of(self, values):
        """The values of a contact in those of a lead: the person, else the company."""
        contact = {name: values.get(of_lead) for of_lead, name in _AS_CONTACT.items()}
        if not contact["name"]:
            contact |= {"name": values.get("partner_name"), "is_company": True}
        return contact

    @api.model
    def kunden_is_same(self, _values, other_id):
        """The lead comes from this contact."""
        other = self.env["res.partner"].browse(other_id).exists()
        other.check_access("read")
        partner = {"id": other.id, "display_name": other.display_name}
        return {"type": "kunden_link", "partner": partner}
