"""One sheet of an OpenDocument spreadsheet, row by row; what is repeated costs nothing.

The prefixes are those every program writes (table:, office:, text:). Source: OpenDocument 1.3
part 3, 9 (tables), 19.385 (value types), 6 (text).
"""

import re

from .import_base import Row, Unreadable
from .import_merged import Area
from .import_serial import plain_number
from .import_xlsx_sheet import MOST_NOTES, iso_date

NUMBERS = ("float", "currency", "percentage")
DURATION = re.compile(r"PT(\d{1,6})H(\d{1,3})M(\d{1,3})(?:[.,]\d+)?S")
ERROR = re.compile(r"#[A-ZÄÖÜ/0]+[!?]?|Err:\d+|Fehler:\d+")
# What lies in a cell without being its content: comments, drawings, readings of characters.
BESIDE = ("office:annotation", "text:ruby-text", "text:note", "draw:frame", "draw:custom-shape")


def _repeated(attributes, name):
    try:
        return max(int(attributes.get(name, 1)), 1)
    except ValueError:
        return 1


def clock(duration):
    """A time of day or a duration as a clock shows it, with a code.

    Shape: a text of ISO 8601 in, (text, code) out. Errors: none. Source: OpenDocument 1.3.

    >>> clock("PT12H30M00S"), clock("zwölf")
    (('12:30:00', 'time_only'), ('zwölf', 'bad_date'))
    """
    found = DURATION.fullmatch(duration)
    if not found:
        return duration[:40], "bad_date"
    return ":".join(part.zfill(2) for part in found.groups()), "time_only"


