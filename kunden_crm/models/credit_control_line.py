from odoo import api, models

_TELLING = {"state", "policy_level_id", "move_line_id", "manually_overridden"}


class CreditControlLine(models.Model):
    _name = "credit.control.line"
    _inherit = [
        "kunden.dunning.generate.mixin",
        "kunden.dunning.check.mixin",
        "kunden.dunning.charge.mixin",
        "kunden.dunning.send.mixin",
        "credit.control.line",
    ]

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever is dunned has another payment class."""
        lines = super().create(vals_list)
        lines._mark_balances()
        return lines

    def write(self, values):
        """Whoever is dunned has another payment class."""
        result = super().write(values)
        if _TELLING & values.keys():
            self._mark_balances()
        return result

    def _mark_balances(self):
        # sudo: only ids leave, and the class is right whoever duns
        self.env["kunden.payment.balance"]._mark(self.sudo().move_line_id.partner_id)
