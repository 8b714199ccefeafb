from odoo.exceptions import RedirectWarning
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .sales_case import SalesCase
from .test_field_doors import require


@tagged("post_install", "-at_install")
class TestFieldGatesOfApps(SalesCase):
    """What the till has been paid for is confirmed, whatever the rules say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a database with data has rules of its own
        cls.env["kunden.field.rule"].search([]).active = False
        gates = {"gate_order": "refuse", "gate_invoice": "refuse"}
        require(cls.env, "phone", customer_kind="private", **gates)

    def open_till(self):
        """A till of the shop with cash, opened by its cashier."""
        self.env["account.chart.template"].try_loading("generic_coa", self.shop, install_demo=False)
        company = {"company_id": self.shop.id}
        drawer = self.env["account.journal"].create(
            {"name": "Drawer", "type": "cash", "code": "DRW", **company}
        )
        cash = self.env["pos.payment.method"].create(
            {"name": "Cash", "journal_id": drawer.id, **company}
        )
        till = {"name": "Till", "payment_method_ids": [Command.set(cash.ids)], **company}
        till = self.env["pos.config"].create(till)
        cashier = self.staff(
            "cashier_of_the_gate",
            "point_of_sale.group_pos_user,sales_team.group_sale_salesman_all_leads",
        )
        till.with_user(cashier).open_ui()
        return till.with_user(cashier)

    def sold(self, till, quote):
        """What the till sends when a quotation has been paid there, with an invoice."""
        line = quote.order_line
        amounts = dict.fromkeys(("price_subtotal", "price_subtotal_incl", "price_unit"), 5)
        sold = {"product_id": line.product_id.id, "qty": 1, "tax_ids": [], **amounts}
        sold |= {"sale_order_line_id": line.id, "sale_order_origin_id": quote.id}
        paid = {"amount": 5, "name": Datetime.now()}
        paid["payment_method_id"] = till.payment_method_ids.id
        return {
            **{"amount_paid": 5, "amount_total": 5, "amount_tax": 0, "amount_return": 0},
            "date_order": Datetime.to_string(Datetime.now()),
            "partner_id": quote.partner_id.id,
            "session_id": till.current_session_id.id,
            "user_id": till.env.uid,
            "to_invoice": True,
            "lines": [Command.create(sold)],
            "payment_ids": [Command.create(paid)],
        }

    def test_a_quotation_that_was_paid_at_the_till(self):
        if "pos_order_line_ids" in self.env["sale.order"]._fields:
            till = self.open_till()
            product = {"name": "Shampoo", "available_in_pos": True, "list_price": 5}
            product = self.env["product.product"].create({**product, "taxes_id": False})
            lines = [Command.create({"product_id": product.id})]
            values = {"partner_id": self.anna.id, "company_id": self.shop.id, "order_line": lines}
            quotes = self.env["sale.order"].create([values, values])
            quote, other = quotes.with_user(till.env.user)
            with self.assertRaises(RedirectWarning):
                quote.action_confirm()
            orders = till.env["pos.order"]
            synced = orders.sync_from_ui([self.sold(till, quote)])
            order = orders.browse(synced["pos.order"][0]["id"])
            self.assertEqual(quote.state, "sale")
            self.assertEqual(order.sudo().account_move.state, "posted")
            gap = self.env.ref("kunden_crm.message_subtype_gap")
            for document in (quote.sudo(), order.sudo().account_move):
                self.assertIn(gap, document.message_ids.subtype_id)
            with self.assertRaises(RedirectWarning):
                other.action_confirm()
