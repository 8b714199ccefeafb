from odoo.tests import new_test_user, tagged

from .tour_case import PATIENCE, ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourFieldAssistant(ClerkTourCase):
    """The manager of a new company goes through the four steps, in German."""

    def test_the_manager_goes_through_the_four_steps(self):
        entries = self.env["kunden.field"]
        entries.with_context(active_test=False).search([]).goal_ids = False
        self.env["kunden.field.rule"].with_context(active_test=False).search([]).unlink()
        self.env["kunden.goal"].search([]).active = False
        reach, other = self.env["kunden.goal"].create(
            [{"name": "Tourziel A"}, {"name": "Tourziel B"}]
        )
        email, website = (
            entries.search([("technical_name", "=", name)]) for name in ("email", "website")
        )
        email.with_context(lang="de_DE").name = "E-Mail der Tour"
        website.with_context(lang="de_DE").name = "Website der Tour"
        email.goal_ids, website.goal_ids = reach, other
        manager = new_test_user(
            self.env, "manfred_of_steps", groups="kunden_crm.group_manager", lang="de_DE"
        )
        self.start_tour(
            "/odoo/customer-file-setup",
            "kunden_field_assistant",
            login=manager.login,
            timeout=PATIENCE,
        )
        self.assertFalse(other.active)
        self.assertTrue(self.env["kunden.goal"].search([("name", "=", "Vereine gewinnen")]))
        rule = self.env["kunden.field.rule"].search([("catalogue_id", "=", email.id)])
        self.assertEqual((rule.customer_kind, rule.level), ("company", "required"))
        self.assertEqual(rule.reason, "Tourziel A")
