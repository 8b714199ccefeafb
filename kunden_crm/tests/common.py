"""The cast of the stories: people with few rights, and a customer."""

from odoo.tests import TransactionCase, new_test_user


class CustomerFileCase(TransactionCase):
    """A plain colleague, a reader, a clerk, a manager, a data protection officer, and Anna."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "colleague", groups="base.group_user")
        cls.reader = new_test_user(cls.env, "reader", groups="kunden_crm.group_reader")
        cls.clerk = new_test_user(cls.env, "clerk", groups="kunden_crm.group_user")
        cls.manager = new_test_user(cls.env, "manager", groups="kunden_crm.group_manager")
        cls.officer = new_test_user(cls.env, "officer", groups="kunden_crm.group_dpo")
        cls.anna = cls.env["res.partner"].create({"name": "Anna Berg", "city": "Köln"})

    def sees_menu(self, user, xmlid):
        """Whether the web client shows this menu to the user."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return self.env.ref(xmlid).id in menus

    def queries(self, act):
        """How many queries an act takes from a cold start until all of it is stored."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
