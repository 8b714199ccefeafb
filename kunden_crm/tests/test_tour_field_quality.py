from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourFieldQuality(ClerkTourCase):
    """From the page on data quality to the files that are not in order."""

    def test_a_clerk_goes_from_a_figure_to_its_files(self):
        self.env["res.partner"].create({"name": "Bernd Strich", "city": "k.A."})
        self.walk("kunden_field_quality", url="/odoo/data-quality")
