from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)

from ..kernel.formulas import hide_formula


def _as_text(worksheet, row, column, text, style=None):
    """Write a text as a text; None leaves an empty one to the library."""
    return worksheet.write_string(row, column, text.replace("\r", " "), style) if text else None


class TextWriter(ExportXlsxWriter):
    """No text becomes a formula or a link: a spreadsheet would run what somebody typed."""

    def __init__(self, fields, columns_headers, row_count):
        super().__init__(fields, columns_headers, row_count)
        self.worksheet.add_write_handler(str, _as_text)


class GroupTextWriter(TextWriter, GroupExportXlsxWriter):
    pass


class TextExcelExport(ExcelExport):
    """A customer's name stands in the lists of every model, so all of them are written so."""

    def from_data(self, fields, columns_headers, rows):
        with TextWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with GroupTextWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value


class TextCSVExport(CSVExport):
    """Core hides texts that begin with = + or -, but not with @, tab or a line break."""

    def from_data(self, fields, columns_headers, rows):
        hidden = [list(map(_hidden, row)) for row in rows]
        return super().from_data(fields, list(map(_hidden, columns_headers)), hidden)


def _hidden(value):
    return hide_formula(value) if isinstance(value, str) else value
