from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    def test_mira_runs_campaigns_and_only_reads_customers(self):
        if not self.env.ref("kunden_crm_marketing.user_mira", raise_if_not_found=False):
            convert_file(self.env, "kunden_crm_marketing", "demo/res_users.xml", {}, mode="init")
        mira = self.env.ref("kunden_crm_marketing.user_mira")
        self.assertTrue(mira.has_group("kunden_crm_marketing.group_user"))
        self.assertTrue(self.env["mailing.mailing"].with_user(mira).has_access("create"))
        self.assertFalse(self.env["res.partner"].with_user(mira).has_access("write"))
        credential = {"type": "password", "login": "mira", "password": "mira"}
        done = mira.with_user(mira)._check_credentials(credential, {"interactive": True})
        self.assertEqual(done["uid"], mira.id)
