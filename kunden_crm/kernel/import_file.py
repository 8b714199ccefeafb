"""Files to be imported, as a stream of rows: what they are, how they begin, what they hold.

    known = opened(stream, "Kunden.csv")
    look = looks(stream, known)
    for row in rows(stream, known, width=look.width): ...

Constant memory, nothing is unpacked to disk, run or fetched. What cannot be read is an Unreadable
with a code. `KINDS` is a table: models/import_xls.py adds the old binary format of Excel, which
needs a library the kernel does not have.
"""

from collections import Counter
from itertools import islice

from .import_base import LIMITS, Limits, Opened, Row, Unreadable, fitted
from .import_header import Look, _blank, header_name, header_row, row_kind
from .import_merged import over_rows, sheet_hints, spread
from .import_ods import open_ods
from .import_sniff import kind_of
from .import_text_file import open_text
from .import_xlsx import open_xlsx
from .import_zip import Archive, packed_kind

__all__ = (
    "LIMITS",
    "KINDS",
    "Limits",
    "Look",
    "Opened",
    "Row",
    "Unreadable",
    "fitted",
    "header_name",
    "header_row",
    "looks",
    "opened",
    "row_kind",
    "rows",
)
PREVIEW = 20
SEEN = 60
PACKED = {"xlsx": open_xlsx, "ods": open_ods}


def open_packed(stream, opened):
    """Opens a packed spreadsheet: which one is only known by its parts.

    Shape: a binary, seekable stream and an Opened in, its reader out. Errors: Unreadable.
    Source: import_zip, import_xlsx, import_ods.

    >>> from io import BytesIO
    >>> open_packed(BytesIO(b"PK"), Opened("zip", "a.zip"))
    Traceback (most recent call last):
    odoo.addons.kunden_crm.kernel.import_base.Unreadable: damaged {'part': ''}
    """
    archive = Archive(stream, opened.limits)
    opened.kind = packed_kind(archive)
    return PACKED[opened.kind](stream, opened, archive)


# Kind of a file: function (stream, Opened) that fills in what it knows and sets its reader.
KINDS = {"text": open_text, "zip": open_packed, "xlsx": open_packed, "ods": open_packed}


def opened(stream, filename, limits=LIMITS, encoding=None, separator=None):
    """What a file is: kind, encoding, separator, sheets, hints.

    Shape: a binary, seekable stream, the name the file had, Limits, and for a text what somebody
    has chosen; an Opened out. Units: see Limits. Errors: Unreadable.
    Source: bad_inputs.md A and B; issue 8.

    >>> from io import BytesIO
    >>> known = opened(BytesIO("Name;Ort\\nJürgen;Köln\\n".encode("cp1252")), "k.csv")
    >>> known.kind, known.encoding, known.separator, known.sheets
    ('text', 'cp1252', ';', [])
    """
    kind = kind_of(stream, limits, encoding)
    known = Opened(kind, filename, limits)
    if kind not in KINDS:
        raise Unreadable("not_a_table", found=kind)
    options = {"encoding": encoding, "separator": separator} if kind == "text" else {}
    reader = KINDS[kind](stream, known, **options)
    known.hints.extend(reader.hints)
    if known.hidden:
        known.hints.append(("sheets_hidden", {"sheets": known.hidden}))
    return known


def _reader(stream, known, encoding, separator):
    """The reader of what was opened; another one where somebody has chosen otherwise."""
    as_found = (known.encoding, known.separator)
    chosen = (encoding or known.encoding, separator or known.separator)
    if known.reader and known.reader.stream is stream and chosen == as_found:
        return known.reader
    other = Opened(known.kind, known.filename, known.limits)
    reader = KINDS[known.kind](stream, other, *(chosen if known.kind == "text" else ()))
    if chosen == as_found:
        known.reader = reader
    return reader


