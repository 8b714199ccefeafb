"""One sheet of an xlsx, row by row: what its cells show, and what is odd about them.

Formulas are never run: the value the spreadsheet kept is taken and noted.
"""

import re
from datetime import date, datetime

from .import_base import Row, Unreadable
from .import_serial import plain_number, serial_date
from .import_strings import unescaped

MOST_COLUMNS, MOST_NOTES = 16_384, 20_000
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?[0-9]*")


class Columns(dict):
    """Letters of a column to its index: {"A": 0, "AB": 27}, made as they occur."""

    def __missing__(self, letters):
        found = REFERENCE.fullmatch(letters)
        index = 0
        for letter in found.group(1).upper() if found else "":
            index = index * 26 + ord(letter) - 64
        if not 0 < index <= MOST_COLUMNS:
            raise Unreadable("damaged", part=letters[:20])
        self[letters] = index - 1
        return index - 1


class SheetParser:
    """Collects the rows of a sheet from the events of its XML.

    styles: attribute s of a cell to what its format makes of a number (see format_kind).
    number: of the row before the first event; offset: what to add to a byte index, None: nothing.
    """

    def __init__(self, strings, styles, from_1904, limits):
        self.strings, self.styles, self.from_1904 = strings, styles, from_1904
        self.memory, self.limits, self.columns = strings.memory, limits, Columns()
        self.rows, self.number, self.offset, self.done = [], 0, None, False
        self.parser = None
        self.cells, self.notes, self.position, self.column = [], [], 0, -1
        self.attributes, self.text = {}, ""
        self.taking = self.phonetic = self.formula = False

    def start(self, tag, attributes):
        """The beginning of an element; other tags than these mean nothing to a table."""
        if tag == "c":
            self.attributes, self.text, self.formula = attributes, "", False
        elif tag == "v":
            self.taking = True
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "t":
            self.taking = not self.phonetic
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.phonetic = True
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)

    def over(self):
        """Whether the sheet has ended."""
        return self.done

    def data(self, data):
        """Characters between tags."""
        if self.taking and len(self.text) <= self.limits.cell:
            self.text += data

    def end(self, tag):
        """The end of an element."""
        if tag == "c":
            self._end_cell()
        elif tag == "v" or tag == "t":
            self.taking = False
        elif tag == "row":
            if self.cells or self.notes:
                self.rows.append(Row(self.number, self.cells, self.notes, self.position))
        elif tag == "sheetData":
            self.done = True
        elif tag == "rPh":
            self.phonetic = False
        elif ":" in tag:
            self.end(tag.rpartition(":")[2])

    def _start_row(self, reference):
        try:
            number = int(reference or 0)
        except ValueError:
            number = 0
        # rows without a number, or with one that was there before, follow each other
        self.number = number if number > self.number else self.number + 1
        if self.number > self.limits.rows:
            raise Unreadable("too_many_rows", limit=self.limits.rows)
        self.cells, self.notes, self.column = [], [], -1
        if self.offset is not None:
            self.position = self.parser.CurrentByteIndex + self.offset

    def _end_cell(self):
        """Puts the value of a cell into its column."""
        reference, text = self.attributes.get("r"), self.text
        column = self.columns[reference.rstrip("0123456789")] if reference else self.column + 1
        self.column = column
        if not text and not self.formula:
            return
        value, code = self._value(text, self.attributes)
        if code:
            self._note(column, code)
        if self.formula:
            self._note(column, "formula" if value is not None else "formula_no_value")
        if value is None:
            return
        cells = self.cells
        if column == len(cells) < self.limits.columns:
            cells.append(value)
        else:
            self._place(column, value)

    def _note(self, column, code):
        self.notes.append((column, code))
        if len(self.notes) > MOST_NOTES:
            raise Unreadable("damaged", part=f"row {self.number}")

    def _place(self, column, value):
        """A cell behind empty ones, or one that comes too late."""
        if column < len(self.cells):
            self.cells[column] = value
        elif column < self.limits.columns:
            self.cells.extend([None] * (column - len(self.cells)))
            self.cells.append(value)
        else:
            self._note(column, "beyond_columns")

    def _value(self, text, attributes):
        """The value of a cell, and a code."""
        kind = attributes.get("t", "n")
        if kind == "s":
            return self._text(self._shared(text))
        if not text:
            return None, ""
        if kind == "n":
            value, code = plain_number(text)
            style = self.styles.get(attributes.get("s"))
            return (value, code) if code or not style else styled(value, style, self.from_1904)
        if kind == "b":
            return text.strip() == "1", ""
        if kind == "d":
            return iso_date(text)
        if kind == "e":
            return text[:20], "error_value"
        return self._text(unescaped(text))

    def _shared(self, text):
        """A shared string: of those in memory at once."""
        if not text.isdecimal() or len(text) > 10:
            raise Unreadable("damaged", part=f"row {self.number}")
        number = int(text)
        return self.memory[number] if number < len(self.memory) else self.strings[number]

    def _text(self, text):
        if len(text) > self.limits.cell:
            return text[: self.limits.cell], "cell_too_long"
        return text or None, ""


def styled(value, style, from_1904):
    """A number as its format shows it, with a code.

    Shape: int or float, the kind of its format (see format_kind), the system of days; a pair.
    Errors: none. Source: bad_inputs.md 43, 47: what the spreadsheet shows is what was meant.

    >>> styled(1067, 5, False), styled(29586, "date", False), styled(-1, 5, False)
    (('01067', 'shown_zeros'), (datetime.date(1980, 12, 31), ''), (-1, ''))
    """
    if style in ("date", "time"):
        return serial_date(value, style, from_1904)
    shown = f"{value:0{style}d}" if isinstance(value, int) and value >= 0 else None
    return (shown, "shown_zeros") if shown and shown[0] == "0" else (value, "")


def iso_date(text):
    """A date as strict xlsx and ods write it, with a code.

    Shape: a text in, (date | datetime | the text, code) out; bad_date where it is none.
    Errors: none. Source: ISO 8601.

    >>> iso_date("1980-12-31"), iso_date("1980-12-31T10:30:00"), iso_date("1900-02-30")
    ((datetime.date(1980, 12, 31), ''), (datetime.datetime(1980, 12, 31, 10, 30), ''), \
('1900-02-30', 'bad_date'))
    """
    try:
        if len(text) <= 10:
            return date.fromisoformat(text), ""
        moment = datetime.fromisoformat(text[:19])
    except ValueError:
        return text[:40], "bad_date"
    return (moment if moment.time().isoformat() != "00:00:00" else moment.date()), ""
