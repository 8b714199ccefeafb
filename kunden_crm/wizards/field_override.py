from odoo import api, fields, models


class KundenFieldOverrideAsk(models.TransientModel):
    """DIALOGUE: what the customer lacks, and why the document goes on all the same."""

    _name = "kunden.field.override.ask"
    _description = "Confirm Although Something Is Missing"

    order_ids = fields.Many2many("sale.order")
    move_ids = fields.Many2many("account.move")
    missing = fields.Text(compute="_compute_missing")
    reason = fields.Text()

    @api.depends("order_ids", "move_ids")
    def _compute_missing(self):
        for ask in self:
            documents = ask._documents()
            ask.missing = documents._refusal(documents._refused())

    def _documents(self):
        return (self.order_ids or self.move_ids)._origin

    def action_open_customers(self):
        """The customers that lack something, to fill it in."""
        self.ensure_one()
        documents = self._documents()
        customers = documents.partner_id.browse().union(
            *(document._gate_customers() for document in documents._refused())
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers"),
            "res_model": customers._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", customers.ids)],
        }
        if len(customers) == 1:
            action |= {"res_id": customers.id, "views": [(False, "form")]}
        return action

    def action_go_on(self):
        """Confirm or post the documents, and keep the reason."""
        self.ensure_one()
        done = self._documents()._pass_gate(self.reason)
        if isinstance(done, dict):
            return done
        return {"type": "ir.actions.client", "tag": "soft_reload"}
