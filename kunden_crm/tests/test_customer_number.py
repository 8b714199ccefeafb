from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .sales_case import SalesCase

LOOK_AHEAD = "odoo.addons.kunden_crm.models.number_mixin._LOOK_AHEAD"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestGivenNumber(SalesCase):
    def people(self, count):
        return self.partners.create([{"name": f"Kunde {n}"} for n in range(count)])

    def take(self, *numbers, **values):
        """Somebody else has these numbers already."""
        partners = self.env["res.partner"].sudo()
        return partners.create([{"name": "Alt", "ref": number, **values} for number in numbers])

    def test_who_orders_gets_the_next_number(self):
        sam = self.seller()
        self.assertFalse(self.anna.ref)
        self.order(self.anna, sam)
        self.assertEqual(self.anna.ref, "T0001")
        self.order(self.anna, sam)
        self.assertEqual(self.anna.ref, "T0001", "given once")
        self.assertEqual(self.sequence.number_next_actual, 2, "none is drawn in vain")

    def test_who_is_invoiced_gets_the_next_number(self):
        self.invoice(self.anna, self.accountant())
        self.assertEqual(self.anna.ref, "T0001")

    def test_the_button_gives_a_number_on_demand(self):
        self.anna.action_give_customer_number()
        self.assertEqual(self.anna.ref, "T0001")
        self.assertFalse(self.anna.customer_stage, "a number alone makes no customer")
        self.anna.action_give_customer_number()
        self.assertEqual(self.anna.ref, "T0001")

    def test_the_action_of_the_list_gives_numbers_to_a_selection(self):
        people = self.people(3)
        people[1].ref = "OLD7"
        action = self.env.ref("kunden_crm.action_give_customer_number").with_user(self.klara)
        action.with_context(active_model="res.partner", active_ids=people.ids).run()
        self.assertEqual(people.mapped("ref"), ["T0001", "OLD7", "T0002"])

    def test_a_reader_gives_no_number(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.reader).action_give_customer_number()

    def test_the_number_belongs_to_the_commercial_contact(self):
        firm = self.partners.create({"name": "Berg GmbH", "is_company": True})
        eva = self.partners.create({"name": "Eva Groß", "parent_id": firm.id})
        tom = self.partners.create({"name": "Tom Groß", "parent_id": firm.id})
        (eva + tom).action_give_customer_number()
        self.assertEqual(firm.ref, "T0001")
        self.assertFalse(eva.ref or tom.ref)
        self.assertEqual(self.sequence.number_next_actual, 2)

    def test_fifty_numbers_take_no_more_queries_than_five(self):
        self.people(1).action_give_customer_number()
        few, many = self.people(5), self.people(50)
        cost = self.queries(few.action_give_customer_number)
        self.assertLessEqual(self.queries(many.action_give_customer_number), cost)
        self.assertEqual(len(set((few + many).mapped("ref"))), 55)

    def test_fifty_numbers_are_drawn_by_one_query(self):
        self.sequence._get_prefix_suffix()
        with self.assertQueryCount(1):
            numbers = self.sequence._draw(50)
        self.assertEqual((numbers[0], numbers[-1]), ("T0001", "T0050"))

    def test_it_is_called_customer_number_wherever_a_field_is_named(self):
        field = self.env["ir.model.fields"]._get("res.partner", "ref")
        self.env["res.lang"]._activate_lang("de_DE")
        field.update_field_translations("field_description", {"de_DE": "Referenz"})
        self.env["res.partner"]._name_labels()
        clerk = self.env["res.partner"].with_user(self.clerk).with_context(lang="de_DE")
        self.assertEqual(clerk.fields_get(["ref"], ["string"])["ref"]["string"], "Kundennummer")

    def test_taken_numbers_are_skipped(self):
        self.take("T0001", "T0002")
        self.take("T0004", active=False)
        self.take("T0006", company_id=self.env["res.company"].create({"name": "B"}).id)
        people = self.people(4)
        people.action_give_customer_number()
        self.assertEqual(people.mapped("ref"), ["T0003", "T0005", "T0007", "T0008"])

    def test_a_long_row_of_taken_numbers_costs_few_queries(self):
        row = [f"T{n:04d}" for n in range(1, 26)]
        self.take(*row)
        anna, cost = self.anna, self.queries(self.anna.action_give_customer_number)
        self.assertEqual(anna.ref, "T0026")
        self.take(*[f"T{n:04d}" for n in range(27, 226)])
        eva = self.people(1)
        self.assertLessEqual(self.queries(eva.action_give_customer_number), cost)
        self.assertEqual(eva.ref, "T0226")

    def test_a_row_that_is_longer_than_one_look_ahead(self):
        self.take(*[f"T{n:04d}" for n in range(1, 26)])
        with patch(LOOK_AHEAD, 4):
            self.anna.action_give_customer_number()
        self.assertEqual(self.anna.ref, "T0026")

    def test_a_sequence_without_gaps_goes_on(self):
        self.sequence.implementation = "no_gap"
        self.take("T0002", "T0003")
        people = self.people(2)
        people.action_give_customer_number()
        self.assertEqual(people.mapped("ref"), ["T0001", "T0004"])

    def test_a_sequence_by_year_writes_the_year(self):
        self.sequence.write({"use_date_range": True, "prefix": "%(range_year)s-", "padding": 3})
        people = self.people(2)
        people.action_give_customer_number()
        self.assertEqual(people.mapped("ref"), ["2026-001", "2026-002"])

    def test_each_company_has_its_sequence_or_the_common_one(self):
        other = self.env["res.company"].create({"name": "B"})
        self.klara.sudo().company_ids += other
        self.anna.with_company(other).action_give_customer_number()
        common = self.env.ref("kunden_crm.sequence_customer")
        self.assertTrue(self.anna.ref.startswith(common.prefix))

    def test_the_company_that_sells_gives_the_number_whoever_confirms(self):
        other = self.env["res.company"].create({"name": "B"})
        self.number_from("B", other)
        sam = self.seller()
        sam.company_ids += other
        order = self.env["sale.order"].create({"partner_id": self.anna.id, "company_id": other.id})
        companies = [self.shop.id, other.id]
        order.with_user(sam).with_context(allowed_company_ids=companies).action_confirm()
        self.assertEqual(self.anna.ref, "B0001")

    def test_the_company_that_invoices_gives_the_number_whoever_posts(self):
        ada = self.accountant()
        move = self.invoice(self.anna, ada, post=False)
        ada.company_ids += self.env["res.company"].create({"name": "B"})
        companies = [*(ada.company_ids - self.shop).ids, self.shop.id]
        move.with_user(ada).with_context(allowed_company_ids=companies).action_post()
        self.assertEqual(self.anna.ref, "T0001")

    def test_without_a_sequence_everything_goes_on_without_numbers(self):
        self.env["ir.sequence"].search([("code", "=", "kunden.customer")]).active = False
        self.assertTrue(self.anna.action_give_customer_number())
        self.order(self.anna, self.seller())
        self.assertEqual(self.anna.customer_stage, "customer")
        self.assertFalse(self.anna.ref)

    def test_a_wrong_prefix_is_told_at_the_button_and_stops_no_order(self):
        self.sequence.prefix = "%(nonsense)s"
        order = self.order(self.anna, self.seller())
        self.assertEqual((order.state, self.anna.customer_stage), ("sale", "customer"))
        self.assertFalse(self.anna.ref)
        with self.assertRaises(UserError):
            self.anna.action_give_customer_number()

    def test_duplicate_gets_no_number(self):
        self.anna.write({"ref": "T0007", "debtor_account": "10007", "customer_stage": "customer"})
        twin = self.anna.copy()
        self.assertFalse(twin.ref or twin.debtor_account or twin.customer_stage)
        self.assertFalse(self.anna.ref_is_doubled)


