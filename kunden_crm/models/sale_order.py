from odoo import api, fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["kunden.field.gate.mixin", "sale.order"]

    _kunden_gate = "gate_order"

    dunning_note = fields.Char(compute="_compute_dunning_note")
    asks_for_dunned = fields.Boolean(
        compute="_compute_dunning_note",
        help="The company wants whoever confirms this order to be asked once more.",
    )

    @api.depends("partner_id", "company_id.dunning_order_warning")
    def _compute_dunning_note(self):
        for order in self:
            # sudo: who sees the order may learn that its customer is dunned, and nothing else
            customer = order.partner_id.sudo()
            order.dunning_note = customer.dunning_note
            order.asks_for_dunned = (
                customer.dunning_level > 0 and order.company_id.dunning_order_warning
            )

    def _beyond_refusal(self):
        """What has been paid at a till is sold: the customer has left with it."""
        if "pos_order_line_ids" not in self._fields:
            return super()._beyond_refusal()
        # sudo: whoever confirms an order need not work at a till; only a yes leaves
        paid = self.sudo().filtered(
            lambda order: {"paid", "done"} & set(order.pos_order_line_ids.order_id.mapped("state"))
        )
        return self.browse(paid.ids)

    def action_confirm(self):
        """Whoever confirms is asked for what is required of the customer."""
        self._ask_at_gate()
        return super().action_confirm()

    def _go_through(self):
        return self.with_context(validate_analytic=True).action_confirm()

    def _action_confirm(self):
        """Whoever orders is a customer."""
        result = super()._action_confirm()
        for company, orders in self.grouped("company_id").items():
            orders.partner_id.with_company(company)._become_customer()
        self._note_at_gate()
        return result
