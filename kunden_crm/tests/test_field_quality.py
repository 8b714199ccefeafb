from itertools import pairwise
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import CustomerFileCase

TODAY = "2026-05-20 10:00:00"
LONG_AGO = "2020-01-01"
# Klara's five files: what is wrong in each.
FILES = {
    "Anna Ohneort": {"phone": "0221 4710900"},
    "Bernd Strich": {"city": "k.A.", "phone": "siehe Notiz", "email": "gibtsnicht"},
    "Clara Gut": {"city": "Ulm", "phone": "0221 4710901", "email": "clara@napf.example"},
    "Doris Prall": {"city": "Ulm", "mobile": "12", "email": "doris@napf.example"},
    "Napf Futter GmbH": {"is_company": True, "city": "xxx", "occupation": "?"},
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFieldQuality(CustomerFileCase):
    """Klara of the Napf AG looks at the figures and opens the files behind them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.napf = cls.env["res.company"].create({"name": "Napf AG", "country_id": cls.germany.id})
        cls.other = cls.env["res.company"].create({"name": "Andere AG"})
        months = {f"confirm_{part}_months": 0 for part in ("person", "company")}
        (cls.napf | cls.other).write({**months, "confirm_contact_months": 24})
        cls.klara = cls.make_user("klara_counts", cls.napf)
        cls.boss = cls.make_user("boss_counts", cls.napf, "kunden_crm.group_manager")
        cls.stranger = cls.make_user("stranger_counts", cls.other)
        cls.team = cls.env["crm.team"].create({"name": "Team Köln", "company_id": cls.napf.id})
        cls.team.member_ids = cls.klara
        cls.city = cls.env.ref("kunden_crm.catalogue_city")
        cls.env["kunden.field.rule"].create({"catalogue_id": cls.city.id, "customer_kind": "any"})
        cls.make_files()
        cls.figures = cls.env["kunden.field.quality"]

    @classmethod
    def make_user(cls, login, company, groups="kunden_crm.group_user"):
        """Somebody who works for one company only."""
        inside = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        return new_test_user(cls.env, login, groups=groups, **inside)

    @classmethod
    def make_files(cls):
        """Klara's files, and contacts that are none; Anna is an old customer."""
        made = {"company_id": cls.napf.id, "country_id": cls.germany.id}
        partners = cls.env["res.partner"].with_user(cls.klara)
        cls.files = partners.create(
            [{"name": name, **made, **values} for name, values in FILES.items()]
        ).sudo()
        cls.anna, cls.bernd, cls.clara, cls.doris, cls.firm = cls.files
        (cls.anna | cls.bernd).user_id = cls.klara
        cls.clara.user_id = cls.boss
        cls.doris.message_bounce = 2
        cls.env["res.partner"].create(
            [
                {"name": "Lager", "parent_id": cls.firm.id, "type": "delivery", **made},
                {"name": "Weg", "active": False, **made},
                {"name": "Nur Lieferant", "supplier_rank": 1, **made},
                {"name": "Eigene Kollegin", "employee": True, **made},
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s", [LONG_AGO, cls.anna.id]
        )
        cls.env.invalidate_all()

    def compute(self):
        self.figures._compute_figures()

    def find(self, measure, dimension="all", user=None, **key):
        """The newest figure of the Napf AG, as somebody reads it."""
        asked = {"measure": measure, "dimension": dimension, "company_id": self.napf.id, **key}
        domain = [("is_newest", "=", True), *((name, "=", value) for name, value in asked.items())]
        return self.figures.with_user(user or self.boss).search(domain)

    def opened(self, figure):
        """The files that the button opens."""
        action = figure.action_open_files()
        return self.env["res.partner"].with_user(figure.env.user).search(action["domain"])

    def test_the_figures_of_all_files(self):
        self.compute()
        for measure, wrong, total in (
            ("missing", self.anna | self.bernd | self.firm, 5),
            ("completeness", self.anna | self.bernd | self.firm, 5),
            ("junk", self.bernd | self.firm, 5),
            ("phone", self.bernd | self.doris, 4),
            ("email", self.bernd | self.doris, 3),
            ("overdue", self.anna, 5),
        ):
            figure = self.find(measure)
            self.assertEqual((figure.count, figure.total), (len(wrong), total), measure)
            self.assertEqual(self.opened(figure), wrong.with_user(self.boss), measure)
        self.assertEqual(self.find("missing").share, 0.6)
        files = self.env["res.partner"].search([("company_id", "=", self.napf.id)])
        means = files.filtered("is_customer_file").mapped("completeness")
        self.assertAlmostEqual(self.find("completeness").share, sum(means) / len(means) / 100)

    def test_every_figure_opens_exactly_the_files_that_it_counts(self):
        self.env["kunden.field.confirmation"].create(
            {"partner_id": self.clara.id, "section": "contact", "user_id": self.klara.id}
        )
        self.napf.confirm_person_months = 1
        self.compute()
        rows = self.figures.with_user(self.boss).search([("is_newest", "=", True)])
        own = rows.filtered(lambda row: row.company_id == self.napf)
        self.assertEqual(
            set(own.mapped("dimension")),
            {"all", "goal", "field", "section", "origin", "team", "user"},
        )
        for row in rows:
            told = (row.measure, row.dimension, row.name, row.company_id.name)
            self.assertEqual(len(self.opened(row)), row.count, told)
            self.assertTrue(row.name, told)
        for measure in ("completeness", "missing", "junk", "phone", "email", "overdue"):
            whole = self.find(measure)
            for dimension in ("origin", "team", "user"):
                parts = self.find(measure, dimension)
                self.assertEqual(sum(parts.mapped("count")), whole.count, (measure, dimension))
                self.assertEqual(sum(parts.mapped("total")), whole.total, (measure, dimension))

    def test_figures_by_field_team_owner_and_origin(self):
        self.compute()
        missing = self.find("missing", "field", field_id=self.city.id)
        self.assertEqual((missing.name, missing.count, missing.total), (self.city.name, 3, 5))
        filled = self.find("completeness", "field", field_id=self.city.id)
        self.assertAlmostEqual(filled.share, 0.4)
        junk = self.find("junk", "field", field_id=self.city.id)
        self.assertEqual(self.opened(junk), (self.bernd | self.firm).with_user(self.boss))
        self.assertEqual(self.find("missing", "team", team_id=self.team.id).count, 2)
        self.assertEqual(self.find("missing", "user", user_id=False).name, "Without an owner")
        self.assertEqual(self.find("missing", "origin").mapped("origin"), ["unknown"])
        shop = self.env.ref("base.public_user")
        robot = new_test_user(self.env, "robot", groups="kunden_crm.group_user")
        robot.is_strict_integration = True
        self.env.flush_all()
        for partner, creator in ((self.anna, shop), (self.bernd, robot), (self.firm, None)):
            self.env.cr.execute(
                "UPDATE res_partner SET create_uid = %s, file_origin = NULL WHERE id = %s",
                [creator and creator.id, partner.id],
            )
        self.env.invalidate_all()
        self.compute()
        told = {row.origin: self.opened(row).ids for row in self.find("missing", "origin")}
        self.assertEqual(
            told,
            {
                "unknown": [],
                "web": self.anna.ids,
                "integration": self.bernd.ids,
                "system": self.firm.ids,
            },
        )
        origins = self.files.mapped("file_origin")
        self.assertEqual(origins, ["web", "integration", "unknown", "unknown", "system"])
        asked = [("file_origin", "!=", "unknown"), ("id", "in", self.files.ids)]
        self.assertEqual(self.env["res.partner"].search(asked), self.anna | self.bernd | self.firm)
        shown = self.env["res.partner"].fields_get(["file_origin"])["file_origin"]["selection"]
        self.assertIn(("web", "Shop, Web Form or Portal"), shown)

    def test_a_goal_lacks_what_serves_it(self):
        self.compute()
        goal = self.city.goal_ids[0]
        figure = self.find("missing", "goal", goal_id=goal.id)
        self.assertEqual((figure.count, figure.total), (3, 5))
        self.assertEqual(self.find("completeness", "goal", goal_id=goal.id).share, 0.4)
        goal.active = False
        self.compute()
        self.assertFalse(self.find("missing", "goal", goal_id=goal.id))

    def test_of_each_month_that_is_over_one_day_stays(self):
        for day in ("2026-03-10", "2026-03-31", "2026-04-02", "2026-05-04", "2026-05-05"):
            step = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=9)
            with freeze_time(f"{day} 03:00"), step:
                self.figures._cron_compute()
        self.compute()
        self.compute()
        rows = self.figures.search(
            [
                ("measure", "=", "missing"),
                ("dimension", "=", "all"),
                ("company_id", "=", self.napf.id),
            ]
        )
        days = [(row.day.isoformat(), row.is_newest, row.ends_month) for row in rows]
        self.assertEqual(
            days,
            [
                ("2026-05-20", True, True),
                ("2026-05-05", False, False),
                ("2026-05-04", False, False),
                ("2026-04-02", False, True),
                ("2026-03-31", False, True),
            ],
        )
        trend = self.figures.formatted_read_group(
            [("id", "in", rows.filtered("ends_month").ids)], ["day:month"], ["count:sum"]
        )
        self.assertEqual([month["count:sum"] for month in trend], [3, 3, 3])

    def test_a_large_file_is_counted_in_steps(self):
        """The night is cut off, another one goes on where it was; the figures are the same."""

        def rows():
            self.env.invalidate_all()
            figures = self.figures.search([("is_newest", "=", True)])
            return {row.key: (row.count, row.total, round(row.share, 9)) for row in figures}

        self.compute()
        expected, count_range = rows(), type(self.figures)._count_range
        self.assertGreater(len(expected), 20)
        self.figures.search([]).unlink()
        steps = []

        def counted(figures, day, after, up_to):
            steps.append((after, up_to))
            count_range(figures, day, after, up_to)

        cron, kind = type(self.env["ir.cron"]), type(self.figures)
        with patch.object(kind, "_count_range", counted):
            with patch.object(cron, "_commit_progress", side_effect=[9, 0]):
                self.figures._cron_compute(batch=4)
            self.assertEqual((len(steps), rows()), (2, {}))
            with patch.object(cron, "_commit_progress", return_value=9):
                self.figures._cron_compute(batch=4)
        self.assertEqual(rows(), expected)
        everybody = self.env["res.partner"].with_context(active_test=False)
        self.assertEqual(steps[-1][1], everybody.search([], order="id desc", limit=1).id)
        for (_after, up_to), (after, _up_to) in pairwise(steps):
            self.assertEqual(up_to, after, "nobody is left out, nobody is counted twice")

    def test_a_mean_share_is_weighed_by_the_files(self):
        self.compute()
        domain = [("id", "in", self.find("missing", "user").ids)]
        ((mean,),) = self.figures._read_group(domain, [], ["share:avg"])
        self.assertAlmostEqual(mean, 0.6)

    def test_who_sees_which_figures(self):
        self.env["res.partner"].create({"name": "Fremd", "company_id": self.other.id})
        self.compute()
        theirs = self.figures.with_user(self.stranger).search([("is_newest", "=", True)])
        self.assertIn(self.other, theirs.company_id)
        self.assertNotIn(self.napf, theirs.company_id)
        with self.assertRaises(AccessError):
            self.find("missing").with_user(self.stranger).action_open_files()
        with self.assertRaises(AccessError):
            self.figures.with_user(self.colleague).action_compute()
        owners = self.find("missing", "user", user=self.klara).user_id
        self.assertEqual(owners, self.klara)
        self.assertIn(self.boss, self.find("missing", "user").user_id)
        with self.assertRaises(AccessError):
            self.find("missing", user=self.klara).write({"count": 0})

    def test_figures_of_a_protected_field_are_for_its_readers(self):
        secret = self.env["kunden.field"].create(
            {"name": "Schulden", "field_type": "char", "sensitivity": "confidential"}
        )
        self.env["kunden.field.rule"].create({"catalogue_id": secret.id})
        self.files[0][secret.technical_name] = "k.A."
        self.compute()
        self.assertFalse(self.find("missing", "field", self.klara, field_id=secret.id))
        self.assertFalse(self.find("junk", "field", self.klara, field_id=secret.id))
        figure = self.find("missing", "field", field_id=secret.id)
        self.assertEqual((figure.count, len(self.opened(figure))), (5, 5))
        junk = self.find("junk", "field", field_id=secret.id)
        self.assertEqual((junk.count, self.opened(junk)), (1, self.anna.with_user(self.boss)))
        self.assertEqual(self.find("junk").count, 2, "the sum of all does not tell")
        partners = self.env["res.partner"].with_user(self.klara)
        self.assertFalse(partners.search([("junk_field_ids", "in", secret.ids)]))
        self.assertFalse(self.anna.with_user(self.klara).junk_field_ids)
        self.assertEqual(self.anna.with_user(self.boss).junk_field_ids, secret)
        with self.assertRaises(AccessError):
            partners.with_user(self.colleague).search([("file_origin", "=", "web")])

    def test_the_number_of_statements_stays_with_sixty_fields(self):
        def queries():
            self.env.invalidate_all()
            self.compute()
            before = self.env.cr.sql_log_count
            self.compute()
            return self.env.cr.sql_log_count - before

        few = queries()
        fields = self.env["kunden.field"].create(
            [{"name": f"Feld {number}", "field_type": "char"} for number in range(55)]
        )
        self.env["kunden.field.rule"].create([{"catalogue_id": each.id} for each in fields])
        self.assertEqual(queries(), few)

    def test_placeholders_of_all_kinds(self):
        day, page = self.env["kunden.field"].create(
            [{"name": "Feld date", "field_type": "date"}, {"name": "Feld", "field_type": "text"}]
        )
        comment = self.env["kunden.field"].search([("technical_name", "=", "comment")])
        self.anna.write(
            {day.technical_name: "1900-01-01", page.technical_name: "\n", "comment": "<p>xxx</p>"}
        )
        self.clara.write({day.technical_name: "1990-01-01", "comment": "<p><br></p>"})
        self.assertEqual(self.anna.junk_field_ids, comment | day)
        self.assertFalse(self.clara.junk_field_ids)
        partners = self.env["res.partner"]
        clean = partners.search([("junk_field_ids", "=", False), ("id", "in", self.files.ids)])
        self.assertEqual(clean, self.clara | self.doris)
        self.assertFalse(partners.search([("junk_field_ids", "in", [])]))

    def test_the_only_company_counts_the_files_of_all(self):
        self.anna.company_id = False
        only = patch.object(type(self.figures), "_only_company", lambda _self: self.napf)
        with only:
            self.compute()
            figure = self.find("missing")
            self.assertIn(self.anna.id, self.opened(figure).ids)
            self.assertEqual(len(self.opened(figure)), figure.count)
            overdue = self.find("overdue")
            self.assertIn(self.anna.id, self.opened(overdue).ids)
            self.assertEqual(len(self.opened(overdue)), overdue.count)

    def test_files_of_all_companies_go_by_the_most_patient(self):
        self.anna.company_id = False
        companies = self.env["res.company"].search([])
        for months, due in ((24, True), (120, False), (0, False)):
            companies.confirm_contact_months = 12
            self.other.confirm_contact_months = months
            self.compute()
            figure = self.figures.search(
                [
                    ("is_newest", "=", True),
                    ("measure", "=", "overdue"),
                    ("dimension", "=", "all"),
                    ("company_id", "=", False),
                ]
            )
            found = self.opened(figure)
            self.assertEqual((self.anna in found, len(found)), (due, figure.count), months)

    def test_computed_at_once_or_by_the_scheduler(self):
        klara = self.figures.with_user(self.klara)
        told = klara.action_compute()["params"]["message"]
        self.assertEqual(told, "The figures are of now.")
        figure = self.find("missing", user=self.klara)
        self.assertFalse(figure.is_stale)
        self.assertIn("files", figure.told)
        self.assertTrue(figure.age.startswith("As of "))
        with freeze_time("2026-05-23 10:00"):
            figure.invalidate_recordset()
            self.assertTrue(figure.is_stale)
        parts = figure.action_open_parts()
        found = klara.search([*parts["domain"], ("is_newest", "=", True)])
        self.assertEqual(set(found.mapped("measure")), {"missing"})
        before = figure.computed_at
        checks = type(self.env["kunden.field.check"])
        with patch.object(checks, "_contacts_at_most", return_value=False):
            told = klara.action_compute()["params"]["message"]
        self.assertIn("in a few minutes", told)
        self.assertEqual(figure.computed_at, before)
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("kunden_crm.cron_field_quality").id)]
        )
        self.assertTrue(triggers)

    def test_the_owner_is_asked_once_to_put_it_right(self):
        self.compute()
        files = self.opened(self.find("phone", user=self.klara)).with_user(self.klara)
        files = files.with_context(quality_measure="phone")
        told = files.action_ask_to_correct()["params"]["message"]
        self.assertEqual(told, "2 owners asked, 0 had been asked before.")
        self.assertEqual(self.bernd.activity_ids.user_id, self.klara)
        self.assertEqual(self.bernd.activity_ids.summary, "Please check: Unreadable Phone Numbers")
        told = files.action_ask_to_correct()["params"]["message"]
        self.assertEqual(told, "0 owners asked, 2 had been asked before.")

    def test_another_measure_is_a_branch_more(self):
        more = [self.figures._by_group("junk", SQL("percent = 0"))]
        with (
            patch.object(type(self.figures), "_branches", return_value=more),
            patch.object(type(self.figures), "_wrong_junk", lambda row: row._wrong_missing()),
        ):
            self.compute()
            figure = self.find("junk")
            self.assertEqual((figure.count, len(self.opened(figure))), (3, 3))
            self.assertFalse(self.find("missing"))
