from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..kernel.phones import Phone, read_phone
from .common import CustomerFileCase

RUN = "odoo.addons.kunden_crm.models.standard_run"


@tagged("post_install", "-at_install")
class TestStandardRun(CustomerFileCase):
    """A manager brings the files to the standards: preview, apply, take back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.runs = cls.env["kunden.standard.run"].with_user(cls.manager)
        cls.lines = cls.env["kunden.standard.line"]
        cls.hans, cls.eva, cls.firm, cls.fine = cls.people = cls.env["res.partner"].create(
            [
                {**vals, "country_id": cls.germany.id}
                for vals in (
                    {"name": "HANS SCHMIDT", "phone": "0221/4710900", "street": "Hauptstr. 3"},
                    {"name": "Eva Nord", "city": "KÖLN", "email": "a@x.example; b@x.example"},
                    {"name": "Nord gmbh", "is_company": True, "zip": "D-50667"},
                    {"name": "Lena Weiß", "street": "Ringweg 4"},
                )
            ]
        )

    def run_of(self, partners, **vals):
        return self.runs.create({"domain": repr([("id", "in", partners.ids)]), **vals})

    def job(self, steps=100, batch=2):
        """The scheduled job, stopped after so many steps."""
        left = [steps]

        def commit(_cron, _processed, **_options):
            left[0] -= 1
            return max(left[0], 0)

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.env["kunden.standard.run"]._cron_run(batch)

    def values(self, partners):
        names = ["name", "firstname", "lastname", "phone", "street", "zip", "city", "email"]
        self.env.invalidate_all()
        return [tuple(partner[name] for name in names) for partner in partners]

    def test_preview_apply_take_back(self):
        before = self.values(self.people)
        run = self.run_of(self.people)
        run.action_check()
        self.assertEqual(run.state, "checked")
        self.assertEqual(self.values(self.people), before, "a preview changes nothing")
        told = {(line.partner_id, line.field_name): (line.old, line.new) for line in run.line_ids}
        self.assertEqual(told[self.hans, "name"], ("HANS SCHMIDT", "Hans Schmidt"))
        self.assertEqual(told[self.hans, "phone"], ("0221/4710900", "0221 4710900"))
        self.assertEqual(told[self.firm, "name"], ("Nord gmbh", "Nord GmbH"))
        self.assertEqual(told[self.firm, "zip"], ("D-50667", "50667"))
        self.assertNotIn(self.fine, run.line_ids.partner_id)
        asked = run.line_ids.filtered(lambda line: line.state == "ask")
        self.assertEqual((asked.partner_id, asked.field_name), (self.eva, "email"))
        self.assertEqual(run.ask_count, 1)
        run.action_apply()
        self.assertEqual(run.state, "done")
        self.assertEqual(self.hans.display_name, "Hans Schmidt")
        self.assertEqual(self.hans.complete_name, "Hans Schmidt")
        self.assertEqual((self.hans.street, self.eva.city), ("Hauptstraße 3", "Köln"))
        self.assertEqual(self.eva.email, "a@x.example; b@x.example")
        self.assertEqual(self.hans.write_uid, self.manager)
        found = self.env["res.partner"].search([("display_name", "ilike", "Hauptstraße 3")])
        self.assertIn(self.hans, found, "the quick search knows the new spelling")
        run.action_undo()
        self.assertEqual((run.state, run.applied_count), ("undone", 0))
        self.assertEqual(self.values(self.people), before)

    def assert_read_right(self, partners):
        """What is read from the values stands in the table as if it were read now."""
        self.env.invalidate_all()
        for partner in partners:
            number = read_phone(partner.phone, "DE") if partner.phone else Phone()
            kept = (partner.phone_e164 or "", partner.phone_display or "")
            self.assertEqual(kept, (number.e164, number.national))
            self.assertEqual(partner.phone_sanitized or "", number.e164)
            for key in partner.sudo().search_key_ids:
                self.assertEqual(key.key, partner._quick_search_key())

    def test_another_spelling_of_the_same_is_not_read_anew(self):
        """The same number is dialled, the same words find him: nothing of that is made again."""
        hans, partners = self.hans, type(self.hans)
        run = self.run_of(hans)
        run.catalogue_ids = self.env["kunden.field"].search(
            [("technical_name", "in", ("name", "firstname", "lastname", "phone"))]
        )
        run.action_check()
        with (
            patch.object(partners, "_quick_search_key", side_effect=AssertionError),
            patch.object(partners, "_set_phone_parts", side_effect=AssertionError),
        ):
            run.action_apply()
            self.assertEqual((hans.complete_name, hans.phone), ("Hans Schmidt", "0221 4710900"))
            run.action_undo()
        self.assertEqual((hans.complete_name, hans.phone), ("HANS SCHMIDT", "0221/4710900"))
        self.assert_read_right(hans)

    def test_what_reads_otherwise_is_read_anew(self):
        """Another word, another number on the way back, and the people of a company renamed."""
        there = {"country_id": self.germany.id}
        head = self.env["res.partner"].create(
            {"name": "Nordstr. gmbh", "is_company": True, **there}
        )
        person = self.env["res.partner"].create(
            {"name": "OTTO NORD", "parent_id": head.id, "phone": "+49 (0)221 4710-900", **there}
        )
        both = head | person
        run = self.run_of(both | self.people)
        run.action_check()
        new = run.line_ids.filtered(
            lambda line: (line.partner_id, line.field_name) == (head, "name")
        )
        new.sudo().new = "Nordstraße GmbH"
        run.action_apply()
        self.assertEqual(person.complete_name, "Nordstraße GmbH, Otto Nord")
        self.assert_read_right(both | self.people)
        (both | self.people).country_id = self.env.ref("base.at")
        run.action_undo()
        self.assertEqual(person.phone_e164, "+492214710900", "the typed text named the country")
        self.assertEqual(person.complete_name, "Nordstr. gmbh, OTTO NORD")

    def test_the_rules_judge_the_new_spelling(self):
        entry = self.env.ref("kunden_crm.catalogue_phone")
        self.env["kunden.field.rule"].create(
            {"catalogue_id": entry.id, "domain": "[('city', '=', 'Köln')]"}
        )
        self.assertNotIn(entry, self.eva.missing_field_ids)
        run = self.run_of(self.eva)
        run.action_check()
        for button, missing in (("action_apply", True), ("action_undo", False)):
            getattr(run, button)()
            self.env.invalidate_all()
            self.assertEqual(entry in self.eva.missing_field_ids, missing)

    def test_what_somebody_edited_meanwhile_stays(self):
        run = self.run_of(self.people)
        run.action_check()
        self.hans.with_user(self.clerk).street = "Am Markt 1"
        run.action_apply()
        self.assertEqual(self.hans.street, "Am Markt 1")
        self.assertEqual(run.skipped_count, 1)
        self.eva.with_user(self.clerk).city = "Köln-Deutz"
        run.action_undo()
        self.assertEqual((self.eva.city, run.edited_count), ("Köln-Deutz", 1))
        self.assertEqual(self.hans.phone, "0221/4710900")

    def test_a_proposal_is_left_out(self):
        run = self.run_of(self.hans)
        run.action_check()
        street = run.line_ids.filtered(lambda line: line.field_name == "street")
        phone = run.line_ids.filtered(lambda line: line.field_name == "phone")
        (street | phone).with_user(self.manager).action_leave()
        phone.with_user(self.manager).action_take()
        self.assertEqual(run.left_count, 1)
        run.action_apply()
        self.assertEqual((self.hans.street, self.hans.phone), ("Hauptstr. 3", "0221 4710900"))
        with self.assertRaisesRegex(UserError, "no preview"):
            street.with_user(self.manager).action_take()

    def test_a_spelling_that_a_clerk_keeps_is_not_proposed(self):
        self.env["kunden.standard.kept"]._keep([(self.hans, {"street": "Hauptstr. 3"})])
        run = self.run_of(self.hans)
        run.action_check()
        self.assertNotIn("street", run.line_ids.mapped("field_name"))
        self.assertIn("phone", run.line_ids.mapped("field_name"))

    def test_a_name_and_its_parts_go_together(self):
        """Whether left out, kept by a clerk or edited meanwhile: they say the same afterwards."""
        names = ("name", "firstname", "lastname")
        before = [self.hans[name] for name in names]
        run = self.run_of(self.hans)
        run.action_check()
        lines = run.line_ids.filtered(lambda line: line.field_name in names)
        lines.filtered(lambda line: line.field_name == "lastname").action_leave()
        self.assertEqual(set(lines.mapped("state")), {"left"})
        run.action_apply()
        self.assertEqual([self.hans[name] for name in names], before)
        again = self.run_of(self.hans)
        again.action_check()
        again.action_apply()
        self.assertEqual(self.hans.name, "Hans Schmidt")
        self.hans.with_user(self.clerk).lastname = "Schmitt"
        again.action_undo()
        self.assertEqual([self.hans[name] for name in names], ["Hans Schmitt", "Hans", "Schmitt"])
        eva = self.env["res.partner"].create({"name": "LENA ALTBERG"})
        self.env["kunden.standard.kept"]._keep([(eva, {"lastname": "ALTBERG"})])
        kept = self.run_of(eva)
        kept.action_check()
        self.assertFalse(kept.line_ids)

    def test_nobody_runs_in_the_name_of_somebody_else(self):
        """A run has the rights of whoever presses its buttons, whatever a program writes."""
        root = self.env.ref("base.user_root").id
        for forged in ({"user_id": root}, {"is_automatic": True}, {"state": "checked"}):
            with self.subTest(forged=forged), self.assertRaises(AccessError):
                self.runs.create(forged)
        boss = new_test_user(self.env, "kc_second_boss", groups="kunden_crm.group_manager")
        run = self.run_of(self.hans)
        for forged in ({"user_id": root}, {"company_id": 1}, {"position": 5}):
            with self.subTest(forged=forged), self.assertRaises(AccessError):
                run.write(forged)
        run.with_user(boss).action_check()
        self.assertEqual(run.user_id, boss)
        with self.assertRaises(UserError):
            run.domain = "[]"

    def test_only_the_fields_chosen(self):
        run = self.run_of(self.hans)
        run.catalogue_ids = self.env.ref("kunden_crm.catalogue_phone")
        run.action_check()
        self.assertEqual(run.line_ids.mapped("field_name"), ["phone"])

    def test_the_job_goes_on_where_it_was_stopped(self):
        many = self.env["res.partner"].create([{"name": f"EVA MEIER{sign}"} for sign in "ABCDEFG"])
        quick = self.run_of(many)
        quick.action_check()
        lines = quick.proposed_count
        self.assertGreater(lines, 6)
        run = self.run_of(many)
        with patch(f"{RUN}.AT_ONCE", 3):
            run.action_check()
            self.assertEqual((run.state, run.proposed_count), ("checking", 0))
            self.job(steps=2)
            self.assertEqual(run.state, "checking")
            self.assertEqual(run.position, many[3].id)
            self.job()
            self.assertEqual((run.state, run.proposed_count, run.progress), ("checked", lines, 100))
            run.action_apply()
            self.job(steps=1)
            self.assertEqual(run.state, "applying")
            self.assertLess(run.progress, 100)
            names = ["Eva Meiera", "EVA MEIERB", "EVA MEIERC"]
            self.assertEqual(many[:3].mapped("name"), names)
            run.action_cancel()
            self.assertEqual(run.state, "cancelled")
            self.job()
            self.assertEqual(run.state, "cancelled")
            done = run.applied_count
            self.assertGreater(done, 0)
            run.action_apply()
            self.job()
        self.assertEqual((run.state, run.applied_count), ("done", lines))
        self.assertTrue(all(partner.name.startswith("Eva ") for partner in many))

    def test_rights_of_whoever_started_it(self):
        with self.assertRaises(AccessError):
            self.env["kunden.standard.run"].with_user(self.clerk).create({})
        other = self.env["res.company"].create({"name": "Süd AG"})
        foreign = self.env["res.partner"].create(
            {"name": "OTTO SÜD", "company_id": other.id, "country_id": self.germany.id}
        )
        run = self.run_of(foreign | self.hans)
        run.action_check()
        self.assertEqual(run.line_ids.partner_id, self.hans)
        with self.assertRaises(UserError):
            self.runs.create({"domain": "[('nothing', '=', 1)]"}).action_check()

    def test_who_lost_his_rights_starts_nothing_any_more(self):
        boss = new_test_user(self.env, "kc_boss", groups="kunden_crm.group_manager")
        run = (
            self.env["kunden.standard.run"]
            .with_user(boss)
            .create({"domain": repr([("id", "in", self.hans.ids)])})
        )
        with patch(f"{RUN}.AT_ONCE", 0):
            run.action_check()
            boss.group_ids = self.env.ref("base.group_portal")
            self.job()
        run.invalidate_recordset()
        self.assertEqual(run.sudo().state, "failed")
        self.assertTrue(run.sudo().error)
        self.assertEqual(self.hans.name, "HANS SCHMIDT")

    def test_a_run_that_changed_something_is_the_journal(self):
        run = self.run_of(self.hans)
        run.action_check()
        self.assertEqual(run.action_show_lines()["domain"], [("run_id", "=", run.id)])
        run.action_apply()
        with self.assertRaises(UserError):
            run.unlink()
        with self.assertRaises(UserError):
            run.action_apply()
        empty = self.run_of(self.fine)
        empty.action_check()
        self.assertFalse(empty.line_ids)
        empty.unlink()

    def test_from_the_list_of_contacts(self):
        action = self.hans.with_user(self.manager).action_standardise()
        run = self.runs.browse(action["res_id"])
        self.assertEqual((run.state, run.line_ids.partner_id), ("checked", self.hans))
        self.assertIn(self.manager.name, run.name)
        labels = run.line_ids.mapped("field_label")
        told = self.env["res.partner"].fields_get(["phone"])["phone"]["string"]
        self.assertIn(told, labels)
        found = self.lines.search([("field_label", "ilike", told), ("run_id", "=", run.id)])
        self.assertEqual(found.field_name, "phone")

    def test_the_number_of_statements_does_not_grow(self):
        def taken(number):
            people = self.env["res.partner"].create(
                [
                    {"name": f"EVA ALT{chr(65 + n % 26)}", "phone": f"0221/{4710900 + n}"}
                    for n in range(number)
                ]
            )
            run = self.run_of(people)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run.action_check()
            run.action_apply()
            return self.env.cr.sql_log_count - before

        taken(2)
        self.assertLessEqual(taken(60), taken(6) + 2)
