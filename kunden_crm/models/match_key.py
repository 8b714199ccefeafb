import json
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..kernel import match_keys
from ..kernel.match_keys import COLUMNS, keys
from ..kernel.match_statements import frequent_values

_BATCH = 2000

# Half-filled pages would not help: a contact whose name changes has other blocks, and the index of
# the blocks is written anyway. `kunden_match_due` names who is to be compared (again), and whose
# keys are still to be made. Neither has a foreign key to the contact: to check a million of them
# takes longer than to make them; whoever is deleted takes his row along. What waits in front of the
# index is read at every look: it is kept short.
_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_match_key (
    partner_id integer PRIMARY KEY,
    id integer GENERATED ALWAYS AS (partner_id) STORED,
    %(columns)s
);
CREATE INDEX IF NOT EXISTS kunden_match_key_blocks ON kunden_match_key USING gin (blocks)
    WITH (gin_pending_list_limit = 64);
CREATE TABLE IF NOT EXISTS kunden_match_frequent (value int8 PRIMARY KEY, points int NOT NULL);
CREATE TABLE IF NOT EXISTS kunden_match_due (
    partner_id integer PRIMARY KEY,
    without_keys boolean NOT NULL DEFAULT false
);
ALTER TABLE kunden_match_due ADD COLUMN IF NOT EXISTS scan_number integer;
COMMENT ON TABLE kunden_match_key IS %(kernel)s
"""
_ALL_DUE = """
INSERT INTO kunden_match_due (partner_id, without_keys)
SELECT id, true FROM res_partner WHERE active AND type = 'contact'
    ON CONFLICT (partner_id) DO UPDATE SET without_keys = true, scan_number = NULL
"""
# A function of the database keeps its plan: planning takes longer than writing. Who has the same
# keys as before is not compared again.
_KEEP = """
CREATE OR REPLACE FUNCTION kunden_keep_keys(made json) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    WITH changed AS (
        INSERT INTO kunden_match_key (partner_id, %(names)s)
        SELECT partner_id, %(names)s
          FROM json_to_recordset(made) AS row (partner_id int, %(columns)s)
            ON CONFLICT (partner_id) DO UPDATE SET (%(names)s) = ROW (%(new)s)
         WHERE ROW (%(old)s) IS DISTINCT FROM ROW (%(new)s)
     RETURNING partner_id
    )
    INSERT INTO kunden_match_due (partner_id) SELECT partner_id FROM changed
        ON CONFLICT (partner_id) DO UPDATE SET without_keys = false, scan_number = NULL;
