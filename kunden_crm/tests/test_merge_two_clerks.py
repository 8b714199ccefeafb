from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestMergeTwoClerks(BaseCase):
    """Two people at once, each in a transaction of his own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            people = self.partners(cr).create([{"name": f"Two clerks {n}"} for n in range(3)])
            self.ids = people.ids
        self.addCleanup(self.tidy_up)

    def partners(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})["res.partner"]

    def tidy_up(self):
        with self.registry.cursor() as cr:
            env = self.partners(cr).env
            cr.execute("DELETE FROM kunden_merge WHERE id = ANY(%s)", [self.merges])
            env["res.partner"].browse(self.ids).exists().unlink()

    def prepare(self, cr, *places):
        ids = [self.ids[place] for place in places]
        env = self.partners(cr).env
        merge = env["kunden.merge"].create(
            {"survivor_id": ids[0], "partner_ids": [Command.set(ids)]}
        )
        return merge

    def test_overlapping_groups_end_in_one_merge_and_one_clear_word(self):
        with self.registry.cursor() as cr:
            self.merges = (self.prepare(cr, 0, 1) | self.prepare(cr, 2, 1)).ids
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first = self.partners(one).env["kunden.merge"].browse(self.merges[0])
            second = self.partners(two).env["kunden.merge"].browse(self.merges[1])
            second.partner_ids.mapped("name")  # her transaction has begun
            first.action_merge()
            with self.assertRaises(UserError):
                second.action_merge()
            one.commit()
            two.rollback()
            with mute_logger("odoo.sql_db"), self.assertRaises((UserError, OperationalError)):
                self.partners(two).env["kunden.merge"].browse(self.merges[1]).action_merge()
        with self.registry.cursor() as cr:
            left = self.partners(cr).browse(self.ids).exists()
            self.assertEqual(left.ids, [self.ids[0], self.ids[2]])

    def test_what_is_booked_meanwhile_is_not_lost(self):
        with self.registry.cursor() as cr:
            self.merges = self.prepare(cr, 0, 1).ids
        with self.registry.cursor() as booking, self.registry.cursor() as cr:
            self.partners(booking).env["kunden.interaction"].create(
                {"partner_id": self.ids[1], "channel": "phone", "subject": "Two clerks"}
            )
            self.partners(booking).env.flush_all()
            merge = self.partners(cr).env["kunden.merge"].browse(self.merges)
            with self.assertRaises(UserError):
                merge.action_merge()
            booking.commit()
            cr.rollback()
            merge = self.partners(cr).env["kunden.merge"].browse(self.merges)
            merge.action_merge()
            kept = merge.env["kunden.interaction"].search([("subject", "=", "Two clerks")])
            self.assertEqual(kept.partner_id.id, self.ids[0])
            kept.unlink()
