from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourLogCall(ClerkTourCase):
    def test_klara_logs_a_call_and_plans_to_come_back(self):
        outcome = self.env["kunden.interaction.outcome"].create({"name": "Wants an offer"})
        uwe = self.env["res.partner"].create({"name": "Uwe Petersen"})
        self.walk("kunden_log_call", f"/odoo/customer-file/{uwe.id}")
        call = uwe.interaction_ids
        self.assertEqual(call.channel, "phone")
        self.assertEqual(call.user_id, self.klara)
        self.assertEqual(call.outcome_id, outcome)
        self.assertEqual(str(uwe.activity_ids.date_deadline), "2040-12-24")
        self.assertEqual(uwe.activity_ids.user_id, self.klara)
