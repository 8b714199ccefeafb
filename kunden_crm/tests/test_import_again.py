"""The same list comes in again with few new rows: who is as he was, is not compared anew."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.import_plan import Plan
from .import_case import HEAD, ImportCase

EVA = "1;Eva;Przybylski;Gartenstr. 5;50667;Köln;0221/4710900;Eva@OK.de;31.12.1980\n"
IDA = "2;Ida;Wrobel;Weg 1;10115;Berlin;;;\n"


@tagged("post_install", "-at_install")
class TestImportAgain(ImportCase):
    """A clerk brings her journal in every month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.lang = "en_US"

    def brought(self, text, **vals):
        """A batch that was looked at and carried out."""
        batch = self.batch(HEAD + "\n" + text, **vals)
        batch.action_start()
        self.run_job()
        return batch

    def looked_at(self, text, head=HEAD, **vals):
        """A preview, and how many of its rows had to be read."""
        read = []
        real = Plan.read_row

        def counted(plan, row):
            read.append(row.number)
            return real(plan, row)

        with patch.object(Plan, "read_row", counted):
            batch = self.batch(head + "\n" + text, **vals)
        self.assertAddsUp(batch)
        return batch, len(read)

    def later(self, partner, **vals):
        """Somebody changes a contact an hour after the import."""
        partner.write(vals)
        self.env.flush_all()
        hour = SQL(
            "UPDATE res_partner SET write_date = write_date + interval '1 hour' WHERE id = %s",
            partner.id,
        )
        self.env.cr.execute(hour)
        partner.invalidate_recordset()

    def test_only_what_is_new_is_read(self):
        first = self.brought(EVA + IDA)
        self.assertEqual(self.states(first), ["created", "created"])
        new = "3;Otto;Öztürk;;10115;Berlin;;;\n"
        batch, read = self.looked_at(EVA + new + IDA + EVA)
        self.assertEqual(self.states(batch), ["unchanged", "new", "unchanged", "unchanged"])
        self.assertEqual(read, 1)
        eva, was = batch.row_ids[0], first.row_ids[0]
        self.assertEqual((eva.partner_id, eva.values), (was.partner_id, was.values))
        self.assertEqual(eva.notes, [note for note in was.notes if "column" in note])
        self.assertEqual(batch.skipped_count, 3)

    def test_who_was_changed_since_is_compared(self):
        eva = self.brought(EVA + IDA).row_ids[0].partner_id
        self.later(eva, city=False)
        batch, read = self.looked_at(EVA + IDA)
        self.assertEqual((self.states(batch), read), (["update", "unchanged"], 1))
        self.later(eva, active=False)
        self.assertEqual(self.states(self.looked_at(EVA)[0]), ["ask"])

    def test_what_is_read_in_another_way_is_compared(self):
        self.brought(EVA)
        self.assertEqual(self.looked_at(EVA)[1], 0)
        self.assertEqual(self.looked_at(EVA, source="Another one")[1], 1)
        self.assertEqual(self.looked_at(EVA, head=HEAD.replace("Ort", "Ortsteil"))[1], 1)
        batch, _read = self.looked_at(EVA)
        batch.column_ids.filtered(lambda column: column.target == "email").clears = True
        self.assertEqual(self.states(self.looked_at(EVA)[0]), ["unchanged"])

    def test_what_was_not_taken_over_is_told_again(self):
        eva = self.brought(EVA).row_ids[0].partner_id
        self.later(eva, city="Bonn")
        kept = self.brought(EVA)
        self.assertEqual(self.states(kept), ["unchanged"])
        self.assertIn("keep", {note.get("code") for note in kept.row_ids.notes})
        batch, read = self.looked_at(EVA)
        self.assertEqual(read, 1)
        self.assertIn("keep", {note.get("code") for note in batch.row_ids.notes})

    def test_what_was_taken_back_is_new(self):
        batch = self.brought(EVA)
        batch.action_undo()
        self.run_job()
        again, read = self.looked_at(EVA)
        self.assertEqual((self.states(again), read), (["new"], 1))

    def test_what_hangs_on_a_contact_is_compared(self):
        head, row = f"{HEAD};IBAN", EVA.strip() + ";DE89370400440532013000\n"
        batch = self.batch(f"{head}\n{row}")
        batch.action_start()
        self.assertEqual(self.looked_at(row, head=head)[1], 1)

    def test_whoever_may_not_change_the_contact_is_told_so(self):
        eva = self.brought(EVA).row_ids[0].partner_id
        other = self.env["res.company"].sudo().create({"name": "Zweigwerk"})
        self.later(eva, company_id=other.id)
        hour_ago = SQL(
            "UPDATE res_partner SET write_date = write_date - interval '2 hours' WHERE id = %s",
            eva.id,
        )
        self.env.cr.execute(hour_ago)
        batch, read = self.looked_at(EVA)
        self.assertEqual(read, 1)
        self.assertNotIn("unchanged", self.states(batch))
