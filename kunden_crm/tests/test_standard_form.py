from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..kernel.outcomes import written
from ..models.field_standard_mixin import SPELLINGS
from .common import CustomerFileCase
from .standards_table import cases

SPEC = {
    "name": {},
    "firstname": {},
    "lastname": {},
    "street": {},
    "is_company": {},
    "country_id": {"fields": {}},
    "standard_notes": {},
}


@tagged("post_install", "-at_install")
class TestStandardForm(CustomerFileCase):
    """A clerk types; the form proposes the spelling of the standard, and he has the last word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.anna.country_id = cls.germany
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)
        cls.fields = cls.env["kunden.field"]
        cls.lastname = cls.env.ref("kunden_crm.catalogue_lastname")
        cls.street = cls.env.ref("kunden_crm.catalogue_street")

    def type_in(self, name, text, notes=False, **values):
        """What the form shows after a clerk has typed a text into a field of Anna's file."""
        shown = {
            "name": "Anna Berg",
            "firstname": "Anna",
            "lastname": "Berg",
            "is_company": False,
            "country_id": {"id": self.germany.id, "display_name": "Germany"},
            "standard_notes": notes,
            **values,
            name: text,
        }
        return self.anna.with_user(self.clerk).onchange(shown, [name], SPEC)["value"]

    def test_the_form_shows_the_other_spelling_at_once_and_says_why(self):
        shown = self.type_in("lastname", "BERGMANN")
        self.assertEqual((shown["lastname"], shown["name"]), ("Bergmann", "Anna Bergmann"))
        (note,) = shown["standard_notes"]
        self.assertEqual((note["was"], note["now"]), ("BERGMANN", "Bergmann"))
        self.assertTrue(note["why"])
        self.assertFalse(note["kept"])

    def test_whoever_types_it_again_has_the_last_word(self):
        first = self.type_in("lastname", "BERGMANN")
        again = self.type_in("lastname", "BERGMANN", first["standard_notes"])
        self.assertEqual(again["lastname"], "BERGMANN")
        self.assertTrue(again["standard_notes"][0]["kept"])
        vals = {"lastname": "BERGMANN", "standard_notes": again["standard_notes"]}
        self.anna.with_user(self.clerk).web_save(vals, SPEC)
        self.assertEqual(self.anna.lastname, "BERGMANN")
        kept = self.env["kunden.standard.kept"].search([("partner_id", "=", self.anna.id)])
        self.assertEqual(
            (kept.value, kept.user_id, kept.field_name), ("BERGMANN", self.clerk, "lastname")
        )
        self.assertEqual(
            kept.field_label, self.partners.fields_get(["lastname"])["lastname"]["string"]
        )

    def test_name_and_parts_agree_whatever_is_kept(self):
        """The form sends the name beside its parts."""
        files = self.partners.with_context(tracking_disable=True)
        note = {"field": "lastname", "was": "BERG", "kept": True, "outcome": "fixed"}
        for vals, name, lastname in (
            ({"name": "EVA BERG", "firstname": "EVA", "lastname": "BERG"}, "Eva Berg", "Berg"),
            (
                {
                    "name": "Eva BERG",
                    "firstname": "Eva",
                    "lastname": "BERG",
                    "standard_notes": [note],
                },
                "Eva BERG",
                "BERG",
            ),
            ({"name": "EVA BERG"}, "Eva Berg", "Berg"),
            ({"firstname": "EVA", "lastname": "BERG"}, "Eva Berg", "Berg"),
        ):
            with self.subTest(vals=vals):
                (saved,) = files.web_save(vals, {"name": {}, "lastname": {}})
                self.assertEqual((saved["name"], saved["lastname"]), (name, lastname))

    def test_a_standard_that_is_always_kept_is_no_proposal(self):
        self.lastname.spelling_mode = "always"
        first = self.type_in("lastname", "BERGMANN")
        again = self.type_in("lastname", "BERGMANN", first["standard_notes"])
        self.assertEqual(again["lastname"], "Bergmann")
        forged = [{**first["standard_notes"][0], "kept": True}]
        self.anna.with_user(self.clerk).web_save(
            {"lastname": "BERGMANN", "standard_notes": forged}, SPEC
        )
        self.assertEqual(self.anna.lastname, "Bergmann")

    def test_what_is_unclear_is_asked_and_stays(self):
        shown = self.type_in("lastname", "Berg Berg")
        self.assertEqual(shown["lastname"], "Berg Berg")
        self.assertEqual(shown["standard_notes"][0]["outcome"], "ask")

    def test_the_country_of_the_form_decides(self):
        self.assertEqual(self.type_in("street", "Hauptstr. 5")["street"], "Hauptstraße 5")
        swiss = {"id": self.env.ref("base.ch").id, "display_name": "Switzerland"}
        shown = self.type_in("street", "Hauptstr. 5", country_id=swiss)
        self.assertEqual(shown["street"], "Hauptstrasse 5")

    def test_a_company_keeps_its_capitals(self):
        shown = self.type_in("name", "EBM GMBH", is_company=True, firstname=False, lastname=False)
        self.assertEqual(shown["name"], "EBM GmbH")

    def test_a_field_without_a_standard_stays_as_it_is_typed(self):
        self.street.spelling = False
        self.assertNotIn("street", self.type_in("street", "hauptstr. 5"))
        view = self.partners.get_view(self.env.ref("kunden_crm.view_partner_form").id)
        self.assertIn('name="street"', view["arch"])

    def test_contact_persons_in_the_form_of_their_company(self):
        firm = self.env["res.partner"].create({"name": "Nord GmbH", "is_company": True})
        child = {"lastname": "MEIER", "firstname": "EVA", "standard_notes": False}
        firm.with_user(self.clerk).web_save({"child_ids": [Command.create(child)]}, {})
        self.assertEqual(firm.child_ids.name, "Eva Meier")

    def test_the_last_word_inside_the_form_of_the_company(self):
        firm = self.env["res.partner"].create({"name": "Nord GmbH", "is_company": True})
        note = {"field": "lastname", "was": "MEIER", "kept": True, "outcome": "fixed"}
        child = {"lastname": "MEIER", "firstname": "Eva", "standard_notes": [note]}
        plain = {"lastname": "KURZ", "firstname": "Udo"}
        firm = firm.with_user(self.clerk)
        firm.web_save({"child_ids": [Command.create(plain), Command.create(child)]}, {})
        udo, eva = firm.child_ids.sorted("id")
        self.assertEqual((udo.lastname, eva.lastname), ("Kurz", "MEIER"))
        kept = self.env["kunden.standard.kept"]._kept((udo | eva).ids)
        self.assertEqual(kept, {(eva.id, "lastname", "MEIER")})
        note = {**note, "was": "KURZ"}
        changed = {"lastname": "KURZ", "standard_notes": [note]}
        firm.web_save({"child_ids": [Command.update(udo.id, changed)]}, {})
        self.assertEqual(udo.lastname, "KURZ")
        kept = self.env["kunden.standard.kept"]._kept(udo.ids)
        self.assertEqual(kept, {(udo.id, "lastname", "KURZ")})

    def test_the_last_word_on_several_contacts_of_a_list(self):
        both = self.anna.with_user(self.clerk) + self.partners.create(
            {"name": "Udo Kurz", "country_id": self.germany.id}
        )
        both.web_save({"lastname": "VAN DER BERG", "email": "info@berg.example"}, {})
        self.assertEqual(both.mapped("lastname"), ["van der Berg", "van der Berg"])
        self.assertEqual(set(both.mapped("email")), {"info@berg.example"})
        note = {"field": "lastname", "was": "VAN DER BERG", "kept": True, "outcome": "fixed"}
        both.web_save({"lastname": "VAN DER BERG", "standard_notes": [note]}, {})
        self.assertEqual(both.mapped("name"), ["Anna VAN DER BERG", "Udo VAN DER BERG"])
        kept = self.env["kunden.standard.kept"]._kept(both.ids)
        self.assertEqual({number for number, *_spelling in kept}, set(both.ids))
        self.lastname.spelling_mode = "always"
        both.web_save({"lastname": "VAN DER BERG", "standard_notes": [note]}, {})
        self.assertEqual(set(both.mapped("lastname")), {"van der Berg"})

    def test_other_doors_store_what_they_bring(self):
        made = self.partners.create({"name": "EVA MEIER", "street": "hauptstr. 5"})
        self.assertEqual((made.name, made.street), ("EVA MEIER", "hauptstr. 5"))
        made.write({"street": "AM MARKT 3"})
        self.assertEqual(made.street, "AM MARKT 3")

    def test_a_website_is_only_an_address_of_the_web(self):
        vals = {"website": " https://ok.example "}
        self.anna.with_user(self.clerk).web_save(vals, {})
        self.assertEqual(self.anna.website, "https://ok.example")

    def test_a_standard_fits_its_field(self):
        country = self.env.ref("kunden_crm.catalogue_country_id").with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "no field that can be"):
            country.spelling = "person"
        entry = self.street.with_user(self.manager)
        for mask in ("", "KD", "99\\", " 9", "9" * 300):
            with self.subTest(mask=mask), self.assertRaises(ValidationError):
                entry.write({"spelling": "mask", "spelling_mask": mask})
        entry.write({"spelling": "mask", "spelling_mask": "AA-9999"})
        self.assertEqual(self.type_in("street", "ab1234")["street"], "AB-1234")

    def test_every_reason_has_its_sentence(self):
        """In the language of the user, for each kind of value that a field can be written as."""
        told = self.env["kunden.standard.line"].with_context(lang="de_DE")
        kinds = [kind for kind, _label in SPELLINGS if kind not in ("name", "text", "note")]
        for kind in kinds:
            codes = {"mask", "long", "wrong_mask"} if kind == "mask" else set()
            codes |= {case.reason for case in cases(kind)} if kind != "mask" else set()
            for code in codes - {""}:
                with self.subTest(kind=kind, code=code):
                    self.assertTrue(told._reason(kind, code))

    def test_the_seam_for_a_standard_of_another_add_on(self):
        """Whoever extends `_standardise` is asked by the form and by the act for all files."""
        fields = type(self.fields)
        core = fields._standardise

        def backwards(entries, standard, text, country, mask=""):
            if standard == "text":
                return written(text, text[::-1], "spelling")
            return core(entries, standard, text, country, mask)

        with patch.object(fields, "_standardise", backwards):
            self.anna.with_user(self.clerk).web_save({"street2": "abc"}, {})
            self.assertEqual(self.anna.street2, "cba")
            run = self.env["kunden.standard.run"].with_user(self.manager)
            run = run.create({"domain": repr([("id", "=", self.anna.id)])})
            run.action_check()
            lines = {line.field_name: line.new for line in run.line_ids}
            self.assertEqual(lines["street2"], "abc")
