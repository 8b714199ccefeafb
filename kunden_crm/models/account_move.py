from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Whoever is invoiced is a customer."""
        posted = super()._post(soft)
        sold = posted.filtered(lambda move: move.move_type in ("out_invoice", "out_receipt"))
        for company, moves in sold.grouped("company_id").items():
            moves.partner_id.with_company(company)._become_customer()
        return posted
