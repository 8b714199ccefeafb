"""Which row names the columns, and what kind of row each other one is.

A list that people keep has titles above the header, sums below the table, headers repeated on
every page, and remarks. Only a row of data becomes a contact; the others are told, not dropped.
"""

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .import_targets import header_key, synonyms

FIGURE = re.compile(r"[-+]?[\s€$]*\d[\d.,'’ \u00a0]*\s*(%|€|EUR|DM|CHF|T€)?")
WORD = re.compile(r"[^\W\d_]+")
HEADER_WORDS = frozenset(
    WORD.findall("""
    abteilung adresse alter anmerkung anrede anschrift ansprechpartner anzahl bemerkung
    bemerkungen beruf betrag bic blz branche bundesland city comment company country customer
    datum debitor einkommen einwilligung email erstkontakt familienname familienstand fax
    faxnummer firma firmenname first funktion geb gebdatum geboren geburtsdatum geburtsname
    geburtstag gender geschlecht gruppe handy haushalt hausnr hausnummer herkunft homepage
    iban id info interesse interessen internet kategorie kd kdnr kennzeichen kinder kommentar
    konto kontonummer kunde kunden kundennr kundennummer kurzname land last letzter lfd mail
    matchcode mitglied mobil mobile mobiltelefon nachname name nation note notes notiz notizen
    nr nummer ort ortsteil partner person phone plz position postfach postleitzahl quelle rang
    rechtsform region sprache staat stadt state status stichwort str strasse straße street
    summe tel telefax telefon telefonnr telefonnummer titel title typ umsatz umsatzsteuer url
    ust ustid vat verein vertreter vorname vornamen vorwahl web webseite website wohnort zip
    zusatz
""")
)
HEADER_ENDS = ("name", "nummer", "straße", "strasse", "datum", "adresse", "telefon", "nr")
SUM = re.compile(
    r"(zwischen|gesamt|end)?(summen?|total|gesamt|übertrag|anzahl)"
    r"(betrag|umsatz|summe|anzahl| (der )?(kunden|kontakte|adressen|personen|datensätze|zeilen))?",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"([#*]|//|--|(stand|seite|blatt|druckdatum|gedruckt|erstellt|quelle|ende der liste|"
    r"hinweis|legende|ausdruck)\b\s*[:.\d]|ende der liste|.*©)",
    re.IGNORECASE,
)
# The lines that a program draws around a table.
FRAME = re.compile(r"\s*[-+=_|*~\u2500-\u257f]{3}[-+=_|*~\s\u2500-\u257f]*")
# A sum of something; only beside figures and in a row that is nearly empty.
SUM_OF = re.compile(
    r"(zwischen|gesamt|end)?summen?\b.{0,40}|übertrag\b.{0,40}|.{1,40} (ins)?gesamt", re.IGNORECASE
)
# The tabs of an address book.
LETTER = re.compile(r"[A-ZÄÖÜ]|Sch|St")
ENOUGH_ALIKE, MOST_COMPARED = 0.8, 10


class Look(NamedTuple):
    """The beginning of a table: what a preview shows.

    header_row: number of the row, 0 without one. header: cleaned names, one per column.
    width: columns of the table. kinds: one per row in rows. hints: (code, details).
    """

    rows: list
    header_row: int
    header: list
    width: int
    kinds: list
    hints: list


