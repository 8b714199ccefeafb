from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..hooks import uninstall_hook
from .common import CustomerFileCase

FORM, LIST = "base.view_partner_form", "kunden_crm.view_partner_list"
SEARCH = "kunden_crm.view_partner_search"


@tagged("post_install", "-at_install")
class TestOwnField(CustomerFileCase):
    """The manager of the file is no administrator; the clerk fills in what he asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)

    def make(self, name, field_type="char", **values):
        """A field of the manager's own."""
        return self.entries.create({"name": name, "field_type": field_type, **values})

    def arch(self, view, view_type, user=None):
        """The view as somebody gets it."""
        partners = self.env["res.partner"].with_user(user or self.clerk)
        return etree.fromstring(partners.get_view(self.env.ref(view).id, view_type)["arch"])

    def test_pets_are_asked_of_private_customers(self):
        pets = self.make(
            "Haustiere",
            "many2many",
            customer_kind="private",
            section="person",
            in_list=True,
            option_ids=[Command.create({"name": name}) for name in ("Hund", "Katze")],
        )
        self.assertEqual(pets.technical_name, "x_kunden_haustiere")
        self.assertTrue(pets.is_own)
        (node,) = self.arch(FORM, "form").xpath("//field[@name='x_kunden_haustiere']")
        self.assertEqual(node.get("invisible"), "is_company or parent_id")
        page = next(parent for parent in node.iterancestors("page"))
        self.assertEqual(page.get("name"), "personal_information_page")
        self.assertTrue(self.arch(LIST, "list").xpath("//field[@name='x_kunden_haustiere']"))
        self.assertTrue(self.arch(SEARCH, "search").xpath("//field[@name='x_kunden_haustiere']"))
        dog, _cat = pets.option_ids
        eva = self.partners.create({"name": "Eva Muster", "x_kunden_haustiere": [dog.id]})
        self.partners.create({"name": "Udo Ohne"})
        mine = [("name", "in", ("Eva Muster", "Udo Ohne"))]
        self.assertEqual(self.partners.search([*mine, ("x_kunden_haustiere", "=", "Hund")]), eva)
        groups = self.partners._read_group(mine, ["x_kunden_haustiere"], ["__count"])
        self.assertEqual(
            [(option.name, count) for option, count in groups if option], [("Hund", 1)]
        )
        self.assertEqual(eva.copy().x_kunden_haustiere, dog)

    def test_no_is_an_answer(self):
        garden = self.make("Hat Garten", "boolean").technical_name
        yes, no, unknown = self.partners.create(
            [{"name": "Ja", garden: "yes"}, {"name": "Nein", garden: "no"}, {"name": "Offen"}]
        )
        mine = [("id", "in", (yes | no | unknown).ids)]
        self.assertEqual(self.partners.search([*mine, (garden, "=", "no")]), no)
        self.assertEqual(self.partners.search([*mine, (garden, "=", False)]), unknown)

    def test_every_kind_of_field_keeps_its_value(self):
        values = {
            "char": "kurz",
            "text": "lang\nund länger",
            "integer": 3,
            "float": 2.5,
            "monetary": 12.5,
            "date": "2026-03-10",
            "boolean": "yes",
            "many2one": self.anna.id,
        }
        names = {kind: self.make(f"Feld {kind}", kind).technical_name for kind in values}
        eva = self.partners.create(
            {"name": "Eva Muster", **{names[kind]: value for kind, value in values.items()}}
        )
        self.env.flush_all()
        eva.invalidate_recordset()
        (told,) = eva.read(list(names.values()))
        told[names["many2one"]] = told[names["many2one"]][0]
        told[names["date"]] = str(told[names["date"]])
        self.assertEqual({kind: told[names[kind]] for kind in values}, values)

    def test_a_choice_is_renamed_and_retired_and_nothing_is_lost(self):
        size = self.make("Größe", "selection", option_ids=[Command.create({"name": "klein"})])
        self.assertEqual(size.technical_name, "x_kunden_groesse")
        small = size.option_ids
        eva = self.partners.create({"name": "Eva Muster", size.technical_name: small.id})
        small.write({"name": "Klein", "in_use": False})
        self.assertEqual(eva[size.technical_name].name, "Klein")
        (node,) = self.arch(FORM, "form").xpath(f"//field[@name='{size.technical_name}']")
        options = self.env["kunden.field.option"]
        self.assertFalse(options.search(literal_eval(node.get("domain"))))
        with self.assertRaises(UserError):
            small.unlink()
        eva[size.technical_name] = False
        small.unlink()
        pets = self.make("Tiere", "many2many", option_ids=[Command.create({"name": "Hund"})])
        eva[pets.technical_name] = pets.option_ids
        pets.option_ids.in_use = False
        self.env.flush_all()
        eva.invalidate_recordset()
        self.assertEqual(eva[pets.technical_name].name, "Hund")
        with self.assertRaises(UserError):
            pets.option_ids.unlink()

    def test_two_fields_of_one_name_have_columns_of_their_own(self):
        first, second = self.make("Hobby"), self.make("Hobby")
        self.assertEqual(first.technical_name, "x_kunden_hobby")
        self.assertEqual(second.technical_name, "x_kunden_hobby_2")
        self.assertEqual(self.make("???").technical_name, "x_kunden_field")
        self.assertLessEqual(len(self.make("Ä" * 90).technical_name), 60)

    def test_a_field_is_renamed_in_both_languages(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["res.lang"]._activate_lang("en_US")
        gifts = self.make("Expected Gifts", "text")
        gifts.with_context(lang="de_DE").name = "Erwartete Geschenke"
        for lang, label in (("de_DE", "Erwartete Geschenke"), ("en_US", "Expected Gifts")):
            told = self.partners.with_context(lang=lang).fields_get([gifts.technical_name])
            self.assertEqual(told[gifts.technical_name]["string"], label)

    def test_a_retired_field_leaves_the_form_and_keeps_its_values(self):
        gifts = self.make("Erwartete Geschenke")
        name = gifts.technical_name
        eva = self.partners.create({"name": "Eva Muster", name: "Kratzbaum"})
        gifts.active = False
        for view, view_type in ((FORM, "form"), (SEARCH, "search")):
            self.assertFalse(self.arch(view, view_type).xpath(f"//field[@name='{name}']"))
        self.assertEqual(eva[name], "Kratzbaum")
        gifts.active = True
        self.assertTrue(self.arch(FORM, "form").xpath(f"//field[@name='{name}']"))

    def test_deleting_says_who_uses_it(self):
        gifts = self.make("Erwartete Geschenke")
        name = gifts.technical_name
        eva = self.partners.create({"name": "Eva Muster", name: "Kratzbaum"})
        self.env["ir.filters"].create(
            {"name": "Mit Wünschen", "model_id": "res.partner", "domain": f"[('{name}', '!=', 0)]"}
        )
        with self.assertRaises(UserError) as refused:
            gifts.unlink()
        for words in ("Erwartete Geschenke", "Mit Wünschen", "1 contacts", "Retire it"):
            self.assertIn(words, str(refused.exception))
        count = self.make("Zahl der Tiere", "integer", zero_is_answer=True)
        self.partners.create({"name": "Udo Ohne", count.technical_name: 0})
        self.env["ir.filters"].create(
            {
                "name": "Andere",
                "model_id": "res.partner",
                "domain": f"[('{count.technical_name}_2', '=', 1)]",
            }
        )
        with self.assertRaises(UserError) as refused:
            count.unlink()
        self.assertNotIn("Andere", str(refused.exception))
        self.env["ir.filters"].search([("name", "=", "Mit Wünschen")]).unlink()
        eva[name] = False
        gifts.unlink()
        self.assertNotIn(name, self.env["res.partner"]._fields)

    def test_what_cannot_be_made(self):
        with self.assertRaises(UserError):
            self.entries.create({"name": "Ohne Art"})
        entry = self.make("Text")
        with self.assertRaises(UserError):
            entry.field_type = "date"
        entry.write({"field_type": "char", "name": "Anderer Text"})
        with self.assertRaises(AccessError):
            self.entries.with_user(self.clerk).create({"name": "Meins", "field_type": "char"})

    def test_pages_that_are_missing_and_how_the_fields_are_laid_out(self):
        fields = [self.make(f"Feld {number}", section="own") for number in range(3)]
        (page,) = self.arch(FORM, "form").xpath("//page[@name='own_fields']")
        left, right = page.xpath("group/group")
        self.assertEqual(
            [node.get("name") for node in left],
            [fields[0].technical_name, fields[2].technical_name],
        )
        self.assertEqual([node.get("name") for node in right], [fields[1].technical_name])
        self.assertFalse(
            self.arch("base.view_partner_simple_form", "form").xpath("//page[@name='own_fields']")
        )

    def test_the_clerk_fills_in_the_form(self):
        gifts = self.make("Erwartete Geschenke", guidance="Was der Kunde sich wünscht.")
        with Form(self.partners, FORM) as form:
            form.name = "Eva Muster"
            form[gifts.technical_name] = "Kratzbaum"
        self.assertEqual(form.record[gifts.technical_name], "Kratzbaum")
        told = self.partners.fields_get([gifts.technical_name], ["help"])
        self.assertEqual(told[gifts.technical_name]["help"], "Was der Kunde sich wünscht.")
        self.assertNotIn("help", self.partners.fields_get(["name"], ["string"])["name"])

    def test_when_the_add_on_goes_the_answers_stay(self):
        choices = [Command.create({"name": name}) for name in ("Hund", "Katze")]
        pets = self.make("Haustiere", "many2many", option_ids=choices)
        size = self.make("Größe", "selection", option_ids=[Command.create({"name": "klein"})])
        gifts = self.make("Erwartete Geschenke")
        eva = self.partners.create(
            {
                "name": "Eva Muster",
                "x_kunden_haustiere": pets.option_ids.ids,
                "x_kunden_groesse": size.option_ids.id,
                gifts.technical_name: "Kratzbaum",
            }
        )
        size.active = False
        self.make("Haustiere Words")
        health = self.make("Allergien", sensitivity="special").technical_name
        uninstall_hook(self.env)
        self.assertFalse(self.env["ir.model.fields"].search([("name", "=", health)]))
        self.env.cr.execute("SELECT 1 FROM pg_attribute WHERE attname = %s", [health])
        self.assertTrue(self.env.cr.fetchone(), "what was known is not lost")
        self.assertEqual(eva.x_kunden_haustiere_words_2, "Hund, Katze")
        self.assertEqual(eva.x_kunden_groesse_words, "klein")
        self.assertEqual(eva.x_kunden_erwartete_geschenke, "Kratzbaum")
        self.assertNotIn("x_kunden_haustiere", self.env["res.partner"]._fields)

    def test_changes_are_tracked(self):
        gifts = self.make("Erwartete Geschenke")
        eva = self.partners.create({"name": "Eva Muster"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        eva[gifts.technical_name] = "Kratzbaum"
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = eva.sudo().message_ids.tracking_value_ids
        self.assertEqual(tracked.mapped("new_value_char"), ["Kratzbaum"])
