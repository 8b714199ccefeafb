from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase

FORM = "base.view_partner_form"


@tagged("post_install", "-at_install")
class TestFieldRights(CustomerFileCase):
    """A manager sees confidential data, a clerk does not; nobody gets them by a side door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.group_ids += cls.env.ref("base.group_allow_export")
        cls.doctor = new_test_user(
            cls.env, "doctor_of_rights", "kunden_crm.group_user,kunden_crm.group_special"
        )
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)

    def entry(self, name):
        """The shipped line of a field, in the manager's hands."""
        return self.env.ref(f"kunden_crm.catalogue_{name}").with_user(self.manager)

    def shown(self, name, user):
        """Whether somebody has the field on his form."""
        partners = self.env["res.partner"].with_user(user)
        arch = etree.fromstring(partners.get_view(self.env.ref(FORM).id, "form")["arch"])
        return bool(arch.xpath(f"//field[@name='{name}']"))

    def assert_hidden(self, name):
        """The clerk meets the field nowhere."""
        self.assertFalse(self.shown(name, self.clerk))
        self.assertNotIn(name, self.partners.fields_get())
        self.assertNotIn(name, self.env["res.users"].with_user(self.clerk).fields_get())
        eva = self.partners.create({"name": "Eva Muster"})
        for act in (
            lambda: self.partners.search([(name, "!=", False)]),
            lambda: self.partners.search([], order=name),
            lambda: self.partners._read_group([], [name], ["__count"]),
            lambda: eva.read([name]),
            lambda: eva.export_data([name]),
            lambda: eva.write({name: False}),
            lambda: self.partners.search([("parent_id." + name, "!=", False)]),
            lambda: (
                self.env["res.users"]
                .with_user(self.clerk)
                .search([("partner_id." + name, "!=", 0)])
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertTrue(eva.copy())

    def test_a_confidential_field_of_ones_own(self):
        debts = self.entries.create(
            {
                "name": "Schulden",
                "field_type": "many2many",
                "sensitivity": "confidential",
                "option_ids": [Command.create({"name": "hoch"})],
            }
        )
        self.assert_hidden(debts.technical_name)
        self.assertTrue(self.shown(debts.technical_name, self.manager))
        self.assertFalse(debts.field_id.sudo().tracking)

    def test_a_seller_reads_the_choices_of_the_fields_that_he_sees(self):
        choice = {"field_type": "selection"}
        words = ("hoch", "niedrig")
        normal, confidential, special = (
            self.entries.create(
                {
                    **choice,
                    "name": f"Wahl {sensitivity}",
                    "sensitivity": sensitivity,
                    "option_ids": [Command.create({"name": word}) for word in words],
                }
            )
            for sensitivity in ("normal", "confidential", "special")
        )
        eva = self.env["res.partner"].create(
            {
                "name": "Eva Muster",
                normal.technical_name: normal.option_ids[0].id,
                confidential.technical_name: confidential.option_ids[1].id,
            }
        )
        seller = new_test_user(self.env(su=True), "sam_of_rights", "sales_team.group_sale_salesman")
        told = eva.with_user(seller).web_read({normal.technical_name: {"fields": {"name": {}}}})
        self.assertEqual(told[0][normal.technical_name]["name"], "hoch")
        options = self.env["kunden.field.option"]
        for user, entries in (
            (seller, normal),
            (self.manager, normal | confidential | special),
            (self.doctor, normal | confidential | special),
        ):
            found = options.with_user(user).search([("name", "in", words)])
            self.assertEqual(found.sudo().catalogue_id, entries, user.name)

    def test_fields_of_core_stay_normal_and_lines_stay_with_their_field(self):
        website, figures = self.entry("website"), self.entry("figure_ids")
        with self.assertRaises(ValidationError):
            website.sensitivity = "confidential"
        self.assertEqual(figures.sensitivity, "confidential")
        self.assertFalse(self.shown("figure_ids", self.clerk))
        self.assertTrue(self.shown("figure_ids", self.manager))
        with self.assertRaises(UserError):
            website.field_id = self.env.ref("base.field_res_partner__color")
        self.assertEqual(website.field_type, "char")

    def test_what_depends_on_a_protected_field_is_for_the_same_people(self):
        debts = self.entries.create(
            {"name": "Schulden", "field_type": "char", "sensitivity": "confidential"}
        )
        name = debts.technical_name
        self.env["ir.ui.view"].create(
            {
                "name": "asks for it",
                "model": "res.partner",
                "inherit_id": self.env.ref(FORM).id,
                "arch": f"""<xpath expr="//field[@name='website']" position="attributes">
                    <attribute name="invisible">not {name}</attribute>
                    <attribute name="groups">kunden_crm.group_reader</attribute>
                </xpath>""",
            }
        )
        self.assertTrue(self.shown("website", self.manager))
        self.assertFalse(self.shown("website", self.clerk))
        self.assertFalse(self.shown(name, self.clerk))

    def test_nobody_learns_of_fields_that_he_may_not_read(self):
        for sensitivity in ("normal", "confidential", "special"):
            self.entries.create(
                {"name": "Geheim", "field_type": "char", "sensitivity": sensitivity}
            )
        for user, count in ((self.clerk, 1), (self.doctor, 3), (self.manager, 3)):
            entries = self.entries.with_user(user)
            self.assertEqual(entries.search_count([("name", "=", "Geheim")]), count, user.name)

    def test_the_search_is_not_the_one_of_who_came_first(self):
        debts = self.entries.create(
            {"name": "Schulden", "field_type": "char", "sensitivity": "confidential"}
        )
        for user, seen in ((self.clerk, False), (self.manager, True)):
            partners = self.env["res.partner"].with_user(user)
            view = self.env.ref("kunden_crm.view_partner_search").id
            arch = etree.fromstring(partners.get_view(view, "search")["arch"])
            nodes = arch.xpath(f"//*[contains(@name, '{debts.technical_name}')]")
            self.assertEqual(len(nodes), 2 * seen)

    def test_special_categories_wait_for_consent(self):
        health = self.entries.create({"name": "Allergien", "field_type": "char"})
        name = health.technical_name
        eva = self.partners.create({"name": "Eva Muster", name: "Nüsse"})
        self.assertTrue(health.field_id.sudo().tracking)
        health.sensitivity = "special"
        self.assertFalse(health.field_id.sudo().tracking)
        self.assert_hidden(name)
        self.assertFalse(self.shown(name, self.manager))
        self.assertTrue(self.shown(name, self.doctor))
        self.assertEqual(eva.with_user(self.doctor)[name], "Nüsse")
        with self.assertRaises(AccessError):
            eva.with_user(self.doctor)[name] = "keine"
