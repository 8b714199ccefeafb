from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.account_credit_control.models.res_partner import ResPartner as Bare

from .dunning_case import DunningCase

LEVEL = "dunning_level"


@tagged("post_install", "-at_install")
class TestDunnedCustomer(DunningCase):
    """Sam sees that a customer is dunned before he calls him or sends an offer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls.seller()
        cls.everybody = cls.bernd | cls.inn | cls.anna

    def found(self, *leaf):
        domain = [leaf, ("id", "in", self.everybody.ids)]
        return self.env["res.partner"].with_user(self.sam).search(domain)

    def dun_twice(self):
        """Bernd is at level 2, the inn at level 1."""
        bill = self.bill(self.bernd)
        self.dun("2025-03-20")
        other = self.bill(self.inn, day="2025-03-21", due="2025-03-24")
        self.dun("2025-04-03")
        return bill, other

    def test_the_level_is_that_of_the_last_reminder_of_an_open_invoice(self):
        self.dun_twice()
        bernd = self.bernd.with_user(self.sam)
        self.assertEqual((bernd.dunning_level, bernd.last_dunning_date), (2, date(2025, 4, 3)))
        self.assertIn("2", bernd.dunning_note)
        self.assertEqual(self.anna.dunning_level, 0)
        self.assertFalse(self.anna.dunning_note)

    def test_contacts_of_a_customer_show_it_too(self):
        self.dun_twice()
        child = self.customer("Frau Krone", parent_id=self.inn.id)
        self.assertEqual(child.with_user(self.sam).dunning_level, 1)

    def test_who_has_paid_is_not_dunned_any_more(self):
        bill, _other = self.dun_twice()
        self.pay(bill, 1000, "2025-04-05")
        self.bernd.invalidate_recordset()
        self.assertEqual(self.bernd.dunning_level, 0)
        self.assertEqual(self.found(LEVEL, ">", 0), self.inn)

    def test_searching(self):
        self.dun_twice()
        two, one, none = self.bernd, self.inn, self.anna
        for leaf, expected in (
            ((LEVEL, ">", 0), one | two),
            ((LEVEL, ">", 1), two),
            ((LEVEL, ">=", 1), one | two),
            ((LEVEL, "<", 2), one | none),
            ((LEVEL, "<=", 2), self.everybody),
            ((LEVEL, "<", 0), none.browse()),
            ((LEVEL, ">=", 0), self.everybody),
            ((LEVEL, "=", 2), two),
            ((LEVEL, "=", 0), none),
            ((LEVEL, "!=", 0), one | two),
            ((LEVEL, "=", False), none),
            ((LEVEL, "in", [0, 1]), none | one),
            ((LEVEL, "in", [7]), none.browse()),
            ((LEVEL, "not in", [1]), none | two),
        ):
            with self.subTest(leaf):
                self.assertEqual(self.found(*leaf), expected)
        with self.assertRaises(UserError):
            self.found(LEVEL, "like", "1")

    def test_a_list_of_customers_takes_one_query_for_their_levels(self):
        self.dun_twice()
        partners = self.everybody.with_user(self.sam)
        partners.mapped(LEVEL)
        few = self.queries(lambda: partners[:1].mapped(LEVEL))
        self.assertEqual(self.queries(lambda: partners.mapped(LEVEL)), few)

    def test_another_company_does_not_see_the_reminders_of_this_one(self):
        self.dun_twice()
        other = self.env["res.company"].create({"name": "Filiale"})
        stranger = new_test_user(
            self.env,
            "stranger_abroad",
            groups="sales_team.group_sale_salesman",
            company_id=other.id,
            company_ids=other.ids,
        )
        there = self.bernd.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertEqual(there.dunning_level, 0)
        self.assertFalse(there.dunning_step_ids)
        self.assertEqual(there.credit_control_count, 0)

    def test_each_step_is_shown_to_sales(self):
        self.dun_twice()
        steps = self.bernd.with_user(self.sam).dunning_step_ids
        self.assertEqual(
            steps.mapped(lambda step: (step.date, step.level, step.level_name, step.channel)),
            [
                (date(2025, 4, 3), 2, self.levels[1].with_user(self.env.user).name, "email"),
                (date(2025, 3, 20), 1, self.levels[0].name, "email"),
            ],
        )
        self.assertEqual(steps[0].interest, 2.79)
        self.assertTrue(all(steps.mapped("is_open")))
        action = self.bernd.with_user(self.sam).action_open_dunning_steps()
        found = self.env["kunden.dunning.step"].with_user(self.sam).search(action["domain"])
        self.assertEqual(found, steps)

    def test_a_plain_colleague_sees_no_steps(self):
        with self.assertRaises(AccessError):
            self.env["kunden.dunning.step"].with_user(self.colleague).search([])

    def test_sales_reads_how_many_reminders_there_are(self):
        self.dun_twice()
        bernd = self.bernd.with_user(self.sam)
        self.assertEqual(bernd.credit_control_count, 2)
        with self.assertRaises(AccessError):
            Bare._compute_credit_control_count(bernd)

    def test_the_forms_open_for_those_who_use_them(self):
        self.dun_twice()
        for user in (self.sam, self.klara, self.anton):
            with self.subTest(user.login):
                form = Form(self.bernd.with_user(user))
                self.assertEqual(form.dunning_level, 2)

    def test_accounting_notes_a_dispute_on_the_invoice(self):
        bill, _other = self.dun_twice()
        with Form(bill.with_user(self.anton)) as form:
            form.is_disputed = True
            form.dunning_block = True
            form.dunning_block_reason = "Wrong amount"
        self.assertTrue(bill.is_disputed)
        with Form(self.bernd.with_user(self.klara)) as form:
            form.dunning_block = True
            form.dunning_block_reason = "Pays by instalments"
            self.assertEqual(form.dunning_level, 2)
        self.assertTrue(self.bernd.dunning_block)

    def test_who_is_merged_stays_dunned_and_blocked(self):
        self.dun_twice()
        double = self.customer("Bernd Weber")
        self.bernd.write({"dunning_block": True, "dunning_block_reason": "Instalments"})
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.env.flush_all()
        wizard._merge((self.bernd | double).ids, double)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.bernd.exists())
        self.assertEqual(double.with_user(self.sam).dunning_level, 2)
        self.assertEqual(len(double.with_user(self.sam).dunning_step_ids), 2)
        self.assertTrue(double.dunning_block)
        self.assertEqual(double.dunning_block_reason, "Instalments")

    def test_an_offer_to_a_dunned_customer_warns(self):
        self.dun_twice()
        offer = self.env["sale.order"].with_user(self.sam).create({"partner_id": self.bernd.id})
        self.assertEqual(offer.dunning_note, self.bernd.with_user(self.sam).dunning_note)
        self.assertFalse(offer.asks_for_dunned)
        self.shop.dunning_order_warning = True
        self.assertTrue(offer.asks_for_dunned)
        offer.partner_id = self.anna
        self.assertFalse(offer.asks_for_dunned)
        self.assertFalse(offer.dunning_note)

    def test_the_question_before_confirming(self):
        view = self.env["sale.order"].with_user(self.sam).get_view(view_type="form")["arch"]
        self.assertIn("asks_for_dunned", view)
        self.assertIn('confirm="', view)
        offer = self.env["sale.order"].create({"partner_id": self.bernd.id})
        self.shop.dunning_order_warning = True
        self.dun_twice()
        offer.with_user(self.sam).action_confirm()
        self.assertEqual(offer.state, "sale", "no program is ever stopped by the question")
