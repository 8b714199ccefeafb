from odoo import api, models


class KundenInvoiceMixin(models.AbstractModel):
    """In which form a customer gets his invoices."""

    _name = "kunden.invoice.mixin"
    _description = "Form of the Invoices to a Customer"

    @api.depends("peppol_eas", "is_consumer", "commercial_partner_id.is_consumer")
    def _compute_invoice_edi_format(self):
        return super()._compute_invoice_edi_format()

    def _get_suggested_invoice_edi_format(self):
        """Between German sellers and buyers: an authority's route is XRechnung, a firm's ZUGFeRD.

        Core proposes nothing for Germany; what somebody has chosen stays.
        """
        suggested = super()._get_suggested_invoice_edi_format()
        inland = {self.country_code, self.env.company.country_code} == {"DE"}
        if suggested or not inland or self.is_consumer:
            return suggested
        return "xrechnung" if self.peppol_eas == "0204" else "facturx"
