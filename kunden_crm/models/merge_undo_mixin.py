from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

# When and by whom a row was written is nobody's work.
_STAMPS = ("write_date", "write_uid")
_RUNS = """
SELECT table_name, operation, min(id), max(id)
  FROM (SELECT id, statement, table_name, operation,
               row_number() OVER (PARTITION BY statement ORDER BY id)
               - row_number() OVER (
                     PARTITION BY statement, table_name, operation ORDER BY id) AS run
          FROM kunden_merge_journal WHERE merge_id = %s) AS entry
 GROUP BY statement, table_name, operation, run ORDER BY statement DESC, min(id)
"""
COLUMNS = """
SELECT class.relname, attribute.attname, target.relname, attribute.attnotnull,
       attribute.attgenerated <> '' AS is_generated
  FROM pg_class AS class
  JOIN pg_attribute AS attribute ON attrelid = class.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_constraint AS key ON key.conrelid = class.oid AND key.contype = 'f'
       AND key.conkey = ARRAY[attribute.attnum]
  LEFT JOIN pg_class AS target ON target.oid = key.confrelid
 WHERE class.relnamespace = current_schema::regnamespace AND class.relname = ANY(%s)
"""
_CHANGED_SINCE = """
SELECT said.record_id, said.key
  FROM (SELECT DISTINCT ON (entry.record_id, item.key) entry.record_id, item.key, item.value
          FROM kunden_merge_journal AS entry, jsonb_each(entry.new_row) AS item
         WHERE entry.merge_id = %(merge)s AND entry.table_name = %(name)s
           AND entry.operation = 'U' AND item.key <> ALL(%(stamps)s)
         ORDER BY entry.record_id, item.key, entry.id DESC) AS said
  JOIN %(table)s AS row ON row.id = said.record_id
 WHERE to_jsonb(row) -> said.key IS DISTINCT FROM said.value
"""