def _blank(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _figure(cell):
    if isinstance(cell, str):
        return len(cell) < 40 and bool(FIGURE.fullmatch(cell.strip()))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def header_name(cell):
    """The name of a column on one line.

    Shape: a cell in, a text out; a word divided at the end of a line is joined. Errors: none.
    Source: Excel wraps headers by line breaks (Alt+Enter).

    >>> header_name("Post-\\nleitzahl"), header_name(" Tel. \\n privat "), header_name(2024)
    ('Postleitzahl', 'Tel. privat', '2024')
    """
    text = "" if cell is None else str(cell).replace("\u00ad", "").replace("\ufeff", "")
    text = re.sub(r"(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[a-zäöüß])", "", text)
    return " ".join(text.split())


def _known(cell):
    """Whether a cell says what columns of a customer file are called."""
    name = header_name(cell)
    if len(name) < 60 and header_key(name) in synonyms():
        return True
    words = [word.lower() for word in WORD.findall(name)]
    return 0 < len(words) <= 5 and any(
        word in HEADER_WORDS or (len(word) < 25 and word.endswith(HEADER_ENDS)) for word in words
    )


def _may_name(cell):
    """Whether a cell can be the name of a column."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return 1900 <= cell <= 2100
    if not isinstance(cell, str) or len(cell) > 80 or "@" in cell:
        return False
    return not _figure(cell) or bool(re.fullmatch(r"\s*(19|20)\d\d\s*", cell))


def _contrast(names, below):
    """Whether some column holds figures, dates or addresses under a name."""
    for index in range(len(names)):
        cells = [row.cells[index] for row in below if index < len(row.cells)]
        cells = [cell for cell in cells if not _blank(cell)]
        unlike = sum(_figure(cell) or isinstance(cell, date) or "@" in str(cell) for cell in cells)
        if cells and unlike * 2 > len(cells) and not _figure(names[index]):
            return True
    return False


def _is_header(row, below, width):
    filled = [cell for cell in row.cells if not _blank(cell)]
    names = [header_name(cell) for cell in filled if _may_name(cell)]
    known = sum(_known(cell) for cell in filled if _may_name(cell))
    if len(filled) * 2 < width or (len(filled) == 1 < width):
        return False
    if len(names) < len(filled) * 0.8:
        return False
    years = sum(_figure(name) for name in names)
    if known and known * 3 >= len(filled) - years:
        return True
    several = len(filled) > 1 and len(set(names)) == len(names) == len(filled)
    return several and len(filled) >= width * 0.7 and _contrast(row.cells, below)


def header_row(rows):
    """The number of the row that names the columns; 0 where none does.

    Shape: the first rows of a table in, the number of one of them out. Errors: none.
    Source: bad_inputs.md 51 (titles above the header).

    >>> from .import_base import Row
    >>> header_row([Row(1, ["Kunden"]), Row(3, ["Name", "PLZ"]), Row(4, ["Ada", "89073"])])
    3
    >>> header_row([Row(1, ["Ada", "89073"]), Row(2, ["Bob", "50667"])])
    0
    """
    widths = Counter(sum(not _blank(cell) for cell in row.cells) for row in rows)
    width = max(widths, key=lambda size: (widths[size] * min(size, 4), size), default=0)
    for index, row in enumerate(rows):
        if _is_header(row, rows[index + 1 :], width):
            return row.number
    return 0


def _folded(cell):
    return header_name(cell).casefold()


@lru_cache(maxsize=64)
def _folded_names(header):
    return frozenset(name.casefold() for name in header if name)


def _same_header(filled, header):
    """Whether enough of the cells are names of columns; a row of data is seen by a few of them."""
    names, compared = _folded_names(tuple(header)), filled[:MOST_COMPARED]
    enough = max(1, len(filled) * ENOUGH_ALIKE, len(names) * 0.5)
    spare = len(compared) - min(enough, MOST_COMPARED * ENOUGH_ALIKE)
    for cell in compared:
        if spare < 0:
            return False
        plain = type(cell) is str and cell.isalpha()
        spare -= (cell.casefold() if plain else _folded(cell)) not in names
    return bool(names) and spare >= 0


def _sum_of(text, filled, header):
    """Whether a row of one text and figures sums up something that it names."""
    return len(filled) * 2 <= len(header) + 1 and bool(SUM_OF.fullmatch(text))


def row_kind(cells, header):
    """What a row is: data, empty, header (again), sum or remark.

    Shape: the cells of a row, the cleaned names of the columns ([] without a header); a word out.
    A row of figures alone, whose first column is empty, is a sum. Errors: none.
    Source: issue 8 (a sum row is no customer); bad_inputs.md 51.

    >>> header = ["Name", "Ort", "Umsatz"]
    >>> [row_kind(cells, header) for cells in (["Ada", "Ulm", 5], ["Name", "Ort", "Umsatz"],
    ...     ["Summe", None, 5], [None, None, "1.234,50"], ["# alt"], [None, " "])]
    ['data', 'header', 'sum', 'sum', 'remark', 'empty']
    """
    filled = [cell for cell in cells if not _blank(cell)]
    if not filled:
        return "empty"
    if _same_header(filled, header):
        return "header"
    if all(isinstance(cell, str) and FRAME.fullmatch(cell) for cell in filled):
        return "remark"
    first, others = filled[0], filled[1:]
    if isinstance(first, str) and len(header) != 1:
        text = " ".join(first.split()).rstrip(" :.=")
        figures = all(map(_figure, others))
        if figures and (SUM.fullmatch(text) or (others and _sum_of(text, filled, header))):
            return "sum"
        if not others and len(header) > 1 and LETTER.fullmatch(text):
            return "remark"
        if not others and REMARK.match(text + " :" if len(text) < len(first) else text):
            return "remark"
    if len(header) > 2 and _blank(cells[0]) and len(filled) * 2 <= len(header):
        return "sum" if all(map(_figure, filled)) else "data"
    return "data"
