from datetime import date
from decimal import Decimal

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sales_case import SalesCase


@tagged("post_install", "-at_install")
class TestDunningBaseRate(SalesCase):
    """The accounting manager compares the shipped rates with the publication and confirms them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rates = cls.env["kunden.dunning.base.rate"]
        cls.rates.search([]).unlink()
        cls.first = cls.rates.create({"date_from": "2025-01-01", "rate": 2.27})
        cls.second = cls.rates.create({"date_from": "2025-07-01", "rate": 1.27})
        cls.bookkeeper = cls.staff("bea", "account.group_account_user")
        cls.chief = cls.staff("carl", "account.group_account_manager")

    def test_a_rate_is_used_once_it_is_confirmed(self):
        self.assertEqual(self.rates._confirmed_rates(), {})
        with freeze_time("2025-01-07"):
            self.first.with_user(self.chief).action_confirm()
        self.assertEqual(self.first.confirmed_by_id, self.chief)
        self.assertEqual(self.first.confirmed_on, date(2025, 1, 7))
        self.assertEqual(
            [(line.date_from.month, line.state) for line in self.second | self.first],
            [(7, "open"), (1, "confirmed")],
        )
        self.assertEqual(
            self.rates.with_user(self.klara)._confirmed_rates(),
            {date(2025, 1, 1): Decimal("2.27")},
        )

    def test_who_changes_a_rate_takes_back_its_confirmation(self):
        self.first.action_confirm()
        self.first.with_user(self.chief).rate = 2.28
        self.assertEqual(self.first.state, "open")
        self.assertFalse(self.first.confirmed_by_id)

    def test_accounting_reads_and_its_manager_changes(self):
        self.assertEqual(self.first.with_user(self.bookkeeper).rate, 2.27)
        with self.assertRaises(AccessError):
            self.first.with_user(self.bookkeeper).action_confirm()
        with self.assertRaises(AccessError):
            self.first.with_user(self.klara).read(["rate"])

    def test_a_half_year_has_one_rate_and_begins_on_its_first_day(self):
        for day in ("2025-01-01", "2025-04-01", "2025-01-02"):
            with (
                self.subTest(day),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.rates.create({"date_from": day, "rate": 1})


@tagged("post_install", "-at_install")
class TestShippedBaseRates(SalesCase):
    """The rates of the Deutsche Bundesbank come with the add-on, unconfirmed by anybody here."""

    def test_the_published_rates(self):
        names = ("2024_1", "2024_2", "2025_1", "2025_2")
        lines = [self.env.ref(f"kunden_crm.base_rate_{name}") for name in names]
        self.assertEqual([line.rate for line in lines], [3.62, 3.37, 2.27, 1.27])
        self.assertTrue(all(line.source for line in lines))
