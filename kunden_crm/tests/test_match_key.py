from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..models import match_mixin
from .match_case import MOBILE, MatchCase


@tagged("post_install", "-at_install")
class TestMatchKey(MatchCase):
    """What is compared of a contact is right at once, by whatever door it came."""

    def test_every_column_that_is_compared_makes_the_keys_anew(self):
        legal = self.env["res.partner.company.type"].search([("shortcut", "=", "GmbH")], limit=1)
        changes = {
            "last": {"name": "Hans Krause"},
            "first": {"firstname": "Heinz"},
            "phones": {"phone": "0221 998877"},
            "emails": {"email": "hans@wirsching.example"},
            "zip": {"zip": "50668"},
            "city": {"city": "Bonn"},
            "street": {"street": "Ulmenweg 3"},
            "born": {"birthdate_date": "1971-03-04"},
            "vat": {"vat": "DE136695976"},
            "ref": {"ref": "K-4711"},
            "ibans": {"bank_ids": [Command.create({"acc_number": "DE89370400440532013000"})]},
            "profiles": {"online_profile_ids": [Command.create({"url": "https://x.com/hans"})]},
            "is_firm": {"is_company": True},
            "form": {"name": "Wirsching Bau", "partner_company_type_id": legal.id},
            "registry": {"company_registry": "HRB 4711"},
        }
        for column, vals in changes.items():
            with self.subTest(column):
                before = self.keys(self.hans, column)
                self.hans.write(vals)
                self.assertNotEqual(self.keys(self.hans, column), before)

    def test_a_bank_account_that_is_deleted_is_no_longer_compared(self):
        self.hans.bank_ids = [Command.create({"acc_number": "DE89370400440532013000"})]
        self.assertTrue(self.keys(self.hans, "ibans")[0])
        self.hans.bank_ids.unlink()
        self.assertIsNone(self.keys(self.hans, "ibans")[0])

    def test_addresses_and_who_is_put_away_have_no_double(self):
        address = self.partners.create(
            {"name": "Lager", "type": "delivery", "parent_id": self.hans.id}
        )
        self.assertIsNone(self.keys(address))
        self.hans.active = False
        self.assertIsNone(self.keys(self.hans))
        self.look()
        self.assertFalse(self.pair(self.hans, self.double), "nobody is asked about an archived one")
        self.hans.active = True
        self.assertTrue(self.keys(self.hans))
        self.double.unlink()
        self.assertIsNone(self.keys(self.double))

    def test_what_is_not_compared_costs_nothing(self):
        self.env.flush_all()
        self.hans.comment = "Kommt gern vormittags."
        self.assertFalse(
            self.env.records_to_compute(self.partners._fields["match_keys"]) & self.hans
        )

    def test_a_single_contact_costs_one_statement(self):
        def statements():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.partners.create({"name": "Eva Nord", "mobile": MOBILE, "zip": "50667"})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        statements()
        with_keys = statements()
        kept = type(self.env["kunden.match.key"])._keep
        self.patch(type(self.env["kunden.match.key"]), "_keep", lambda _self, _partners: None)
        self.assertEqual(with_keys - statements(), 1)
        self.assertTrue(kept)

    def test_a_large_import_does_not_wait_and_is_compared_by_the_job(self):
        self.patch(match_mixin, "AT_ONCE", 2)
        names = ("A Nord", "B Ost", "C Süd", "Hans Wirsching")
        new = self.partners.create(
            [{"name": name, "zip": "50667", "mobile": MOBILE} for name in names]
        )
        self.assertIsNone(self.keys(new[0]))
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]))
        self.look()
        self.assertTrue(self.keys(new[0]))
        self.assertTrue(self.pair(self.hans, new[3]))

    def test_who_came_by_sql_and_who_is_gone_are_noticed_at_night(self):
        self.env.cr.execute("DELETE FROM kunden_match_key WHERE partner_id = %s", [self.hans.id])
        self.env.cr.execute("INSERT INTO kunden_match_key (partner_id) VALUES (2000000000)")
        self.env["kunden.match.key"]._fill_missing(self.hans.id - 1)
        self.assertTrue(self.keys(self.hans))
        nobody = SQL("SELECT FROM kunden_match_key WHERE partner_id = 2000000000")
        self.assertFalse(self.env.execute_query(nobody))

    def test_a_table_of_an_older_kernel_is_thrown_away(self):
        self.env.cr.execute("COMMENT ON TABLE kunden_match_key IS 'older'")
        self.env["kunden.match.key"]._make_table()
        self.assertIsNone(self.keys(self.hans))
        self.look()
        self.assertTrue(self.keys(self.hans), "the job makes the keys of all anew")

    def test_no_door_is_refused_for_a_strange_value(self):
        strange = {"name": "?", "phone": "x" * 300, "email": "@@", "zip": "-", "vat": "/"}
        self.assertTrue(self.keys(self.partners.create(strange)))

    @property
    def cron(self):
        return self.env.ref("kunden_crm.cron_match")
