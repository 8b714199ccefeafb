"""Merged cells and hidden rows: each row has the value of the cells it lies in, and says so."""

from io import BytesIO

import pytest
import xlsxwriter
from import_files import ods, xlsx

from odoo.addons.kunden_crm.kernel import import_merged, import_ods, import_xlsx, import_zip
from odoo.addons.kunden_crm.kernel.import_file import looks, opened, rows

MERGED = [(2, "merged"), (3, "merged")]
# A title and a heading over two rows, and a household with one street and two numbers.
FOUND = [
    (4, ["Ada", None, "Weg 1", "030 1"], []),
    (5, ["Bob", None, "Weg 1", "030 2"], [(2, "merged")]),
    (6, ["Cäsar", None, "Weg 1", "030 2"], MERGED),
    (8, ["Dora"], []),
    (9, ["Eva", None, "Weg 9"], []),
]


def workbook():
    """The household as Excel writes it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kunden")
        sheet.merge_range("A1:A2", "Unsere Kunden")
        sheet.write("B2", "Stand")
        sheet.write_row(2, 0, ["Name", "Ort", "Straße", "Telefon"])
        for row, name in enumerate(["Ada", "Bob", "Cäsar", None, "Dora", "Eva"], 3):
            sheet.write(row, 0, name)
        sheet.merge_range("C4:C7", "Weg 1")
        sheet.write("D4", "030 1")
        sheet.merge_range("D5:D7", "030 2")
        sheet.merge_range("B4:B7", None)
        sheet.merge_range("C8:C9", None)
        sheet.write("C9", "Weg 9")
        for row in (4, 6):
            sheet.set_row(row, None, None, {"hidden": True})
    return stream.getvalue()


def spreadsheet():
    """The household as LibreOffice writes it."""

    def cell(text, down=1, across=1):
        spans = f"table:number-rows-spanned='{down}' table:number-columns-spanned='{across}'"
        said = f"<text:p>{text}</text:p>" if text else ""
        return f"<table:table-cell {spans}>{said}</table:table-cell>"

    empty, covered = "<table:table-cell/>", "<table:covered-table-cell/>"
    lines = (
        ("", cell("Unsere Kunden", 2) + empty),
        ("", covered + cell("Stand")),
        ("", "".join(map(cell, ("Name", "Ort", "Straße", "Telefon")))),
        ("", cell("Ada") + cell("", 4) + cell("Weg 1", 4) + cell("030 1")),
        ("collapse", cell("Bob") + covered * 2 + cell("030 2", 3)),
        ("", cell("Cäsar") + covered * 3),
        ("filter", empty + covered * 3),
        ("", cell("Dora") + empty + cell("", 2)),
        ("", cell("Eva") + empty + cell("Weg 9")),
    )
    told = "".join(
        f"<table:table-row table:visibility='{shown or 'visible'}'>{cells}</table:table-row>"
        for shown, cells in lines
    )
    return ods(f"<table:table table:name='Kunden'>{told}</table:table>")


# A hidden row without cells is a row for Excel.
@pytest.mark.parametrize("content, hidden", [(workbook(), 2), (spreadsheet(), 1)])
def test_each_row_has_the_value_of_the_merged_cells_it_lies_in(content, hidden, monkeypatch):
    monkeypatch.setattr(import_zip, "CHUNK", 300)
    monkeypatch.setattr(import_ods, "OVERLAP", 200)
    stream = BytesIO(content)
    known = opened(stream, "k")
    plain = list(rows(stream, known))
    look = looks(stream, known)
    hints = dict(look.hints)
    assert (look.header_row, look.kinds) == (3, ["title"] * 2 + ["header"] + ["data"] * 5)
    assert look.rows[1].cells[:2] == [None, "Stand"]
    assert look.rows[5].cells == FOUND[2][1]
    spread = ["B4:B7", "C4:C7", "C8:C9", "D5:D7"]
    assert sorted(hints["merged_rows"]["ranges"]) == spread
    assert hints["merged_cells"] == {"ranges": ["A1:A2"], "count": 1}
    assert hints["hidden_rows"] == {"count": hidden}
    found = list(rows(stream, known, after=3))
    assert [(row.number, row.cells, list(row.notes)) for row in found] == FOUND
    for index, row in enumerate(found):
        rest = list(rows(stream, known, after=row.number, position=row.position))
        assert rest == found[index + 1 :]
    assert looks(stream, known, header=3) == look
    assert not looks(stream, known, header=9).header[3:]
    assert list(rows(stream, known)) == plain


def test_a_sheet_has_only_so_many_merged_cells(monkeypatch):
    names = "<row><c t='str'><v>Name</v></c></row><row><c><v>1</v></c></row><row><c/></row>"
    merged = "".join(f"<x:mergeCell x='y' ref='A{row}:B{row + 1}'/>" for row in (2, 4, 6))
    sheet = f"<worksheet><sheetData>{names}</sheetData><m>{merged}</m></worksheet>"
    for module in (import_ods, import_xlsx):
        monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(import_merged, "TOLD", 1)
    hints = dict(looks_of(xlsx(sheet)).hints)
    assert hints["merged_rows"] == {"ranges": ["A2:B3"], "count": 2}
    assert hints["merged_cells"] == {"ranges": [], "count": 1}
    monkeypatch.setattr(import_xlsx, "SURVEYED", 10)
    assert "merged_rows" not in dict(looks_of(xlsx(sheet)).hints)
    assert dict(looks_of(spreadsheet()).hints)["merged_cells"] == {"ranges": ["A1:A2"], "count": 4}
    monkeypatch.setattr(import_ods, "SURVEYED", 10)
    assert "merged_rows" not in dict(looks_of(spreadsheet()).hints)


def looks_of(content):
    """The beginning of a file."""
    return looks(BytesIO(content), opened(BytesIO(content), "k"))
