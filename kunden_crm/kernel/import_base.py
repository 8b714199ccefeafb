"""What every reader of a file to be imported shares: rows, limits, and how a file is refused."""

from typing import NamedTuple


class Unreadable(ValueError):
    """A file that is not read, or not from here on: a code and what it is about, no words.

    >>> error = Unreadable("too_large", size=9, limit=5)
    >>> error.code, error.details, str(error)
    ('too_large', {'size': 9, 'limit': 5}, "too_large {'size': 9, 'limit': 5}")
    """

    def __init__(self, code, **details):
        super().__init__(f"{code} {details or ''}".strip())
        self.code, self.details = code, details


class Row(NamedTuple):
    """One row as the file has it.

    number: as the spreadsheet shows it; in a text the line on which the record begins.
    cells: None | str | int | float | bool | date | datetime, without empty ones at the end.
    notes: pairs (index of the column, or None for the whole row; code).
    position: where the row begins; together with its number a place to go on from. 0: none.
    """

    number: int
    cells: list
    notes: list = ()
    position: int = 0


class Limits(NamedTuple):
    """What a file may ask of the machine. Bytes, characters and numbers."""

    size: int = 1 << 29  # the file itself
    unpacked: int = 3 << 30  # each part of a packed file
    ratio: int = 250  # unpacked to packed, once a part is larger than ...
    ratio_from: int = 32 << 20
    entries: int = 5000  # parts of a packed file
    token: int = 8 << 20  # bytes of XML without any event
    rows: int = 2_000_000
    columns: int = 2000
    cell: int = 100_000  # characters of a cell
    record: int = 1_000_000  # characters of a row of text
    record_lines: int = 500  # lines of a row of text
    quote_errors: int = 100  # rows with wrong quotes that are mended
    strings: int = 50 << 20  # shared strings kept in memory, the others go to disk
    xls: int = 20 << 20  # the old binary format is read whole


LIMITS = Limits()


class Opened:
    """What is known of a file before its rows are read.

    kind: text, xlsx, ods or xls. encoding, separator: of a text.
    sheets: names in the order of the file, of a text none; hidden: those of them that are hidden.
    hints: pairs (code, details) worth telling whoever brings the file.
    merged: by sheet, the merged cells that are spread over their rows.
    """

    def __init__(self, kind, filename, limits=LIMITS):
        self.kind, self.filename, self.limits = kind, filename, limits
        self.encoding, self.separator = None, None
        self.sheets, self.hidden, self.hints = [], [], []
        self.reader, self.merged = None, {}

    def sheet(self, name):
        """The sheet of that name; without a name the first that is not hidden."""
        if name and name not in self.sheets:
            raise Unreadable("no_such_sheet", sheet=name, sheets=self.sheets)
        shown = [sheet for sheet in self.sheets if sheet not in self.hidden]
        return name or next(iter(shown or self.sheets), None)


def fitted(row, width):
    """The row with exactly that many cells; filled cells beyond are noted, not dropped.

    Shape: a Row and the number of columns of its table in, a Row out. A short row gets empty
    cells; what stands beyond the last column stays and bears the note too_many_cells.
    Errors: none. Source: bad_inputs.md 19 (ragged rows).

    >>> fitted(Row(3, ["A"]), 2).cells
    ['A', None]
    >>> fitted(Row(3, ["A", "B", None, "C"]), 2)
    Row(number=3, cells=['A', 'B', None, 'C'], notes=[(3, 'too_many_cells')], position=0)
    """
    missing = width - len(row.cells)
    if missing >= 0:
        return row._replace(cells=[*row.cells, *[None] * missing]) if missing else row
    beyond = [
        (index, "too_many_cells")
        for index, cell in enumerate(row.cells[width:], width)
        if cell not in (None, "")
    ]
    return row._replace(notes=[*row.notes, *beyond])
