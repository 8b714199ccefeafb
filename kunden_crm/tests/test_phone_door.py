"""Klara types telephone numbers as people do; what is dialled is right or nothing."""

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import CustomerFileCase

SIX_SPELLINGS = (
    "0221 4710900",
    "0221/4710900",
    "(0221) 47 10 900",
    "+49 (0)221 4710-900",
    "0049 221 4710 900",
    "+492214710900",
)
ODD = (
    "keine",
    "110",
    "123",
    "0123456789012345",
    "４９３０",
    "\u202e0221",
    "\n\t",
    "+",
    "++49",
    "tel:",
    "%s {{ 7*7 }}",
    "=1+1",
    "App. 12",
    "0221 " * 400,
    "٠٢٢١ ٤٧١٠٩٠٠",
    "0221 4710900 (Mo-Fr 9-12)",
)
EXTENSION = "030 123456 App. 12"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02")
class TestPhoneDoor(CustomerFileCase):
    def setUp(self):
        super().setUp()
        self.env.company.country_id = self.env.ref("base.de")
        self.partners = self.env["res.partner"].with_user(self.clerk)
        self.anna = self.anna.with_user(self.clerk)

    def numbers_of(self, partner):
        return (partner.phone, partner.phone_e164, partner.phone_extension)

    def test_six_spellings_are_one_number_at_every_door(self):
        for text in SIX_SPELLINGS:
            form = Form(self.partners)
            form.name, form.phone = "Eva Groß", text
            typed = form.save() + self.partners.browse(
                self.partners.web_save({"name": "Eva", "phone": text}, {})[0]["id"]
            )
            # people see it written by the standard, the other doors keep it as it came
            self.assertEqual({*typed.mapped("phone_e164")}, {"+492214710900"})
            people = self.partners.create({"name": "Eva", "phone": text})
            result = self.partners.load(["name", "phone"], [["Eva", text]])
            people += self.partners.browse(result["ids"])
            self.anna.phone = text
            people += self.anna + self.anna.copy()
            self.env.flush_all()
            for person in people:
                self.assertEqual(self.numbers_of(person), (text, "+492214710900", False))
                self.assertEqual(person.phone_sanitized, "+492214710900")

    def test_both_columns_are_read_alike(self):
        for text in (*SIX_SPELLINGS, *ODD, EXTENSION):
            self.anna.write({"phone": text, "mobile": text})
            for part in ("e164", "extension", "display", "problem"):
                name = f"phone_{part}", f"mobile_{part}"
                self.assertEqual(self.anna[name[0]], self.anna[name[1]], text)

    def test_an_extension_is_kept_and_never_dialled(self):
        people = self.partners.create([{"name": "Eva", "phone": EXTENSION}] * 2)
        self.env.flush_all()
        for person in people:
            self.assertEqual(self.numbers_of(person), (EXTENSION, "+4930123456", "12"))
            self.assertEqual(person.phone_sanitized, "+4930123456")
            for shape in ("E164", "INTERNATIONAL", "NATIONAL", "RFC3966"):
                shown = person._phone_format(fname="phone", force_format=shape)
                self.assertNotIn("27712", shown.replace(" ", ""))
        self.assertEqual(people[0]._phone_format(number=EXTENSION), "+4930123456")
        self.assertEqual(self.partners._phone_format(number=EXTENSION), "+4930123456")

    def test_odd_texts_stay_and_raise_nothing(self):
        people = self.partners.create([{"name": "Eva", "phone": text} for text in ODD])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(people.mapped("phone"), list(ODD))
        for person in people:
            self.assertFalse(person.phone_e164, person.phone)
            self.assertTrue(person.phone_problem or not person.phone.strip(), person.phone)
            self.assertIn(person._phone_format(fname="phone"), (False, person.phone_sanitized))
            with Form(person) as form:
                form.phone = person.phone + "\u200b"

    def test_odd_texts_are_shown_as_typed(self):
        self.anna.phone = "keine"
        self.assertEqual(self.anna.phone_display, "keine")
        self.assertEqual(self.anna.phone_problem, "no_number")

    def test_a_country_in_the_form_reads_the_number_anew(self):
        form = Form(self.partners)
        form.name, form.phone = "Eva Groß", "01 5877900"
        form.country_id = self.env.ref("base.at")
        self.assertEqual(form.phone, "01 5877900", "the typed text stays")
        eva = form.save()
        self.assertEqual(eva.phone_e164, "+4315877900")

    def test_core_refuses_aloud_where_it_is_asked_to(self):
        with self.assertRaises(UserError):
            self.anna._phone_format(number="keine", raise_exception=True)

    def test_a_given_country_counts_for_a_number(self):
        austria = self.env.ref("base.at")
        found = self.anna._phone_format(number="01 5877900 DW 12", country=austria)
        self.assertEqual(found, "+4315877900")
        nowhere = self.env["res.country"].new({"name": "Nowhere"})
        self.assertFalse(self.anna._phone_format(number="01 5877900", country=nowhere))

    def test_without_any_country_nothing_is_guessed(self):
        self.env.company.country_id = False
        self.anna.phone = SIX_SPELLINGS[0]
        self.assertEqual((self.anna.phone_e164, self.anna.phone_problem), (False, "country"))
        self.anna.phone = SIX_SPELLINGS[5]
        self.assertEqual(self.anna.phone_e164, "+492214710900")

    def test_a_colleague_of_another_company_can_be_called(self):
        vienna = self.env["res.company"].create(
            {"name": "Wien GmbH", "country_id": self.env.ref("base.at").id}
        )
        vera = new_test_user(
            self.env, "vera", company_id=vienna.id, company_ids=[(6, 0, vienna.ids)]
        )
        vera.partner_id.write({"company_id": vienna.id, "phone": "01 5877900"})
        self.env.flush_all()
        self.env.invalidate_all()
        seen = vera.partner_id.with_user(self.clerk)
        self.assertEqual(seen._phone_format(fname="phone"), "+4315877900")

    def test_the_number_of_the_blacklist_is_found_in_any_spelling(self):
        people = self.partners.create([{"name": "Eva", "phone": text} for text in SIX_SPELLINGS])
        self.env["phone.blacklist"].sudo()._add(["0221 4710900"])
        people.invalidate_recordset()
        self.assertEqual(people.mapped("phone_sanitized_blacklisted"), [True] * 6)
        found = self.partners.search([("phone_sanitized", "=", "+492214710900")])
        self.assertLessEqual(people, found)

    def queries_for(self, number, values):
        rows = [{"name": f"Anna Berg{at}", "city": "Köln"} for at in range(number)]
        people = self.partners.with_context(tracking_disable=True).create(rows)
        return self.queries(lambda: people.write(values))

    def test_numbers_take_no_query_for_each(self):
        austria = self.env.ref("base.at").id
        for values in ({"phone": EXTENSION, "mobile": "0171 1234567"}, {"country_id": austria}):
            self.queries_for(2, values)
            self.assertEqual(self.queries_for(10, values), self.queries_for(100, values), values)
