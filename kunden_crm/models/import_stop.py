from odoo import api, models
from odoo.tools import SQL

_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_import_stop (batch_id integer NOT NULL);
CREATE INDEX IF NOT EXISTS kunden_import_stop_batch ON kunden_import_stop (batch_id)
"""


class KundenImportStop(models.AbstractModel):
    """ACT: the wish that an import stops, read by its job before each step.

    The job changes the import itself in every step: whoever else did so would wait for it, only to
    be refused by the database.
    """

    _name = "kunden.import.stop"
    _description = "Wish to Stop an Import"

    def init(self):
        """The table of the wishes."""
        self.env.cr.execute(SQL(_MAKE))

    @api.model
    def _wish(self, batch_id):
        """The job stops before its next step."""
        self.env.cr.execute(SQL("INSERT INTO kunden_import_stop VALUES (%s)", batch_id))

    @api.model
    def _take(self, batch_id):
        """Whether somebody wishes that; from now on nobody does."""
        wishes = SQL("DELETE FROM kunden_import_stop WHERE batch_id = %s", batch_id)
        self.env.cr.execute(wishes)
        return bool(self.env.cr.rowcount)
