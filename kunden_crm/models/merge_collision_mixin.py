from odoo import api, models
from odoo.tools import SQL

# Every unique index that says something per row of a table: its other columns, its condition.
_KEYS = """
SELECT class.relname, attribute.attname, index.indnullsnotdistinct,
       pg_get_expr(index.indpred, index.indrelid),
       ARRAY(SELECT pg_get_indexdef(index.indexrelid, place::int, true)
               FROM generate_series(1, index.indnkeyatts) AS place
              WHERE index.indkey[place - 1] <> attribute.attnum)
  FROM pg_constraint AS key
  JOIN pg_class AS target ON target.oid = key.confrelid AND target.relname = %(target)s
       AND target.relnamespace = current_schema::regnamespace
  JOIN pg_class AS class ON class.oid = key.conrelid
  JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
       AND attribute.attnum = key.conkey[1]
  JOIN pg_index AS index ON index.indrelid = class.oid AND index.indisunique
       AND attribute.attnum = ANY(index.indkey::int2[])
 WHERE key.contype = 'f' AND array_length(key.conkey, 1) = 1
   AND class.relname NOT LIKE 'base_partner_merge%%'
"""
_POINTING = """
SELECT class.relname, attribute.attname
  FROM pg_constraint AS key
  JOIN pg_class AS class ON class.oid = key.conrelid
  JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
       AND attribute.attnum = key.conkey[1]
 WHERE key.contype = 'f' AND key.confrelid = 'res_partner'::regclass
   AND class.relname NOT LIKE 'base_partner_merge%'
 ORDER BY class.relname, attribute.attname <> 'partner_id', attribute.attname
"""
_DOUBLES = """
SELECT place, owner FROM (
    SELECT ctid AS place, %(column)s AS owner, %(distinct)s AS says,
           row_number() OVER (PARTITION BY %(keys)s ORDER BY %(column)s <> %(winner)s, ctid) AS turn
      FROM %(table)s WHERE %(column)s = ANY(%(ids)s) AND %(condition)s) AS row
 WHERE says AND turn > 1
"""
_FOLLOWERS = """
DELETE FROM mail_followers AS gone
 WHERE res_model = %(model)s AND res_id = ANY(%(ids)s) AND EXISTS (
       SELECT FROM mail_followers AS kept
        WHERE kept.res_model = gone.res_model AND kept.partner_id = gone.partner_id
          AND (kept.res_id = %(winner)s OR (kept.res_id = ANY(%(ids)s) AND kept.id < gone.id)))
"""


class KundenMergeCollisionMixin(models.AbstractModel):
    """Rows of several contacts of which only one can stay, because a table says so.

    Core removes all rows of those who go from a table where one collides. Here only the row that
    collides goes, after it was shown, and into the journal; the others go over to the survivor.
    """

    _name = "kunden.merge.collision.mixin"
    _description = "Colliding Rows"

    @api.model
    def _unique_keys(self, target):
        """The unique keys of all tables that point to a table.

        Shape: a list of (table, column, whether empty values collide, condition, other keys).
        """
        return self.env.execute_query(SQL(_KEYS, target=target))

    @api.model
    def _pointing(self):
        """Every foreign key to a contact, of a table the one named partner_id first.

        Shape: a list of (table, column).
        """
        return self.env.execute_query(SQL(_POINTING.replace("%", "%%")))

    @api.model
    def _doubles(self, key, ids, winner):
        """The statement that finds the rows that collide with a row of the winner."""
        table, column, empty_collides, condition, others = key
        # the texts are PostgreSQL's own words for the index
        others = [SQL(text.replace("%", "%%")) for text in others]
        says = SQL(" AND ").join(SQL("(%s) IS NOT NULL", text) for text in others)
        return SQL(
            _DOUBLES,
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            distinct=says if others and not empty_collides else SQL("TRUE"),
            keys=SQL(", ").join(others) if others else SQL("TRUE"),
            condition=SQL(condition.replace("%", "%%")) if condition else SQL("TRUE"),
            ids=list(ids),
            winner=winner,
        )

    @api.model
    def _make_way(self, model, sources, survivor):
        """Removes the rows of the sources that collide with one of the survivor."""
        self.env.flush_all()
        ids = [*sources.ids, survivor.id]
        for key in self._unique_keys(self.env[model]._table):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE ctid IN (SELECT place FROM (%s) AS double)",
                    SQL.identifier(key[0]),
                    self._doubles(key, ids, survivor.id),
                )
            )
        self.env.invalidate_all()

    @api.model
    def _make_way_for_followers(self, model, sources, survivor):
        """Who follows several of them follows the survivor once."""
        self.env.flush_all()
        statement = SQL(_FOLLOWERS, model=model, ids=sources.ids, winner=survivor.id)
        self.env.cr.execute(statement)
        self.env.invalidate_all()

    def _collisions(self):
        """How many rows of which table would be left out, before the merge.

        Shape: {table: number}.
        """
        self.env.flush_all()
        found = {}
        keys = self._unique_keys("res_partner")
        counts = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, count(*) FROM (%s) AS double",
                key[0],
                self._doubles(key, self.partner_ids.ids, self.survivor_id.id),
            )
            for key in keys
        )
        for table, number in self.env.execute_query(counts):
            if number:
                found[table] = max(number, found.get(table, 0))
        return found
