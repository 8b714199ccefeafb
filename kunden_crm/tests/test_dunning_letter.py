from io import BytesIO

from PyPDF2 import PdfReader

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .dunning_case import DunningCase


@tagged("post_install", "-at_install")
class TestDunningLetter(DunningCase):
    """What lies in the customer's letter box, and what his invoice told him before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.inn.write({"street": "Am Markt 3", "zip": "50667", "city": "Köln"})
        cls.reports = cls.env["ir.actions.report"].with_user(cls.anton)

    def text(self, html):
        return " ".join(html2plaintext(html.decode()).replace("\xa0", " ").split())

    def test_the_printed_letter_is_a_pdf_with_heading_date_and_claim(self):
        self.bill(self.inn, due_date_agreed=True)
        for day in ("2025-03-20", "2025-04-03", "2025-04-17"):
            self.dun(day)
        letter = self.dun("2025-05-01").communication_id
        printing = self.reports.with_context(force_report_rendering=True)
        content, kind = printing._render_qweb_pdf(
            "account_credit_control.report_credit_control_summary", letter.ids
        )
        self.assertEqual(kind, "pdf")
        pages = PdfReader(BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for words in (
            *("Gasthof Krone GmbH", "Am Markt 3", "Last Dunning Letter", "05/01/2025"),
            *("16.06", "40.00", "1,056.06", "Please pay by 05/11/2025", "they bear no VAT"),
        ):
            self.assertIn(words, text)

    def test_the_name_of_its_file(self):
        self.inn.name = "Krone / Bar"
        self.bill(self.inn)
        letter = self.dun("2025-03-20").communication_id
        self.assertEqual(letter._dunning_file_name(), "Payment Reminder Krone - Bar 2025-03-20")
        name = self.attachment(self.outbox[0])[0]
        self.assertTrue(name.startswith("Payment Reminder Krone - Bar 2025-03-20."), name)

    def test_a_level_that_names_no_day(self):
        self.levels[0].payment_days = 0
        self.bill(self.inn)
        self.dun("2025-03-20")
        self.assertNotIn("Please pay by", self.body(self.outbox[0]))

    def test_a_german_reads_german_only(self):
        hans = self.customer("Hans Weber", lang="de_DE", email="hans@example.com")
        invoice = self.bill(hans, due_date_agreed=True, payment_reference="Tee <7>")
        invoice.line_ids.ref = "<i>Bestellung 12</i>"
        for day in ("2025-03-20", "2025-04-03"):
            self.dun(day)
        for message in self.outbox:
            text = self.body(message)
            for words in (
                *("Guten Tag", "Rechnungsnummer", "Verwendungszweck", "Rechnungsdatum"),
                *("Fällig am", "Rechnungsbetrag", "Offener Betrag", "1.000,00", "10.03.2025"),
                *("Tee <7>", "<i>Bestellung 12</i>", "Bitte zahlen Sie bis zum"),
            ):
                self.assertIn(words, text)
            english = {"Payment", "Reference", "Amount", "Date", "Due", "Dear", "Invoice"}
            self.assertFalse(english & set(text.split()), text)
        self.assertIn("Verzugszinsen", self.body(self.outbox[1]))

    def test_the_engine_speaks_german_too(self):
        german = {"lang": "de_DE"}
        menu = self.env.ref("account_credit_control.credit_control_run_menu")
        self.assertEqual(menu.with_context(**german).name, "Mahnläufe")
        states = self.env["credit.control.line"].with_context(**german).fields_get(["state"])
        self.assertIn("In der Warteschlange", dict(states["state"]["selection"]).values())

    def test_the_notice_on_the_invoice(self):
        self.assertFalse(self.bill(self.bernd).has_default_notice)
        self.shop.invoice_default_notice = True
        told = self.bill(self.bernd)
        self.assertTrue(told.has_default_notice)
        other = self.env["res.company"].create({"name": "Without Notice"})
        journal = {"name": "Sales", "code": "SALE", "type": "sale", "company_id": other.id}
        values = {"journal_id": self.env["account.journal"].create(journal).id}
        untold = self.env["account.move"].create({"move_type": "out_invoice", **values})
        self.assertFalse(untold.has_default_notice)
        for notice in (True, False):
            told.has_default_notice = notice
            page = self.reports._render_qweb_html("account.report_invoice", told.ids)[0]
            self.assertEqual("You are in default at the latest" in self.text(page), notice)
