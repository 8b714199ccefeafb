"""A German shop whose customers do not pay, and Anton who duns them."""

from freezegun import freeze_time

from odoo.fields import Command

from .sales_case import SalesCase

DUNNING = "account.group_account_user,account_credit_control.group_account_credit_control_manager"


class DunningCase(SalesCase):
    """Bernd is a consumer, the Gasthof a business; both have an e-mail address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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

    def run_on(self, day, user=None):
        """The run of that day, its lines ready to be sent."""
        with freeze_time(day):
            run = self.env["credit.control.run"].with_user(user or self.anton)
            run = run.create({"date": day, "policy_ids": [Command.set(self.policy.ids)]})
            run.generate_credit_lines()
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
