"""A shop of its own, with people who sell and invoice there and may do little else."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import CustomerFileCase

SELLING = "sales_team.group_sale_salesman_all_leads"


class SalesCase(CustomerFileCase):
    """The shop numbers its customers T0001, T0002 and so on, whatever else is in the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["res.company"].create({"name": "Laden"})
        cls.klara = cls.staff("klara_of_the_shop", "kunden_crm.group_user")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.shop.ids})
        cls.partners = cls.env["res.partner"].with_user(cls.klara)
        cls.anna = cls.partners.browse(cls.anna.id)

    def setUp(self):
        super().setUp()
        # no test gives back a number that it drew
        self.sequence = self.number_from("T", self.shop)

    @classmethod
    def staff(cls, login, groups):
        """Somebody who works in the shop."""
        company = {"company_id": cls.shop.id, "company_ids": [Command.set(cls.shop.ids)]}
        return new_test_user(cls.env(su=True), login, groups=groups, **company)

    @classmethod
    def number_from(cls, prefix, company, **values):
        """A sequence of customer numbers for that company."""
        values |= {"prefix": prefix, "padding": 4, "company_id": company.id}
        return (
            cls.env["ir.sequence"]
            .sudo()
            .create({"name": "Numbers", "code": "kunden.customer", **values})
        )

    @classmethod
    def seller(cls):
        """Sam sells; he is no clerk."""
        return cls.staff("sam", SELLING)

    @classmethod
    def accountant(cls):
        """Ada invoices; she may not change a contact."""
        cls.env["account.chart.template"].try_loading("generic_coa", cls.shop, install_demo=False)
        return cls.staff("ada", "account.group_account_invoice")

    def order(self, partner, user=None, **values):
        """An order of that customer, confirmed."""
        values = {"partner_id": partner.id, "company_id": self.shop.id, **values}
        order = self.env["sale.order"].create(values)
        order.with_user(user or self.env.user).action_confirm()
        return order

    def invoice(self, partner, user, move_type="out_invoice", post=True):
        """An invoice of that type, posted by that user."""
        line = Command.create({"name": "Tee", "price_unit": 100, "tax_ids": False})
        values = {"partner_id": partner.id, "move_type": move_type, "invoice_line_ids": [line]}
        move = self.env["account.move"].create({"invoice_date": "2026-03-10", **values})
        if post:
            move.with_user(user).action_post()
        return move
