"""A German shop whose customers do not pay, and Anton who duns them."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import html2plaintext

from odoo.addons.base.models.ir_mail_server import IrMail_Server, MailDeliveryException

from .sales_case import SalesCase

DUNNING = "account.group_account_user,account_credit_control.group_account_credit_control_manager"


class DunningCase(SalesCase):
    """Bernd is a consumer, the Gasthof a business; both have an e-mail address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.shop.write(
            {
                "country_id": cls.env.ref("base.de").id,
                "email": "laden@example.com",
                "credit_control_tolerance": 0.1,
            }
        )
        cls.env["account.chart.template"].try_loading("de_skr03", cls.shop, install_demo=False)
        cls.anton = cls.staff("anton_of_the_shop", DUNNING)
        cls.policy = cls.env.ref("kunden_crm.dunning_policy")
        cls.levels = cls.policy.level_ids.sorted("level")
        cls.bernd = cls.customer("Bernd Weber", email="bernd@example.com")
        cls.inn = cls.customer("Gasthof Krone GmbH", email="post@example.com", is_company=True)
        cls.env["kunden.dunning.base.rate"].search([]).action_confirm()

    def setUp(self):
        super().setUp()
        self.outbox, self.unreachable = [], set()
        self.startPatcher(patch.object(IrMail_Server, "_disable_send", lambda *_args: False))
        self.startPatcher(patch.object(IrMail_Server, "_connect__", lambda *_args, **_kw: None))
        self.startPatcher(
            patch.object(IrMail_Server, "send_email", autospec=True, side_effect=self._deliver)
        )

    def _deliver(self, _server, message, *_args, **_kwargs):
        """The mail server of the story: it keeps what arrives, or it is down for somebody."""
        if any(address in message["To"] for address in self.unreachable):
            raise MailDeliveryException("The server does not answer.")
        self.outbox.append(message)
        return message["Message-Id"]

    @staticmethod
    def body(message):
        """What the customer reads in his mail, blanks made equal."""
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        html = parts[0].get_payload(decode=True).decode()
        return " ".join(html2plaintext(html).replace("\xa0", " ").split())

    @staticmethod
    def attachment(message):
        """Name and text of the letter that hangs on the mail; tests render it as HTML."""
        parts = [part for part in message.walk() if part.get_filename()]
        text = html2plaintext(parts[0].get_payload(decode=True).decode())
        return parts[0].get_filename(), " ".join(text.replace("\xa0", " ").split())

    @classmethod
    def customer(cls, name, **values):
        """Somebody whose language is English, so that no test depends on a translation."""
        return cls.env["res.partner"].create({"name": name, "lang": "en_US", **values})

    def bill(self, partner, amount=1000.0, day="2025-03-03", due="2025-03-10", **values):
        """A posted invoice of that day."""
        line = Command.create({"name": "Tee", "price_unit": amount, "tax_ids": False})
        move = self.env["account.move"].create(
            {
                "partner_id": partner.id,
                "move_type": "out_invoice",
                "invoice_date": day,
                "invoice_date_due": due,
                "invoice_line_ids": [line],
                **values,
            }
        )
        move.action_post()
        return move

    def pay(self, move, amount, day):
        """Money that came in for the invoice on that day."""
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({"amount": amount, "payment_date": day}).action_create_payments()

    def run_on(self, day, user=None, ready=True):
        """The run of that day, its lines ready to be sent."""
        with freeze_time(day):
            run = self.env["credit.control.run"].with_user(user or self.anton)
            run = run.create({"date": day, "policy_ids": [Command.set(self.policy.ids)]})
            run.generate_credit_lines()
            if ready:
                run.set_to_ready_lines()
        self.env.flush_all()
        return run

    def send(self, run, day):
        """Send what the run has ready on that day."""
        with freeze_time(day):
            action = run.run_channel_action()
            self.env.flush_all()
        return action

    def dun(self, day, user=None):
        """A run of that day that is sent at once; its lines."""
        run = self.run_on(day, user)
        self.send(run, day)
        return run.line_ids
