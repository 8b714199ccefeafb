"""Old workbooks of Excel (xls): one more kind of file for the reader of the kernel.

The format is binary and is read whole, under a cap on its size, by xlrd: the library Odoo reads
it with. Where xlrd is missing, such files are refused with a sentence. Macros are not looked at;
of formulas the kept value is read (xlrd does not tell them from values).
"""

import struct
from io import StringIO

from ..kernel import import_file
from ..kernel.import_file import Row, Unreadable
from ..kernel.import_merged import Area, Survey
from ..kernel.import_serial import format_kind, plain_number
from ..kernel.import_xlsx_sheet import styled

try:
    import xlrd
    from xlrd.compdoc import CompDocError
except ImportError:
    xlrd = CompDocError = None

# What a damaged file makes xlrd stumble over.
DAMAGED = (
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR, BLANK = range(7)
COLUMNS = 256


def _book(stream, limits):
    """The workbook; Unreadable where there is none or it is behind a password."""
    stream.seek(0)
    options = {"formatting_info": True, "ragged_rows": True, "logfile": StringIO()}
    try:
        return xlrd.open_workbook(file_contents=stream.read(limits.xls + 1), **options)
    except xlrd.XLRDError as error:
        encrypted = "encrypt" in str(error).lower() or "password" in str(error).lower()
        raise Unreadable("encrypted" if encrypted else "damaged", part="") from error
    except (CompDocError, *DAMAGED) as error:
        raise Unreadable("damaged", part="") from error


class XlsReader:
    """Reads an old workbook; the same promises as the readers of the kernel."""

    def __init__(self, stream, opened):
        self.stream, self.limits, self.hints = stream, opened.limits, []
        self.book = _book(stream, opened.limits)
        self.sheets = {sheet.name: sheet for sheet in self.book.sheets()}
        self.hidden = [name for name, sheet in self.sheets.items() if sheet.visibility]
        if not self.sheets:
            raise Unreadable("no_sheet")
        formats = self.book.format_map
        self.styles = [
            format_kind(0, formats[xf.format_key].format_str if xf.format_key in formats else "")
            for xf in self.book.xf_list
        ]

    def rows(self, sheet, after=0, _position=0):
        """Rows behind that number."""
        found = self.sheets[sheet]
        for index in range(after, found.nrows):
            row = self._row(found, index)
            if row.cells:
                yield row

    def _row(self, sheet, index):
        cells, notes = [], []
        for column, cell in enumerate(sheet.row(index)):
            value, code = self._value(cell)
            if code:
                notes.append((column, code))
            cells.append(value)
        while cells and cells[-1] is None:
            cells.pop()
        return Row(index + 1, cells, notes)

    def _value(self, cell):
        """The value of a cell, and a code."""
        if cell.ctype in (EMPTY, BLANK):
            return None, ""
        if cell.ctype == TEXT:
            return cell.value.replace("\0", "") or None, "null_character" * ("\0" in cell.value)
        if cell.ctype == BOOLEAN:
            return bool(cell.value), ""
        if cell.ctype == ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#"), "error_value"
        number, code = plain_number(repr(cell.value))
        style = self.styles[cell.xf_index] if cell.xf_index is not None else None
        if code or not style:
            return number, code
        return styled(number, style, bool(self.book.datemode))

    def survey(self, sheet):
        """Merged cells and hidden rows."""
        found = self.sheets[sheet]
        areas = [
            Area(low + 1, high, left, right - 1)
            for low, high, left, right in found.merged_cells
            if 0 <= low < high and 0 <= left < right <= COLUMNS
        ]
        rows = found.rowinfo_map.items()
        hidden = [index for index, info in rows if info.hidden and index < found.nrows]
        return Survey(areas, sum(any(found.row_types(index)) for index in hidden))


def open_xls(stream, opened):
    """Finds the sheets of an old workbook, writes them into what is opened; its reader."""
    reader = XlsReader(stream, opened)
    opened.sheets, opened.hidden = list(reader.sheets), reader.hidden
    opened.reader = reader
    return reader


if xlrd:
    import_file.KINDS["xls"] = open_xls
