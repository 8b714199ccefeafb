from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .sales_case import SELLING, SalesCase

TODAY = "2026-03-10"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFieldGates(SalesCase):
    """What a rule requires is asked before an order is confirmed or an invoice posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls.staff("sam_at_the_gate", SELLING)
        cls.env["account.chart.template"].try_loading("generic_coa", cls.shop, install_demo=False)
        cls.ada = cls.staff("ada_at_the_gate", "account.group_account_invoice")
        cls.boss = cls.staff("boss_of_the_rules", "kunden_crm.group_manager")
        # a database with data has rules of its own
        cls.env["kunden.field.rule"].search([]).active = False
        cls.gap = cls.env.ref("kunden_crm.message_subtype_gap")
        cls.overrides = cls.env["kunden.field.override"]
        cls.firm = cls.partners.create({"name": "Berg GmbH", "is_company": True})
        cls.eva = cls.partners.create({"name": "Eva Groß", "parent_id": cls.firm.id})

    def rule(self, name="phone", gate="refuse", **values):
        """A rule of the manager's at both gates."""
        entry = self.env["kunden.field"].search([("technical_name", "=", name)])
        gates = {"gate_order": gate, "gate_invoice": gate}
        values = {"catalogue_id": entry.id, "reason": f"Reason of {name}", **gates, **values}
        return self.env["kunden.field.rule"].with_user(self.boss).create(values)

    def quote(self, partner=None, user=None):
        """A quotation, as the salesman has it before him."""
        values = {"partner_id": (partner or self.anna).id, "company_id": self.shop.id}
        return self.env["sale.order"].create(values).with_user(user or self.sam)

    def draft(self, partner=None, move_type="out_invoice", **values):
        """A draft invoice, as the accountant has it before her."""
        move = self.invoice(partner or self.anna, self.ada, move_type, post=False)
        move.write(values)
        return move.with_user(self.ada)

    def refusal(self, act):
        """What that act is refused with: the message and the context of the dialogue."""
        with self.assertRaises(RedirectWarning) as refused:
            act()
        message, action, _button, context = refused.exception.args
        self.assertEqual(action, self.env.ref("kunden_crm.action_field_override_ask").id)
        return message, context

    def dialogue(self, documents, context, reason="Der Kunde bringt es morgen."):
        """The dialogue that the refusal opens, filled in by whoever was refused."""
        asks = documents.env["kunden.field.override.ask"].with_context(**context)
        form = Form(asks)
        form.reason = reason
        return form.save()

    def notes(self, documents):
        """The texts of the notes on what is missing."""
        messages = documents.sudo().message_ids
        return messages.filtered(lambda m: m.subtype_id == self.gap).mapped("body")

    def told(self, document):
        """All that the history of a document says."""
        return " ".join(document.sudo().message_ids.mapped("body"))

    def autopost(self):
        """The nightly job of core posts what is due."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["account.move"]._autopost_draft_entries()

    def facts(self, documents):
        return self.overrides.sudo().search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    def test_a_salesman_is_refused_and_fills_in(self):
        rule = self.rule()
        quote = self.quote()
        message, context = self.refusal(quote.action_confirm)
        for part in ("Reason of phone", rule.display_name, "Anna Berg", quote.name):
            self.assertIn(part, message)
        self.assertEqual(context, {"default_order_ids": [Command.set(quote.ids)]})
        self.anna.phone = "+49 221 1234567"
        quote.action_confirm()
        self.assertEqual(quote.state, "sale")
        self.assertFalse(self.facts(quote) or self.notes(quote))

    def test_a_salesman_goes_on_with_a_reason(self):
        rule = self.rule()
        quote = self.quote()
        _message, context = self.refusal(quote.action_confirm)
        ask = self.dialogue(quote, context)
        self.assertIn("Reason of phone", ask.missing)
        self.assertEqual(ask.action_go_on()["tag"], "soft_reload")
        self.assertEqual(quote.state, "sale")
        (fact,) = self.facts(quote).with_user(self.sam)
        self.assertEqual(
            (fact.partner_id, fact.user_id, fact.reason, fact.missing, fact.document_name),
            (
                self.anna,
                self.sam,
                "Der Kunde bringt es morgen.",
                rule.catalogue_id.name,
                quote.name,
            ),
        )
        self.assertEqual(fact.sudo().catalogue_ids, rule.catalogue_id.sudo())
        self.assertEqual(fact.action_open_document()["res_id"], quote.id)
        self.assertEqual(self.told(quote).count("Der Kunde bringt es morgen."), 1)
        self.assertFalse(self.notes(quote))
        quote._action_cancel()
        quote.action_draft()
        quote.action_confirm()
        self.assertEqual(len(self.facts(quote)), 1)

    def test_a_reason_is_for_this_document_this_customer_and_these_fields(self):
        self.rule()
        quote, other = self.quote(), self.quote()
        self.dialogue(quote, self.refusal(quote.action_confirm)[1]).action_go_on()
        self.refusal(other.action_confirm)
        quote._action_cancel()
        quote.action_draft()
        quote.partner_id = self.eva
        self.assertNotIn("Anna", self.refusal(quote.action_confirm)[0])
        quote.partner_id = self.anna
        self.rule("email")
        message, _context = self.refusal(quote.action_confirm)
        self.assertIn("Reason of email", message)
        self.assertNotIn("Reason of phone", message)

    def test_no_word_of_the_caller_opens_the_gate(self):
        self.rule()
        quote, invoice = self.quote(), self.draft()
        forged = dict.fromkeys(
            ("kunden_override", "force", "install_mode", "import_file", "cron_id", "su"), True
        )
        self.refusal(quote.with_context(**forged).action_confirm)
        self.refusal(invoice.with_context(**forged).action_post)
        _message, context = self.refusal(quote.action_confirm)
        for reason in (False, "  ", "...", "k.A."):
            ask = self.dialogue(quote, context, reason)
            with self.assertRaises(UserError):
                ask.action_go_on()
        self.assertFalse(self.facts(quote))

    def test_facts_are_appended_by_the_dialogue_alone(self):
        self.rule()
        quote = self.quote()
        values = {"res_model": "sale.order", "res_id": quote.id, "reason": "Ich", "date": TODAY}
        for user in (self.sam, self.ada, self.boss):
            with self.assertRaises(AccessError):
                self.overrides.with_user(user).create(values)
        self.dialogue(quote, self.refusal(quote.action_confirm)[1]).action_go_on()
        fact = self.facts(quote)
        for user in (self.sam, self.boss):
            with self.assertRaises(AccessError):
                fact.with_user(user).reason = "Anders"
            with self.assertRaises(AccessError):
                fact.with_user(user).unlink()

    def test_only_who_may_confirm_goes_on(self):
        self.rule()
        quote = self.quote()
        asks = self.env["kunden.field.override.ask"]
        with self.assertRaises(AccessError):
            asks.with_user(self.klara).create({"order_ids": quote.ids, "reason": "Ich"})
        eager = self.staff("eager_at_the_gate", "sales_team.group_sale_salesman")
        quote.user_id = self.sam
        ask = asks.with_user(eager).create({"reason": "Ich"})
        ask.sudo().order_ids = quote.sudo()
        with self.assertRaises(AccessError):
            ask.action_go_on()
        self.assertFalse(self.facts(quote))

    def test_the_dialogue_says_when_nothing_is_missing_any_more(self):
        self.rule()
        quote = self.quote()
        _message, context = self.refusal(quote.action_confirm)
        self.anna.phone = "+49 221 1234567"
        ask = self.dialogue(quote, context, False)
        self.assertNotIn("Reason of phone", ask.missing)
        ask.action_go_on()
        self.assertEqual(quote.state, "sale")
        self.assertFalse(self.facts(quote))

    def test_who_orders_first_is_asked_as_the_customer_he_becomes(self):
        self.rule(customer_stage="customer", customer_kind="private")
        self.anna.customer_stage = "prospect"
        quote = self.quote()
        self.assertTrue(quote.missing_note)
        self.refusal(quote.action_confirm)
        self.quote(self.firm).action_confirm()
        self.anna.phone = "+49 221 1234567"
        quote.action_confirm()
        self.assertEqual(self.anna.customer_stage, "customer")

    def test_a_field_for_readers_is_not_told_to_sellers(self):
        rule = self.rule("household_id")
        quote = self.quote()
        self.assertFalse(quote.missing_note)
        quote.action_confirm()
        self.assertFalse(self.notes(quote))
        reading = self.staff("sam_who_reads", f"{SELLING},kunden_crm.group_reader")
        quote = self.quote(user=reading)
        self.assertIn(rule.catalogue_id.name, self.refusal(quote.action_confirm)[0])

    def test_all_refused_documents_are_named_and_none_is_half_done(self):
        self.rule()
        self.eva.phone = self.firm.phone = "+49 221 1234567"
        quotes = self.quote() | self.quote(self.eva) | self.quote(self.anna)
        message, context = self.refusal(quotes.action_confirm)
        self.assertEqual([quote.name in message for quote in quotes], [True, False, True])
        self.assertEqual(set(quotes.mapped("state")), {"draft"})
        ask = self.dialogue(quotes, context)
        self.assertEqual(ask.action_open_customers()["res_id"], self.anna.id)
        ask.action_go_on()
        self.assertEqual(set(quotes.mapped("state")), {"sale"})
        self.assertEqual(len(self.facts(quotes)), 2)

    def test_a_contact_person_is_asked_and_so_is_his_company(self):
        self.rule(customer_kind="company")
        self.rule("email", customer_kind="person")
        quote = self.quote(self.eva)
        message, context = self.refusal(quote.action_confirm)
        self.assertIn("Reason of phone", message)
        self.assertIn("Reason of email", message)
        action = self.dialogue(quote, context).action_open_customers()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.eva.sudo() | self.firm.sudo())

    def test_a_warning_lets_pass_and_is_noted_once(self):
        rule = self.rule(gate="warn")
        quote = self.quote()
        quote.action_confirm()
        (note,) = self.notes(quote)
        self.assertIn(rule.catalogue_id.name, note)
        quote._action_cancel()
        quote.action_draft()
        quote.action_confirm()
        self.assertEqual(len(self.notes(quote)), 1)
        invoice = self.draft()
        invoice.action_post()
        self.assertEqual(len(self.notes(invoice)), 1)

    def test_a_customer_who_signs_in_the_portal_is_never_refused(self):
        rule = self.rule()
        portal = new_test_user(self.env, "anna_signs", "base.group_portal", partner_id=self.anna.id)
        quote = self.quote()
        quote.sudo().message_subscribe(self.anna.ids)
        quote.with_user(portal)._ask_at_gate()
        quote.with_user(portal).sudo()._validate_order()
        self.assertEqual(quote.state, "sale")
        self.assertIn(rule.catalogue_id.name, "".join(self.notes(quote)))

    def test_an_accountant_is_refused_and_goes_on_with_a_reason(self):
        self.rule()
        invoice = self.draft()
        _message, context = self.refusal(invoice.action_post)
        self.assertEqual(invoice.state, "draft")
        self.dialogue(invoice, context).action_go_on()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.facts(invoice).user_id, self.ada)
        self.assertFalse(self.notes(invoice))

    def test_only_documents_to_customers_are_asked(self):
        self.rule()
        for move_type in ("out_refund", "out_receipt"):
            self.refusal(self.draft(move_type=move_type).action_post)
        bill = self.draft(move_type="in_invoice")
        bill.action_post()
        self.assertEqual(bill.state, "posted")
        self.assertFalse(self.notes(bill) or bill.missing_note)

    def test_the_batch_of_invoices(self):
        self.rule()
        self.firm.phone = "+49 221 1234567"
        self.eva.phone = "+49 221 1234567"
        now, complete = self.draft(), self.draft(self.firm)
        later = self.draft(invoice_date="2026-04-01", date="2026-04-01")
        batch = now | complete | later
        message, context = self.refusal(batch.action_validate_moves_with_confirmation)
        self.assertEqual(message.count("Anna Berg"), 2)
        self.assertEqual(set(batch.mapped("state")), {"draft"})
        wizards = self.env["validate.account.move"].with_user(self.ada)
        wizard = wizards.create({"move_ids": [Command.set(batch.ids)]})
        self.refusal(wizard.validate_move)
        action = self.dialogue(batch, context).action_go_on()
        self.assertEqual(batch.mapped("state"), ["posted", "posted", "draft"])
        self.assertEqual(action["res_model"], wizards._name)
        wizards.browse(action["res_id"]).validate_move()
        self.assertEqual((later.state, later.auto_post), ("draft", "at_date"))
        with freeze_time("2026-04-01"):
            self.autopost()
        self.assertEqual(later.state, "posted")

    def test_what_posts_itself_goes_on_and_is_noted(self):
        rule = self.rule()
        invoice = self.draft(auto_post="at_date")
        self.autopost()
        self.assertEqual(invoice.state, "posted")
        (note,) = self.notes(invoice)
        self.assertIn(rule.catalogue_id.name, note)
        direct = self.draft()
        direct._post()
        self.assertEqual(len(self.notes(direct)), 1)
        quote = self.quote()
        quote._action_confirm()
        self.assertEqual(len(self.notes(quote)), 1)

    def test_a_protected_field_stops_only_who_may_see_it(self):
        entry = (
            self.env["kunden.field"]
            .with_user(self.boss)
            .create({"name": "Kontostand", "field_type": "monetary", "sensitivity": "confidential"})
        )
        rule = {"catalogue_id": entry.id, "gate_order": "refuse", "gate_invoice": "refuse"}
        self.env["kunden.field.rule"].with_user(self.boss).create(rule)
        quote, invoice = self.quote(), self.draft()
        self.assertFalse(quote.missing_note)
        quote.action_confirm()
        invoice.action_post()
        for document in (quote, invoice):
            self.assertFalse(self.notes(document))
            self.assertNotIn("Kontostand", self.told(document))
        tina = self.staff("tina_trusted", f"{SELLING},kunden_crm.group_confidential")
        quote = self.quote(user=tina)
        self.assertIn("Kontostand", quote.missing_note)
        self.assertFalse(quote.sudo().missing_note)
        message, context = self.refusal(quote.action_confirm)
        self.assertIn("Kontostand", message)
        self.dialogue(quote, context).action_go_on()
        self.assertEqual(quote.state, "sale")
        self.assertNotIn("Kontostand", self.told(quote))
        self.assertTrue(self.facts(quote).with_user(tina).reason)
        self.assertFalse(self.overrides.with_user(self.sam).search([("res_id", "=", quote.id)]))

    def test_a_rule_asks_at_the_gates_of_its_company(self):
        other = self.env["res.company"].create({"name": "Zweite"})
        self.env["kunden.field.rule"].create(
            {
                "catalogue_id": self.env["kunden.field"]
                .search([("technical_name", "=", "phone")])
                .id,
                "gate_order": "refuse",
                "company_id": other.id,
            }
        )
        self.order(self.anna, self.sam)
        self.sam.sudo().company_ids += other
        there = self.env["sale.order"].with_user(self.sam).with_company(other)
        quote = there.create({"partner_id": self.anna.id, "company_id": other.id})
        self.refusal(quote.action_confirm)

    def test_conditions_are_judged_for_all_documents_at_once(self):
        self.rule(domain="[('name', 'like', 'Berg')]")
        partners = self.env["res.partner"].create(
            [{"name": f"{name} {number}"} for name in ("Berg", "Tal") for number in range(3)]
        )
        quotes = self.quote().browse().union(*(self.quote(partner) for partner in partners))
        self.assertEqual(len(quotes._refused()), 3)
        one, all_of_them = quotes[:1], quotes

        def queries(orders):
            return self.queries(lambda: orders._refused())

        queries(one)
        self.assertEqual(queries(one), queries(all_of_them))

    def test_the_forms_tell_while_it_is_a_draft(self):
        phone, email = self.rule(gate="warn"), self.rule("email")
        self.rule("city", gate="off")
        quote, invoice = self.quote(), self.draft()
        for document in (quote, invoice):
            for rule in (phone, email):
                self.assertIn(rule.catalogue_id.name, document.missing_note)
        with Form(quote) as form:
            self.assertTrue(form.missing_note)
            form.partner_id = self.eva
            self.assertTrue(form.missing_note)
        self.eva.phone = self.firm.phone = "+49 221 1234567"
        self.eva.email = self.firm.email = "eva@berg.example"
        quote.invalidate_recordset()
        self.assertFalse(quote.missing_note)
        self.anna.write({"phone": "+49 221 1234567", "email": "anna@berg.example"})
        invoice.action_post()
        self.anna.phone = False
        invoice.invalidate_recordset()
        self.assertFalse(invoice.missing_note)

    def test_without_gates_no_query_is_added(self):
        self.rule(gate="off")
        self.rule("email", level="recommended")
        for document in (self.quote(), self.draft()):
            document._ask_at_gate()
            document.invalidate_recordset(["missing_note"])
            with self.assertQueryCount(0):
                document._ask_at_gate()
                document._note_at_gate()
                self.assertFalse(document.missing_note)
