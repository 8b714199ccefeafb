from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase


class HouseholdCase(CustomerFileCase):
    """The Meiers in the Gartenweg, and a clerk who files them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.max = cls.person("Max", salutation="mr", birthdate_date=date(1980, 5, 1))

    @classmethod
    def person(cls, firstname, lastname="Meier", **values):
        """Somebody who lives in the Gartenweg, unless values say otherwise."""
        partners = cls.env["res.partner"].with_user(cls.clerk).with_context(lang="en_US")
        return partners.create(
            {
                "name": f"{firstname} {lastname}",
                "firstname": firstname,
                "lastname": lastname,
                "street": "Gartenweg 3",
                "zip": "50667",
                "city": "Köln",
                "lang": "en_US",
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestSameAddress(HouseholdCase):
    def test_a_second_person_at_the_same_address_is_asked_about(self):
        eva = self.person("Eva", street="Garten-Weg 3", zip=" 50667")
        self.assertEqual(eva.household_candidate_ids, self.max)
        self.assertEqual(eva.household_proposal, "Max Meier, Gartenweg 3")
        eva.action_join_household()
        self.assertEqual(eva.household_id.name, "Household Meier")
        self.assertEqual(eva.household_id.member_ids, self.max | eva)
        self.assertFalse(eva.household_proposal)

    def test_a_third_person_joins_the_household_that_is_there(self):
        self.person("Eva").action_join_household()
        tim = self.person("Tim")
        self.assertEqual(tim.household_proposal, "Household Meier, Gartenweg 3")
        tim.action_join_household()
        self.assertEqual(len(self.max.household_id.member_ids), 3)

    def test_it_is_asked_before_the_new_person_is_saved(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        new = partners.new({"name": "Eva Meier", "street": "Gartenweg 3"})
        self.assertFalse(new.household_proposal)
        new.zip = "50667"
        self.assertEqual(new.household_candidate_ids._origin, self.max)
        self.assertEqual(new.household_proposal, "Max Meier, Gartenweg 3")
        values = {"name": "Eva", "street": "Gartenweg 3", "zip": "50667"}
        spec = {"household_proposal": {}, "street": {}, "zip": {}}
        shown = partners.onchange(values, ["zip"], spec)["value"]
        self.assertEqual(shown["household_proposal"], "Max Meier, Gartenweg 3")

    def test_a_no_is_remembered_on_both_sides(self):
        eva = self.person("Eva", lastname="Kaya")
        eva.action_decline_household()
        self.assertFalse(eva.household_candidate_ids)
        self.assertFalse(self.max.household_candidate_ids)
        tim = self.person("Tim")
        eva.invalidate_recordset()
        self.assertEqual(eva.household_candidate_ids, tim)

    def test_the_same_name_is_likelier_than_a_household_of_another(self):
        kaya = self.person("Ali", lastname="Kaya")
        kaya.household_id = self.env["kunden.household"].create({"name": "Kaya"})
        eva = self.person("Eva")
        self.assertEqual(eva.household_candidate_ids[0], self.max)
        self.assertEqual(eva.household_candidate_ids, self.max | kaya)
        eva.action_join_household(kaya.id)
        self.assertEqual(eva.household_id, kaya.household_id)

    def test_who_is_no_neighbour_cannot_be_joined(self):
        eva = self.person("Eva")
        eva.action_join_household(self.anna.id)
        self.assertFalse(eva.household_id)

    def test_other_houses_companies_and_contacts_are_not_asked_about(self):
        firm = self.person("Maier", lastname="KG", is_company=True)
        self.person("Ute", parent_id=firm.id)
        for values in ({"street": "Gartenweg 13"}, {"zip": "50668"}, {"street": "Gartenweg"}):
            self.assertFalse(self.person("Eva", **values).household_candidate_ids, values)
        eva = self.person("Eva")
        self.assertEqual(eva.household_candidate_ids, self.max)
        self.assertFalse(firm.household_candidate_ids)

    def test_the_neighbours_of_many_people_are_found_at_once(self):
        """One statement finds who lives at all these addresses, another reads their names."""
        people = self.max.browse()
        for number in range(1, 11):
            street = f"Bergstraße {number}"
            people |= self.person("Eva", street=street) | self.person("Tim", street=street)
        self.env.flush_all()
        people.invalidate_recordset()
        people.mapped("name")
        people.mapped("lastname")
        people.mapped("household_declined_ids")
        # the clerk's own rights are looked up once and kept
        self.assertTrue(self.person("Pia").household_candidate_ids)
        with self.assertQueryCount(2):
            people.mapped("household_candidate_ids")
        self.assertEqual(people[0].household_candidate_ids, people[1])

    def test_nobody_else_at_the_address_is_known_by_one_statement(self):
        eva = self.person("Eva", street="Bergstraße 99")
        self.env.flush_all()
        eva.invalidate_recordset()
        self.assertTrue(eva.name and eva.lastname)
        with self.assertQueryCount(1):
            self.assertFalse(eva.household_candidate_ids)


@tagged("post_install", "-at_install")
class TestHouseholds(HouseholdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eva = cls.person("Eva", salutation="ms", birthdate_date=date(1982, 1, 1))
        cls.tim = cls.person("Tim", birthdate_date=date(2010, 6, 15))
        households = cls.env["kunden.household"].with_user(cls.clerk)
        cls.home = households.with_context(lang="en_US").create(
            {
                "name": "Household Meier",
                "member_ids": [Command.set((cls.max | cls.eva | cls.tim).ids)],
            }
        )

    def counted(self):
        """How many adults and children are shown."""
        self.home.invalidate_recordset()
        return self.home.adult_count, self.home.child_count

    def test_who_is_of_age_is_an_adult_unless_somebody_says_otherwise(self):
        with freeze_time("2028-06-14"):
            self.assertEqual(self.counted(), (2, 1))
        with freeze_time("2028-06-15"):
            self.assertEqual(self.counted(), (3, 0))
            self.tim.household_role = "child"
            self.assertEqual(self.counted(), (2, 1))

    def test_a_new_head_takes_the_place_of_the_old_one(self):
        self.assertEqual(self.home.head_id, self.max)
        self.eva.household_role = "head"
        self.assertEqual(self.home.head_id, self.eva)
        self.home.head_id = self.max
        self.assertEqual(self.home.head_id, self.max)
        self.assertEqual(self.eva.household_role, "adult")
        ute = self.person("Ute", household_id=self.home.id, household_role="head")
        self.assertEqual(self.home.head_id, ute)
        self.assertEqual(self.max.household_role, "adult")

    def test_who_moves_out_leaves_his_role_behind(self):
        self.max.household_role = "head"
        self.max.household_id = self.home
        self.assertEqual(self.max.household_role, "head")
        other = self.home.create({"name": "Other"})
        form = self.max.new(origin=self.max)
        form.household_id = other
        form._onchange_household_id()
        self.assertFalse(form.household_role)
        self.max.household_id = other
        self.assertFalse(self.max.household_role)
        self.assertEqual(self.home.head_id, self.eva)

    def test_a_household_has_no_head_without_adults(self):
        (self.max | self.eva).household_id = False
        with freeze_time("2026-01-01"):
            self.assertFalse(self.home.head_id)
            self.assertEqual(self.counted(), (0, 1))

    def test_a_member_who_leaves_is_not_deleted(self):
        arch = etree.fromstring(self.home.get_view(view_type="form")["arch"])
        self.assertEqual(arch.find(".//field[@name='member_ids']").get("widget"), "many2many")
        self.home.web_save({"member_ids": [Command.unlink(self.tim.id)]}, {"member_ids": {}})
        self.assertTrue(self.tim.exists())
        self.assertEqual(self.home.member_ids, self.max | self.eva)

    def test_households_are_found_by_their_children(self):
        empty = self.home.create({"name": "Empty"})
        both = self.home | empty
        with freeze_time("2026-01-01"):
            for condition, found in (
                (("child_count", ">", 0), self.home),
                (("child_count", "=", 1), self.home),
                (("child_count", "=", 0), empty),
                (("child_count", "<", 1), empty),
                (("child_count", "!=", 1), empty),
                (("child_count", ">=", 0), both),
                (("adult_count", ">=", 2), self.home),
                (("adult_count", "<=", 1), empty),
                (("adult_count", "in", [0, 2]), both),
            ):
                domain = Domain(*condition) & Domain("id", "in", both.ids)
                self.assertEqual(self.home.search(domain, order="id"), found, condition)

    def test_a_household_gets_one_letter(self):
        with freeze_time("2026-01-01"):
            self.assertEqual(self.home.letter_salutation, "Dear Meier family,")
            self.assertEqual(self.home.letter_address, "Familie Meier\nGartenweg 3\n50667 Köln")

    def test_two_names_are_both_written_to(self):
        self.eva.write({"lastname": "Kok", "academic_title": "Dr."})
        with freeze_time("2026-01-01"):
            self.home.invalidate_recordset()
            self.assertEqual(self.home.letter_salutation, "Dear Mr Meier,\ndear Dr Kok,")
            self.assertIn("Frau Dr. Eva Kok", self.home.letter_address)

    def test_a_letter_abroad_names_the_country(self):
        self.env.company.country_id = self.env.ref("base.de")
        self.max.country_id = self.env.ref("base.at")
        self.home.invalidate_recordset()
        self.assertEqual(self.home.letter_address.splitlines()[-1], "AUSTRIA")

    def test_a_duplicate_lives_nowhere_yet(self):
        self.max.household_role = "head"
        double = self.max.copy()
        self.assertFalse(double.household_id)
        self.assertFalse(double.household_role)

    def test_readers_read_households_and_clerks_keep_them(self):
        home = self.home.with_user(self.reader)
        self.assertEqual(home.name, "Household Meier")
        with self.assertRaises(AccessError):
            home.name = "Other"
        with self.assertRaises(AccessError):
            home.with_user(self.colleague).read(["name"])
        with self.assertRaises(AccessError):
            self.max.with_user(self.colleague).household_id  # noqa: B018
        self.assertEqual(self.max.with_user(self.colleague).street, "Gartenweg 3")


@tagged("post_install", "-at_install")
class TestTurnover(HouseholdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "Laden"})
        (cls.env.user | cls.clerk).company_ids |= company
        cls.env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        cls.shop = company
        cls.eva = cls.person("Eva")
        cls.home = cls.env["kunden.household"].create(
            {"name": "Meier", "member_ids": [Command.set((cls.max | cls.eva).ids)]}
        )
        cls.anton = new_test_user(
            cls.env,
            "anton_of_the_shop",
            groups="kunden_crm.group_user,account.group_account_invoice",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def invoice(self, partner, amount, move_type="out_invoice", post=True):
        """An invoice of that amount without taxes."""
        moves = self.env["account.move"].with_context(**partner.env.context)
        move = moves.create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": "2026-05-04",
                "invoice_line_ids": [
                    Command.create({"name": "Shampoo", "price_unit": amount, "tax_ids": False})
                ],
            }
        )
        if post:
            move.action_post()

    def test_the_joint_turnover_is_net_of_credit_notes_and_drafts(self):
        self.invoice(self.max, 100)
        self.invoice(self.eva, 50)
        self.invoice(self.eva, 20, "out_refund")
        self.invoice(self.eva, 999, post=False)
        self.invoice(self.anna, 777)
        self.eva.active = False
        home = self.home.with_user(self.anton)
        self.assertEqual(home.turnover, 130)
        self.assertEqual(home.currency_id, self.shop.currency_id)

    def test_who_sells_sees_the_same_turnover_as_who_accounts(self):
        self.invoice(self.max, 100)
        seller = new_test_user(
            self.env,
            "seller",
            groups="kunden_crm.group_user,sales_team.group_sale_salesman_all_leads",
            company_id=self.shop.id,
            company_ids=[Command.set(self.shop.ids)],
        )
        self.assertEqual(self.home.with_user(seller).turnover, 100)

    def test_invoices_of_two_companies_add_up_in_the_currency_of_one(self):
        self.invoice(self.max, 100)
        francs = self.env.ref("base.CHF")
        francs.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": francs.id, "company_id": self.shop.id, "rate": 2.0}
        )
        other = self.env["res.company"].create({"name": "Basel", "currency_id": francs.id})
        self.env["account.chart.template"].try_loading("generic_coa", other, install_demo=False)
        self.env.user.company_ids |= other
        other.currency_id = francs
        self.invoice(self.eva.with_context(allowed_company_ids=other.ids), 50)
        home = self.home.with_context(allowed_company_ids=(self.shop | other).ids)
        home.invalidate_recordset()
        self.assertEqual(home.turnover, 125)

    def test_the_turnover_of_many_households_is_one_query(self):
        homes = self.home
        for number in range(5):
            person = self.person(f"P{number}")
            homes |= homes.create({"name": f"H{number}", "member_ids": [Command.set(person.ids)]})
        homes = homes.with_user(self.anton)
        self.env.flush_all()
        homes.mapped("turnover")
        homes.invalidate_recordset()
        self.env.invalidate_all()
        homes.with_context(active_test=False).member_ids.mapped("name")
        with self.assertQueryCount(1):
            homes.mapped("turnover")

    def test_who_may_not_see_invoices_does_not_see_the_turnover(self):
        self.assertNotIn("turnover", self.home.with_user(self.clerk).fields_get())
        with self.assertRaises(AccessError):
            self.home.with_user(self.clerk).turnover  # noqa: B018
