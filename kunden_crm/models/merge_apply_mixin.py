from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from .merge_value_mixin import QUIET

_LETTERS = ("mail_mail", "sms_sms", "snailmail_letter")


class KundenMergeApplyMixin(models.AbstractModel):
    """The merge itself: locked, written down, by core's own merge in pairs, without a mail."""

    _name = "kunden.merge.apply.mixin"
    _description = "Doing a Merge"

    def action_merge(self):
        """Make one file of all, as the preview says."""
        self.ensure_one()
        self.check_access("write")
        partners = self._take_partners()
        survivor = self.survivor_id
        with self.env.cr.savepoint():
            # sudo: what is found where is written down and put together whoever may see it
            merge = self.sudo().with_context(**QUIET)
            wanted = merge._wanted()
            merge._freeze()
            merge._begin()
            wizard = merge.env["base.partner.merge.automatic.wizard"]
            for partner in partners - survivor:
                pair = partner | survivor
                wizard._merge(pair.ids, survivor.with_env(wizard.env), extra_checks=False)
            merge._apply(wanted)
            merge._end()
        return True

    def _take_partners(self):
        """The contacts, locked in the order of their ids; a clear word where that cannot be."""
        if self.state != "draft":
            raise UserError(self.env._("This merge is already done."))
        partners = self.with_context(active_test=False).partner_ids.sorted("id")
        if len(partners.exists()) < 2:
            raise UserError(
                self.env._("There are not two contacts left to merge: somebody has merged them.")
            )
        if partners.ids != self.seen_ids:
            raise UserError(
                self.env._("Somebody has merged one of these contacts. Please look at it anew.")
            )
        if self.survivor_id not in partners:
            raise UserError(self.env._("Please choose which of the contacts remains."))
        partners.check_access("write")
        if blockers := self._blockers():
            raise UserError("\n".join(blockers))
        if len(partners.try_lock_for_update()) < len(partners):
            raise UserError(
                self.env._("Somebody is just working on these contacts. Please try again.")
            )
        self._refuse_unseen()
        return partners

    @contextmanager
    def _written_down(self, partner_ids, survivor):
        """Writes down a merge that was not begun here: core's own wizard, another add-on."""
        journal = self.env["kunden.merge.journal"]
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) < 2 or journal._current() is not None:
            yield
            return
        if not survivor or survivor not in partners:
            wizard = self.env["base.partner.merge.automatic.wizard"]
            survivor = wizard._get_ordered_partner(partners.ids)[-1]
        with self.env.cr.savepoint():
            # sudo: the journal is kept whoever merges
            merge = self.sudo().create(
                {
                    "partner_ids": [Command.set(partners.ids)],
                    "survivor_id": survivor.id,
                    "is_by_core": True,
                }
            )
            merge._begin()
            yield
            merge._end()

    def _begin(self):
        """From here on everything is written down for this merge."""
        journal = self.env["kunden.merge.journal"]
        journal._watch_tables()
        journal._write_down(self.id)
        self.env["kunden.merge.redirect"].create(self._redirects())

    def _redirects(self):
        """The values of the redirects: from those who go to the survivor."""
        survivor = self.survivor_id
        return [
            {
                "old_id": partner.id,
                "name": partner.display_name,
                "partner_id": survivor.id,
                "merge_id": self.id,
            }
            for partner in self.with_context(active_test=False).partner_ids - survivor
        ]

    def _end(self):
        """Nothing more is written down; the merge is done."""
        self.env["kunden.merge.journal"]._write_down(None)
        self.env.invalidate_all()
        if not self.is_by_core:
            self._send_nothing()
        self._keep_files()
        self.write({"state": "done", "user_id": self.env.uid, "done_at": fields.Datetime.now()})
        self.env.flush_all()

    def _send_nothing(self):
        """Whatever an add-on wanted to send because of the merge is not sent."""
        for table in _LETTERS:
            self.env.cr.execute(
                SQL(
                    """DELETE FROM %s WHERE id IN (SELECT record_id FROM kunden_merge_journal
                        WHERE merge_id = ANY(%s) AND table_name = %s AND operation = 'I')""",
                    SQL.identifier(table),
                    self.ids,
                    table,
                )
            )

    def _keep_files(self):
        """Files of removed attachments stay in the store as long as the merge can be undone."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO ir_attachment (name, type, store_fname, checksum, file_size,
                          mimetype, res_model, res_id, create_uid, create_date)
                   SELECT old.name, 'binary', old.store_fname, old.checksum, old.file_size,
                          old.mimetype, 'kunden.merge', entry.merge_id, %s,
                          now() at time zone 'UTC'
                     FROM kunden_merge_journal AS entry,
                          jsonb_populate_record(NULL::ir_attachment, entry.old_row) AS old
                    WHERE entry.merge_id = ANY(%s) AND entry.table_name = 'ir_attachment'
                      AND entry.operation = 'D' AND old.store_fname IS NOT NULL""",
                self.env.uid,
                self.ids,
            )
        )
