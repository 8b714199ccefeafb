from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.kunden_crm.tests.common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestRoles(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketer = new_test_user(cls.env, "marketer", groups="kunden_crm_marketing.group_user")
        cls.head = new_test_user(cls.env, "head", groups="kunden_crm_marketing.group_manager")

    def test_marketing_runs_a_campaign_and_only_reads_customers(self):
        campaign = self.env["utm.campaign"].with_user(self.marketer).create({"title": "Spring"})
        campaign.title = "Summer"
        campaign.unlink()
        self.assertEqual(self.anna.with_user(self.marketer).name, "Anna Berg")
        with self.assertRaises(AccessError):
            self.anna.with_user(self.marketer).city = "Bonn"

    def test_the_head_of_marketing_also_keeps_customers(self):
        self.assertTrue(self.head.has_group("kunden_crm_marketing.group_user"))
        self.anna.with_user(self.head).city = "Bonn"
        self.assertEqual(self.anna.city, "Bonn")

    def test_the_administrator_leads_marketing(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("kunden_crm_marketing.group_manager"))

    def test_the_menu_is_there_for_marketing_alone(self):
        for user in (self.marketer, self.head):
            self.assertTrue(self.sees_menu(user, "kunden_crm_marketing.menu_campaigns"))
        for user in (self.colleague, self.clerk, self.manager):
            self.assertFalse(self.sees_menu(user, "kunden_crm_marketing.menu_marketing"))

    def test_marketing_gets_every_view_of_its_campaigns(self):
        action = self.env.ref("kunden_crm_marketing.menu_campaigns").action
        campaigns = self.env["utm.campaign"].with_user(self.marketer)
        views = campaigns.get_views(action.views)["views"]
        self.assertEqual(set(views), {"list", "kanban", "form"})
