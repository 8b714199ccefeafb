from odoo.tests import new_test_user, tagged

from .tour_case import PATIENCE, ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourStandard(ClerkTourCase):
    """A clerk has the last word on a spelling; a manager brings all files to the standards."""

    def test_the_clerk_sees_proposals_and_has_the_last_word(self):
        self.env.company.country_id = self.env.ref("base.de")
        self.walk("kunden_standard_clerk")
        eva = self.env["res.partner"].search([("lastname", "=", "ALTENBERG")])
        self.assertEqual((eva.name, eva.street), ("Eva ALTENBERG", "Hauptstraße 5a"))
        kept = self.env["kunden.standard.kept"].search([("partner_id", "=", eva.id)])
        self.assertEqual((kept.value, kept.user_id), ("ALTENBERG", self.klara))

    def test_the_clerk_keeps_what_she_typed_for_several(self):
        self.env.company.country_id = self.env.ref("base.de")
        two = [{"name": f"{name} Altenbergia", "city": "Bonn"} for name in ("Eva", "Udo")]
        people = self.env["res.partner"].create(
            [{**each, "user_id": self.klara.id} for each in two]
        )
        self.walk("kunden_standard_list")
        self.assertEqual(people.mapped("city"), ["ULM", "ULM"])
        kept = self.env["kunden.standard.kept"]._kept(people.ids)
        self.assertEqual(kept, {(number, "city", "ULM") for number in people.ids})

    def test_the_manager_applies_the_standards_and_takes_them_back(self):
        manager = new_test_user(
            self.env, "manfred_of_standards", groups="kunden_crm.group_manager", lang="de_DE"
        )
        lisa = self.env["res.partner"].create({"name": "LISA ALTENBERG"})
        self.start_tour(
            "/odoo/apply-standards",
            "kunden_standard_manager",
            login=manager.login,
            timeout=PATIENCE,
        )
        self.assertEqual(lisa.name, "LISA ALTENBERG")
        run = self.env["kunden.standard.run"].search([], limit=1)
        self.assertEqual((run.state, run.user_id), ("undone", manager))
        self.assertIn(lisa, run.line_ids.partner_id)
