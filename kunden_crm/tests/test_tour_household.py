from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourHousehold(ClerkTourCase):
    def test_klara_brings_two_people_together(self):
        address = {"street": "Ahornweg 3", "zip": "50667", "city": "Köln"}
        hans = self.env["res.partner"].create({"name": "Hans Ahorn", **address})
        self.walk("kunden_household")
        petra = self.env["res.partner"].search([("name", "=", "Petra Ahorn")])
        self.assertTrue(petra.household_id)
        self.assertEqual(hans.household_id, petra.household_id)
