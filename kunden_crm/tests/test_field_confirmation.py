from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import format_date
from odoo.tools.safe_eval import safe_eval

from ..models import field_confirm_mixin
from .common import CustomerFileCase

TODAY = "2026-02-03"
LONG_AGO, STALE, FRESH = "2020-01-01", "2024-02-03", "2024-02-04"
PARTS = ("contact", "person", "company")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestConfirmation(CustomerFileCase):
    """Klara asks customers whether their details are still right; who was not asked is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.set_months(cls.company, 24, 24, 24)
        cls.klara = new_test_user(cls.env, "klara_asks", groups="kunden_crm.group_user")
        cls.partners = cls.env["res.partner"].with_user(cls.klara)
        cls.anna = cls.partners.browse(cls.anna.id)
        cls.firm = cls.partners.create({"name": "Napf GmbH", "is_company": True})
        cls.nicole = cls.partners.create({"name": "Nicole Groß", "parent_id": cls.firm.id})
        cls.depot = cls.partners.create(
            {"name": "Depot", "type": "delivery", "parent_id": cls.firm.id}
        )
        cls.people = cls.anna | cls.firm | cls.nicole | cls.depot
        cls.created(cls.people, LONG_AGO)

    @classmethod
    def set_months(cls, company, *months):
        """After how many months the parts of a file are to be confirmed again."""
        company.write(
            {f"confirm_{part}_months": number for part, number in zip(PARTS, months, strict=True)}
        )

    @classmethod
    def created(cls, partners, day):
        """The files are as old as that."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = ANY(%s)", [day, partners.ids]
        )
        partners.invalidate_recordset(["create_date"])

    def confirm(self, partner, section, day, **values):
        """Klara writes down that a customer confirmed a part of the file on that day."""
        return self.env["kunden.field.confirmation"].create(
            {
                "partner_id": partner.id,
                "section": section,
                "date": day,
                "user_id": self.klara.id,
                **values,
            }
        )

    def due(self, name="confirmation_due", partners=None):
        """Who is to be asked again: as the list finds them, which is what the form shows."""
        partners = self.people if partners is None else partners
        found = partners.search([(name, "=", True), ("id", "in", partners.ids)])
        not_found = partners.search([(name, "=", False), ("id", "in", partners.ids)])
        self.env.invalidate_all()
        self.assertEqual(found, partners.filtered(name).sorted())
        self.assertEqual(not_found, partners.search([("id", "in", partners.ids)]) - found)
        self.assertEqual(
            partners.search([(name, "!=", True), ("id", "in", partners.ids)]), not_found
        )
        return found

    def test_klara_confirms_and_the_reader_sees_when_and_by_whom(self):
        self.assertTrue(self.anna.contact_confirmation_due)
        self.anna.action_confirm_today()
        seen = self.anna.with_user(self.reader)
        self.assertEqual(seen.contact_confirmed_on, date(2026, 2, 3))
        for told in (format_date(seen.env, date(2026, 2, 3)), self.klara.name):
            self.assertIn(told, seen.contact_confirmation)
        self.assertFalse(seen.contact_confirmation_due)
        self.assertFalse(seen.person_confirmed_on or seen.person_confirmation)
        self.assertTrue(seen.person_confirmation_due)
        self.assertEqual(seen.confirmation_ids.create_uid, self.klara)

    def test_once_a_day_is_enough_and_the_last_counts(self):
        self.anna.action_confirm_today("person")
        (self.anna | self.nicole).action_confirm_today("person")
        self.assertEqual(len(self.anna.confirmation_ids), 1)
        self.assertEqual(len(self.nicole.confirmation_ids), 1)
        self.confirm(self.anna, "person", STALE, channel="phone")
        self.assertEqual(self.anna.person_confirmed_on, date(2026, 2, 3))
        self.assertEqual(len(self.anna.confirmation_ids), 2)

    def test_what_was_confirmed_stays_as_it_was(self):
        fact = self.confirm(self.anna, "contact", STALE)
        for user in (self.klara, self.manager, self.officer, self.env.ref("base.user_admin")):
            for change in (fact.with_user(user).unlink, lambda u=user: self.rewrite(fact, u)):
                with self.assertRaises(AccessError):
                    change()

    def rewrite(self, fact, user):
        fact.with_user(user).date = TODAY

    def test_readers_confirm_nothing_and_others_see_nothing(self):
        for user in (self.reader, self.officer, self.colleague):
            with self.assertRaises(AccessError):
                self.anna.with_user(user).action_confirm_today()
        customer = new_test_user(self.env, "portal_of_asked", groups="base.group_portal")
        for user in (self.colleague, customer):
            file = self.anna.with_user(user)
            self.assertNotIn("confirmation_due", file.fields_get())
            self.assertFalse(file.env["kunden.field.confirmation"].has_access("read"))
            for name in ("confirmation_due", "contact_confirmed_on"):
                with self.assertRaises(AccessError):
                    file.search([(name, "=", False)])

    def test_only_what_there_is_and_not_what_is_to_come(self):
        for partner, section, day in (
            (self.firm, "person", TODAY),
            (self.anna, "company", TODAY),
            (self.anna, "contact", "2026-02-04"),
        ):
            with self.assertRaises(ValidationError):
                self.confirm(partner, section, day)

    def test_each_part_is_asked_of_whom_it_concerns(self):
        people = self.anna | self.nicole
        self.assertEqual(self.due("contact_confirmation_due"), (people | self.firm).sorted())
        self.assertEqual(self.due("person_confirmation_due"), people.sorted())
        self.assertEqual(self.due("company_confirmation_due"), self.firm)
        self.set_months(self.company, 0, 0, 24)
        self.assertEqual(self.due(), self.firm)
        self.set_months(self.company, 99999, -1, 0)
        self.assertFalse(self.due())

    def test_on_the_day_after_so_many_months_it_is_due(self):
        self.set_months(self.company, 24, 0, 0)
        for confirmed, is_due in ((STALE, True), (FRESH, False), (STALE, False)):
            self.confirm(self.anna, "contact", confirmed)
            self.assertEqual(self.anna in self.due(), is_due, confirmed)
        self.created(self.nicole, f"{STALE} 23:59:59")
        self.created(self.firm, FRESH)
        self.assertEqual(self.due(), self.nicole)
        self.confirm(self.firm, "contact", LONG_AGO)
        self.assertNotIn(self.firm, self.due())

    def test_only_customer_files(self):
        self.set_months(self.company, 24, 0, 0)
        own = self.company.partner_id.with_user(self.klara)
        self.created(own, LONG_AGO)
        self.assertFalse(self.due(partners=own))
        self.assertNotIn(self.depot, self.due())
        self.anna.active = False
        self.assertNotIn(self.anna, self.due())
        self.assertFalse(self.anna.confirmation_due)
        self.assertFalse(self.partners.new({"name": "Draft"}).confirmation_due)

    def test_each_company_has_its_months(self):
        self.set_months(self.company, 24, 0, 0)
        berlin = self.env["res.company"].create({"name": "Berlin", "confirm_contact_months": 120})
        self.klara.company_ids += berlin
        everybody = self.partners.create({"name": "Otto Überall"})
        people = self.anna | self.firm | everybody
        both = [self.company.id, berlin.id]
        people = people.with_context(allowed_company_ids=both)
        self.anna.company_id = self.company
        self.firm.company_id = berlin
        self.created(everybody, LONG_AGO)
        self.assertEqual(self.due(partners=people), (self.anna | everybody).sorted())
        self.created(self.firm, "2016-02-03")
        self.set_months(self.company, 0, 0, 0)
        self.assertEqual(self.due(partners=people), self.firm)
        in_berlin = people.with_context(allowed_company_ids=both[::-1])
        self.assertEqual(self.due(partners=in_berlin), self.firm)
        self.created(everybody, "2016-02-03")
        self.assertEqual(self.due(partners=in_berlin), (self.firm | everybody).sorted())
        new = self.env["res.company"].create({"name": "New"})
        self.assertEqual([new[f"confirm_{part}_months"] for part in PARTS], [24, 0, 0])

    def test_another_company_sees_nothing(self):
        berlin = self.env["res.company"].create({"name": "Berlin"})
        stranger = new_test_user(
            self.env,
            "stranger_of_asked",
            groups="kunden_crm.group_manager",
            company_id=berlin.id,
            company_ids=[Command.set(berlin.ids)],
        )
        self.anna.company_id = self.company
        fact = self.confirm(self.anna, "contact", STALE).with_user(stranger)
        self.assertFalse(fact.search([("id", "in", fact.ids)]))
        with self.assertRaises(AccessError):
            fact.read(["date"])
        with self.assertRaises(AccessError):
            fact._confirm(self.anna, "contact")
        self.anna.company_id = False
        self.env.invalidate_all()
        self.assertEqual(fact.search([("id", "in", fact.ids)]), fact)

    def test_found_by_the_day(self):
        for partner, days in ((self.anna, (STALE, TODAY)), (self.nicole, (LONG_AGO, STALE))):
            for day in days:
                self.confirm(partner, "person", day)
        people = self.anna | self.nicole | self.firm
        mine = [("id", "in", people.ids)]
        for operator, value, found in (
            (">", STALE, self.anna),
            (">=", STALE, self.anna | self.nicole),
            ("<", TODAY, self.nicole),
            ("<=", TODAY, self.anna | self.nicole),
            ("=", STALE, self.nicole),
            ("in", [STALE, False], self.nicole | self.firm),
            ("=", False, self.firm),
            ("!=", False, self.anna | self.nicole),
            ("!=", STALE, self.anna | self.firm),
            (">=", "today -1d", self.anna),
        ):
            rows = people.search([("person_confirmed_on", operator, value), *mine])
            self.assertEqual(rows, found.sorted(), (operator, value))
        with self.assertRaises(UserError):
            people.search([("person_confirmed_on", "like", "2026")])

    def test_a_merge_takes_the_confirmations_along(self):
        double = self.partners.create({"name": "Anna Berg"})
        self.confirm(self.anna, "contact", STALE)
        self.confirm(double, "contact", TODAY)
        self.confirm(double, "person", STALE)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge([self.anna.id, double.id], self.anna.sudo())
        self.env.invalidate_all()
        self.assertFalse(double.exists())
        self.assertEqual(len(self.anna.confirmation_ids), 3)
        self.assertEqual(self.anna.contact_confirmed_on, date(2026, 2, 3))
        self.assertEqual(self.anna.person_confirmed_on, date(2024, 2, 3))

    def test_the_form_shows_it_where_it_belongs(self):
        for partner, shown in (
            (self.anna, {"contact", "person"}),
            (self.firm, {"contact", "company"}),
            (self.depot, set()),
        ):
            for section in PARTS:
                if (section == "company") == partner.is_company or section == "contact":
                    self.confirm(partner, section, STALE)
            form = Form(partner)
            seen = {p for p in PARTS if not form._get_modifier(f"{p}_confirmation", "invisible")}
            self.assertEqual(seen, shown, partner.name)
        buttons = "//button[@name='action_confirm_today']"
        for user, count in ((self.klara, 3), (self.reader, 0), (self.colleague, 0)):
            partners = self.env["res.partner"].with_user(user)
            arch = etree.fromstring(partners.get_view(view_type="form")["arch"])
            self.assertEqual(len(arch.xpath(buttons)), count, user.name)
        self.assertEqual(arch.xpath("//*[contains(@name, 'confirmation')]"), [])

    def test_the_list_is_filtered(self):
        view = self.env.ref("kunden_crm.view_partner_search").id
        arch = etree.fromstring(self.partners.get_view(view, "search")["arch"])
        (node,) = arch.xpath("//filter[@name='confirmation_due']")
        self.anna.action_confirm_today("contact")
        self.anna.action_confirm_today("person")
        mine = [("id", "in", self.people.ids)]
        found = self.partners.search(safe_eval(node.get("domain")) + mine)
        self.assertEqual(found, (self.firm | self.nicole).sorted())

    def test_the_months_are_settings_of_the_company(self):
        settings = self.env["res.config.settings"].create(
            {f"confirm_{part}_months": 6 for part in PARTS}
        )
        settings.execute()
        self.assertEqual([self.company[f"confirm_{part}_months"] for part in PARTS], [6, 6, 6])

    def test_a_form_costs_nothing_more_or_one_statement(self):
        self.confirm(self.nicole, "contact", STALE)
        view = self.env.ref("kunden_crm.view_partner_form_confirmation")
        for partner, more in ((self.anna, 0), (self.firm, 0), (self.nicole, 1)):
            cost = {}
            for view.active in (True, False):
                spec = Form(partner)._view["fields_spec"]
                self.assertEqual("contact_confirmation" in spec, view.active)
                cost[view.active] = self.statements(lambda p=partner, s=spec: p.web_read(s))
            self.assertEqual(cost[True] - cost[False], more, partner.name)

    def test_many_cost_what_one_costs(self):
        names = dict.fromkeys(("contact_confirmation", "confirmation_due"), {})
        for partner in self.people:
            self.confirm(partner, "contact", STALE)
        one = self.statements(lambda: self.nicole.web_read(names))
        self.assertEqual(self.statements(lambda: self.people.web_read(names)), one)
        wanted = [("confirmation_due", "=", True)]
        self.assertLessEqual(self.statements(lambda: self.partners.search(wanted, limit=80)), 6)

    def statements(self, act):
        """How many statements that takes when rights are known and nothing else."""
        for _again in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            act()
        return self.env.cr.sql_log_count - before

    def test_the_list_of_confirmations_tells_what_is_overdue(self):
        self.confirm(self.anna, "contact", LONG_AGO)
        overdue = self.confirm(self.anna, "contact", STALE)
        overdue |= self.confirm(self.firm, "company", LONG_AGO)
        fresh = self.confirm(self.anna, "person", FRESH)
        fresh |= self.confirm(self.nicole, "contact", FRESH)
        facts = self.env["kunden.field.confirmation"].with_user(self.reader)
        mine = [("partner_id", "in", self.people.ids)]
        arch = etree.fromstring(facts.get_view(view_type="search")["arch"])
        found = {
            node.get("name"): facts.search(
                safe_eval(node.get("domain"), {"uid": self.klara.id}) + mine
            )
            for node in arch.xpath("//filter[@domain]")
        }
        self.assertEqual(found["is_overdue"], overdue.sorted())
        self.assertEqual(found["is_overdue"].filtered("is_overdue"), found["is_overdue"])
        self.assertFalse(any(fresh.mapped("is_overdue")))
        self.assertEqual(found["company"].partner_id, self.firm)
        self.assertEqual(found["mine"], found["contact"] | found["person"] | found["company"])
        self.assertEqual(facts.search([("is_overdue", "=", False), *mine]), found["mine"] - overdue)

    def test_many_files_are_recorded_at_once(self):
        action = self.people.action_confirm_details()
        dialogue = self.env[action["res_model"]].with_user(self.klara)
        form = Form(dialogue.with_context(**action["context"]))
        self.assertEqual((form.confirmed_count, form.left_out_count), (3, 1), "the depot")
        form.section = "person"
        self.assertEqual((form.confirmed_count, form.left_out_count), (2, 2))
        form.date, form.channel = STALE, "phone"
        dialogue = form.save()
        for number in (2, 0):
            self.assertIn(str(number), dialogue.action_confirm()["params"]["message"])
        facts = self.people.confirmation_ids
        self.assertEqual(facts.partner_id, self.anna | self.nicole)
        self.assertEqual(set(facts.mapped("channel")), {"phone"})
        self.assertEqual(facts.user_id, self.klara)
        with self.assertRaises(AccessError):
            Form(dialogue.with_user(self.reader).with_context(**action["context"]))
        with patch.object(field_confirm_mixin, "MOST", 3), self.assertRaises(UserError):
            self.people.action_confirm_details()

    def test_a_confirmation_tells_its_day(self):
        fact = self.env["kunden.field.confirmation"].with_user(self.klara)
        fact = fact.create({"partner_id": self.anna.id, "section": "contact"})
        self.assertEqual((fact.date, fact.user_id), (fields.Date.to_date(TODAY), self.klara))
        self.assertEqual(fact.display_name, TODAY)
