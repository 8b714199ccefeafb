# ruff: noqa: E501 -- rows of lists
"""Writes the sample files that lists are imported from; what must come of them is in *.json.

The truth beside each file is written by hand. After a change here:
python kunden_crm/tests/import_samples/build.py
"""

from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook

FOLDER = Path(__file__).resolve().parent
DAY = (2024, 3, 15, 9, 0, 0)
LIST = """\
Haarstudio am Dom – Kundenliste;;;;;;;;;;;;
Stand: 15.03.2024;;;;;;;;;;;;
;;;;;;;;;;;;
Kd-Nr.;Anrede;Nachname;Vorname;Straße;PLZ;Ort;Land;Telefon;E-Mail;Geburtsdatum;Umsatz 2023;Bemerkung
1001;Frau;Kämmerling;Ursula;Hauptstr. 12;50667;Köln;D;0221/4710-101;ursula.kaemmerling@post.example;03.05.1958;1.234,50;"Termine nur
vormittags"
1002;Herr;Großmann;Jürgen;Am Mühlbach 3 A;50733;Köln;D;0221 4710102;;29.02.1960;89,90;
1003;Frau;Weiß;Änne;Übergasse 7;51063;Köln;D;k.A.;aenne.weiss@post.example;;;zahlt immer bar – gibt 5 € Trinkgeld
1004;Herr;MÜLLER;Hans-Peter;Ringstraße 21;1067;Dresden;D;0171 3920014;-;17.11.1971;45,00;
1005;Firma;Bäckerei Schöller GmbH;;Marktplatz 1;50678;Köln;D;0221 4710105;info@schoeller.example;;2.310,00;"Schulung ""Hygiene"" gebucht"
;;;;;;;;;;Übertrag;3.679,40;
1006;Frau;von der Heide;Katharina;Rosenweg 8;50939;Köln;D;;k.vonderheide@post.example;08.09.1985;120,00;
1002;Herr;Großmann;Jürgen;Am Mühlbach 3 A;50733;Köln;D;;juergen.grossmann@post.example;29.02.1960;;
1007;Frau;Yilmaz;Aylin;Domstraße 40;50668;Köln;D;0171 3920017;;01.12.1992;64,00;
1008;Herr;D'Angelo;Marco;Severinstr. 110;50678;Köln;D;+49 171 3920018;Marco.Dangelo@Post.Example;;;
1009;Frau;Schröder-Lang;Birgit;Aachener Straße 200;50931;Köln;D;0221 4710109;b.schroederlang@post.example;26.07.1966;310,00;
1010;Herr;Nguyen;Thanh;Venloer Str. 55 b;50823;Köln;D;0171 3920020;;14.02.1979;75,50;
1011;Firma;Hofladen Übel & Söhne OHG;;Dorfstraße 3;53340;Meckenheim;D;;post@hofladen-uebel.example;;199,00;
Summe;;;;;;;;;;;4.447,90;
"""
JOURNAL = """\
Datum|Beleg|Haushalt|Nachname|Vorname|Geb.-Datum|Straße|PLZ|Ort|Telefon|Betrag|Notiz
02.01.2024|1|Weber-Klein|Weber|Anna|14.02.1979|Lindenallee 5|53111|Bonn|0171 3920021|48,00|Probestunde
02.01.2024|2|Weber-Klein|Klein|Tom|30.08.1976|Lindenallee 5|53111|Bonn|0171 3920022|48,00|
03.01.2024|3|Sommer|Sommer|Friederike|11.06.1951|Kirchweg 19|53225|Bonn||24,00|Gutschein
09.01.2024|4|Weber-Klein|Weber|Lea|22.05.2012|Lindenallee 5|53111|Bonn||30,00|Kinderkurs
09.01.2024|5|Weber-Klein|Weber|Anna|14.02.1979|Lindenallee 5|53111|Bonn|0171 3920021|48,00|
11.01.2024|6|Sommer|Sommer|Gerhard|02.10.1949|Kirchweg 19|53225|Bonn|0171 3920023|24,00|
|||||||||Summe Januar|222,00|
Datum|Beleg|Haushalt|Nachname|Vorname|Geb.-Datum|Straße|PLZ|Ort|Telefon|Betrag|Notiz
01.02.2024|7|Nowak|Nowak|Zofia|19.03.1988|Am Bahnhof 2|53173|Bonn|0171 3920024|48,00|
01.02.2024|8|Nowak|Nowak|Paweł|07.07.1986|Am Bahnhof 2|53173|Bonn||48,00|kommt mit seiner Frau
06.02.2024|9|Sommer|Sommer|Friederike|11.06.1951|Kirchweg 19|53225|Bonn||24,00|
06.02.2024|10|Weber-Klein|Weber|Jonas|22.05.2012|Lindenallee 5|53111|Bonn||30,00|Kinderkurs
|||||||||Summe Februar|150,00|
"""
NOTEBOOK = [
    ["Mein Notizbuch"],
    [],
    ["Name", "Anschrift", "Telefon", "Geburtstag", "Notizen"],
    ["B"],
    [
        "Frau Dr. Helga Brandt",
        "Gartenweg 4, 53113 Bonn",
        "0171 3920031",
        date(1962, 4, 9),
        "mag Rosen",
    ],
    ["Herr Ole Brodersen", "Hafenstraße 11, 24103 Kiel", "0171 3920032", None, None],
    ["Bäckerei Brinkmann GmbH", "Kornmarkt 8, 55116 Mainz", "0171 3920033", None, "liefert Kuchen"],
    ["F"],
    [
        "Eva Frühling",
        "Am Anger 2, 99084 Erfurt",
        None,
        date(1990, 12, 24),
        "Stammkundin\nseit 2015",
    ],
    ["# Fischer ist weggezogen"],
    [],
    ["W"],
    ["Herr Prof. Dr. Anton Winkler", "Schlossallee 1, 01067 Dresden", "0171 3920034", None, None],
    ["Frau Gerda Weiland", "Postfach 12, 79098 Freiburg", None, date(1938, 8, 17), "nur Post"],
    ["Wolfgang Wörner", None, "0171 3920035", date(1955, 1, 31), None],
]
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni"]
MONTHS += ["Juli", "August", "September", "Oktober", "November", "Dezember"]
# Who came in which months.
GUESTS = [
    ("Hofmann", "Sabine", 4109, "Leipzig", "sabine.hofmann@post.example", (1, 4, 8, 12)),
    ("Petersen", "Jan", 24937, "Flensburg", "jan.petersen@post.example", (1, 2, 3)),
    ("Özdemir", "Can", 10999, "Berlin", "can.oezdemir@post.example", (2, 5, 9)),
    ("Lange", "Marie-Luise", 1099, "Dresden", "ml.lange@post.example", (3, 6, 7, 10)),
    ("Schäfer", "Björn", 80331, "München", "bjoern.schaefer@post.example", (5, 6, 11)),
    ("Gruber", "Theresa", 94032, "Passau", "theresa.gruber@post.example", (7, 8, 9, 11)),
    ("Kraft", "Uwe", 6108, "Halle", "uwe.kraft@post.example", (4, 10, 12)),
]


