"""bad_inputs.md, section D: telephone, e-mail, web, codes and addresses as people write them."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..kernel.standards import standardise
from .bad_input_case import BadInputCase


@tagged("post_install", "-at_install")
class TestBadContact(BadInputCase):
    def test_an_extension_typed_in_words_is_an_extension(self):
        """73; every other door: test_phone_door."""
        self.assert_becomes("phone", {"030 123456 App. 12": "030 123456 App. 12"})
        for text in ("030 123456 App. 12", "030/123456 Durchwahl 12", "+49 30 123456;ext=12"):
            person = self.save(name="Eva Groß", phone=text)
            self.assertEqual(person.phone_e164, "+4930123456")
            self.assertEqual(person.phone_extension, "12")
            self.assertNotIn("27712", person.phone_sanitized)

    def test_what_is_no_number_stays_readable_and_counts_as_missing(self):
        """75; every other door: test_phone_door."""
        entry = self.env.ref("kunden_crm.catalogue_phone")
        rule = self.env["kunden.field.rule"].create(
            {"catalogue_id": entry.id, "customer_kind": "any", "level": "required"}
        )
        texts = ("123", "110", "keine", "0123456789012345")
        self.assert_rejected_phones(rule, (*texts, "４９３０"))
        for text in texts:
            self.assertEqual(self.asked("phone", text), "rejected", text)
        self.assertEqual(self.asked("phone", "４９３０"), "ask")

    def assert_rejected_phones(self, rule, texts):
        for text in texts:
            with self.subTest(text=text):
                person = self.partners.create({"name": "Eva Groß", "phone": text})
                self.assertEqual((person.phone, person.phone_e164), (text, False))
                self.assertTrue(person.phone_problem)
                self.assertIn(rule.catalogue_id, person.sudo().missing_field_ids)
                with self.assertRaises(ValidationError):
                    self.save(name="Eva Groß", phone=text)

    def test_an_address_is_trimmed_and_its_domain_is_small(self):
        """77"""
        table = {
            " A@X.DE ": "A@x.de",
            '"Müller" <m@x.de>': "m@x.de",
            "a@x.de\n": "a@x.de",
            "mailto:a@x.de": "a@x.de",
        }
        self.assert_becomes("email", table)
        for text, stored in table.items():
            person = self.save(name="Eva Groß", email=text)
            self.assertEqual(person.email_normalized, stored.lower())

    def test_two_addresses_are_asked_about(self):
        """79"""
        self.assert_asked("email", ["a@x.de; b@x.de", "a@x.de, b@x.de", "a@x.de b@x.de"])

    def test_an_address_with_a_tag_is_another_one(self):
        """81"""
        self.assert_becomes("email", {"a+tag@gmail.com": "a+tag@gmail.com"})
        tagged_one = self.save(name="Eva Groß", email="a+tag@gmail.com")
        plain = self.save(name="Eva Groß", email="a@gmail.com")
        self.assertNotEqual(tagged_one.email_normalized, plain.email_normalized)
        found = self.partners.search([("email_normalized", "=", "a@gmail.com")])
        self.assertIn(plain, found)
        self.assertNotIn(tagged_one, found)

    def test_only_the_web_is_a_website(self):
        """83; other doors: test_profiles."""
        for text in (
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "JaVaScript://x",
            "java\tscript:alert(1)",
            "vbscript:x",
            "file:///etc/passwd",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.asked("website", text), "rejected")
                person = self.save(name="Eva Groß", website=text)
                self.assertTrue(person.website.startswith("http://"), person.website)
                self.assertTrue(person.website_problem)

    def test_a_website_is_trimmed(self):
        """85"""
        table = {" https://ok.de ": "https://ok.de", "ok.de": "https://ok.de"}
        self.assert_becomes("website", table | {"http://ok.de": "http://ok.de"})

    def test_a_number_as_website_breaks_no_other_program(self):
        for value in (4711, 1.5, True):
            self.assertTrue(self.partners.create({"name": "Eva", "website": value}).website)

    def test_a_tax_number_is_written_right_or_refused(self):
        """87"""
        firm = {"name": "Nord GmbH", "is_company": True, "country_id": self.germany.id}
        form = {**firm, "country_id": {"id": self.germany.id}}
        for text in ("de811569869", "DE 811 569 869", "DE811569869", "811569869"):
            with self.subTest(text=text):
                self.assertEqual(self.save(**firm, vat=text).vat, "DE811569869")
                told = self.asked("vat", text, **form)
                self.assertEqual(told, "" if text == "DE811569869" else "fixed")
        self.assertEqual(self.save(**firm, vat="DE 123 456 788").vat, "DE123456788")
        for text in ("DE123", "DE 123 456 789", "de123456780"):
            with self.subTest(text=text):
                self.assertEqual(self.asked("vat", text, **form), "rejected")
                with self.assertRaises(ValidationError):
                    self.save(**firm, vat=text)
        first = self.save(**firm, vat="DE811569869")
        twin = self.save(**{**firm, "name": "Nord AG"}, vat="DE 811569869")
        self.assertTrue(twin.same_vat_partner_id)
        self.assertEqual(first.same_vat_partner_id.vat, "DE811569869")

    def test_a_country_has_many_names(self):
        """89"""
        told = {
            "DE": ("Deutschland", "BRD", "D", "DE", "GER", "Germany", "deutschland"),
            "NL": ("Holland", "Niederlande"),
            "GB": ("England",),
        }
        for code, texts in told.items():
            for text in texts:
                self.assertEqual(standardise("country", text).value, code, text)
        for text in ("Atlantis", "XX", "{{ 1 }}"):
            self.assertEqual(standardise("country", text).outcome, "ask", text)

    def test_one_street_is_written_one_way(self):
        """91"""
        one = dict.fromkeys(("Musterstr. 5a", "Musterstraße 5 a", "MUSTERSTRASSE 5A"))
        self.assert_becomes("street", dict.fromkeys(one, "Musterstraße 5a"))
        kept = ("Postfach 12", "Packstation 101", "Packstation 145", "Musterstraße 5a")
        self.assert_becomes("street", dict(zip(kept, kept, strict=True)))
