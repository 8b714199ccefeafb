from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """What is matched is no longer open."""
        partials = super().create(vals_list)
        partials._mark_balances()
        return partials

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_balances(self):
        """What is no longer matched is open again."""
        self._mark_balances()

    def _mark_balances(self):
        # sudo: only ids leave, and the ledger is right whoever matches
        partials = self.sudo()
        self.env["kunden.payment.balance"]._mark(
            (partials.debit_move_id | partials.credit_move_id).partner_id
        )
