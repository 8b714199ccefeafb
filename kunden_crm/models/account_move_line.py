from odoo import api, models

_TELLING = {
    *("partner_id", "account_id", "date_maturity", "move_id"),
    *("balance", "debit", "credit", "amount_currency"),
}


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["kunden.dunning.item.mixin", "account.move.line"]

    def write(self, vals):
        """The balances of those whose posted items change are made anew."""
        telling = bool(_TELLING & vals.keys())
        if telling:
            self._mark_balances()
        result = super().write(vals)
        if telling:
            self._mark_balances()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_balances(self):
        self._mark_balances()

    def _mark_balances(self):
        """Notes whom the posted ones among these items concern."""
        # sudo: only ids leave, and the ledger is right whoever books
        posted = self.sudo().filtered(lambda line: line.parent_state == "posted")
        self.env["kunden.payment.balance"]._mark(posted.partner_id)
