from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

STAFF = {
    "lena": "kunden_crm.group_reader",
    "klara": "kunden_crm.group_user",
    "markus": "kunden_crm.group_manager",
    "dagmar": "kunden_crm.group_dpo",
    "anton": "account.group_account_manager",
}


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails_before = cls.env["mail.mail"].search_count([])
        if not cls.env.ref("kunden_crm.user_lena", raise_if_not_found=False):
            convert_file(cls.env, "kunden_crm", "demo/res_users.xml", {}, mode="init")

    def test_everybody_has_a_role(self):
        for login, group in STAFF.items():
            user = self.env.ref(f"kunden_crm.user_{login}")
            self.assertEqual(user.login, login)
            self.assertTrue(user.has_group(group))
            self.assertTrue(user.has_group("kunden_crm.group_reader"))

    def test_lena_and_dagmar_only_read(self):
        for login in ("lena", "dagmar"):
            user = self.env.ref(f"kunden_crm.user_{login}")
            self.assertFalse(self.env["res.partner"].with_user(user).has_access("write"))

    def test_klara_sees_all_leads_and_markus_leads_sales(self):
        klara = self.env.ref("kunden_crm.user_klara")
        self.assertTrue(klara.has_group("sales_team.group_sale_salesman_all_leads"))
        self.assertFalse(klara.has_group("sales_team.group_sale_manager"))
        markus = self.env.ref("kunden_crm.user_markus")
        self.assertTrue(markus.has_group("sales_team.group_sale_manager"))

    def test_anton_keeps_the_accounts_and_the_reminders(self):
        anton = self.env.ref("kunden_crm.user_anton")
        for model in ("account.move", "account.payment", "credit.control.run"):
            self.assertTrue(self.env[model].with_user(anton).has_access("create"), model)

    def test_the_password_is_the_login(self):
        for login in STAFF:
            user = self.env.ref(f"kunden_crm.user_{login}")
            credential = {"type": "password", "login": login, "password": login}
            done = user.with_user(user)._check_credentials(credential, {"interactive": True})
            self.assertEqual(done["uid"], user.id)

    def test_nobody_is_invited_by_mail(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails_before)