def write_text(name, text, encoding):
    """A text as Excel in Windows saves it."""
    (FOLDER / name).write_bytes(text.replace("\n", "\r\n").encode(encoding))


def cell(value):
    """A cell of an ods."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        shown = f"{value:%d.%m.%Y}"
        typed = f'office:value-type="date" office:date-value="{value}"'
    else:
        shown, typed = value.replace("\n", "</text:p><text:p>"), 'office:value-type="string"'
    note = "<office:annotation><text:p>noch fragen</text:p></office:annotation>"
    beside = note if value == "Herr Ole Brodersen" else ""
    return f"<table:table-cell {typed}>{beside}<text:p>{shown}</text:p></table:table-cell>"


def write_notebook(name):
    """A notebook as somebody has typed it in LibreOffice."""
    rows = "".join(
        f"<table:table-row>{''.join(map(cell, row)) or cell(None)}</table:table-row>"
        for row in NOTEBOOK
    )
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content office:version="1.3" '
        f'xmlns:office="{spaces}:office:1.0" xmlns:table="{spaces}:table:1.0" '
        f'xmlns:text="{spaces}:text:1.0"><office:body><office:spreadsheet><table:table '
        f'table:name="Notizbuch">{rows}<table:table-row table:number-rows-repeated="1048563">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3" '
        f'xmlns:manifest="{spaces}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with ZipFile(FOLDER / name, "w") as packed:
        packed.writestr(ZipInfo("mimetype", DAY), kind, ZIP_STORED)
        packed.writestr(ZipInfo("content.xml", DAY), content, ZIP_DEFLATED)
        packed.writestr(ZipInfo("META-INF/manifest.xml", DAY), manifest, ZIP_DEFLATED)


def write_months(name):
    """A workbook with a sheet for each month; a guest stands in each month he came in."""
    book = Workbook()
    book.remove(book.active)
    for number, month in enumerate(MONTHS, 1):
        sheet = book.create_sheet(month)
        sheet.append(["Nachname", "Vorname", "PLZ", "Ort", "Land", "E-Mail", "Besuch am"])
        for day, (last, first, code, city, email, months) in enumerate(GUESTS, 1):
            if number in months:
                came = date(2023, number, day * 3)
                sheet.append([last, first, code, city, "Deutschland", email, came])
                row = sheet[sheet.max_row]
                row[2].number_format, row[6].number_format = "00000", "dd.mm.yyyy"
    book.save(FOLDER / name)


if __name__ == "__main__":
    write_text("kundenliste.csv", LIST, "cp1252")
    write_text("kassenjournal.txt", "\ufeff" + JOURNAL.replace("|", "\t"), "utf-16-le")
    write_notebook("notizbuch.ods")
    write_months("zwoelf_monate.xlsx")
