from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.account_credit_control.models.credit_control_communication import (
    CreditControlCommunication as Bare,
)
from odoo.addons.account_credit_control.models.credit_control_line import (
    CreditControlLine as BareLine,
)

from .dunning_case import DunningCase

RUN, SENT = "2025-03-20", "2025-03-24"


@tagged("post_install", "-at_install")
class TestLastCheck(DunningCase):
    """Between the run on Thursday and the sending on Monday much can happen."""

    def bare(self, lines):
        """The lines that the engine without us would put into a letter."""
        communications = self.env["credit.control.communication"].with_user(self.anton)
        with self.env.cr.savepoint() as savepoint:
            found = Bare._generate_comm_from_credit_lines(communications, lines)
            kept = found.credit_control_line_ids.ids
            savepoint.rollback()
        self.env.invalidate_all()
        return lines.browse(kept)

    def sent(self, run):
        """What is sent of the run on Monday."""
        self.send(run, SENT)
        return run.line_ids.filtered(lambda line: line.state == "sent")

    def assert_void(self, run, reason):
        """Without us the customer is dunned, with us the line says why not."""
        self.assertEqual(self.bare(run.line_ids), run.line_ids, "the engine alone would send it")
        self.assertFalse(self.sent(run))
        self.assertEqual(run.line_ids.mapped("state"), ["ignored"])
        self.assertEqual(run.line_ids.void_reason, reason)
        self.assertFalse(self.outbox)

    def test_what_is_due_goes_out(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        line = self.sent(run)
        self.assertEqual(line.date_sent, date(2025, 3, 24))
        self.assertEqual(line.balance_due, 1000)
        self.assertEqual(len(self.outbox), 1)

    def test_paid_since_the_run(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        self.pay(invoice, 1000, "2025-03-21")
        self.assert_void(run, "paid")

    def test_all_but_some_cents_paid(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        self.pay(invoice, 999.95, "2025-03-21")
        self.assert_void(run, "paid")

    def test_partly_paid_asks_for_the_rest(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        self.pay(invoice, 600, "2025-03-21")
        self.assertEqual(self.bare(run.line_ids).balance_due, 1000, "the engine asks for all")
        self.assertEqual(self.sent(run).balance_due, 400)
        self.assertIn("400.00", self.body(self.outbox[0]))

    def test_credited_and_not_reconciled_yet(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        self.note(invoice, 1000)
        self.assert_void(run, "credited")

    def test_credited_and_reconciled(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        note = self.note(invoice, 1000)
        self.receivable(invoice | note).reconcile()
        self.assert_void(run, "credited")

    def test_partly_credited_asks_for_the_rest(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        self.note(invoice, 250)
        self.assertEqual(self.sent(run).balance_due, 750)

    def test_disputed_since_the_run(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        invoice.is_disputed = True
        self.assert_void(run, "disputed")

    def test_blocked_invoice(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        invoice.write({"dunning_block": True, "dunning_block_reason": "Instalments agreed"})
        self.assert_void(run, "blocked")

    def test_blocked_customer_also_through_his_contact(self):
        clerk = self.customer("Rechnungen", parent_id=self.inn.id, type="invoice")
        self.bill(clerk)
        run = self.run_on(RUN)
        self.inn.dunning_block = True
        self.assert_void(run, "blocked")

    def test_a_block_ends_by_itself(self):
        self.bill(self.bernd)
        self.bernd.write({"dunning_block": True, "dunning_block_until": "2025-03-23"})
        self.assertFalse(self.run_on(RUN).line_ids)
        self.assertTrue(self.sent(self.run_on(SENT)))

    def test_manual_follow_up_stops_the_run_and_the_mail(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.bernd.manual_followup = True
        self.assert_void(run, "manual")
        self.assertFalse(self.run_on("2025-03-25").line_ids)

    def test_manual_follow_up_does_not_stop_the_engine_alone(self):
        invoice = self.bill(self.bernd)
        self.bernd.manual_followup = True
        item = self.receivable(invoice)
        lines = self.env["credit.control.line"]
        args = (self.levels[0], date(2025, 3, 20), self.shop)
        made = BareLine.create_or_update_from_mv_lines(lines, item, *args)
        self.assertEqual(made.move_line_id, item)
        made.unlink()
        self.assertFalse(lines.create_or_update_from_mv_lines(item, *args))

    def test_not_dunned_any_more_by_the_customers_policy(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.bernd.credit_policy_id = self.env.ref(
            "account_credit_control.credit_control_no_follow"
        )
        self.assert_void(run, "policy")

    def test_an_invoice_taken_back_to_draft(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        invoice.button_draft()
        self.assert_void(run, "cancelled")

    def test_what_was_voided_comes_again_when_it_may(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN)
        invoice.is_disputed = True
        self.assertFalse(self.sent(run))
        invoice.is_disputed = False
        again = self.run_on("2025-03-25")
        self.assertEqual(again.line_ids.level, 1)
        self.assertEqual(again.line_ids.state, "to_be_sent")

    def test_a_small_item_that_somebody_picks_by_hand(self):
        item = self.receivable(self.bill(self.bernd, 0.05))
        lines = self.env["credit.control.line"].with_user(self.anton)
        args = (item, self.levels[0], date(2025, 3, 20), self.shop)
        self.assertFalse(lines.create_or_update_from_mv_lines(*args))
        made = lines.create_or_update_from_mv_lines(*args, check_tolerance=False)
        self.assertEqual(made._ready_to_send(), made)

    def test_many_reminders_take_no_more_queries_than_few(self):
        for _number in range(8):
            self.bill(self.bernd)
        lines = self.run_on(RUN).line_ids.sorted("id")
        lines[:1]._ready_to_send()
        few = self.queries(lambda: lines[1:3]._ready_to_send())
        self.assertEqual(self.queries(lambda: lines[3:8]._ready_to_send()), few)

    def note(self, invoice, amount):
        """A credit note for the invoice, posted and not reconciled."""
        line = Command.create({"name": "Tee", "price_unit": amount, "tax_ids": False})
        note = self.env["account.move"].create(
            {
                "partner_id": invoice.partner_id.id,
                "move_type": "out_refund",
                "invoice_date": "2025-03-21",
                "reversed_entry_id": invoice.id,
                "invoice_line_ids": [line],
            }
        )
        note.action_post()
        self.receivable(note).remove_move_reconcile()
        return note

    def receivable(self, moves):
        return moves.line_ids.filtered(lambda item: item.account_type == "asset_receivable")


@tagged("post_install", "-at_install")
class TestOnce(DunningCase):
    """However many run at once, a customer gets each step once."""

    def twins(self):
        """Two runs computed at once, so that neither knows of the other."""
        self.bill(self.bernd)
        runs = self.run_on(RUN, ready=False) | self.run_on(RUN, ready=False)
        runs.line_ids.write({"state": "to_be_sent"})
        self.assertEqual([len(run.line_ids) for run in runs], [1, 1])
        return runs

    def test_two_runs_of_one_day(self):
        first, second = self.twins()
        self.send(first, RUN)
        self.send(second, RUN)
        self.assertEqual(second.line_ids.void_reason, "twice")
        self.assertEqual(len(self.outbox), 1)

    def test_the_engine_alone_sends_both(self):
        first, second = self.twins()
        communications = self.env["credit.control.communication"].with_user(self.anton)
        both = Bare._generate_comm_from_credit_lines(communications, first.line_ids)
        both |= Bare._generate_comm_from_credit_lines(communications, second.line_ids)
        self.assertEqual(both.credit_control_line_ids, first.line_ids | second.line_ids)

    def test_the_same_lines_sent_by_two_people(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        emailer = self.env["credit.control.emailer"].with_user(self.anton)
        dialogues = [emailer.create({"line_ids": run.line_ids.ids}) for _person in range(2)]
        for dialogue in dialogues:
            with freeze_time(RUN):
                dialogue.email_lines()
        printer = self.env["credit.control.printer"].with_user(self.anton)
        answer = printer.create({"line_ids": run.line_ids.ids}).print_lines()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(len(self.outbox), 1)

    def test_lines_of_both_in_one_letter(self):
        first, second = self.twins()
        lines = first.line_ids | second.line_ids
        self.assertEqual(lines._ready_to_send(), lines.sorted("id")[0])

    def test_what_another_holds_stays_to_be_sent(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        nobody = run.line_ids.browse()
        with self.patch_lock(run.line_ids, nobody):
            self.send(run, RUN)
        self.assertFalse(self.outbox)
        self.assertEqual(run.line_ids.state, "to_be_sent")

    def patch_lock(self, lines, free):
        """Another transaction holds these lines."""
        return patch.object(self.env.registry[lines._name], "try_lock_for_update", lambda _l: free)

    def test_the_database_itself_refuses_the_second(self):
        first, second = (run.line_ids for run in self.twins())
        first.state = "sent"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            second.state = "queued"
            second.flush_recordset()

    def test_a_mail_on_its_way_cannot_be_marked_again(self):
        self.bill(self.bernd)
        line = self.run_on(RUN).line_ids
        line.state = "queued"
        marker = self.env["credit.control.marker"]
        self.assertFalse(marker._filter_lines(line))
        line.state = "draft"
        self.assertEqual(marker._filter_lines(line), line)
