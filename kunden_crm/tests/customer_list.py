"""The sample list as a table (customer_list.csv) and as the workbook that clerks import.

After a change of the table: python kunden_crm/tests/customer_list.py
"""

import csv
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

ADDON = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".csv")
WORKBOOK = ADDON / "static" / "import" / "Kundenliste.xlsx"
BIRTHDAYS_AS_TEXT = 20  # the first rows, as in lists from other programs; then Excel's own dates
HINTS = {
    "Art": "Unternehmen oder Person. Leer bei einer Rechnungs- oder Lieferadresse.",
    "Name": "Firma oder Bezeichnung der Adresse. Bei Personen leer: Vorname und Nachname genügen.",
    "Gehört zu": "Bei Ansprechpartnern und Adressen: der Name der Firma, die weiter oben steht.",
    "Adressart": "Rechnung oder Lieferung. Leer bei Firmen und Personen.",
    "PLZ": "Die Spalte ist Text, damit die führende Null bleibt: 01067.",
    "Geburtsdatum": "tt.mm.jjjj",
}


def table():
    """Headings and rows, all of them texts."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def write_workbook(path=WORKBOOK):
    """The table as a workbook whose columns are text, so that no leading zero is lost."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Kundenliste"
    for row in table():
        sheet.append(row)
    for column in sheet.columns:
        head, letter = column[0], column[0].column_letter
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = min(34, 3 + max(len(cell.value) for cell in column))
        for cell in column:
            cell.value, cell.number_format = cell.value or None, "@"
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
        if head.value in HINTS:
            head.comment = Comment(HINTS[head.value], "Kunden-CRM", height=90, width=260)
        if head.value == "Geburtsdatum":
            _write_dates(column[1 + BIRTHDAYS_AS_TEXT :])
    sheet.freeze_panes = "A2"
    book.save(path)


def _write_dates(cells):
    for cell in cells:
        if cell.value:
            cell.value = datetime.strptime(cell.value, "%d.%m.%Y")
            cell.number_format = "dd.mm.yyyy"


if __name__ == "__main__":
    write_workbook()
