"""An invoice of the demo company, printed as accounting prints it, and read."""

import io
import json

from PyPDF2 import PdfReader

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestInvoicePdf(HttpCase):
    def test_an_invoice_has_letterhead_tax_number_and_page_number(self):
        """Anton prints the newest invoice; the PDF is on letter paper as DIN 5008 has it."""
        company = self.env["res.company"].search(
            [("vat", "=like", "DE%"), ("name", "like", "Tier")]
        )
        company.ensure_one()
        invoice = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
            ],
            limit=1,
        )
        self.authenticate("anton", "anton")

        answer = self.url_open(
            f"/report/pdf/account.report_invoice_with_payments/{invoice.id}",
            params={"context": json.dumps({"force_report_rendering": True})},
            timeout=60,
        )

        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        pages = PdfReader(io.BytesIO(answer.content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        self.assertIn(invoice.name, text)
        for value in (company.name, company.city, company.vat, company.l10n_de_stnr):
            self.assertIn(value, text)
        self.assertIn(company.bank_ids[:1].acc_number.replace(" ", ""), text.replace(" ", ""))
        self.assertRegex(text, rf"Seite:? ?1 ?(/|von) ?{len(pages)}")
        images = [name for page in pages for name in page["/Resources"].get("/XObject", {})]
        self.assertTrue(images, "the letterhead has no logo")
