from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestMergedDetails(CustomerFileCase):
    """Two files of one customer become one by core's own merge, and nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.double = cls.anna.create({"name": "Anna Berg"})
        cls.hiking = cls.env.ref("kunden_crm.topic_leisure_hiking")
        cls.beach = cls.env.ref("kunden_crm.topic_holiday_beach")

    def merge(self, user=None, also=()):
        """Merges the double into Anna."""
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user or self.env.user)
        self.env.flush_all()
        wizard._merge([self.anna.id, self.double.id, *also], self.anna.with_user(wizard.env.user))
        self.env.flush_all()
        self.env.invalidate_all()

    def urls(self, partner):
        return sorted(partner.online_profile_ids.mapped("url"))

    def test_profiles_of_both_survive_and_equal_ones_become_one(self):
        third = self.anna.create({"name": "Anna Berg"})
        for partner, pages in (
            (self.anna, ("https://ok.de", "https://x.com/anna")),
            (self.double, ("https://x.com/anna", "https://www.xing.com/profile/Anna_Berg")),
            (third, ("https://www.xing.com/profile/Anna_Berg", "https://anna.de")),
        ):
            partner.online_profile_ids = [Command.create({"url": page}) for page in pages]
        self.merge(also=third.ids)
        self.assertFalse(self.double.exists() | third.exists())
        self.assertEqual(
            self.urls(self.anna),
            [
                "https://anna.de",
                "https://ok.de",
                "https://www.xing.com/profile/Anna_Berg",
                "https://x.com/anna",
            ],
        )

    def test_figures_of_both_survive_and_contradictions_stand_side_by_side(self):
        for partner, rows in (
            (self.anna, [(2024, 5, "Agency"), (2025, 7, "Agency"), (2025, 6, False)]),
            (self.double, [(2024, 5, "Agency"), (2025, 8, "Agency"), (2025, 9, False)]),
        ):
            partner.figure_ids = [
                Command.create({"year": year, "headcount": count, "source": source})
                for year, count, source in rows
            ]
        self.double.figure_ids = [
            Command.create({"year": 2026, "headcount": 10, "source": "Agency"})
        ]
        self.merge()
        said = {(figure.year, figure.source): figure.headcount for figure in self.anna.figure_ids}
        self.assertEqual(
            said,
            {
                (2024, "Agency"): 5,
                (2025, "Agency"): 7,
                (2025, "Agency (2)"): 8,
                (2025, False): 6,
                (2025, "(2)"): 9,
                (2026, "Agency"): 10,
            },
        )
        self.assertEqual(self.anna.employee_quantity, 10)

    def test_interests_of_both_survive(self):
        self.anna.interest_ids = [Command.create({"topic_id": self.hiking.id})]
        self.double.interest_ids = [
            Command.create({"topic_id": topic.id}) for topic in self.hiking | self.beach
        ]
        self.merge()
        self.assertEqual(len(self.anna.interest_ids), 3)
        self.assertEqual(self.anna.interest_topic_ids, self.hiking | self.beach)
        self.assertEqual(self.anna.search([("interest_topic_ids", "=", self.beach.id)]), self.anna)

    def test_the_birthday_key_follows_the_date(self):
        self.double.birthdate_date = date(2000, 2, 29)
        self.merge()
        self.assertEqual(self.anna.birthdate_date, date(2000, 2, 29))
        self.assertEqual(self.anna.birthday_key, 229)

    def test_who_wants_no_calls_wants_none_afterwards(self):
        self.double.do_not_phone = True
        self.anna.do_not_email = True
        roles = self.env.ref("kunden_crm.contact_role_pays")
        self.double.contact_role_ids = roles
        self.merge()
        self.assertTrue(self.anna.do_not_phone and self.anna.do_not_email)
        self.assertEqual(self.anna.contact_role_ids, roles)

    def test_nothing_is_lost_because_the_merging_colleague_may_not_see_it(self):
        home = self.env["kunden.household"].create({"name": "Berg"})
        self.double.write(
            {
                "household_id": home.id,
                "household_role": "adult",
                "occupation_class_id": self.env.ref("kunden_crm.occupation_isco08_1").id,
                "credit_remark": "Pays late.",
            }
        )
        colleague = new_test_user(
            self.env, "merger", groups="base.group_partner_manager,sales_team.group_sale_salesman"
        )
        self.merge(colleague)
        self.assertEqual(self.anna.household_id, home)
        self.assertEqual(self.anna.household_role, "adult")
        self.assertEqual(self.anna.occupation_class_id.code, "1")
        self.assertEqual(self.anna.credit_remark, "Pays late.")

    def test_the_head_of_the_same_household_stays_its_head(self):
        home = self.env["kunden.household"].create({"name": "Berg"})
        self.double.write({"household_id": home.id, "household_role": "head"})
        self.anna.write({"household_id": home.id, "household_role": "adult"})
        self.merge()
        self.assertEqual(home.head_id, self.anna)
        self.assertEqual(self.anna.household_role, "head")

    def test_the_head_of_another_household_brings_no_role_along(self):
        here, there = self.env["kunden.household"].create([{"name": "Here"}, {"name": "There"}])
        self.double.write({"household_id": there.id, "household_role": "head"})
        self.anna.household_id = here
        self.merge()
        self.assertEqual(self.anna.household_id, here)
        self.assertFalse(self.anna.household_role)

    def test_a_no_to_a_neighbour_is_still_remembered(self):
        neighbour = self.anna.create({"name": "Bernd"})
        self.double.household_declined_ids = neighbour
        self.merge()
        self.assertEqual(self.anna.household_declined_ids, neighbour)
