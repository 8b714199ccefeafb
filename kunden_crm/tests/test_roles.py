from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestRoles(CustomerFileCase):
    def test_a_reader_opens_a_file_and_changes_nothing(self):
        anna = self.anna.with_user(self.reader)
        self.assertEqual(anna.city, "Köln")
        with self.assertRaises(AccessError):
            anna.city = "Bonn"
        with self.assertRaises(AccessError):
            anna.create({"name": "Bernd Berg"})
        with self.assertRaises(AccessError):
            anna.unlink()

    def test_a_clerk_keeps_the_file(self):
        anna = self.anna.with_user(self.clerk)
        anna.city = "Bonn"
        bernd = anna.create({"name": "Bernd Berg"})
        self.assertEqual(self.anna.city, "Bonn")
        self.assertEqual(bernd.create_uid, self.clerk)

    def test_a_manager_may_what_a_clerk_may(self):
        self.assertTrue(self.manager.has_group("kunden_crm.group_user"))
        self.anna.with_user(self.manager).city = "Bonn"
        self.assertFalse(self.manager.has_group("kunden_crm.group_dpo"))

    def test_the_officer_reads_apart_from_the_other_roles(self):
        self.assertEqual(self.anna.with_user(self.officer).name, "Anna Berg")
        self.assertFalse(self.officer.has_group("kunden_crm.group_user"))
        with self.assertRaises(AccessError):
            self.anna.with_user(self.officer).city = "Bonn"

    def test_the_administrator_has_every_role(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("kunden_crm.group_manager"))
        self.assertTrue(admin.has_group("kunden_crm.group_dpo"))

    def test_the_app_is_there_for_readers_and_not_for_every_colleague(self):
        for user in (self.reader, self.clerk, self.manager, self.officer):
            self.assertTrue(self.sees_menu(user, "kunden_crm.menu_customers"))
        self.assertFalse(self.sees_menu(self.colleague, "kunden_crm.menu_root"))

    def test_only_a_manager_configures(self):
        self.assertTrue(self.sees_menu(self.manager, "kunden_crm.menu_configuration"))
        self.assertFalse(self.sees_menu(self.clerk, "kunden_crm.menu_configuration"))

    def test_the_list_holds_customers_and_not_their_addresses(self):
        depot = self.env["res.partner"].create(
            {"name": "Depot", "type": "delivery", "parent_id": self.anna.id}
        )
        action = self.env.ref("kunden_crm.action_customers")
        listed = self.env["res.partner"].with_user(self.reader).search(safe_eval(action.domain))
        self.assertIn(self.anna, listed)
        self.assertNotIn(depot, listed)

    def test_a_reader_gets_every_view_of_the_app(self):
        action = self.env.ref("kunden_crm.action_customers")
        views = self.env["res.partner"].with_user(self.reader).get_views(action.views)["views"]
        self.assertEqual(set(views), {"list", "kanban", "form", "activity"})
