"""What separates the cells of a text: the first line may say so, else the rows do."""

import csv
import re
from collections import Counter

SEPARATORS = (";", ",", "\t", "|")
# A line that is in quotes as a whole.
WRAPPED = re.compile(r'"((?:[^"]|"")*)"')
SAID = re.compile(r'\s*"?sep=(.)"?[;,\t|]*\s*', re.IGNORECASE)


def said(line):
    """The separator a first line ``sep=;`` names, as Excel writes and reads it; else None.

    Shape: a line in, a character out. Errors: none. Source: bad_inputs.md 23.

    >>> said("sep=;\\r\\n"), said("Name;Ort\\n"), said("SEP=\\t\\n")
    (';', None, '\\t')
    """
    found = SAID.fullmatch(line) if len(line) < 40 else None
    return found.group(1) if found else None


def unwrapped(line):
    """A line without the quotes around the whole of it.

    Shape: a line with its end in, a line out. Errors: none. Source: exports of old programs.

    >>> unwrapped('"Ada;""Weg; 1"";Ulm"\\n'), unwrapped('"Ada";Ulm\\n')
    ('Ada;"Weg; 1";Ulm\\n', '"Ada";Ulm\\n')
    """
    body = line.rstrip("\r\n")
    found = WRAPPED.fullmatch(body)
    return found[1].replace('""', '"') + line[len(body) :] if found else line


def is_wrapped(lines):
    """Whether every line is in quotes as a whole, and cut without them becomes a table.

    Shape: the first physical lines of a text in, yes or no out. Two words beside a comma may be one
    name ("Berg, Eva"): then no. Errors: none. Source: as unwrapped.

    >>> is_wrapped(['"Name;Ort"\\n', '"Ada;Ulm"\\n']), is_wrapped(['"Name"\\n', '"Berg, Eva"\\n'])
    (True, False)
    >>> is_wrapped(['"Name";"Ort"\\n', '"Ada";"Ulm"\\n'])
    False
    """
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2 or not all(WRAPPED.fullmatch(line.rstrip("\r\n")) for line in lines):
        return False
    inside = list(map(unwrapped, lines))
    separator = separator_of(inside)
    try:
        widths = [len(cells) for cells in csv.reader(inside, delimiter=separator or ";")]
    except csv.Error:
        return False
    enough = 3 if separator == "," else 2
    return widths[0] >= enough and widths.count(widths[0]) >= 0.8 * len(lines)


def _cut(lines, separator):
    """Numbers of cells of the records; trailing empty cells of a record do not count."""
    counts = []
    try:
        for cells in csv.reader(lines, delimiter=separator):
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                counts.append(len(cells))
    except csv.Error:
        return []
    return counts


def _quoted(lines, separator):
    """How often a quote stands where only this separator explains it."""
    return sum(line.count(f'"{separator}') + line.count(f'{separator}"') for line in lines)


def _rating(lines, separator):
    """How many records agree on a number of cells above one, weighed by that number."""
    counts = _cut(lines, separator)
    several = Counter(count for count in counts if count > 1)
    if not several:
        return 0.0
    # A row may be short or a cell too long; a table still repeats its usual width.
    width, times = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    near = sum(number for count, number in several.items() if count != width)
    agreement = (times + 0.5 * near) / len(counts)
    return agreement * min(width, 12) ** 0.5 * (2 if _quoted(lines, separator) else 1)


def separator_of(lines):
    """The separator most rows agree on; None where no row has more than one cell.

    Shape: the first physical lines of a text, with their ends, in; one of SEPARATORS out.
    Rows may be longer or shorter than others, and titles may stand above the table.
    Errors: none. Source: RFC 4180; Excel in German writes semicolons because the comma is the
    decimal mark; bad_inputs.md 19.

    >>> separator_of(["Name;Umsatz\\n", "Müller, Köln;12,50\\n"])
    ';'
    >>> separator_of(["Name,Ort\\n", "Müller,Köln\\n"]), separator_of(["Name\\n"])
    (',', None)
    """
    rated = [(_rating(lines, separator), separator) for separator in SEPARATORS]
    rating, separator = max(rated, key=lambda pair: pair[0])
    return separator if rating else None
