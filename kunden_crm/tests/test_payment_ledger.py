import os
from collections import Counter
from datetime import date, timedelta
from random import Random

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .ledger_case import LedgerCase

SEQUENCES = int(os.environ.get("KUNDEN_LEDGER_SEQUENCES", "30"))
STEPS = 12


@tagged("post_install", "-at_install")
class TestLedger(LedgerCase):
    """Ada books what comes; after every step the file tells what the ledger holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = Counter()
        cls.acts = {
            name[4:]: weight
            for name, weight in (
                *(("act_invoice", 7), ("act_receipt", 1), ("act_credit", 2)),
                *(("act_pay", 6), ("act_overpay", 2), ("act_part", 3), ("act_skonto", 2)),
                *(("act_reverse", 2), ("act_unmatch", 2), ("act_draft", 2), ("act_cancel", 1)),
                *(("act_move", 2), ("act_match", 1)),
            )
        }

    def test_every_figure_is_that_of_the_ledger_after_every_step(self):
        """At least 300 documents in 30 seeded sequences, more with KUNDEN_LEDGER_SEQUENCES."""
        for seed in range(SEQUENCES):
            self.sequence_of(seed)
        self.assertGreaterEqual(self.done["documents"], 10 * SEQUENCES)
        self.assertFalse([act for act in self.acts if not self.done[act]], self.done)

    def sequence_of(self, seed):
        """One customer, his firm and another one for a year and a half."""
        self.random, self.moves = Random(seed), self.env["account.move"]
        customers = (
            self.env["res.partner"]
            .sudo()
            .create(
                [
                    {"name": f"Firma {seed}", "is_company": True},
                    {"name": f"Kunde {seed}"},
                    {"name": f"Andere {seed}", "is_company": True},
                ]
            )
        )
        self.firm, self.customer, self.other = self.customers = customers.with_user(self.ada)
        today = date(2025, 1, 2) + timedelta(self.random.randrange(300))
        documents = self.documents()
        self.know_sizes()
        with freeze_time(today) as clock:
            for step in range(STEPS):
                act = self.random.choices(list(self.acts), self.acts.values())[0]
                if step < 3:
                    act = "invoice"
                self.done[act] += bool(getattr(self, f"act_{act}")())
                self.assert_ledger(self.customers, f"(sequence {seed}, step {step}: {act})")
                today += timedelta(self.random.choice((0, 1, 9, 20, 45)))
                clock.move_to(today)
                self.forget()
            for days in (1, 35, 200):
                clock.move_to(today + timedelta(days))
                self.forget()
                self.assert_ledger(self.customers, f"(sequence {seed}, {days} days later)")
        self.done["documents"] += self.documents() - documents

    def forget(self):
        """A new day begins: nothing is stored, only what was read is read again."""
        self.customers.invalidate_recordset(self.customers._payment_figures(), flush=False)

    def know_sizes(self):
        """Tells PostgreSQL how much was booked: nothing is committed here, so nobody else does."""
        tables = "account_move, account_move_line, account_partial_reconcile, account_payment"
        self.env.flush_all()
        self.env.cr.execute(f"ANALYZE {tables}, res_partner, account_account")

    def documents(self):
        """How many documents were ever posted."""
        return self.env["account.move"].search_count(
            [("company_id", "in", self.companies.ids), ("posted_before", "=", True)]
        )

    def open_invoice(self):
        """One of the invoices that are not paid, if there is any."""
        unpaid = self.moves.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_receipt")
                and move.amount_residual
            )
        )
        return self.random.choice(unpaid) if unpaid else unpaid

    def posted(self, *types):
        """One of the posted documents of these types, if there is any."""
        posted = self.moves.filtered(
            lambda move: move.state == "posted" and move.move_type in types
        )
        return self.random.choice(posted) if posted else posted

    def new_document(self, move_type):
        company = self.random.choice(self.companies)
        tax = company.account_sale_tax_id if self.random.random() < 0.5 else False
        terms = self.random.choice((False, self.fortnight, self.skonto, self.halves))
        if move_type != "out_invoice":
            terms = False
        move = self.bill(
            self.random.choice((self.firm, self.customer, self.customer, self.other)),
            self.random.randrange(100, 90000) / 100,
            company,
            move_type=move_type,
            taxes=[Command.set(tax.ids)] if tax else False,
            currency_id=self.random.choice((company.currency_id, self.dollar)).id,
            invoice_payment_term_id=terms and terms.id,
        )
        self.moves |= move
        return move

    def act_invoice(self):
        return self.new_document("out_invoice")

    def act_receipt(self):
        return self.new_document("out_receipt")

    def act_credit(self):
        return self.new_document("out_refund")

    def act_pay(self, share=1.0):
        invoice = self.open_invoice()
        if invoice:
            amount = invoice.currency_id.round(invoice.amount_residual * share)
            self.moves |= self.pay(invoice, amount or invoice.amount_residual)
        return invoice

    def act_part(self):
        return self.act_pay(self.random.choice((0.25, 0.5, 0.9)))

    def act_overpay(self):
        return self.act_pay(1.3)

    def act_skonto(self):
        """The dialogue of core, which knows the discount while it lasts."""
        invoice = self.bill(
            self.customer, 200.0, invoice_payment_term_id=self.skonto.id, taxes=self.full_tax()
        )
        dialogue = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        dialogue = dialogue.create({"journal_id": self.books[self.shop]["bank"].id})
        self.assertLess(dialogue.amount, invoice.amount_total)
        payments = dialogue._create_payments()
        self.assertEqual(invoice.amount_residual, 0)
        self.moves |= invoice | payments.move_id
        return invoice

    def full_tax(self):
        return [Command.set(self.shop.account_sale_tax_id.ids)]

    def act_reverse(self):
        invoice = self.posted("out_invoice")
        if invoice:
            cancel = self.random.random() < 0.6 and invoice.payment_state == "not_paid"
            reversed_move = invoice._reverse_moves([{}], cancel=cancel)
            if reversed_move.state == "draft":
                reversed_move.invoice_date = self.env.cr.now().date()
                reversed_move.action_post()
            self.moves |= reversed_move
        return invoice

    def act_unmatch(self):
        matched = self.moves.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and (line.matched_debit_ids or line.matched_credit_ids)
            )
        )
        if matched:
            self.random.choice(matched).remove_move_reconcile()
        return matched

    def act_draft(self):
        """Back to draft, for another amount and sometimes for another customer."""
        move = self.posted("out_invoice", "out_refund", "entry")
        if move:
            move.button_draft()
            if move.is_invoice():
                move.invoice_line_ids[0].price_unit += 11
                if self.random.random() < 0.5:
                    move.partner_id = self.other
            if self.random.random() < 0.8:
                move.action_post()
        return move

    def act_cancel(self):
        move = self.posted("out_invoice", "out_refund", "out_receipt")
        if move:
            move.button_draft()
            move.button_cancel()
        return move

    def act_move(self):
        """The customer comes to the firm or leaves it."""
        self.customer.sudo().parent_id = False if self.customer.parent_id else self.firm
        return True

    def act_match(self):
        """What lies open of a customer is matched as far as it goes."""
        lines = self.moves.filtered(
            lambda move: (
                move.state == "posted"
                and move.company_id == self.shop
                and move.commercial_partner_id == self.customer.commercial_partner_id
            )
        )
        if lines:
            self.match(lines)
        return lines
