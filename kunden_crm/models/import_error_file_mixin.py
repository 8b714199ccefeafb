import io

import xlsxwriter

from odoo import models
from odoo.exceptions import UserError

from .import_screen_mixin import WAITING

# So many rows are held at a time while the workbook is written.
_PAGE = 2000
_BOOK = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_BOOK |= {"strings_to_numbers": False}


class KundenImportErrorFileMixin(models.AbstractModel):
    """The rows that were not brought in, as a workbook to mend and bring in again."""

    _name = "kunden.import.error.file.mixin"
    _description = "Error File of an Import"

    def _error_file(self):
        """(name, content): the columns of the file, and in front row number and reason."""
        self.ensure_one()
        self.check_access("read")
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, _BOOK) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            head = [self.env._("Row in File"), self.env._("Reason")]
            head += [column.header or "" for column in self.column_ids]
            bold = book.add_format({"bold": True})
            _write(sheet, 0, head, bold)
            number = 0
            for row in self._waiting_rows():
                number += 1
                _write(sheet, number, [row.number, row.message or "", *row._cells()])
        if not number:
            raise UserError(self.env._("All rows were brought in: there is nothing to mend."))
        return self._error_file_name(), content.getvalue()

    def _waiting_rows(self):
        """The rows that wait, read page by page."""
        rows = self.env["kunden.import.row"]
        last = 0
        while True:
            domain = [("batch_id", "=", self.id), ("state", "in", WAITING)]
            page = rows.search([*domain, ("id", ">", last)], order="id", limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1].id
            rows.invalidate_model()

    def _error_file_name(self):
        """The name of the file that was brought in, and what this one is."""
        name = (self.filename or self.source or "").rpartition(".")[0] or self.source or ""
        return self.env._("%s - rows to mend", name) + ".xlsx"


def _write(sheet, number, cells, style=None):
    """A line of texts: nothing in it is run, summed or opened."""
    for column, cell in enumerate(cells):
        if cell not in (None, ""):
            sheet.write_string(number, column, _text(cell)[:32767], style)


def _text(cell):
    """A cell as it can be read again."""
    return str(cell).replace("\r", " ")
