from ast import literal_eval

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .common import CustomerFileCase


def require(env, *names, **values):
    """Rules of nobody in particular on shipped fields."""
    entries = env["kunden.field"].search([("technical_name", "in", names)])
    env["kunden.field.rule"].create([{"catalogue_id": entry.id, **values} for entry in entries])


@tagged("post_install", "-at_install")
class TestFieldDoors(CustomerFileCase):
    """Whatever comes in by another door than a form is kept, and lands in the work list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        require(cls.env, "birthdate_date", "street", customer_kind="person", reason="Wanted")

    def assert_marked(self, partner):
        """The file is kept, incomplete, and found in the work list."""
        self.assertTrue(partner)
        self.assertEqual(len(partner.with_user(self.clerk).missing_field_ids), 2)
        work = self.env.ref("kunden_crm.action_incomplete")._get_action_dict()
        found = (
            self.env["res.partner"]
            .with_user(self.clerk)
            .search([*literal_eval(work["domain"]), ("id", "=", partner.id)])
        )
        self.assertEqual(found, partner)

    def test_sign_up(self):
        values = {"login": "eva_who_signs_up", "name": "Eva Neu", "password": "eva_who_signs_up"}
        user = self.env["res.users"].sudo()._create_user_from_template(values)
        self.assert_marked(user.partner_id)

    def test_incoming_mail_and_its_sender(self):
        sender = self.env["res.partner"].find_or_create("Eva Post <eva@post.example>")
        self.assert_marked(sender)

    def test_a_lead_that_becomes_a_customer(self):
        lead = self.env["crm.lead"].create(
            {"name": "Anfrage", "contact_name": "Eva Anfrage", "email_from": "eva@frage.example"}
        )
        lead._handle_partner_assignment(create_missing=True)
        self.assert_marked(lead.partner_id)

    def test_a_strict_user_is_asked_and_his_flows_of_the_system_are_not(self):
        strict = new_test_user(
            self.env, "strict_of_doors", "kunden_crm.group_user", is_strict_integration=True
        )
        partners = self.env["res.partner"].with_user(strict)
        self.assert_marked(partners.sudo().create({"name": "Eva System"}).sudo(False))

    def test_a_new_user_and_a_new_company(self):
        user = new_test_user(self.env, "colleague_of_doors", "base.group_user")
        self.assertFalse(user.partner_id.is_customer_file)
        company = self.env["res.company"].create({"name": "Zweite GmbH"})
        self.assertFalse(company.partner_id.is_customer_file)

    def test_an_invoice_is_posted_and_an_order_confirmed(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.anna.id, "order_line": [Command.create({"name": "Shampoo"})]}
        )
        order.order_line.product_id = self.env["product.product"].create({"name": "Shampoo"})
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assert_marked(self.anna)


@tagged("post_install", "-at_install")
class TestWordsOfARefusal(CustomerFileCase):
    """Whoever is refused reads field, reason and rule in his own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("de_DE", "en_US"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.env["kunden.field.rule"].search([]).active = False
        pets = {"name": "Pets", "field_type": "char"}
        cls.pets = cls.env["kunden.field"].with_context(lang="en_US").create(pets)
        cls.rule = cls.env["kunden.field.rule"].create(
            {"catalogue_id": cls.pets.id, "reason": "For the offer", "customer_kind": "private"}
        )
        cls.pets.with_context(lang="de_DE").name = "Haustiere"
        cls.rule.with_context(lang="de_DE").reason = "Für das Angebot"

    def words(self, lang):
        """What the clerk is told who works in that language, by the form and before it is saved."""
        self.clerk.lang = lang
        partners = self.env["res.partner"].with_user(self.clerk).with_context(lang=lang)
        with self.assertRaises(ValidationError) as refused:
            partners.web_save({"name": "Eva"}, {})
        told = partners.fields_get(attributes=["string", "kunden_reason"])
        field = told[self.pets.technical_name]
        return str(refused.exception), (field["string"], field["kunden_reason"])

    def test_each_reads_his_own(self):
        english, marks = self.words("en_US")
        self.assertIn("- Pets: For the offer (Pets: ", english)
        self.assertEqual(marks, ("Pets", "For the offer"))
        german, marks = self.words("de_DE")
        self.assertIn("- Haustiere: Für das Angebot (Haustiere: ", german)
        self.assertNotIn("Please fill in", german)
        self.assertEqual(marks, ("Haustiere", "Für das Angebot"))
        self.assertEqual(self.words("en_US")[0], english)


@tagged("post_install", "-at_install")
class TestPortalDoor(HttpCase):
    """The address form of the portal asks what a rule has it ask, and marks the rest."""

    def submit(self, user, **values):
        """What the portal answers to an address."""
        self.authenticate(user.login, user.login)
        values = {
            "name": user.name,
            "email": "eva@portal.example",
            "phone": "+49 221 1234567",
            "street": "Weg 1",
            "city": "Ulm",
            "zip": "89073",
            "country_id": str(self.env.ref("base.de").id),
            "partner_id": str(user.partner_id.id),
            "csrf_token": Request.csrf_token(self),
            **values,
        }
        return self.url_open("/my/address/submit", data=values).json()

    def test_the_portal_asks_what_it_shall(self):
        user = new_test_user(self.env, "eva_of_the_portal", "base.group_portal")
        require(self.env, "birthdate_date")
        self.assertIn("redirectUrl", self.submit(user))
        missing = user.partner_id.missing_field_ids
        self.assertEqual(missing.mapped("technical_name"), ["birthdate_date"])
        require(self.env, "street2", ask_portal=True)
        self.assertIn("street2", self.submit(user)["invalid_fields"])
        self.assertIn("redirectUrl", self.submit(user, street2="Hinterhaus"))
