from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..kernel.import_base import Unreadable
from ..kernel.match_keys import keys
from .import_run_case import ImportRunCase

WRITE = "odoo.addons.kunden_crm.models.import_write_mixin.KundenImportWriteMixin"


@tagged("post_install", "-at_install")
class TestImportRun(ImportRunCase):
    """A clerk starts an import; the job writes it in steps, as he would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.env["res.partner"].create(
            {"name": "Ida Import", "city": "Köln", "phone": "0221 1", "email": "ida@x.example"}
        )

    PERSON = {
        "name": "Lea Lieferung",
        "street": "Weg 1",
        "zip": "50667",
        "company": {"key": "import", "name": "Import GmbH", "city": "Bonn"},
        "household": {"key": "4711", "name": "Haus Lieferung", "role": "head"},
        "tags": ["Messe 24"],
        "interests": ["Gleitschirm"],
        "comment": "Erste Zeile\nzweite",
        "ibans": ["DE89 3704 0044 0532 0130 00"],
        "addresses": [{"type": "invoice", "street": "Postfach 1"}],
    }

    def update(self, partner=None, **more):
        return {"_": {"state": "update", "partner_id": (partner or self.old).id, **more}}

    def test_rows_become_contacts_with_all_that_hangs_on_them(self):
        topic = self.env["kunden.interest.topic"].create({"name": "Gleitschirm"})
        self.clerk.group_ids = [Command.link(self.env.ref("kunden_crm.group_confidential").id)]
        person = self.PERSON | {"country_id": {"id": self.env.ref("base.de").id}}
        firm = {"key": "import", "name": "Import GmbH", "figures": [{"year": 2022, "revenue": 4}]}
        batch = self.batch(
            person,
            {"name": "Lars", "company": firm, "tags": ["Messe 24"], "household": {"key": "4711"}},
            {"name": "Import GmbH", "is_company": True, "figures": [{"year": 2023, "revenue": 5}]},
        )
        rows = batch.sudo().row_ids
        rows[1].values = rows[1].values | {"company": firm | {"row_id": rows[2].id}}
        batch.action_start()
        self.run_job()
        self.assertEqual(self.states(batch), ["created"] * 3, rows.mapped("message"))
        lea, lars, company = batch.sudo().row_ids.partner_id
        self.assertEqual((lea.parent_id, lars.parent_id), (company, company))
        self.assertEqual(lea.household_id.name, "Haus Lieferung")
        self.assertEqual((lea | lars).category_id.mapped("name"), ["Messe 24"])
        self.assertEqual(lea.interest_ids.topic_id, topic)
        self.assertEqual(lars.household_id.head_id, lea)
        self.assertEqual(company.figure_ids.mapped("revenue"), [5, 4])
        self.assertEqual(lea.bank_ids.sanitized_acc_number, "DE89370400440532013000")
        self.assertEqual(lea.child_ids.mapped("type"), ["invoice"])
        self.assertIn("Erste Zeile", lea.comment)
        self.assertEqual(lea.file_origin, "import")
        self.assertEqual(lea.create_uid, self.clerk)
        self.assertFalse(lea.message_partner_ids)
        self.assertEqual((batch.created_count, batch.row_count), (3, 3))

    def test_two_starts_are_one_run(self):
        batch = self.batch({"name": "Nur Einmal"})
        batch.action_start()
        batch.action_start()
        self.run_job()
        batch.sudo().state = "queued"
        batch.action_start()
        self.assertEqual(len(self.contact("Nur Einmal")), 1)

    def test_only_a_clerk_starts_and_nobody_says_in_whose_name(self):
        batch = self.batch({"name": "Nur Sachbearbeiter"})
        with self.assertRaises(AccessError):
            batch.with_user(self.reader).action_start()
        forged = {"user_id": self.manager.id, "company_id": 1, "state": "queued", "step": "undoing"}
        for name, value in forged.items():
            with self.subTest(name), self.assertRaises(AccessError):
                batch.write({name: value})
        with self.assertRaises(AccessError):
            self.env["kunden.import.batch"].with_user(self.clerk).create({"step": "writing"})
        batch.sudo().state = "draft"
        with self.assertRaises(UserError):
            batch.action_start()

    def test_who_loses_his_rights_writes_nothing_more(self):
        batch = self.batch({"name": "Ohne Recht"})
        batch.action_start()
        self.clerk.group_ids = [Command.unlink(self.env.ref("kunden_crm.group_user").id)]
        self.run_job()
        self.assertEqual(batch.sudo().state, "failed")
        self.assertTrue(batch.sudo().error)
        self.assertFalse(self.contact("Ohne Recht"))

    def test_a_bad_row_is_found_and_named_and_the_others_are_written(self):
        rows = [{"name": f"Gut {n}", "city": "Bonn"} for n in range(8)]
        rows[5] = {"name": "Schlecht", "type": "no such type"}
        batch = self.imported(*rows)
        self.assertEqual(self.states(batch), ["created"] * 5 + ["rejected"] + ["created"] * 2)
        bad = batch.sudo().row_ids.filtered(lambda row: row.state == "rejected")
        self.assertIn(f"Row {bad.number}:", bad.message)
        self.assertEqual((batch.created_count, batch.rejected_count), (7, 1))

    def test_a_cancelled_import_goes_on_where_it_stopped(self):
        batch = self.batch(*({"name": f"Stück {n}"} for n in range(6)))
        batch.action_start()
        root = self.env["kunden.import.batch"].browse(batch.id)
        root._work({}, 4)
        self.assertEqual((batch.state, batch.position, batch.progress), ("running", 4, 66))
        batch.action_cancel()
        self.run_job()
        self.assertEqual((batch.state, batch.created_count), ("cancelled", 6))
        self.assertEqual(self.states(batch).count("new"), 2)
        batch.action_start()
        self.run_job()
        self.assertEqual((batch.state, self.states(batch)), ("done", ["created"] * 6))

    def test_what_its_job_is_at_work_on_is_stopped_by_the_job(self):
        batch = self.batch(*({"name": f"Stück {n}"} for n in range(6)))
        batch.action_start()
        with patch.object(type(batch), "try_lock_for_update", lambda batch, **_how: batch.browse()):
            told = batch.action_cancel()
        self.assertEqual((told["tag"], batch.state), ("display_notification", "queued"))
        self.run_job()
        self.assertEqual((batch.state, self.states(batch)), ("cancelled", ["new"] * 6))
        # a wish that came too late is none for what is begun later
        self.env["kunden.import.stop"]._wish(batch.id)
        batch.action_start()
        self.run_job()
        self.assertEqual((batch.state, self.states(batch)), ("done", ["created"] * 6))

    def test_a_step_that_dies_is_done_again(self):
        batch = self.batch(*({"name": f"Tod {n}"} for n in range(4)))
        batch.action_start()
        with (
            patch(f"{WRITE}._turn_rows", side_effect=MemoryError),
            self.assertRaises(MemoryError),
            self.env.cr.savepoint(),
        ):
            self.env["kunden.import.batch"].browse(batch.id)._work({}, 4)
        self.env.invalidate_all()
        self.assertFalse(self.contact("Tod 0"))
        self.run_job()
        self.assertEqual(self.states(batch), ["created"] * 4)
        self.assertEqual(len(self.contact("Tod 0")), 1)

    def test_updates_obey_the_policy_of_their_column(self):
        row = {"city": "Bonn", "phone": "0221 2", "street": "Weg 2", "function": "Chefin"}
        batch = self.imported(row | self.update(), phone="source")
        self.assertEqual(self.states(batch), ["updated"])
        told = (self.old.city, self.old.phone, self.old.street, self.old.function)
        self.assertEqual(told, ("Köln", "0221 2", "Weg 2", "Chefin"))
        again = self.imported(row | self.update(), phone="source")
        self.assertEqual(self.states(again), ["unchanged"])
        self.assertEqual((again.updated_count, again.skipped_count), (0, 1))

    def test_what_is_taken_out_of_a_cell_obeys_the_policy_of_its_column(self):
        row = {"city": "Bonn", "zip": "53111", "phone": "0221 2"} | self.update()
        self.imported(row, zip_city="source", phone_more="source", phone="fill")
        told = (self.old.city, self.old.zip, self.old.phone)
        self.assertEqual(told, ("Bonn", "53111", "0221 1"))

    def test_a_source_of_lower_rank_does_not_override(self):
        bureau = self.source.create({"name": "Auskunftei", "rank": 90})
        self.imported({"city": "Jena"} | self.update(), source=bureau, city="source")
        self.imported({"city": "Gera"} | self.update(), city="source")
        self.assertEqual(self.old.city, "Jena")
        self.old.city = "Ulm"  # typed by a person: no longer what the bureau says
        self.imported({"city": "Gera"} | self.update(), city="source")
        self.assertEqual(self.old.city, "Gera")

    def test_what_differs_by_now_is_asked_and_a_decision_is_obeyed(self):
        batch = self.imported({"city": "Gera"} | self.update(), city="ask")
        self.assertEqual((self.states(batch), self.old.city), (["ask"], "Köln"))
        self.assertIn("City", batch.sudo().row_ids.message)
        self.imported({"city": "Gera"} | self.update(decision="update"), city="ask")
        self.assertEqual(self.old.city, "Gera")

    def test_a_contact_that_became_another_one_is_followed_and_one_that_is_gone_is_asked(self):
        twin, gone = self.env["res.partner"].create([{"name": "Ida Import"}, {"name": "Weg"}])
        batch = self.batch(
            {"function": "Chefin"} | self.update(twin), {"function": "Chef"} | self.update(gone)
        )
        batch.action_start()
        merge = self.env["kunden.merge"].create(
            {"survivor_id": self.old.id, "partner_ids": [Command.set((self.old | twin).ids)]}
        )
        merge.action_merge()
        gone.unlink()
        self.run_job()
        self.assertEqual((self.states(batch), self.old.function), (["updated", "ask"], "Chefin"))

    def test_one_person_three_times_in_a_file_is_one_contact(self):
        batch = self.batch({"name": "Drei Mal"}, {"phone": "0221 3"}, {"city": "Bonn"})
        first, second, third = batch.sudo().row_ids
        second.write({"state": "update", "same_row_id": first.id})
        third.write({"state": "update", "same_row_id": first.id})
        batch.action_start()
        self.run_job()
        self.assertEqual(self.states(batch), ["created", "updated", "updated"])
        contact = batch.sudo().row_ids.partner_id
        self.assertEqual((len(contact), contact.phone, contact.city), (1, "0221 3", "Bonn"))

    def test_who_follows_a_rejected_row_is_asked(self):
        batch = self.batch({"name": "Nie", "type": "x"}, {"phone": "0221 3"})
        first, second = batch.sudo().row_ids
        second.write({"state": "update", "same_row_id": first.id})
        batch.action_start()
        self.run_job()
        self.assertEqual(self.states(batch), ["rejected", "ask"])

    def test_a_login_keeps_its_address_and_foreign_contacts_stay_unread(self):
        user = new_test_user(self.env, "imported", email="login@x.example")
        abroad = self.env["res.company"].create({"name": "Ausland AG"})
        theirs = self.old.copy({"name": "Fremd", "company_id": abroad.id})
        batch = self.imported(
            {"email": "neu@x.example", "function": "Kasse"} | self.update(user.partner_id),
            {"function": "Chefin"} | self.update(theirs),
            email="source",
        )
        self.assertEqual(user.partner_id.email, "login@x.example")
        self.assertFalse(theirs.function)
        self.assertNotIn("Fremd", batch.sudo().row_ids[1].message)

    def test_a_protected_field_is_not_written(self):
        protected = {"function": "kunden_crm.group_confidential"}
        with patch.object(type(self.env["res.partner"]), "_kunden_protected", protected):
            batch = self.imported({"name": "Geschützt", "function": "Geheim"}, {"name": "Offen"})
        self.assertEqual(self.states(batch), ["rejected", "created"])
        self.assertNotIn("Geheim", batch.sudo().row_ids[0].message)

    def test_who_saves_a_contact_meanwhile_has_the_step_done_again(self):
        batch = self.batch({"name": "Noch Einmal"})
        batch.action_start()
        work, tries = type(batch)._work, iter((SerializationFailure, None))

        def worked(batch, kept):
            if failure := next(tries, None):
                raise failure
            return work(batch, kept)

        with (
            patch.object(type(batch), "_work", worked),
            patch.object(self.env.cr, "rollback") as rolled_back,
        ):
            self.run_job()
        rolled_back.assert_called_once()
        self.assertEqual(self.states(batch), ["created"])

    def test_what_is_stopped_and_whose_starter_has_left(self):
        batch, other = self.batch({"name": "Bleibt Aus"}), self.batch({"name": "Bleibt Aus"})
        batch.sudo().step = "undoing"
        with self.assertRaises(UserError):
            batch.action_cancel()
        batch.sudo().write({"step": "reading", "state": "draft"})
        batch.action_cancel()
        self.assertEqual((batch.state, batch.step, batch.row_count), ("draft", False, 0))
        with self.assertRaises(UserError):
            batch.action_undo()
        other.action_start()
        self.clerk.active = False
        self.run_job()
        self.assertEqual(other.sudo().state, "failed")

    def test_a_file_that_cannot_be_read_further_ends_its_preview(self):
        batch = self.batch({"name": "Kaputt"})
        batch.sudo().write({"step": "reading", "state": "draft"})
        failure = Unreadable("missing_file")
        with patch.object(type(batch), "_read_some", side_effect=failure):
            self.run_job()
        self.assertEqual((batch.state, batch.row_count), ("failed", 0))
        self.assertTrue(batch.error)

    def test_what_a_big_import_brought_is_found_by_the_next_one(self):
        self.imported(*({"name": f"Viele {n}"} for n in range(101)))
        made = self.contact("Viele 7")
        due = "SELECT count(*) FROM kunden_match_key WHERE partner_id = %s"
        self.env.cr.execute(due, made.ids)
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        batch = self.batch({"name": "Noch Eine"})
        compared = [(batch.sudo().row_ids.id, keys({"name": "Noch Eine"}))]
        self.env["kunden.import.key"]._keep(batch.id, compared)
        batch.sudo().write({"step": "matching", "state": "draft"})
        self.env["kunden.import.batch"].browse(batch.id)._work({})
        self.env.cr.execute(due, made.ids)
        self.assertEqual((self.env.cr.fetchone()[0], batch.step), (1, "matching"))

    def test_when_no_job_runs_the_import_says_so(self):
        batch = self.batch({"name": "Wartet"})
        batch.action_start()
        self.assertFalse(batch.cron_note)
        cron = self.env.ref("kunden_crm.cron_import")
        cron.active = False
        batch.invalidate_recordset()
        self.assertIn("switched off", batch.cron_note)
        cron.active = True
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kunden_import_batch SET write_date = '2020-01-01' WHERE id = %s", batch.ids
        )
        batch.invalidate_recordset()
        self.assertIn("do not seem to run", batch.cron_note)
