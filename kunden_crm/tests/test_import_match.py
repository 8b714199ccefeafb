"""Whom the rows of a list mean: somebody in the file, each other, or somebody new."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import new_test_user
from odoo.tools import SQL

from ..kernel.match_pairs import Caps
from .import_case import HEAD, ImportCase

IMPORT_PAIR = "odoo.addons.kunden_crm.models.import_pair"


@freeze_time("2026-03-02 09:00:00")
class TestImportMatch(ImportCase):
    """A list of people of whom some stand in the file already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eva = cls.person(
            "Eva Przybylski",
            ref="KD-1001",
            street="Gartenstraße 5",
            zip="50667",
            city="Köln",
            email="eva@przybylski.de",
        )
        cls.look()

    def test_one_sure_is_an_update(self):
        batch = self.batch(
            f"{HEAD}\n;Eva;Przybylski;Gartenstr. 5;50667;Köln;0221 4710900;EVA@przybylski.de;"
        )
        row = batch.row_ids
        self.assertEqual((row.state, row.partner_id), ("update", self.eva))
        written = {note["field"]: note["new"] for note in row.notes if note.get("code") == "write"}
        self.assertEqual(written, {"phone": "0221 4710900"})

    def test_the_same_again_changes_nothing(self):
        batch = self.batch(
            f"{HEAD}\nKD-1001;Eva;Przybylski;Gartenstraße 5;50667;Köln;;eva@przybylski.de;"
        )
        self.assertEqual(self.states(batch), ["unchanged"])
        self.assertEqual(batch.skipped_count, 1)

    def test_customer_number_and_contradicting_name(self):
        batch = self.batch(
            f"{HEAD}\nKD-1001;Eva;Przybylski;;;;;;\nKD-1001;Otto;Kaluza;;;;;;\n"
            "KD1001;Eva;Przybylski;;;;;;\nKD-01001;Ida;Wrobel;;;;;;"
        )
        self.assertEqual(batch.row_ids[0].state, "unchanged")
        self.assertEqual(batch.row_ids[1].state, "ask")

    def test_unsure_is_asked_with_reasons(self):
        batch = self.batch(f"{HEAD}\n;Eva;Przybilski;;50667;Köln;;;")
        row = batch.row_ids
        self.assertEqual(row.state, "ask")
        self.assertEqual(row.candidates[0]["partner_id"], self.eva.id)
        self.assertTrue(row.candidates[0]["reasons"])
        self.assertIn("2", row.message)

    def test_several_are_asked(self):
        batch = self.batch(f"{HEAD}\n;Hans;Wirsching;Ahornallee 17;50667;Köln;;;")
        self.assertEqual(batch.row_ids.state, "ask")
        ids = {one["partner_id"] for one in batch.row_ids.candidates}
        self.assertEqual(ids, {self.hans.id, self.double.id})

    def test_what_is_chance_in_a_large_file_is_chance_for_a_row(self):
        text = f"{HEAD}\n;Hans;Wirsching;Ahornallee 17;50667;Köln;;;"
        scan = "odoo.addons.kunden_crm.models.match_scan.KundenMatchScan"
        with patch(f"{scan}._caps", lambda _scan: Caps(1, 1, 1)):
            self.assertEqual(self.batch(text).row_ids.state, "new")
        self.assertEqual(self.batch(text).row_ids.state, "ask")

    def test_decided_apart_leaves_one(self):
        self.candidates._decide(self.hans, self.double, "different")
        batch = self.batch(f"{HEAD}\n;Hans;Wirsching;Ahornallee 17;50667;Köln;0175 7719334;;")
        self.assertEqual((batch.row_ids.partner_id), self.hans)

    def test_three_times_in_one_file_is_one(self):
        batch = self.batch(
            f"{HEAD}\n"
            ";Ida;Wrobel;Seeweg 3;88131;Lindau;;ida@wrobel.de;\n"
            ";Otto;Kaluza;Seeweg 9;88131;Lindau;;;\n"
            ";Ida;Wrobel;Seeweg 3;88131;Lindau;08382 12345;ida@wrobel.de;\n"
            ";Ida;Wrobel;Seeweg 3;88131;Lindau;;ida@wrobel.de;\n"
        )
        self.assertEqual(self.states(batch), ["new", "new", "update", "unchanged"])
        first, _otto, second, third = batch.row_ids
        self.assertEqual((second | third).same_row_id, first)
        self.assertIn("2", third.message)
        # what was compared is gone
        for table in ("key", "shared", "frequent", "met"):
            left = SQL.identifier(f"kunden_import_{table}")
            kept = SQL("SELECT FROM %s WHERE batch_id = %s", left, batch.id)
            self.assertFalse(self.env.execute_query(kept), table)
        self.assertAddsUp(batch)

    def test_what_a_large_file_says_often_tells_little(self):
        """Many live in one street with one last name: that they do says nothing of a pair."""
        names = enumerate(("Ida", "Otto", "Ute", "Eva", "Emil", "Paul", "Nora", "Karl", "Hugo"))
        lines = [f";{name};Wrobel;Seeweg {n};88131;Lindau;;;" for n, name in names]
        text = "\n".join([HEAD, *lines])
        few = self.batch(text)
        with patch(f"{IMPORT_PAIR}._MANY", 5):
            many = self.batch(text)
        pairs = self.env["kunden.import.pair"]
        self.assertTrue(pairs._of_rows(few.row_ids.ids))
        self.assertFalse(pairs._of_rows(many.row_ids.ids))

    def test_a_file_that_is_looked_up_at_once_means_the_same_people(self):
        rows = (
            "KD-1001;Eva;Przybylski;;;;;;",
            ";Eva;Przybylski;Gartenstraße 5;50667;Köln;;;",
            ";Eva;Przybilski;;50667;Köln;;;",
            ";Ute;Ort;;;;;;",
        )
        text = "\n".join([HEAD, *rows])
        told = []
        for share, rows_at_once in ((0, 9), (10**6, 9), (10**6, 2)):
            with (
                patch(f"{IMPORT_PAIR}._SHARE", share),
                patch(f"{IMPORT_PAIR}._MET", rows_at_once),
            ):
                batch = self.batch(text)
            told.append([(row.state, row.partner_id, row.candidates) for row in batch.row_ids])
        self.assertEqual(told, told[:1] * 3)
        self.assertIn(self.eva, batch.row_ids.partner_id)
        self.assertTrue(any(candidates for *_row, candidates in told[0]), "one of them asks")

    def test_whoever_is_deleted_meanwhile_is_met_no_more(self):
        models = "odoo.addons.kunden_crm.models"
        rows = [";Eva;Przybylski;Gartenstr. 5;50667;Köln;;;", ";Ute;Ort;;;;;;", ";Ida;Wrobel;;;;;;"]
        twin = self.person("Eva Przybylski", street="Gartenstraße 5", zip="50667", city="Köln")
        self.look()
        with (
            patch(f"{models}.import_analyse_mixin.AT_ONCE", 2),
            patch(f"{models}.import_read_mixin._STEP", 2),
            patch(f"{models}.import_match_mixin.STEP", 2),
            patch(f"{models}.import_run_mixin.KundenImportRunMixin._work.__defaults__", (2,)),
        ):
            batch = self.batch("\n".join([HEAD, *rows]))
            while "after" not in (batch.cursor or {}):
                batch.sudo()._work({})
            twin.unlink()
            self.run_job()
        self.assertEqual((batch.state, batch.error), ("analysed", False))
        row = batch.row_ids[0]
        known = row.partner_id.ids + [one["partner_id"] for one in row.candidates or ()]
        self.assertEqual(known, self.eva.ids)

    def test_the_firm_of_many_rows_is_that_of_the_first_whoever_reads_it(self):
        plan = self.batch(f"{HEAD}\n;Ute;Ort;;;;;;")._plan()
        rows = [(8001, None), (2001, "DE123456788"), (9001, None)]
        keys = {}
        for row_id, vat in rows:
            firm = {"name": "Öhlmann AG", "zip": "88131", "vat": vat}
            keys |= dict(plan.compared(row_id, {"name": "Eva Muster", "company": firm}))
        self.assertEqual(sorted(keys), [-8001, -2001, 2001, 8001, 9001])
        self.assertTrue(keys[-2001]["vat"] and not keys[-8001]["vat"])

    def test_others_are_not_seen(self):
        elsewhere = self.env["res.company"].create({"name": "Zweigwerk Lindau"})
        self.eva.company_id = elsewhere
        self.look()
        batch = self.batch(f"{HEAD}\nKD-1001;Eva;Przybylski;;;;;eva@przybylski.de;")
        self.assertEqual(batch.row_ids.state, "rejected")
        self.assertNotIn("Zweigwerk", batch.row_ids.message)
        self.assertFalse(batch.row_ids.candidates)

    def test_archived_and_erased_are_asked(self):
        self.eva.active = False
        self.look()
        self.env["kunden.import.blocked"]._block(
            [{"name": "Otto Kaluza", "birthdate_date": "1961-05-07"}, {"email": "weg@ok.de"}]
        )
        batch = self.batch(
            f"{HEAD}\n;Eva;Przybylski;;50667;;;;\n;Kaluza;Otto;;;;;;07.05.1961\n;Ute;Ort;;;;;Weg@OK.de;"
        )
        self.assertEqual(self.states(batch), ["ask"] * 3)
        self.assertEqual(batch.row_ids[0].candidates[0]["partner_id"], self.eva.id)

    def test_email_of_a_login_is_kept(self):
        user = new_test_user(self.env, "eva.portal", groups="base.group_portal", email="e@login.de")
        user.partner_id.write({"name": "Ida Wrobel", "ref": "P-7"})
        self.look()
        head = "Kundennummer;Name;E-Mail\n"
        columns = {"email": "source"}
        batch = self.batch(f"{head}P-7;Ida Wrobel;neu@login.de")
        for column in batch.column_ids:
            column.policy = columns.get(column.target, "fill")
        batch.action_analyse()
        self.assertEqual(batch.row_ids.state, "unchanged")

    def test_a_value_that_asks_is_decided_with_its_row(self):
        batch = self.batch("Kundennummer;Name;Beruf\nKD-1001;Eva Przybylski;Gärtnerin")
        self.eva.occupation = "Tischlerin"
        batch.column_ids[2].policy = "ask"
        batch.action_analyse()
        row = batch.row_ids.sudo()
        self.assertEqual((row.state, row.partner_id), ("ask", self.eva))
        row.decision = "update"
        row._judge_again()
        self.assertEqual(row.state, "update", row.message)

    def test_own_company_is_protected(self):
        company = self.env.company.partner_id
        company.write({"ref": "EIGEN-1", "is_company": True})
        self.look()
        batch = self.batch(f"Kundennummer;Firma\nEIGEN-1;{company.name}")
        self.assertEqual(batch.row_ids.state, "ask")

    def test_firms_and_their_people_in_any_order(self):
        self.partners.create({"name": "Kessler Bau GmbH", "is_company": True, "city": "Ulm"})
        self.look()
        batch = self.batch(
            "Firma;Vorname;Nachname;PLZ;Ort\n"
            "Öhlmann AG;Ida;Wrobel;88131;Lindau\n"
            "Kessler Bau GmbH;Otto;Kaluza;;\n"
            "Öhlmann AG;;;88131;Lindau\n"
            "Öhlmann AG;Ute;Brzezinski;88131;Lindau\n"
        )
        ida, otto, firm, ute = batch.row_ids
        self.assertEqual(self.states(batch), ["new"] * 4)
        self.assertTrue(firm.values["is_company"])
        self.assertEqual(ida.values["company"]["row_id"], firm.id)
        self.assertEqual(ute.values["company"]["row_id"], firm.id)
        kessler = self.partners.search([("name", "=", "Kessler Bau GmbH")])
        self.assertEqual(otto.values["company"]["id"], kessler.id)
        self.assertEqual(ida.values["company"]["city"], "Lindau")

    def test_what_hangs_on_a_contact_is_told_once(self):
        firm = self.partners.create({"name": "Öhlmann AG", "is_company": True, "city": "Lindau"})
        ute = self.person("Ute Brzezinski", parent_id=firm.id)
        ute.category_id = self.env["res.partner.category"].create({"name": "VIP"})
        home = self.env["kunden.household"].create({"name": "Familie Przybylski"})
        self.eva.household_id = home
        self.look()
        head = "Firma;Vorname;Nachname;Ort;Stichwörter;Haushalt;E-Mail;IBAN\n"
        batch = self.batch(
            f"{head}Öhlmann AG;Ute;Brzezinski;Lindau;VIP;;;\n"
            "Öhlmann AG;Ute;Brzezinski;Lindau;VIP, Neu;;;\n"
            ";Eva;Przybylski;Köln;;Familie Przybylski;eva@przybylski.de;DE89370400440532013000\n"
        )
        same, more, eva = batch.row_ids
        self.assertEqual((same.state, same.partner_id), ("unchanged", ute), same.message)
        self.assertEqual((more.state, more.values["tags"]), ("update", ["Neu"]))
        self.assertEqual((eva.state, eva.partner_id), ("update", self.eva), eva.message)
        self.assertNotIn("household", eva.values)
        self.assertTrue(eva.values["ibans"])

    def test_places_tell_firms_of_one_name_apart(self):
        batch = self.batch(
            "Firma;Vorname;Nachname;PLZ\nÖhlmann AG;Ida;Wrobel;88131\n"
            "Öhlmann AG;Otto;Kaluza;10115\nÖhlmann AG;Ute;Brzezinski;\n"
            "Kessler AG;Emil;Wrobel;88131\nKessler AG;Paul;Kaluza;\n"
        )
        self.assertEqual(self.states(batch), ["new", "new", "ask", "new", "new"])
        self.assertNotIn("zip", batch.row_ids[4].values["company"])
        keys = [row.values["company"]["key"] for row in batch.row_ids]
        self.assertEqual(keys[3], keys[4])
        self.assertEqual(len(set(keys)), 4)

    def test_two_firms_of_one_name_are_asked(self):
        firms = [
            {"name": "Kessler Bau GmbH", "is_company": True, "city": c} for c in ("Ulm", "Aue")
        ]
        self.partners.create(firms)
        self.look()
        batch = self.batch("Firma;Vorname;Nachname\nKessler Bau GmbH;Otto;Kaluza")
        self.assertEqual(batch.row_ids.state, "ask")
        self.assertIn("Kessler", batch.row_ids.message)
