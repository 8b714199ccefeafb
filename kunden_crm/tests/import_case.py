"""The cast of the stories of importing: a clerk with a list, and who stands in the file already."""

import base64
from unittest.mock import patch

from odoo.tools import SQL

from .match_case import MatchCase

HEAD = "Kd-Nr.;Vorname;Nachname;Straße;PLZ;Ort;Telefon;E-Mail;Geburtsdatum"


class ImportCase(MatchCase):
    """What all stories of lists share."""

    def batch(self, text, filename="liste.csv", encoding="utf-8", user=None, **vals):
        """A file that the clerk brings in, looked at."""
        content = text if isinstance(text, bytes) else text.encode(encoding)
        batches = self.env["kunden.import.batch"].with_user(user or self.clerk)
        values = {"filename": filename, "source": "Kassenjournal 2024", **vals}
        batch = batches.create({"file": base64.b64encode(content), **values})
        batch.action_analyse()
        return batch

    def run_job(self):
        """All that the scheduled action does, its commits left out."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda *_args, **_more: 60):
            self.env["kunden.import.batch"]._cron_run()
        self.env.invalidate_all()

    def states(self, batch):
        """The states of the rows in the order of the file."""
        return batch.row_ids.mapped("state")

    def row(self, batch, number):
        """The row of that number in the file."""
        return batch.row_ids.filtered(lambda row: row.number == number)

    def assertAddsUp(self, batch):
        """The totals of a batch are those of its rows."""
        counts = ("created", "updated", "skipped", "rejected", "ask")
        total = sum(batch[f"{name}_count"] for name in counts)
        self.env.cr.execute(
            SQL("SELECT count(*) FROM kunden_import_row WHERE batch_id = %s", batch.id)
        )
        self.assertEqual(batch.row_count, total)
        self.assertEqual(batch.row_count, self.env.cr.fetchone()[0])
