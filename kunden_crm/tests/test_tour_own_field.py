from odoo.tests import new_test_user, tagged

from .tour_case import PATIENCE, ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourOwnField(ClerkTourCase):
    """What the manager asks in the morning the clerk fills in at noon."""

    def test_the_manager_makes_fields_and_the_clerk_fills_them_in(self):
        manager = new_test_user(
            self.env, "manfred_of_fields", groups="kunden_crm.group_manager", lang="de_DE"
        )
        self.start_tour(
            "/odoo/customer-fields", "kunden_own_field", login=manager.login, timeout=PATIENCE
        )
        pets, gifts = self.env["kunden.field"].search([("is_own", "=", True)], order="id")
        self.assertEqual(pets.option_ids.mapped("name"), ["Hund", "Katze"])
        self.assertEqual(pets.customer_kind, "private")
        self.assertEqual(gifts.guidance, "Was der Kunde sich wünscht")
        self.walk("kunden_fill_own_field")
        eva = self.env["res.partner"].search([("name", "=", "Eva Muster")])
        self.assertEqual(eva.x_kunden_haustiere.name, "Hund")
        self.assertEqual(eva.x_kunden_erwartete_geschenke, "Ein Kratzbaum")
