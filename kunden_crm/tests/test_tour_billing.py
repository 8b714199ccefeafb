from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .dunning_case import DunningCase
from .sales_case import SELLING
from .tour_case import PATIENCE


@tagged("post_install", "-at_install")
class TestTourBilling(HttpCase, DunningCase):
    """Sabine sells and Anton keeps the books; both read German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.sabine = cls.staff("sabine_of_the_shop", f"kunden_crm.group_user,{SELLING}")
        cls.anton.write({"group_ids": [(4, cls.env.ref("kunden_crm.group_user").id)]})
        (cls.sabine | cls.anton).lang = "de_DE"
        cls.env["product.product"].create(
            {"name": "Kratzbaum", "list_price": 79, "taxes_id": False, "invoice_policy": "order"}
        )
        cls.today = fields.Date.today()

    def setUp(self):
        super().setUp()
        before = [self.today - timedelta(days=days) for days in (400, 20)]
        self.debt = self.bill(self.inn, day=before[0], due=before[1])

    def dunned(self):
        """The first step went out."""
        self.dun(self.today)

    def test_sales_sells_to_a_dunned_customer(self):
        self.shop.dunning_order_warning = True
        self.dunned()
        self.start_tour(
            f"/odoo/customer-file/{self.inn.id}",
            "kunden_sell",
            login=self.sabine.login,
            timeout=PATIENCE,
        )
        order = self.env["sale.order"].search([("partner_id", "=", self.inn.id)])
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.user_id, self.sabine)
        self.assertEqual(order.amount_untaxed, 79)

    def test_accounting_bills_a_debtor_and_books_his_money(self):
        self.start_tour("/odoo/debtors", "kunden_bill", login=self.anton.login, timeout=PATIENCE)
        bill = self.env["account.move"].search([("partner_id", "=", self.inn.id)]) - self.debt
        bill = bill.filtered(lambda move: move.move_type == "out_invoice")
        self.assertEqual(bill.amount_untaxed, 79)
        self.assertIn(bill.payment_state, ("in_payment", "paid"))

    def test_accounting_approves_a_run_and_the_file_shows_its_step(self):
        self.shop.write({"dunning_scheduled": True, "dunning_user_id": self.anton.id})
        self.env["credit.control.run"]._cron_compute()
        run = self.env["credit.control.run"].search([("company_id", "=", self.shop.id)])
        self.assertEqual(run.approval_state, "waiting")
        self.start_tour(
            f"/odoo/action-account_credit_control.credit_control_run/{run.id}",
            "kunden_dun",
            login=self.anton.login,
            timeout=PATIENCE,
        )
        self.assertEqual(run.approved_by_id, self.anton)
        self.assertEqual(run.line_ids.mapped("state"), ["sent"])
        self.start_tour(
            f"/odoo/customer-file/{self.inn.id}",
            "kunden_dunned_file",
            login=self.sabine.login,
            timeout=PATIENCE,
        )
