from odoo import api, fields, models
from odoo.exceptions import UserError

from ..kernel.text import is_storable

# When rows may be decided: after the check, and what is left after the run.
_OPEN = ("analysed", "done", "cancelled")
# What became a contact is decided for good.
_FINAL = ("created", "updated")
_DECISIONS = ("create", "update", "take", "skip", False)
# No cell that a person mends is longer.
_LONGEST = 10000


class KundenImportDecideMixin(models.AbstractModel):
    """What a clerk says to the rows of a file: who it is, or what a cell should read."""

    _name = "kunden.import.decide.mixin"
    _description = "Decisions on the Rows of a File"

    mended = fields.Json(readonly=True, help="Cells that a person has mended, by their column.")

    @api.model
    def decide(self, row_ids, decision, partner_id=None, same_row_id=None):
        """Note what becomes of rows: "create", "update" (the contact or the earlier row), "skip".

        "take" leaves out what cannot be read and nothing else; False takes the decision back.
        Answers how many rows of the batch still ask.
        """
        rows = self.browse(row_ids).exists()
        rows._refuse_unless_open()
        if decision not in _DECISIONS:
            raise UserError(self.env._("There is no such decision: %s", decision))
        values = {"decision": decision, "decided_by": self.env.uid if decision else False}
        values |= rows._decided_target(decision, partner_id, same_row_id)
        # sudo: rows are written by the job and by decisions alone; the rights were asked above
        rows.sudo().write(values)
        rows._judge_again()
        batches = [("batch_id", "in", rows.batch_id.ids), ("state", "=", "ask")]
        return {"left": self.search_count(batches)}

    def action_leave_out(self):
        """Leave these rows out of the run."""
        self.decide(self.ids, "skip")

    def action_take(self):
        """Bring these rows in without what cannot be read of them."""
        self.decide(self.filtered(lambda row: row.state == "ask").ids, "take")

    def action_mend(self, values):
        """Put other text into cells of this row, {column: text}, and judge it anew."""
        self.ensure_one()
        self._refuse_unless_open()
        cells = self._cells()
        mended = dict(self.mended or {})
        for index, text in values.items():
            index = int(index)
            if not 0 <= index < max(len(cells), len(self.batch_id.column_ids)):
                raise UserError(self.env._("The file has no such column."))
            text = str(text or "")
            if len(text) > _LONGEST or not is_storable(text):
                raise UserError(self.env._("This text cannot be stored."))
            mended[str(index)] = text
        # sudo: rows are written by the job and by decisions alone; the rights were asked above
        self.sudo().write({"mended": mended, "decision": False, "decided_by": False})
        self._judge_again()
        return self._sheets()[0]

    def _cells(self):
        """The cells of the row: of the file, and over them what a person has mended."""
        cells = list(self.raw or [])
        for index, text in sorted((int(key), text) for key, text in (self.mended or {}).items()):
            cells += [None] * (index + 1 - len(cells))
            cells[index] = text
        return cells

    def _decided_target(self, decision, partner_id, same_row_id):
        """Whom the rows are from now on, as values of the rows."""
        if decision != "update":
            return {"partner_id": False, "same_row_id": False}
        earlier = self.browse(same_row_id or ()).exists()
        if earlier:
            if earlier.batch_id != self.batch_id or any(
                earlier.number >= row.number for row in self
            ):
                raise UserError(self.env._("Only an earlier row of the same file can be the same."))
            return {"partner_id": False, "same_row_id": earlier.id}
        partner = self.env["res.partner"].browse(partner_id or ()).exists()
        if not partner:
            raise UserError(self.env._("This contact is not there any more. Please check anew."))
        partner.check_access("read")
        return {"partner_id": partner.id, "same_row_id": False}

    def _may_mend(self):
        """Whether the user may still say something to this row."""
        batch = self.batch_id
        return (
            self.state not in _FINAL
            and batch.state in _OPEN
            and not batch.is_busy
            and batch.has_access("write")
        )

    def _refuse_unless_open(self):
        """An error where the user may not decide on these rows, or it is too late to."""
        self.check_access("read")
        self.batch_id.check_access("write")
        for batch in self.batch_id:
            if batch.is_busy or batch.state not in _OPEN:
                raise UserError(
                    self.env._("Rows are decided after the check, and not while a run goes on.")
                )
        done = self.filtered(lambda row: row.state in _FINAL)
        if done:
            raise UserError(self.env._("Row %s has been brought in already.", done[0].number))