def rows(stream, opened, sheet=None, encoding=None, separator=None, after=0, position=0, width=0):
    """The rows of a file behind a number, as a stream; rows without any filled cell are left out.

    Shape: the stream and what `opened` said of it; sheet by name (None: the first shown); what
    somebody has chosen for a text; `after` with the `position` of the same Row goes on there
    without reading what is before; with a `width` every row has that many cells (see fitted).
    Errors: Unreadable, while it is read too. Source: issue 8 (restart after a kill).

    >>> from io import BytesIO
    >>> file = BytesIO(b"Name;Ort\\nAda;Ulm\\nBob;Bonn\\n")
    >>> known = opened(file, "k.csv")
    >>> first, second, third = rows(file, known)
    >>> second
    Row(number=2, cells=['Ada', 'Ulm'], notes=[], position=9)
    >>> [row.cells for row in rows(file, known, after=2, position=9, width=3)]
    [['Bob', 'Bonn', None]]
    """
    reader, name = _reader(stream, opened, encoding, separator), opened.sheet(sheet)
    if areas := opened.merged.get(name):
        # within merged cells nobody can go on without the first of them
        inside = any(area.first <= after < area.last for area in areas)
        found = reader.rows(name, *((0, 0) if inside else (after, position)))
        found = (row for row in spread(found, areas) if row.number > after)
    else:
        found = reader.rows(name, after, position)
    return (fitted(row, width) for row in found) if width else found


def _width(header, seen):
    """Columns of a table: those with a name, and those that half of the rows fill."""
    width = len(header)
    filled = Counter(
        index for row in seen for index, cell in enumerate(row.cells) if not _blank(cell)
    )
    usual = [index + 1 for index, times in filled.items() if times > 1 and times * 2 >= len(seen)]
    most = max((len(row.cells) for row in seen), default=0)
    return max(width, *usual, 1) if width else most


def _header_hints(header, header_number, data):
    """What is odd about the names of the columns."""
    names = Counter(name.casefold() for name in header if name)
    double = sorted({name for name in header if names[name.casefold()] > 1})
    if double:
        yield "duplicate_header", {"names": double}
    unnamed = [index + 1 for index, name in enumerate(header) if not name]
    if header_number and unnamed:
        yield "unnamed_columns", {"columns": unnamed}
    if not header_number and data:
        yield "no_header", {}
    if not data:
        yield "no_data_rows", {}


def _alike(stream, known, sheet, header):
    """The sheets that begin with the same header."""
    same = []
    for name in known.sheets:
        first = list(islice(rows(stream, known, name), PREVIEW))
        number = header_row(first)
        cells = next((row.cells for row in first if row.number == number), [])
        if name == sheet or (cells and [header_name(cell) for cell in cells] == header):
            same.append(name)
    return same


def looks(stream, opened, sheet=None, encoding=None, separator=None, header=None):
    """The beginning of a table: its first rows, its header, what kinds of rows they are.

    Shape: like rows; `header` is the number of the row somebody has chosen, 0 for none; a Look.
    Errors: Unreadable. Source: bad_inputs.md 15, 25, 51, 53; issue 8 (preview).

    >>> from io import BytesIO
    >>> file = BytesIO(b"Unsere Kunden\\n\\nName;Ort\\nAda;Ulm\\nSumme;1\\n")
    >>> look = looks(file, opened(file, "k.csv"))
    >>> look.header_row, look.header, look.kinds
    (3, ['Name', 'Ort'], ['title', 'header', 'data', 'sum'])
    """
    sheet = opened.sheet(sheet)
    opened.merged.pop(sheet, None)
    seen = list(islice(rows(stream, opened, sheet, encoding, separator), SEEN))
    number = header_row(seen) if header is None else header
    found = _surveyed(_reader(stream, opened, encoding, separator), opened, sheet, number)
    seen = list(spread(seen, opened.merged.get(sheet, ())))
    cells = next((row.cells for row in seen if row.number == number), [])
    names = [header_name(cell) for cell in cells]
    width = _width(names, [row for row in seen if row.number > number])
    kinds = [_kind(row, names, number) for row in seen]
    hints = list(_header_hints([*names, *[""] * (width - len(names))], number, "data" in kinds))
    if len(opened.sheets) > 1 and names:
        alike = _alike(stream, opened, sheet, names)
        hints += [("sheets_alike", {"sheets": alike})] if len(alike) > 1 else []
    hints += found
    names += [""] * (width - len(names))
    first = [fitted(row, width) for row in seen[:PREVIEW]]
    return Look(first, number, names, width, kinds[:PREVIEW], hints)


def _surveyed(reader, opened, sheet, header):
    """Hints of a sheet as a whole; its merged cells below the header are spread from now on."""
    if sheet is None:
        return []
    survey = reader.survey(sheet)
    if areas := over_rows(survey.areas, header):
        opened.merged[sheet] = areas
    return sheet_hints(survey, areas)


def _kind(row, names, number):
    """The kind of a row of the preview: above the header there are only titles."""
    if row.number <= number:
        return "header" if row.number == number else "title"
    return row_kind(row.cells, names)
