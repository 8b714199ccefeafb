from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourPrivateFile(ClerkTourCase):
    def test_klara_opens_a_private_file(self):
        self.env["kunden.interest.topic"].create({"name": "Hundesport"})
        self.walk("kunden_private_file")
        ursula = self.env["res.partner"].search([("email", "=", "ursula@vonderaue.example")])
        self.assertEqual(ursula.name, "Dr. Ursula von der Aue")
        self.assertEqual(ursula.lastname, "von der Aue")
        self.assertEqual(ursula.phone_e164, "+492214710900")
        self.assertEqual(str(ursula.birthdate_date), "1980-02-29")
        self.assertEqual(ursula.education, "doctorate")
        self.assertEqual(ursula.occupation_class_id.code, "2")
        self.assertTrue(ursula.interest_ids)
        self.assertTrue(ursula.do_not_sms)
