import re
from pathlib import Path

from openpyxl import load_workbook

from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file, file_path

from .customer_list import HINTS, table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the web client sends with a file before anybody has touched an option.
OPTIONS = {
    "has_headers": True,
    "advanced": True,
    "keep_matches": False,
    "encoding": "",
    "separator": "",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "limit": 2000,
    "skip": 0,
}


@tagged("post_install", "-at_install")
class TestImportTemplate(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref("kunden_crm.user_klara", raise_if_not_found=False):
            convert_file(cls.env, "kunden_crm", "demo/res_users.xml", {}, mode="init")
        klara = cls.env.ref("kunden_crm.user_klara")
        klara.lang = "de_DE"
        cls.env = cls.env(user=klara, context={"lang": "de_DE", "tz": "Europe/Berlin"})
        cls.head, *rows = table()
        cls.rows = [dict(zip(cls.head, row, strict=True)) for row in rows]

    def workbook(self):
        """The shipped list, from the address that the importer shows."""
        template = self.env["res.partner"].get_import_templates()[0]["template"]
        return file_path(template.removeprefix("/"))

    def imported(self, dryrun=False):
        """Upload, look at the preview, click "Import": what the web client does."""
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": Path(self.workbook()).read_bytes(),
                "file_name": "Kundenliste.xlsx",
                "file_type": XLSX,
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        places = range(len(preview["headers"]))
        fields = ["/".join(preview["matches"].get(place, [])) or False for place in places]
        columns = [header.strip().lower() for header in preview["headers"]]
        result = wizard.execute_import(fields, columns, preview["options"], dryrun=dryrun)
        return preview, result

    def test_the_workbook_is_the_table(self):
        book = load_workbook(self.workbook())
        self.assertEqual(book.sheetnames, ["Kundenliste"])
        sheet = book.active
        cells = [
            [cell.value.strftime("%d.%m.%Y") if cell.is_date else cell.value or "" for cell in row]
            for row in sheet.rows
        ]
        self.assertEqual(cells, table())
        self.assertEqual({cell.data_type for cell in sheet["L"][1:]}, {"s", "n"})
        self.assertEqual(sheet.column_dimensions["L"].number_format, "@")
        self.assertEqual({cell.value for cell in sheet[1] if cell.comment}, set(HINTS))

    def test_the_list_is_as_lists_are(self):
        self.assertEqual(len(self.rows), 50)
        numbers = [row[name] for row in self.rows for name in ("Telefon", "Mobil") if row[name]]
        spellings = {re.sub(r"\d+", "9", number) for number in numbers}
        self.assertGreaterEqual(len(spellings), 6, spellings)
        self.assertTrue(any("App." in number for number in numbers))
        self.assertTrue(all(row["PLZ"] for row in self.rows if row["Ort"]))
        addresses = [row["Gehört zu"] for row in self.rows if row["Adressart"]]
        self.assertTrue(all(addresses.count(firm) == 2 for firm in addresses))

    def test_a_trial_run_understands_every_column_and_leaves_nothing(self):
        before = self.env["res.partner"].search_count([])
        preview, result = self.imported(dryrun=True)
        self.assertEqual(preview["headers"], self.head)
        self.assertEqual(len(preview["matches"]), len(self.head))
        self.assertEqual(preview["options"]["date_format"], "%d.%m.%Y")
        self.assertEqual(preview["num_rows"], 51)
        self.assertEqual(result["messages"], [])
        self.assertEqual(len(result["ids"]), 50)
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_a_list_without_kinds_of_address_holds_contacts(self):
        partners = self.env["res.partner"]
        for fields, row in ((["name"], ["Änne Ott"]), (["name", "type"], ["Änne Ott", ""])):
            loaded = partners.load(fields, [row])
            self.assertEqual(partners.browse(loaded["ids"]).type, "contact")

    def test_headings_of_other_lists_are_understood_in_any_order(self):
        content = (
            "Handy;Geburtstag;Postleitzahl;Wohnort;Strasse;Familienname;Vorname;Bemerkungen\n"
            "0171 3920001;31.12.1980;01067;Dresden;Ring 1;Müller;Änne;Katze\n"
        )
        wizard = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": content.encode(), "file_type": "text/csv"}
        )
        matches = wizard.parse_preview({**OPTIONS, "separator": ";"})["matches"]
        fields = ["mobile", "birthdate_date", "zip", "city", "street", "lastname", "firstname"]
        self.assertEqual(list(matches.values()), [[name] for name in [*fields, "comment"]])

    def test_the_whole_list_comes_in(self):
        _preview, result = self.imported()
        self.assertEqual(result["messages"], [])
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(len(partners), 50)
        for partner, row in zip(partners, self.rows, strict=True):
            with self.subTest(row=row["Kundennummer"] or partner.name):
                self.assertEqual(partner.create_uid, self.env.user)
                self.check_name(partner, row)
                self.check_place(partner, row)
                self.check_person(partner, row)

    def check_name(self, partner, row):
        """Names are in their columns and none is doubled."""
        if row["Nachname"]:
            parts = (partner.firstname, partner.lastname, partner.academic_title or "")
            self.assertEqual(parts, (row["Vorname"], row["Nachname"], row["Titel"]))
            words = partner.name.split()
            self.assertIn(row["Nachname"], partner.name)
            self.assertEqual(len(words), len(set(words)))
        else:
            self.assertEqual(partner.name, row["Name"])
        self.assertEqual(partner.is_company, row["Art"] == "Unternehmen")
        self.assertEqual(partner.ref or "", row["Kundennummer"])

    def check_place(self, partner, row):
        """Contacts and addresses belong to their company; a contact lives where it does."""
        kind = {"Rechnung": "invoice", "Lieferung": "delivery", "": "contact"}
        self.assertEqual(partner.type, kind[row["Adressart"]])
        self.assertEqual(partner.parent_id.name or "", row["Gehört zu"])
        place = row if row["Ort"] else self.row_of(row["Gehört zu"])
        self.assertEqual(partner.street, place["Straße"])
        self.assertEqual(partner.zip, place["PLZ"])
        self.assertEqual(partner.city, place["Ort"])
        self.assertEqual(partner.country_id.name, place["Land"])

    def row_of(self, firm):
        """The row of a company."""
        return next(row for row in self.rows if row["Name"] == firm)

    def check_person(self, partner, row):
        """Dates are dates, numbers can be dialled, texts are there."""
        born = partner.birthdate_date
        self.assertEqual(born and born.strftime("%d.%m.%Y") or "", row["Geburtsdatum"])
        self.assertEqual(
            partner.salutation or "", {"Frau": "ms", "Herr": "mr"}.get(row["Anrede"], "")
        )
        self.assertEqual(partner.phone or "", row["Telefon"])
        self.assertEqual(bool(partner.phone_e164), bool(row["Telefon"]))
        self.assertEqual(bool(partner.mobile_e164), bool(row["Mobil"]))
        self.assertEqual(partner.phone_extension or "", self.extension(row["Telefon"]))
        self.assertEqual(partner.email or "", row["E-Mail"])
        self.assertEqual(partner.function or "", row["Position"])
        self.assertIn(row["Bemerkung"], partner.comment or "")

    def extension(self, number):
        """What stands behind "App." or "Durchwahl"."""
        found = re.search(r"(?:App\.|Durchwahl) (\d+)$", number)
        return found[1] if found else ""
