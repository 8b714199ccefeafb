from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourCompanyFile(ClerkTourCase):
    def test_klara_opens_a_company_file(self):
        role = self.env["kunden.contact.role"].create({"name": "Signs"})
        self.walk("kunden_company_file")
        company = self.env["res.partner"].search([("name", "=", "Maier, Schmidt & Co. KG")])
        self.assertEqual(company.company_registry, "HRA 12345")
        self.assertEqual(company.customer_kind, "company")
        self.assertFalse(company.firstname or company.lastname)
        self.assertEqual(company.figure_ids.revenue, 1250000)
        self.assertEqual(company.employee_quantity, 37)
        herta = company.child_ids.filtered(lambda child: child.type == "contact")
        self.assertEqual(herta.salutation, "ms")
        self.assertEqual(herta.contact_role_ids, role)
        depot = company.child_ids - herta
        self.assertEqual((depot.type, depot.street), ("delivery", "Hafenkai 3"))
