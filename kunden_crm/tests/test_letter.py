import re
from io import BytesIO

from freezegun import freeze_time
from PyPDF2 import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .common import CustomerFileCase

MM = 25.4 / 72


class LetterCase(CustomerFileCase):
    """Dr. Anna Berg in Dresden, Berg GmbH in Ulm with its contact Bernd and an invoice address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        germany, austria = cls.env.ref("base.de"), cls.env.ref("base.at")
        cls.env.company.write(
            {
                "name": "Haus und Tier GmbH",
                "street": "Ringstraße 1",
                "zip": "50667",
                "city": "Köln",
                "country_id": germany.id,
                "company_registry": "HRB 4711",
            }
        )
        cls.clerk.name = "Klara Berger"
        cls.clerk.partner_id.function = "Kundenbetreuung"
        cls.anna.write(
            {
                "firstname": "Anna",
                "lastname": "Berg",
                "academic_title": "Dr.",
                "salutation": "ms",
                "street": "Am Zwinger 3",
                "zip": "01067",
                "city": "Dresden",
                "country_id": germany.id,
            }
        )
        cls.anna.letter_salutation = "Sehr geehrte Frau Dr. Berg,"
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Berg & Söhne GmbH",
                "is_company": True,
                "street": "Donautal 4",
                "zip": "1010",
                "city": "Wien",
                "country_id": austria.id,
            }
        )

    def dialogue(self, partner, user=None):
        """The dialogue of a letter, as the web client opens it."""
        action = partner.with_user(user or self.clerk).action_write_letter()
        model = self.env[action["res_model"]].with_user(user or self.clerk)
        return Form(model.with_context(**action["context"]))

    def letter(self, partner, **values):
        """A letter ready to be sent."""
        with self.dialogue(partner) as dialogue:
            for name, value in {"subject": "Ihr Auftrag", **values}.items():
                setattr(dialogue, name, value)
        return dialogue.record


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestLetter(LetterCase):
    def test_the_dialogue_comes_filled(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.subject = "Ihr Auftrag"
        draft = dialogue.record
        lines = ["Frau Dr. Anna Berg", "Am Zwinger 3", "01067 Dresden"]
        self.assertEqual(draft.address.splitlines(), lines)
        self.assertEqual(draft.salutation, "Sehr geehrte Frau Dr. Berg,")
        self.assertEqual(draft.user_id, self.clerk)
        self.assertEqual(str(draft.date), "2026-03-10")
        self.assertFalse(draft.is_refused)
        self.assertFalse(draft.lacks_address)

    def test_du_and_sie_close_differently(self):
        formal = self.letter(self.anna).closing
        self.anna.familiar_address = True
        self.assertNotEqual(self.letter(self.anna).closing, formal)

    def test_a_template_is_copied(self):
        template = self.env.ref("kunden_crm.letter_template_thanks")
        with self.dialogue(self.anna) as dialogue:
            dialogue.template_id = template
            self.assertEqual(dialogue.subject, template.subject)
            dialogue.subject = "Danke"
        self.assertEqual(dialogue.record.subject, "Danke")
        self.assertEqual(dialogue.record.body, template.body)
        self.assertNotEqual(template.subject, "Danke")

    def test_a_written_text_stays_when_the_template_goes(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.subject = "Mein Betreff"
            dialogue.template_id = self.env.ref("kunden_crm.letter_template_thanks")
            dialogue.template_id = self.env["kunden.letter.template"]
            self.assertTrue(dialogue.subject)

    def test_sending_keeps_the_document_and_logs(self):
        draft = self.letter(self.anna, body="<p>Danke.</p>", follow_up_date="2026-03-24")
        opened = draft.action_send()
        letter = self.anna.interaction_ids
        self.assertEqual((letter.channel, letter.direction), ("letter", "out"))
        self.assertEqual(letter.subject, "Ihr Auftrag")
        self.assertEqual(letter.body, "<p>Danke.</p>")
        self.assertEqual((letter.user_id, letter.create_uid), (self.clerk, self.clerk))
        document = letter.attachment_ids
        self.assertIn(f"2026-03-10 {self.anna.name}", document.name)
        self.assertEqual((document.res_model, document.res_id), ("res.partner", self.anna.id))
        self.assertIn(f"/web/content/{document.id}", opened["url"])
        self.assertEqual(self.anna.activity_ids.summary, "Ihr Auftrag")
        self.assertEqual(str(self.anna.activity_ids.date_deadline), "2026-03-24")

    def test_a_reader_finds_the_document_and_another_company_does_not(self):
        self.letter(self.anna).action_send()
        document = self.anna.interaction_ids.attachment_ids
        self.assertTrue(document.with_user(self.reader).raw)
        self.anna.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            document.with_user(self.clerk).read(["raw"])

    def test_a_preview_logs_nothing(self):
        action = self.letter(self.anna).action_preview()
        self.assertEqual(action["report_name"], "kunden_crm.report_letter")
        self.assertFalse(self.anna.interaction_ids)

    def test_a_refusal_and_a_missing_address_are_said(self):
        self.anna.write({"do_not_letter": True, "city": False})
        with self.dialogue(self.anna) as dialogue:
            dialogue.subject = "Ihr Auftrag"
            self.assertTrue(dialogue.is_refused)
            self.assertTrue(dialogue.lacks_address)

    def test_a_reader_writes_no_letter(self):
        with self.assertRaises(AccessError):
            self.dialogue(self.anna, self.reader)

    def test_only_a_manager_keeps_the_templates(self):
        templates = self.env["kunden.letter.template"]
        templates.with_user(self.manager).create({"name": "Greeting"})
        with self.assertRaises(AccessError):
            templates.with_user(self.clerk).create({"name": "Greeting"})

    def test_names_are_text_and_never_run(self):
        self.anna.write({"street": "<b>{{ 7*7 }}</b>", "salutation": False})
        draft = self.letter(self.anna, salutation="${7*7} <t t-out='1'/>")
        report = self.env["ir.actions.report"].with_user(self.clerk)
        html = report._render_qweb_html("kunden_crm.report_letter", draft.ids)[0].decode()
        self.assertIn("&lt;b&gt;{{ 7*7 }}&lt;/b&gt;", html)
        self.assertIn("${7*7} &lt;t", html)
        self.assertNotIn("49", re.sub(r"<style>.*?</style>", "", html, flags=re.S)[-2000:])


@tagged("post_install", "-at_install")
class TestLetterAddress(LetterCase):
    def lines(self, **values):
        """The address of a new contact."""
        return self.env["res.partner"].create(values)._letter_address()

    def test_a_company_abroad(self):
        lines = ["Berg & Söhne GmbH", "Donautal 4", "1010 WIEN", "ÖSTERREICH"]
        austria = self.firm.with_context(lang="de_DE")
        self.assertEqual(austria._letter_address(), lines)

    def test_a_contact_person_stands_below_the_company(self):
        lines = self.lines(
            name="Bernd Ott",
            firstname="Bernd",
            lastname="Ott",
            salutation="mr",
            parent_id=self.firm.id,
        )
        self.assertEqual(lines[:2], ["Berg & Söhne GmbH", "Herrn Bernd Ott"])
        self.assertEqual(lines[2], "Donautal 4")

    def test_an_invoice_address_names_company_and_department(self):
        lines = self.lines(
            name="Buchhaltung", type="invoice", parent_id=self.firm.id, street="Postfach 7"
        )
        self.assertEqual(lines, ["Berg & Söhne GmbH", "Buchhaltung", "Postfach 7"])

    def test_an_invoice_address_of_a_person_without_a_name(self):
        lines = self.lines(type="invoice", parent_id=self.anna.id, street="Postfach 7")
        self.assertEqual(lines, ["Frau Dr. Anna Berg", "Postfach 7"])

    def test_where_the_salutation_is_open_the_gender_tells(self):
        self.anna.write({"salutation": False, "gender": "female"})
        self.assertEqual(self.anna._letter_address()[0], "Frau Dr. Anna Berg")
        self.anna.salutation = "neutral"
        self.assertEqual(self.anna._letter_address()[0], "Dr. Anna Berg")

    def test_a_name_that_was_never_taken_apart(self):
        self.anna.write({"academic_title": False, "salutation": False})
        self.env.cr.execute(
            "UPDATE res_partner SET firstname = NULL, lastname = NULL WHERE id = %s", [self.anna.id]
        )
        self.anna.invalidate_recordset()
        self.assertEqual(self.anna._letter_address()[0], "Anna Berg")


@tagged("post_install", "-at_install")
class TestLetterPaper(LetterCase, HttpCase):
    def printed(self, partner, **values):
        """The pages of a letter that was sent."""
        draft = self.letter(partner, **values)
        draft.with_context(force_report_rendering=True).action_send()
        document = partner.interaction_ids[:1].attachment_ids
        self.assertEqual(document.mimetype, "application/pdf")
        return PdfReader(BytesIO(document.raw)).pages

    def places(self, page):
        """Where each piece of text ends: mm from the left and from the top of the paper."""
        places, height = {}, float(page.mediabox.height)

        def visit(text, current, matrix, _font, _size):
            right = current[0] * matrix[4] + current[2] * matrix[5] + current[4]
            bottom = height - (current[1] * matrix[4] + current[3] * matrix[5] + current[5])
            places[text.strip()] = (right * MM, bottom * MM)

        page.extract_text(visitor_text=visit)
        return places

    def test_the_letter_says_what_belongs_on_a_letter(self):
        self.anna.ref = "K-4711"
        text = self.printed(
            self.anna,
            subject="Ihr Auftrag für März",
            body="<p>vielen Dank für Ihren Auftrag.</p><p>Wir liefern am Freitag.</p>",
            closing="Mit freundlichen Grüßen",
            enclosures="Preisliste",
        )[0].extract_text()
        for said in (
            "Haus und Tier GmbH · Ringstraße 1 · 50667 Köln",
            "Frau Dr. Anna Berg",
            "01067 Dresden",
            "K-4711",
            "Ihr Auftrag für März",
            "Sehr geehrte Frau Dr. Berg,",
            "Wir liefern am Freitag.",
            "Mit freundlichen Grüßen",
            "Klara Berger",
            "Kundenbetreuung",
            "Preisliste",
            "HRB 4711",
        ):
            self.assertIn(said, text)

    def test_the_address_stands_in_the_window_of_the_envelope(self):
        places = self.places(self.printed(self.anna)[0])
        for line in ("Frau Dr. Anna Berg", "Am Zwinger 3", "01067 Dresden"):
            right, bottom = places[line]
            self.assertTrue(62.7 < bottom < 90, (line, bottom))
            self.assertTrue(25 < right < 105, (line, right))
        sender = places["Haus und Tier GmbH · Ringstraße 1 · 50667 Köln"]
        self.assertTrue(57 < sender[1] < 62.7, sender)
        self.assertTrue(98.5 < places["Ihr Auftrag"][1] < 104, places["Ihr Auftrag"])

    def test_a_long_address_grows_upwards(self):
        lines = [f"Zeile {number}" for number in range(1, 9)]
        places = self.places(self.printed(self.anna, address="\n".join(lines))[0])
        self.assertTrue(54 < places["Zeile 1"][1] < 62.7, places["Zeile 1"])
        self.assertTrue(80 < places["Zeile 8"][1] < 90, places["Zeile 8"])

    def test_a_long_letter_goes_on_and_counts_its_pages(self):
        body = "".join(f"<p>Absatz {number}</p>" for number in range(25))
        first, second = self.printed(self.anna, body=body)
        self.assertIn("Absatz 1", first.extract_text())
        self.assertIn("Absatz 24", second.extract_text())
        self.assertIn("Klara Berger", second.extract_text())
        self.assertNotIn("Am Zwinger 3", second.extract_text())
        self.assertIn("HRB 4711", second.extract_text())
