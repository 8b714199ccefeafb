from datetime import date

from freezegun import freeze_time
from lxml import etree, html

from odoo.fields import Command
from odoo.tests import tagged

from .sales_case import SalesCase

REPORT = "account.report_invoice_with_payments"
LAYOUTS = ("l10n_din5008.external_layout_din5008", "web.external_layout_standard")
UBL = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
}
CII = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


@tagged("post_install", "-at_install")
class TestInvoiceLaw(SalesCase):
    """Ada of a German shop invoices; the customer's paper and file hold what the law asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-10"))
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.env["res.lang"]._activate_lang("en_US")
        germany = cls.env.ref("base.de")
        cls.shop.country_id = germany
        charts = cls.env["account.chart.template"]
        charts.try_loading("de_skr03", cls.shop, install_demo=False)
        cls.shop.write(
            {
                "name": "Laden GmbH",
                "street": "Ringstraße 1",
                "zip": "50667",
                "city": "Köln",
                "vat": "DE136695976",
                "l10n_de_stnr": "215/5815/0155",
                "phone": "+49 221 123456",
                "email": "post@laden.example",
            }
        )
        account = {"acc_number": "DE89370400440532013000", "partner_id": cls.shop.partner_id.id}
        cls.env["res.partner.bank"].create(account).allow_out_payment = True
        cls.ada = cls.staff("ada", "account.group_account_invoice")
        cls.authority = cls.office(germany)
        cls.tax = cls.env["account.tax"].search(
            [
                ("company_id", "=", cls.shop.id),
                ("amount", "=", 19),
                ("type_tax_use", "=", "sale"),
                ("price_include", "=", False),
            ],
            limit=1,
        )

    @classmethod
    def office(cls, country):
        """The town that buys by its Leitweg-ID."""
        return cls.env["res.partner"].create(
            {
                "name": "Stadt Ulm",
                "is_company": True,
                "street": "Donautal 4",
                "zip": "89073",
                "city": "Ulm",
                "country_id": country.id,
                "lang": "de_DE",
                "email": "amt@ulm.example",
                "peppol_eas": "0204",
                "peppol_endpoint": "05315-31001-74",
            }
        )

    def bill(self, move_type="out_invoice", **values):
        line = {"name": "Futternapf", "quantity": 3, "price_unit": 100, "tax_ids": self.tax.ids}
        move = (
            self.env["account.move"]
            .with_user(self.ada)
            .create(
                {
                    "move_type": move_type,
                    "partner_id": self.authority.id,
                    "invoice_date": date(2026, 3, 10),
                    "delivery_date": date(2026, 3, 5),
                    "invoice_line_ids": [Command.create(line)],
                    **values,
                }
            )
        )
        move.action_post()
        return move

    def printed(self, move, layout=LAYOUTS[0]):
        """The text of the paper as it goes to the printer, in our German."""
        self.shop.external_report_layout_id = self.env.ref(layout)
        reports = self.env["ir.actions.report"].with_user(self.ada)
        page = html.fromstring(reports._render_qweb_html(REPORT, move.ids)[0])
        for junk in page.xpath("//style | //head | //script"):
            junk.drop_tree()
        return " ".join(" ".join(page.itertext()).split())

    def skonto(self):
        """Two percent within ten days."""
        return self.env["account.payment.term"].create(
            {
                "name": "2 % Skonto",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )

    def test_each_number_of_the_law_is_on_the_invoice(self):
        """UStG § 14 (4) sentence 1, on the German letter paper; no. 10 is the next test."""
        duty = "Bewahren Sie diese Rechnung zwei Jahre auf (§ 14b Abs. 1 Satz 5 UStG)."
        invoice = self.bill(invoice_payment_term_id=self.skonto().id, narration=duty)
        text = self.printed(invoice)
        for number, told in (
            (1, ("Laden GmbH", "Ringstraße 1", "50667", "Köln")),
            (1, ("Stadt Ulm", "Donautal 4", "89073", "Ulm")),
            (2, (self.shop.vat,)),
            (3, ("10.03.2026",)),
            (4, ("Rechnung", invoice.name)),
            (5, ("Futternapf", "3,00")),
            (6, ("Lieferdatum", "05.03.2026")),
            (7, ("300,00", "349,86", "20.03.2026")),
            (8, ("19%", "57,00", "357,00")),
            (9, (duty,)),
        ):
            for words in told:
                self.assertIn(words, text.replace("\xa0", " "), number)

    def test_only_what_the_customer_writes_himself_is_called_gutschrift(self):
        """UStG § 14 (4) sentence 1 no. 10; a seller's correction is a Rechnungskorrektur."""
        correction = self.bill("out_refund")
        expense = self.env["account.account"].search(
            [("company_ids", "in", self.shop.ids), ("account_type", "=", "expense")], limit=1
        )
        journal = self.env["account.journal"].create(
            {
                "name": "Self",
                "code": "SELF",
                "type": "purchase",
                "is_self_billing": True,
                "default_account_id": expense.id,
            }
        )
        own = self.bill("in_invoice", journal_id=journal.id, partner_id=self.authority.id)
        for layout in LAYOUTS:
            text = self.printed(correction, layout)
            self.assertIn("Rechnungskorrektur", text, layout)
            self.assertNotIn("Gutschrift", text, layout)
            self.assertIn("Gutschrift", self.printed(own, layout), layout)

    def test_draft_and_cancelled_corrections_bear_the_name_too(self):
        correction = self.bill("out_refund")
        correction.sudo().button_draft()
        self.assertIn("Entwurf einer Rechnungskorrektur", self.printed(correction))
        correction.sudo().button_cancel()
        self.assertIn("Stornierte Rechnungskorrektur", self.printed(correction))

    def test_the_name_in_mails_is_ours(self):
        correction, invoice = self.bill("out_refund"), self.bill()
        self.assertEqual(correction.with_context(lang="de_DE").type_name, "Rechnungskorrektur")
        self.assertEqual(invoice.with_context(lang="de_DE").type_name, "Rechnung")
        mail = self.env.ref("account.email_template_edi_credit_note").with_context(lang="de_DE")
        mail.body_html = "<p>Ihre Gutschrift <b>12</b></p>"
        self.env["res.partner"]._name_corrections()
        self.assertEqual(mail.body_html, "<p>Ihre Rechnungskorrektur <b>12</b></p>")
        self.assertIn("Rechnungskorrektur", mail.subject)
        self.assertIn("Credit Note", mail.with_context(lang="en_US").subject)

    def test_the_file_decides_the_form_and_who_chooses_decides_more(self):
        self.authority.peppol_eas = "9930"
        self.assertEqual(self.authority.invoice_edi_format, "facturx")
        self.authority.invoice_edi_format = "ubl_bis3"
        self.assertEqual(self.authority.invoice_edi_format, "ubl_bis3")
        self.authority.invoice_edi_format = False
        self.assertFalse(self.authority.invoice_edi_format)
        private = self.authority.create(
            {"name": "Anna", "country_id": self.authority.country_id.id, "is_consumer": True}
        )
        self.assertFalse(private.invoice_edi_format)
        private.is_consumer = False
        self.assertEqual(private.invoice_edi_format, "facturx")
        private.country_id = self.env.ref("base.us")
        self.assertFalse(private.invoice_edi_format)

    def test_the_forms_are_called_as_in_germany(self):
        told = self.authority.with_context(lang="de_DE").fields_get(["invoice_edi_format"])
        labels = dict(told["invoice_edi_format"]["selection"])
        self.assertEqual(labels["facturx"], "ZUGFeRD (Factur-X)")
        self.assertEqual(labels["xrechnung"], "XRechnung")

    def exported(self, invoice):
        """The file that goes with the invoice, as the sending dialogue of core makes it."""
        builder = invoice.commercial_partner_id._get_edi_builder(
            invoice.commercial_partner_id.invoice_edi_format
        )
        content, errors = builder._export_invoice(invoice)
        self.assertFalse(errors)
        return etree.fromstring(content)

    def test_an_authority_gets_an_xrechnung_with_its_leitweg_id(self):
        self.assertEqual(self.authority.invoice_edi_format, "xrechnung")
        tree = self.exported(self.bill())
        for path, told in (
            ("cbc:BuyerReference", "05315-31001-74"),
            ("cac:AccountingCustomerParty//cbc:EndpointID", "05315-31001-74"),
            ("cac:AccountingCustomerParty//cbc:EndpointID/@schemeID", "0204"),
            ("cac:AccountingSupplierParty//cac:PartyTaxScheme/cbc:CompanyID", "DE136695976"),
            ("cbc:InvoiceTypeCode", "380"),
            ("cbc:IssueDate", "2026-03-10"),
            ("cac:Delivery/cbc:ActualDeliveryDate", "2026-03-05"),
            ("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", "300.00"),
            ("cac:TaxTotal/cbc:TaxAmount", "57.00"),
            ("cac:LegalMonetaryTotal/cbc:PayableAmount", "357.00"),
            ("cac:InvoiceLine/cac:Item/cbc:Name", "Futternapf"),
            ("cac:PaymentMeans//cac:PayeeFinancialAccount/cbc:ID", "DE89370400440532013000"),
        ):
            found = tree.xpath(path, namespaces=UBL)
            self.assertEqual([getattr(node, "text", node) for node in found], [told], path)
        self.assertIn("xrechnung_3.0", tree.xpath("string(cbc:CustomizationID)", namespaces=UBL))

    def test_a_correction_for_an_authority_is_one_in_its_file(self):
        invoice = self.bill()
        correction = self.bill("out_refund", reversed_entry_id=invoice.id)
        tree = self.exported(correction)
        self.assertEqual(etree.QName(tree).localname, "CreditNote")
        self.assertEqual(tree.xpath("string(cbc:CreditNoteTypeCode)", namespaces=UBL), "381")
        self.assertEqual(tree.xpath("string(cbc:BuyerReference)", namespaces=UBL), "05315-31001-74")

    def test_a_business_gets_a_factur_x(self):
        firm = self.env["res.partner"].create(
            {
                "name": "Napf GmbH",
                "is_company": True,
                "street": "Kai 3",
                "zip": "20095",
                "city": "Hamburg",
                "country_id": self.env.ref("base.de").id,
                "lang": "de_DE",
            }
        )
        self.assertEqual(firm.invoice_edi_format, "facturx")
        invoice = self.bill(partner_id=firm.id)
        tree = self.exported(invoice)
        for path, told in (
            ("//ram:BuyerTradeParty/ram:Name", "Napf GmbH"),
            ("//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID", "DE136695976"),
            ("//ram:GrandTotalAmount", "357.00"),
            ("//ram:TaxBasisTotalAmount", "300.00"),
            ("//ram:ApplicableTradeTax[ram:BasisAmount]/ram:CalculatedAmount", "57.00"),
        ):
            found = [node.text for node in tree.xpath(path, namespaces=CII)]
            self.assertIn(told, found, path)
        self.assertIn(invoice.name, "".join(tree.itertext()))
