from odoo import api, models

# What a posted document cannot change without changing what its customer bought or owes.
_TELLING = {
    *("state", "move_type", "partner_id", "commercial_partner_id", "company_id", "journal_id"),
    *("invoice_date", "date", "invoice_date_due", "invoice_payment_term_id"),
    *("line_ids", "invoice_line_ids", "currency_id", "invoice_currency_rate"),
}


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["kunden.dunning.invoice.mixin", "account.move"]

    _customer = models.Index("(commercial_partner_id) WHERE commercial_partner_id IS NOT NULL")

    def _post(self, soft=True):
        """Whoever is invoiced is a customer."""
        posted = super()._post(soft)
        sold = posted.filtered(lambda move: move.move_type in ("out_invoice", "out_receipt"))
        for company, moves in sold.grouped("company_id").items():
            moves.partner_id.with_company(company)._become_customer()
        return posted

    @api.depends_context("lang")
    @api.depends("move_type")
    def _compute_type_name(self):
        """Also a corrected invoice by the name that it has in law."""
        result = super()._compute_type_name()
        self.filtered(lambda move: move.move_type == "out_refund").type_name = self.env._(
            "Credit Note"
        )
        return result

    def write(self, vals):
        """The balances of those whose posted documents change are made anew."""
        telling = bool(_TELLING & vals.keys())
        if telling:
            self._mark_balances()
        result = super().write(vals)
        if telling:
            self._mark_balances()
        return result

    def _mark_balances(self):
        """Notes whom the posted ones among these documents concern."""
        # sudo: only ids leave, and the ledger is right whoever posts
        posted = self.sudo().filtered(lambda move: move.state == "posted")
        self.env["kunden.payment.balance"]._mark(
            posted.commercial_partner_id | posted.line_ids.partner_id
        )
