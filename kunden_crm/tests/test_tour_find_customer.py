from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourFindCustomer(ClerkTourCase):
    def test_klara_finds_a_customer_by_what_she_has_at_hand(self):
        self.env["res.partner"].create(
            [
                {
                    "name": "Mathilde Grünwaldt",
                    "ref": "Q-77042",
                    "phone": "(0221) 4711-42",
                    "email": "m.gruenwaldt@example.com",
                    "street": "Quellental 5",
                    "zip": "50999",
                    "city": "Köln",
                },
                {
                    "name": "Hirsemühle GmbH",
                    "is_company": True,
                    "child_ids": [(0, 0, {"name": "Xaver Hirsebusch"})],
                },
            ]
        )
        self.walk("kunden_find_customer")
