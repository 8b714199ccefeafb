"""The tables of the recording standards: what people type and what has to become of it."""

import csv
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent / "standards"


class Case(NamedTuple):
    """One line of a table; ask and rejected keep the text as their value."""

    text: str
    country: str
    outcome: str
    value: str
    reason: str


def _decoded(cell):
    """The cell with its escapes (\\u202e, \\t, \\n) as the characters they stand for."""
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape")


def cells(kind):
    """The cells of a table without its heading, decoded."""
    with (TABLES / f"{kind}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [tuple(map(_decoded, row)) for row in rows[1:]]


def cases(kind):
    """The cases of a kind of value: person, company, phone, ..."""
    return [Case(*row) for row in cells(kind)]
