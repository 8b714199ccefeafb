from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL

# Rows of these tables are no part of a contact: news of the moment, jobs, keys that are made anew
# with the contact, and the journal itself.
UNWATCHED = (
    "bus_bus",
    "bus_presence",
    "ir_cron",
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "kunden_match_due",
    "kunden_match_frequent",
    "kunden_match_key",
    "kunden_merge_journal",
)
_NOTE = """
CREATE OR REPLACE FUNCTION kunden_merge_note() RETURNS trigger LANGUAGE plpgsql AS $note$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    key int := CASE WHEN TG_ARGV[0] = 'id' THEN (coalesce(before, after) ->> 'id')::int END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF before = after THEN
            RETURN NULL;
        END IF;
        IF key IS NOT NULL THEN
            SELECT jsonb_object_agg(item.key, item.value),
                   jsonb_object_agg(item.key, after -> item.key)
              INTO before, after
              FROM jsonb_each(before) AS item
             WHERE item.value IS DISTINCT FROM after -> item.key;
        END IF;
    END IF;
    INSERT INTO kunden_merge_journal
           (merge_id, statement,
            table_name, operation, record_id, old_row, new_row)
    VALUES (nullif(current_setting('kunden.merge')::int, 0),
            statement_timestamp() AT TIME ZONE 'UTC',
            TG_TABLE_NAME, left(TG_OP, 1), key, before, after);
    RETURN NULL;
END $note$
"""
_UNWATCHED_TABLES = """
SELECT class.relname, EXISTS (
           SELECT FROM pg_attribute
            WHERE attrelid = class.oid AND attname = 'id' AND atttypid = 'int4'::regtype)
  FROM pg_class AS class
 WHERE class.relkind = 'r' AND class.relpersistence = 'p'
   AND class.relnamespace = current_schema::regnamespace
   AND class.relname <> ALL(%s)
   AND NOT EXISTS (
       SELECT FROM pg_trigger WHERE tgrelid = class.oid AND tgname = 'kunden_merge_note')
"""
# Another process may have been quicker.
_WATCH = """
DO $watch$ BEGIN
    CREATE TRIGGER kunden_merge_note AFTER INSERT OR UPDATE OR DELETE ON %s
    FOR EACH ROW WHEN (coalesce(current_setting('kunden.merge', true), '') <> '')
    EXECUTE FUNCTION kunden_merge_note(%s);
EXCEPTION WHEN duplicate_object THEN NULL;
END $watch$
"""


class KundenMergeJournal(models.Model):
    """FACT: a row that a merge made, changed or removed, in any table, as it was before.

    Every table has a trigger that sleeps until a transaction says which merge it works for
    (setting kunden.merge of PostgreSQL, which no caller of Odoo reaches). So the journal
    misses nothing: neither what a cascade removes nor what an add-on changes in plain SQL.
    Of a changed row only the columns that changed are kept.
    """

    _name = "kunden.merge.journal"
    _description = "Journal of a Merge"
    _order = "id"
    _log_access = False

    merge_id = fields.Many2one(
        "kunden.merge",
        readonly=True,
        ondelete="cascade",
        help="Empty while many groups are merged at once, until each row is given to its merge.",
    )
    statement = fields.Datetime(readonly=True, help="What one statement changed has one moment.")
    table_name = fields.Char(string="Table", required=True, readonly=True)
    operation = fields.Selection(
        [("I", "Made"), ("U", "Changed"), ("D", "Removed")], required=True, readonly=True
    )
    record_id = fields.Integer(string="Number of the Row", readonly=True)
    old_row = fields.Json(string="Before", readonly=True)
    new_row = fields.Json(string="After", readonly=True)

    _merge_row = models.Index("(merge_id, table_name, record_id)")

    def init(self):
        """The function of the triggers, as this version has it."""
        self.env.cr.execute(SQL(_NOTE))

    def _register_hook(self):
        """Tables that came with other apps are watched too."""
        super()._register_hook()
        self._watch_tables()

    def _watch_tables(self):
        """Puts the sleeping trigger on every table that has none yet."""
        tables = self.env.execute_query(SQL(_UNWATCHED_TABLES, list(UNWATCHED)))
        for table, has_id in tables:
            self.env.cr.execute(SQL(_WATCH, SQL.identifier(table), "id" if has_id else ""))

    def _watch_no_more(self):
        """The triggers go with the add-on."""
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS kunden_merge_note CASCADE"))

    def _current(self):
        """The id of the merge that this transaction works for, 0 for many at once, or None."""
        said = SQL("SELECT nullif(current_setting('kunden.merge', true), '')::int")
        return self.env.execute_query(said)[0][0]

    def _write_down(self, merge_id):
        """From here on whatever changes is written down for this merge; for none where None."""
        self.env.flush_all()
        said = "" if merge_id is None else str(merge_id)
        self.env.execute_query(SQL("SELECT set_config('kunden.merge', %s, true)", said))

    @contextmanager
    def _unwritten(self):
        """What changes in here is not written down."""
        merge_id = self._current()
        self._write_down(None)
        yield
        self._write_down(merge_id)

    def _forget_people(self, partner_ids):
        """Seam for Privacy: no journal speaks of these contacts any more.

        Such merges can no longer be undone; the names of the former contacts go as well.
        Returns the merges.
        """
        self.env.flush_all()
        spoken = SQL(
            """
            SELECT merge_id FROM kunden_merge_redirect
             WHERE old_id = ANY(%(ids)s) OR partner_id = ANY(%(ids)s)
             UNION SELECT merge_id FROM kunden_merge_journal
             WHERE table_name = 'res_partner' AND record_id = ANY(%(ids)s)
            """,
            ids=list(partner_ids),
        )
        found = [merge_id for (merge_id,) in self.env.execute_query(spoken)]
        # sudo: erasing reaches every merge, whoever made it
        merges = self.env["kunden.merge"].sudo().browse(found)
        merges._forget()
        merges.line_ids.told = False
        merges.redirect_ids.name = False
        return merges
