from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .merge_case import MergeCase


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    """Klara merges; what she was shown is what Anna gets."""

    def test_the_result_is_what_was_shown_field_by_field(self):
        self.double.write(
            {
                "street": "Domplatz 1",
                "zip": "50667",
                "city": "Köln",
                "mobile": "+49 171 1234567",
                "do_not_phone": True,
                "comment": "<p>Likes tea</p>",
                "barcode": "0815",
                "category_id": [Command.create({"name": "VIP"})],
                "vat": False,
            }
        )
        self.anna.write({"comment": "<p>Likes coffee</p>", "occupation": "Baker"})
        merge = self.prepared()
        shown = merge._preview()
        merge.action_merge()
        for name, value in shown.items():
            self.assertEqual(merge._told(self.anna, name), value, name)
        self.assertEqual(self.anna.name, "Anna Maria Berg")
        self.assertTrue(self.anna.do_not_phone)
        for text in ("Likes tea", "Likes coffee", "berg@example.com", "+49 221 5550100"):
            self.assertIn(text, self.anna.comment)

    def test_what_is_chosen_by_hand_is_taken(self):
        merge = self.prepared()
        names = merge.line_ids.filtered(lambda line: line.name in ("name", "firstname"))
        names.write({"chosen_id": self.anna.id})
        email = merge.line_ids.filtered(lambda line: line.name == "email")
        email.write({"chosen_id": self.double.id, "both": False})
        self.assertEqual(email.reason, "person")
        merge.action_merge()
        self.assertEqual((self.anna.name, self.anna.email), ("Anna Berg", "berg@example.com"))
        self.assertNotIn("anna@example.com", self.anna.comment or "")

    def test_more_than_three_become_one(self):
        people = self.anna | self.double
        for number in range(3):
            people |= self.anna.copy({"name": f"Anna Berg {number}"})
        merge = self.prepared(people)
        merge.action_merge()
        self.assertEqual(people.exists(), self.anna)
        self.assertEqual(len(merge.redirect_ids), 4)
        merge.action_undo()
        self.assertEqual(people.exists(), people)

    def test_what_a_person_changed_since_is_kept_and_named(self):
        merge = self.prepared()
        merge.action_merge()
        self.anna.name = "Anna Maria Kurz"
        new = self.anna.child_ids.create({"name": "New", "parent_id": self.anna.id})
        merge.action_undo()
        self.assertEqual(self.anna.name, "Anna Maria Kurz")
        self.assertEqual(self.anna.email, "anna@example.com")
        self.assertEqual(self.double.name, "Anna Maria Berg")
        self.assertEqual(new.parent_id, self.anna)
        self.assertIn("Anna Maria Kurz: ", merge.kept)
        self.assertIn("kurz", self.anna.sudo().search_key_ids.key)

    def test_cores_own_wizard_can_be_taken_back(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.anna | self.double).ids, self.anna)
        merge = self.env["kunden.merge"].search([("survivor_id", "=", self.anna.id)])
        self.assertEqual((merge.state, merge.is_by_core), ("done", True))
        merge.action_undo()
        self.assertEqual(self.double.exists().email, "berg@example.com")

    def test_old_numbers_lead_on_through_later_merges(self):
        third = self.anna.copy({"name": "Anna B."})
        self.prepared().action_merge()
        self.prepared(self.anna | third, third).action_merge()
        lead = self.env["kunden.merge.redirect"].with_user(self.klara).lead
        self.assertEqual(lead(self.double.id)["id"], third.id)
        self.assertEqual(lead(self.anna.id)["id"], third.id)
        self.assertFalse(lead(third.id))

    def test_who_may_not_write_a_contact_does_not_merge_it(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.double.company_id = other
        with self.assertRaises(AccessError):
            self.prepared().action_merge()
        with self.assertRaises(AccessError):
            self.env["kunden.merge"].with_user(self.reader).create({})

    def test_a_preview_shows_nobody_whom_the_clerk_may_not_see(self):
        hidden = self.double.copy({"company_id": self.env["res.company"].create({"name": "X"}).id})
        ids = (self.anna | hidden).ids
        with self.assertRaises(AccessError):
            self.merges.create({"partner_ids": [Command.set(ids)]})
        merge = self.prepared()
        for vals in ({"partner_ids": [Command.link(hidden.id)]}, {"survivor_id": hidden.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                merge.write(vals)

    def test_one_log_in_is_kept_and_two_are_refused(self):
        def portal(login, partner):
            user = new_test_user(self.env(su=True), login, groups="base.group_portal")
            user.partner_id = partner
            return user

        portal("annas_door", self.double)
        merge = self.merges.create({"partner_ids": [Command.set((self.anna | self.double).ids)]})
        self.assertEqual(merge.survivor_id, self.double)
        portal("annas_other_door", self.anna)
        merge.invalidate_recordset(["blockers"])
        self.assertTrue(merge.blockers)
        with self.assertRaises(UserError):
            merge.action_merge()

    def test_a_colleague_cannot_take_it_back_and_a_manager_can(self):
        merge = self.prepared()
        merge.action_merge()
        colleague = self.staff("kurt_of_the_shop", "kunden_crm.group_user")
        with self.assertRaises(AccessError):
            merge.with_user(colleague).action_undo()
        boss = self.staff("bea_of_the_shop", "kunden_crm.group_manager")
        merge.with_user(boss).action_undo()
        self.assertEqual(merge.undone_by_id, boss)

    def test_after_thirty_days_it_is_history(self):
        merge = self.prepared()
        merge.action_merge()
        journal = self.env["kunden.merge.journal"].sudo()
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            merge.invalidate_recordset(["can_undo"])
            with self.assertRaises(UserError):
                merge.action_undo()
            self.startPatcher(self._no_commit())
            self.env["kunden.merge"].sudo()._cron_forget()
        self.assertFalse(journal.search_count([("merge_id", "=", merge.id)]))
        self.assertTrue(merge.sudo().is_forgotten)

    def test_erasing_a_person_reaches_the_journal(self):
        merge = self.prepared()
        merge.action_merge()
        journal = self.env["kunden.merge.journal"].sudo()
        self.assertEqual(journal._forget_people([self.double.id]).ids, merge.ids)
        self.assertFalse(journal.search_count([("merge_id", "=", merge.id)]))
        self.assertFalse(merge.can_undo)
        self.assertEqual(merge.redirect_ids.mapped("name"), [False])

    def test_nobody_gets_a_mail(self):
        self.anna.message_subscribe(self.klara.partner_id.ids)
        letters = self.env["mail.mail"].sudo().search([])
        self.prepared().action_merge()
        self.assertEqual(self.env["mail.mail"].sudo().search([]), letters)

    def _no_commit(self):
        return patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1)
