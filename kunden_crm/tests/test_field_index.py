from unittest.mock import patch

from psycopg2 import InterfaceError

from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

from ..models import field_index_mixin
from .common import CustomerFileCase

PATH = "odoo.addons.kunden_crm.models.field_index_mixin."


def statements(entries):
    """What is to be done, by the words of the statements."""
    return [" ".join(query.code.split()) for query in entries._index_todo()]


@tagged("post_install", "-at_install")
class TestFieldIndex(CustomerFileCase):
    """What is searched by has an index; the manager does not wait for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.job = cls.env.ref("kunden_crm.cron_field_indexes")
        cls.env["ir.cron.trigger"].search([("cron_id", "=", cls.job.id)]).unlink()

    def make(self, field_type, **values):
        """A field of the manager's own."""
        return self.entries.create({"name": "Mein Feld", "field_type": field_type, **values})

    def triggers(self):
        """How often the job was called."""
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.job.id)])

    def test_an_index_for_what_is_searched_and_none_for_the_rest(self):
        start = statements(self.entries)
        self.make("many2many")
        self.make("date", in_search=False)
        self.assertEqual(statements(self.entries), start)
        hobby = self.make("selection")
        self.assertEqual(hobby.technical_name, "x_kunden_mein_feld_3")
        self.assertIn(
            'CREATE INDEX CONCURRENTLY IF NOT EXISTS "kunden_field_index_mein_feld_3"'
            ' ON res_partner ("x_kunden_mein_feld_3") WHERE "x_kunden_mein_feld_3" IS NOT NULL',
            statements(self.entries),
        )
        self.assertEqual(self.triggers(), 3)
        hobby.in_search = False
        self.assertEqual((statements(self.entries), self.triggers()), (start, 4))
        hobby.in_search = True
        hobby.active = False
        self.assertEqual((statements(self.entries), self.triggers()), (start, 6))
        hobby.name = "Anders"
        self.env.ref("kunden_crm.catalogue_website").with_user(self.manager).active = False
        self.assertEqual(self.triggers(), 6)

    def test_long_texts_have_trigrams_where_the_database_has_them(self):
        known = field_index_mixin.FunctionStatus
        for unaccent, column in (
            (known.INDEXABLE, 'unaccent("x_kunden_mein_feld")'),
            (known.MISSING, '"x_kunden_mein_feld"'),
        ):
            with (
                patch.object(self.registry, "has_unaccent", unaccent),
                patch.object(self.registry, "has_trigram", True),
                patch.object(self.registry, "unaccent", lambda text: SQL("unaccent(%s)", text)),
            ):
                expression = self.entries._index_expression("x_kunden_mein_feld", "text")
            self.assertEqual(expression.code, f"USING gin (({column}) gin_trgm_ops)")
        with patch.object(self.registry, "has_trigram", False):
            self.assertIsNone(self.entries._index_expression("x_kunden_mein_feld", "char"))

    def test_the_job_starts_the_builder_when_its_transaction_is_over(self):
        with patch(PATH + "Thread") as thread, patch(PATH + "_WANTED", "SELECT 'a', 'b' LIMIT 0"):
            self.entries._cron_build_indexes()
            thread.assert_not_called()
        self.make("date")
        with patch(PATH + "Thread") as thread:
            self.entries._cron_build_indexes()
            thread.return_value.start.assert_not_called()
            self.env.cr.postcommit.run()
            thread.return_value.start.assert_called_once_with()
        self.assertEqual(thread.call_args.kwargs["args"], (self.env.cr.dbname,))

    def test_without_the_job_fields_are_made_all_the_same(self):
        self.job.unlink()
        self.assertTrue(self.make("date").is_own)


@tagged("post_install", "-at_install")
class TestFieldIndexBuild(BaseCase):
    """The builder works on the table itself: nobody may hold a transaction meanwhile."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.build)

    def build(self, wanted="SELECT 'color', 'integer' LIMIT 0"):
        """One night of the builder: what is wanted, instead of the catalogue; what is there."""
        with patch(PATH + "_WANTED", wanted):
            field_index_mixin._build(self.registry.db_name)
        with self.registry.cursor() as cr:
            cr.execute(SQL(field_index_mixin._FOUND, field_index_mixin.INDEX))
            return dict(cr.fetchall())

    def test_indexes_come_and_go(self):
        both = "VALUES ('color', 'integer'), ('website', 'char')"
        found = {"kunden_field_index_color": True}
        if self.registry.has_trigram:
            found["kunden_field_index_website"] = True
        self.assertEqual(self.build(both), found)
        self.assertEqual(self.build(both), found)
        self.assertEqual(self.build(), {})

    def test_a_build_that_failed_is_done_again(self):
        wanted = "VALUES ('color', 'integer')"
        with self.registry.cursor() as busy, patch(PATH + "PATIENCE", "50ms"):
            busy.execute("LOCK TABLE res_partner IN ROW EXCLUSIVE MODE")
            with patch(PATH + "_logger") as logger:
                self.assertEqual(self.build(wanted), {"kunden_field_index_color": False})
            logger.info.assert_called()
        self.assertEqual(self.build(wanted), {"kunden_field_index_color": True})

    def test_a_lost_connection_breaks_nothing(self):
        lost = InterfaceError("connection already closed")
        with patch(PATH + "Registry", side_effect=lost), patch(PATH + "_logger") as logger:
            field_index_mixin._build(self.registry.db_name)
        logger.info.assert_called_once_with("The indexes wait for the next night: %s", lost)

    def test_one_builder_at_a_time(self):
        with self.registry.cursor() as other:
            other.execute("SELECT pg_try_advisory_lock(%s)", [field_index_mixin.LOCK])
            self.assertEqual(self.build("VALUES ('color', 'integer')"), {})
            other.execute("SELECT pg_advisory_unlock(%s)", [field_index_mixin.LOCK])
