from odoo import api, models
from odoo.tools import SQL

from ..kernel.import_parcel import packed, unpacked

# Rows taken out of a file, with the ids that they get; the first of them names the part.
_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_import_part (
    id integer PRIMARY KEY,
    batch_id integer NOT NULL,
    row_ids integer[] NOT NULL,
    rows text NOT NULL
);
CREATE INDEX IF NOT EXISTS kunden_import_part_batch ON kunden_import_part (batch_id)
"""

_IS_READ = """
EXISTS (SELECT FROM kunden_import_batch WHERE id = part.batch_id AND step = 'reading')
"""


class KundenImportPart(models.AbstractModel):
    """ACT: rows of a file that wait for whoever reads them first; gone when they are read.

    Whoever takes a part deletes it in the transaction that stores its rows: if he is killed, the
    part is there as before. Whoever throws the rows of a file away waits for him, then begins anew.
    """

    _name = "kunden.import.part"
    _description = "Rows to Be Read"

    def init(self):
        """The table of the parts."""
        self.env.cr.execute(SQL(_MAKE))

    @api.model
    def _put(self, batch_id, row_ids, rows):
        """Rows as of kernel.import_parcel.packed, and their ids, for whoever comes first."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO kunden_import_part (id, batch_id, row_ids, rows)"
                " VALUES (%s, %s, %s, %s)",
                *(row_ids[0], batch_id, row_ids, packed(rows)),
            )
        )

    @api.model
    def _count(self, batch_id=None):
        """How many parts of a file, or of all, are not read yet, with those that somebody reads."""
        of_file = SQL("batch_id = %s", batch_id) if batch_id else SQL(_IS_READ)
        parts = SQL("SELECT count(*) FROM kunden_import_part AS part WHERE %s", of_file)
        return self.env.execute_query(parts)[0][0]

    @api.model
    def _waiting(self):
        """The file of a part that nobody reads; SerializationFailure if it was just read."""
        self.env.cr.execute(
            SQL(
                "SELECT batch_id FROM kunden_import_part AS part WHERE %s"
                " ORDER BY id LIMIT 1 FOR UPDATE OF part SKIP LOCKED",
                SQL(_IS_READ),
            ),
            log_exceptions=False,
        )
        return self.env["kunden.import.batch"].browse(self.env.cr.fetchone() or ())

    @api.model
    def _take(self, batch_id, waits=False):
        """(ids, rows) of a part of a file that nobody reads, None where there is none.

        Told to wait, it does so for whoever reads the last parts: SerializationFailure when they
        are read.
        """
        for lock in ("FOR UPDATE SKIP LOCKED", "FOR UPDATE")[: 1 + waits]:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM kunden_import_part WHERE id = ("
                    "SELECT id FROM kunden_import_part WHERE batch_id = %s ORDER BY id LIMIT 1 %s)"
                    " RETURNING row_ids, rows",
                    *(batch_id, SQL(lock)),
                ),
                log_exceptions=False,
            )
            for row_ids, rows in self.env.cr.fetchall():
                return row_ids, unpacked(rows)
        return None

    @api.model
    def _drop(self, batch_id):
        """Nothing more of a file is to be read."""
        dropped = SQL("DELETE FROM kunden_import_part WHERE batch_id = %s", batch_id)
        self.env.cr.execute(dropped, log_exceptions=False)
