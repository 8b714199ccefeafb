"""The cases of the recording standards: one table per kind of value, for kernel, form and act."""

import csv
from pathlib import Path
from typing import NamedTuple

_TABLES = Path(__file__).parent / "standards"


class Case(NamedTuple):
    """A text, the country it is read in, and what the standard (by a mask) makes of it."""

    text: str
    country: str
    outcome: str
    value: str
    reason: str
    mask: str = ""


# The kinds of value that have a table: all but those of any text, which say nothing of its form.
KINDS = tuple(sorted(table.stem for table in _TABLES.glob("*.tsv")))


def cases(kind):
    r"""Yield the cases of a kind; ``\n``, ``\t``, ``\r`` and ``\uXXXX`` stand for their signs."""
    with (_TABLES / f"{kind}.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        for row in rows:
            yield Case(*(_decoded(cell) for cell in row))


def _decoded(cell):
    """The text that a cell with Python escapes stands for."""
    if "\\" not in cell:
        return cell
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape")
