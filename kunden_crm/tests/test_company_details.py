from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestFigures(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Maier KG", "is_company": True})
        cls.confidant = cls.manager

    def enter(self, **values):
        """Key figures of our company, entered by somebody who may."""
        figures = self.env["kunden.figure"].with_user(self.confidant)
        return figures.create({"partner_id": self.firm.id, "source": "Annual report", **values})

    def test_the_equity_ratio_is_computed(self):
        figure = self.enter(year=2025, revenue=900000, equity=250000, total_assets=1000000)
        self.assertEqual(figure.equity_ratio, 0.25)
        figure.total_assets = 0
        self.assertEqual(figure.equity_ratio, 0)
        self.assertEqual(figure.currency_id, self.env.company.currency_id)
        self.assertEqual(figure.display_name, "2025 · Annual report")

    def test_the_newest_figures_tell_the_number_of_employees(self):
        newest = self.enter(year=2025, headcount=40)
        self.enter(year=2024, headcount=35)
        self.enter(year=2026, revenue=1000000)
        self.assertEqual(self.firm.employee_quantity, 40)
        newest.headcount = 42
        self.assertEqual(self.firm.employee_quantity, 42)
        newest.unlink()
        self.assertEqual(self.firm.employee_quantity, 35)
        self.firm.figure_ids.unlink()
        self.assertEqual(self.firm.employee_quantity, 35)

    def test_figures_that_move_to_another_company_take_their_headcount_along(self):
        other = self.firm.create({"name": "Schmidt AG", "is_company": True})
        self.enter(year=2024, headcount=35)
        self.enter(year=2025, headcount=40).partner_id = other
        self.assertEqual(other.employee_quantity, 40)
        self.assertEqual(self.firm.employee_quantity, 35)

    def test_a_thousand_figures_ask_once_for_the_newest(self):
        firms = self.firm.create([{"name": f"Firm {n}", "is_company": True} for n in range(20)])
        values = [
            {"partner_id": firm.id, "year": 2025, "headcount": 7, "source": "Agency"}
            for firm in firms
        ]
        self.env.flush_all()
        figures = self.env["kunden.figure"]
        figures.create({**values[0], "year": 2024}).unlink()
        asked = []
        search = type(figures).search_fetch

        def note(model, *args, **kwargs):
            if model._name == "kunden.figure":
                asked.append(args)
            return search(model, *args, **kwargs)

        self.patch(type(figures), "search_fetch", note)
        figures.create(values)
        self.assertEqual(len(asked), 1)
        self.assertEqual(set(firms.mapped("employee_quantity")), {7})

    def test_one_source_speaks_once_of_a_year(self):
        self.enter(year=2025, revenue=1)
        self.enter(year=2025, revenue=2, source="Agency")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.enter(year=2025, revenue=3)

    def test_a_year_has_four_digits(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.enter(year=25)

    def test_figures_and_notes_on_credit_are_for_people_with_confidential_data(self):
        self.enter(year=2025, revenue=1)
        self.firm.credit_remark = "Pays late."
        self.assertEqual(self.firm.with_user(self.manager).credit_remark, "Pays late.")
        for user in (self.reader, self.clerk, self.officer, self.colleague):
            firm = self.firm.with_user(user)
            for name in ("figure_ids", "credit_remark"):
                self.assertNotIn(name, firm.fields_get())
                with self.assertRaises(AccessError):
                    firm.read([name])
            with self.assertRaises(AccessError):
                self.env["kunden.figure"].with_user(user).search([])
        self.clerk.group_ids = [Command.link(self.env.ref("kunden_crm.group_confidential").id)]
        self.assertEqual(self.firm.with_user(self.clerk).figure_ids.revenue, 1)

    def test_who_may_enter_figures_need_not_be_allowed_to_change_the_company(self):
        self.reader.group_ids = [Command.link(self.env.ref("kunden_crm.group_confidential").id)]
        self.confidant = self.reader
        self.enter(year=2025, headcount=12)
        self.assertEqual(self.firm.employee_quantity, 12)


@tagged("post_install", "-at_install")
class TestCompanyDetails(CustomerFileCase):
    def test_legal_forms_of_three_countries_are_shipped(self):
        forms = self.env["res.partner.company.type"].with_user(self.clerk)
        shipped = {form.display_name: form.country_id.code for form in forms.search([])}
        for form, country in {
            "e.K.": "DE",
            "GbR": "DE",
            "eGbR": "DE",
            "OHG": "DE",
            "KG": "DE",
            "GmbH": "DE",
            "UG (haftungsbeschränkt)": "DE",
            "GmbH & Co. KG": "DE",
            "AG": "DE",
            "KGaA": "DE",
            "eG": "DE",
            "e.V.": "DE",
            "PartG": "DE",
            "PartG mbB": "DE",
            "KdöR": "DE",
            "AöR": "DE",
            "SE": False,
            "e.U.": "AT",
            "OG": "AT",
            "FlexCo": "AT",
            "GmbH (AT)": "AT",
            "KLG": "CH",
            "KmG": "CH",
            "AG (CH)": "CH",
        }.items():
            self.assertEqual(shipped.get(form, "missing"), country, form)
        self.assertEqual(len(shipped), len(forms.search([])))

    def test_a_legal_form_is_found_by_its_abbreviation(self):
        forms = self.env["res.partner.company.type"].with_user(self.clerk)
        self.assertEqual(
            [id_ for id_, _name in forms.name_search("GmbH", operator="=")],
            self.env.ref("kunden_crm.legal_form_de_gmbh").ids,
        )
        own = forms.with_user(self.manager).create({"name": "Limited"})
        self.assertEqual(own.display_name, "Limited")

    def test_contact_persons_play_several_parts(self):
        roles = self.env.ref("kunden_crm.contact_role_decides")
        roles |= self.env.ref("kunden_crm.contact_role_pays")
        self.anna.with_user(self.clerk).contact_role_ids = roles
        found = self.anna.with_user(self.reader).search([("contact_role_ids", "in", roles.ids)])
        self.assertEqual(found, self.anna)

    def test_managers_configure_the_lists_and_clerks_choose_from_them(self):
        for model, values in {
            "kunden.contact.role": {"name": "Recommends"},
            "kunden.interest.topic": {"name": "Chess"},
            "kunden.occupation.class": {"version": "2008", "code": "99", "name": "Nobody"},
        }.items():
            rows = self.env[model]
            with self.assertRaises(AccessError):
                rows.with_user(self.clerk).create(values)
            row = rows.with_user(self.manager).create(values)
            row.active = False
            self.assertNotIn(row, rows.with_user(self.reader).search([]))
            with self.assertRaises(AccessError):
                row.unlink()

    def test_the_leitweg_id_is_cores_own_endpoint(self):
        office = self.anna.with_user(self.clerk).create(
            {
                "name": "Stadt Köln",
                "is_company": True,
                "peppol_eas": "0204",
                "peppol_endpoint": "991-33333TEST-33",
                "register_court": "Amtsgericht Köln",
                "company_registry": "HRB 12345",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((office.peppol_eas, office.peppol_endpoint), ("0204", "991-33333TEST-33"))
        self.assertEqual(office.register_court, "Amtsgericht Köln")
