from odoo import models
from odoo.tools import SQL

from ..kernel.import_base import Row
from .import_plan import plain


class KundenImportJudgeMixin(models.AbstractModel):
    """Rows that are judged anew: after a decision, or after a cell was mended."""

    _name = "kunden.import.judge.mixin"
    _description = "Rows Judged Anew"

    def _judge_again(self):
        """The verdict on these rows, with what was decided and mended; others stay as they are."""
        self.env.flush_all()
        followers = self.search([("same_row_id", "in", self.ids)])
        for batch, rows in (self | followers).grouped("batch_id").items():
            rows.filtered(lambda row: row.state not in ("created", "updated"))._judge_in(batch)
        self.batch_id._counted_anew()

    def _judge_in(self, batch):
        """Read and compare these rows of one batch once more."""
        plan, keys = batch._plan(), self.env["kunden.import.key"]
        found = batch._rows_where(SQL("id = ANY(%s) ORDER BY id", self.ids))
        compared = []
        for row, record in zip(found, self.sorted("id"), strict=True):
            cells = [plain(cell) for cell in record._cells_said()]
            read = plan.read_row(Row(record.number, cells))
            row["values"], row["state"], row["message"], row["notes"] = read
            if row["values"].get("name") and row["state"] != "rejected":
                compared += plan.compared(row["id"], row["values"])
        keys._drop_rows(self.ids)
        keys._keep(batch.id, compared)
        batch._judge(found, plan)
        for row in found:
            if row["decision"] == "skip":
                row["state"] = "skipped"
        batch._store(found)
        keys._drop_rows(self.ids)

    def _cells_said(self):
        """The cells of a row as they were, and over them those that somebody has mended."""
        cells = list(self.raw or ())
        mended = self.mended if "mended" in self._fields else None
        for index, text in (mended or {}).items():
            cells += [None] * (int(index) + 1 - len(cells))
            cells[int(index)] = text
        return cells
