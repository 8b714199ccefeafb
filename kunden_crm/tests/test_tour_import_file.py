from unittest.mock import patch

from odoo.tests import tagged

from .tour_case import ClerkTourCase


@tagged("post_install", "-at_install")
class TestTourImportFile(ClerkTourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.de")
        petra = {"firstname": "Petra", "lastname": "Kunert", "street": "Lindenstraße 5"}
        petra |= {"zip": "50674", "city": "Köln"}
        uwe = {"firstname": "Uwe", "lastname": "Grothe", "street": "Ringweg 7"}
        uwe |= {"zip": "53111", "city": "Bonn"}
        cls.twins = cls.env["res.partner"].create([petra, petra, uwe, uwe])

    def test_klara_brings_the_cash_journal_in_and_takes_it_back(self):
        batches = type(self.env["kunden.import.batch"])
        begin = batches._begin_step

        def begin_and_work(batch, step, **values):
            """No cron runs in tests: the job is done at once."""
            begin(batch, step, **values)
            batch.sudo()._cron_run()

        cron = type(self.env["ir.cron"])
        before = self.env["res.partner"].search_count([])
        with (
            patch.object(batches, "_begin_step", begin_and_work),
            patch.object(cron, "_commit_progress", return_value=9),
        ):
            self.walk("kunden_import_file")
        batch = self.env["kunden.import.batch"].search([("user_id", "=", self.klara.id)], limit=1)
        self.assertEqual((batch.state, batch.user_id), ("undone", self.klara))
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertFalse(any(self.twins.mapped("phone")))
