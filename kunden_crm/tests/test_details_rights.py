from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestDetailsOfCompanies(CustomerFileCase):
    """Two companies in one database do not see each other's customers, nor what hangs on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.berlin = cls.env["res.company"].create({"name": "Berlin"})
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            groups="kunden_crm.group_manager",
            company_id=cls.berlin.id,
            company_ids=[Command.set(cls.berlin.ids)],
        )
        cls.anna.company_id = cls.env.company
        cls.anna.write(
            {
                "interest_ids": [
                    Command.create({"topic_id": cls.env.ref("kunden_crm.topic_hobby_reading").id})
                ],
                "online_profile_ids": [Command.create({"url": "https://ok.de"})],
                "figure_ids": [Command.create({"year": 2025, "revenue": 5})],
            }
        )
        cls.anna.household_id = cls.env["kunden.household"].create(
            {"name": "Berg", "company_id": cls.env.company.id}
        )

    def details(self):
        """All that hangs on Anna."""
        return (
            self.anna.interest_ids,
            self.anna.online_profile_ids,
            self.anna.figure_ids,
            self.anna.household_id,
        )

    def test_another_company_sees_nothing(self):
        for detail in self.details():
            theirs = detail.with_user(self.stranger)
            self.assertFalse(theirs.search([("id", "in", detail.ids)]), detail._name)
            with self.assertRaises(AccessError):
                theirs.read(["display_name"])

    def test_a_customer_of_all_companies_is_known_to_all(self):
        self.anna.company_id = False
        self.anna.household_id.company_id = False
        for detail in self.details():
            theirs = detail.with_user(self.stranger)
            self.assertEqual(theirs.search([("id", "in", detail.ids)]), detail, detail._name)

    def test_the_lists_cannot_be_changed_by_readers(self):
        for detail in self.details():
            with self.assertRaises(AccessError):
                detail.with_user(self.reader).unlink()

    def test_who_may_not_see_the_details_duplicates_the_rest(self):
        plain = new_test_user(
            self.env, "plain_creator", groups="base.group_user,base.group_partner_manager"
        )
        self.anna.company_id = False
        self.anna.occupation_class_id = self.env["kunden.occupation.class"].search([], limit=1)
        copied = self.anna.with_user(plain).copy()
        self.assertEqual(copied.city, "Köln")
        self.assertFalse(copied.sudo().occupation_class_id)
        by_clerk = self.anna.with_user(self.clerk).copy()
        self.assertEqual(by_clerk.occupation_class_id, self.anna.occupation_class_id)

    def test_who_may_not_see_the_last_interaction_does_not_search_by_it(self):
        ever = [("last_interaction_date", ">", "2020-01-01")]
        self.env["res.partner"].with_user(self.reader).search(ever)
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.colleague).search(ever)

    def test_every_view_of_the_configuration_opens(self):
        for name in (
            "contact_roles",
            "figures",
            "households",
            "interest_topics",
            "legal_forms",
            "occupation_classes",
        ):
            action = self.env.ref(f"kunden_crm.action_{name}")
            rows = self.env[action.res_model].with_user(self.manager)
            self.assertTrue(rows.get_views(action.views)["views"], name)
        interests = self.env["kunden.interest"].with_user(self.reader)
        self.assertTrue(interests.get_views([(False, "list"), (False, "search")]))

    def test_key_figures_are_in_the_menu_of_those_who_may_see_them(self):
        self.assertTrue(self.sees_menu(self.manager, "kunden_crm.menu_figures"))
        self.assertFalse(self.sees_menu(self.clerk, "kunden_crm.menu_figures"))
        self.assertTrue(self.sees_menu(self.reader, "kunden_crm.menu_households"))

    def test_nobody_groups_by_what_he_may_not_see(self):
        for model, path in (
            ("res.partner", "household_declined_ids"),
            ("res.users", "household_declined_ids"),
            ("res.users", "partner_id.household_declined_ids"),
            ("res.partner", "interest_topic_ids"),
        ):
            rows = self.env[model]
            with self.assertRaises(AccessError):
                rows.with_user(self.colleague)._read_group([], [path], ["__count"])
            rows.with_user(self.reader)._read_group([], [path], ["__count"])
