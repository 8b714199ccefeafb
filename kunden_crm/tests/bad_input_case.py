from odoo.tests import HttpCase, new_test_user

from .common import CustomerFileCase

NAMES = ("name", "firstname", "lastname", "academic_title")
TYPED = ("is_company", "street", "phone", "email", "website", "vat", "zip", "city", "function")
SPEC = {name: {} for name in (*NAMES, *TYPED)}
SPEC |= {"country_id": {"fields": {}}, "standard_notes": {}}


class BadInputCase(CustomerFileCase):
    """A clerk in Germany types into new files, saves them, and reads what became of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.env.company.country_id = cls.germany
        cls.clerk.lang = "en_US"
        # rules that others made are another story
        cls.env["kunden.field.rule"].search([]).active = False
        cls.partners = cls.env["res.partner"].with_user(cls.clerk).with_context(lang="en_US")

    def type_in(self, field, text, **values):
        """What the form of a new contact shows after a text was typed into a field."""
        shown = {**dict.fromkeys(SPEC, False), **values, field: text}
        return self.partners.onchange(shown, [field], SPEC)["value"]

    def asked(self, field, text, **values):
        """The outcome that the form tells of what was typed; "" where it tells none."""
        notes = self.type_in(field, text, **values).get("standard_notes") or []
        return {note["field"]: note["outcome"] for note in notes}.get(field, "")

    def save(self, **values):
        """The contact that the form stores."""
        return self.partners.browse(self.partners.web_save(values, {})[0]["id"])

    def quick(self, text):
        """The contact that is made where somebody types a new name into a field."""
        return self.partners.browse(self.partners.name_create(text)[0])

    def whole(self, field, text, **values):
        """What the form sends with this text: who is named by his parts comes without a name."""
        return {**({} if field in NAMES else {"name": "Eva Groß"}), **values, field: text}

    def assert_becomes(self, field, table, **values):
        """Form and save make the same of each text, and the form says so."""
        for text, stored in table.items():
            with self.subTest(field=field, text=text):
                person = self.save(**self.whole(field, text, **values))
                self.assertEqual(person[field], stored)
                told = self.asked(field, text, **values)
                self.assertEqual(told, "" if text == stored else "fixed")

    def assert_asked(self, field, texts, outcome="ask", **values):
        """The text stays as it was typed, and the form asks about it, or says that it is wrong."""
        for text in texts:
            with self.subTest(field=field, text=text):
                self.assertEqual(self.asked(field, text, **values), outcome)
                person = self.save(**self.whole(field, text, **values))
                self.assertEqual(person[field], text)


class BadHttpCase(BadInputCase, HttpCase):
    """The same clerk, as a program that speaks for her over the web."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speaker = new_test_user(
            cls.env, "speaker", groups="kunden_crm.group_user,base.group_allow_export"
        )