class KundenMergeUndoMixin(models.AbstractModel):
    """Plays the journal of a merge backwards.

    The statements of the merge are taken from the last to the first, so that after every step
    the rows stand as they stood once and no constraint is hurt. Within a statement the journal
    is read forwards: what a cascade took along was written down after what it hung on.
    """

    _name = "kunden.merge.undo.mixin"
    _description = "Undo of a Merge"

    def _play_back(self):
        """Puts all rows back; the values that somebody has changed since, which stay.

        Shape: a list of (table, number of the row, column).
        """
        self.ensure_one()
        self.env.flush_all()
        runs = self.env.execute_query(SQL(_RUNS, self.id))
        tables = sorted({table for table, *_run in runs})
        columns = {}
        for table, column, *about in self.env.execute_query(SQL(COLUMNS, tables)):
            columns.setdefault(table, {})[column] = about
        kept = {
            table: self._changed_since(table) if "id" in names else []
            for table, names in columns.items()
        }
        try:
            with self.env.cr.savepoint():
                for table, operation, first, last in runs:
                    if table in columns:
                        play = {"I": self._drop, "D": self._bring, "U": self._revert}[operation]
                        play(table, columns[table], first, last, kept[table])
        except IntegrityError as error:
            raise UserError(
                self.env._("What has happened since stands in the way of the undo: %s", error)
            ) from error
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        return [(table, *entry) for table, entries in kept.items() for entry in entries]

    def _entries(self, table, first, last):
        """The condition of a run of entries."""
        return SQL(
            "entry.merge_id = %s AND entry.table_name = %s AND entry.id BETWEEN %s AND %s",
            self.id,
            table,
            first,
            last,
        )

    def _changed_since(self, table):
        """Of the rows that the merge changed: which columns have another value by now."""
        return self.env.execute_query(
            SQL(
                _CHANGED_SINCE,
                merge=self.id,
                name=table,
                table=SQL.identifier(table),
                stamps=list(_STAMPS),
            )
        )

    def _drop(self, table, columns, first, last, _kept):
        """Rows that the merge made go."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM %s AS row USING kunden_merge_journal AS entry,
                          jsonb_populate_record(NULL::%s, entry.new_row) AS made
                    WHERE %s AND %s""",
                SQL.identifier(table),
                SQL.identifier(table),
                self._entries(table, first, last),
                self._same(columns, "made"),
            )
        )

    def _same(self, columns, other):
        """The condition that a row is the one of the journal: its number, else all of it."""
        names = ["id"] if "id" in columns else columns
        return SQL(" AND ").join(
            SQL("row.%s = %s", SQL.identifier(name), SQL.identifier(other, name)) for name in names
        )

    def _bring(self, table, columns, first, last, _kept):
        """Rows that the merge removed come back under their old numbers."""
        entries = self._entries(table, first, last)
        names = [name for name, (_to, _needed, is_generated) in columns.items() if not is_generated]
        self.env.cr.execute(
            SQL(
                """INSERT INTO %s (%s) SELECT %s FROM kunden_merge_journal AS entry,
                          jsonb_populate_record(NULL::%s, entry.old_row) AS old
                    WHERE %s AND %s ORDER BY entry.id DESC ON CONFLICT DO NOTHING""",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(self._still(table, name, columns, entries) for name in names),
                SQL.identifier(table),
                entries,
                self._all_there(table, columns, entries),
            )
        )

    def _there(self, table, name, target, entries):
        """The condition that the row to which a column points has not been removed since."""
        column = SQL.identifier("old", name)
        there = SQL(
            "(%s IS NULL OR EXISTS (SELECT FROM %s AS target WHERE target.id = %s)",
            column,
            SQL.identifier(target),
            column,
        )
        if target == table:
            there = SQL(
                """%s OR %s IN (SELECT entry.record_id FROM kunden_merge_journal AS entry
                                 WHERE %s)""",
                there,
                column,
                entries,
            )
        return SQL("%s)", there)

    def _still(self, table, name, columns, entries):
        """The value of a column; empty where it points to what is gone."""
        target, needed, _is_generated = columns[name]
        column = SQL.identifier("old", name)
        if not target or needed:
            return column
        return SQL("CASE WHEN %s THEN %s END", self._there(table, name, target, entries), column)

    def _all_there(self, table, columns, entries):
        """The condition that a row can come back: whatever it cannot be without is there."""
        needed = [
            self._there(table, name, target, entries)
            for name, (target, is_needed, _is_generated) in columns.items()
            if target and is_needed
        ]
        return SQL(" AND ").join(needed) if needed else SQL("TRUE")

    def _revert(self, table, columns, first, last, kept):
        """Columns that the merge changed get their old values, except those changed since."""
        if "id" not in columns:
            self._drop(table, columns, first, last, kept)
            self._bring(table, columns, first, last, kept)
            return
        entries = self._entries(table, first, last)
        if names := [name for name in self._changed(entries) if name in columns]:
            left = [f"{record_id}.{name}" for record_id, name in kept]
            self.env.cr.execute(self._old_values(table, columns, names, entries, left))

    def _changed(self, entries):
        """The names of the columns that changed in some entries."""
        names = SQL(
            """SELECT DISTINCT jsonb_object_keys(entry.old_row)
                 FROM kunden_merge_journal AS entry WHERE %s""",
            entries,
        )
        return [name for (name,) in self.env.execute_query(names)]

    def _old_values(self, table, columns, names, entries, left):
        """The statement that gives rows their old values, but those that are left as they are."""
        return SQL(
            """
            UPDATE %(table)s AS row SET %(columns)s
              FROM (SELECT entry.record_id,
                           jsonb_object_agg(item.key, item.value ORDER BY entry.id DESC) AS old_row
                      FROM kunden_merge_journal AS entry, jsonb_each(entry.old_row) AS item
                     WHERE %(entries)s AND entry.record_id || '.' || item.key <> ALL(%(left)s)
                     GROUP BY entry.record_id) AS entry,
                   jsonb_populate_record(NULL::%(table)s, entry.old_row) AS old
             WHERE row.id = entry.record_id
            """,
            table=SQL.identifier(table),
            columns=SQL(", ").join(
                SQL(
                    "%s = CASE WHEN entry.old_row ? %s THEN %s ELSE row.%s END",
                    SQL.identifier(name),
                    name,
                    self._still(table, name, columns, entries),
                    SQL.identifier(name),
                )
                for name in names
            ),
            entries=entries,
            left=left,
        )
