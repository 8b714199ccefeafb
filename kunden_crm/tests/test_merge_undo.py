from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .dunning_case import DunningCase
from .merge_case import MergeMixin


@tagged("post_install", "-at_install")
class TestMergeUndo(MergeMixin, DunningCase):
    """Two files with all that hangs on customers become one and are two again."""

    def test_all_tables_are_as_they_were(self):
        self.hang_everything_on(self.anna, 1)
        self.hang_everything_on(self.double, 2)
        user = new_test_user(self.env(su=True), "anna_portal", groups="base.group_portal")
        user.partner_id = self.double
        with freeze_time("2025-03-24"):
            self.dun("2025-03-24")
        merge = self.prepared()
        before = self.all_rows()
        merge.action_merge()
        merged = self.all_rows()
        changed = self.differences(before, merged)
        self.assertIn("account_move", changed)
        self.assertFalse(self.double.exists())
        merge.action_undo()
        self.assertEqual(self.env["kunden.merge"].browse(merge.id).state, "undone")
        after = self.all_rows()
        left = self.differences(before, after)
        notes = left.pop("mail_message", {"gone": [], "come": []})
        self.assertFalse(notes["gone"])
        self.assertLessEqual(len(notes["come"]), 2)
        self.assertEqual(left, {})
