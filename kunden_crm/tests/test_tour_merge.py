from odoo.fields import Command
from odoo.tests import tagged

from .tour_case import PATIENCE, ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourMerge(ClerkTourCase):
    """A clerk merges two files of one customer and takes it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.anna = partners.create(
            {
                "firstname": "Annegret",
                "lastname": "Doppel",
                "email": "annegret@example.com",
                "phone": "+49 221 5550200",
            }
        )
        cls.double = partners.create(
            {
                "firstname": "A.",
                "lastname": "Doppel",
                "phone": "+49 221 5550100",
                "street": "Domplatz 1",
                "zip": "50667",
                "city": "Köln",
            }
        )
        # one word that is the same in every language of the tests
        action = cls.env.ref("kunden_crm.action_merge_contacts")
        for lang, _name in cls.env["res.lang"].get_installed():
            action.with_context(lang=lang).name = "kunden-merge"

    def test_the_clerk_merges_and_takes_it_back(self):
        self.walk("kunden_merge", "/odoo/customer-file?debug=0")
        merge = self.env["kunden.merge"].search([("partner_ids", "in", self.double.ids)])
        self.assertEqual((merge.state, merge.undone_by_id), ("undone", self.klara))
        self.assertEqual(self.double.phone, "+49 221 5550100")

    def test_an_old_link_leads_to_the_contact_that_remained(self):
        people = self.anna | self.double
        self.env["kunden.merge"].with_user(self.klara).create(
            {"survivor_id": self.anna.id, "partner_ids": [Command.set(people.ids)]}
        ).action_merge()
        self.start_tour(
            f"/odoo/res.partner/{self.double.id}",
            "kunden_merge_link",
            login="klara",
            timeout=PATIENCE,
        )
        self.authenticate("klara", "klara")
        answer = self.url_open(
            f"/mail/view?model=res.partner&res_id={self.double.id}", allow_redirects=False
        )
        self.assertIn(f"/{self.anna.id}", answer.headers["Location"])
