from datetime import timedelta
from itertools import product

from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase

TODAY = "2026-05-04"
STAGES = (False, "prospect", "customer", "former")
# Fields that nobody of the story has; each rule asks for one of its own.
LACKING = (
    *("street2", "birthdate_date", "industry_id", "website", "occupation", "academic_title"),
    *("function", "register_court", "phone", "mobile", "marital_status", "education"),
    *("company_registry", "preferred_channel"),
)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestFieldRuleAsked(CustomerFileCase):
    """Whom the statement of a rule asks, and whom a door asks in Python, are the same people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a database with data has rules of its own
        cls.env["kunden.field.rule"].search([]).active = False
        cls.other = cls.env["res.company"].create({"name": "Zweite GmbH"})
        cls.dogs = cls.env["res.partner.category"].create({"name": "Hundehalter"})
        cls.people = cls.make_people()
        cls.rules = cls.make_rules()

    @classmethod
    def make_people(cls):
        """Companies and people of each stage and company, those below them, and no customers."""
        partners = cls.env["res.partner"]
        companies = (False, cls.env.company.id, cls.other.id)
        heads = partners.create(
            [
                {
                    "name": f"{'Firma' if firm else 'Mensch'} {stage} {company}",
                    "is_company": firm,
                    "customer_stage": stage,
                    "company_id": company,
                    "city": "Ulm" if stage == "customer" else False,
                    "category_id": cls.dogs.ids if stage == "prospect" else [],
                }
                for firm, stage, company in product((True, False), STAGES, companies)
            ]
        )
        below = partners.create(
            [
                {"name": f"Bei {head.name}", "parent_id": head.id, "company_id": head.company_id.id}
                for head in heads[::2]
            ]
        )
        firm, human = heads[0], heads[-1]
        odd = partners.create(
            [
                {"name": "Filiale", "is_company": True, "parent_id": firm.id},
                {"name": "Lager", "type": "delivery", "parent_id": firm.id},
                {"name": "Rechnung", "type": "invoice", "parent_id": human.id},
                {"name": "Archiv", "active": False},
                {"name": "Lieferant", "supplier_rank": 1, "is_company": True},
                {"name": "Auch Kunde", "supplier_rank": 1, "customer_stage": "customer"},
                {"name": "Enkel", "parent_id": below[0].id},
            ]
        )
        portal = new_test_user(cls.env, "eva_who_is_asked", "base.group_portal")
        staff = cls.clerk | cls.manager | portal
        return heads | below | odd | cls.anna | staff.partner_id | cls.other.partner_id

    @classmethod
    def make_rules(cls):
        """Rules of each kind, with stages, companies, periods and conditions."""
        day, one = Date.to_date(TODAY), timedelta(days=1)
        entries = cls.env["kunden.field"].search([("technical_name", "in", LACKING)])
        told = (
            *({"customer_kind": kind} for kind in ("any", "person", "private", "company")),
            {"customer_kind": "any", "customer_stage": "customer"},
            {"customer_kind": "private", "customer_stage": "prospect"},
            {"customer_kind": "any", "company_id": cls.other.id},
            {"customer_kind": "company", "domain": "[('city', '=', 'Ulm')]"},
            {"customer_kind": "any", "domain": f"[('category_id', 'in', {cls.dogs.ids})]"},
            {"customer_kind": "person", "domain": "[('parent_id.city', '!=', 'Ulm')]"},
            {"customer_kind": "any", "domain": "[('child_ids', 'any', [('name', 'like', 'Bei')])]"},
            {"customer_kind": "any", "date_from": day, "date_to": day},
            {"customer_kind": "any", "date_from": day + one},
            {"customer_kind": "any", "date_to": day - one},
        )
        values = zip(entries, told, strict=True)
        return cls.env["kunden.field.rule"].create(
            [{"catalogue_id": entry.id, **vals} for entry, vals in values]
        )

    def by_statement(self, rule):
        """Whom the verdicts in the database say that the field of this rule is missing."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT partner_id FROM kunden_field_missing WHERE field_id = %s",
            [rule.catalogue_id.id],
        )
        return self.people.browse(number for (number,) in self.env.cr.fetchall()) & self.people

    def by_door(self, rule):
        """Whom a door would ask for the field of this rule, in his own company or its company."""
        today = self.env["kunden.field.rule"]._required_today()
        entry = rule.catalogue_id.ids
        files = self.people.filtered("is_customer_file")
        return files.filtered(
            lambda partner: (today & rule)._unmet(partner, entry, rule.company_id)
        )

    def test_the_statement_and_the_doors_ask_the_same(self):
        self.assertGreater(len(self.people), 40)
        for rule in self.rules:
            asked = self.by_statement(rule)
            with self.subTest(rule=rule.display_name, domain=rule.domain):
                self.assertEqual(asked.sorted("id"), self.by_door(rule).sorted("id"))
                lives = rule.asks_today
                self.assertEqual(bool(asked), lives)
                self.assertLess(len(asked), len(self.people))
                if lives and not rule.company_id:
                    files = self.people.filtered("is_customer_file")
                    self.assertEqual(asked, rule._asked_among(files) & asked)
                    self.assertEqual(len(asked), len(rule._asked_among(files)))

    def test_whom_they_ask_is_right(self):
        kinds = {"any": 0, "person": 0, "private": 0, "company": 0}
        for rule in self.rules[:4]:
            kinds[rule.customer_kind] = self.by_statement(rule)
        self.assertEqual(kinds["any"], kinds["person"] | kinds["company"])
        self.assertFalse(kinds["person"] & kinds["company"])
        self.assertLess(kinds["private"], kinds["person"])
        names = kinds["any"].mapped("name")
        self.assertLessEqual({"Filiale", "Auch Kunde", "Enkel", "Anna Berg"}, set(names))
        self.assertTrue({"Lager", "Rechnung", "Archiv", "Lieferant"}.isdisjoint(names))
        self.assertNotIn(self.clerk.partner_id, kinds["any"])
        self.assertNotIn(self.other.partner_id, kinds["any"])
