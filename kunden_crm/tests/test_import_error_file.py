import io
import zipfile
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..cli.kunden_import import KundenImport
from .import_screen_case import ImportScreenCase

CELLS = ["=1+1", "@SUM(1)", "+cmd", "https://evil.example", "\t=1", None, 1067, 12.5, True]


@tagged("post_install", "-at_install")
class TestImportErrorFile(ImportScreenCase, HttpCase):
    def book(self, content):
        """The rows of a workbook, in which nothing is live."""
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<f>", sheet)
        self.assertNotIn("hyperlink", sheet)
        lines = list(load_workbook(io.BytesIO(content)).active.iter_rows())
        self.assertEqual({cell.data_type for line in lines for cell in line if cell.value}, {"s"})
        return [[cell.value for cell in line] for line in lines]

    def test_the_rows_that_wait_are_texts_with_their_reasons(self):
        self.row(7, CELLS, "rejected", message="Zeile 7: =2+2")
        self.question(9)
        self.row(11, ["Eva Neu"], "new")
        mended = self.row(12, ["?", "Ulm"], "rejected")
        mended.sudo().mended = {"0": "Petra Vogel"}
        name, content = self.batch._error_file()
        head, bad, asking, last = self.book(content)
        self.assertTrue(name.startswith("kasse") and name.endswith(".xlsx"))
        self.assertEqual(head[2:], ["Name", "Ort", "E-Mail", "Betreuer", *[None] * 5])
        self.assertEqual(bad[:2], ["7", "Zeile 7: =2+2"])
        self.assertEqual(bad[2:6], CELLS[:4])
        self.assertEqual(bad[7:], [None, "1067", "12.5", "True"])
        self.assertEqual(asking[2:4], ["Hans Müller", "Bonn"])
        self.assertEqual(last[0:4], ["12", None, "Petra Vogel", "Ulm"])

    def test_nothing_waits_nothing_is_to_be_mended(self):
        with self.assertRaises(UserError):
            self.batch._error_file()

    def test_many_rows_are_read_page_by_page(self):
        for number in range(2, 7):
            self.question(number)
        with patch("odoo.addons.kunden_crm.models.import_error_file_mixin._PAGE", 2):
            lines = self.book(self.batch._error_file()[1])
        self.assertEqual([line[0] for line in lines[1:]], list("23456"))

    def test_the_button_gives_it_to_those_who_may_read(self):
        self.question(9)
        url = self.batch.action_error_file()["url"]
        self.authenticate("clerk", "clerk")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(len(self.book(answer.content)), 2)
        self.assertEqual(self.url_open("/kunden_crm/import/0/errors").status_code, 404)
        new_test_user(self.env, "outsider", groups="base.group_user")
        self.authenticate("outsider", "outsider")
        self.assertEqual(self.url_open(url).status_code, 403)
        with self.assertRaises(AccessError):
            self.batch.with_user(self.colleague).action_error_file()

    def test_the_file_is_mended_and_brought_in_again(self):
        self.row(7, ["?", "Ulm", "petra@example.com"], "rejected", message="Zeile 7: wer?")
        book = load_workbook(io.BytesIO(self.batch._error_file()[1]))
        book.active["C2"] = "Petra Zwirner"
        mended = io.BytesIO()
        book.save(mended)
        again = self.batch.create(
            {
                "source": "Kassenjournal 2024",
                "filename": "mended.xlsx",
                "file": b64encode(mended.getvalue()),
            }
        )
        again.action_analyse()
        targets = {column.header: column.target for column in again.column_ids}
        self.assertEqual([targets["Name"], targets["Ort"]], ["name", "city"])
        reasons = [targets[head] for head in list(targets)[:2]]
        self.assertTrue(all(target in (False, "", "ignore") for target in reasons), targets)
        self.assertEqual(again.row_ids.mapped("state"), ["new"])
        self.assertEqual(again.row_ids.values["name"], "Petra Zwirner")

    # The command

    def command(self, file, user="clerk", start=False):
        """What the command says, and whether it went well."""
        options = SimpleNamespace(file=file, user=user, source="Kassenjournal", start=start)
        said = []
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=9):
            command = KundenImport()
            command._say = said.append
            return command.bring_in(self.env, options), "\n".join(said)

    def test_the_command_says_what_is_wrong(self):
        for file, user in (("/nowhere.csv", "clerk"), ("/", "clerk"), ("/nowhere", "nobody")):
            well, said = self.command(file, user)
            self.assertFalse(well)
            self.assertIn(user if user == "nobody" else file, said)

    def test_the_command_brings_a_list_in(self):
        partners = self.env["res.partner"]
        with TemporaryDirectory() as folder:
            file = Path(folder, "kasse.csv")
            text = "Name;Ort;Zeichen\r\nJürgen Großkinsky;Ulm;qq\r\n?;Ulm;qq\r\n"
            file.write_bytes(text.encode("cp1252"))
            well, said = self.command(str(file))
            self.assertTrue(well, said)
            self.assertFalse(partners.search([("name", "=", "Jürgen Großkinsky")]))
            well, said = self.command(str(file), start=True)
            self.assertTrue(well, said)
            for told in ("kasse.csv", "Zeichen"):
                self.assertIn(told, said)
            self.assertEqual(
                partners.search([("name", "=", "Jürgen Großkinsky")]).create_uid, self.clerk
            )
            self.mended_after_the_run()
            file.write_bytes(b"Name;Ort\r\nUte Klein;Ulm\r\n")
            work, idle = type(self.batch)._cron_run, iter([True])
            with (
                patch("time.sleep") as slept,
                patch.object(type(self.batch), "_cron_run", lambda s: next(idle, None) or work(s)),
            ):
                self.assertTrue(self.command(str(file), start=True)[0])
            self.assertTrue(slept.called)
            file.write_bytes(b"%PDF-1.7")
            well, said = self.command(str(file))
            self.assertFalse(well)
            self.assertTrue(said)

    def mended_after_the_run(self):
        """What was rejected is mended on the screen, and brought in by another start."""
        batch = self.rows.search([], order="id desc", limit=1).batch_id
        self.assertEqual((batch.state, batch.rejected_count), ("done", 1))
        with self.assertRaises(UserError):
            batch.action_start()
        batch.row_ids.filtered(lambda row: row.state == "rejected").action_mend(
            {"0": "Ina Zwirner"}
        )
        batch.invalidate_recordset()
        self.assertEqual(batch.pending_count, 1)
        batch.action_start()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=9):
            batch.sudo()._cron_run()
        batch.invalidate_recordset()
        self.assertEqual((batch.state, batch.created_count, batch.pending_count), ("done", 2, 0))
