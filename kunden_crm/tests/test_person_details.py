from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .common import CustomerFileCase

TWO_WEEKS = [("next_birthday", ">=", "today"), ("next_birthday", "<=", "today +14d")]


@tagged("post_install", "-at_install")
class TestBirthdays(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        births = {
            "leap": date(2000, 2, 29),
            "march": date(1980, 3, 1),
            "new_year": date(1975, 1, 3),
            "christmas": date(1990, 12, 24),
            "unknown": False,
        }
        cls.people = cls.env["res.partner"].create(
            [{"name": name, "birthdate_date": birth} for name, birth in births.items()]
        )

    def found(self, domain):
        """The names of those of our people whom a clerk finds."""
        domain = Domain(domain) & Domain("id", "in", self.people.ids)
        return set(self.env["res.partner"].with_user(self.clerk).search(domain).mapped("name"))

    def test_the_next_two_weeks_go_on_into_the_new_year(self):
        with freeze_time("2026-12-20"):
            self.assertEqual(self.found(TWO_WEEKS), {"christmas", "new_year"})
            new_year = self.people.filtered(lambda person: person.name == "new_year")
            self.assertEqual(new_year.next_birthday, date(2027, 1, 3))

    def test_who_is_born_on_a_leap_day_is_congratulated_on_the_first_of_march(self):
        with freeze_time("2026-02-20"):
            self.assertEqual(self.found(TWO_WEEKS), {"leap", "march"})
            self.assertEqual(self.found([("next_birthday", "=", "2026-03-01")]), {"leap", "march"})
        with freeze_time("2028-02-20"):
            self.assertEqual(self.found([("next_birthday", "=", "2028-02-29")]), {"leap"})
            self.assertEqual(self.found([("next_birthday", "=", "2028-03-01")]), {"march"})

    def test_a_search_finds_exactly_those_whom_the_field_shows(self):
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 24), date(2027, 1, 3)]
        compare = {
            "<": lambda day, limit: day < limit,
            "<=": lambda day, limit: day <= limit,
            ">": lambda day, limit: day > limit,
            ">=": lambda day, limit: day >= limit,
            "=": lambda day, limit: day == limit,
        }
        with freeze_time("2026-02-20"):
            shown = {person.name: person.next_birthday for person in self.people}
            for limit in [*days, date(2025, 1, 1), date(2030, 1, 1)]:
                for operator, holds in compare.items():
                    expected = {name for name, day in shown.items() if day and holds(day, limit)}
                    self.assertEqual(
                        self.found([("next_birthday", operator, limit)]),
                        expected,
                        (operator, limit),
                    )

    def test_who_has_no_birthday_can_be_found_too(self):
        self.assertEqual(self.found([("next_birthday", "=", False)]), {"unknown"})
        self.assertEqual(len(self.found([("next_birthday", "!=", False)])), 4)

    def test_an_unknown_operator_is_refused(self):
        with self.assertRaises(UserError):
            self.found([("next_birthday", "like", "2026")])

    def test_a_range_of_days_is_read_from_the_index(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'res_partner_birthday'"
        )
        self.assertIn("birthday_key > 0", self.env.cr.fetchone()[0])

    def test_contacts_from_before_the_installation_get_their_key_by_one_statement(self):
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE res_partner DROP COLUMN birthday_key")
        self.env.cr.execute("DROP TABLE kunden_interest_topic_partner_rel")
        computed = []
        for name in ("_compute_birthday_key", "_compute_interest_topic_ids"):
            self.patch(type(self.people), name, computed.append)
        self.registry.init_models(self.env.cr, ["res.partner"], {"module": "kunden_crm"})
        self.env.flush_all()
        self.assertFalse(computed)
        self.env.invalidate_all()
        self.assertEqual(self.people.mapped("birthday_key"), [229, 301, 103, 1224, 0])
        self.assertEqual(self.found([("next_birthday", "=", False)]), {"unknown"})

    def test_a_changed_birth_date_changes_the_key(self):
        self.assertEqual(self.people[0].birthday_key, 229)
        self.people[0].birthdate_date = date(2000, 12, 31)
        self.assertEqual(self.people[0].birthday_key, 1231)
        self.people[0].birthdate_date = False
        self.assertEqual(self.people[0].birthday_key, 0)


