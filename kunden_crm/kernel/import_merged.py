"""Cells of a spreadsheet that were merged: over several rows, their value is that of each row.

A household of three may have its street in one cell beside three names. Titles and headings stay
as they are: what is merged there is merged for the eye.
"""

from typing import NamedTuple

MOST = 100_000  # areas that are kept of a sheet
TOLD = 10


class Area(NamedTuple):
    """Cells that were merged: rows by the numbers of the sheet, columns from 0."""

    first: int
    last: int
    column: int
    last_column: int


class Survey(NamedTuple):
    """What is known of a sheet before its rows are read, and how many more areas there are."""

    areas: list = ()
    hidden: int = 0
    more: int = 0


def _letters(column):
    """The letters of a column: 0 is A."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(65 + letter) + letters, column - 1
    return letters


def _named(area):
    """An area as a spreadsheet calls it."""
    first = f"{_letters(area.column)}{area.first}"
    return f"{first}:{_letters(area.last_column)}{area.last}"


def over_rows(areas, header):
    """The areas below the header that reach over several rows, in their order.

    Shape: Areas and the number of the row that names the columns in, a list of Areas out.
    Errors: none. Source: lists that people keep (households).

    >>> over_rows([Area(5, 6, 1, 1), Area(2, 4, 0, 0), Area(1, 2, 0, 0), Area(3, 3, 0, 5)], 1)
    [Area(first=2, last=4, column=0, last_column=0), Area(first=5, last=6, column=1, last_column=1)]
    """
    return sorted(area for area in areas if header < area.first < area.last)


def sheet_hints(survey, spread):
    """What is odd about a sheet as a whole.

    Shape: a Survey and those of its areas that are spread in, a list of (code, details) out.
    Errors: none. Source: bad_inputs.md B.

    >>> areas = [Area(1, 1, 0, 27), Area(2, 4, 0, 0)]
    >>> for hint in sheet_hints(Survey(areas, 3), areas[1:]):
    ...     print(hint)
    ('merged_cells', {'ranges': ['A1:AB1'], 'count': 1})
    ('merged_rows', {'ranges': ['A2:A4'], 'count': 1})
    ('hidden_rows', {'count': 3})
    """
    kept, hints = set(spread), []
    other = [area for area in survey.areas if area not in kept]
    for code, found, more in (("merged_cells", other, survey.more), ("merged_rows", spread, 0)):
        if found or more:
            ranges = [_named(area) for area in found[:TOLD]]
            hints.append((code, {"ranges": ranges, "count": len(found) + more}))
    return hints + ([("hidden_rows", {"count": survey.hidden})] if survey.hidden else [])


def spread(rows, areas):
    """The rows, each with the values of the merged cells it lies in, which are noted.

    Shape: Rows and Areas in their order in, an iterator of Rows out. A row without any cell of its
    own stays so, and what stands in a cell stays there. Errors: none. Source: Excel, LibreOffice
    (the value of merged cells is that of the first).

    >>> from .import_base import Row
    >>> rows = [Row(2, ["Ada", "Weg 1"]), Row(3, ["Bob"]), Row(4, ["Eva"])]
    >>> [row.cells for row in spread(rows, [Area(2, 3, 1, 1)])]
    [['Ada', 'Weg 1'], ['Bob', 'Weg 1'], ['Eva']]
    """
    coming, value_of = iter(areas), {}
    area = next(coming, None)
    for row in rows:
        while area and area.first <= row.number:
            if area.first == row.number and _filled(row, area.column):
                value_of[area.column] = (area.last, row.cells[area.column])
            area = next(coming, None)
        if value_of:
            value_of = {at: found for at, found in value_of.items() if found[0] >= row.number}
            row = _with(row, value_of)
        yield row


def _filled(row, column):
    return column < len(row.cells) and row.cells[column] not in (None, "")


def _with(row, value_of):
    """A row with values for those of its cells that are empty."""
    new = {column: value for column, (_last, value) in value_of.items() if not _filled(row, column)}
    if not new or not any(cell not in (None, "") for cell in row.cells):
        return row
    cells = row.cells + [None] * (max(new) + 1 - len(row.cells))
    for column, value in new.items():
        cells[column] = value
    return row._replace(cells=cells, notes=[*row.notes, *((at, "merged") for at in sorted(new))])
