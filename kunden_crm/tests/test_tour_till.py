from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .test_field_doors import require
from .test_field_doors_apps import AppDoorCase
from .tour_case import PATIENCE


@tagged("post_install", "-at_install")
class TestTourTill(AppDoorCase, HttpCase):
    """Where there is a till: a customer made at it is asked for, marked, and known by his door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["res.company"].create({"name": "Laden am Tor"})

    def till(self, cashier):
        """The address of an open till of the shop."""
        self.env["account.chart.template"].try_loading("generic_coa", self.shop, install_demo=False)
        configs = self.env["pos.config"].with_company(self.shop)
        config = configs.create({"name": "Kasse am Tor", "company_id": self.shop.id})
        config.with_user(cashier).open_ui()
        config.current_session_id.set_opening_control(0, None)
        return f"/pos/ui/{config.id}"

    def test_a_customer_made_at_the_till(self):
        if self.has("point_of_sale"):
            groups = "point_of_sale.group_pos_user,kunden_crm.group_user"
            works = {"company_id": self.shop.id, "company_ids": [Command.set(self.shop.ids)]}
            cashier = new_test_user(self.env, "cashier_at_the_till", groups, **works)
            require(self.env, "email", customer_kind="private")
            require(self.env, "birthdate_date", customer_kind="private", level="recommended")
            url = self.till(cashier)
            self.start_tour(url, "kunden_till", login=cashier.login, timeout=PATIENCE)
            eva = self.env["res.partner"].search([("email", "=", "eva@kasse.example")])
            self.assert_lands(eva, "birthdate_date")
            self.assertEqual(eva.with_user(self.reader).file_origin, "pos")
