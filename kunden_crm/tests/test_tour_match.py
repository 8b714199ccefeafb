from odoo.tests import tagged

from .match_case import MOBILE
from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourMatch(ClerkTourCase):
    """A clerk is warned while she types, and clears the work list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.de")
        cls.hans = cls.person("Hans Schmidt")

    @classmethod
    def person(cls, name):
        home = {"street": "Ahornallee 17", "zip": "50667", "city": "Köln", "mobile": MOBILE}
        return cls.env["res.partner"].create(
            {"name": name, "country_id": cls.env.company.country_id.id, **home}
        )

    def test_she_is_warned_and_has_the_last_word(self):
        self.walk("kunden_match_typing")
        pair = self.env["kunden.match.candidate"].search(
            ["|", ("partner_id", "=", self.hans.id), ("other_id", "=", self.hans.id)]
        )
        self.assertEqual((pair.state, pair.decided_by), ("different", self.klara))
        self.assertEqual(pair.other_id.lastname, "Schmitt")

    def test_she_clears_the_work_list(self):
        double = self.person("Hans Schmitt")
        self.env.flush_all()
        self.env["kunden.match.scan"]._compare_changed(10**6)
        self.walk("kunden_match_list")
        pair = self.env["kunden.match.candidate"].search([("other_id", "=", double.id)])
        self.assertEqual(pair.mapped("state"), ["different"])
