from freezegun import freeze_time

from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestEmail(CustomerFileCase, MailCommon):
    def composer(self):
        """Core's composer, as it opens from the file of Anna."""
        self.anna.write({"email": "anna@post.example", "salutation": "ms"})
        self.anna.letter_salutation = "Sehr geehrte Frau Berg,"
        action = self.anna.with_user(self.clerk).action_write_email()
        model = self.env[action["res_model"]].with_user(self.clerk)
        return Form(model.with_context(**action["context"]))

    def test_the_composer_comes_with_customer_and_salutation(self):
        composer = self.composer()
        self.assertEqual(composer.partner_ids[:], self.anna.with_user(self.clerk))
        self.assertFalse(composer.subject)
        self.assertIn("Sehr geehrte Frau Berg,", composer.body)
        self.assertFalse(composer.refusing_ids[:])

    def test_the_mail_is_in_the_chatter_and_logged_once(self):
        with self.mock_mail_gateway():
            composer = self.composer()
            composer.subject = "Your order"
            composer.save().action_send_mail()
        sent = self.anna.message_ids[:1]
        self.assertEqual(sent.subject, "Your order")
        self.assertIn("Sehr geehrte Frau Berg,", sent.body)
        self.assertEqual(sent.author_id, self.clerk.partner_id)
        self.assertEqual(sent.notified_partner_ids, self.anna)
        self.assertSentEmail(self.clerk.partner_id, [self.anna])
        self.assertFalse(self.anna.interaction_ids)

    def test_the_composer_warns_of_a_refusal(self):
        self.anna.do_not_email = True
        self.assertEqual(self.composer().refusing_ids[:], self.anna.with_user(self.clerk))

    def test_a_name_in_the_salutation_is_text(self):
        self.anna.letter_salutation = "Hallo <script>x</script>,"
        body = self.anna.with_user(self.clerk).action_write_email()["context"]["default_body"]
        self.assertEqual(body, "<p>Hallo &lt;script&gt;x&lt;/script&gt;,</p><p><br></p>")