class OdsParser:
    """Collects pairs (row, how often it is repeated) from the events of a sheet's XML."""

    def __init__(self, limits, number=0):
        self.limits, self.number = limits, number
        self.rows, self.done, self.parser, self.offset = [], False, None, 0
        self.cells, self.notes, self.empty, self.repeat, self.position = [], [], 0, 1, 0
        self.attributes, self.text, self.taking, self.beside = {}, None, 0, 0
        self.tables = self.groups = 0
        self.areas, self.hidden, self.shown = [], 0, True
        self.starts = {
            "table:table": self._start_table,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell,
            "text:p": self._start_paragraph,
            "text:s": lambda found: self.data(" " * min(_repeated(found, "text:c"), 1000)),
            "text:tab": lambda found: self.data("\t"),
            "text:line-break": lambda found: self.data("\n"),
            "table:table-row-group": self._start_group,
            "table:table-header-rows": self._start_group,
            **dict.fromkeys(BESIDE, self._start_beside),
        }
        self.ends = {
            "table:table": self._end_table,
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "text:p": self._end_paragraph,
            "table:table-row-group": self._end_group,
            "table:table-header-rows": self._end_group,
            **dict.fromkeys(BESIDE, self._end_beside),
        }

    def start(self, tag, attributes):
        """The beginning of an element."""
        handler = self.starts.get(tag)
        if handler:
            handler(attributes)

    def end(self, tag):
        """The end of an element."""
        handler = self.ends.get(tag)
        if handler:
            handler()

    def over(self):
        """Whether the sheet has ended."""
        return self.done

    def data(self, data):
        """Characters between tags."""
        if self.taking and not self.beside and len(self.text or "") <= self.limits.cell:
            self.text = (self.text or "") + data

    def _start_table(self, _attributes):
        self.tables += 1

    def _end_table(self):
        self.tables -= 1
        self.done = not self.tables

    def _start_group(self, _attributes):
        self.groups += 1

    def _end_group(self):
        self.groups -= 1

    def _start_beside(self, _attributes):
        self.beside += 1

    def _end_beside(self):
        self.beside -= 1

    def _start_paragraph(self, _attributes):
        if not self.beside:
            self.taking += 1
            self.text = None if self.text is None else self.text + "\n"

    def _end_paragraph(self):
        if not self.beside:
            self.taking -= 1
            self.text = self.text or ""

    def _start_row(self, attributes):
        self.cells, self.notes, self.empty = [], [], 0
        self.repeat = _repeated(attributes, "table:number-rows-repeated")
        self.shown = attributes.get("table:visibility", "visible") == "visible"
        # inside a group nobody can begin to read
        restart = self.repeat == 1 and not self.groups
        self.position = self.parser.CurrentByteIndex + self.offset if restart else 0

    def _end_row(self):
        if self.cells or self.notes:
            row = Row(self.number + 1, self.cells, self.notes, self.position)
            self.rows.append((row, self.repeat))
            self.hidden += 0 if self.shown else self.repeat
        self.number += self.repeat

    def _start_cell(self, attributes):
        self.attributes, self.text, self.taking = attributes, None, 0

    def _end_cell(self):
        attributes = self.attributes
        repeat = _repeated(attributes, "table:number-columns-repeated") if attributes else 1
        if self.text is None and not attributes:
            self.empty += repeat
            return
        if len(self.notes) > MOST_NOTES:
            raise Unreadable("damaged", part=f"row {self.number + 1}")
        value, code = self._value(attributes)
        column = len(self.cells) + self.empty
        self._merge(column, attributes)
        if "table:formula" in attributes:
            note = "formula" if value is not None else "formula_no_value"
            self.notes.append((column, note))
        if value is None:
            self.empty += repeat
            return
        if column + repeat > self.limits.columns:
            self.notes.append((min(column, self.limits.columns), "beyond_columns"))
            repeat = self.limits.columns - column
        if repeat > 0:
            self.cells.extend([None] * self.empty + [value] * repeat)
            self.empty = 0
            if code:
                self.notes.extend((column + index, code) for index in range(repeat))

    def _merge(self, column, attributes):
        """Notes the area of merged cells that begins here."""
        rows = _repeated(attributes, "table:number-rows-spanned")
        columns = _repeated(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            last = column + columns - 1
            self.areas.append(Area(self.number + 1, self.number + rows, column, last))

    def _value(self, attributes):
        """The value of the cell that ends, and a code."""
        kind, text = attributes.get("office:value-type", "string"), self.text or ""
        if attributes.get("calcext:value-type") == "error":
            return text[:20] or "#", "error_value"
        if kind in NUMBERS:
            return self._number(attributes.get("office:value", text), text)
        if kind == "date":
            return iso_date(attributes.get("office:date-value", text))
        if kind == "time":
            return clock(attributes.get("office:time-value", text))
        if kind == "boolean":
            return attributes.get("office:boolean-value", text).lower() == "true", ""
        if not text:
            text = attributes.get("office:string-value", "")
        if "table:formula" in attributes and ERROR.fullmatch(text):
            return text, "error_value"
        if len(text) > self.limits.cell:
            return text[: self.limits.cell], "cell_too_long"
        return text or None, ""

    def _number(self, number, text):
        """The number, or what is shown of it where that begins with zeros (postcodes)."""
        value, code = plain_number(number)
        if text[:1] == "0" and text.isdecimal() and len(text) > 1 and not code:
            shown = int(text) == value if len(text) < 20 else False
            return (text, "shown_zeros") if shown else (value, code)
        return value, code


def expanded(pairs, limits):
    """The rows, each as often as it is repeated.

    Shape: pairs (Row, times) and Limits in, an iterator of Rows out. Units: rows.
    Errors: Unreadable too_many_rows. Source: OpenDocument 1.3 part 3, 19.678.

    >>> from .import_base import LIMITS
    >>> [row.number for row in expanded([(Row(2, ["A"]), 3)], LIMITS)]
    [2, 3, 4]
    """
    for row, times in pairs:
        if row.number + times - 1 > limits.rows:
            raise Unreadable("too_many_rows", limit=limits.rows)
        yield row
        for further in range(1, times):
            yield row._replace(number=row.number + further, cells=list(row.cells))
