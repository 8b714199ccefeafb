from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .merge_value_mixin import QUIET

# Rows that we compute ourselves are nobody's values.
_COMPUTED = ("kunden_search_key", "kunden_payment_balance")


class KundenMergeBackMixin(models.AbstractModel):
    """Until when and by whom a merge can be taken back, and what becomes of its journal."""

    _name = "kunden.merge.back.mixin"
    _inherit = "kunden.merge.undo.mixin"
    _description = "Taking Back a Merge"

    user_id = fields.Many2one("res.users", string="Merged By", readonly=True)
    done_at = fields.Datetime(string="Merged On", readonly=True)
    undone_at = fields.Datetime(string="Taken Back On", readonly=True)
    undone_by_id = fields.Many2one("res.users", string="Taken Back By", readonly=True)
    kept = fields.Text(string="Changed Since and Kept", readonly=True)
    is_by_core = fields.Boolean(string="Without Preview", readonly=True)
    is_forgotten = fields.Boolean(
        string="Journal Removed", readonly=True, help="Its time is over; it cannot be taken back."
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends("state", "done_at", "is_forgotten")
    @api.depends_context("uid")
    def _compute_can_undo(self):
        oldest = fields.Datetime.now() - timedelta(days=self._undo_days())
        manager = self.env.user.has_group("kunden_crm.group_manager")
        for merge in self:
            mine = manager or merge.user_id == self.env.user
            fresh = merge.done_at and merge.done_at >= oldest and not merge.is_forgotten
            merge.can_undo = merge.state == "done" and mine and fresh

    @api.model
    def _undo_days(self):
        """For how many days a merge can be taken back."""
        # sudo: the number is a setting that everybody may know
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("kunden_crm.merge_undo_days", 30))

    def action_undo(self):
        """Give each contact its own file back, with its own documents as they were."""
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("There is nothing to take back."))
        if not self.can_undo:
            raise UserError(
                self.env._(
                    "You can take back your own merges of the last %s days; a manager those of "
                    "others.",
                    self._undo_days(),
                )
            )
        self.survivor_id.check_access("write")
        # sudo: rows of all tables come back as they were, whoever may see them
        self.sudo()._undo()
        return True

    def _undo(self):
        """Plays the journal back and says so on the contacts."""
        survivor = self.survivor_id.exists()
        if not survivor or not survivor.try_lock_for_update():
            raise UserError(
                self.env._("The contact that remained is gone or in use: undo later merges first.")
            )
        self._forget_files()
        kept = self._play_back()
        self._compute_again(kept)
        self.write(
            {
                "state": "undone",
                "undone_at": fields.Datetime.now(),
                "undone_by_id": self.env.uid,
                "kept": self._tell_kept(kept),
            }
        )
        body = self.env._("The merge with %s was taken back.")
        others = self.partner_ids - survivor
        survivor.with_context(**QUIET)._message_log(body=body % ", ".join(others.mapped("name")))
        self.env.flush_all()

    def _forget_files(self):
        own = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        self.env["ir.attachment"].search(own).unlink()

    def _compute_again(self, kept):
        """What is computed from a value that stays and from others that go is computed anew."""
        partners = self.env["res.partner"]
        for table, record_id, name in kept:
            field = partners._fields.get(name) if table == "res_partner" else None
            if field and field.store and field.compute and field.readonly:
                self.env.add_to_compute(field, partners.browse(record_id))
        partners = self.with_context(active_test=False).partner_ids
        if kept:
            partners._after_undo()
        # sudo: an import that was taken back is so for everybody
        self.env["kunden.import.batch"].sudo()._undo_returned(partners.ids)
        self.env["kunden.match.key"]._keep(partners)

    def _tell_kept(self, kept):
        """The values that somebody has changed since, in words."""
        partners, told = self.env["res.partner"], []
        for table, record_id, name in kept:
            field = partners._fields.get(name) if table == "res_partner" else None
            if table in _COMPUTED:
                continue
            if table != "res_partner":
                told.append(f"{table} {record_id}: {name}")
            elif field and not (field.compute and field.readonly):
                label = field._description_string(self.env)
                told.append(f"{partners.browse(record_id).display_name}: {label}")
        return "\n".join(dict.fromkeys(told))

    def _forget(self):
        """Without its journal a merge is only remembered; its old numbers still lead on."""
        self._forget_files()
        self.env.cr.execute(
            SQL("DELETE FROM kunden_merge_journal WHERE merge_id = ANY(%s)", self.ids)
        )
        self.write({"is_forgotten": True})

    @api.model
    def _cron_forget(self, batch=500):
        """Every night: the journals of merges that can no longer be taken back, in steps."""
        oldest = fields.Datetime.now() - timedelta(days=self._undo_days())
        old = [("state", "!=", "draft"), ("is_forgotten", "=", False), ("done_at", "<", oldest)]
        merges = self.search(old, limit=batch, order="id").try_lock_for_update()
        merges._forget()
        self.env["ir.cron"]._commit_progress(len(merges), remaining=self.search_count(old))
