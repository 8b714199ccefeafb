from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..kernel.import_base import Unreadable
from ..kernel.import_file import looks, opened
from .import_column import LEFT

# So many rows are looked at while the user waits; more by the job.
AT_ONCE = 2000


class KundenImportAnalyseMixin(models.AbstractModel):
    """The preview of an import: opens the file, finds out what its columns mean, and reads it."""

    _name = "kunden.import.analyse.mixin"
    _inherit = "kunden.import.words.mixin"
    _description = "Preview of an Import"

    def action_analyse(self):
        """Look at the file and say of each row what it would do; no contact changes.

        What was chosen for the columns stays; rows of an earlier look are thrown away.
        """
        self.ensure_one()
        self._refuse_analysis()
        self._drop_rows()
        self._note({"error": False, "state": "draft", "step": False, "position": 0})
        if not self._has_file():
            self._fail(self._told("empty"))
            return True
        if not self.source_id:
            source = self.env["kunden.import.source"]._named(self.source, self.company_id)
            self._note({"source_id": source.id})
        try:
            with self._stream() as stream:
                if self._look_at(stream):
                    self._begin_reading()
        except Unreadable as error:
            self._fail(self._told(error.code, error.details))
        return True

    def _refuse_analysis(self):
        """UserError where there is nothing to look at, or something is under way or done."""
        self._check_may_import()
        if self.step or not self.try_lock_for_update():
            raise UserError(self.env._("This file is being read already."))
        if self.state not in ("draft", "analysed", "failed", "cancelled") or self._has_written():
            raise UserError(
                self.env._("This import has been carried out. Please bring the file in anew.")
            )
        if not self.filename and not self._has_file():
            raise UserError(self.env._("Please choose a file first."))

    def _has_file(self):
        """Whether there is a file with anything in it."""
        # sudo: the size of a file that this user may read and change
        return bool(self.sudo().with_context(bin_size=True).file)

    def _has_written(self):
        """Whether rows have become contacts."""
        written = [("batch_id", "=", self.id), ("state", "in", ("created", "updated"))]
        return bool(self.env["kunden.import.row"].search_count(written, limit=1))

    def _drop_rows(self):
        """Throw away what an earlier look has found; there may be a million rows."""
        self.env.flush_all()
        # in the order of whoever reads the file: first the import, then what he has put aside
        lock = SQL("SELECT FROM kunden_import_batch WHERE id = %s FOR NO KEY UPDATE", self.id)
        self.env.cr.execute(lock, log_exceptions=False)
        self._drop_what_is_compared()
        self.env.cr.execute(SQL("DELETE FROM kunden_import_row WHERE batch_id = %s", self.id))
        self._counted_anew()

    @api.ondelete(at_uninstall=False)
    def _drop_what_is_compared(self):
        """Nothing stays of what is known of the rows, also where an import is deleted."""
        for batch in self:
            self.env["kunden.import.stop"]._take(batch.id)
            # who reads some of the rows is waited for, and this is done again: his rows go too
            self.env["kunden.import.part"]._drop(batch.id)
            self.env["kunden.import.key"]._drop(batch.id)
            self.env["kunden.import.pair"]._drop(batch.id)

    def _counted_anew(self):
        """Drops from memory what was read of rows."""
        self.env["kunden.import.row"].invalidate_model(flush=False)
        self.invalidate_recordset(flush=False)

    def _fail(self, sentence):
        """Nothing of the file is kept; the batch says why."""
        self._drop_rows()
        self._note({"state": "failed", "step": False, "error": sentence})

    # The file

    @contextmanager
    def _stream(self):
        """The file as a stream: from disk, where the attachments lie there."""
        # sudo: the attachment of a batch that this user may read
        attachments = self.env["ir.attachment"].sudo()
        own = [("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "=", self.id)]
        attachment = attachments.search(own, limit=1)
        if not attachment.store_fname:
            yield BytesIO(attachment.db_datas or b"")
            return
        path = Path(attachment._full_path(attachment.store_fname))
        if not path.is_file():
            raise Unreadable("missing_file")
        with path.open("rb") as stream:
            yield stream

    def _opened(self, stream):
        """What the file is, with what was chosen for it."""
        chosen = {"encoding": self.encoding or None, "separator": self.separator or None}
        return opened(stream, self.filename or "", **chosen)

    def _look_at(self, stream):
        """Note what the file is and what its columns mean; whether that is enough to read it."""
        known = self._opened(stream)
        chosen = self.header_row if self.header_row or self.analysed_at else None
        look = looks(stream, known, self.sheet or None, header=chosen)
        self._note(
            {
                "kind": known.kind,
                "encoding": known.encoding,
                "separator": known.separator,
                "sheet_names": known.sheets,
                "header_row": look.header_row,
                "preview": self._previewed(look),
                "hints": [*known.hints, *look.hints],
                "analysed_at": fields.Datetime.now(),
            }
        )
        if "data" not in look.kinds:
            raise Unreadable("no_data_rows")
        self._find_columns(stream, known, look)
        problems = self.column_ids._problems()
        hints = [*(self.hints or ()), *self._left_hints(known)]
        self._note({"error": " ".join(problems) or False, "hints": hints})
        return not problems

    def _left_hints(self, known):
        """What of the file is not read: sheets and columns."""
        left = [sheet for sheet in known.sheets if sheet not in self._sheets_read(known)]
        if left:
            yield "sheets_other", {"sheets": left}
        columns = self.column_ids.filtered(lambda column: column.target in LEFT)
        if names := [column.header or str(column.number + 1) for column in columns]:
            yield "left_columns", {"names": names}

    @api.model
    def _previewed(self, look):
        """The first rows as texts, and among them one with umlauts if there is any."""
        return [
            {
                "number": row.number,
                "kind": kind,
                "cells": ["" if cell is None else str(cell)[:100] for cell in row.cells],
            }
            for row, kind in zip(look.rows, look.kinds, strict=True)
        ]

    # The job

    def _begin_reading(self):
        """Read at once what is small; the rest is left to the job."""
        version = self.env["kunden.field.check"]._version()
        begun = {"step": "reading", "position": 0, "file_position": False, "cursor": False}
        self._note({**begun, "user_id": self.env.uid, "rule_version": version, "last_position": 0})
        kept = {}
        self._work(kept, AT_ONCE)
        while self.step == "matching" and self.last_position <= AT_ONCE:
            self._work(kept, AT_ONCE)
        if self.step:
            # sudo: whoever may start a preview may wake the job that makes it
            self.env.ref("kunden_crm.cron_import").sudo()._trigger()

    def _cancel_analysis(self):
        """Stop looking at the file; no contact has changed."""
        self._drop_rows()
        self._note({"state": "draft", "step": False, "position": 0})
