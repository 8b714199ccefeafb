from io import StringIO

from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel import match_batch
from ..kernel.match_keys import COLUMNS
from .match_weight import as_sql, least_points

_TABLE = "kunden_import_key"
# Contacts that are put away have no keys; they are few, and looked for among themselves.
# The contact of a row has the id of the row, the firm that it belongs to the same below zero.
# No index but that of the id: most files are compared as a whole.
_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_import_key (
    partner_id integer PRIMARY KEY,
    batch_id integer NOT NULL,
    %(columns)s
);
CREATE INDEX IF NOT EXISTS kunden_import_key_batch ON kunden_import_key (batch_id);
CREATE INDEX IF NOT EXISTS kunden_import_key_core ON kunden_import_key (batch_id, core_joined)
    WHERE is_firm;
CREATE INDEX IF NOT EXISTS kunden_import_put_away ON res_partner (id) WHERE NOT active;
COMMENT ON TABLE kunden_import_key IS %(made_of)s
"""


class KundenImportKey(models.Model):
    """JUDGEMENT: what is compared of the rows of a file; thrown away when its preview is done."""

    _name = "kunden.import.key"
    _description = "What Is Compared of a Row"
    _auto = False
    _log_access = False

    partner_id = fields.Integer(help="The row; below zero the firm that it names.")
    batch_id = fields.Many2one("kunden.import.batch")

    def init(self):
        """The tables, with the columns of the kernel; those of an older kernel are dropped."""
        kinds = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        made_of = SQL("SELECT obj_description(to_regclass(%s), 'pg_class')", _TABLE)
        if self.env.execute_query(made_of)[0][0] != kinds:
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(_TABLE)))
        self.env.cr.execute(SQL(_MAKE, columns=SQL(kinds), made_of=kinds))

    @api.model
    def _keep(self, batch_id, keys_of):
        """Store the keys of these rows, a pair of number and keys each, by one COPY."""
        lines = StringIO(
            "".join(
                f"{number}\t{batch_id}\t{match_batch.copied(keys)}\n" for number, keys in keys_of
            )
        )
        names = ", ".join(COLUMNS)
        self.env.cr.copy_expert(f"COPY {_TABLE} (partner_id, batch_id, {names}) FROM STDIN", lines)

    @api.model
    def _has(self, batch_id):
        """Whether anything of a file is to be compared."""
        rows = SQL("SELECT FROM kunden_import_key WHERE batch_id = %s LIMIT 1", batch_id)
        return bool(self.env.execute_query(rows))

    @api.model
    def _drop(self, batch_id):
        """Forget what was compared of a file."""
        self.env.cr.execute(SQL("DELETE FROM kunden_import_key WHERE batch_id = %s", batch_id))

    @api.model
    def _drop_rows(self, row_ids):
        """Forget what was compared of some rows, and of the firms that they name."""
        ids = [number for row_id in row_ids for number in (row_id, -row_id)]
        gone = SQL("DELETE FROM kunden_import_key WHERE partner_id = ANY(%s)", ids)
        self.env.cr.execute(gone)

    @api.model
    def _look_up(self, row_ids, percent):
        """By row: (contact, certainty, codes) of those in the customer file, likeliest first."""
        weights = self.env["kunden.match.weight"]._points()
        # what was just written waits in front of the index, in a heap that each look goes through
        self.env.cr.execute("SELECT gin_clean_pending_list('kunden_match_key_blocks')")
        # a block that the search for duplicates takes for chance is chance here too
        most = self.env["kunden.match.scan"]._caps()
        found = match_batch.lookups(weights, least_points(percent), most)
        rows = self.env.execute_query(
            SQL(
                "WITH typed AS MATERIALIZED (SELECT * FROM kunden_import_key"
                " WHERE partner_id = ANY(%s))"
                " SELECT b, a, certainty, reasons FROM (%s) AS found"
                " ORDER BY b, points DESC, a",
                list(row_ids),
                as_sql(found),
            )
        )
        hits = {}
        for number, *hit in rows:
            hits.setdefault(number, []).append(tuple(hit))
        return hits

    @api.model
    def _firms(self, batch_id, cores):
        """By name of a firm, as the kernel has it: (number, form, postcode, tax number) of all.

        Numbers above zero are rows that are such a firm, below zero rows that belong to one.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT core_joined, partner_id, form, zip, vat FROM kunden_import_key"
                " WHERE batch_id = %s AND is_firm AND core_joined = ANY(%s::int8[])"
                " ORDER BY abs(partner_id)",
                batch_id,
                list(cores),
            )
        )
        firms = {}
        for core, *firm in rows:
            firms.setdefault(core, []).append(tuple(firm))
        return firms
