from datetime import date

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import format_date, html2plaintext

from .dunning_case import DunningCase

FIRST, SECOND, THIRD, LAST = "2025-03-20", "2025-04-03", "2025-04-17", "2025-05-01"


@tagged("post_install", "-at_install")
class TestDunningStories(DunningCase):
    """1,000 EUR, invoiced on 3 March 2025, due on Monday, 10 March, dunned in four steps.

    The base rate is 2.27, so a consumer owes 7.27 per cent a year and a business 11.27.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.levels[2].actual_cost, cls.levels[3].actual_cost = 1.6, 2.1

    def amounts(self, lines):
        self.assertEqual(lines.state, "sent")
        return (lines.level, lines.interest_amount, lines.flat_fee, lines.cost_amount)

    def letter(self, lines):
        """The text of the printed letter."""
        report = self.env["ir.actions.report"].with_user(self.anton)
        html = report._render_qweb_html(
            "account_credit_control.report_credit_control_summary", lines.communication_id.ids
        )[0]
        return " ".join(html2plaintext(html.decode()).replace("\xa0", " ").split())

    def test_a_consumer_in_default_by_reminder(self):
        invoice = self.bill(self.bernd)
        # the reminder that causes the default is free
        self.assertEqual(self.amounts(self.dun(FIRST)), (1, 0, 0, 0))
        self.assertEqual(invoice.in_default_since, date(2025, 3, 21))
        self.assertEqual(invoice.in_default_reason, "reminder")
        text = self.body(self.outbox[0])
        self.assertIn("To be paid", text)
        self.assertIn("1,000.00", text)
        self.assertNotIn("Interest", text)
        self.assertIn("Please pay by 03/30/2025.", text)
        # 21 March to 3 April are 14 days: 1000 * 7.27 % * 14 / 365 = 2.7885
        self.assertEqual(self.amounts(self.dun(SECOND)), (2, 2.79, 0, 0))
        text = self.body(self.outbox[1])
        self.assertIn("Interest of default on RE", text)
        self.assertIn("since 03/21/2025 2.79", text)
        self.assertIn("1,002.79", text)
        # 28 days: 5.5770; a consumer pays what the reminder has cost, no flat sum
        self.assertEqual(self.amounts(self.dun(THIRD)), (3, 5.58, 0, 1.6))
        text = self.body(self.outbox[2])
        self.assertIn("1,007.18", text)
        self.assertIn("damages: they bear no VAT", text)
        self.assertNotIn("Flat sum", text)
        # 42 days: 8.3655; both paid reminders: 1.60 + 2.10
        last = self.dun(LAST)
        self.assertEqual(self.amounts(last), (4, 8.37, 0, 3.7))
        self.assertEqual(last.channel, "letter")
        self.assertEqual(len(self.outbox), 3)
        text = self.letter(last)
        for words in ("Last Dunning Letter", "Dear Bernd Weber", "3.70", "1,012.07", "05/11/2025"):
            self.assertIn(words, text)
        self.assertFalse(self.dun("2025-06-10"), "after the last step comes no other")

    def test_a_business_in_default_by_an_agreed_date(self):
        invoice = self.bill(self.inn, due_date_agreed=True)
        self.assertEqual(self.amounts(self.dun(FIRST)), (1, 0, 0, 0))
        self.assertEqual(invoice.in_default_since, date(2025, 3, 11))
        self.assertEqual(invoice.in_default_reason, "date")
        # 11 March to 3 April are 24 days: 1000 * 11.27 % * 24 / 365 = 7.4104
        self.assertEqual(self.amounts(self.dun(SECOND)), (2, 7.41, 0, 0))
        # 38 days: 11.7332; the flat sum covers the cost of the reminder
        self.assertEqual(self.amounts(self.dun(THIRD)), (3, 11.73, 40, 0))
        name, text = self.attachment(self.outbox[2])
        self.assertTrue(name.startswith("Second Dunning Letter Gasthof Krone GmbH 2025-04-17."))
        for words in ("Flat sum for default", "40.00", "1,051.73"):
            self.assertIn(words, text)
            self.assertIn(words, self.body(self.outbox[2]))
        # 52 days: 16.0559; the flat sum once, not once more
        last = self.dun(LAST)
        self.assertEqual(self.amounts(last), (4, 16.06, 40, 0))
        self.assertIn("1,056.06", self.letter(last))

    def test_a_business_in_default_by_thirty_days(self):
        self.levels[0].write({"charge_interest": True, "charge_flat_fee": True})
        # received on 7 March at the latest, due on the 10th, + 30 days is 9 April
        invoice = self.bill(self.inn)
        # 10 to 22 April are 13 days: 1000 * 11.27 % * 13 / 365 = 4.0140
        self.assertEqual(self.amounts(self.dun("2025-04-22")), (1, 4.01, 40, 0))
        self.assertEqual(invoice.in_default_since, date(2025, 4, 10))
        self.assertEqual(invoice.in_default_reason, "thirty_days")

    def test_an_invoice_that_arrived_late(self):
        self.levels[0].charge_interest = True
        invoice = self.bill(self.inn, invoice_received_on="2025-04-01")
        # 1 April + 30 days is 1 May, a Thursday
        self.assertEqual(self.amounts(self.dun("2025-04-22")), (1, 0, 0, 0))
        self.assertEqual(invoice.in_default_since, date(2025, 4, 23), "the reminder was earlier")
        other = self.bill(self.inn, invoice_received_on="2025-04-01")
        # 2 to 8 May are 7 days: 1000 * 11.27 % * 7 / 365 = 2.1614
        lines = self.dun("2025-05-08").filtered(lambda line: line.invoice_id == other)
        self.assertEqual(self.amounts(lines), (1, 2.16, 0, 0))
        self.assertEqual(other.in_default_since, date(2025, 5, 2))

    def test_a_consumer_only_by_the_notice_on_the_invoice(self):
        self.levels[0].charge_interest = True
        told = self.bill(self.bernd, has_default_notice=True)
        untold = self.bill(self.bernd)
        lines = self.dun("2025-04-22").sorted("id")
        by_invoice = {line.invoice_id: line.interest_amount for line in lines}
        # 1000 * 7.27 % * 13 / 365 = 2.5893
        self.assertEqual(by_invoice, {told: 2.59, untold: 0})
        self.assertEqual(untold.in_default_reason, "reminder")
        self.assertEqual(untold.in_default_since, date(2025, 4, 23))

    def test_payments_lower_the_interest(self):
        invoice = self.bill(self.bernd)
        self.dun(FIRST)
        self.pay(invoice, 600, "2025-03-25")
        lines = self.dun(SECOND)
        # (1000 * 4 + 400 * 10) * 7.27 % / 365 = 1.5934
        self.assertEqual(self.amounts(lines), (2, 1.59, 0, 0))
        self.assertEqual(lines.balance_due, 400)
        self.assertIn("401.59", self.body(self.outbox[1]))

    def test_a_letter_counts_from_when_it_has_arrived(self):
        self.bernd.preferred_channel = "letter"
        invoice = self.bill(self.bernd)
        self.assertEqual(self.dun(FIRST).channel, "letter")
        self.assertEqual(invoice.in_default_since, date(2025, 3, 25))

    def test_without_a_confirmed_rate_no_interest_and_a_clear_word(self):
        self.env["kunden.dunning.base.rate"].search([("date_from", "=", "2025-01-01")]).write(
            {"rate": 2.27}
        )
        self.bill(self.bernd)
        self.assertFalse(self.dun(FIRST).run_id.interest_note)
        run = self.run_on(SECOND)
        self.assertIn("before it is", run.interest_note, "before anything is sent")
        self.send(run, SECOND)
        lines = run.line_ids
        self.assertEqual(self.amounts(lines), (2, 0, 0, 0))
        day = format_date(lines.env, date(2025, 1, 1))
        self.assertIn(f"{day} is not confirmed", lines.interest_note)
        self.assertIn(lines.interest_note, run.interest_note)
        self.assertNotIn("Interest", self.body(self.outbox[1]))

    def test_everything_can_be_switched_off(self):
        self.levels.write(
            {"charge_interest": False, "charge_flat_fee": False, "charge_cost": False}
        )
        self.bill(self.inn, due_date_agreed=True)
        for day in (FIRST, SECOND, THIRD, LAST):
            self.assertEqual(self.amounts(self.dun(day))[1:], (0, 0, 0))

    def test_a_friendly_reminder_need_not_cause_default(self):
        self.levels[0].puts_in_default = False
        invoice = self.bill(self.bernd)
        self.dun(FIRST)
        self.assertFalse(invoice.in_default_since)
        self.assertEqual(self.amounts(self.dun(SECOND)), (2, 0, 0, 0))
        self.assertEqual(invoice.in_default_since, date(2025, 4, 4))

    def test_two_invoices_in_one_letter_share_its_cost_and_have_a_flat_sum_each(self):
        self.levels[2].actual_cost = 90
        for _number in range(2):
            self.bill(self.inn, due_date_agreed=True)
        self.dun(FIRST)
        self.dun(SECOND)
        lines = self.dun(THIRD).sorted("id")
        self.assertEqual(lines.mapped("flat_fee"), [40, 40])
        self.assertEqual(lines.mapped("cost_step"), [90, 0])
        self.assertEqual(lines.mapped("cost_amount"), [50, 0])
        self.assertEqual(lines.communication_id.total_flat, 80)

    def test_instalments_of_one_invoice_share_the_flat_sum(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 5}),
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 7}),
                ],
            }
        )
        self.bill(self.inn, due=False, due_date_agreed=True, invoice_payment_term_id=term.id)
        self.dun(FIRST)
        self.dun(SECOND)
        lines = self.dun(THIRD).sorted("date_due")
        self.assertEqual(lines.mapped("balance_due"), [500, 500])
        self.assertEqual(lines.mapped("flat_fee"), [40, 0])

    def test_dollars_bear_interest_in_dollars(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.shop.id,
                "name": "2025-01-01",
                "company_rate": 2,
            }
        )
        self.bill(self.inn, due_date_agreed=True, currency_id=dollar.id)
        for day in (FIRST, SECOND):
            self.dun(day)
        self.assertEqual(self.amounts(self.dun(THIRD)), (3, 11.73, 80, 0))
