from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestFieldCatalogue(CustomerFileCase):
    """Every field of the file has its line: what it is there for, and how it is filled in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.goals = cls.env["kunden.goal"].with_user(cls.manager)
        cls.fax = cls.entries.create(
            {"name": "Color", "field_id": cls.env.ref("base.field_res_partner__color").id}
        )

    def test_a_field_without_a_goal_is_listed(self):
        without = [("goal_ids", "=", False)]
        self.assertIn(self.fax, self.entries.search(without))
        goal = self.goals.create({"name": "Bunte Listen", "field_ids": self.fax.ids})
        self.assertEqual(goal.field_count, 1)
        self.assertNotIn(self.fax, self.entries.search(without))

    def test_a_field_stands_in_the_catalogue_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.entries.create({"name": "Again", "field_id": self.fax.field_id.id})

    def test_own_fields_are_told_apart(self):
        own = self.entries.create({"name": "Haustiere", "field_type": "text"})
        both = [("id", "in", (own | self.fax).ids)]
        self.assertEqual(self.entries.search([*both, ("is_own", "=", True)]), own)
        self.assertEqual(self.entries.search([*both, ("is_own", "=", False)]), self.fax)

    def test_the_guidance_is_the_tooltip_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["res.lang"]._activate_lang("en_US")
        self.fax.with_context(lang="en_US").guidance = "A colour of cards."
        self.fax.with_context(lang="de_DE").guidance = "Eine Kartenfarbe."
        partners = self.env["res.partner"].with_user(self.reader)
        for lang, words in (("en_US", "A colour of cards."), ("de_DE", "Eine Kartenfarbe.")):
            told = partners.with_context(lang=lang).fields_get(["color"])
            self.assertEqual(told["color"]["help"], words)

    def test_a_reader_reads_and_changes_nothing(self):
        self.assertEqual(self.fax.with_user(self.reader).name, "Color")
        with self.assertRaises(AccessError):
            self.fax.with_user(self.reader).name = "Farbe"

    def test_lines_of_fields_that_are_not_ones_own_are_retired(self):
        with self.assertRaises(UserError):
            self.fax.unlink()
        self.fax.active = False
        self.assertNotIn(self.fax, self.entries.search([]))
