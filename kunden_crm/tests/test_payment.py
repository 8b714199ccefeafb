import random
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.extras import Json, execute_values

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..kernel.payments import paying, payment_class
from .ledger_case import LedgerCase

LEVELS = ("3_time_1", "3_time_2", "3_time_3")


@tagged("post_install", "-at_install")
class TestPayments(LedgerCase):
    """Ada invoices on 10 March 2026; what the file tells is asked by her and by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-10"))
        partners = cls.env["res.partner"].sudo()
        cls.firm = partners.create({"name": "Napf GmbH", "is_company": True}).with_user(cls.ada)
        cls.nicole = partners.create({"name": "Nicole", "parent_id": cls.firm.id})
        cls.nicole = cls.nicole.with_user(cls.ada)
        cls.karl = partners.create({"name": "Karl"}).with_user(cls.ada)
        cls.balances = cls.env["kunden.payment.balance"].with_user(cls.ada)

    def late(self, partner, days, amount=100.0, **values):
        """An invoice that was due so many days ago."""
        due = date.fromordinal(date(2026, 3, 10).toordinal() - days)
        values |= {"invoice_date": due, "invoice_date_due": due}
        return self.bill(partner, amount, invoice_payment_term_id=False, **values)

    def dun(self, invoice, level, state="sent"):
        """A step of the dunning engine for this invoice."""
        step = self.env.ref(f"account_credit_control.{LEVELS[level - 1]}").sudo()
        item = invoice.line_ids.filtered("date_maturity")
        return (
            self.env["credit.control.line"]
            .sudo()
            .create(
                {
                    "move_line_id": item.id,
                    "invoice_id": invoice.id,
                    "partner_id": invoice.partner_id.id,
                    "account_id": item.account_id.id,
                    "company_id": invoice.company_id.id,
                    "date": "2026-03-01",
                    "date_due": item.date_maturity,
                    "amount_due": item.balance,
                    "balance_due": item.balance,
                    "policy_level_id": step.id,
                    "policy_id": step.policy_id.id,
                    "channel": "letter",
                    "state": state,
                }
            )
        )

    def test_the_figures_of_a_customer_to_the_cent(self):
        self.late(self.firm, 400, 250.0)
        first = self.late(self.firm, 40, 119.0)
        self.late(self.nicole, 10, 80.5)
        self.bill(self.firm, 20.0, move_type="out_refund")
        self.bill(self.firm, 999.0, post=False)
        self.pay(first, 19.0)
        for contact in (self.firm, self.nicole):
            self.assertEqual(contact.turnover_this_year, 179.5)
            self.assertEqual(contact.turnover_last_year, 250.0)
            self.assertEqual(contact.turnover_total, 429.5)
            self.assertEqual(contact.open_amount, 410.5)
            self.assertEqual(contact.overdue_amount, 430.5)
            self.assertEqual(contact.oldest_due_date, date(2025, 2, 3))
            self.assertEqual(contact.days_late, 400)
            self.assertEqual(contact.payment_class, "critical")
            self.assertEqual(contact.payment_currency_id, self.euro)
        self.assert_ledger(self.firm)

    def test_who_was_never_invoiced_has_no_class(self):
        self.assertFalse(self.karl.payment_class)
        self.assertFalse(self.karl.oldest_due_date)
        self.assertEqual(self.karl.turnover_total, 0)

    def test_a_year_and_a_day_pass_without_any_write(self):
        with freeze_time("2025-12-31"):
            self.bill(self.karl, 70.0, invoice_date_due="2026-01-01", invoice_payment_term_id=False)
            self.bill(self.karl, 30.0, invoice_date="2026-01-05", invoice_date_due="2026-01-05")
            self.assertEqual((self.karl.turnover_this_year, self.karl.days_late), (70, 0))
            self.assert_ledger(self.karl)
            rows = self.rows()
        for day, this_year, last_year, overdue, late in (
            ("2026-01-01", 30, 70, 0, 0),
            ("2026-01-02", 30, 70, 70, 1),
            ("2027-01-01", 0, 30, 100, 365),
        ):
            with freeze_time(day):
                self.env.invalidate_all()
                karl = self.karl
                self.assertEqual(karl.turnover_this_year, this_year)
                self.assertEqual(karl.turnover_last_year, last_year)
                self.assertEqual((karl.overdue_amount, karl.days_late), (overdue, late))
                self.assert_ledger(karl)
                self.assertEqual(self.rows(), rows)

    def rows(self):
        """The table as it lies there, with the number of who wrote each row."""
        self.env.cr.flush()
        self.env.cr.execute("SELECT xmin::text, balance.* FROM kunden_payment_balance balance")
        return self.env.cr.fetchall()

    def test_each_step_from_invoice_to_paid_and_back(self):
        invoice = self.late(self.karl, 7)
        self.assertEqual(self.karl.payment_class, "late")
        payment = self.pay(invoice)
        self.assertEqual((self.karl.open_amount, self.karl.mean_days_late), (0, 7))
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual((self.karl.overdue_amount, self.karl.open_amount), (100, 0))
        payment.button_draft()
        self.assertEqual(self.karl.open_amount, 100)
        payment.button_cancel()
        invoice.line_ids.filtered("date_maturity").date_maturity = "2026-03-09"
        self.assertEqual(self.karl.days_late, 1)
        invoice.button_draft()
        self.assertFalse(self.karl.payment_class)
        self.env.cr.flush()
        self.assertFalse(self.balances.sudo().search([("partner_id", "=", self.karl.id)]))
        invoice.action_post()
        self.assertEqual(self.karl.turnover_total, 100)
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.assertEqual(self.karl.turnover_total, 0)

    def test_what_is_matched_later_and_what_a_program_deletes(self):
        invoice = self.late(self.karl, 7)
        payment = self.pay(invoice)
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual((self.karl.overdue_amount, self.karl.mean_days_late), (100, 0))
        self.match(invoice | payment)
        self.assertEqual((self.karl.overdue_amount, self.karl.mean_days_late), (0, 7))
        other = self.bill(self.karl, 50.0)
        self.assertEqual((self.karl.turnover_total, self.karl.open_amount), (150, 50))
        other.sudo().with_context(force_delete=True).unlink()
        self.assertEqual((self.karl.turnover_total, self.karl.open_amount), (100, 0))

    def test_a_correction_is_no_payment(self):
        invoice = self.late(self.karl, 90)
        invoice._reverse_moves([{"invoice_date": date(2026, 3, 10)}], cancel=True)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual((self.karl.mean_days_late, self.karl.payment_class), (0, "punctual"))
        self.assertFalse(self.karl.has_paid_this_year, "a mean of nothing is not shown")

    def test_trend_of_half_years(self):
        for month, days in (("2025-05", 20), ("2026-02", 2)):
            due = date.fromisoformat(f"{month}-01")
            with freeze_time(due):
                invoice = self.bill(self.karl, invoice_date_due=due)
            with freeze_time(date.fromordinal(due.toordinal() + days)):
                self.pay(invoice)
        self.assertEqual(self.karl.days_late_trend, "sooner")
        self.assertEqual(self.karl.mean_days_late, 11)

    def test_dunned_while_the_item_is_open(self):
        invoice = self.late(self.karl, 20)
        step = self.dun(invoice, 1, "to_be_sent")
        self.assertEqual(self.karl.payment_class, "late")
        step.write({"state": "sent"})
        step.write({"date_sent": "2026-03-02"})
        self.assertEqual(self.karl.payment_class, "dunned")
        self.assertIn(self.karl, self.found([("payment_class", "=", "dunned")]))
        self.dun(invoice, 3)
        self.assertEqual(self.karl.payment_class, "critical")
        self.pay(invoice)
        self.assertEqual(self.karl.payment_class, "late")

    def found(self, domain, user=None, **options):
        return self.karl.with_user(user or self.ada).search(domain, **options)

    def test_every_figure_is_searched_as_it_is_shown(self):
        self.late(self.firm, 70, 500.0)
        self.late(self.karl, 2, 30.5)
        self.pay(self.late(self.anna, 10, 40.0))
        nobody = self.karl.sudo().create({"name": "Nobody"}).with_user(self.ada)
        crew = self.firm | self.nicole | self.karl | self.anna.with_user(self.ada) | nobody
        for name in crew._payment_figures():
            values = [value for value in crew.mapped(name) if value or value == 0] + [False]
            for operator in ("=", "!=", "in", ">", "<=", ">=", "<"):
                for value in values:
                    empty = value is False or not any(crew.mapped(name))
                    if operator[0] in "<>" and (empty or isinstance(value, str)):
                        continue
                    asked = [value] if operator == "in" else value
                    domain = [(name, operator, asked), ("id", "in", crew.ids)]
                    self.assertEqual(
                        self.found(domain),
                        crew.sorted("id").filtered_domain([(name, operator, asked)]).sorted(),
                        domain[0],
                    )

    def test_the_list_sorts_and_groups_by_the_figures_and_counts_each_customer_once(self):
        self.late(self.firm, 70, 500.0)
        self.late(self.karl, 2, 30.5)
        crew = self.firm | self.nicole | self.karl
        domain = [("id", "in", crew.ids)]
        self.assertEqual(self.found(domain, order="open_amount, id")[:1], self.karl)
        self.assertEqual(self.found(domain, order="oldest_due_date desc, id")[:1], self.karl)
        groups = self.karl.web_read_group(
            domain,
            ["payment_class"],
            ["__count", "open_amount:sum_currency", "payment_currency_id:array_agg_distinct"],
        )["groups"]
        told = {group["payment_class"]: group["open_amount:sum_currency"] for group in groups}
        self.assertEqual(told, {"critical": 500, "punctual": 30.5})
        self.assertEqual(groups[0]["payment_currency_id:array_agg_distinct"], self.euro.ids)
        months = self.karl.web_read_group(domain, ["oldest_due_date:month"], ["days_late:max"])
        self.assertEqual([group["days_late:max"] for group in months["groups"]], [70, 2])
        told = self.karl.fields_get(crew._payment_figures())
        for name, field in told.items():
            self.assertTrue(field["sortable"] and field["groupable"], name)
        self.bill(self.karl)
        with self.assertQueryCount(1):
            self.karl.fields_get(crew._payment_figures())

    def test_sql_judges_as_the_kernel_does(self):
        """500 customers with balances at random: found by what is shown."""
        partners = self.karl.sudo().create([{"name": f"R{number}"} for number in range(500)])
        rows = self.random_balances(partners)
        told = {}
        for partner, row in zip(partners.with_user(self.ada), rows, strict=True):
            days = max((date(2026, 3, 10) - row[6]).days, 0) if row[6] else 0
            paid = paying(row[7].adapted, date(2026, 3, 10))
            told[partner] = payment_class(row[8], days, paid.mean), paid.trend or False
            self.assertEqual((partner.payment_class, partner.days_late_trend), told[partner])
        for place, name, choices in (
            (0, "payment_class", ("punctual", "late", "dunned", "critical")),
            (1, "days_late_trend", ("sooner", "same", "later", False)),
        ):
            for choice in choices:
                there = {partner for partner in told if told[partner][place] == choice}
                self.assertTrue(there, choice)
                domain = [(name, "=", choice), ("id", "in", partners.ids)]
                self.assertEqual(set(self.found(domain)), there, choice)

    def random_balances(self, partners):
        """Rows as they could be, stored as they are."""
        dice = random.Random(4)
        rows = []
        for partner in partners:
            paid = {
                f"20{dice.choice((24, 25, 26))}-{dice.randint(1, 12):02}": (
                    dice.randint(1, 4),
                    dice.randint(-30, 60),
                )
                for _month in range(dice.randint(0, 9))
            }
            oldest = dice.choice((None, self.past(dice)))
            row = (partner.id, self.shop.id, 0, Json({}), 0, Json({}), oldest, Json(paid))
            rows.append((*row, dice.choice((0, 0, 1, 3))))
        execute_values(
            self.env.cr._obj,
            """INSERT INTO kunden_payment_balance (partner_id, company_id, turnover_total,
                   turnover_by_year, open_amount, open_by_due, oldest_due_date, paid_by_month,
                   dunning_level) VALUES %s""",
            rows,
        )
        return rows

    def past(self, dice):
        return date.fromordinal(date(2026, 3, 20).toordinal() - dice.randint(0, 120))

    def test_companies_that_are_ticked_are_added_up_in_the_currency_of_the_first(self):
        self.late(self.karl, 5, 100.0)
        self.late(self.karl, 9, 96.0, company=self.basel)
        for companies, amount, days, currency in (
            (self.shop, 100, 5, self.euro),
            (self.shop | self.basel, 200, 9, self.euro),
            (self.basel, 96, 9, self.franc),
        ):
            karl = self.karl.with_context(allowed_company_ids=companies.ids)
            self.assertEqual((karl.open_amount, karl.days_late), (amount, days))
            self.assertEqual(karl.payment_currency_id, currency)
            self.assertIn(karl, karl.search([("overdue_amount", "=", amount)]))

    def test_amounts_are_for_those_who_see_all_invoices_and_the_class_for_everybody_who_sells(self):
        self.late(self.karl, 5)
        self.late(self.karl, 5, company=self.basel)
        seller = self.seller()
        karl = self.karl.with_user(seller).with_context(allowed_company_ids=self.shop.ids)
        self.assertEqual(karl.open_amount, 100)
        rows = self.balances.with_user(seller).with_context(allowed_company_ids=self.shop.ids)
        self.assertEqual(rows.search([("partner_id", "=", self.karl.id)]).company_id, self.shop)
        young = self.staff("young", "sales_team.group_sale_salesman")
        for user in (self.klara, young):
            karl = self.karl.with_user(user).with_context(allowed_company_ids=self.shop.ids)
            self.assertEqual(karl.payment_class, "late")
            self.assertIn(karl, karl.search([("payment_class", "=", "late")]))
            for name in set(karl._payment_figures()) - {"payment_class"}:
                self.assertNotIn(name, karl.fields_get())
                with self.assertRaises(AccessError):
                    karl.read([name])
                with self.assertRaises(AccessError):
                    karl.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    karl.search([], order=name, limit=1)
            with self.assertRaises(AccessError):
                self.balances.with_user(user).search([])
        reader = self.staff("just_a_reader", "kunden_crm.group_reader")
        with self.assertRaises(AccessError):
            self.karl.with_user(reader).payment_class  # noqa: B018

    def test_who_becomes_part_of_a_firm_brings_along_what_he_bought(self):
        self.late(self.karl, 5, 10.0)
        self.late(self.firm, 5, 20.0)
        karl = self.karl.sudo()
        karl.parent_id = self.firm
        self.assertEqual((self.karl.turnover_total, self.firm.turnover_total), (30, 30))
        self.assert_ledger(self.firm | self.karl)
        karl.is_company = True
        self.assert_ledger(self.firm | self.karl)
        karl.write({"is_company": False, "parent_id": False})
        self.assert_ledger(self.firm | self.karl)

    def test_a_daughter_firm_counts_for_itself_as_long_as_it_is_one(self):
        karl = self.karl.sudo()
        karl.write({"parent_id": self.firm.id, "is_company": True})
        self.late(self.karl, 5, 10.0)
        for is_company, turnover in ((True, 0), (False, 10), (True, 0)):
            karl.is_company = is_company
            self.assertEqual(self.firm.turnover_total, turnover)
            self.assertEqual(self.karl.turnover_total, 10)
            self.assert_ledger(self.firm | self.karl)

    def test_merged_customers_are_added_up(self):
        self.late(self.karl, 5, 10.0)
        self.late(self.firm, 70, 20.0)
        self.assertEqual(self.karl.open_amount, 10)
        double = self.karl.sudo()
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge([self.firm.id, double.id], self.firm.sudo())
        self.assertEqual((self.firm.turnover_total, self.firm.days_late), (30, 70))
        self.assertEqual(self.balances.search([("partner_id", "=", self.firm.id)]).open_amount, 30)
        self.assert_ledger(self.firm)

    def test_one_statement_makes_the_sums_of_all_that_was_booked(self):
        invoices = self.bill(self.karl, post=False) | self.bill(self.firm, post=False)
        self.env.cr.flush()
        invoices.action_post()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.balances._refresh()
        self.assertEqual(self.env.cr.sql_log_count, before + 1)
        self.balances._refresh()
        self.assertEqual(self.env.cr.sql_log_count, before + 1)
        self.assertEqual((self.karl | self.firm).mapped("open_amount"), [100, 100])

    def test_the_figures_of_a_page_of_customers_are_one_query(self):
        people = self.karl.sudo().create([{"name": f"P{number}"} for number in range(80)])
        self.bill(people[0])
        self.env.cr.flush()
        for companies, most in ((self.shop, 1), (self.companies, 3)):
            page = people.with_user(self.ada).with_context(allowed_company_ids=companies.ids)
            page.mapped("open_amount")
            counts = [self.queries_of_page(page[:size]) for size in (1, 80)]
            self.assertEqual(counts[0], counts[1])
            self.assertLessEqual(counts[0], most)

    def queries_of_page(self, page):
        """How many queries it takes to show figures and class of customers read before."""
        self.env.invalidate_all()
        page.mapped("commercial_partner_id.name")
        page.payment_currency_id.mapped("rounding")
        before = self.env.cr.sql_log_count
        page.mapped("open_amount")
        page.mapped("payment_class")
        return self.env.cr.sql_log_count - before

    def test_posting_one_more_invoice_costs_the_same_whatever_was_there(self):
        counts = []
        for number in (1, 1, 12):
            for _old in range(number):
                self.bill(self.karl)
            invoice = self.bill(self.karl, post=False)
            self.env.cr.flush()
            self.env.invalidate_all()
            invoice.mapped("line_ids.partner_id")
            before = self.env.cr.sql_log_count
            invoice.action_post()
            self.env.cr.flush()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_the_night_fills_what_another_program_booked_in_steps(self):
        self.late(self.karl, 5, 10.0)
        self.late(self.firm, 5, 20.0)
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM kunden_payment_balance")
        self.env.invalidate_all()
        self.assertEqual(self.karl.open_amount, 0)
        steps, cron = [], type(self.env["ir.cron"])
        with patch.object(
            cron, "_commit_progress", lambda _self, done, remaining: steps.append((done, remaining))
        ):
            self.balances.sudo()._cron_fill(batch=1)
            while steps[-1][1]:
                self.balances.sudo()._cron_fill(batch=100000)
            self.balances.sudo()._cron_fill()
        self.assertEqual(steps[0], (1, 1))
        self.assertEqual(steps[-1], (0, 0))
        self.assert_ledger(self.karl | self.firm)

    def test_thrown_away_and_rebuilt_it_is_the_same(self):
        self.pay(self.late(self.karl, 5, 10.0))
        self.late(self.firm, 5, 20.0)
        self.env.cr.flush()
        told = [row[2:] for row in self.rows()]
        self.env.cr.execute("DELETE FROM kunden_payment_balance")
        self.balances._rebuild()
        self.assertEqual(sorted(row[3:5] for row in self.rows()), sorted(row[1:3] for row in told))
        rows = self.rows()
        self.balances._rebuild()
        self.assertEqual(self.rows(), rows)
        self.assert_ledger(self.karl | self.firm)

    def test_a_household_buys_together(self):
        home = (
            self.env["kunden.household"]
            .sudo()
            .create(
                {"name": "Karl", "member_ids": [Command.set((self.karl | self.anna.sudo()).ids)]}
            )
        )
        self.bill(self.karl, 10.0)
        self.bill(self.anna, 5.0)
        self.assertEqual(home.with_user(self.ada).turnover, 15)
        self.bill(self.anna, 7.0, move_type="out_refund")
        self.assertEqual(home.with_user(self.ada).turnover, 8)

    def test_a_colleague_without_any_company_but_his_own(self):
        """The figures of a company that the user may not enter stay there."""
        self.late(self.karl, 5, company=self.basel)
        other = self.staff("other", "account.group_account_invoice")
        self.assertEqual(
            self.karl.with_user(other).with_context(allowed_company_ids=[]).open_amount, 0
        )
