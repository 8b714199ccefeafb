from odoo import api, models

FORMS = {"facturx": "ZUGFeRD (Factur-X)", "xrechnung": "XRechnung"}
WRONG, RIGHT = "Gutschrift", "Rechnungskorrektur"


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

    @api.model
    def _name_invoice_forms(self):
        """Call the forms by the names of the standards, which no language translates.

        The labels of our field reach English only: core's own translations are there before.
        """
        forms = self.env["ir.model.fields.selection"].search(
            [
                ("field_id.model", "=", "res.partner"),
                ("field_id.name", "=", "invoice_edi_format"),
                ("value", "in", list(FORMS)),
            ]
        )
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for form in forms:
            names = dict.fromkeys(languages, FORMS[form.value])
            form.update_field_translations("name", names)

    @api.model
    def _name_corrections(self):
        """Core's mail to a corrected invoice says "Gutschrift", in law another document.

        UStG section 14 (2) keeps that word for the invoice that the buyer writes.
        """
        mail = self.env.ref("account.email_template_edi_credit_note", raise_if_not_found=False)
        languages = {code for code, _name in self.env["res.lang"].get_installed()}
        for lang in languages & {"de_DE", "de_AT"} if mail else ():
            told = mail.with_context(lang=lang)
            for name in ("name", "subject", "description", "body_html"):
                if WRONG in (text := told[name] or ""):
                    mail.update_field_translations(name, {lang: text.replace(WRONG, RIGHT)})
