from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CustomerFileCase

TODAY = "2026-03-10 09:30:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestInteraction(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Berg GmbH", "is_company": True})
        cls.bernd = cls.env["res.partner"].create({"name": "Bernd Ott", "parent_id": cls.firm.id})
        cls.follow_up_type = cls.env.ref("kunden_crm.activity_type_follow_up")

    def log(self, partners, user=None, **values):
        """The interactions as a user logs them, by default the clerk with a call."""
        interactions = self.env["kunden.interaction"].with_user(user or self.clerk)
        return interactions._log(partners.with_user(user or self.clerk), values)

    def dialogue(self, partners, method="action_log_call", user=None):
        """The dialogue behind a button, as the web client opens it."""
        action = getattr(partners.with_user(user or self.clerk), method)()
        model = self.env[action["res_model"]].with_user(user or self.clerk)
        return Form(model.with_context(**action["context"]))

    def follow_ups(self, partner):
        """The activities of the partner that are follow-ups."""
        return partner.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.follow_up_type
        )

    def test_a_call_is_two_clicks(self):
        self.dialogue(self.anna).save().action_log()
        call = self.anna.interaction_ids
        self.assertEqual(call.channel, "phone")
        self.assertEqual(call.direction, "out")
        self.assertEqual(call.user_id, self.clerk)
        self.assertEqual(call.date, datetime(2026, 3, 10, 9, 30))
        self.assertFalse(self.anna.activity_ids)

    def test_each_button_knows_its_channel(self):
        for method, channel, direction in (
            ("action_log_call", "phone", "out"),
            ("action_log_visit", "visit", "out"),
            ("action_log_counter", "counter", "in"),
        ):
            with self.dialogue(self.anna, method) as dialogue:
                self.assertEqual(dialogue.channel, channel)
                self.assertEqual(dialogue.direction, direction)

    def test_a_call_with_outcome_and_follow_up(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.outcome_id = self.env.ref("kunden_crm.outcome_quotation")
            self.assertEqual(str(dialogue.follow_up_date), "2026-03-17")
            dialogue.next_step = "Send the new price list"
            self.assertEqual(dialogue.follow_up_summary, "Send the new price list")
            dialogue.follow_up_date = "2026-03-12"
            dialogue.duration = 7
        dialogue.record.action_log()
        call = self.anna.interaction_ids
        self.assertEqual((call.duration, call.next_step), (7, "Send the new price list"))
        activity = self.follow_ups(self.anna)
        self.assertEqual(str(activity.date_deadline), "2026-03-12")
        self.assertEqual(activity.summary, "Send the new price list")
        self.assertEqual(activity.user_id, self.clerk)

    def test_an_outcome_without_days_leaves_the_day_alone(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.follow_up_date = "2026-03-12"
            dialogue.outcome_id = self.env.ref("kunden_crm.outcome_order")
            self.assertEqual(str(dialogue.follow_up_date), "2026-03-12")

    def test_a_colleague_gets_the_follow_up(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.subject = "Wants to see the manager"
            dialogue.follow_up_date = "2026-03-11"
            dialogue.follow_up_user_id = self.manager
        dialogue.record.action_log()
        activity = self.follow_ups(self.anna)
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(activity.summary, "Wants to see the manager")

    def test_nobody_chosen_means_me(self):
        with self.dialogue(self.anna) as dialogue:
            dialogue.follow_up_date = "2026-03-11"
            dialogue.follow_up_user_id = self.env["res.users"]
        dialogue.record.action_log()
        self.assertEqual(self.follow_ups(self.anna).user_id, self.clerk)

    def test_several_customers_from_the_list(self):
        everybody = self.anna | self.firm | self.bernd
        action = self.env.ref("kunden_crm.action_server_log_visit")
        records = {"active_model": "res.partner", "active_ids": everybody.ids}
        opened = action.with_user(self.clerk).with_context(**records).run()
        model = self.env["kunden.interaction.log"].with_user(self.clerk)
        with Form(model.with_context(**opened["context"])) as dialogue:
            dialogue.follow_up_date = "2026-04-01"
        dialogue.record.action_log()
        visits = self.env["kunden.interaction"].search([("partner_id", "in", everybody.ids)])
        self.assertEqual(visits.partner_id, everybody)
        self.assertEqual(visits.mapped("channel"), ["visit"] * 3)
        self.assertEqual(len(self.follow_ups(everybody)), 3)

    def test_many_customers_cost_hardly_more_than_one(self):
        few = self.env["res.partner"].create([{"name": f"Few {n}"} for n in range(2)])
        many = self.env["res.partner"].create([{"name": f"Many {n}"} for n in range(40)])
        self.log(self.anna).flush_recordset()
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.log(few, channel="visit").flush_recordset()
        with self.assertQueryCount(2):
            self.log(many, channel="visit").flush_recordset()

    def test_the_dialogue_warns_of_a_refusal(self):
        self.anna.do_not_phone = True
        with self.dialogue(self.anna | self.bernd) as dialogue:
            self.assertEqual(dialogue.refusing_ids[:], self.anna.with_user(self.clerk))
            dialogue.direction = "in"
            self.assertFalse(dialogue.refusing_ids[:])
            dialogue.direction = "out"
            dialogue.channel = "counter"
            self.assertFalse(dialogue.refusing_ids[:])

    def test_what_is_to_come_is_no_interaction(self):
        with self.assertRaises(ValidationError):
            self.log(self.anna, date="2026-03-10 12:00:00")
        self.log(self.anna, date="2026-03-10 09:33:00")

    @mute_logger("odoo.sql_db")
    def test_neither_duration_nor_days_are_negative(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.log(self.anna, duration=-1).flush_recordset()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            outcome = self.env["kunden.interaction.outcome"]
            outcome.create({"name": "Yesterday", "follow_up_days": -1}).flush_recordset()

    def test_a_text_that_cannot_be_stored_is_refused(self):
        with self.assertRaises(ValidationError):
            self.log(self.anna, subject="Invoice \ud800")

    def test_an_interaction_says_what_it_is(self):
        call = self.log(self.anna, channel="phone")
        self.assertEqual(call.display_name, "Phone: Anna Berg")
        call.subject = "Invoice"
        self.assertEqual(call.display_name, "Phone: Invoice")
        self.assertEqual(call.search([("display_name", "ilike", "voic")]), call)
