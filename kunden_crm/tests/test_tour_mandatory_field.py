from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .tour_case import PATIENCE, ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourMandatoryField(ClerkTourCase):
    """ "Haustiere" is required of private customers; who saves is told why, and nothing is lost."""

    def test_a_rule_is_made_and_kept(self):
        manager = new_test_user(
            self.env, "manfred_of_rules", groups="kunden_crm.group_manager", lang="de_DE"
        )
        entries = self.env["kunden.field"].with_user(manager)
        pets = entries.create(
            {
                "name": "Haustiere",
                "field_type": "many2many",
                "customer_kind": "private",
                "option_ids": [Command.create({"name": name}) for name in ("Hund", "Katze")],
            }
        )
        anna = self.env["res.partner"].create({"name": "Anna Tour", "user_id": manager.id})
        self.start_tour(
            "/odoo/mandatory-fields", "kunden_make_rule", login=manager.login, timeout=PATIENCE
        )
        rule = self.env["kunden.field.rule"].search([("catalogue_id", "=", pets.id)])
        self.assertEqual((rule.customer_kind, rule.level), ("private", "required"))
        self.env["kunden.field.rule"].with_user(manager).create(
            {
                "catalogue_id": self.env.ref("kunden_crm.catalogue_city").id,
                "reason": "Hundehalter brauchen einen Ort",
                "domain": f"[('{pets.technical_name}.name', '=', 'Hund')]",
            }
        )
        self.walk("kunden_be_refused")
        eva = self.env["res.partner"].search([("name", "=", "Eva Muster")])
        self.assertEqual((eva.x_kunden_haustiere.name, eva.city), ("Hund", "Ulm"))
        self.assertFalse(eva.missing_field_ids)
        self.create_in_quotation(pets)
        self.walk("kunden_work_list", "/odoo/incomplete-files")
        self.assertEqual(anna.activity_ids.user_id, manager)

    def create_in_quotation(self, pets):
        """Sven, who sells, types a customer whom nobody knows yet."""
        sells = "sales_team.group_sale_salesman,kunden_crm.group_user"
        sven = new_test_user(self.env, "sven_who_sells", groups=sells, lang="de_DE")
        start = "/odoo/action-sale.action_quotations/new"
        self.start_tour(start, "kunden_new_in_quotation", login=sven.login, timeout=PATIENCE)
        uwe = self.env["res.partner"].search([("name", "=", "Uwe Neumann")])
        self.assertEqual(uwe[pets.technical_name].name, "Katze")
        self.assertEqual(self.env["sale.order"].search([("partner_id", "=", uwe.id)]).user_id, sven)
