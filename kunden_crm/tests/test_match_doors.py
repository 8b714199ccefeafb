from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .match_case import MOBILE, MatchCase


@tagged("post_install", "-at_install")
class TestMatchDoors(MatchCase):
    """By whatever door a contact comes, its doubles are found; the one outside is told nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = new_test_user(cls.env, "sam_of_match", "sales_team.group_sale_salesman_all_leads")
        cls.german = {"country_id": cls.germany.id}

    def assert_queued(self, partner):
        """The job finds the pair, and the clerk has it in the work list."""
        self.assertTrue(self.keys(partner), "the keys are there in the same transaction")
        self.look()
        pairs = self.candidates.with_user(self.clerk).search([("state", "=", "open")])
        self.assertIn(partner, pairs.partner_id | pairs.other_id)

    def test_a_lead_is_told_who_it_may_be(self):
        leads = self.env["crm.lead"].with_user(self.sam)
        typed = {"contact_name": "Hans Wirschimg", "phone": MOBILE, "email_from": False}
        found = leads.kunden_find_duplicates({**typed, **self.german})
        self.assertIn(self.hans.id, [match["partner_id"] for match in found])
        link = leads.kunden_is_same(typed, self.hans.id)
        self.assertEqual(link["partner"]["id"], self.hans.id)
        self.assertFalse(leads.kunden_find_duplicates({**typed, "partner_id": self.klaus.id}))
        self.assertFalse(leads.kunden_find_duplicates("x"))
        firm = self.partners.create(
            {"name": "Osterkamp Bau GmbH", "is_company": True, "city": "Kiel"}
        )
        self.env.flush_all()
        found = leads.kunden_find_duplicates({"partner_name": "Osterkamp Bau GmbH", "city": "Kiel"})
        self.assertEqual([match["partner_id"] for match in found], firm.ids)

    def test_a_lead_of_somebody_known_is_queued_when_it_is_converted(self):
        """Core attaches by the e-mail alone; who is made beside somebody known is decided later."""
        lead = self.env["crm.lead"].create(
            {
                "name": "Anfrage",
                "contact_name": "Hans Wirsching",
                "phone": MOBILE,
                "zip": "50667",
                **self.german,
            }
        )
        made = lead.with_user(self.sam)._create_customer()
        self.assertNotIn(made, self.hans | self.double)
        self.assert_queued(made.with_env(self.env))

    def test_what_a_visitor_sends_is_stored_and_queued(self):
        visitor = self.env(user=self.env.ref("base.public_user"))
        # sudo: as the web form, the shop and the sign-up do
        made = (
            visitor["res.partner"]
            .sudo()
            .create({"name": "Hans Wirsching", "phone": MOBILE, "zip": "50667", **self.german})
        )
        self.assert_queued(made.with_env(self.env))
        found = visitor["res.partner"].kunden_find_duplicates({"name": "Hans Wirsching"})
        self.assertEqual(found, [])

    def test_a_mail_of_somebody_known_is_attached_and_of_another_address_queued(self):
        self.hans.email = "hans@wirsching.example"
        known = self.partners.find_or_create("Hans Wirsching <hans@wirsching.example>")
        self.assertEqual(known, self.hans)
        other = self.partners.find_or_create("Hans Wirsching <hans@wirsching.test>")
        self.assertNotEqual(other, self.hans)
        self.assert_queued(other)

    def test_core_s_importer_keeps_keys(self):
        names = ["name", "mobile", "zip", "country_id/id"]
        loaded = self.partners.load(names, [["Hans Wirsching", MOBILE, "50667", "base.de"]])
        self.assert_queued(self.partners.browse(loaded["ids"]))

    def test_the_short_name_under_a_field_keeps_keys(self):
        number, _name = self.partners.with_user(self.clerk).name_create("Hans Wirsching")
        self.assertTrue(self.keys(self.partners.browse(number)))
        self.assertIn(self.hans.id, self.found(name="Hans Wirsching"))

    def test_a_contact_inside_the_form_of_a_firm(self):
        firm = self.partners.create(
            {
                "name": "Osterkamp GmbH",
                "is_company": True,
                "child_ids": [Command.create({"name": "Hans Wirsching", "mobile": MOBILE})],
                **self.german,
            }
        )
        self.assert_queued(firm.child_ids)

    def test_the_search_of_the_salesman_is_the_same(self):
        values = {"name": "Hans Wirsching", "mobile": MOBILE, **self.german}
        told = self.found(self.sam, **values)
        self.assertEqual(set(told), set(self.found(self.clerk, **values)))
        self.assertFalse(told[self.hans.id]["may_decide"])
