"""Old workbooks of Excel: read like the new ones, refused with a reason."""

import datetime
import struct
from io import BytesIO
from unittest.mock import patch

import xlrd
import xlwt

from odoo.tests import BaseCase, tagged

from odoo.addons.kunden_crm.kernel.import_file import LIMITS, Unreadable, looks, opened, rows


def workbook():
    """A list of customers as somebody kept it for twenty years."""
    book = xlwt.Workbook()
    sheet, hidden = book.add_sheet("Kunden"), book.add_sheet("Alt")
    hidden.visibility = 1
    day, code = xlwt.easyxf(num_format_str="DD.MM.YYYY"), xlwt.easyxf(num_format_str="00000")
    for column, name in enumerate(("Name", "PLZ", "Geboren", "Aktiv", "Umsatz", "Kd-Nr.")):
        sheet.write(2, column, name)
    sheet.write_merge(0, 0, 0, 2, "Unsere Kunden")
    sheet.write(3, 0, "Jürgen Weiß")
    sheet.write(3, 1, 1067, code)
    sheet.write(3, 2, datetime.date(1980, 12, 31), day)
    sheet.write(3, 3, True)
    sheet.write(3, 4, 1234.5)
    sheet.write(3, 5, 123)
    sheet.write(5, 0, "Ånna\0")
    sheet.write(5, 1, 1067)
    sheet.write(5, 2, 60, day)
    sheet.row(5).set_cell_error(3, "#N/A!")
    sheet.row(5).set_cell_blank(4)
    sheet.write_merge(3, 5, 6, 6, "Weg 1")
    sheet.row(5).hidden = sheet.row(9).hidden = True
    hidden.write(0, 0, "Name")
    stream = BytesIO()
    book.save(stream)
    return stream


@tagged("post_install", "-at_install")
class TestImportXls(BaseCase):
    def refused(self, content, limits=LIMITS):
        with self.assertRaises(Unreadable) as caught:
            opened(BytesIO(content), "kunden.xls", limits)
        return caught.exception.code

    def test_an_old_workbook_is_read(self):
        stream = workbook()
        known = opened(stream, "kunden.xls")
        self.assertEqual((known.kind, known.sheets), ("xls", ["Kunden", "Alt"]))
        self.assertEqual(known.hints, [("sheets_hidden", {"sheets": ["Alt"]})])
        look = looks(stream, known)
        self.assertEqual((look.header_row, look.kinds[:2]), (3, ["title", "header"]))
        self.assertIn(("merged_cells", {"ranges": ["A1:C1"], "count": 1}), look.hints)
        self.assertIn(("merged_rows", {"ranges": ["G4:G6"], "count": 1}), look.hints)
        self.assertIn(("hidden_rows", {"count": 1}), look.hints)
        first, second = list(rows(stream, known, after=3))
        born = datetime.date(1980, 12, 31)
        told = ["Jürgen Weiß", "01067", born, True, 1234.5, 123, "Weg 1"]
        self.assertEqual(first.cells, told)
        self.assertEqual(first.notes, [(1, "shown_zeros")])
        told = ["Ånna", 1067, "29.02.1900", "#N/A", None, None, "Weg 1"]
        self.assertEqual((second.number, second.cells), (6, told))
        notes = [(0, "null_character"), (2, "phantom_day"), (3, "error_value"), (6, "merged")]
        self.assertEqual(second.notes, notes)
        self.assertEqual([row.cells for row in rows(stream, known, "Alt")], [["Name"]])

    def test_what_cannot_be_read_is_refused(self):
        content = workbook().getvalue()
        self.assertEqual(self.refused(content[:512] + b"\xff" * 1024 + content[1536:]), "damaged")
        self.assertEqual(self.refused(content, LIMITS._replace(xls=100)), "too_large")
        for error, code in (
            (xlrd.XLRDError("Workbook is encrypted"), "encrypted"),
            (xlrd.XLRDError("Expected BOF record"), "damaged"),
            (struct.error("unpack requires 4 bytes"), "damaged"),
        ):
            with patch.object(xlrd, "open_workbook", side_effect=error):
                self.assertEqual(self.refused(content), code)
        with patch.object(xlrd.Book, "sheets", lambda self: []):
            self.assertEqual(self.refused(content), "no_sheet")
