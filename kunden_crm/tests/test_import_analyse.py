"""A clerk brings a list: what each row would do is seen before anything happens."""

from contextlib import contextmanager
from io import BytesIO
from unittest.mock import patch

import xlsxwriter
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .import_case import HEAD, ImportCase

MODELS = "odoo.addons.kunden_crm.models"


@freeze_time("2026-03-02 09:00:00")
class TestImportAnalyse(ImportCase):
    """The preview of a list in every respect but whom a row means."""

    def test_rows_are_read_by_the_standards(self):
        before = self.partners.search_count([])
        batch = self.batch(
            f"{HEAD}\n"
            "1;Eva;Przybylski;Gartenstr. 5;50667;Köln;0221/4710900;Eva@OK.de;31.12.1980\n"
            "2;Jürgen;Öztürk;;10115;Berlin;;;k.A.\n"
            "3;Ida;Wrobel;;10115;Berlin;123;;31.04.1980\n"
            "4;Otto;Otto;;;;;;\n"
            ";;;;50667;Köln;;;\n"
            "6;Ute;Brzezinski;;;;;;1;zu viel\n"
            "7;Ute1;Brzezinski;;;;;;\n"
        )
        self.assertEqual(batch.error, False)
        states = ["new", "new", "ask", "ask", "rejected", "rejected", "ask"]
        self.assertEqual(self.states(batch), states, batch.row_ids.mapped("message"))
        eva = batch.row_ids[0]
        self.assertEqual(eva.values["street"], "Gartenstraße 5")
        self.assertEqual(eva.values["birthdate_date"], "1980-12-31")
        self.assertEqual(eva.values["name"], "Eva Przybylski")
        self.assertEqual(eva.raw[3], "Gartenstr. 5")
        self.assertIn("street", {note.get("field") for note in eva.notes})
        self.assertNotIn("birthdate_date", batch.row_ids[1].values)
        self.assertIn("4", batch.row_ids[2].message)
        self.assertIn("Geburtsdatum", batch.row_ids[2].message)
        self.assertNotIn("phone", batch.row_ids[2].values)
        self.assertAddsUp(batch)
        self.assertEqual((batch.ask_count, batch.rejected_count), (3, 2))
        self.assertEqual(self.partners.search_count([]), before)

    def test_a_list_out_of_excel(self):
        text = (
            "Unsere Kunden;;\nStand 2024;;\n\nName;PLZ;Ort\nJürgen Öztürk;50667;Köln\n"
            "Name;PLZ;Ort\nMüßig & Söhne GmbH;50667;Köln\nSumme;2;\n"
        )
        batch = self.batch(text, encoding="cp1252")
        self.assertEqual((batch.encoding, batch.separator, batch.header_row), ("cp1252", ";", 4))
        self.assertEqual(self.states(batch), ["new", "skipped", "new", "skipped"])
        self.assertEqual(batch.row_ids.mapped("number"), [5, 6, 7, 8])
        self.assertTrue(all(row.message for row in batch.row_ids[1::2]))
        self.assertTrue(batch.row_ids[2].values["is_company"])
        kinds = [line["kind"] for line in batch.preview]
        self.assertEqual(kinds.count("data"), 2)
        self.assertIn("Jürgen Öztürk", batch.preview[kinds.index("data")]["cells"])
        self.assertAddsUp(batch)

    def test_sheets_with_the_same_headings_are_read_together(self):
        content = BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True})
        for month in ("Januar", "Februar"):
            sheet = book.add_worksheet(month)
            sheet.write_row(0, 0, ["Name", "Ort", "Umsatz 2024"])
            sheet.write_row(1, 0, [f"Ida {month}", "Lindau", 5])
        book.close()
        batch = self.batch(content.getvalue(), "liste.xlsx")
        self.assertEqual(batch.row_ids.mapped("sheet"), ["Januar", "Februar"])
        self.assertEqual(self.states(batch), ["new", "new"])

    def test_households_contact_persons_and_further_addresses(self):
        home = self.env["kunden.household"].create({"name": "Familie Kaluza"})
        batch = self.batch(
            "Haushalt;Vorname;Nachname;PLZ;Straße;Land;Stichwörter\n"
            "12;Ida;Wrobel;1067;Weg 3;DE;VIP, Stamm\n"
            "12;Otto;Wrobel;1067;Weg 3;;VIP\n"
            "Familie Kaluza;Ute;Kaluza;88131;Weg 1;;\n"
        )
        ida, otto, ute = batch.row_ids
        self.assertEqual(self.states(batch), ["new"] * 3, batch.row_ids.mapped("message"))
        self.assertEqual(ida.values["zip"], "01067")
        self.assertEqual(ida.values["household"], otto.values["household"])
        self.assertEqual(ute.values["household"]["id"], home.id)
        self.assertEqual(ida.values["tags"], ["VIP", "Stamm"])
        batch = self.batch(
            "Firma;Ansprechpartner;Straße;PLZ;Ort;USt-IdNr.;Rechnung Straße;Rechnung PLZ;"
            "E-Mail Ansprechpartner\n"
            "Öhlmann AG;Herr Dr. Hans Kaluza;Weg 5;88131;Lindau;DE136695976;Hof 1;50667;\n"
            "Öhlmann AG;Herr Dr. Hans Kaluza;Weg 5;88131;Lindau;;;;hk@oehlmann.de\n"
        )
        hans, again = batch.row_ids
        self.assertEqual(hans.values["academic_title"], "Dr.")
        self.assertEqual(hans.values["company"]["vat"], "DE136695976")
        self.assertEqual(hans.values["addresses"][0]["zip"], "50667")
        self.assertEqual((again.state, again.same_row_id), ("update", hans))

    def test_what_cannot_be_read_is_told(self):
        for content, word in (
            (b"", "leer|empty"),
            (b" ", "leer|empty"),
            (b"%PDF-1.7 x", "PDF"),
            (b"Name;Ort\n", "."),
        ):
            batch = self.batch(content)
            self.assertEqual(batch.state, "failed", content)
            self.assertRegex(batch.error, word)
            self.assertFalse(batch.row_ids)
        batches = self.env["kunden.import.batch"].with_user(self.clerk)
        with self.assertRaises(UserError):
            batches.create({"source": "Nichts"}).action_analyse()
        with self.assertRaises(AccessError):
            batch.with_user(self.reader).action_analyse()
        without = self.batch("Farbe;Größe\nrot;5\n")
        self.assertEqual((without.state, bool(without.error)), ("draft", True))

    def test_a_changed_column_makes_the_preview_anew(self):
        batch = self.batch("Name;Wasauchimmer\nIda Wrobel;Gärtnerin\n")
        column = batch.column_ids[1]
        self.assertFalse(column.target)
        self.assertIn(["left_columns", {"names": ["Wasauchimmer"]}], batch.hints)
        column.target = "occupation"
        batch.action_analyse()
        self.assertEqual(batch.column_ids[1], column)
        self.assertEqual(batch.row_ids.values["occupation"], "Gärtnerin")
        batch.sudo().step = "reading"
        with self.assertRaises(UserError):
            batch.action_analyse()
        batch.action_cancel()
        self.assertFalse(batch.row_ids or batch.step)
        batch.sudo().state = "done"
        with self.assertRaises(UserError):
            batch.action_analyse()

    def test_a_long_list_is_read_by_the_job(self):
        names = enumerate(("Ida", "Otto", "Ute", "Eva", "Emil", "Paul", "Nora", "Karl", "Hugo"))
        lines = [f";{name};Wrobel;Seeweg {n};88131;Lindau;;;" for n, name in names]
        text = "\n".join([HEAD, *lines, lines[3]])
        whole = self.batch(text)
        told = [(row.number, row.state, row.values) for row in whole.row_ids]
        with (
            patch(f"{MODELS}.import_analyse_mixin.AT_ONCE", 5),
            patch(f"{MODELS}.import_read_mixin._STEP", 5),
            patch(f"{MODELS}.import_match_mixin.STEP", 5),
            patch(f"{MODELS}.import_pair._PART", 4),
            patch(f"{MODELS}.import_pair._COMPARED", 4),
            patch(f"{MODELS}.import_run_mixin.KundenImportRunMixin._work.__defaults__", (5,)),
        ):
            batch = self.batch(text)
            self.assertEqual((batch.state, batch.step, batch.position), ("draft", "reading", 5))
            self.run_job()
        self.assertEqual((batch.state, batch.step), ("analysed", False))
        self.assertEqual([(row.number, row.state, row.values) for row in batch.row_ids], told)
        self.assertEqual(batch.row_ids[-1].state, "unchanged", batch.row_ids[-1].message)

    @staticmethod
    @contextmanager
    def two_rows_a_step():
        with (
            patch(f"{MODELS}.import_analyse_mixin.AT_ONCE", 2),
            patch(f"{MODELS}.import_read_mixin._STEP", 2),
            patch(f"{MODELS}.import_run_mixin.KundenImportRunMixin._work.__defaults__", (2,)),
        ):
            yield

    def test_several_processes_read_a_file_and_each_row_is_as_read_by_one(self):
        names = ("Ida", "Otto", "Ute", "Eva", "Emil", "Paul", "Nora", "Karl", "Hugo", "Anna", "Jan")
        lines = [f";{name};Wrobel;Seeweg {at};88131;Lindau;;;" for at, name in enumerate(names)]
        text = "\n".join([HEAD, *lines, lines[3], "", lines[4].replace(";88131", ";9")])
        whole = self.batch(text)
        told = [(row.number, row.state, row.message, row.values) for row in whole.row_ids]
        parts = self.env["kunden.import.part"]
        with self.two_rows_a_step():
            batch = self.batch(text)
            batch.sudo()._work({})
            self.assertEqual((parts._count(batch.id), len(batch.row_ids)), (4, 4))
            self.assertEqual(batch.position, 12, "what is put aside is on its way")
            # one process reads what was put aside, until nothing is left
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_b: 60):
                self.env["kunden.import.batch"]._cron_read_part()
            self.assertEqual((parts._count(batch.id), batch.step), (0, "reading"))
            self.run_job()
        self.assertEqual((batch.state, parts._count()), ("analysed", 0))
        again = [(row.number, row.state, row.message, row.values) for row in batch.row_ids]
        self.assertEqual(again, told)
        self.assertEqual(batch.row_ids.sorted("id").mapped("number"), [row[0] for row in told])

    def test_what_nobody_helps_to_read_is_read_by_one_and_is_gone_when_cancelled(self):
        lines = [f";Ida;Wrobel;Seeweg {at};88131;Lindau;;;" for at in range(19)]
        text = "\n".join([HEAD, *lines])
        parts = self.env["kunden.import.part"]
        with self.two_rows_a_step():
            batch = self.batch(text)
            crons, helps = type(self.env["ir.cron"]), self.env.ref("kunden_crm.cron_import_part")
            with (
                patch(f"{MODELS}.import_read_mixin.config", {"workers": 2}),
                patch.object(crons, "_trigger", autospec=True) as woken,
            ):
                batch.sudo()._work({})
            self.assertEqual([call.args[0] for call in woken.mock_calls], [helps])
            self.assertEqual(parts._count(batch.id), 4)
            other = self.batch(text)
            other.sudo()._work({})
            other.sudo().unlink()
            self.assertEqual((parts._count(), parts._count(other.id)), (4, 0))
            batch.action_cancel()
            self.assertFalse(parts._count() or batch.row_ids or batch.step)
            batch.action_analyse()
            batch.sudo()._work({})
            # whoever may no longer import reads nothing; who goes through the file says why
            self.clerk.group_ids -= self.env.ref("kunden_crm.group_user")
            self.env["kunden.import.batch"]._cron_read_part()
            self.assertEqual(parts._count(batch.id), 4)
            self.run_job()
        batch = batch.sudo()
        self.assertEqual((batch.state, parts._count()), ("failed", 0))
        self.assertTrue(batch.error)

    def test_required_fields_make_a_row_wait(self):
        catalogue = self.env["kunden.field"]
        born = catalogue.search([("technical_name", "=", "birthdate_date")], limit=1)
        rule = {"catalogue_id": born.id, "customer_kind": "person", "level": "required"}
        self.env["kunden.field.rule"].create(rule)
        text = f"{HEAD}\n;Ida;Wrobel;;88131;Lindau;;;\n;Otto;Kaluza;;;;;;7.5.1961\n"
        batch = self.batch(text)
        self.assertEqual(self.states(batch), ["ask", "new"], batch.row_ids.mapped("message"))
        self.assertIn(born.with_context(lang=self.clerk.lang).name, batch.row_ids[0].message)
        self.assertEqual(batch.rule_version, self.env["kunden.field.check"]._version())
        self.assertNotEqual(self.batch("Firma\nÖhlmann AG").row_ids.state, "ask")

    def test_what_can_be_read_of_rows_is_taken_without_the_rest(self):
        home = {"street": "Gartenstraße 5", "zip": "50667", "city": "Köln"}
        eva = self.person("Eva Przybylski", email="eva@ok.de", **home)
        self.person("Olga Kaluza", zip="50667", city="Köln")
        self.look()
        batch = self.batch(
            f"{HEAD}\n;Eva;Przybylski;;50667;Köln;12;eva@ok.de;\n"
            ";Ida;Wrobel;;88131;Lindau;99;;31.04.1980\n"
            ";Olga;Kaluzza;;50667;Köln;12;;\n;;;;50667;Köln;;;\n"
        )
        self.assertEqual(self.states(batch), ["ask", "ask", "ask", "rejected"])
        self.assertTrue(batch.row_ids[0].shown["is_unreadable"])
        batch.row_ids.action_take()
        states = ["unchanged", "new", "ask", "rejected"]
        self.assertEqual(self.states(batch), states, batch.row_ids.mapped("message"))
        known, new, unsure, _nobody = batch.row_ids
        self.assertEqual((known.partner_id, unsure.partner_id.id), (eva, False))
        self.assertNotIn("phone", new.values)
        self.assertNotIn("birthdate_date", new.values)
        self.assertEqual(batch.row_ids.mapped("decision"), ["take", "take", "take", False])
        self.assertTrue(unsure.candidates)
        new.decide(new.ids, False)
        self.assertEqual(new.state, "ask")
        self.assertAddsUp(batch)

    def test_a_row_is_judged_again(self):
        self.person("Eva Przybylski", street="Gartenstraße 5", zip="50667", city="Köln")
        self.look()
        wait = ";Otto;Otto;Weg 1;50667;Köln;;;"
        batch = self.batch(f"{HEAD}\n;Eva;Przybilski;;50667;Köln;;;\n{wait}\n{wait}")
        self.assertEqual(self.states(batch), ["ask", "ask", "ask"])
        eva, otto, again = batch.row_ids
        self.assertEqual(again.same_row_id, otto)
        decisions = (eva.sudo(), "create", "new"), (otto.sudo(), "create", "new")
        for row, decision, state in decisions:
            row.decision = decision
            row._judge_again()
            self.assertEqual(row.state, state, row.message)
        self.assertIn("3", again.message)
        eva.sudo().decision = False
        eva.sudo()._judge_again()
        self.assertEqual(eva.state, "ask")
        self.assertAddsUp(batch)
