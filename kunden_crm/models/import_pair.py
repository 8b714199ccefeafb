from odoo import api, models
from odoo.tools import SQL

from ..kernel.match_batch import inside, inside_paired, lookups_of_many
from ..kernel.match_statements import frequent_values
from .match_weight import as_sql, least_points

# Which rows may be the same, whom of the customer file they may mean, and what the steps that find
# it out hand on: which rows share a block (as kunden_match_pair), and what is frequent in the file.
_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_import_pair (
    batch_id integer NOT NULL,
    row_id integer NOT NULL,
    other_id integer NOT NULL,
    certainty integer NOT NULL,
    reasons text[] NOT NULL,
    UNIQUE (row_id, other_id)
);
CREATE INDEX IF NOT EXISTS kunden_import_pair_batch ON kunden_import_pair (batch_id);
CREATE TABLE IF NOT EXISTS kunden_import_met (
    batch_id integer NOT NULL,
    row_id integer NOT NULL,
    partner_id integer NOT NULL,
    points integer NOT NULL,
    certainty integer NOT NULL,
    reasons text[] NOT NULL
);
CREATE INDEX IF NOT EXISTS kunden_import_met_row ON kunden_import_met (row_id);
CREATE INDEX IF NOT EXISTS kunden_import_met_batch ON kunden_import_met (batch_id);
CREATE TABLE IF NOT EXISTS kunden_import_shared (batch_id integer, pair int8, size integer);
CREATE INDEX IF NOT EXISTS kunden_import_shared_pair ON kunden_import_shared (batch_id, pair);
CREATE TABLE IF NOT EXISTS kunden_import_frequent (batch_id integer, value int8, points integer)
"""
_HANDED_ON = ("kunden_import_shared", "kunden_import_frequent")
_ANALYZE = "ANALYZE kunden_import_shared, kunden_import_frequent, kunden_import_key (partner_id)"
_KEEP = """
INSERT INTO kunden_import_pair (batch_id, row_id, other_id, certainty, reasons)
SELECT %s, b, a, certainty, reasons FROM (%s) AS found
    ON CONFLICT (row_id, other_id) DO NOTHING
