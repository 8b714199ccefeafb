from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .import_screen_case import ImportScreenCase


@tagged("post_install", "-at_install")
class TestImportDecide(ImportScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second, cls.third = (cls.question(number) for number in (2, 3, 5))

    def test_a_clerk_decides_one_question_after_the_other(self):
        rows = self.rows
        self.assertEqual(rows.questions(self.batch.id)["left"], 3)
        self.assertEqual(rows.decide(self.first.ids, "update", self.johann.id), {"left": 2})
        self.assertEqual(rows.decide(self.second.ids, "create"), {"left": 1})
        self.assertEqual(rows.decide(self.third.ids, "skip"), {"left": 0})
        self.assertEqual(self.first.partner_id, self.johann)
        self.assertEqual((self.first | self.second | self.third).decided_by, self.clerk)
        self.assertEqual([self.second.state, self.third.state], ["new", "skipped"])
        self.assertEqual(rows.decide(self.second.ids, False), {"left": 1})
        self.assertEqual((self.second.state, self.second.decision), ("ask", False))
        self.assertFalse(self.second.decided_by)

    def test_a_row_is_left_out_from_the_list(self):
        (self.first | self.third).action_leave_out()
        self.assertEqual(set((self.first | self.third).mapped("state")), {"skipped"})

    def test_only_a_clerk_of_the_company_decides(self):
        with self.assertRaises(AccessError):
            self.rows.with_user(self.reader).decide(self.first.ids, "create")
        with self.assertRaises(AccessError):
            self.first.with_user(self.reader).action_mend({"0": "x"})
        self.assertFalse(self.first.with_user(self.reader).shown["may_mend"])
        other = self.env["res.company"].create({"name": "Zweite GmbH"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="kunden_crm.group_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        rows = self.env["kunden.import.row"].with_user(stranger)
        with self.assertRaises(AccessError):
            rows.decide(self.first.ids, "create")
        with self.assertRaises(AccessError):
            rows.questions(self.batch.id)

    def test_nobody_decides_for_a_contact_that_he_may_not_see(self):
        other = self.env["res.company"].create({"name": "Zweite GmbH"})
        self.johann.company_id = other
        with self.assertRaises(AccessError):
            self.rows.decide(self.first.ids, "update", self.johann.id)
        hidden = self.rows.questions(self.batch.id)["rows"][0]["candidates"][1]
        self.assertFalse(hidden["partner_id"])
        self.assertNotIn("Johann", str(hidden))
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        for partner_id in (gone_id, None):
            with self.assertRaises(UserError):
                self.rows.decide(self.first.ids, "update", partner_id)
        with self.assertRaises(UserError):
            self.rows.decide(self.first.ids, "delete")

    def test_the_same_person_as_in_an_earlier_row(self):
        self.second.sudo().candidates = [{"row_id": self.first.id, "reasons": ["gleicher Name"]}]
        told = self.second.shown["candidates"][0]
        self.assertEqual((told["row_id"], told["name"]), (self.first.id, "Hans Müller"))
        self.rows.decide(self.second.ids, "update", None, self.first.id)
        self.assertEqual(self.second.same_row_id, self.first)
        with self.assertRaises(UserError):
            self.rows.decide(self.first.ids, "update", None, self.third.id)

    def test_what_has_been_brought_in_is_decided(self):
        self.first.sudo().state = "created"
        with self.assertRaises(UserError):
            self.rows.decide(self.first.ids, "skip")
        self.batch.sudo().state = "running"
        with self.assertRaises(UserError):
            self.rows.decide(self.second.ids, "skip")
        self.assertFalse(self.second.shown["may_mend"])

    def test_a_question_shows_what_differs(self):
        answer = self.rows.questions(self.batch.id, self.first.id)
        self.assertEqual([row["id"] for row in answer["rows"]], [self.second.id, self.third.id])
        self.assertEqual((answer["left"], answer["source"]), (3, "Kassenjournal 2024"))
        row = answer["rows"][0]
        lines = {line["name"]: line for line in row["lines"]}
        self.assertEqual(lines["city"]["texts"], ["Köln", "Bonn"])
        self.assertEqual(lines["city"]["differs"], [True, False])
        self.assertEqual(lines["name"]["differs"], [False, True])
        self.assertEqual(row["cells"][3]["raw"], "Kr.")
        self.assertFalse(row["cells"][3]["target"])

    def test_a_page_of_questions_takes_few_queries(self):
        few = self.queries(lambda: self.rows.questions(self.batch.id))
        for number in range(10, 26):
            self.question(number)
        many = self.queries(lambda: self.rows.questions(self.batch.id))
        self.assertLessEqual(many, few + 1)

    def test_a_row_tells_what_would_change(self):
        self.first.sudo().notes = [
            {"column": 1, "code": "fixed", "raw": "BONN", "value": "Bonn"},
            {"column": 2, "code": "trimmed", "text": "Leerzeichen entfernt"},
            {"field": "city", "code": "write", "old": "Köln", "new": "Bonn"},
            {"field": "country_id", "code": "keep", "old": self.env.ref("base.de").id},
        ]
        shown = self.first.shown
        self.assertEqual(shown["cells"][1]["notes"], ["BONN → Bonn"])
        self.assertEqual(shown["cells"][2]["notes"], ["Leerzeichen entfernt"])
        city, country = shown["changes"]
        self.assertEqual((city["old"], city["new"]), ("Köln", "Bonn"))
        self.assertEqual(country["old"], self.env.ref("base.de").with_user(self.clerk).name)

    def test_a_mended_cell_leaves_the_row_as_it_was(self):
        bad = self.row(8, ["?", "Ulm"], "rejected", message="Zeile 8: kein Name", values={})
        self.assertEqual(bad.name, "? · Ulm")
        bad.action_mend({"0": "Petra Vogel", "2": "petra@example.com"})
        self.assertEqual(bad.raw, ["?", "Ulm"])
        self.assertEqual(bad._cells(), ["Petra Vogel", "Ulm", "petra@example.com"])
        for wrong in ({"9": "x"}, {"0": "x" * 10001}, {"0": "\ud800"}):
            with self.assertRaises(UserError):
                bad.action_mend(wrong)

    def test_the_page_says_it_in_sentences(self):
        self.row(8, ["?"], "rejected", message="Zeile 8: kein Name")
        for number in range(20, 29):
            self.row(number, ["Eva Neu"], "new")
        page = self.batch
        self.assertEqual((page.row_count, page.pending_count, page.ask_count), (13, 9, 3))
        self.assertIn("13", page.total_text)
        self.assertIn("Zeile 8: kein Name", page.open_text)
        self.assertEqual(page.left_text, "Betreuer")
        self.assertFalse(page.is_busy)
        action = page.with_context(row_states=["ask"]).action_show_rows()
        self.assertEqual(self.rows.search_count(action["domain"]), 3)
        self.assertEqual(page.action_decide()["context"]["active_id"], page.id)
        for number in range(30, 40):
            self.question(number)
        page.invalidate_recordset()
        self.assertIn("6", page.open_text.splitlines()[-1])

    def test_the_page_says_what_was_found_and_what_stayed(self):
        page = self.batch
        self.assertFalse(page.undo_text or page.hint_text)
        counts = {"restored": 41, "removed": 42, "archived": 0, "kept": 43}
        hint = ["encoding_guessed", {"encoding": "cp1252", "sample": "Müller"}]
        page.sudo().write({"undo_counts": counts, "hints": [hint], "sheet_names": ["Januar"]})
        for number in ("41", "42", "43"):
            self.assertIn(number, page.undo_text)
        self.assertIn("Müller", page.hint_text)
        self.assertEqual(page.choices["sheet"], [["Januar", "Januar"]])
        self.assertIn("cp1252", dict(page.choices["encoding"]))

    def test_a_sure_contact_whose_value_is_asked_about_is_offered(self):
        asked = self.row(9, ["Hans Müller", "Ulm"], partner_id=self.hans.id)
        offered = asked.shown["candidates"]
        self.assertEqual([one["partner_id"] for one in offered], [self.hans.id])
        self.assertEqual(asked.display_name[-1], "9")
        self.assertNotIn(asked._told_state(), ("", "ask"))
        asked.sudo().values = {"company": {"name": "Ok AG", "tags": ["A", "B"]}, "country_id": "?"}
        self.assertEqual(asked._told_cell("company"), "Ok AG, A, B")
        self.assertEqual(asked._told_cell("country_id"), "?")
        year = self.batch.column_ids[1].sudo()
        year.target = "figure.revenue:2024"
        asked.sudo().values = {
            "figures": [{"year": 2023, "revenue": 4}, {"year": 2024, "revenue": 5}]
        }
        self.assertEqual(asked._told_elsewhere(year), "5")

    def test_a_column_says_how_it_was_recognised(self):
        name, _city, _email, left = self.batch.column_ids
        name.sudo().write({"why": "kept", "samples": ["Hans", None, "Eva", "Ute", "Udo"]})
        self.assertEqual(name.sample_text, "Hans · Eva · Ute")
        self.assertTrue(name.why_text and name.why_text != "kept")
        self.assertNotEqual(left.why_text, name.why_text)

    def test_everybody_finds_the_menu(self):
        for user in (self.reader, self.clerk, self.manager):
            self.assertTrue(self.sees_menu(user, "kunden_crm.menu_import_batches"))
        self.assertFalse(self.sees_menu(self.colleague, "kunden_crm.menu_import_batches"))
