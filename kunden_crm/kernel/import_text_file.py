"""Rows of a text whose cells are separated: csv as Excel, LibreOffice and old programs write it."""

import csv
from itertools import islice

from .import_base import Row, Unreadable
from .import_encoding import detected
from .import_lines import NULL, Lines, RecordTooLong
from .import_separator import is_wrapped, said, separator_of, unwrapped

SAMPLE_LINES, SAMPLE_LENGTH = 200, 200_000
END_OF_FILE = "\x1a"  # DOS and CP/M end a text with it


def _unquoted(cell):
    """A cell of a row whose quotes are wrong, without its outer quotes."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


class TextReader:
    """Reads a text. Wrong quotes spoil one row, which is noted (quote_error), not the others."""

    def __init__(self, stream, opened, encoding=None, separator=None):
        self.stream, self.limits = stream, opened.limits
        self.encoding, self.start, self.hints = detected(stream, encoding)
        sample = self._sample()
        self.wrapped = is_wrapped(sample)
        if self.wrapped:
            sample = list(map(unwrapped, sample))
            self.hints.append(("lines_quoted", {}))
        self.said = said("".join(sample[:1]))
        self.separator = separator or self.said or separator_of(sample)
        if not self.separator:
            self.separator = ";"
            self.hints.append(("one_column", {}))

    def _sample(self):
        """The first lines, within limits."""
        lines, length = [], 0
        for line in islice(self._lines().source, SAMPLE_LINES):
            lines.append(line.replace("\0", ""))
            length += len(line)
            if length > SAMPLE_LENGTH:
                break
        return lines

    def _lines(self, position=0, number=1):
        start = position or self.start
        return Lines(self.stream, self.encoding, self.limits, start, number)

    def rows(self, _sheet=None, after=0, position=0):
        """Rows behind that number; the position of the row of that number spares reading before."""
        lines = self._lines(position, after if position else 1)
        if self.said and not position:
            next(lines)
        for row in self._records(lines):
            if row.number > after:
                yield row

    def _records(self, lines):
        reader, errors, width = self._csv(lines), 0, 0
        while True:
            number, position, notes = lines.number, lines.position, []
            if number > self.limits.rows * 2:
                raise Unreadable("too_many_rows", limit=self.limits.rows)
            lines.begin()
            try:
                cells = next(reader)
                width = len(cells) or width
            except StopIteration:
                return
            except (csv.Error, RecordTooLong):
                cells, code = self._mended(lines, width)
                notes, errors = [(None, code)], errors + (code == "quote_error")
                reader = self._csv(lines)
                if errors > self.limits.quote_errors:
                    raise Unreadable("quote_errors", row=number, count=errors) from None
            if cells := self._cleaned(cells, lines, notes):
                yield Row(number, cells, notes, position)

    def _csv(self, lines):
        found = map(unwrapped, lines) if self.wrapped else lines
        return csv.reader(found, delimiter=self.separator, strict=True)

    def _mended(self, lines, width):
        """The first line of a record that cannot be read, cut at every separator; a code.

        It is sound where it has as many cells as the row before, and quotes in pairs only: then
        a program did not double the quotes inside of a cell ("Gasthof "Zum Löwen"").
        """
        first, *others = lines.record
        lines.give_back(others)
        first = unwrapped(first) if self.wrapped else first
        cells = first.rstrip("\r\n").split(self.separator)
        sound = len(cells) == width and not any(cell.count('"') % 2 for cell in cells)
        return list(map(_unquoted, cells)), "quote_mended" if sound else "quote_error"

    def _cleaned(self, cells, lines, notes):
        """Empty cells are None, none stand at the end; what cannot be stored is noted."""
        cells = [cell or None for cell in cells]
        while cells and cells[-1] is None:
            cells.pop()
        if lines.nulls:
            for index, cell in enumerate(cells):
                if cell and (NULL in cell or "\0" in cell):
                    cells[index] = cell.replace(NULL, "").replace("\0", "") or None
                    notes.append((index, "null_character"))
        if lines.length > self.limits.cell:
            for index, cell in enumerate(cells):
                if cell and len(cell) > self.limits.cell:
                    cells[index] = cell[: self.limits.cell]
                    notes.append((index, "cell_too_long"))
        if len(cells) > self.limits.columns:
            del cells[self.limits.columns :]
            notes.append((self.limits.columns, "beyond_columns"))
        return [] if cells == [END_OF_FILE] else cells


def open_text(stream, opened, encoding=None, separator=None):
    """Finds encoding and separator of a text, writes them into what is opened; its reader.

    Shape: a binary, seekable stream, an Opened, what somebody has chosen; a TextReader out.
    Errors: Unreadable (empty, invalid_bytes, unknown_encoding). Source: RFC 4180; import_encoding
    and import_separator.

    >>> from io import BytesIO
    >>> from .import_base import Opened
    >>> reader = open_text(BytesIO(b"Name;Ort\\nAda;Ulm\\n"), Opened("text", "a.csv"))
    >>> [row.cells for row in reader.rows()]
    [['Name', 'Ort'], ['Ada', 'Ulm']]
    """
    reader = TextReader(stream, opened, encoding, separator)
    opened.encoding, opened.separator, opened.start = (
        reader.encoding,
        reader.separator,
        reader.start,
    )
    opened.reader = reader
    return reader
