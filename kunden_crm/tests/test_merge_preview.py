from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .merge_case import PIXEL, MergeCase


@tagged("post_install", "-at_install")
class TestMergePreview(MergeCase):
    """What Klara sees before she merges, and what she may say."""

    def row(self, merge, name):
        """A row of the comparison; None where it is not shown."""
        merge.invalidate_recordset(["comparison"])
        return next((row for row in merge.comparison["rows"] if row["name"] == name), None)

    def test_the_contacts_stand_side_by_side(self):
        self.double.write(
            {
                "image_1920": PIXEL,
                "mobile": "+49 171 1",
                "child_ids": [Command.create({"name": "Kid"})],
            }
        )
        self.env["crm.lead"].create({"name": "Lead", "partner_id": self.double.id})
        merge = self.prepared()
        table = merge.comparison
        self.assertEqual(
            [column["id"] for column in table["columns"]], [self.anna.id, self.double.id]
        )
        self.assertIn("1", " ".join(table["columns"][1]["attached"]))
        self.assertEqual(self.row(merge, "name")["texts"], ["Anna Berg", "Anna Maria Berg"])
        self.assertEqual(self.row(merge, "name")["result"], "Anna Maria Berg")
        self.assertTrue(self.row(merge, "phone")["both"])
        merge.action_merge()
        self.assertEqual(
            self.row(merge, "email")["texts"], ["anna@example.com", "berg@example.com"]
        )
        merge.action_undo()
        self.assertEqual(len(merge.comparison["columns"]), 2)

    def test_only_what_she_may_see_is_counted(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["res.partner"].create(
            [
                {"name": "Kid", "parent_id": self.double.id},
                {"name": "Far", "parent_id": self.double.id, "company_id": elsewhere.id},
            ]
        )
        merge = self.prepared()
        people = merge._labelled()["res_partner"][1]
        self.assertIn((people, 1), merge._attached()[self.double.id])
        self.assertIn((people, 2), merge.sudo()._attached()[self.double.id])

    def test_what_a_colleague_changed_since_is_looked_at_first(self):
        merge = self.prepared()
        self.double.email = "new@example.com"
        with self.assertRaisesRegex(UserError, "since: Email"):
            merge.action_merge()
        merge.action_look_anew()
        merge.action_merge()
        self.assertEqual(merge.state, "done")

    def test_that_they_may_be_the_same_hangs_on_nobody(self):
        self.env["kunden.match.candidate"]._decide(self.anna, self.double, "open")
        merge = self.prepared()
        self.assertEqual([*merge._attached().values()], [[], []])
        self.assertFalse(merge.hints)

    def test_the_second_phone_becomes_the_mobile(self):
        merge = self.prepared()
        self.assertEqual(self.row(merge, "mobile")["result"], self.double.phone)
        merge.action_merge()
        self.assertEqual(self.anna.mobile, "+49 221 5550100")

    def test_what_she_may_not_see_is_not_shown_and_not_lost(self):
        self.double.sudo().credit_remark = "Pays late."
        merge = self.prepared()
        self.assertIsNone(self.row(merge, "credit_remark"))
        self.assertNotIn("credit_remark", merge._preview())
        merge.action_merge()
        self.assertEqual(self.anna.sudo().credit_remark, "Pays late.")
        self.assertNotIn("Pays late", str(merge.sudo().line_ids.mapped("told")))

    def test_the_newest_value_is_proposed(self):
        message = self.double.message_post(body="Changed")
        email = self.env["ir.model.fields"]._get("res.partner", "email")
        self.env["mail.tracking.value"].sudo().create(
            {"mail_message_id": message.id, "field_id": email.id}
        )
        line = self.prepared().line_ids.filtered(lambda line: line.name == "email")
        self.assertEqual(line.chosen_id, self.double)

    def test_she_is_told_what_to_think_of(self):
        forms = self.env["res.partner.company.type"].sudo().search([], limit=2)
        for partner, form, day in zip(
            self.anna | self.double, forms, ("1980-01-01", "1990-01-01"), strict=True
        ):
            partner.write({"partner_company_type_id": form.id, "birthdate_date": day})
            partner.online_profile_ids = [Command.create({"url": "https://b.de"})]
        self.double.is_company = True
        self.double.company_id = self.shop
        merge = self.prepared()
        self.assertGreaterEqual(len(merge.hints.splitlines()), 4)
        self.assertFalse(merge.blockers)
        self.anna.parent_id = self.double
        merge.invalidate_recordset(["blockers"])
        self.assertTrue(merge.blockers)

    def test_the_action_menu_and_the_way_back(self):
        action = self.merges.start((self.anna | self.double).ids)
        merge = self.merges.browse(action["res_id"])
        merge.survivor_id = self.double
        third = self.anna.copy({"name": "Third"})
        merge.partner_ids = [Command.link(third.id)]
        self.assertEqual(merge.seen_ids, sorted((self.anna | self.double | third).ids))
        merge.partner_ids = [Command.unlink(self.double.id)]
        self.assertIn(merge.survivor_id, self.anna | third)
        merge.sudo().survivor_id = self.double  # as another merge would leave it
        with self.assertRaises(UserError):
            merge.action_merge()
        merge.action_look_anew()
        self.assertIn(merge.survivor_id, self.anna | third)
        merge.action_merge()
        self.assertEqual(merge.action_open_survivor()["res_id"], merge.survivor_id.id)
        for act in (merge.action_merge, merge.unlink, lambda: merge.write({"partner_ids": False})):
            with self.assertRaises(UserError):
                act()
        merge.action_undo()
        with self.assertRaises(UserError):
            merge.action_undo()

    def test_nobody_forges_a_merge(self):
        merge = self.prepared()
        line = merge.line_ids[0]
        for act in (
            lambda: merge.write({"state": "done"}),
            lambda: self.merges.create({"state": "done"}),
            lambda: line.write({"name": "vat"}),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(ValidationError):
            line.chosen_id = self.klara.partner_id
        merge.action_merge()
        with self.assertRaises(AccessError):
            line.both = True
