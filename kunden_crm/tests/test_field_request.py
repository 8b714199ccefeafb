from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..models import field_request_mixin, field_request_send_mixin
from .common import CustomerFileCase

ANSWER = """From: Anna Berg <anna@berg.example>
To: {to}
Subject: Re: Angaben
Message-Id: <answer-of-anna@berg.example>
In-Reply-To: {asked}

Ich bin am 3. Mai 1980 geboren.
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestFieldRequest(CustomerFileCase):
    """A clerk asks customers in writing for what is missing in their files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["kunden.field.rule"].search([]).active = False
        cls.born = cls.env.ref("kunden_crm.catalogue_birthdate_date")
        cls.owner = cls.env.ref("kunden_crm.catalogue_user_id")
        cls.secret = cls.env["kunden.field"].create(
            {
                "name": "Schulden",
                "field_type": "char",
                "sensitivity": "confidential",
                "collection_ids": [Command.set(cls.env.ref("kunden_crm.collection_form").ids)],
            }
        )
        for entry in (cls.born, cls.owner, cls.secret):
            rule = {"catalogue_id": entry.id, "level": "recommended", "customer_kind": "person"}
            cls.env["kunden.field.rule"].create(rule)
        place = {"street": "Am Markt 1", "zip": "50667", "city": "Köln"}
        # what is kept under a name of its own is not changed by a colleague's data
        cls.anna.write({"email": "anna@berg.example", "customer_stage": "customer", **place})
        people = cls.env["res.partner"].create(
            [
                {"name": "Bernd Brief", **place},
                {"name": "Clara Stumm", "email": "clara@berg.example", "do_not_email": True},
                {"name": "Doris Nirgends", "city": "Ulm"},
                {"name": "Emil Fertig", "email": "e@berg.example", "birthdate_date": "1980-05-03"},
                {"name": "Frida Weg", "email": "frida@berg.example", "active": False},
                {"name": "Gerd Papier", "email": "g@b.example", "preferred_channel": "letter"},
                {"name": "Hans Prall", "email": "h@b.example", "message_bounce": 3, **place},
            ]
        )
        cls.bernd, cls.clara, cls.doris, cls.emil, cls.frida, cls.gerd, cls.hans = people
        cls.gerd.write(place)
        cls.people = cls.anna | people

    def dialogue(self, partners=None, user=None):
        """The dialogue that the button of the list opens."""
        people = self.people if partners is None else partners
        action = people.with_user(user or self.clerk).action_request_details()
        model = self.env[action["res_model"]].with_user(user or self.clerk)
        return Form(model.with_context(**action["context"]))

    def sent(self, partners=None, **values):
        """What the clerk's dialogue did, after she changed its text."""
        with self.dialogue(partners) as dialogue:
            for name, value in values.items():
                setattr(dialogue, name, value)
        return dialogue.record.action_send()

    def mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "res.partner"), ("res_id", "in", self.people.ids)]
        )

    def test_the_dialogue_says_whom_it_reaches_and_whom_not(self):
        dialogue = self.dialogue()
        self.assertEqual((dialogue.email_count, dialogue.email_names), (1, "Anna Berg"))
        self.assertEqual(dialogue.letter_count, 3)
        for name in ("Bernd Brief", "Gerd Papier", "Hans Prall"):
            self.assertIn(name, dialogue.letter_names)
        reasons = dict(line.split(": ") for line in dialogue.left_out.splitlines())
        self.assertEqual(
            sorted(reasons.values()),
            ["Clara Stumm", "Doris Nirgends", "Emil Fertig", "Frida Weg"],
        )
        self.assertEqual(dialogue.left_out_count, 4)
        self.assertIn(self.born.name, dialogue.preview)
        self.assertIn(self.anna.letter_salutation, dialogue.preview)
        self.assertIn(self.clerk.name, dialogue.preview)
        by_letter = self.dialogue(self.bernd).preview
        self.assertIn(self.bernd.letter_salutation, by_letter)
        self.assertIn(self.born.name, by_letter)

    def test_an_e_mail_waits_in_the_queue_and_the_answer_comes_to_the_file(self):
        with patch.object(type(self.env["mail.mail"]), "send") as send:
            self.sent(self.anna, body="<p>Bitte teilen Sie uns mit:</p>")
        send.assert_not_called()
        mail = self.mails()
        self.assertEqual((mail.state, mail.recipient_ids), ("outgoing", self.anna))
        self.assertIn("Bitte teilen Sie uns mit:", mail.body_html)
        self.assertIn(f"<li>{self.born.name}</li>", mail.body_html)
        self.assertIn(self.clerk.name, mail.body_html)
        asked = self.anna.interaction_ids
        self.assertEqual(
            (asked.channel, asked.direction, asked.user_id), ("email", "out", self.clerk)
        )
        self.assertIn(self.born.name, asked.body)
        answer = ANSWER.format(to=mail.reply_to, asked=mail.message_id)
        self.env["mail.thread"].message_process(False, answer)
        said = self.anna.message_ids.filtered(lambda message: "1980" in message.body)
        self.assertEqual(said.author_id, self.anna)
        # the question stays in the file when the queue has been worked off
        question = mail.mail_message_id
        mail.unlink()
        self.assertTrue(question.with_user(self.clerk).exists().body)

    def test_letters_are_one_document_and_a_fact_each(self):
        opened = self.sent()
        number = int(opened["url"].split("/")[3].partition("?")[0])
        document = self.env["ir.attachment"].browse(number)
        self.assertTrue(document.with_user(self.clerk).raw)
        self.assertIn("Am Markt 1", document.raw.decode("utf-8", "replace"))
        for partner in (self.bernd, self.gerd, self.hans):
            self.assertEqual(partner.interaction_ids.channel, "letter")
        self.assertEqual(self.mails().recipient_ids, self.anna)
        for partner in (self.clara, self.doris, self.emil, self.frida):
            self.assertFalse(partner.interaction_ids)

    def test_only_what_a_customer_is_asked_himself_is_ever_named(self):
        """Neither the owner, who is ours to choose, nor a protected field: in no text at all."""
        boss = new_test_user(
            self.env, "boss_asks", "kunden_crm.group_manager,kunden_crm.group_confidential"
        )
        self.assertIn(self.secret, self.anna.with_user(boss).missing_protected_ids)
        self.assertIn(self.owner, self.anna.with_user(boss).missing_field_ids)
        with self.dialogue(self.anna, boss) as dialogue:
            self.assertNotIn("Schulden", dialogue.preview)
        dialogue.record.action_send()
        texts = self.mails().body_html + self.anna.interaction_ids.body
        self.assertIn(self.born.name, texts)
        for entry in (self.secret, self.owner):
            self.assertNotIn(entry.name, texts)
        self.anna.interaction_ids.unlink()
        # what is collected in a talk may be asked once a manager says so
        self.env.ref("kunden_crm.collection_talk").with_user(boss).asks_customer = True
        self.assertIn(self.owner.name, self.dialogue(self.anna).preview)

    def test_from_a_figure_only_its_field_is_asked(self):
        self.env["kunden.field.rule"].create(
            {"catalogue_id": self.env.ref("kunden_crm.catalogue_occupation").id}
        )
        figures = self.env["kunden.field.quality"]
        figures._compute_figures()
        figure = figures.search(
            [
                ("is_newest", "=", True),
                ("measure", "=", "missing"),
                ("field_id", "=", self.born.id),
                ("company_id", "in", (False, self.env.company.id)),
            ],
            limit=1,
        )
        action = figure.with_user(self.clerk).action_request_details()
        context = {**action["context"], "default_partner_ids": self.anna.ids}
        self.assertIn(self.anna.id, action["context"]["default_partner_ids"])
        model = self.env[action["res_model"]].with_user(self.clerk)
        preview = Form(model.with_context(**context)).preview
        self.assertIn(self.born.name, preview)
        self.assertEqual(preview.count("<li>"), 1)
        goal = figures.search(
            [
                ("is_newest", "=", True),
                ("goal_id", "in", self.born.goal_ids.ids),
                ("company_id", "in", (False, self.env.company.id)),
            ],
            limit=1,
        )
        entries = goal.with_user(self.clerk).action_request_details()["context"]
        self.assertIn(self.born.id, entries["default_catalogue_ids"])

    def test_what_is_unreadable_or_old_is_asked_too(self):
        self.anna.phone = "siehe Notiz"
        self.bernd.city = "k.A."
        self.env.company.confirm_contact_months = 1
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2020-01-01' WHERE id = %s", [self.anna.id]
        )
        self.env.invalidate_all()
        people = (self.anna | self.bernd | self.hans).with_user(self.clerk)
        asked = people._details_to_ask
        phone = self.env.ref("kunden_crm.catalogue_phone").name
        city = self.env.ref("kunden_crm.catalogue_city").name
        email = self.env.ref("kunden_crm.catalogue_email").name
        self.assertEqual(asked("phone")[self.anna.id], {"phone": phone})
        self.assertEqual(asked("junk")[self.bernd.id], {"city": city})
        self.assertEqual(asked("email")[self.hans.id], {"email": email})
        self.assertEqual(list(asked("overdue")[self.anna.id]), ["contact"])
        self.assertFalse(asked("overdue", (), "company")[self.anna.id])

    def test_who_has_an_account_is_led_there_where_the_portal_asks(self):
        new_test_user(self.env, "anna_of_portal", "base.group_portal", partner_id=self.anna.id)
        email = self.env.ref("kunden_crm.catalogue_phone")
        rule = {"catalogue_id": email.id, "ask_portal": True, "level": "required"}
        self.env["kunden.field.rule"].create({**rule, "customer_kind": "any"})
        self.anna.phone = False
        self.sent(self.anna)
        self.assertIn("/my/account", self.mails().body_html)
        self.mails().unlink()
        self.anna.interaction_ids.unlink()
        self.env["kunden.field.rule"].search([("ask_portal", "=", True)]).ask_portal = False
        self.sent(self.anna)
        self.assertNotIn("/my/account", self.mails().body_html)

    def test_who_may_ask_whom(self):
        with self.assertRaises(AccessError):
            self.dialogue(user=self.reader)
        self.anna.company_id = self.env["res.company"].create({"name": "Anderswo"})
        with self.assertRaises(AccessError):
            self.dialogue(self.anna)
        with self.assertRaises(AccessError):
            values = {"partner_ids": self.anna.ids, "subject": "Angaben"}
            self.env["kunden.field.request"].with_user(self.clerk).create(values).action_send()
        self.assertFalse(self.mails())

    def test_too_many_at_once_are_refused_with_a_way_out(self):
        with patch.object(field_request_mixin, "MOST", 3), self.assertRaises(UserError):
            self.people.with_user(self.clerk).action_request_details()
        with (
            patch.object(field_request_send_mixin, "MOST_LETTERS", 2),
            self.assertRaises(UserError),
        ):
            self.sent()

    def test_nobody_is_asked_twice_in_a_month_unless_wanted(self):
        self.sent(self.anna, subject="Angaben")
        dialogue = self.dialogue(self.anna | self.bernd)
        dialogue.subject = "Angaben"
        self.assertEqual((dialogue.email_count, dialogue.letter_count), (0, 1))
        self.assertIn("Anna Berg", dialogue.left_out)
        dialogue.skips_asked = False
        self.assertEqual(dialogue.email_count, 1)
        dialogue.skips_asked = True
        dialogue.subject = "Ihr Auftrag"
        self.assertEqual(dialogue.email_count, 1)
        with freeze_time("2026-04-10 09:00:00"):
            later = self.anna.with_user(self.clerk)._plan_request("missing", subject="Angaben")
            self.assertEqual(later.email, self.anna)

    def test_ways_that_were_there_before_know_what_is_asked(self):
        ways = self.env["kunden.field.collection"]
        ways.search([]).asks_customer = False
        self.env.flush_all()
        ways._init_column("name")
        self.env.invalidate_all()
        self.assertFalse(ways.search([("asks_customer", "=", True)]))
        ways._init_column("asks_customer")
        self.env.invalidate_all()
        form = self.env.ref("kunden_crm.collection_form")
        survey = self.env.ref("kunden_crm.collection_survey")
        self.assertEqual(ways.search([("asks_customer", "=", True)]), form | survey)

    def test_nobody_to_ask_and_a_text_in_angle_brackets(self):
        dialogue = self.dialogue(self.emil)
        self.assertEqual((dialogue.email_count, dialogue.letter_count), (0, 0))
        self.assertFalse(dialogue.preview)
        self.born.name = "<b>Geburt</b>"
        self.anna.familiar_address = True
        self.sent(self.anna)
        self.assertIn("&lt;b&gt;Geburt", self.mails().body_html)

    def test_a_hundred_customers_cost_hardly_more_statements_than_ten(self):
        def made(number):
            many = self.env["res.partner"].create(
                [
                    {"name": f"Viel {index}", "email": f"v{number}.{index}@berg.example"}
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            clerks = many.with_user(self.clerk)
            before = self.env.cr.sql_log_count
            plan = clerks._plan_request("missing")
            self.assertEqual(len(plan.email), number)
            clerks._send_request(plan, "Angaben", "<p>Bitte</p>")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = made(10), made(100)
        self.assertLess(many, few + 20)
