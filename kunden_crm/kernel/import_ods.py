"""Spreadsheets of LibreOffice and others (ods): sheets and rows.

Source: OpenDocument 1.3 part 2 (package, encryption) and part 3 (content).
"""

import re
from html import unescape

from .import_base import Unreadable
from .import_merged import MOST, Survey
from .import_ods_sheet import OdsParser, expanded
from .import_xml import Events, elements

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
TABLE = re.compile(rb"<table:table(\s[^<>]*)>")
# Begins at the beginning of a name only: else a long word would be looked at from every letter.
ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
OPEN = b"<office:document-content><office:body><office:spreadsheet>"
ODD = re.compile(
    rb"table:number-rows-spanned=[\"'](?!1[\"'])|table:visibility=[\"'](?:collapse|filter)[\"']"
)
OVERLAP = 1 << 14
SURVEYED = 32 << 20  # a spreadsheet of that size is searched for merged cells and hidden rows


class OdsReader:
    """Reads a spreadsheet. Its sheets lie behind each other in one part: each is found once."""

    def __init__(self, stream, archive, opened):
        self.stream, self.archive, self.limits = stream, archive, opened.limits
        self.hints, self.offsets, self.hidden = [], {}, []
        if MANIFEST in archive:
            tags = {tag for tag, _attributes in elements(archive, MANIFEST)}
            if "encryption-data" in tags:
                raise Unreadable("encrypted")
        hidden = self._hidden_styles()
        for offset, attributes in self._tables():
            name = attributes.get("table:name", "")
            self.offsets.setdefault(name, offset)
            if attributes.get("table:style-name") in hidden:
                self.hidden.append(name)
        if not self.offsets:
            raise Unreadable("no_sheet")
        if any(name.startswith("basic/") for name in archive.parts):
            self.hints.append(("macros", {}))

    def _hidden_styles(self):
        """Names of the styles of sheets that are not shown."""
        hidden, style, body = set(), [""], []

        def start(tag, attributes):
            if tag == "style:style":
                style[0] = attributes.get("style:name", "")
            elif tag == "style:table-properties" and attributes.get("table:display") == "false":
                hidden.add(style[0])
            elif tag == "office:body":
                body.append(tag)

        events = Events(CONTENT, start, None, None, self.limits, lambda: bool(body))
        for _piece in events.feed(self.archive.chunks(CONTENT)):
            pass
        return hidden

    def _tables(self):
        """Where each sheet begins (bytes), and the attributes of its tag."""
        rest, offset = b"", 0
        for chunk in self.archive.chunks(CONTENT):
            piece = rest + chunk
            last = 0
            for found in TABLE.finditer(piece):
                last = found.end()
                pairs = ATTRIBUTE.findall(found.group(1).decode("utf-8", "replace"))
                attributes = {key: unescape(value[1:-1]) for key, value in pairs}
                yield offset + found.start(), attributes
            keep = max(last, len(piece) - OVERLAP)
            rest, offset = piece[keep:], offset + keep

    def rows(self, sheet, after=0, position=0):
        """Rows behind that number; the position of the row of that number spares reading before."""
        prolog = OPEN + b"<table:table>" if position else OPEN
        begin = position or self.offsets[sheet]
        parser = OdsParser(self.limits, after - 1 if position else 0)
        return (row for row in self._read(parser, begin, prolog) if row.number > after)

    def _read(self, parser, begin, prolog):
        """The rows from a byte on."""
        parser.offset = begin - len(prolog)
        events = Events(CONTENT, parser.start, parser.end, parser.data, self.limits, parser.over)
        parser.parser = events.parser
        for _piece in events.feed(self.archive.chunks(CONTENT, begin), prolog):
            pairs, parser.rows = parser.rows, []
            yield from expanded(pairs, self.limits)

    def survey(self, sheet):
        """Merged cells and hidden rows: where there are any, the sheet is read once more."""
        if self.archive.checked(CONTENT).file_size > SURVEYED or not self._is_odd():
            return Survey()
        parser = OdsParser(self.limits)
        for _row in self._read(parser, self.offsets[sheet], OPEN):
            pass
        kept = parser.areas[:MOST]
        return Survey(kept, parser.hidden, len(parser.areas) - len(kept))

    def _is_odd(self):
        """Whether some sheet has merged cells or hidden rows."""
        rest = b""
        for chunk in self.archive.chunks(CONTENT):
            if ODD.search(rest + chunk):
                return True
            rest = chunk[-OVERLAP:]
        return False


def open_ods(stream, opened, archive):
    """Finds the sheets of a spreadsheet, writes them into what is opened; its reader.

    Shape: a binary, seekable stream, an Opened, its Archive; an OdsReader out.
    Errors: Unreadable (encrypted, damaged, bomb, doctype, no_sheet). Source: OpenDocument 1.3.

    >>> from io import BytesIO
    >>> from zipfile import ZipFile
    >>> from .import_base import LIMITS, Opened
    >>> from .import_zip import Archive
    >>> file = BytesIO()
    >>> with ZipFile(file, "w") as packed:
    ...     packed.writestr("content.xml", "<office:body><table:table table:name='Kunden'>"
    ...         "<table:table-row><table:table-cell><text:p>Ada</text:p></table:table-cell>"
    ...         "</table:table-row></table:table></office:body>")
    >>> known = Opened("ods", "a.ods")
    >>> [row.cells for row in open_ods(file, known, Archive(file, LIMITS)).rows("Kunden")]
    [['Ada']]
    """
    reader = OdsReader(stream, archive, opened)
    opened.sheets, opened.hidden = list(reader.offsets), reader.hidden
    opened.reader = reader
    return reader
