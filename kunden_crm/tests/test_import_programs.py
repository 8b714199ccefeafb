"""Files as other programs write them: every value ends where it belongs, none is lost."""

from io import BytesIO

import xlsxwriter

from .import_case import ImportCase

# Program: the file, and per row what must come of it.
FILES = {
    "DATEV": (
        "Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);"
        "Vorname (Adressattyp natürl. Person);Name (Adressattyp keine Angabe);Adressattyp;"
        "Adelstitel;Namensvorsatz;Ort\n"
        "10001;Öhlmann AG;;;;2;;;Lindau\n"
        "10002;;Brzezinski;Ute;;1;Gräfin;von;Lindau\n"
        "10003;;;;Jürgen Öztürk;0;;;Lindau\n"
        "10004;;;;Müßig & Söhne GmbH;;;;Lindau\n",
        [
            {"name": "Öhlmann AG", "is_company": True, "debtor_account": "10001"},
            {"firstname": "Ute", "lastname": "Gräfin von Brzezinski", "is_company": False},
            {"firstname": "Jürgen", "lastname": "Öztürk", "is_company": False},
            {"name": "Müßig & Söhne GmbH", "is_company": True},
        ],
    ),
    "Google": (
        "First Name,Last Name,Organization Title,Labels,E-mail 1 - Value,Phone 1 - Value,"
        "Address 1 - Formatted,Website 1 - Value\n"
        "Ute,Brzezinski,Leiterin,* myContacts ::: Kunden,a@x.example ::: b@x.example,"
        "+49 221 4710900 ::: +49 171 1234567 ::: +49 221 4710901,"
        '"Weg 1, 50667 Köln ::: Weg 2, 50667 Köln",x.example ::: y.example\n',
        [
            {
                "function": "Leiterin",
                "tags": ["Kunden"],
                "email": "a@x.example",
                "phone": "0221 4710900",
                "mobile": "0171 1234567",
                "street": "Weg 1",
                "website": "https://x.example",
                "comment": "Address 1 - Formatted: Weg 2, 50667 Köln\n"
                "Website 1 - Value: y.example\nE-mail 1 - Value: b@x.example\n"
                "Phone 1 - Value: 0221 4710901",
            }
        ],
    ),
    "an old ERP": (
        "Kd-Nr.;Name 1;Name 2;Name 3;Ort\n"
        "1;Öhlmann GmbH;Werk Nord;z. Hd. Frau Ute Brzezinski;Lindau\n"
        "2;Wrobel;Ida;;Lindau\n"
        "3;Otto Wrobel;Hinterhaus;;Lindau\n",
        [
            {"name": "Ute Brzezinski", "salutation": "ms", "ref": None},
            {"firstname": "Ida", "lastname": "Wrobel", "ref": "2"},
            {"lastname": "Wrobel", "street2": "Hinterhaus"},
        ],
    ),
    "the last name first": (
        "Name;Ort\n"
        "Öhlmann Ute;Lindau\nWrobel Ida;Köln\nKaluza Otto;Köln\nBrzezinski Eva;Köln\n"
        "Öztürk Anna;Köln\nPrzybylski Uwe;Köln\nMüßig Hans;Ulm\nKwiatek Max;Ulm\nÖhl AG;Ulm\n",
        [{"firstname": "Ute", "lastname": "Öhlmann", "name": "Ute Öhlmann"}]
        + [{"is_company": False}] * 7
        + [{"name": "Öhl AG", "is_company": True}],
    ),
    "Mailchimp": (
        'Email Address,First Name,Last Name,TAGS\nu@x.example,Ute,Brzezinski,"""A"",""B"""\n',
        [{"email": "u@x.example", "tags": ["A", "B"]}],
    ),
    "lexoffice": (
        "Vorname;Nachname;E-Mail Geschäftlich;E-Mail Privat;Telefon;Telefon 2\n"
        "Ute;Brzezinski;;ute@x.example;;0171 1234567\n"
        "Ida;Wrobel;ida@w.example;ida@x.example;0221 4710900;0221 4710901\n",
        [
            {"email": "ute@x.example", "mobile": "0171 1234567", "phone": None, "comment": None},
            {
                "email": "ida@w.example",
                "phone": "0221 4710900",
                "mobile": None,
                "comment": "E-Mail Privat: ida@x.example\nTelefon 2: 0221 4710901",
            },
        ],
    ),
}


class TestImportPrograms(ImportCase):
    def test_the_files_of_other_programs(self):
        for program, (text, wanted) in FILES.items():
            with self.subTest(program):
                batch = self.batch(text)
                self.assertEqual(self.states(batch), ["new"] * len(wanted), batch.row_ids)
                for row, values in zip(batch.row_ids, wanted, strict=True):
                    self.assertEqual({name: row.values.get(name) for name in values}, values)
                    # and the page of a row says of each cell where it went
                    cells = [cell for cell in row.shown["cells"] if cell["raw"]]
                    blank = [cell for cell in cells if cell["target"] and not cell["value"]]
                    self.assertFalse(blank)

    def test_an_error_of_the_spreadsheet_is_told_once(self):
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Name", "Ort"])
            sheet.write(1, 0, "Ida Wrobel")
            sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        row = self.batch(content.getvalue(), "liste.xlsx").row_ids
        told = [note["code"] for note in row.notes]
        self.assertEqual((row.state, told), ("ask", ["error_value", "formula"]))
        self.assertEqual((row.notes[0]["field"], row.notes[0]["raw"]), ("city", "#DIV/0!"))
        self.assertEqual(row.message.count("Fehler"), 1, row.message)

    def test_a_household_with_one_street_in_merged_cells(self):
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Vorname", "Nachname", "Straße"])
            for row, name in enumerate(("Ida", "Otto", "Ute"), 1):
                sheet.write_row(row, 0, [name, "Wrobel"])
            sheet.merge_range("C2:C4", "Weg 1")
        batch = self.batch(content.getvalue(), "liste.xlsx")
        self.assertEqual([row.values.get("street") for row in batch.row_ids], ["Weg 1"] * 3)
        told = [[note["code"] for note in row.notes] for row in batch.row_ids]
        self.assertEqual(told, [[], ["merged"], ["merged"]])
