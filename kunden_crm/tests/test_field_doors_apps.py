from ast import literal_eval
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import RedirectWarning, ValidationError
from odoo.fields import Command, Date, Datetime
from odoo.http import Request
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import file_open

from .common import CustomerFileCase
from .match_case import QueueMixin
from .test_field_doors import require

BILL = "account_edi_ubl_cii/tests/test_files/bis3_bill_example.xml"


class AppDoorCase(QueueMixin, CustomerFileCase):
    """Rules of the day, and where a contact lands that came in by a door of another app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a database with data has rules of its own
        cls.env["kunden.field.rule"].search([]).active = False
        cls.sam = new_test_user(cls.env, "sam_of_doors", "sales_team.group_sale_salesman_all_leads")

    def has(self, app):
        """Whether this database has the app; that of the gate has them all."""
        return self.env["ir.module.module"]._get(app).state == "installed"

    def missing(self, partner):
        """The technical names of what a file lacks, as the clerk reads it."""
        partner.invalidate_recordset()
        gaps = partner.with_user(self.clerk).missing_field_ids
        # the technical name leads to ir.model.fields, which a clerk may not read
        return sorted(gaps.sudo().mapped("technical_name"))

    def work_list(self):
        """Whoever stands in the work list of the clerk and her colleagues."""
        work = self.env.ref("kunden_crm.action_incomplete")._get_action_dict()
        return self.env["res.partner"].with_user(self.clerk).search(literal_eval(work["domain"]))

    def assert_lands(self, partner, *names):
        """The file is kept, lacks these fields, and is found in the work list."""
        self.assertEqual(len(partner), 1)
        self.assertEqual(self.missing(partner), sorted(names))
        self.assertIn(partner, self.work_list())

    def convert(self, lead):
        """Sam makes a customer of a lead, in the dialogue."""
        self.assertTrue(lead)
        self.assertFalse(lead.partner_id)
        lead.write({"type": "lead", "user_id": self.sam.id})
        dialogue = self.env["crm.lead2opportunity.partner"].with_user(self.sam)
        chosen = {"active_id": lead.id, "active_ids": lead.ids, "active_model": "crm.lead"}
        form = Form(dialogue.with_context(**chosen))
        form.name = "convert"
        form.action = "create"
        form.save().action_apply()
        return lead.partner_id


@tagged("post_install", "-at_install")
class TestWebDoors(AppDoorCase, HttpCase):
    """A visitor of the web site is served, whatever the rules say; his file is marked."""

    def fill_cart(self, login=None):
        """A visitor, or whoever has logged in, puts a shampoo into the cart."""
        website = self.env["website"].search([], limit=1)
        website.write({"account_on_checkout": "optional", "ecommerce_access": "everyone"})
        product = self.env["product.product"].create(
            {"name": "Shampoo", "list_price": 5, "website_published": True}
        )
        self.authenticate(login, login)
        added = {"product_id": product.id, "product_template_id": product.product_tmpl_id.id}
        self.make_jsonrpc_request("/shop/cart/add", {**added, "quantity": 1})
        return self.env["sale.order"].search([("order_line.product_id", "=", product.id)])

    def submit(self, **values):
        """What the shop answers to the address of a visitor."""
        values = {
            "name": "Eva Besuch",
            "email": "eva@besuch.example",
            "phone": "+49 221 1234567",
            "street": "Weg 1",
            "city": "Ulm",
            "zip": "89073",
            "country_id": str(self.env.ref("base.de").id),
            "address_type": "billing",
            "use_delivery_as_billing": "true",
            "csrf_token": Request.csrf_token(self),
            **values,
        }
        return self.url_open("/shop/address/submit", data=values).json()

    def test_a_visitor_orders_in_the_shop(self):
        if self.has("website_sale"):
            require(self.env, "birthdate_date", customer_kind="private")
            known = self.known("Eva Besuch", mobile="0221 1234567", city="Altona", zip="22765")
            cart = self.fill_cart()
            self.assertIn("redirectUrl", self.submit())
            self.assertEqual(cart.partner_id.name, "Eva Besuch")
            self.assert_lands(cart.partner_id, "birthdate_date")
            page = self.url_open("/shop/checkout")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("/shop/address?", page.url)
            self.assertNotIn("Altona", page.text, "a visitor is told nothing of others")
            self.assert_queued(cart.partner_id, known)

    def test_the_shop_asks_what_it_shall(self):
        if self.has("website_sale"):
            require(self.env, "birthdate_date", customer_kind="private")
            require(self.env, "street2", ask_portal=True)
            cart = self.fill_cart()
            self.assertEqual(self.submit()["invalid_fields"], ["street2"])
            self.assertEqual(cart.partner_id, cart.website_id.user_id.partner_id)
            self.assertTrue(cart.order_line)
            self.assertIn("redirectUrl", self.submit(street2="Hinterhaus"))
            self.assertEqual(cart.partner_id.street2, "Hinterhaus")
            self.assert_lands(cart.partner_id, "birthdate_date")

    def test_the_shop_asks_nothing_after_the_end_of_the_offer(self):
        if self.has("website_sale"):
            today = Date.today()
            # at noon it is the same day for the visitor, the clerk and the job
            noon = Datetime.to_datetime(today) + timedelta(hours=12)
            with freeze_time(noon, tick=True):
                cart = self.fill_cart()
                require(self.env, "street2", ask_portal=True, date_to=today)
                self.assertEqual(self.submit()["invalid_fields"], ["street2"])
                self.assertEqual(self.missing(self.anna), ["street2"])
            with freeze_time(noon + timedelta(days=1), tick=True):
                self.assertIn("redirectUrl", self.submit())
                self.assertFalse(self.missing(cart.partner_id))
                self.env.ref("kunden_crm.cron_field_check").method_direct_trigger()
                self.assertFalse(self.missing(self.anna))
                self.assertNotIn(self.anna, self.work_list())
                self.env["res.partner"].with_user(self.clerk).web_save({"name": "Danach"}, {})

    def test_nobody_is_asked_what_the_form_does_not_let_him_give(self):
        if self.has("website_sale"):
            state = self.env.ref("base.field_res_partner__state_id")
            self.env["kunden.field"].create({"name": "State", "field_id": state.id})
            require(self.env, "state_id", "vat", "zip", ask_portal=True)
            self.env.ref("website_sale.address_b2b").active = False
            self.fill_cart()
            self.assertIn('name="vat"', self.url_open("/shop/address").text)
            country = self.env.ref("base.li")
            country.write({"address_format": "%(street)s %(city)s", "zip_required": False})
            answer = self.submit(country_id=str(country.id), zip="")
            self.assertEqual(answer["invalid_fields"], ["vat"])
            land = {"name": "Land", "code": "L", "country_id": self.env.ref("base.de").id}
            self.env["res.country.state"].create(land)
            answer = self.submit(zip="")
            self.assertEqual(set(answer["invalid_fields"]), {"state_id", "vat", "zip"})

    def test_who_orders_for_a_company_is_not_asked_what_only_the_company_may_change(self):
        if self.has("website_sale"):
            require(self.env, "vat", ask_portal=True)
            address = {"street": "Weg 1", "city": "Ulm", "zip": "89073", "phone": "0221 1234567"}
            address["country_id"] = self.env.ref("base.de").id
            firm = self.env["res.partner"].create({"name": "Berg", "is_company": True, **address})
            eva = new_test_user(self.env, "eva_who_orders", "base.group_portal")
            eva.partner_id.write({"parent_id": firm.id, "email": "eva@berg.example", **address})
            cart = self.fill_cart(eva.login)
            self.assertEqual(cart.partner_id, eva.partner_id)
            self.assertNotIn("/shop/address?", self.url_open("/shop/checkout").url)
            eva.partner_id.parent_id = False
            self.assertIn("/shop/address?", self.url_open("/shop/checkout").url)

    def test_a_form_of_the_web_site_and_its_lead(self):
        if self.has("website_crm"):
            require(self.env, "birthdate_date", "street", customer_kind="private")
            known = self.known("Eva Formular", phone="0221 9876543", email="e@formular.example")
            asked = {
                "name": "Anfrage",
                "contact_name": "Eva Formular",
                "email_from": "eva@formular.example",
                "phone": "+49 221 9876543",
                "description": "Bitte melden",
            }
            answer = self.url_open("/website/form/crm.lead", data=asked).json()
            lead = self.env["crm.lead"].browse(answer["id"])
            partner = self.convert(lead)
            self.assertEqual(partner.email, "eva@formular.example")
            self.assert_lands(partner, "birthdate_date", "street")
            self.assert_queued(partner, known)

    def test_a_visitor_talks_to_the_chatbot(self):
        if self.has("crm_livechat"):
            require(self.env, "birthdate_date", customer_kind="private")
            channel = self.chat("eva@chat.example")
            lead = self.env["crm.lead"].search([("origin_channel_id", "=", channel.id)])
            self.assertEqual(lead.email_from, "eva@chat.example")
            lead.contact_name = "Eva Chat"
            partner = self.convert(lead)
            self.assertEqual(partner.email, "eva@chat.example")
            self.assert_lands(partner, "birthdate_date")

    def chat(self, email):
        """A visitor tells the bot his address, which makes a lead."""
        bot = self.env["chatbot.script"].create({"title": "Bello"})
        steps = (("question_email", "Your e-mail?"), ("create_lead", "Thank you"))
        self.env["chatbot.script.step"].create(
            [
                {"chatbot_script_id": bot.id, "step_type": kind, "message": text}
                for kind, text in steps
            ]
        )
        speaks = Command.create({"chatbot_script_id": bot.id})
        livechat = self.env["im_livechat.channel"].create({"name": "Laden", "rule_ids": [speaks]})
        self.authenticate(None, None)
        asked = {"channel_id": livechat.id, "chatbot_script_id": bot.id}
        channel_id = self.make_jsonrpc_request("/im_livechat/get_session", asked)["channel_id"]
        said = {"body": email, "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        self.make_jsonrpc_request(
            "/mail/message/post",
            {"thread_model": "discuss.channel", "thread_id": channel_id, "post_data": said},
        )
        self.make_jsonrpc_request("/chatbot/step/validate_email", {"channel_id": channel_id})
        self.make_jsonrpc_request("/chatbot/step/trigger", {"channel_id": channel_id})
        return self.env["discuss.channel"].browse(channel_id)


@tagged("post_install", "-at_install")
class TestOfficeDoors(AppDoorCase):
    """Till, importer and invoices of others."""

    def test_a_cashier_is_asked_in_the_form_and_nowhere_else(self):
        if self.has("point_of_sale"):
            require(self.env, "birthdate_date", customer_kind="private", reason="Shampoo")
            cashier = new_test_user(
                self.env, "cashier_of_doors", "point_of_sale.group_pos_user,kunden_crm.group_user"
            )
            partners = self.env["res.partner"].with_user(cashier)
            action = self.env.ref("point_of_sale.res_partner_action_edit_pos")
            self.assertEqual(action.view_id, self.env.ref("base.view_partner_form"))
            with self.assertRaisesRegex(ValidationError, "Shampoo"):
                partners.web_save({"name": "Eva Kasse"}, {})
            eva = partners.create({"name": "Eva Kasse"})
            self.assert_lands(eva, "birthdate_date")
            paths = self.env["ir.asset"]._get_asset_paths("point_of_sale._assets_pos", {})
            marks = [path for path, *_rest in paths if path.endswith("required/record.js")]
            self.assertEqual(len(marks), 1)

    def test_a_list_goes_through_the_importer(self):
        require(self.env, "birthdate_date", customer_kind="private")
        wizard = self.env["base_import.import"].with_user(self.clerk)
        names = ("Eva Liste", "Udo Liste")
        wizard = wizard.create(
            {
                "res_model": "res.partner",
                "file": b"Name,Geburtstag\nEva Liste,\nUdo Liste,1990-01-02\n",
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True, "date_format": "%Y-%m-%d"}
        columns = ["name", "birthdate_date"]
        result = wizard.execute_import(columns, columns, options)
        self.assertFalse(result["messages"])
        eva, udo = self.env["res.partner"].browse(result["ids"])
        self.assertEqual((eva.name, udo.name), names)
        self.assert_lands(eva, "birthdate_date")
        self.assertFalse(self.missing(udo))

    def imported(self, company, kind):
        """The invoice of another program, as it comes by mail into a journal of that kind."""
        with file_open(BILL, "rb") as bill:
            # the seller of core's example writes the buyer's address above his own
            text = bill.read().replace(b"LU25587702", b"LU12977109", 1)
        attachment = self.env["ir.attachment"].create({"name": "bill.xml", "raw": text})
        journal = self.env["account.journal"].search(
            [("type", "=", kind), ("company_id", "=", company.id)], limit=1
        )
        return journal._create_document_from_attachment(attachment.ids)

    def test_an_electronic_invoice_makes_its_customer(self):
        if self.has("account_edi_ubl_cii"):
            require(self.env, "industry_id", customer_kind="company", gate_invoice="refuse")
            company = self.env["res.company"].create({"name": "Laden"})
            self.env["account.chart.template"].try_loading(
                "generic_coa", company, install_demo=False
            )
            works = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
            ada = new_test_user(self.env, "ada_of_doors", "account.group_account_invoice", **works)
            sold = self.imported(company, "sale")
            self.assertEqual(sold.partner_id.name, "Odoo Lu")
            self.assert_lands(sold.partner_id, "industry_id")
            with self.assertRaises(RedirectWarning):
                sold.with_user(ada).action_post()
            sold.auto_post = "at_date"
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                self.env["account.move"]._autopost_draft_entries()
            self.assertEqual(sold.state, "posted")
            gap = self.env.ref("kunden_crm.message_subtype_gap")
            self.assertTrue(sold.message_ids.filtered(lambda note: note.subtype_id == gap))
            bought = self.imported(company, "purchase")
            self.assertEqual(bought.partner_id.name, "ALD Automotive LU")
            bought.with_user(ada).action_post()
            self.assertEqual(bought.state, "posted")
            # who only sells to us is no customer
            self.assertFalse(self.missing(bought.partner_id))