@tagged("post_install", "-at_install")
class TestInterests(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hiking = cls.env.ref("kunden_crm.topic_leisure_hiking")
        cls.beach = cls.env.ref("kunden_crm.topic_holiday_beach")

    def test_a_clerk_records_when_and_from_whom_an_interest_is_known(self):
        stated = {"topic_id": self.hiking.id, "source": "said on the phone"}
        with freeze_time("2026-05-04"):
            self.anna.with_user(self.clerk).interest_ids = [Command.create(stated)]
        interest = self.anna.interest_ids
        self.assertEqual(interest.stated_on, date(2026, 5, 4))
        self.assertEqual(interest.stated_by_id, self.clerk)
        self.assertEqual(interest.category, "leisure")
        self.assertEqual(self.anna.interest_topic_ids, self.hiking)

    def test_a_statement_is_ended_and_not_rewritten(self):
        anna = self.anna.with_user(self.clerk)
        anna.interest_ids = [Command.create({"topic_id": self.hiking.id})]
        with self.assertRaises(UserError):
            anna.interest_ids.topic_id = self.beach
        anna.interest_ids.write({"topic_id": self.hiking.id, "ended_on": date(2026, 6, 1)})
        self.assertFalse(anna.interest_topic_ids)
        anna.interest_ids.unlink()
        self.assertFalse(anna.interest_ids)

    def test_customers_are_searched_and_grouped_by_what_interests_them(self):
        bernd = self.anna.create({"name": "Bernd Berg"})
        for person, topics in ((self.anna, self.hiking | self.beach), (bernd, self.beach)):
            person.interest_ids = [Command.create({"topic_id": topic.id}) for topic in topics]
        self.env.flush_all()
        partners = self.env["res.partner"].with_user(self.reader)
        self.assertEqual(partners.search([("interest_topic_ids", "=", self.hiking.id)]), self.anna)
        groups = partners._read_group(
            [("id", "in", (self.anna | bernd).ids)], ["interest_topic_ids"], ["__count"]
        )
        self.assertEqual(dict(groups), {self.hiking: 1, self.beach: 2})

    def test_a_reader_sees_interests_and_states_none(self):
        self.anna.interest_ids = [Command.create({"topic_id": self.hiking.id})]
        anna = self.anna.with_user(self.reader)
        self.assertEqual(anna.interest_ids.topic_id.category, "leisure")
        with self.assertRaises(AccessError):
            anna.interest_ids.ended_on = date(2026, 6, 1)
        with self.assertRaises(AccessError):
            anna.with_user(self.colleague).interest_topic_ids  # noqa: B018

    def test_a_duplicate_has_stated_nothing(self):
        self.anna.interest_ids = [Command.create({"topic_id": self.hiking.id})]
        self.anna.online_profile_ids = [Command.create({"url": "https://x.com/anna"})]
        double = self.anna.with_user(self.clerk).copy()
        self.assertFalse(double.interest_ids)
        self.assertFalse(double.interest_topic_ids)
        self.assertFalse(double.online_profile_ids)


@tagged("post_install", "-at_install")
class TestOccupationClasses(CustomerFileCase):
    def test_both_systems_are_shipped_with_their_versions(self):
        classes = self.env["kunden.occupation.class"].with_user(self.reader)
        count = {
            (system, version): number
            for system, version, number in classes._read_group(
                [], ["system", "version"], ["__count"]
            )
        }
        self.assertEqual(count, {("isco08", "2008"): 10, ("pcs", "2003"): 8, ("pcs", "2020"): 6})

    def test_a_class_is_found_by_code_and_by_name(self):
        classes = self.env["kunden.occupation.class"].with_user(self.clerk)
        managers = self.env.ref("kunden_crm.occupation_isco08_1")
        name = managers.with_context(lang="en_US").name
        found = [id_ for id_, _name in classes.with_context(lang="en_US").name_search(name)]
        self.assertIn(managers.id, found)
        self.assertIn(managers.id, [id_ for id_, _name in classes.name_search("1")])
        self.assertEqual(managers.with_context(lang="en_US").display_name, "ISCO-08 1: Managers")
        farmers = self.env.ref("kunden_crm.occupation_pcs2020_1")
        self.assertTrue(farmers.display_name.startswith("PCS 2020 1: "))

    def test_a_class_in_use_is_retired_and_not_lost(self):
        managers = self.env.ref("kunden_crm.occupation_isco08_1")
        self.anna.with_user(self.clerk).occupation_class_id = managers
        managers.with_user(self.manager).active = False
        self.assertEqual(self.anna.with_user(self.clerk).occupation_class_id, managers)
        with self.assertRaises(AccessError):
            managers.with_user(self.manager).unlink()


@tagged("post_install", "-at_install")
class TestCreationBudget(CustomerFileCase):
    def test_details_that_nobody_enters_cost_no_query(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        details = ("kunden_interest", "kunden_profile", "kunden_figure", "kunden_household")
        partners.create({"name": "Warm Up"})
        self.env.flush_all()
        asked = []
        execute = type(self.env.cr).execute

        def note(cursor, query, *args, **kwargs):
            asked.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", note)
        partners.create({"name": "Bare Person"})
        self.env.flush_all()
        self.assertFalse([query for query in asked if any(table in query for table in details)])
