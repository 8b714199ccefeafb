"""Workbooks and spreadsheets: what their cells show, what is noted, what never happens."""

import datetime
from io import BytesIO
from unittest.mock import patch

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from import_files import cells, look, ods, read, refused, xlsx, zipped

from odoo.addons.kunden_crm.kernel import import_ods, import_strings, import_xlsx, import_zip
from odoo.addons.kunden_crm.kernel.import_file import LIMITS, opened, rows

LAW = settings(derandomize=True, deadline=None, max_examples=40, database=None)
DAY = datetime.date(1980, 12, 31)
SMALL = LIMITS._replace(rows=5, columns=3, cell=5, ratio_from=1000, entries=20, token=100_000)


def workbook(fill, **options):
    """A workbook as a program writes it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        fill(book)
    return stream.getvalue()


def customers(book):
    """Titles, a header of two lines, typed cells, a hidden sheet, merged cells, a sum."""
    sheet, hidden = book.add_worksheet("Kunden"), book.add_worksheet("Alt")
    hidden.hide()
    hidden.write_row(0, 0, ["Name", "Post-\nleitzahl"])
    day, code = (book.add_format({"num_format": kind}) for kind in ("dd.mm.yyyy", "00000"))
    sheet.write(0, 0, "Unsere Kunden")
    sheet.write_row(2, 0, ["Name", "Post-\nleitzahl", "Geboren", "Aktiv", "Umsatz"])
    sheet.write_rich_string(3, 0, "Jür", book.add_format({"bold": True}), "gen", " Weiß")
    sheet.write(3, 1, 1067, code)
    sheet.write_datetime(3, 2, datetime.datetime(1980, 12, 31), day)
    sheet.write(3, 3, True)
    sheet.write_formula(3, 4, '=A1&"x"', None, "x")
    sheet.write_formula(3, 5, "=1/0", None, "#DIV/0!")
    sheet.write_row(5, 0, ["A\rB", 1067, 29586, None, 0.1 + 0.2])
    sheet.merge_range("A8:A9", "Familie")
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_row(9, 0, ["Summe", None, None, None, 5])


def test_a_workbook_is_read_as_it_is_shown():
    for options in ({}, {"constant_memory": True}):
        content = workbook(customers, **options)
        known, found = read(content)
        assert (known.kind, known.sheets, known.hidden) == ("xlsx", ["Kunden", "Alt"], ["Alt"])
        assert known.hints == [("sheets_hidden", {"sheets": ["Alt"]})]
        assert [row.number for row in found] == [1, 3, 4, 6, 8, 10]
        assert found[2].cells == ["Jürgen Weiß", "01067", DAY, True, "x", "#DIV/0!"]
        assert found[2].notes == [
            (1, "shown_zeros"),
            (4, "formula"),
            (5, "error_value"),
            (5, "formula"),
        ]
        assert found[3].cells == ["A\rB", 1067, 29586, None, 0.3]
    seen = look(content)
    assert (seen.header_row, seen.header[:2]) == (3, ["Name", "Postleitzahl"])
    assert seen.kinds == ["title", "header", "data", "data", "data", "sum"]
    assert ("merged_rows", {"ranges": ["A8:A9"], "count": 1}) in seen.hints
    assert ("hidden_rows", {"count": 1}) in seen.hints
    assert cells(content, sheet="Alt") == [["Name", "Post-\nleitzahl"]]
    assert refused(content, sheet="Neu")[0] == "no_such_sheet"


def test_sheets_with_the_same_header_are_told():
    def months(book):
        for name in ("Januar", "Februar", "Preise"):
            book.add_worksheet(name).write_row(
                0, 0, ["Name", name[:1] if name == "Preise" else "Ort"]
            )

    hints = dict(look(workbook(months), sheet="Februar").hints)
    assert hints["sheets_alike"] == {"sheets": ["Januar", "Februar"]}
    assert "sheets_alike" not in dict(look(workbook(months), sheet="Preise").hints)


CELLS = (
    ('<c t="s"><v>0</v></c>', "Ada", []),
    ('<c t="s"><v>1</v></c>', "Bob", []),
    ('<c t="s"><v>2</v></c><c><v>1</v></c>', None, []),
    ('<c t="inlineStr"><is><t>A</t><rPh><t>x</t></rPh><r><t> B</t></r></is></c>', "A B", []),
    ('<c t="str"><v>_x0041_b</v></c>', "Ab", []),
    ('<c t="str"><f>A1</f></c>', None, [(0, "formula_no_value")]),
    ('<c t="b"><v>0</v></c>', False, []),
    ('<c t="e"><v>#N/A</v></c>', "#N/A", [(0, "error_value")]),
    ('<c t="d"><v>1980-12-31</v></c>', DAY, []),
    ('<c s="1"><v>60</v></c>', "29.02.1900", [(0, "phantom_day")]),
    ('<c s="1"><v>0</v></c>', "00.01.1900", [(0, "zero_date")]),
    ('<c s="1"><v>-5</v></c>', -5, [(0, "bad_date")]),
    ('<c s="1"><v>29586.5</v></c>', datetime.datetime(1980, 12, 31, 12), []),
    ('<c s="1"><v>0.25</v></c>', "06:00:00", [(0, "time_only")]),
    ('<c s="2"><v>0.5</v></c>', "12:00:00", [(0, "time_only")]),
    ('<c s="3"><v>4.9301E10</v></c>', 49301000000, []),
    ('<c s="4"><v>1.5</v></c>', 1.5, []),
    ('<c s="5"><v>1000</v></c>', 1000, []),
    ("<c><v>12345678901234567890</v></c>", 12345678901234567890, [(0, "long_number")]),
    ("<c><v>1e300</v></c>", 1e300, [(0, "long_number")]),
    ("<c><v>1e999</v></c>", "1e999", [(0, "bad_number")]),
    ("<c><v>abc</v></c>", "abc", [(0, "bad_number")]),
    ('<c t="str"><v>Müllers</v></c>', "Mülle", [(0, "cell_too_long")]),
)


def test_cells_by_hand():
    strings = (
        "<sst><si><t>Ada</t><rPh><t>x</t></rPh></si>"
        "<si><r><t>B</t></r><r><t>ob</t></r></si><si/></sst>"
    )
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="hh:mm"/><numFmt numFmtId="171" '
        'formatCode="General"/><numFmt numFmtId="172" formatCode="#,##0"/></numFmts><cellStyleXfs>'
        '<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/>'
        '<xf numFmtId="x"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>'
    )
    for cell, value, notes in CELLS:
        content = xlsx(
            f'<row r="2">{cell}<c r="C2"><v>9</v></c></row>', strings=strings, styles=styles
        )
        limits = SMALL if "Müllers" in cell else LIMITS
        row = read(content, limits)[1][0]
        assert (row.number, row.cells[0], row.notes) == (2, value, notes), cell
        assert row.cells[2] == 9
    content = xlsx('<row><c s="1"><v>1</v></c></row>', '<workbookPr date1904="1"/>', styles=styles)
    assert cells(content) == [[datetime.date(1904, 1, 2)]]
    late = xlsx(
        '<row><c s="1"><v>2958400</v></c></row>', '<workbookPr date1904="1"/>', styles=styles
    )
    assert read(late)[1][0].notes == [(0, "bad_date")]


def test_rows_and_columns_out_of_order():
    content = xlsx(
        '<row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c><c><v>7</v></c></row><row r="x">'
        '<c><v>3</v></c></row><row r="2"><c r="AB2"><v>4</v></c></row><row r="9"><c r="A9"/></row>'
    )
    found = read(content)[1]
    assert [(row.number, row.cells[0]) for row in found] == [(3, 1), (4, 3), (5, None)]
    assert (found[0].cells, len(found[2].cells)) == ([1, 7], 28)
    row = read(content, SMALL._replace(rows=9))[1][2]
    assert (row.cells, row.notes) == ([], [(27, "beyond_columns")])
    prefixed = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r="1">'
        "<x:c t='inlineStr'><x:is><x:t>A</x:t><x:rPh/></x:is></x:c></x:row>"
        "<x:row><x:c><x:f/><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    known, found = read(xlsx(prefixed))
    assert [row.cells for row in found] == [["A"], [5]]
    stream = known.reader.stream
    assert list(rows(stream, known, after=1, position=found[0].position)) == found[1:]


def test_strings_go_to_disk_beyond_a_size():
    texts = [f"Müller {number}" for number in range(50)]
    strings = "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"
    order = [*range(50), 49, 49, 3]
    sheet = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in order)
    content = xlsx(sheet, strings=strings)
    found = read(content, LIMITS._replace(strings=500))[1]
    assert [row.cells for row in found] == [[texts[number]] for number in order]
    with patch.object(import_strings, "TemporaryFile", side_effect=OSError(28, "full")):
        assert refused(content, LIMITS._replace(strings=500))[0] == "no_room"
    for wrong in ("50", "-1", "x"):
        bad = xlsx(f'<row><c t="s"><v>{wrong}</v></c></row>', strings=strings)
        assert refused(bad)[0] == "damaged"
    assert refused(xlsx('<row><c t="s"><v>0</v></c></row>'))[0] == "damaged"


def test_reading_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(import_zip, "CHUNK", 300)
    table = "".join(
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell>'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
        for text, times in (("a", 1), ("b", 3), ("c", 1))
    )
    group = "<table:table-row-group><table:table-row><table:table-cell office:value-type='float' "
    group += "office:value='5'/></table:table-row></table:table-row-group>"
    spreadsheet = f"<table:table table:name='K'>{table}{group}{table}</table:table>"
    for content in (workbook(customers), ods(spreadsheet)):
        stream = BytesIO(content)
        known = opened(stream, "k")
        found = list(rows(stream, known))
        assert len(found) in (6, 11)
        for index, row in enumerate(found):
            for position in {0, row.position}:
                rest = list(rows(stream, known, after=row.number, position=position))
                assert rest == found[index + 1 :]
    foreign = (
        '<?xml version="1.0" encoding="iso-8859-1"?><worksheet><sheetData><row><c><v>1</v></c>'
    )
    content = xlsx(foreign + "</row></sheetData></worksheet>")
    assert read(content)[1][0].position == 0
    assert len(list(rows(BytesIO(content), read(content)[0]))) == 1


TYPED = (
    ('office:value-type="float" office:value="1067"', "01067", "01067", [(0, "shown_zeros")]),
    ('office:value-type="float" office:value="1067"', "1067", 1067, []),
    ('office:value-type="float" office:value="0.5"', "01", 0.5, []),
    ('office:value-type="currency" office:value="12.5"', "12,50 €", 12.5, []),
    ('office:value-type="percentage" office:value="0.19"', "19 %", 0.19, []),
    ('office:value-type="float"', "7", 7, []),
    ('office:value-type="date" office:date-value="1980-12-31"', "31.12.80", DAY, []),
    (
        'office:value-type="date" office:date-value="1980-12-31T08:00:00"',
        "",
        datetime.datetime(1980, 12, 31, 8),
        [],
    ),
    ('office:value-type="date" office:date-value="x"', "", "x", [(0, "bad_date")]),
    (
        'office:value-type="time" office:time-value="PT8H5M00S"',
        "8:05",
        "08:05:00",
        [(0, "time_only")],
    ),
    ('office:value-type="time" office:time-value="x"', "", "x", [(0, "bad_date")]),
    ('office:value-type="boolean" office:boolean-value="true"', "WAHR", True, []),
    ('office:value-type="string" office:string-value="x"', "", "x", []),
    (
        'table:formula="of:=1"  office:value-type="float" office:value="1"',
        "1",
        1,
        [(0, "formula")],
    ),
    ('table:formula="of:=1"', "", None, [(0, "formula_no_value")]),
    ('table:formula="of:=1"', "#NV", "#NV", [(0, "formula"), (0, "error_value")]),
    ('calcext:value-type="error"', "#N/A", "#N/A", [(0, "error_value")]),
    ("", "A<text:s/><text:s text:c='2'/>B<text:line-break/>C<text:tab/>D", "A   B\nC\tD", []),
    ("", "A</text:p><text:p>B", "A\nB", []),
    (
        "",
        "</text:p><office:annotation><text:p>neu</text:p></office:annotation><text:p>",
        "\n",
        [],
    ),
    ("", "Müllersch", "Mülle", [(0, "cell_too_long")]),
)


def test_a_spreadsheet_of_libreoffice():
    cell = "table:table-cell"
    for typed, text, value, notes in TYPED:
        inside = f"<text:p>{text}</text:p>" if text else ""
        content = ods(
            f"<table:table table:name='A&amp;B'><table:table-row><{cell} {typed}>{inside}</{cell}>"
            f"<{cell} table:number-columns-repeated='1'/><{cell}><text:p>z</text:p></{cell}>"
            f"<{cell} table:number-columns-repeated='16000'/></table:table-row></table:table>"
        )
        known, found = read(content, SMALL if text == "Müllersch" else LIMITS)
        assert (known.kind, known.sheets) == ("ods", ["A&B"])
        assert (found[0].cells, found[0].notes) == ([value, None, "z"], notes), (typed, text)


def test_repeated_cells_and_hidden_sheets():
    row = "<table:table-row table:number-rows-repeated='{}'>{}</table:table-row>"
    cell = "<table:table-cell table:number-columns-repeated='{}'>{}</table:table-cell>"
    text = "<text:p>x</text:p>"
    tables = (
        "<table:table table:name='Alt' table:style-name='t2'></table:table><table:table "
        "table:name='Neu' table:style-name='t1'>"
        + row.format(1_000_000, cell.format(16_000, ""))
        + row.format(
            "z", cell.format(2, text) + "<table:covered-table-cell/>" + cell.format(1, text)
        )
        + row.format(2, cell.format(5, "") + cell.format(16_000, text))
        + "</table:table>"
    )
    styles = (
        "<style:style style:name='t1'/><style:style style:name='t2'>"
        "<style:table-properties table:display='false'/></style:style>"
    )
    known, found = read(ods(tables, styles, **{"Basic/x.xml": ""}))
    assert (known.sheets, known.hidden) == (["Alt", "Neu"], ["Alt"])
    assert [code for code, _details in known.hints] == ["macros", "sheets_hidden"]
    assert [row.number for row in found] == [1_000_001, 1_000_002, 1_000_003]
    assert found[0].cells == ["x", "x", None, "x"]
    assert (len(found[1].cells), found[1].notes) == (2000, [(5, "beyond_columns")])
    assert found[1] == found[2]._replace(number=1_000_002)
    assert look(ods(tables)).header_row == 0
    assert refused(ods(tables), SMALL)[0] == "too_many_rows"


def test_bombs_links_and_macros():
    spaces = "<row><c><v>1</v></c></row>" + " " * 2_000_000
    assert refused(xlsx(spaces), SMALL)[0] == "bomb"
    assert refused(xlsx(spaces), LIMITS._replace(unpacked=1_000_000))[0] == "bomb"
    assert (
        refused(xlsx(f'<row a="{"x" * 1_000_000}"/>'), SMALL._replace(ratio=9999))[0] == "damaged"
    )
    entity = (
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>'
    )
    assert refused(xlsx(entity))[0] == "doctype"
    assert refused(xlsx(entity[:13] + entity[65:]))[0] in ("doctype", "damaged")
    assert refused(xlsx("<row>" * 9))[0] == "damaged"
    for encoding in ("klingon", "utf-7"):
        strange = f'<?xml version="1.0" encoding="{encoding}"?><worksheet><sheetData/></worksheet>'
        assert refused(xlsx(strange))[0] == "damaged"
    assert refused(xlsx("<row r='6'/>"), SMALL)[0] == "too_many_rows"
    assert refused(xlsx("<row><c r='ZZZZ1'/></row>"))[0] == "damaged"
    assert refused(xlsx("<row><c r='XFE1'/></row>"))[0] == "damaged"
    many = "<row>" + "<c r='XFD1'><v>1</v></c>" * 20_001 + "</row>"
    assert refused(xlsx(many))[0] == "damaged"
    cell = "<table:table-cell table:formula='a'/>" * 20_002
    many = f"<table:table table:name='A'><table:table-row>{cell}</table:table-row></table:table>"
    assert refused(ods(many))[0] == "damaged"
    styles = "<a>" + "<xf/>" * 500_001 + "</a>"
    assert refused(xlsx("", styles=styles))[0] == "damaged"
    known = read(xlsx("", **{"xl/vbaProject.bin": "x", "xl/externalLinks/a.xml": "x"}))[0]
    assert [code for code, _details in known.hints] == ["macros", "external_links"]


def test_parts_that_are_missing_or_wrong(monkeypatch):
    assert refused(zipped({"[Content_Types].xml": "", "xl/a.xml": ""}))[0] == "damaged"
    book = {"[Content_Types].xml": "", "xl/workbook.xml": "<workbook/>"}
    assert refused(zipped(book))[0] == "no_sheet"
    assert refused(ods(""))[0] == "no_sheet"
    plain = {"mimetype": import_zip.ODS, "META-INF/manifest.xml": "<a/>", "content.xml": "<a/>"}
    assert refused(zipped(plain))[0] == "no_sheet"
    assert cells(xlsx("<row><c><v>1</v></c></row></sheetData><bad")) == [[1]]
    assert refused(zipped({str(number): "" for number in range(30)}), SMALL)[0] == "too_many_parts"
    content = bytearray(xlsx("<row><c><v>1</v></c></row>"))
    for name in (b"xl/worksheets/sheet1.xml", b"xl/workbook.xml"):
        damaged = bytearray(content)
        damaged[content.index(name) + len(name) + 8] ^= 255
        assert refused(bytes(damaged))[0] == "damaged"
    assert refused(b"PK\x03\x04" + b"x" * 50)[0] == "damaged"
    assert refused(content.replace(b"PK\x01\x02", b"PK\x01\x09"))[0] == "damaged"
    assert refused(zipped({"mimetype": import_zip.ODS, "content.xml": "<a/>"}, 12))[0] == "damaged"
    monkeypatch.setattr(import_xlsx, "SURVEYED", 0)
    assert not look(workbook(customers)).hints[1:]
    monkeypatch.setattr(import_ods, "OVERLAP", 50)
    assert read(ods("<table:table table:name='A'></table:table>"))[0].sheets == ["A"]


@LAW
@given(
    st.lists(
        st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0")).filter(
            lambda text: not text.startswith(("=", "{="))
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_any_text_in_a_cell_is_read(texts, constant):
    def fill(book):
        sheet = book.add_worksheet()
        for column, text in enumerate(texts):
            sheet.write_string(0, column, text)
        sheet.write_string(1, 0, "Ende")

    found = cells(workbook(fill, constant_memory=constant))
    shown = [text or None for text in texts]
    while shown and shown[-1] is None:
        shown.pop()
    assert found == [*([shown] if shown else []), ["Ende"]]
