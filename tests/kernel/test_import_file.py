"""What a file is, which row names its columns, which rows are data, and what is refused."""

import datetime
from io import BytesIO
from unittest.mock import patch

from import_files import ODS, look, ods, read, refused, xlsx, zipped

from odoo.addons.kunden_crm.kernel import import_file
from odoo.addons.kunden_crm.kernel.import_base import Row
from odoo.addons.kunden_crm.kernel.import_file import LIMITS, header_row, opened, row_kind, rows

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


REFUSED = (
    (b"", "empty", None),
    (b"\xef\xbb\xbf \n", "empty", None),
    (b"%PDF-1.7 ...", "not_a_table", "pdf"),
    (b"\x1f\x8b\x08...", "not_a_table", "packed"),
    (b"\x89PNG\r\n", "not_a_table", "image"),
    (b"RIFF1234WEBP", "not_a_table", "image"),
    (b"SQLite format 3\0", "not_a_table", "database"),
    (b"{\\rtf1", "not_a_table", "document"),
    (b"<html><table>", "not_a_table", "html"),
    (b"\xef\xbb\xbf<!-- x --> <!DOCTYPE html>", "not_a_table", "html"),
    ("<html>".encode("utf-16"), "not_a_table", "html"),
    (b"MIME-Version: 1.0", "not_a_table", "html"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:">',
     "not_a_table", "xml_table"),
    (b"<?xml version='1.0'?><office:document>", "not_a_table", "xml_table"),
    (b"<?xml version='1.0'?>\n<kunden><kunde/>", "not_a_table", "xml"),
    (b"BEGIN:VCARD\nVERSION:3.0", "not_a_table", "vcard"),
    (b'[{"name": "Ada"}]', "not_a_table", "json"),
    (bytes(range(32)) * 9, "not_a_table", "binary"),
    (OLE + b"...", "not_a_table", "document"),
    (OLE + ENCRYPTED, "encrypted", None),
    (OLE + b"\0" * ((1 << 20) - 20) + ENCRYPTED, "encrypted", None),
    (OLE + "Workbook".encode("utf-16-le"), "not_a_table", "xls"),
    (b"\x09\x08\x08\x00\x00\x05", "not_a_table", "xls"),
    (zipped({"../../x.csv": "a;b"}), "not_a_table", "zip"),
    (zipped({}), "not_a_table", "zip"),
    (zipped({"word/document.xml": ""}), "not_a_table", "document"),
    (zipped({"mimetype": f"{ODS[:-11]}text"}), "not_a_table", "document"),
    (zipped({"Index/Document.iwa": "", "mimetype": ""}), "not_a_table", "numbers"),
    (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "not_a_table", "xlsb"),
    (zipped({"encrypted-package": ""}), "encrypted", None),
    (ods("", **{"META-INF/manifest.xml": "<a><m:encryption-data/></a>"}), "encrypted", None),
)  # fmt: skip


def test_what_is_no_list_is_refused():

    for content, code, found in REFUSED:
        with patch.dict(import_file.KINDS):
            import_file.KINDS.pop("xls", None)
            refusal = refused(content)
        assert (refusal[0], refusal[1].get("found")) == (code, found), content[:30]
    locked = bytearray(xlsx(""))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked))[0] == "encrypted"
    assert refused(b"a;b", LIMITS._replace(size=2)) == ("too_large", {"size": 3, "limit": 2})
    assert refused(OLE + "Book".encode("utf-16-le"), LIMITS._replace(xls=9))[0] == "too_large"
    assert read(b"\n" * 5000 + b"Name;Ort")[1][0].number == 5001


def rows_of(*lines):
    return [Row(number, list(cells)) for number, cells in enumerate(lines, 1) if any(cells)]


def test_the_row_that_names_the_columns():
    day = datetime.date(1980, 12, 31)
    for lines, number in (
        ([], 0),
        ([("Name", "Ort"), ("Ada", "Ulm")], 1),
        ([("Kunden 2024",), (), ("Name", "Ort", "Umsatz"), ("Ada", "Ulm", 5)], 3),
        ([("Stand:", day), ("Name", "Vorname", "PLZ"), ("Weiß", "Ada", 89073)], 2),
        ([("Ada Weiß", "ada@weiss.example"), ("Bob Groß", "bob@gross.example")], 0),
        ([("Ada", 89073), ("Bob", 50667)], 0),
        ([("Wer", "Wann"), ("Ada", day), ("Bob", day)], 1),
        ([("Wer", "Wo"), ("Ada", "Ulm"), ("Bob", "Köln")], 0),
        ([("Wer", "Wer"), ("Ada", 5), ("Bob", 7)], 0),
        ([("Kunde", 2023, "2024"), ("Ada", 5, 7), ("Bob", 6, 8)], 1),
        ([("Name", 2022, "2023", 2024), ("Ada", 1, 2, 3), ("Bob", 4, 5, 6)], 1),
        ([("Kunde", True), ("Ada", 1)], 0),
        ([("x" * 90, "y"), ("Ada", "1")], 0),
        ([("Name",), ("Ada",), ("Bob",)], 1),
        (
            [
                ("Liste",),
                ("Name", "Tel. privat", "E-Mail-Adresse", None, "Geb."),
                ("A", "1", "a@b", "", day),
            ],
            2,
        ),
        ([("Kd-Nr", "Matchcode", "Anrede", "Kundenname1"), ("1", "A", "Herr", "B")], 1),
        ([("A", "B", "C"), ("Name", "Ort", "Tel"), ("Ada", "Ulm", "5")], 2),
        ([("Nr", 5), ("1", 7)], 0),
    ):
        assert header_row(rows_of(*lines)) == number, lines


