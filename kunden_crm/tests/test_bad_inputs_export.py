"""bad_inputs.md, row 71: what somebody typed is not run by the spreadsheet of somebody else."""

import csv
import io
import json
import zipfile

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import tagged

from .bad_input_case import BadHttpCase

FORMULAS = (
    '=HYPERLINK("http://evil","x")',
    "+cmd",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "'=1+1",
    "https://evil.example",
    "external:\\\\evil\\share",
    "=1+1",
    "O'Neill",
)
FIELDS = [
    {"name": "name", "label": "Name", "type": "char"},
    {"name": "color", "label": "=1+1", "type": "integer"},
    {"name": "comment", "label": "Notes", "type": "html"},
]
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}


@tagged("post_install", "-at_install")
class TestBadExports(BadHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.partners.create(
            [{"name": text, "color": -5, "is_company": True} for text in FORMULAS]
        )

    def exported(self, kind, **params):
        """The file that the list view gives to a clerk who may export."""
        self.authenticate("speaker", "speaker")
        data = {"model": "res.partner", "ids": self.people.ids, "domain": [], **params}
        data = {"fields": FIELDS, "import_compat": False, **data}
        response = self.url_open(
            f"/web/export/{kind}",
            data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        self.assertEqual(response.status_code, 200)
        return response.content

    def lines(self):
        """The rows of the exported text file, its headings first."""
        text = self.exported("csv").decode()
        return list(csv.reader(io.StringIO(text, newline="")))

    def assert_dead(self, content):
        """No formula and no link is in the workbook."""
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = {name: book.read(name).decode() for name in book.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"]
        self.assertNotIn("<f", sheet.replace("<fo", ""))
        self.assertNotIn("hyperlink", sheet)
        self.assertFalse([name for name in parts if "externalLink" in name])

    def test_a_workbook_holds_texts_and_numbers(self):
        content = self.exported("xlsx")
        self.assert_dead(content)
        rows = list(load_workbook(io.BytesIO(content)).active.iter_rows())
        self.assertEqual([cell.data_type for cell in rows[0]], ["s", "s", "s"])
        for text, row in zip(FORMULAS, rows[1:], strict=True):
            self.assertEqual((row[0].value, row[0].data_type), (text.replace("\r", " "), "s"))
            self.assertEqual((row[1].value, row[1].data_type), (-5, "n"))
            self.assertIsNone(row[2].value)

    def test_a_workbook_in_groups_holds_texts(self):
        content = self.exported("xlsx", groupby=["name"])
        self.assert_dead(content)
        texts = [row[0].value for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
        for text in FORMULAS:
            self.assertIn(text.replace("\r", " ") + " (1)", texts)

    def test_a_text_file_hides_all_six_signs(self):
        head, *rows = self.lines()
        self.assertEqual(head, ["Name", "'=1+1", "Notes"])
        for text, row in zip(FORMULAS, rows, strict=True):
            hidden = text[0] in "=+-@\t\r" or text.startswith("'=")
            self.assertEqual(row[0], f"'{text}" if hidden else text)
            self.assertEqual(row[1:], ["-5", ""])

    def test_an_import_gives_back_what_was_exported(self):
        for kind in ("csv", "xlsx"):
            fields = [{"name": "name", "label": "Name", "type": "char"}]
            content = self.exported(kind, fields=fields, import_compat=True)
            wizard = self.env["base_import.import"].with_user(self.clerk)
            wizard = wizard.create(
                {
                    "res_model": "res.partner",
                    "file": content,
                    "file_name": f"export.{kind}",
                    "file_type": "text/csv" if kind == "csv" else "",
                }
            )
            found = wizard.execute_import(["name"], ["name"], dict(OPTIONS))
            self.assertFalse(found["messages"])
            names = self.partners.browse(found["ids"]).mapped("name")
            texts = [text if kind == "csv" else text.replace("\r", " ") for text in FORMULAS]
            self.assertEqual([name.strip() for name in names], [text.strip() for text in texts])

    def test_an_empty_file_is_core_s_own_affair(self):
        wizard = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": b"", "file_name": "a.csv", "file_type": "text/csv"}
        )
        self.assertFalse(wizard._read_csv(dict(OPTIONS)))
