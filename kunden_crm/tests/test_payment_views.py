from ast import literal_eval
from unittest.mock import patch

from lxml import etree

from odoo.fields import Command
from odoo.tests import Form, tagged

from .sales_case import SELLING, SalesCase

AMOUNTS = {"turnover_this_year", "turnover_last_year", "turnover_total", "open_amount"}
AMOUNTS |= {"overdue_amount", "oldest_due_date", "days_late", "mean_days_late", "days_late_trend"}
VIEWS = {
    "form": "base.view_partner_form",
    "list": "kunden_crm.view_partner_list",
    "search": "kunden_crm.view_partner_search",
}


@tagged("post_install", "-at_install")
class TestBillingScreen(SalesCase):
    """Sam sells, Ada accounts, Klara keeps the files: each sees what concerns him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.accountant()
        cls.sam = cls.seller()
        cls.both = cls.staff("berta", f"{SELLING},account.group_account_invoice")
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Napf GmbH",
                "is_company": True,
                "child_ids": [Command.create({"name": "Rechnungen", "type": "invoice"})],
            }
        )

    def arch(self, user, view_type):
        """The view as this user gets it."""
        view = self.env.ref(VIEWS[view_type]).id
        partners = self.env["res.partner"].with_user(user)
        return etree.fromstring(partners.get_view(view, view_type)["arch"])

    def names(self, user, view_type, node="field"):
        return {found.get("name") for found in self.arch(user, view_type).iter(node)}

    def test_amounts_for_accounting_and_sales_and_the_class_for_the_clerk_too(self):
        for view_type in ("form", "list"):
            for user, amounts in ((self.ada, AMOUNTS), (self.sam, AMOUNTS), (self.klara, set())):
                shown = self.names(user, view_type)
                self.assertEqual(shown & AMOUNTS, amounts, (user.name, view_type))
                self.assertIn("payment_class", shown)
        reader = self.staff("rita", "kunden_crm.group_reader")
        for view_type in ("form", "list"):
            self.assertFalse(self.names(reader, view_type) & (AMOUNTS | {"payment_class"}))

    def test_everybody_gets_the_buttons_that_he_may_press(self):
        buttons = {"action_new_quotation", "action_new_invoice", "action_open_items"}
        buttons |= {"action_payments", "action_print_statement"}
        for user, lacking in (
            (self.both, set()),
            (self.sam, {"action_new_invoice", "action_payments"}),
            (self.ada, {"action_new_quotation"}),
            (self.klara, buttons),
        ):
            self.assertEqual(buttons - self.names(user, "form", "button"), lacking, user.name)

    def test_every_filter_and_every_grouping_works_for_whoever_is_offered_it(self):
        for user in (self.ada, self.sam, self.klara):
            partners = self.env["res.partner"].with_user(user)
            for node in self.arch(user, "search").iter("filter"):
                name = node.get("name")
                if name in ("punctual", "late", "dunned", "critical"):
                    domain = [("payment_class", "=", name)]
                elif name in ("open_items", "overdue", "bought_this_year", "bought_only_before"):
                    domain = literal_eval(node.get("domain"))
                elif name in ("group_payment_class", "group_trend", "group_oldest_due"):
                    field = node.get("context").split("'")[3]
                    field += ":month" if field == "oldest_due_date" else ""
                    partners.web_read_group([("name", "=", "Napf GmbH")], [field], ["__count"])
                    continue
                else:
                    continue
                partners.search_count(domain)
        offered = self.names(self.klara, "search", "filter")
        self.assertIn("dunned", offered)
        self.assertFalse(offered & {"overdue", "open_items", "bought_this_year", "group_trend"})

    def test_a_quotation_and_an_invoice_from_the_file(self):
        action = self.firm.with_user(self.both).action_new_quotation()
        orders = self.env[action["res_model"]].with_user(self.both)
        order = Form(orders.with_context(**action["context"]))
        self.assertEqual(order.partner_id.id, self.firm.id)
        action = self.firm.with_user(self.both).action_new_invoice()
        moves = self.env[action["res_model"]].with_user(self.both)
        invoice = Form(moves.with_context(**action["context"]))
        self.assertEqual(invoice.partner_id.name, "Rechnungen")
        self.assertEqual(invoice.move_type, "out_invoice")

    def test_open_items_and_payments_of_the_customer(self):
        invoice = self.invoice(self.firm, self.ada)
        self.invoice(self.anna, self.ada)
        for user, model in ((self.ada, "account.move.line"), (self.sam, "account.move")):
            action = self.firm.child_ids.with_user(user).action_open_items()
            self.assertEqual(action["res_model"], model)
            found = self.env[model].with_user(user).search(action["domain"])
            self.assertEqual(found.move_id if model == "account.move.line" else found, invoice)
        action = self.firm.with_user(self.ada).action_payments()
        payment = self.env["account.payment"].create(
            {"partner_id": self.firm.id, "amount": 5, "partner_type": "customer"}
        )
        found = self.env["account.payment"].with_user(self.ada).search(action["domain"])
        self.assertEqual(found, payment)

    def test_deliveries_where_stock_is_installed_and_may_be_read(self):
        keeper = self.staff("stina", f"{SELLING},stock.group_stock_user")
        deliveries = self.env["stock.picking"].with_user(keeper)
        operation = self.env["stock.picking.type"].create(
            {"name": "Delivery", "code": "outgoing", "sequence_code": "OUT"}
        )
        place = self.env.ref("stock.stock_location_customers").id
        delivery = deliveries.sudo().create(
            {
                "partner_id": self.firm.child_ids.id,
                "picking_type_id": operation.id,
                "location_id": place,
                "location_dest_id": place,
            }
        )
        action = self.firm.with_user(keeper).action_deliveries()
        self.assertEqual(deliveries.search(action["domain"]), delivery)
        self.assertTrue(self.firm.with_user(keeper).shows_deliveries)
        self.assertFalse(self.firm.with_user(self.klara).shows_deliveries)
        registry = {name: self.registry[name] for name in self.registry if name != "stock.picking"}
        with patch.object(self.registry, "models", registry):
            self.firm.invalidate_recordset(["shows_deliveries"])
            self.assertFalse(self.firm.with_user(keeper).shows_deliveries)

    def test_form_and_list_cost_two_queries_more_whatever_is_on_them(self):
        """All figures of a page of customers are one query; their currency is the other."""
        people = self.env["res.partner"].create([{"name": f"P{number}"} for number in range(80)])
        self.invoice(people[0], self.ada)
        ours = [
            self.env.ref(f"kunden_crm.view_partner_{name}_billing") for name in ("form", "list")
        ]
        for view_type, size in (("form", 1), ("list", 1), ("list", 80)):
            counts = {}
            for active in (True, False):
                for view in ours:
                    view.active = active
                spec = {name: {} for name in self.names(self.sam, view_type) & self.readable()}
                page = people[:size].with_user(self.sam)
                for _warm in range(2):
                    counts[active] = self.queries(lambda page=page, spec=spec: page.web_read(spec))
            self.assertLessEqual(counts[True], counts[False] + 2, (view_type, size))

    def readable(self):
        """The plain fields of a contact that Sam may read."""
        told = self.env["res.partner"].with_user(self.sam).fields_get()
        return {name for name, field in told.items() if not field["type"].endswith("2many")}