def test_a_table_in_a_frame():
    frame = b"+------+------+\n"
    table = frame + b"| Name | Ort  |\n" + frame + b"| Ada  | Ulm  |\n| Bob  | Bonn |\n" + frame
    seen = look(table)
    assert (seen.header_row, seen.header) == (2, ["", "Name", "Ort"])
    assert seen.kinds == ["title", "header", "remark", "data", "data", "remark"]
    seen = look(b"Name;Ort\n----;---\nAda;Ulm\n")
    assert seen.kinds == ["header", "remark", "data"]


def test_kinds_of_rows():
    header = ["Name", "Ort", "Umsatz", "Notiz"]
    for cells, kind in (
        ([None, "", "  "], "empty"),
        (["Ada", "Ulm", 5], "data"),
        (["Ada"], "data"),
        (["Name ", "Ort", "Umsatz"], "header"),
        (["Summe", None, 1234.5], "sum"),
        (["Gesamtsumme:", "", "1.234,50 €"], "sum"),
        ([None, "Zwischensumme", "5"], "sum"),
        (["Anzahl Kunden", 12], "sum"),
        (["Summe", "Köln", 5], "data"),
        (["Köln gesamt", None, 1234.5], "sum"),
        (["Gesamtschule Köln", None, 1234.5], "data"),
        ([None, "Summe Januar 2024", "222,00"], "sum"),
        (["Summe Januar", 1, 2, 3], "data"),
        (["Summerer GmbH", None, 5], "data"),
        (["Total Tankstellen GmbH", None, 5], "data"),
        ([None, None, "5,00"], "sum"),
        ([None, None, "Anruf"], "data"),
        ([None, "Ulm", 5, "x"], "data"),
        (["# alt"], "remark"),
        (["+-----+------+"], "remark"),
        ([None, "-----", "=== ==", "╔═══"], "remark"),
        (["---", "Ulm"], "data"),
        (["-", "-", "-"], "data"),
        (["Stand: 01.01.2024"], "remark"),
        (["Stand 2024"], "remark"),
        (["Hinweis:"], "remark"),
        (["Standesamt"], "data"),
        (["Ende der Liste"], "remark"),
        (["A"], "remark"),
        (["Sch "], "remark"),
        (["A", "Ulm"], "data"),
        ([5, None, None, None], "data"),
        ([True, None], "data"),
    ):
        assert row_kind(cells, header) == kind, cells
    assert row_kind(["Summe"], ["Name"]) == "data"
    assert row_kind(["Ada", 5], []) == "data"


def test_what_is_odd_about_a_list_is_told():
    for content, hints, header in (
        (b"Name;Ort\n", {"no_data_rows": {}}, ["Name", "Ort"]),
        (b"Name;name;Ort\nA;B;C\n", {"duplicate_header": {"names": ["Name", "name"]}}, None),
        (
            b"Name;;Ort\nA;B;C\nD;E;F;G\n",
            {"unnamed_columns": {"columns": [2]}},
            ["Name", "", "Ort"],
        ),
        (b"Name;Ort\nA;B;x\nD;E;y\n", {"unnamed_columns": {"columns": [3]}}, ["Name", "Ort", ""]),
        (b"Ada;89073\nBob;50667\n", {"no_header": {}}, ["", ""]),
        (b"Name;Ort\nA;B\nSumme;1\n", {}, ["Name", "Ort"]),
    ):
        seen = look(content)
        assert dict(seen.hints) == hints, content
        assert header in (None, seen.header)
    seen = look(b"Titel;x\nA;B\nC;D\n", header=2)
    assert (seen.header_row, seen.header, seen.kinds) == (
        2,
        ["A", "B"],
        ["title", "header", "data"],
    )
    assert look(b"Name;Ort\nA;B\n", header=0).kinds == ["data", "data"]
    assert look(b"Name;Ort,PLZ\nA;B,C\n", separator=",").width == 2


def test_a_file_is_read_from_another_stream():
    content = xlsx("<row><c><v>1</v></c></row>")
    known = opened(BytesIO(content), "k.xlsx")
    assert next(rows(BytesIO(content), known)).cells == [1]
    known = opened(BytesIO(b"a;b"), "k.csv")
    assert next(rows(BytesIO(b"c;d"), known)).cells == ["c", "d"]
