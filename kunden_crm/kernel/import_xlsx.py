"""Workbooks of Excel (xlsx, xlsm): sheets, styles and rows, without macros, links and objects.

Source: ECMA-376 part 1, 18 (SpreadsheetML), in its transitional and strict form.
"""

import re

from .import_base import Unreadable
from .import_merged import MOST, Area, Survey
from .import_serial import format_kind
from .import_strings import SharedStrings
from .import_xlsx_sheet import Columns, SheetParser
from .import_xml import Events, elements

ROOT = re.compile(rb"\s*(?:<\?xml([^>]*)\?>)?\s*<([\w.-]+:)?worksheet\b")
FOREIGN = re.compile(rb"encoding\s*=\s*[\"'](?!utf-?8)", re.IGNORECASE)
MERGED = re.compile(
    rb"mergeCell\b[^<>]{0,100}\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
HIDDEN = re.compile(rb"<(?:[\w.-]+:)?row\b[^<>]{0,400}\shidden=[\"'](?:1|true)[\"']")
SURVEYED = 1 << 29  # a sheet of that size is searched for merged cells and hidden rows
TAG = 1000  # bytes of a tag that two pieces share


def _targets(archive, name):
    """Ids of a part's relations, each with type and the part it leads to."""
    folder, _slash, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if relations not in archive:
        return {}
    found = {}
    for tag, attributes in elements(archive, relations):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target if target.startswith("/") else f"{folder}/{target}"
            found[attributes.get("Id")] = (attributes.get("Type", ""), _joined(path))
    return found


def _joined(path):
    """A path without . and .. : it only ever names a part of the same file."""
    parts = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _styles(archive, name):
    """What the formats of cells make of numbers: {attribute s: kind}."""
    codes, kinds, inside = {}, [], False
    for tag, attributes in elements(archive, name) if name else []:
        if tag == "numFmt":
            codes[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            kinds.append(attributes.get("numFmtId", "0"))
    found = {
        str(index): format_kind(int(number) if number.isdecimal() else 0, codes.get(number, ""))
        for index, number in enumerate(kinds)
    }
    return {style: kind for style, kind in found.items() if kind}


def _area(columns, column, first, last_column, last):
    """An Area by the letters and numbers of its corners."""
    return Area(int(first), int(last), columns[column.decode()], columns[last_column.decode()])


class XlsxReader:
    """Reads a workbook. Shared strings are read as far as the rows ask for them."""

    def __init__(self, stream, archive, opened):
        self.stream, self.archive, self.limits = stream, archive, opened.limits
        self.hints = []
        root = _targets(archive, "")
        book = next((part for kind, part in root.values() if kind.endswith("/officeDocument")), "")
        self.book = book or "xl/workbook.xml"
        self.targets = _targets(archive, self.book)
        self.parts, self.hidden, self.from_1904 = {}, [], False
        self._read_book()
        if not self.parts:
            raise Unreadable("no_sheet")
        self.styles = _styles(archive, self._part("/styles"))
        self.strings = SharedStrings(archive, self._part("/sharedStrings"), self.limits)
        self._tell_of_what_is_left_out()

    def _part(self, ending):
        found = (part for kind, part in self.targets.values() if kind.endswith(ending))
        return next((part for part in found if part in self.archive), None)

    def _read_book(self):
        for tag, attributes in elements(self.archive, self.book):
            if tag == "workbookPr":
                self.from_1904 = attributes.get("date1904") in ("1", "true")
            elif tag == "sheet":
                kind, part = self.targets.get(attributes.get("id"), ("", ""))
                name = attributes.get("name", "")
                if kind.endswith("/worksheet") and part in self.archive:
                    self.parts[name] = part
                    if attributes.get("state", "visible") != "visible":
                        self.hidden.append(name)

    def _tell_of_what_is_left_out(self):
        names = self.archive.parts
        if any(name.endswith("vbaproject.bin") for name in names):
            self.hints.append(("macros", {}))
        if any(name.startswith("xl/externallinks/") for name in names):
            self.hints.append(("external_links", {}))

    def rows(self, sheet, after=0, position=0):
        """Rows behind that number; the position of the row of that number spares reading before."""
        part = self.parts[sheet]
        parser = SheetParser(self.strings, self.styles, self.from_1904, self.limits)
        events = Events(part, parser.start, parser.end, parser.data, self.limits, parser.over)
        parser.parser = events.parser
        prolog = self._prolog(part)
        if prolog is not None:
            parser.offset = 0
        if position and prolog:
            parser.offset, parser.number = position - len(prolog), after - 1
        else:
            position, prolog = 0, b""
        for _piece in events.feed(self.archive.chunks(part, position), prolog):
            found, parser.rows = parser.rows, []
            for row in found:
                if row.number > after:
                    yield row

    def _prolog(self, part):
        """What must stand before a row when the parser begins with it; None where it cannot."""
        found = ROOT.match(self.archive.head(part, 4096))
        if not found or FOREIGN.search(found.group(1) or b""):
            return None
        prefix = found.group(2) or b""
        return b"<%sworksheet><%ssheetData>" % (prefix, prefix)

    def survey(self, sheet):
        """Merged cells, which stand behind the rows, and how many rows a filter hides."""
        part, areas, hidden, more, rest = self.parts[sheet], [], 0, 0, b""
        if self.archive.checked(part).file_size > SURVEYED:
            return Survey()
        columns = Columns()
        for chunk in self.archive.chunks(part):
            piece = rest + chunk
            end = piece.rfind(b">") + 1
            rest = piece[end:][-TAG:]
            if b"hidden=" in piece:
                hidden += len(HIDDEN.findall(piece, 0, end))
            if b"mergeCell " in piece:
                found = MERGED.findall(piece, 0, end)
                areas += [_area(columns, *one) for one in found[: MOST - len(areas)]]
                more += len(found)
        return Survey(areas, hidden, more - len(areas))


def open_xlsx(stream, opened, archive):
    """Finds the sheets of a workbook, writes them into what is opened; its reader.

    Shape: a binary, seekable stream, an Opened, its Archive; an XlsxReader out.
    Errors: Unreadable (damaged, bomb, doctype, no_sheet). Source: ECMA-376 part 1.

    >>> from io import BytesIO
    >>> from zipfile import ZipFile
    >>> from .import_base import LIMITS, Opened
    >>> from .import_zip import Archive
    >>> file = BytesIO()
    >>> with ZipFile(file, "w") as packed:
    ...     packed.writestr("xl/workbook.xml", "<a><sheet name='Kunden' id='r1'/></a>")
    ...     packed.writestr("xl/_rels/workbook.xml.rels", "<a><Relationship Id='r1' "
    ...         "Target='sheet1.xml' Type='/worksheet'/></a>")
    ...     packed.writestr("xl/sheet1.xml", "<worksheet><sheetData><row><c t='str'><v>Ada</v>"
    ...         "</c><c><v>5.50</v></c></row></sheetData></worksheet>")
    >>> known = Opened("xlsx", "a.xlsx")
    >>> [row.cells for row in open_xlsx(file, known, Archive(file, LIMITS)).rows("Kunden")]
    [['Ada', 5.5]]
    """
    reader = XlsxReader(stream, archive, opened)
    opened.sheets, opened.hidden = list(reader.parts), reader.hidden
    opened.reader = reader
    return reader
