import re
from datetime import date
from io import BytesIO

from freezegun import freeze_time
from lxml import html
from PyPDF2 import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .ledger_case import LedgerCase

REPORT = "kunden_crm.report_statement"


@tagged("post_install", "-at_install")
class TestStatement(LedgerCase):
    """Ada sends the customer what is open on 10 March 2026; Sam, who sells, may do so too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-10 12:00:00"))
        cls.shop.sudo().write({"street": "Ringstraße 1", "zip": "50667", "city": "Köln"})
        cls.env["res.lang"].sudo()._activate_lang("en_US")
        partners = cls.env["res.partner"].sudo()
        cls.firm = partners.create(
            {
                "name": "Napf GmbH",
                "is_company": True,
                "ref": "T4711",
                "lang": "en_US",
                "child_ids": [
                    (0, 0, {"name": "Buchhaltung", "type": "invoice", "street": "Kai 3"}),
                    (0, 0, {"name": "Nicole"}),
                ],
            }
        ).with_user(cls.ada)
        cls.office, cls.nicole = cls.firm.child_ids.sorted("name")
        cls.karl = partners.create({"name": "Karl", "lang": "en_US"}).with_user(cls.ada)

    def in_shop(self, partner, user=None):
        context = {"allowed_company_ids": self.shop.ids, "lang": "en_US"}
        return partner.with_user(user or self.ada).with_context(**context)

    def page(self, partners, user=None):
        """The statement as text, one line per row."""
        partners = self.in_shop(partners, user)
        content = partners.env["ir.actions.report"]._render_qweb_html(REPORT, partners.ids)[0]
        page = html.fromstring(content)
        for junk in page.xpath("//style | //head"):
            junk.drop_tree()
        self.rows = [" ".join(row.text_content().split()) for row in page.xpath("//tr")]
        return " ".join(page.text_content().split())

    def due(self, day, **values):
        """A document that was written on 1 February and is due on that day."""
        values |= {"invoice_date": date(2026, 2, 1), "invoice_date_due": date.fromisoformat(day)}
        return self.bill(self.firm, invoice_payment_term_id=False, **values)

    def test_each_currency_has_its_items_and_its_sums(self):
        late = self.due("2026-02-28", amount=119.0)
        later = self.due("2026-03-31", amount=50.0)
        dollars = self.due("2026-03-09", amount=200.0, currency_id=self.dollar.id)
        correction = self.due("2026-03-10", amount=20.0, move_type="out_refund")
        self.pay(late, 19.0)
        self.bill(self.firm, 77.0, post=False)
        self.bill(self.firm, 88.0, company=self.basel)
        text = self.page(self.firm)
        self.assertRegex(
            text,
            r"Napf GmbH\s*Buchhaltung\s*Kai 3 .*Customer number: T4711 .*Date: 03/10/2026"
            ".*Statement of open items",
        )
        for row in (
            rf"Invoice {late.name} 02/01/2026 02/28/2026 10 \D*119.00\D* \D*100.00\D*",
            rf"Invoice {later.name} 02/01/2026 03/31/2026 \D*50.00\D* \D*50.00\D*",
            rf"Invoice correction {correction.name} 02/01/2026 03/10/2026 \D*-\D*20.00\D*20.00\D*",
            rf"Invoice {dollars.name} 02/01/2026 03/09/2026 1 \D*200.00\D* \D*200.00\D*",
            r"Open in EUR \D*130.00\D*",
            r"Open in USD \D*200.00\D*",
            r"Of this overdue \D*100.00\D*",
            r"Of this overdue \D*200.00\D*",
        ):
            self.assertTrue([1 for told in self.rows if re.fullmatch(row, told)], (row, self.rows))
        self.assertEqual(len([row for row in self.rows if row.startswith("Invoice")]), 4)
        self.assertNotIn("88.00", text)
        self.assertNotIn("77.00", text)

    def test_a_contact_person_gets_the_statement_of_his_company(self):
        invoice = self.due("2026-02-28")
        self.assertIn(invoice.name, self.page(self.nicole))
        action = self.in_shop(self.nicole).action_print_statement()
        self.assertEqual(action["context"]["active_ids"], self.firm.ids)
        self.assertEqual(
            self.in_shop(self.nicole)._statement_name(), "Statement 2026-03-10 Napf GmbH"
        )

    def test_who_owes_nothing_is_thanked(self):
        self.assertIn("nothing is open today", self.page(self.karl))

    def test_a_payment_on_account_is_told(self):
        first = self.due("2026-02-28")
        payment = self.pay(first, 150.0)
        self.page(self.firm)
        self.assertTrue([row for row in self.rows if row.startswith(f"Payment {payment.name}")])

    def test_a_credit_that_is_due_lessens_what_is_overdue(self):
        self.due("2026-02-28", amount=100.0)
        self.due("2026-03-01", amount=30.0, move_type="out_refund")
        self.page(self.firm)
        overdue = [row for row in self.rows if row.startswith("Of this overdue")]
        self.assertIn("70.00", overdue[0])

    def test_many_statements_are_read_in_one_query_and_printed_together(self):
        self.due("2026-02-28")
        text = self.page(self.firm | self.karl)
        self.assertEqual(text.count("Statement of open items"), 2)
        self.env.flush_all()
        counts = []
        for customers in (self.firm, self.firm | self.karl | self.nicole):
            customers = self.in_shop(customers)
            customers.mapped("commercial_partner_id.name")
            before = self.env.cr.sql_log_count
            customers._open_items()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_who_sells_all_prints_it_and_who_may_not_see_invoices_does_not(self):
        invoice = self.due("2026-02-28")
        self.assertIn(invoice.name, self.page(self.firm, self.seller()))
        with self.assertRaises(AccessError):
            self.in_shop(self.firm, self.klara)._open_items()

    def test_the_letter_is_a_pdf_of_one_page(self):
        invoice = self.due("2026-02-28")
        firm = self.in_shop(self.firm)
        reports = firm.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf(REPORT, firm.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(BytesIO(content)).pages
        self.assertEqual(len(pages), 1)
        text = " ".join(pages[0].extract_text().split())
        self.assertIn(invoice.name, text)
        self.assertIn("Kai 3", text)
