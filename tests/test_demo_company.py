"""The demo company stands in the test database as `setup/test` built it."""

import doctest
import importlib
import sys
from collections import Counter
from pathlib import Path

from stdnum.de import stnr, vat

from odoo.fields import Date
from odoo.tests import TransactionCase, new_test_user, tagged

sys.path.append(str(Path(__file__).resolve().parents[1] / "setup"))

import demo_company
from demo_company.access import LOGINS, SELLERS
from demo_company.company import VAT


class DemoCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].search([("vat", "=", VAT)]).ensure_one()
        cls.settings = cls.env["ir.config_parameter"].sudo()
        cls.today = Date.to_date(cls.settings.get_param(demo_company.DAY_KEY))

    def of_company(self, model, *domain):
        return self.env[model].search([("company_id", "=", self.company.id), *domain])

    def orders(self, *domain):
        return self.of_company("sale.order", ("client_order_ref", "=like", "DEMO-%"), *domain)

    def invoices(self, *domain):
        return self.orders().invoice_ids.filtered_domain(
            [("move_type", "=", "out_invoice"), *domain]
        )

    def customers(self, *domain):
        return self.of_company("res.partner", ("ref", "=like", "K_0___"), *domain)

    def build_again(self):
        """As if the last step had never been reported as finished."""
        self.settings.set_param(demo_company.DONE_KEY, False)
        return demo_company.build(self.env)


@tagged("post_install", "-at_install")
class TestDemoCompany(DemoCase):
    def test_numbers_are_valid(self):
        company = self.company
        account = company.partner_id.bank_ids.ensure_one()
        self.assertTrue(vat.is_valid(company.vat))
        self.assertTrue(stnr.is_valid(company.l10n_de_stnr, company.state_id.name))
        self.assertEqual(account.acc_type, "iban")
        self.assertTrue(account.bank_bic)
        customers = self.customers().filtered("vat")
        self.assertEqual(len(customers), 15)
        self.assertTrue(
            all(
                vat.is_valid(customer.vat)
                for customer in customers.filtered(lambda one: one.country_code == "DE")
            )
        )

    def test_letterhead_and_accounting_are_german(self):
        company = self.company
        self.assertEqual(company.chart_template, "de_skr03")
        self.assertEqual(company.currency_id.name, "EUR")
        self.assertEqual(
            company.external_report_layout_id, self.env.ref("l10n_din5008.external_layout_din5008")
        )
        self.assertTrue(
            company.logo and company.phone and company.email and company.company_registry
        )
        self.assertIn(company.l10n_de_stnr, company.report_footer)

    def test_it_carries_no_xmlid(self):
        for records in (
            self.company,
            self.customers(),
            self.orders(),
            self.of_company("product.product"),
        ):
            self.assertFalse(any(records.get_external_id().values()), records._name)

    def test_customers_of_all_kinds(self):
        customers = self.customers()
        self.assertEqual(len(customers), 60)
        firms = customers.filtered("is_company")
        self.assertEqual(len(firms), 20)
        self.assertEqual({firm.country_code for firm in firms}, {"DE", "AT", "CH"})
        kinds = Counter(firms.child_ids.mapped("type"))
        self.assertGreaterEqual(kinds["contact"], 20)
        self.assertTrue(kinds["invoice"] and kinds["delivery"])
        self.assertFalse((customers - firms).parent_id)
        homes = Counter((one.street, one.zip) for one in customers - firms)
        self.assertEqual(sorted(count for count in homes.values() if count > 1), [2, 3, 3, 3, 4])

    def test_products_have_both_tax_rates(self):
        products = self.of_company("product.product", ("barcode", "=like", "200000000%"))
        products = products.with_company(self.company)
        self.assertEqual(len(products), 25)
        self.assertEqual(len(products.categ_id), 3)
        self.assertEqual(set(products.taxes_id.mapped("amount")), {7.0, 19.0})
        self.assertEqual(products.taxes_id.company_id, self.company)
        self.assertTrue(all(products.mapped("barcode")) and all(products.mapped("standard_price")))

    def test_orders_over_three_years(self):
        states = Counter(self.orders().mapped("state"))
        self.assertEqual(states, {"sale": 150, "draft": 10, "sent": 9, "cancel": 6})
        self.assertEqual(self.orders().currency_id.mapped("name"), ["EUR"])
        ages = [(self.today - order.date_order.date()).days for order in self.orders()]
        self.assertGreater(min(ages), 0)
        self.assertGreater(max(ages), 2.8 * 365)
        self.assertLess(max(ages), 3.1 * 365)

    def test_invoices_over_three_years(self):
        posted = self.invoices(("state", "=", "posted"))
        self.assertEqual(len(posted), 140)
        self.assertGreaterEqual(len({invoice.invoice_date.year for invoice in posted}), 3)
        for invoice in posted:
            order = invoice.line_ids.sale_line_ids.order_id.ensure_one()
            self.assertLess(order.date_order.date(), invoice.invoice_date)
            self.assertEqual(invoice.date, invoice.invoice_date)

    def test_every_state_of_payment(self):
        states = Counter(self.invoices().mapped("payment_state"))
        self.assertEqual(states, {"paid": 111, "not_paid": 18, "partial": 8, "reversed": 3})
        ages = [
            (self.today - invoice.invoice_date_due).days
            for invoice in self.invoices(("payment_state", "=", "not_paid"))
        ]
        overdue = [age for age in ages if age > 0]
        self.assertEqual(len(overdue), 12)
        self.assertEqual((min(overdue), max(overdue)), (5, 120))
        notes = self.invoices().reversal_move_ids
        self.assertEqual((len(notes), set(notes.mapped("state"))), (5, {"posted"}))

    def test_payments_after_invoices_never_in_the_future(self):
        payments = self.invoices().matched_payment_ids
        self.assertEqual(len(payments), 119)
        for payment in payments:
            invoice = payment.reconciled_invoice_ids.ensure_one()
            self.assertTrue(invoice.invoice_date <= payment.date < self.today)
            self.assertEqual(payment.state, "paid")

    def test_totals_equal_lines(self):
        moves = self.invoices() | self.invoices().reversal_move_ids
        for move in moves:
            lines = move.invoice_line_ids
            self.assertAlmostEqual(sum(lines.mapped("price_subtotal")), move.amount_untaxed, 2)
            taxes = move.line_ids.filtered("tax_line_id")
            self.assertAlmostEqual(abs(sum(taxes.mapped("balance"))), move.amount_tax, 2)
            self.assertAlmostEqual(move.amount_untaxed + move.amount_tax, move.amount_total, 2)
            owed = move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            self.assertAlmostEqual(abs(sum(owed.mapped("balance"))), move.amount_total, 2)

    def test_abroad_without_german_tax(self):
        for invoice in self.invoices():
            german = invoice.commercial_partner_id.country_code == "DE"
            self.assertEqual(bool(invoice.amount_tax), german, invoice.name)

    def test_no_mail_was_sent(self):
        for model in ("sale.order", "account.move", "account.payment", "res.partner"):
            ids = self.of_company(model).ids
            self.assertFalse(
                self.env["mail.mail"].search([("model", "=", model), ("res_id", "in", ids)])
            )

    def test_plan_keeps_its_promises(self):
        for name in ("tables", "products", "plan"):
            self.assertFalse(
                doctest.testmod(importlib.import_module(f"demo_company.{name}")).failed
            )


