from odoo.tests import tagged

from .customer_list import table
from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourImportList(ClerkTourCase):
    def test_klara_imports_the_list_from_excel(self):
        before = self.env["res.partner"].search_count([])
        self.walk("kunden_import_list")
        rows = len(table()) - 1
        self.assertEqual(self.env["res.partner"].search_count([]) - before, rows)
        ursula = self.env["res.partner"].search([("ref", "=", "20101")])
        self.assertEqual(ursula.lastname, "von der Heyden")
        self.assertEqual(ursula.city, "Düsseldorf")
