from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CustomerFileCase

FORM = "base.view_partner_form"


@tagged("post_install", "-at_install")
class TestFieldUpkeep(CustomerFileCase):
    """The catalogue over the years: updates, new installations, fields that others use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)

    def make(self, name, field_type="char", **values):
        """A field of the manager's own."""
        return self.entries.create({"name": name, "field_type": field_type, **values})

    def left(self, name, ttype, **values):
        """A column that an earlier installation has left."""
        values |= {"name": name, "ttype": ttype, "field_description": name, "state": "manual"}
        values["model_id"] = self.env["ir.model"]._get_id("res.partner")
        return self.env["ir.model.fields"].create(values)

    def test_a_column_that_was_left_is_an_own_field_again(self):
        answers = [(0, 0, {"value": "yes", "name": "Yes"}), (0, 0, {"value": "no", "name": "No"})]
        for kind, column in {
            "char": self.left("x_kunden_gifts", "char"),
            "boolean": self.left("x_kunden_garden", "selection", selection_ids=answers),
            "many2one": self.left("x_kunden_adviser", "many2one", relation="res.partner"),
            "selection": self.left("x_kunden_size", "many2one", relation="kunden.field.option"),
        }.items():
            entry = self.entries.create(
                {"name": f"Wieder {kind}", "field_id": column.id, "field_type": "text"}
            )
            self.assertEqual((entry.field_type, entry.is_own), (kind, True))
            self.assertEqual(column.field_description, f"Wieder {kind}")
            self.assertEqual(column.tracking, 90)
        eva = self.env["res.partner"].with_user(self.clerk).create({"name": "Eva Muster"})
        eva.x_kunden_gifts = "Kratzbaum"
        arch = eva.get_view(self.env.ref(FORM).id, "form")["arch"]
        self.assertIn("x_kunden_adviser", arch)
        secret = self.left("x_kunden_debts", "char")
        self.entries.create(
            {"name": "Schulden", "field_id": secret.id, "sensitivity": "confidential"}
        )
        self.assertFalse(secret.tracking)
        self.assertNotIn("x_kunden_debts", eva.fields_get())

    def test_what_was_hidden_when_the_add_on_went_stays_hidden(self):
        self.env.cr.execute("ALTER TABLE res_partner ADD COLUMN x_kunden_allergien varchar")
        self.env.cr.execute("CREATE TABLE x_kunden_tiere_rel (partner_id integer)")
        self.assertEqual(self.make("Allergien").technical_name, "x_kunden_allergien_2")
        self.assertEqual(self.make("Tiere", "many2many").technical_name, "x_kunden_tiere_2")

    def test_a_line_that_a_later_version_ships_is_the_one_that_was_made(self):
        field = self.env.ref("base.field_res_partner__color")
        line = self.entries.create(
            {"name": "Farbe", "field_id": field.id, "customer_kind": "company", "active": False}
        )
        shipped = [
            {"name": "Color", "field_id": field.id, "guidance": "Red.", "customer_kind": "any"},
            {"name": "Latitude", "field_id": self.env.ref("base.field_res_partner__tz").id},
        ]
        loaded = self.env["kunden.field"]._load_records(
            [
                {"xml_id": f"kunden_crm.catalogue_test_{number}", "values": values}
                for number, values in enumerate(shipped)
            ],
            update=True,
        )
        self.assertEqual(loaded[0], line)
        self.assertEqual(self.env.ref("kunden_crm.catalogue_test_0"), line)
        self.assertEqual((line.name, line.customer_kind, line.active), ("Farbe", "company", False))
        self.assertEqual(line.guidance, "Red.")
        self.assertEqual(loaded[1].name, "Latitude")

    def test_deleting_says_which_mailings_and_actions_use_it(self):
        gifts = self.make("Erwartete Geschenke")
        name = gifts.technical_name
        model = self.env["ir.model"]._get_id("res.partner")
        domain = f"[('{name}', '!=', False)]"
        used = ["Wünsche erfüllen"]
        self.env["ir.actions.server"].create(
            [
                {"name": told, "model_id": model, "state": "code", "code": f"x = '{code}'"}
                for told, code in ((used[0], name), ("Anderes", f"{name}_2"))
            ]
        )
        made = {
            "mailing.mailing": {
                "subject": "Geschenkbrief",
                "mailing_model_id": model,
                "mailing_domain": domain,
            },
            "base.automation": {
                "name": "Geschenkregel",
                "model_id": model,
                "trigger": "on_create_or_write",
                "filter_domain": domain,
            },
        }
        for other in filter(self.env.__contains__, made):
            used.append(self.env[other].create(made[other]).display_name)
        with self.assertRaises(UserError) as refused:
            gifts.unlink()
        for told in used:
            self.assertIn(f"“{told}”", str(refused.exception))
        self.assertNotIn("Anderes", str(refused.exception))

    def page(self, user):
        """The page of own fields, as somebody gets it."""
        partners = self.env["res.partner"].with_user(user)
        arch = etree.fromstring(partners.get_view(self.env.ref(FORM).id, "form")["arch"])
        return arch.find(".//page[@name='own_fields']")

    def test_the_page_is_there_for_whom_one_of_its_fields_is(self):
        self.make("Schulden", sensitivity="confidential", customer_kind="company")
        self.assertIsNone(self.page(self.clerk))
        page = self.page(self.manager)
        self.assertEqual(page.get("invisible"), "(not is_company)")
        self.make("Geburtsort", customer_kind="person")
        self.assertEqual(
            self.page(self.clerk).get("invisible"), "(is_company) and (not is_company)"
        )
        self.make("Hobby")
        self.assertIsNone(self.page(self.clerk).get("invisible"))

    def test_the_list_also_shows_all_lines(self):
        self.make("Hobby").active = False
        arch = self.entries.get_view(view_type="search")["arch"]
        (node,) = etree.fromstring(arch).xpath("//filter[@name='all']")
        self.assertEqual(node.get("domain"), "[('active', 'in', (True, False))]")
        everything = [("active", "in", (True, False)), ("name", "=", "Hobby")]
        self.assertEqual(len(self.entries.search(everything)), 1)
