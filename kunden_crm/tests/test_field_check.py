from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..kernel.blanks import is_blank
from .common import CustomerFileCase

CHECK = "odoo.addons.kunden_crm.models.field_check"
TEXTS = (
    *("", " ", "-", "?", "...", "–", "\u00a0", "k.A.", "K.A. ", "xxx", "XXXX", "01.01.1900"),
    *("Ulm", "xxx Ulm", "-a-", "0", "中", "é", "k", "'; DROP TABLE x; --", "%s", "<p></p>"),
)


@tagged("post_install", "-at_install")
class TestFieldCheck(CustomerFileCase):
    """A changed rule has all files judged: few at once, many by a job that may be killed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls.env.ref("kunden_crm.catalogue_city")
        cls.rules = cls.env["kunden.field.rule"].with_user(cls.manager)
        cls.checks = cls.env["kunden.field.check"]
        cls.partners = cls.env["res.partner"]
        cls.people = cls.partners.create([{"name": f"Nr. {n}"} for n in range(10)])

    def lacking(self):
        """The contacts of this story whose city is said to be missing."""
        return self.partners.search(
            [("id", "in", self.people.ids), ("missing_field_ids", "in", self.city.ids)]
        )

    @contextmanager
    def statements(self):
        """The statements that are sent meanwhile."""
        told, execute = [], type(self.env.cr).execute

        def listen(cursor, query, *args, **kwargs):
            told.append(query.code % tuple(query.params) if isinstance(query, SQL) else str(query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", listen):
            yield told

    def begin_job(self):
        """A rule in a file that is too large to be judged at once."""
        with patch(f"{CHECK}.AT_ONCE", 0):
            self.rules.create({"catalogue_id": self.city.id})
        return self.checks.search([], limit=1)

    def test_a_job_goes_on_where_it_was_stopped(self):
        check = self.begin_job()
        self.assertEqual(check.state, "running")
        self.assertFalse(self.lacking())
        saved = self.people[5]
        saved.phone = "0221 1234567"
        self.assertFalse(saved.missing_field_ids)
        saved.city = "-"
        self.assertEqual(self.lacking(), saved)
        middle = self.people[3].id
        steps = []

        def time_is_up(_cron, _processed, remaining):
            steps.append(remaining)
            return 0

        with (
            patch.object(type(check), "_next_position", lambda *_args: middle),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", time_is_up),
        ):
            self.checks._cron_check()
        self.assertEqual((check.state, check.position), ("running", middle))
        self.assertGreater(steps[0], 0)
        self.assertLess(check.progress, 100)
        self.assertEqual(self.lacking(), self.people[:4] | saved)
        going_on = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=9)
        with going_on as step:
            self.checks._cron_check(batch=4)
        self.assertGreater(step.call_count, 1)
        self.assertEqual((check.state, check.progress), ("done", 100))
        self.assertTrue(check.done_at)
        self.assertEqual(self.lacking(), self.people)

    def test_a_newer_rule_takes_the_place_of_a_running_job(self):
        first = self.begin_job()
        self.rules.search([("catalogue_id", "=", self.city.id)]).active = False
        self.assertEqual(first.state, "replaced")
        self.assertEqual(self.checks.search([], limit=1).state, "done")
        self.assertFalse(self.lacking())

    def test_nobody_is_judged_without_a_change(self):
        self.checks._cron_check()
        self.checks._cron_check_all()
        self.rules.create({"catalogue_id": self.city.id})
        version = self.checks._version()
        self.checks._cron_check()
        self.assertEqual(self.checks._version(), version)
        self.checks._cron_check_all()
        self.assertGreater(self.checks._version(), version)

    def test_the_statement_calls_blank_what_the_kernel_calls_blank(self):
        texts = self.partners.create([{"name": "Eva", "city": text} for text in TEXTS])
        self.rules.create({"catalogue_id": self.city.id})
        keys = set(self.env["kunden.field.placeholder"]._texts_and_days()[0])
        for partner in texts:
            blank = is_blank(partner.city, keys)
            self.assertEqual(self.city in partner.missing_field_ids, blank, repr(partner.city))

    def test_the_statement_judges_exactly_the_files(self):
        supplier = self.partners.create({"name": "Nur Lieferant", "supplier_rank": 1})
        both = self.partners.create(
            {"name": "Auch Kunde", "supplier_rank": 1, "customer_stage": "customer"}
        )
        self.rules.create({"catalogue_id": self.city.id})
        everybody = self.partners.with_context(active_test=False).search([])
        judged = set(self.env["kunden.field.verdict"]._read(everybody.ids))
        files = self.partners.search([("is_customer_file", "=", True)])
        self.assertEqual(judged, set(files.ids))
        self.assertNotIn(supplier.id, judged)
        self.assertIn(both.id, judged)

    def test_every_process_learns_of_a_changed_rule(self):
        self.env.registry.cache_invalidated.clear()
        self.rules.create({"catalogue_id": self.city.id})
        self.assertLessEqual({"default", "templates"}, self.env.registry.cache_invalidated)

    def test_kinds_of_fields(self):
        number, money, day, answer, many, link = self.env["kunden.field"].create(
            [
                {"name": f"Feld {kind}", "field_type": kind}
                for kind in ("integer", "monetary", "date", "boolean", "many2many", "many2one")
            ]
        )
        zero = number.create(
            {"name": "Null zählt", "field_type": "integer", "zero_is_answer": True}
        )
        option = self.env["kunden.field.option"].create({"name": "A", "catalogue_id": many.id})
        comment = self.env["kunden.field"].search([("technical_name", "=", "comment")])
        interests = self.env.ref("kunden_crm.catalogue_interest_ids")
        asked = number | money | day | answer | many | link | zero | comment | interests
        self.rules.create([{"catalogue_id": entry.id, "customer_kind": "any"} for entry in asked])
        eva = self.people[0]
        self.assertEqual(eva.missing_field_ids, asked.sorted())
        eva.write(
            {
                number.technical_name: 0,
                zero.technical_name: 0,
                money.technical_name: 0.5,
                day.technical_name: "2026-05-04",
                answer.technical_name: "no",
                many.technical_name: [option.id],
                link.technical_name: self.anna.id,
                "comment": "<p><br></p>",
            }
        )
        self.assertEqual(eva.missing_field_ids, (number | comment | interests).sorted())
        eva.comment = "<p>Kommt gern <b>vorbei</b></p>"
        self.assertNotIn(comment, eva.missing_field_ids)

    def test_few_are_judged_by_a_function_that_the_database_has_planned(self):
        """The same statement, planned once for each connection; of many, and before it is there,
        the statement itself.
        """
        self.rules.create({"catalogue_id": self.city.id, "domain": "[('name', '=', 'Nr. 3')]"})
        third, verdicts = self.people[3], self.env["kunden.field.verdict"]
        with self.statements() as told:
            self.people.write({"city": "Ulm"})
            self.env.flush_all()
            third.city = "k.A."
            self.env.flush_all()
        self.assertEqual(self.lacking(), third)
        name, _text = verdicts._function(self.env["kunden.field.rule"]._today())
        self.assertEqual(sum(f'"{name}"(' in statement for statement in told), 2)
        self.assertFalse([each for each in told if "UPDATE kunden_field_verdict" in each])
        with self.statements() as told:
            many = self.partners.create([{"name": "Nr. 3"} for _number in range(60)])
            self.env.flush_all()
        self.assertEqual(many.missing_field_ids, self.city)
        self.assertFalse([statement for statement in told if name in statement])

    def functions(self):
        self.env.cr.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'kunden_judge_%'")
        return {name for (name,) in self.env.cr.fetchall()}

    def test_functions_of_old_rules_are_dropped_two_nights_later(self):
        verdicts = self.env["kunden.field.verdict"]
        verdicts._drop_functions()
        self.assertFalse(self.functions())
        with freeze_time("2026-03-02 12:00"):
            rule = self.rules.create({"catalogue_id": self.city.id})
            first = self.functions()
            self.assertEqual(len(first), 1)
            rule.reason = "For letters"
        with freeze_time("2026-03-03 02:00"):
            self.checks._cron_check_all()
            self.assertLess(first, self.functions(), "a request may have begun before midnight")
        with freeze_time("2026-03-04 02:00"):
            self.checks._cron_check_all()
            self.assertFalse(first & self.functions())
            self.people[0].city = "?"
            self.assertEqual(self.people[0].missing_field_ids, self.city)