END $$
"""


def _columns(template, **more):
    """A list of all columns in SQL, each put into a template."""
    return SQL(
        ", ".join(template.format(name=name, type=kind) for name, kind in COLUMNS.items()), **more
    )


@lru_cache(1)
def _kernel():
    """What tells one kernel from another: of the same text it makes the same keys."""
    folder = Path(match_keys.__file__).parent
    parts = sorted([*folder.glob("match_*.py"), folder / "nicknames.tsv"])
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _plain(value):
    """A value of the kernel as JSON knows it."""
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (set, frozenset)) else value


class KundenMatchKey(models.Model):
    """JUDGEMENT: what is compared of a contact, as the kernel makes it; rebuilt any night.

    One row per contact that can have a double: active, and more than an address. The columns are
    those of the kernel, which alone knows what they mean.
    """

    _name = "kunden.match.key"
    _description = "What Is Compared of a Contact"
    _auto = False
    _log_access = False

    partner_id = fields.Many2one("res.partner", string="Contact")

    def init(self):
        """Table and index, where res.partner has not needed them before."""
        self._make_table()
        function = SQL(
            _KEEP,
            names=_columns("{name}"),
            columns=_columns("{name} {type}"),
            old=_columns("kunden_match_key.{name}"),
            new=_columns("EXCLUDED.{name}"),
        )
        self.env.cr.execute(function)

    @api.model
    def _make_table(self):
        """The table with what this kernel makes; keys of an older one are made anew by the job."""
        made_by = SQL("SELECT obj_description(to_regclass('kunden_match_key'), 'pg_class')")
        is_other = self.env.execute_query(made_by)[0][0] != _kernel()
        if is_other:
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS kunden_match_key"))
        self.env.cr.execute(SQL(_MAKE, columns=_columns("{name} {type}"), kernel=_kernel()))
        if is_other:
            self.env.cr.execute(SQL(_ALL_DUE))

    @api.model
    def _keep(self, partners):
        """Make the keys of these contacts, in one statement; who changed is to be compared."""
        compared = partners.filtered(lambda partner: partner._is_compared())
        rows = [{"partner_id": partner.id, **keys(partner._match_values())} for partner in compared]
        if rows:
            made = json.dumps(rows, default=_plain)
            self.env.cr.execute(SQL("SELECT kunden_keep_keys(%s)", made))
        if gone := partners - compared:
            self._forget(gone.ids)

    @api.model
    def _forget(self, ids):
        """Drop the keys of contacts that are gone, put away, or nothing but an address."""
        statement = SQL(
            "WITH gone AS (DELETE FROM kunden_match_key WHERE partner_id = ANY(%(ids)s)"
            " RETURNING partner_id)"
            " INSERT INTO kunden_match_due (partner_id) SELECT partner_id FROM gone"
            " ON CONFLICT (partner_id) DO UPDATE SET without_keys = false, scan_number = NULL",
            ids=list(ids),
        )
        self.env.cr.execute(statement)

    @api.model
    def _keep_later(self, ids):
        """Note that the keys of these contacts are to be made; a large import need not wait."""
        statement = SQL(
            "INSERT INTO kunden_match_due (partner_id, without_keys)"
            " SELECT id, true FROM unnest(%s::int[]) AS id"
            " ON CONFLICT (partner_id) DO UPDATE SET without_keys = true, scan_number = NULL",
            list(ids),
        )
        self.env.cr.execute(statement)

    @api.model
    def _fill_noted(self, limit=_BATCH):
        """Make keys that an import has left for later; how many were made."""
        noted = SQL(
            "SELECT partner_id FROM kunden_match_due WHERE without_keys"
            " ORDER BY partner_id LIMIT %s FOR UPDATE SKIP LOCKED",
            limit,
        )
        self.env.flush_all()
        return self._fill([partner_id for (partner_id,) in self.env.execute_query(noted)])

    @api.model
    def _fill_missing(self, after=0, up_to=2**31 - 1):
        """Keys for contacts of these ids that came by SQL, or before us; none of nobody."""
        self.env.flush_all()
        missing = SQL(
            """
            SELECT id FROM res_partner AS partner
             WHERE id > %s AND id <= %s AND active AND type = 'contact'
               AND NOT EXISTS (SELECT FROM kunden_match_key WHERE partner_id = partner.id)
             ORDER BY id
            """,
            after,
            up_to,
        )
        self._fill([partner_id for (partner_id,) in self.env.execute_query(missing)])
        nobody = SQL(
            "DELETE FROM kunden_match_key key WHERE partner_id > %s AND partner_id <= %s"
            " AND NOT EXISTS (SELECT FROM res_partner WHERE id = key.partner_id)",
            after,
            up_to,
        )
        self.env.cr.execute(nobody)

    @api.model
    def _fill(self, ids):
        """Make the keys of these contacts, as many at once as memory holds well."""
        for batch in split_every(_BATCH, ids):
            # sudo: keys belong to nobody, they are made of every contact
            partners = self.env["res.partner"].sudo().browse(batch)
            there = partners.exists()
            self._keep(there)
            self._forget((partners - there).ids)
            self.env.cr.execute(
                SQL(
                    "UPDATE kunden_match_due SET without_keys = false"
                    " WHERE without_keys AND partner_id = ANY(%s)",
                    list(batch),
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
        return len(ids)

    @api.model
    def _next_position(self, after, last_id, number):
        """The id up to which there are so many contacts."""
        step = SQL(
            "SELECT id FROM res_partner WHERE id > %s AND id <= %s ORDER BY id OFFSET %s LIMIT 1",
            after,
            last_id,
            number - 1,
        )
        found = self.env.execute_query(step)
        return found[0][0] if found else last_id

    @api.model
    def _count_frequent(self):
        """Count which names, places and numbers are frequent: they say less."""
        self.env.cr.execute("DELETE FROM kunden_match_frequent")
        values = SQL(frequent_values().replace("%", "%%"))
        self.env.cr.execute(SQL("INSERT INTO kunden_match_frequent (value, points) %s", values))

    @api.model
    def _give_due(self, scan_number, last_id):
        """All up to this id are about to be compared by a look; who changes later is not of it."""
        given = SQL(
            "UPDATE kunden_match_due SET scan_number = %s"
            " WHERE NOT without_keys AND partner_id <= %s",
            scan_number,
            last_id,
        )
        self.env.cr.execute(given)

    @api.model
    def _forget_due(self, scan_number):
        """A look has compared those that were given to it."""
        done = SQL("DELETE FROM kunden_match_due WHERE scan_number = %s", scan_number)
        self.env.cr.execute(done)

    @api.model
    def _take_changed(self, number):
        """Take contacts off the list of those that are to be compared."""
        statement = SQL(
            "DELETE FROM kunden_match_due WHERE partner_id IN ("
            " SELECT partner_id FROM kunden_match_due WHERE NOT without_keys"
            " ORDER BY partner_id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING partner_id",
            number,
        )
        return [partner_id for (partner_id,) in self.env.execute_query(statement)]

    @api.model
    def _due(self):
        """How many contacts are to be compared."""
        return self.env.execute_query(SQL("SELECT count(*) FROM kunden_match_due"))[0][0]
