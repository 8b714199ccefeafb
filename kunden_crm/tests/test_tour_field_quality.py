from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourFieldQuality(ClerkTourCase):
    """From the page on data quality to the files that are not in order."""

    def test_a_clerk_goes_from_a_figure_to_its_files(self):
        self.env["res.partner"].create({"name": "Bernd Strich", "city": "k.A."})
        self.walk("kunden_field_quality", url="/odoo/data-quality")

    def test_a_clerk_asks_customers_for_what_is_missing(self):
        born = self.env.ref("kunden_crm.catalogue_birthdate_date")
        self.env["kunden.field.rule"].create({"catalogue_id": born.id, "level": "recommended"})
        eva, udo = self.env["res.partner"].create(
            [
                {"name": "Eva Fragenberg", "email": "eva@frage.example", "user_id": self.klara.id},
                {"name": "Udo Fragenberg", "user_id": self.klara.id},
            ]
        )
        self.walk("kunden_field_request", url="/odoo/incomplete-files")
        self.assertEqual(eva.interaction_ids.user_id, self.klara)
        self.assertFalse(udo.interaction_ids)