"""
_MEET = """
WITH typed AS MATERIALIZED (
    SELECT * FROM kunden_import_key WHERE batch_id = %s AND partner_id > %s AND partner_id <= %s
)
INSERT INTO kunden_import_met (batch_id, row_id, partner_id, points, certainty, reasons)
SELECT %s, b, a, points, certainty, reasons FROM (%s) AS found
"""
_OWN = "SELECT * FROM kunden_import_key WHERE batch_id = {} AND partner_id > 0"
# Rows whose blocks, and rows that are compared, in one step: some seconds.
_PART, _COMPARED, _MET = 100_000, 20_000, 200_000
# To go through the blocks of all contacts takes as long as to look up this share of them.
_SHARE = 40
# From so many rows on, how often a value stands in a file says how much it tells.
_MANY = 2000


class KundenImportPair(models.AbstractModel):
    """JUDGEMENT: which rows of a file may be the same, and whom of the customer file they may mean;
    found in steps, as in the customer file."""

    _name = "kunden.import.pair"
    _description = "Rows That May Be the Same"

    def init(self):
        """The tables of rows that may be the same."""
        self.env.cr.execute(SQL(_MAKE))

    @api.model
    def _drop(self, batch_id):
        """Forget which rows may be the same."""
        for name in ("kunden_import_pair", "kunden_import_met", *_HANDED_ON):
            self._drop_from(name, batch_id)

    @api.model
    def _drop_met(self, batch_id):
        """Forget whom the rows of a file may mean."""
        self._drop_from("kunden_import_met", batch_id)

    def _drop_from(self, table, batch_id):
        table = SQL.identifier(table)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE batch_id = %s", table, batch_id))

    @api.model
    def _steps(self, rows):
        """(in how many parts the blocks of so many rows are paired, in how many they are compared,
        in how many they are looked up); of the first a power of two, of the last none if few rows
        meet many contacts: those are looked up as they are judged."""
        contacts = self.env["kunden.match.weight"]._compared()
        met = rows // _MET + 1 if rows * _SHARE >= contacts else 0
        return 1 << (rows // _PART).bit_length(), rows // _COMPARED + 1, met

    @api.model
    def _find(self, batch_id, rows, percent, step, steps):
        """Do one of the steps that find which rows of a file may be the same, and whom they mean.

        Shape: the file, its number of rows, the certainty from which on a pair counts, which of the
        steps, and what _steps gave in; whether another one follows out.
        """
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        paired, compared, met = steps
        if step < paired:
            self._pair(batch_id, rows, step, paired)
        elif step < paired + compared:
            self._compare(batch_id, rows, percent, step - paired, compared)
        else:
            self._meet(batch_id, percent, step - paired - compared, met)
        if step + 1 < sum(steps):
            return True
        for name in _HANDED_ON:
            self._drop_from(name, batch_id)
        return False

    def _pair(self, batch_id, rows, part, parts):
        """Write down which rows share a block; with the last of them also what is frequent."""
        own = _OWN.format(int(batch_id))
        found = [("shared (batch_id, pair, size)", inside_paired(own, rows, part, parts))]
        if rows >= _MANY and part + 1 == parts:
            of_file = frequent_values(f"({own}) AS own")
            found.append(("frequent (batch_id, value, points)", of_file))
        for table, statement in found:
            into = SQL(f"INSERT INTO kunden_import_{table}")
            chosen = as_sql(statement)
            self.env.cr.execute(SQL("%s SELECT %s, * FROM (%s) AS found", into, batch_id, chosen))
        if len(found) > 1:
            # without it PostgreSQL takes the pairs for few, and goes through what is frequent for
            # each of them
            self.env.cr.execute(_ANALYZE)

    def _compare(self, batch_id, rows, percent, part, parts):
        """Compare some of the rows with those behind them that share enough."""
        after, up_to = self._range(batch_id, part, parts)
        weights = self.env["kunden.match.weight"]._points()
        shared, frequent = (
            f"(SELECT * FROM {name} WHERE batch_id = {int(batch_id)})" for name in _HANDED_ON
        )
        found = inside(
            weights,
            least_points(percent),
            "kunden_import_key",
            f"{shared} AS shared",
            f"SELECT value, points FROM {frequent} AS own",
            rows,
            after,
            up_to,
        )
        self.env.cr.execute(SQL(_KEEP, batch_id, as_sql(found)))

    def _meet(self, batch_id, percent, part, parts):
        """Write down whom of the customer file some of the rows may mean."""
        weights = self.env["kunden.match.weight"]._points()
        most = self.env["kunden.match.scan"]._caps()
        found = as_sql(lookups_of_many(weights, least_points(percent), most))
        ids = self._range(batch_id, part, parts)
        self.env.cr.execute(SQL(_MEET, batch_id, *ids, batch_id, found))

    def _range(self, batch_id, part, parts):
        """The ids behind which and up to which one of so many parts of a file goes."""
        ends = SQL(
            "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM kunden_import_row"
            " WHERE batch_id = %s",
            batch_id,
        )
        first, last = self.env.execute_query(ends)[0]
        each = (last - first) // parts + 1
        after = first - 1 + part * each
        return after, after + each

    @api.model
    def _of_rows(self, row_ids):
        """By row: (earlier row, certainty, codes) of those that it may be the same as."""
        rows = self.env.execute_query(
            SQL(
                "SELECT row_id, other_id, certainty, reasons FROM kunden_import_pair"
                " WHERE row_id = ANY(%s) ORDER BY row_id, other_id",
                list(row_ids),
            )
        )
        return _by_row(rows)

    @api.model
    def _met(self, row_ids, percent):
        """As kunden.import.key._look_up, of what the steps have written down.

        Whoever met a contact that was deleted, merged or put away since is looked up anew. Contacts
        that came since are not met.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT met.row_id, met.partner_id, met.certainty, met.reasons,"
                " key.partner_id IS NULL FROM kunden_import_met AS met"
                " LEFT JOIN kunden_match_key AS key USING (partner_id)"
                " WHERE met.row_id = ANY(%s) ORDER BY met.row_id, met.points DESC, met.partner_id",
                list(row_ids),
            )
        )
        anew = {row_id for row_id, *_hit, is_gone in rows if is_gone}
        found = _by_row(row[:-1] for row in rows if row[0] not in anew)
        if anew:
            found |= self.env["kunden.import.key"]._look_up(anew, percent)
        return found


def _by_row(rows):
    """By the first value all others."""
    found = {}
    for row_id, *one in rows:
        found.setdefault(row_id, []).append(tuple(one))
    return found
