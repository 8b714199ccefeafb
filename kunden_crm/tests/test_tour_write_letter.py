from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourWriteLetter(ClerkTourCase):
    def test_klara_writes_a_letter(self):
        uwe = self.env["res.partner"].create(
            {
                "name": "Uwe Petersen",
                "salutation": "mr",
                "lang": "de_DE",
                "street": "Deichweg 1",
                "zip": "25980",
                "city": "Sylt",
            }
        )
        self.walk("kunden_write_letter", f"/odoo/customer-file/{uwe.id}")
        letter = uwe.interaction_ids
        self.assertEqual(letter.channel, "letter")
        self.assertEqual(letter.subject, "Ihr neuer Kratzbaum")
        self.assertTrue(letter.attachment_ids)
