from odoo import api, models

# What a posted document cannot change without changing what its customer bought or owes.
_TELLING = {
    *("state", "move_type", "partner_id", "commercial_partner_id", "company_id", "journal_id"),
    *("invoice_date", "date", "invoice_date_due", "invoice_payment_term_id"),
    *("line_ids", "invoice_line_ids", "currency_id", "invoice_currency_rate"),
}


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["kunden.field.gate.mixin", "kunden.dunning.invoice.mixin", "account.move"]

    _kunden_gate = "gate_invoice"

    _customer = models.Index("(commercial_partner_id) WHERE commercial_partner_id IS NOT NULL")

    def _at_gate(self):
        """Only invoices to customers; the gate is not for bills and entries."""
        return self.filtered(lambda move: move.is_sale_document(include_receipts=True))

    def action_post(self):
        """Whoever posts is asked for what is required of the customer."""
        self._ask_at_gate()
        return super().action_post()

    def action_validate_moves_with_confirmation(self):
        """The batch from a list asks for all customers, before any invoice is posted."""
        self._ask_at_gate()
        return super().action_validate_moves_with_confirmation()

    def _go_through(self):
        if len(self) > 1:
            return self.action_validate_moves_with_confirmation()
        asking = {"validate_analytic": True, "disable_abnormal_invoice_detection": False}
        return self.with_context(**asking).action_post()

    def _post(self, soft=True):
        """Whoever is invoiced is a customer."""
        posted = super()._post(soft)
        sold = posted.filtered(lambda move: move.move_type in ("out_invoice", "out_receipt"))
        for company, moves in sold.grouped("company_id").items():
            moves.partner_id.with_company(company)._become_customer()
        posted._note_at_gate()
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