@tagged("post_install", "-at_install")
class TestBuildAgain(DemoCase):
    MODELS = (
        "res.company",
        "res.partner",
        "res.partner.bank",
        "product.template",
        "product.category",
        "account.payment.term",
        "sale.order",
        "account.move",
        "account.payment",
        "mail.mail",
    )

    def count(self):
        return {
            model: self.env[model].with_context(active_test=False).search_count([])
            for model in self.MODELS
        }

    def test_nothing_is_made_twice(self):
        before = self.count()
        self.assertEqual(self.build_again(), self.company)
        self.assertEqual(self.count(), before)

    def test_an_interrupted_build_is_completed(self):
        before = self.count()
        drafts = self.orders(("state", "=", "draft"))
        references = set(drafts.mapped("client_order_ref"))
        drafts.unlink()
        self.build_again()
        self.assertEqual(
            set(self.orders(("state", "=", "draft")).mapped("client_order_ref")), references
        )
        self.assertEqual(self.count(), before)

    def test_a_finished_build_does_not_bring_back_what_was_deleted(self):
        self.orders(("state", "=", "draft")).unlink()
        demo_company.build(self.env)
        self.assertFalse(self.orders(("state", "=", "draft")))

    def test_users_work_in_the_company_alone(self):
        known = self.env["res.users"].search([("login", "in", LOGINS)])
        for login in set(LOGINS) - set(known.mapped("login")):
            new_test_user(self.env, login, groups="sales_team.group_sale_salesman")
        demo_company.build(self.env)
        users = self.env["res.users"].search([("login", "in", LOGINS)])
        self.assertEqual(len(users), len(LOGINS))
        for user in users:
            self.assertEqual((user.company_id, user.company_ids), (self.company, self.company))
            self.assertEqual((user.lang, user.tz), ("de_DE", "Europe/Berlin"))
        self.assertIn(self.company, self.env.ref("base.user_admin").company_ids)
        self.assertEqual(set(self.orders().user_id.mapped("login")), set(SELLERS))
        self.assertEqual(set(self.invoices().invoice_user_id.mapped("login")), set(SELLERS))
        klara = users.filtered(lambda user: user.login == "klara")
        self.assertEqual(
            self.env["sale.order"]
            .with_user(klara)
            .search_count(
                [
                    ("client_order_ref", "=like", "DEMO-%"),
                    ("user_id", "=", klara.id),
                ]
            ),
            len(self.orders(("user_id", "=", klara.id))),
        )
