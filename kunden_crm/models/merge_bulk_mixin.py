from contextvars import ContextVar

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from .merge_value_mixin import QUIET

# Set while groups are merged together: what core does pair by pair is done for all of them.
BULK = ContextVar("kunden_merge_bulk", default=False)
# What our own and core's hooks of these names do is done for all groups at once.
_OURS = ("base", "mail", "kunden_crm")


class KundenMergeBulkMixin(models.AbstractModel):
    """Many decided groups at once: one statement per foreign key, the hooks of add-ons per group.

    The result is that of single merges, and each group can be taken back on its own.
    """

    _name = "kunden.merge.bulk.mixin"
    _inherit = ["kunden.merge.bulk.sql.mixin", "kunden.merge.attribute.mixin"]
    _description = "Merging Many Groups"

    is_queued = fields.Boolean(readonly=True, copy=False, index="btree_not_null")
    error = fields.Char(string="Not Merged Because", readonly=True, copy=False)

    @api.model
    def _merge_groups(self, groups):
        """Merges groups of contacts as proposed: [(survivor, all contacts of the group), ...].

        Shape: the merges; what could not be merged stays a preview that says why.
        """
        return self._queue(groups)._merge_together()

    @api.model
    def _queue(self, groups):
        """Previews of decided groups; the job merges them in steps."""
        merges = self.create(
            [
                {"survivor_id": survivor.id, "partner_ids": [Command.set(partners.ids)]}
                for survivor, partners in groups
            ]
        )
        # sudo: the queue is written by the merge itself alone
        merges.sudo().is_queued = True
        return merges

    @api.model
    def _cron_merge(self, batch=100):
        """Merge the groups that wait, in steps each of which may be the last."""
        waiting = [("is_queued", "=", True), ("state", "=", "draft")]
        merges = self.search(waiting, limit=batch, order="id").try_lock_for_update()
        merges._merge_together()
        self.env["ir.cron"]._commit_progress(len(merges), remaining=self.search_count(waiting))

    def _merge_together(self):
        """All of these at once; where that fails, one by one, down to the ones to blame."""
        ready = self._ready()
        try:
            with self.env.cr.savepoint():
                # sudo: as in a single merge, the rights were asked for
                ready.sudo().with_context(**QUIET)._merge_all()
        except (IntegrityError, UserError, ValidationError):
            self.env.invalidate_all()
            ready._merge_singly()
        # sudo: the queue is written by the merge itself alone
        self.sudo().is_queued = False
        return self

    def _merge_singly(self):
        for merge in self:
            try:
                with self.env.cr.savepoint():
                    merge.action_merge()
            except (IntegrityError, UserError, ValidationError) as error:
                self.env.invalidate_all()
                merge.sudo().error = str(error)  # sudo: as in _merge_together

    def _ready(self):
        """Those that can be merged: all contacts there, free, and in one group only."""
        partners = self.with_context(active_test=False).partner_ids
        partners.check_access("write")
        free = partners.try_lock_for_update()
        ready, taken = self.browse(), partners.browse()
        for merge in self.with_context(active_test=False):
            people = merge.partner_ids
            told = merge._blockers()
            if merge.survivor_id not in people or sorted(people.ids) != merge.seen_ids:
                told.append(self.env._("There are not two contacts left to merge."))
            if people - free or people & taken:
                told.append(self.env._("Somebody is just working on these contacts."))
            # sudo: as in _merge_together
            merge.sudo().error = "\n".join(told) or False
            if not told:
                ready |= merge
                taken |= people
        return ready

    def _merge_all(self):
        """The merge of all groups; self are those of which every contact is locked."""
        if not self:
            return
        wizard = self.env["base.partner.merge.automatic.wizard"]
        # the relation to those who go is re-pointed too: who goes is noted before
        plan = [
            (merge, merge.survivor_id.with_env(wizard.env), merge._sources().with_env(wizard.env))
            for merge in self.with_context(active_test=False)
        ]
        values = [(*merge._settled(), merge._wanted()) for merge, _survivor, _sources in plan]
        self._freeze()
        token = BULK.set(True)
        try:
            first = self._begin_all()
            self._point_all(wizard, plan)
            self._write_all(wizard, plan, values)
            self._remove_all(wizard, plan)
            self._end_all(first)
        finally:
            BULK.reset(token)

    def _begin_all(self):
        """Everything is written down from here on; the last entry before."""
        journal = self.env["kunden.merge.journal"]
        journal._watch_tables()
        newest = SQL("SELECT coalesce(max(id), 0) FROM kunden_merge_journal")
        (first,) = self.env.execute_query(newest)[0]
        journal._write_down(0)
        self.env["kunden.merge.redirect"].create(
            [values for merge in self for values in merge._redirects()]
        )
        return first

    def _sources(self):
        """Those who go."""
        return self.partner_ids - self.survivor_id

    def _point_all(self, wizard, plan):
        """Whatever points to those who go points to the survivors."""
        for _merge, survivor, sources in plan:
            wizard._merge_bank_accounts(sources, survivor)
            wizard._update_foreign_keys(sources, survivor)
            wizard._update_reference_fields(sources, survivor)
        pairs = [(person.id, survivor.id) for _m, survivor, people in plan for person in people]
        old, new = map(list, zip(*pairs, strict=True))
        self._point_keys({"old": old, "new": new})
        self._point_references({"old": old, "new": new})

    def _write_all(self, wizard, plan, values):
        """The values that were proposed, then what our own hooks make of them."""
        foreign = self._is_foreign("_update_values")
        homes = [(survivor.household_id, survivor.household_role) for _m, survivor, _s in plan]
        wizard.env["res.partner"].concat(*(sources for *_, sources in plan))._give_up_barcode()
        copied = {}
        for (merge, survivor, sources), home, (settled, names, wanted) in zip(
            plan, homes, values, strict=True
        ):
            copied.setdefault(names, []).append(survivor.id)
            if foreign:
                wizard._update_values(sources, survivor)
            else:
                merge._write_where_other(survivor, settled)
                sources._after_merge(survivor, *home)
            merge._apply(wanted)
        survivors = self.survivor_id
        if not foreign:
            # core writes all values of a survivor, also those that stay: what follows them follows
            for names, ids in copied.items():
                survivors.browse(ids).modified(names)
        survivors._after_merges()
        self.env.add_to_compute(survivors._fields["partner_share"], survivors)

    @api.model
    def _is_foreign(self, name):
        """Whether an add-on that we do not know has a say in a step of core's merge."""
        wizard = self.env.registry["base.partner.merge.automatic.wizard"]
        modules = {
            cls._module for cls in wizard.__mro__ if name in vars(cls) and hasattr(cls, "_module")
        }
        return bool(modules - set(_OURS) - {None})

    def _copied(self):
        """The names of the fields that core's merge copies."""
        return [
            name
            for name, field in self.env["res.partner"]._fields.items()
            if field.type not in ("one2many", "many2many")
            and field.compute is None
            and field.store
            and name not in models.MAGIC_COLUMNS
        ]

    def _settled(self):
        """What core's merge copies and adds up without a question, and all that it copies.

        Shape: ({field: value}, (field, ...)).
        """
        partners = [*self._sources(), self.survivor_id]
        sums = self.env["base.partner.merge.automatic.wizard"]._get_summable_fields()
        asked, values, names = set(self._mergeable()), {}, []
        for name in self._copied():
            held = [partner[name] for partner in partners if partner[name]]
            if not held:
                continue
            names.append(name)
            if name not in asked:
                field = self.survivor_id._fields[name]
                value = sum(held) if name in sums else held[-1]
                values[name] = field.convert_to_write(value, self.survivor_id)
        return values, tuple(names)

    def _remove_all(self, wizard, plan):
        """The notes of the merges, and those who go leave."""
        if self._is_foreign("_log_merge_operation"):
            for _merge, survivor, sources in plan:
                wizard._log_merge_operation(sources, survivor)
        else:
            with self.env["kunden.merge.journal"]._unwritten():
                self._note_all(wizard, plan)
        wizard.env["res.partner"].concat(*(sources for *_, sources in plan)).unlink()

    def _note_all(self, wizard, plan):
        """Core's note of a merge on every survivor, at once."""
        bodies = {}
        for _merge, survivor, sources in plan:
            told = [
                self.env._(
                    "%(partner)s <%(email)s> (ID %(id)s)",
                    partner=partner.name,
                    email=partner.email or "n/a",
                    id=partner.id,
                )
                for partner in sources
            ]
            body = self.env._("Merged with the following partners: %s", ", ".join(told))
            bodies[survivor.id] = body
        self.survivor_id.with_env(wizard.env)._message_log_batch(bodies=bodies)

    def _end_all(self, first):
        self.env["kunden.merge.journal"]._write_down(None)
        self.env.invalidate_all()
        self._attribute(first)
        self._send_nothing()
        self._keep_files()
        self.env.registry.clear_cache()
        self.write({"state": "done", "user_id": self.env.uid, "done_at": fields.Datetime.now()})
        self.env.flush_all()
