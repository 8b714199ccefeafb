"""Reads and refuses files made on the spot; serves the tests of the reader."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from odoo.addons.kunden_crm.kernel.import_file import LIMITS, Unreadable, looks, opened, rows

ODS = "application/vnd.oasis.opendocument.spreadsheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(content, limits=LIMITS, known=None, **chosen):
    """What is known of a file, and its rows."""
    stream = BytesIO(content)
    known = known or opened(stream, "kunden", limits)
    return known, list(rows(stream, known, **chosen))


def cells(content, **chosen):
    """The cells of all rows."""
    return [row.cells for row in read(content, **chosen)[1]]


def look(content, **chosen):
    """The beginning of a file."""
    stream = BytesIO(content)
    return looks(stream, opened(stream, "kunden"), **chosen)


def refused(content, limits=LIMITS, **chosen):
    """Code and details of the refusal of a file."""
    with pytest.raises(Unreadable) as caught:
        read(content, limits, **chosen)
    return caught.value.code, caught.value.details


def zipped(parts, compress=ZIP_DEFLATED):
    """A packed file of parts by name."""
    stream = BytesIO()
    with ZipFile(stream, "w", compress) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def xlsx(sheet, book="", **parts):
    """A workbook by hand: the XML of a sheet's rows, of the workbook, and of other parts."""
    sheets = {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"}
    if sheet.startswith("<?xml") or "worksheet" in sheet:
        sheets = {"xl/worksheets/sheet1.xml": sheet}
    named = {"strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "/xl/sharedStrings.xml"),
                ("styles", "./styles.xml"),
                ("chartsheet", "worksheets/sheet1.xml"),
                ("worksheet", "../../missing.xml"),
            ]
        )
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}">{book}<sheets>'
            '<sheet name="Kunden" sheetId="1" r:id="r0"/><sheet name="Bild" r:id="r3"/>'
            '<sheet name="Fort" r:id="r4"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            **sheets,
            **{named.get(name, name): content for name, content in parts.items()},
        }
    )


def ods(tables, styles="", **parts):
    """A spreadsheet of LibreOffice by hand."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS, ZIP_STORED)
        packed.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()
