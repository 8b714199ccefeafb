from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.account_credit_control.models.credit_control_communication import (
    CreditControlCommunication as Bare,
)
from odoo.addons.account_credit_control.models.credit_control_line import (
    CreditControlLine as BareLine,
)
from odoo.addons.account_credit_control.models.credit_control_policy import (
    CreditControlPolicy as BarePolicy,
)

from .dunning_case import DunningCase

RUN = "2025-03-20"
MAILS = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestScheduledRun(DunningCase):
    """The run of the week is computed at night; Anton approves it in the morning."""

    def night(self, day=RUN):
        with freeze_time(day):
            self.env["credit.control.run"]._cron_compute()
        # the word to whoever approves is no mail to a customer
        self.outbox.clear()
        runs = self.env["credit.control.run"].search([("company_id", "=", self.shop.id)])
        return runs.sorted("id")[-1:]

    def by_and_by(self, day=RUN, **values):
        with freeze_time(day), patch.object(type(self.env["ir.cron"]), "_commit_progress") as done:
            self.env["credit.control.run"]._cron_send(**values)
        return done.call_args

    def test_off_until_the_company_switches_it_on(self):
        self.bill(self.bernd)
        self.assertFalse(self.night())

    def test_it_waits_for_approval(self):
        self.shop.write({"dunning_scheduled": True, "dunning_user_id": self.anton.id})
        self.bill(self.bernd)
        run = self.night().with_user(self.anton)
        self.assertEqual(run.approval_state, "waiting")
        self.assertEqual(run.line_ids.state, "draft")
        activity = run.activity_ids
        self.assertEqual(activity.user_id, self.anton)
        for attempt in (run.set_to_ready_lines, run.run_channel_action):
            with self.assertRaises(UserError):
                attempt()
        run.line_ids.state = "to_be_sent"
        self.assertFalse(run.line_ids._ready_to_send(), "no way round by the lines either")
        self.by_and_by()
        self.assertFalse(self.outbox)
        self.assertEqual(self.night("2025-03-27"), run, "one run waits at a time")
        run.line_ids.state = "draft"
        run.action_approve()
        self.assertEqual((run.approval_state, run.approved_by_id), ("approved", self.anton))
        self.assertFalse(run.activity_ids)
        self.assertEqual(run.line_ids.state, "to_be_sent")
        self.by_and_by("2025-03-28")
        self.assertEqual(run.line_ids.state, "sent")
        self.assertEqual(len(self.outbox), 1)

    def test_who_may_not_dun_does_not_approve(self):
        self.shop.dunning_scheduled = True
        self.bill(self.bernd)
        run = self.night()
        clerk = self.staff(
            "bea_of_the_shop",
            "account.group_account_user,account_credit_control.group_account_credit_control_user",
        )
        with self.assertRaises(AccessError):
            run.with_user(clerk).action_approve()
        with self.assertRaises(AccessError):
            run.with_user(clerk).approval_state = "approved"

    def test_without_a_name_the_first_dunning_manager_is_told(self):
        self.shop.dunning_scheduled = True
        self.bill(self.bernd)
        user = self.night().activity_ids.user_id
        self.assertIn(self.shop, user.company_ids)
        self.assertTrue(
            user.has_group("account_credit_control.group_account_credit_control_manager")
        )

    def test_a_run_without_reminders_waits_for_nobody(self):
        self.shop.dunning_scheduled = True
        run = self.night()
        self.assertFalse(run.line_ids)
        self.assertFalse(run.approval_state)

    def test_a_run_that_cannot_be_computed_says_so_at_its_company(self):
        self.shop.dunning_scheduled = True
        self.env["credit.control.run"].create({"date": "2025-06-01", "company_id": self.shop.id})
        before = self.shop.message_ids
        self.night()
        self.assertIn("2025-06-01", (self.shop.message_ids - before).body)

    def test_mails_go_out_in_small_numbers(self):
        self.shop.dunning_scheduled = True
        for partner in (self.bernd, self.inn):
            self.bill(partner)
        self.night().with_user(self.anton).action_approve()
        call = self.by_and_by(batch_size=1)
        self.assertEqual((call.args, call.kwargs), ((1,), {"remaining": 1}))
        self.assertEqual(len(self.outbox), 1)
        call = self.by_and_by(batch_size=1)
        self.assertEqual((call.args, call.kwargs), ((1,), {"remaining": 0}))
        self.assertEqual(len(self.outbox), 2)

    def test_companies_dun_their_own(self):
        branch = self.env["res.company"].create(
            {"name": "Filiale", "country_id": self.shop.country_id.id}
        )
        chart = self.env["account.chart.template"]
        chart.try_loading("de_skr04", branch, install_demo=False)
        self.assertEqual(branch.credit_policy_id, self.policy)
        (self.shop | branch).dunning_scheduled = True
        own = self.bill(self.bernd)
        other = self.bill(self.bernd.with_company(branch), company_id=branch.id)
        self.assertEqual(other.company_id, branch)
        self.assertEqual(self.night().line_ids.invoice_id, own)
        run = self.env["credit.control.run"].search([("company_id", "=", branch.id)])
        self.assertEqual(run.line_ids.invoice_id, other)

    def test_the_run_says_what_it_found_in_the_language_of_the_clerk(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.policy.name = "<Vier> Stufen"
        self.bill(self.inn)
        runs = self.env["credit.control.run"].with_user(self.anton).with_context(lang="de_DE")
        run = runs.create({"date": RUN, "policy_ids": [Command.set(self.policy.ids)]})
        with freeze_time(RUN):
            run.generate_credit_lines()
        self.assertIn("Mahnungen nach „<b>&lt;Vier&gt; Stufen</b>“: <b>1</b>", run.report)
        self.assertEqual(run.display_name, "Mahnlauf 20.03.2025")


@tagged("post_install", "-at_install")
class TestMailThatFails(DunningCase):
    """The mail server does not answer for one of two customers."""

    def test_the_others_go_on_and_the_step_is_sent_again(self):
        self.bill(self.bernd)
        self.bill(self.inn)
        run = self.run_on(RUN)
        self.unreachable.add("bernd@")
        with mute_logger(MAILS):
            self.send(run, RUN)
        failed = run.line_ids.filtered(lambda line: line.partner_id == self.bernd)
        self.assertEqual(failed.state, "email_error")
        self.assertIn("does not answer", failed.failure_reason)
        self.assertEqual((run.line_ids - failed).state, "sent")
        self.assertFalse(self.run_on("2025-04-03").line_ids & failed)
        self.assertEqual(
            self.env["credit.control.line"].search([("partner_id", "=", self.bernd.id)]),
            failed,
            "the next step waits for the one that failed",
        )
        self.unreachable.clear()
        with freeze_time("2025-04-04"):
            failed.action_retry()
        self.assertEqual((failed.state, failed.failure_reason), ("sent", False))
        self.assertEqual(str(failed.date_sent), "2025-04-04")
        self.assertEqual(len([mail for mail in self.outbox if "bernd@" in mail["To"]]), 1)
        with self.assertRaises(UserError):
            failed.action_retry()

    def test_the_engine_alone_goes_on_with_the_next_step(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.unreachable.add("bernd@")
        with mute_logger(MAILS):
            self.send(run, RUN)
        item = run.line_ids.move_line_id
        level = self.levels[1]
        self.env.flush_all()
        self.assertEqual(level._get_level_move_lines("2025-04-20", item), item)
        self.assertFalse(level.get_level_lines("2025-04-20", item))

    def test_an_administrator_sends_the_mail_again(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.unreachable.add("bernd@")
        with mute_logger(MAILS):
            self.send(run, RUN)
        self.unreachable.clear()
        mail = run.line_ids.sudo()._dunning_mails()
        mail.mark_outgoing()
        mail.send()
        self.assertEqual(run.line_ids.state, "sent")
        self.assertFalse(run.line_ids.failure_reason)

    def test_a_failed_mail_printed_as_a_letter_is_never_mailed_any_more(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.unreachable.add("bernd@")
        with mute_logger(MAILS):
            self.send(run, RUN)
        mail = run.line_ids.sudo()._dunning_mails()
        printer = self.env["credit.control.printer"].with_user(self.anton)
        printer.create({"line_ids": run.line_ids.ids}).print_lines()
        self.assertEqual(run.line_ids.state, "sent")
        self.assertEqual(mail.state, "cancel")

    def test_a_letter_that_cannot_be_made_does_not_stop_the_others(self):
        self.bill(self.bernd)
        self.bill(self.inn)
        run = self.run_on(RUN)
        origin = Bare._send_communications_by_email

        def breaking(communications):
            if self.bernd in communications.partner_id:
                raise ValueError("Unable to find Wkhtmltopdf on this system.")
            return origin(communications)

        lines = run.line_ids
        failed = lines.filtered(lambda line: line.partner_id == self.bernd)
        with patch.object(Bare, "_send_communications_by_email", breaking):
            with self.assertRaises(ValueError), self.cr.savepoint():
                breaking(
                    self.env["credit.control.communication"].new({"partner_id": self.bernd.id})
                )
            self.send(run, RUN)
        self.assertEqual(failed.state, "email_error")
        self.assertIn("Wkhtmltopdf", failed.failure_reason)
        self.assertEqual((lines - failed).state, "sent")
        with freeze_time(RUN):
            failed.action_retry()
        self.assertEqual(failed.state, "to_be_sent", "no mail was made, so the step is done anew")
        self.send(run, RUN)
        self.assertEqual(failed.state, "sent")

    def test_a_mail_that_is_made_for_nobody(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        with patch.object(Bare, "_send_communications_by_email", lambda _communications: None):
            self.send(run, RUN)
        self.assertEqual(run.line_ids.state, "email_error")
        self.assertIn("No e-mail was made", run.line_ids.failure_reason)

    def test_a_customer_who_lost_his_address(self):
        self.bill(self.bernd)
        run = self.run_on(RUN)
        self.bernd.email = False
        self.send(run, RUN)
        self.assertEqual(run.line_ids.state, "email_error")
        self.assertIn("no e-mail address", run.line_ids.failure_reason)


@tagged("post_install", "-at_install")
class TestWhomAndHow(DunningCase):
    """Tolerance, policy, address and channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.dollar.active = True
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.dollar.id,
                "company_id": cls.shop.id,
                "name": "2025-01-01",
                "company_rate": 2,
            }
        )
        cls.shop.credit_control_tolerance = 10

    def dunned(self):
        return self.run_on(RUN).line_ids

    def bare(self, invoice):
        """What the engine alone makes of the invoice."""
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        args = (self.levels[0], RUN, self.shop)
        lines = self.env["credit.control.line"]
        return BareLine.create_or_update_from_mv_lines(lines, item, *args)

    def test_the_tolerance_in_another_currency(self):
        # 10 EUR are 20 dollars, not 5
        invoice = self.bill(self.bernd, 15, currency_id=self.dollar.id)
        self.assertTrue(self.bare(invoice), "the engine alone holds 15 dollars against 5")
        self.assertFalse(self.dunned())

    def test_the_tolerance_itself_is_dunned(self):
        self.bill(self.bernd, 20, currency_id=self.dollar.id)
        self.bill(self.bernd, 10)
        self.bill(self.bernd, 9.99)
        self.assertEqual(sorted(self.dunned().mapped("balance_due")), [10, 20])

    def test_a_draft_under_another_policy_does_not_keep_the_customer(self):
        invoice = self.bill(self.bernd)
        run = self.run_on(RUN, ready=False)
        other = self.policy.copy({"account_ids": self.policy.account_ids.ids})
        self.bernd.credit_policy_id = other
        items = run.line_ids.move_line_id
        self.assertEqual(BarePolicy._lines_different_policy(other, items), items)
        self.assertFalse(other._lines_different_policy(items))
        run.line_ids.state = "to_be_sent"
        self.send(run, RUN)
        self.assertEqual(run.line_ids.void_reason, "policy")
        with freeze_time("2025-03-21"):
            second = self.env["credit.control.run"].create(
                {"date": "2025-03-21", "policy_ids": [Command.set((self.policy | other).ids)]}
            )
            second.generate_credit_lines()
        self.assertEqual(second.line_ids.policy_id, other)
        self.assertEqual(second.line_ids.invoice_id, invoice)

    def test_what_reached_the_customer_under_another_policy_is_left_to_a_human(self):
        self.bill(self.bernd)
        lines = self.dun(RUN)
        other = self.policy.copy({"account_ids": self.policy.account_ids.ids})
        self.assertEqual(other._lines_different_policy(lines.move_line_id), lines.move_line_id)

    def test_the_invoice_contact_has_an_address_though_the_company_has_none(self):
        self.inn.email = False
        self.customer("Buchhaltung", parent_id=self.inn.id, type="invoice", email="b@example.com")
        invoice = self.bill(self.inn)
        bare = self.bare(invoice)
        self.assertEqual(bare.channel, "email")
        values = BareLine._prepare_from_move_line(
            bare, bare.move_line_id, self.levels[0], RUN, 1000, {}
        )
        self.assertEqual(values["channel"], "letter", "the engine alone would print a letter")
        bare.unlink()
        run = self.run_on(RUN)
        self.send(run, RUN)
        self.assertIn("b@example.com", self.outbox[0]["To"])

    def test_the_preferred_channel(self):
        channel = self.env["credit.control.line"]._dunning_channel
        mail, last = self.levels[0], self.levels[3]
        self.assertEqual(channel(mail, self.bernd), "email")
        self.bernd.preferred_channel = "letter"
        self.assertEqual(channel(mail, self.bernd), "letter")
        self.bernd.preferred_channel = "email"
        self.assertEqual(channel(last, self.bernd), "letter", "the last one is always a letter")
        last.keeps_channel = False
        self.assertEqual(channel(last, self.bernd), "email")
        self.bernd.preferred_channel = "phone"
        self.assertEqual(channel(last, self.bernd), "letter")
        self.bernd.email = False
        self.assertEqual(channel(mail, self.bernd), "letter")
        mail.channel = "phone"
        self.assertEqual(channel(mail, self.bernd), "phone")

    def test_the_next_step_counts_from_the_day_of_sending(self):
        self.bill(self.bernd)
        self.send(self.run_on(RUN), "2025-03-28")
        self.assertFalse(self.run_on("2025-04-10").line_ids)
        self.assertEqual(self.run_on("2025-04-11").line_ids.level, 2)