@tagged("post_install", "-at_install")
class TestTypedNumber(SalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.write({"ref": "T0007", "debtor_account": "10007"})
        cls.eva = cls.partners.create({"name": "Eva Groß"})
        cls.other = cls.env["res.company"].create({"name": "B"})

    def typed(self, partner, **values):
        """The clerk saves the form."""
        return partner.web_save(values, {"ref": {}, "debtor_account": {}})

    def refused(self, partner, **values):
        with self.assertRaises(ValidationError) as refused, self.env.cr.savepoint():
            self.typed(partner, **values)
        return str(refused.exception)

    def test_a_taken_number_is_refused_at_the_form_with_the_name_of_who_has_it(self):
        self.assertIn("Anna Berg", self.refused(self.eva, ref="T0007"))
        self.assertIn("Anna Berg", self.refused(self.eva, ref=" T0007 "))
        self.assertIn("Anna Berg", self.refused(self.eva, debtor_account="10007"))
        self.assertIn("Anna Berg", self.refused(self.partners, name="Neu", ref="T0007"))
        self.assertFalse(self.eva.ref or self.eva.debtor_account)

    def test_a_number_that_is_no_text_is_compared_as_text(self):
        self.anna.ref = "4711"
        self.assertIn("Anna Berg", self.refused(self.eva, ref=4711))

    def test_a_taken_number_is_refused_in_the_list_and_inside_a_company(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.eva.web_save_multi([{"ref": "T0007"}], {"ref": {}})
        firm = self.partners.create({"name": "Berg GmbH", "is_company": True})
        tom = Command.create({"name": "Tom", "ref": "T0007"})
        self.assertIn("Anna Berg", self.refused(firm, child_ids=[tom]))

    def test_the_number_of_an_archived_contact_is_taken(self):
        self.anna.active = False
        self.assertIn("Anna Berg", self.refused(self.eva, ref="T0007"))

    def test_free_numbers_and_the_own_one_are_stored(self):
        self.assertEqual(self.typed(self.anna, ref="T0007")[0]["ref"], "T0007")
        self.assertEqual(self.typed(self.eva, ref=" T0008 ")[0]["ref"], "T0008")
        self.typed(self.eva, ref=False)
        self.assertFalse(self.eva.ref)

    def test_who_has_the_number_is_not_told_to_who_may_not_see_him(self):
        self.anna.sudo().company_id = self.other
        message = self.refused(self.eva, ref="T0007")
        self.assertIn("T0007", message)
        self.assertNotIn("Anna", message)

    def test_two_companies_of_the_database_may_give_the_same_number(self):
        self.anna.sudo().company_id = self.other
        self.typed(self.eva, ref="T0007", company_id=self.shop.id)
        self.assertFalse(self.eva.ref_is_doubled)
        self.typed(self.eva, ref="T0007")
        self.assertIn("T0007", self.refused(self.eva, ref="T0007", company_id=False))

    def test_a_contact_of_all_companies_takes_its_number_from_each(self):
        self.refused(self.eva, ref="T0007", company_id=self.shop.id)


@tagged("post_install", "-at_install")
class TestDoubledNumber(SalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eva = cls.partners.create({"name": "Eva Groß"})
        cls.both = cls.anna + cls.eva

    def found(self, *condition):
        return self.partners.search([("id", "in", self.both.ids), condition])

    def test_other_doors_store_a_doubled_number_and_mark_it(self):
        self.anna.ref = "T0007"
        self.assertFalse(self.anna.ref_is_doubled)
        self.eva.write({"ref": "T0007"})
        tom = self.partners.create({"name": "Tom", "ref": "T0007"})
        self.assertEqual((self.both + tom).mapped("ref"), ["T0007"] * 3)
        self.both.invalidate_recordset(["ref_is_doubled"])
        self.assertEqual((self.both + tom).mapped("ref_is_doubled"), [True] * 3)
        tom.unlink()
        self.eva.ref = "T0008"
        self.both.invalidate_recordset(["ref_is_doubled"])
        self.assertFalse(self.anna.ref_is_doubled or self.eva.ref_is_doubled)

    def test_an_import_stores_and_marks(self):
        self.anna.ref = "T0007"
        result = self.partners.load(["name", "ref"], [["Tom", "T0007"], ["Ida", "T0009"]])
        self.assertFalse(result["messages"])
        tom, ida = self.partners.browse(result["ids"])
        self.assertEqual((tom.ref_is_doubled, ida.ref_is_doubled), (True, False))

    def test_doubled_debtor_accounts_are_marked_per_company(self):
        other = self.env["res.company"].create({"name": "B"})
        self.klara.sudo().company_ids += other
        self.both.debtor_account = "10007"
        self.assertEqual(self.both.mapped("debtor_account_is_doubled"), [True, True])
        self.assertEqual(self.found("debtor_account_is_doubled", "=", True), self.both)
        there = self.both.with_company(other)
        there[0].debtor_account = "10007"
        self.assertFalse(there[0].debtor_account_is_doubled or there[1].debtor_account_is_doubled)
        self.eva.debtor_account = "10008"
        self.both.invalidate_recordset(["debtor_account_is_doubled"])
        self.assertFalse(self.anna.debtor_account_is_doubled)
        self.assertFalse(self.found("debtor_account_is_doubled", "=", True))

    def test_the_filter_finds_doubled_numbers_and_their_opposite(self):
        self.anna.ref = "T0007"
        self.assertFalse(self.found("ref_is_doubled", "=", True))
        self.env["res.partner"].create({"name": "Alt", "ref": "T0007", "active": False})
        self.assertEqual(self.found("ref_is_doubled", "=", True), self.anna)
        self.assertEqual(self.found("ref_is_doubled", "=", False), self.eva)
        self.assertEqual(self.found("ref_is_doubled", "!=", True), self.eva)
        self.assertEqual(self.found("ref_is_doubled", "in", [True, False]), self.both)

    def test_contacts_without_number_are_not_doubled(self):
        self.assertFalse(self.anna.ref_is_doubled or self.anna.debtor_account_is_doubled)
        self.assertEqual(self.found("ref_is_doubled", "=", False), self.both)

    def test_fifty_marks_take_no_more_queries_than_five(self):
        people = self.partners.create([{"name": "A", "ref": f"T{n % 25}"} for n in range(50)])
        people[5:8].read(["ref_is_doubled"])
        few = self.queries(lambda: people[:5].read(["ref_is_doubled"]))
        self.assertEqual(self.queries(lambda: people.read(["ref_is_doubled"])), few)
        self.assertEqual(set(people.mapped("ref_is_doubled")), {True})
