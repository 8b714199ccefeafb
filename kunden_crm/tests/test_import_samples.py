"""A clerk brings the sample lists in: the file holds what the truth beside each of them says."""

import json
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import html2plaintext

from .import_case import ImportCase

SAMPLES = Path(__file__).with_name("import_samples")
PLAIN = ("firstname", "lastname", "is_company", "salutation", "academic_title", "ref")
PLAIN += ("street", "zip", "city", "email")


@freeze_time("2026-03-02 09:00:00")
class TestImportSamples(ImportCase):
    """Excel, a journal, a notebook and twelve sheets."""

    def run_job(self):
        """All that the scheduled action does, its commits left out."""
        progress = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda _cron, *_done, **_left: 60
        )
        with progress:
            self.env["kunden.import.batch"]._cron_run()
        self.env.invalidate_all()

    def imported(self, name):
        """(batch, truth) of a sample that was brought in without any question."""
        truth = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        content = (SAMPLES / truth["file"]).read_bytes()
        batch = self.batch(content, truth["file"], source=truth["source"])
        self.assertEqual((batch.state, batch.error), ("analysed", False))
        self.assertEqual(batch.header_row, truth["header_row"])
        left = batch.column_ids.filtered(lambda column: not column.target).sorted("number")
        self.assertEqual(left.mapped("header"), truth["left_aside"])
        batch.action_start()
        self.run_job()
        self.assertEqual((batch.state, batch.error), ("done", False))
        self.assertAddsUp(batch)
        asked = batch.row_ids.filtered(lambda row: row.state in ("ask", "rejected"))
        self.assertFalse(asked.mapped("message"))
        self.assertEqual(batch.created_count, len(truth["contacts"]))
        return batch, truth

    def told(self, contact, partner):
        """What the truth says of a contact, as the customer file has it."""
        told = {name: partner[name] or None for name in PLAIN if name in contact}
        if "is_company" in told:
            told["is_company"] = partner.is_company
        if "country" in contact:
            told["country"] = partner.country_id.code
        if "phone" in contact:
            told["phone"] = partner.phone or partner.mobile or None
        if "birthdate_date" in contact:
            told["birthdate_date"] = str(partner.birthdate_date or "") or None
        if "household" in contact:
            told["household"] = partner.household_id.name
        if "comment" in contact:
            told["comment"] = html2plaintext(partner.comment)
        return told

    def assertAsTold(self, name):
        """Bring a sample in and compare every contact with the truth, and all with each other."""
        batch, truth = self.imported(name)
        partners = batch.sudo().row_ids.partner_id
        self.assertEqual(
            sorted(partners.mapped("name")), sorted(c["name"] for c in truth["contacts"])
        )
        for contact in truth["contacts"]:
            partner = partners.filtered(lambda found, name=contact["name"]: found.name == name)
            expected = {key: value for key, value in contact.items() if key not in ("name", "rows")}
            with self.subTest(name=contact["name"]):
                self.assertEqual(self.told(contact, partner), expected)
        for household, members in truth["households"].items():
            found = self.env["kunden.household"].search([("name", "=", household)])
            self.assertEqual((len(found), len(found.member_ids)), (1, members))
        again = self.batch((SAMPLES / truth["file"]).read_bytes(), truth["file"])
        self.assertEqual((again.created_count, again.updated_count, again.ask_count), (0, 0, 0))

    def test_excel(self):
        self.assertAsTold("kundenliste")

    def test_journal(self):
        self.assertAsTold("kassenjournal")

    def test_notebook(self):
        self.assertAsTold("notizbuch")

    def test_twelve_sheets(self):
        self.assertAsTold("zwoelf_monate")
