import logging
from datetime import timedelta

from psycopg2 import IntegrityError
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.gc import disabling_gc

from ..kernel.import_base import Unreadable
from .merge_value_mixin import QUIET

_logger = logging.getLogger(__name__)
# Rows of a committed step.
BATCH = 500
# After so long without a step, something is wrong with the scheduled actions.
_SILENT = timedelta(minutes=3)
_TRIES = 5
# What ends an import for good, told whoever started it.
_STOPS = (AccessError, UserError, ValueError, IntegrityError)
# By step the method that does its next part, and turns the step at its end.
_STEPS = {
    "reading": "_read_some",
    "matching": "_match_some",
    "writing": "_write_some",
    "undoing": "_undo_some",
}


class KundenImportRunMixin(models.AbstractModel):
    """The job of an import: it goes on by small committed steps, whoever does the next one.

    Nothing of it is in a process: the step, and in `cursor` where it goes on, are columns that are
    stored in the transaction that stores the work. A step that is killed is done again as a whole.
    """

    _name = "kunden.import.run.mixin"
    _inherit = "kunden.own.word.mixin"
    _description = "Job of an Import"
    # an import works with the rights of whoever started it
    _its_own = frozenset(
        {"user_id", "state", "step", "position", "last_position", "file_position", "cursor"}
        | {"rule_version", "error", "analysed_at", "started_at", "done_at", "source_id"}
        | {"undo_user_id", "undo_counts"}
    )
    _said_once = frozenset({"company_id"})

    cursor = fields.Json(readonly=True, help="Where the next step goes on.")
    cron_note = fields.Char(compute="_compute_cron_note", string="Waits For")
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")

    def _note(self, vals):
        # sudo: state and position of an import are written by its buttons and steps alone
        self.sudo().write(vals)

    @api.depends("position", "last_position", "step", "state")
    def _compute_progress(self):
        for batch in self:
            share = 100 * batch.position // batch.last_position if batch.last_position else 0
            batch.progress = min(share, 99) if batch.step else 100 * (batch.state != "draft")

    @api.depends("step", "write_date")
    def _compute_cron_note(self):
        # sudo: whether jobs are done is no secret
        cron = self.env.ref("kunden_crm.cron_import", raise_if_not_found=False)
        is_on = cron and cron.sudo().active
        oldest = fields.Datetime.now() - _SILENT
        for batch in self:
            note = False
            if batch.step and not is_on:
                note = self.env._(
                    "The scheduled action of imports is switched off: nothing will happen until an "
                    "administrator switches it on."
                )
            elif batch.step and batch.write_date and batch.write_date < oldest:
                note = self.env._(
                    "Nothing has happened for some minutes: the scheduled actions of this server "
                    "do not seem to run. The import goes on by itself as soon as they do."
                )
            batch.cron_note = note

    # The buttons

    def action_start(self):
        """Write what the preview shows; started twice, it runs once. A cancelled import goes on."""
        self.ensure_one()
        self._check_may_import()
        if not self.try_lock_for_update() or self.state in ("queued", "running"):
            return True  # it is being started, or under way
        # rows that were decided or mended after the run are brought in by another one
        more = self.state == "done" and self._due_count()
        if not (more or self.state in ("analysed", "cancelled")) or self.step:
            raise UserError(self.env._("Please have a look at the preview first."))
        self._begin_step(
            "writing",
            state="queued",
            user_id=self.env.uid,
            rule_version=self.rule_version or self.env["kunden.field.check"]._version(),
            started_at=self.started_at or fields.Datetime.now(),
            last_position=self._due_count(),
        )
        return True

    def action_cancel(self):
        """Stop where it is; what is written stays, and can be taken back or gone on with.

        What its job is at work on, the job stops before its next step.
        """
        told = True
        for batch in self:
            batch._check_may_import()
            if batch.step == "undoing":
                raise UserError(self.env._("What is being taken back is taken back to its end."))
            if batch.step and not batch.try_lock_for_update(allow_referencing=True):
                self.env["kunden.import.stop"]._wish(batch.id)
                message = self.env._("It stops as soon as the present step is done.")
                told = {"type": "ir.actions.client", "tag": "display_notification"}
                told["params"] = {"message": message, "type": "info"}
            else:
                batch._cancel()
        return told

    def _cancel(self):
        """Stop now."""
        if self.step in ("reading", "matching"):
            self._cancel_analysis()
        elif self.state in ("queued", "running", "analysed"):
            self._note({"state": "cancelled", "step": False})

    def _check_may_import(self):
        """AccessError unless whoever asks is a clerk who may create contacts."""
        self.check_access("write")
        self.env["res.partner"].check_access("create")
        if not self.env.user.has_group("kunden_crm.group_user"):
            raise AccessError(self.env._("Only clerks of the customer file bring in files."))

    def _begin_step(self, step, **values):
        """From now on the job does this step."""
        self.env["kunden.import.stop"]._take(self.id)
        begun = {"step": step, "position": 0, "cursor": False, "error": False}
        self._note({**begun, **values})
        # sudo: whoever may start an import may wake the job that does it
        self.env.ref("kunden_crm.cron_import").sudo()._trigger()

    # The job

    def _work(self, kept, number=BATCH):
        """Do the next part with the rights of whoever started it; what fails for good ends it.

        `kept` is what the process keeps open from one part to the next, which may be lost.
        """
        self.ensure_one()
        # a step that a crash loses is done again: nobody need wait for the disk
        self.env.cr.execute("SET LOCAL synchronous_commit = off")
        if self.state == "queued":
            self._note({"state": "running"})
        compares = self.step == "matching" and self.env["kunden.import.key"]._has(self.id)
        # sudo: what is compared of contacts belongs to nobody
        if compares and self.env["kunden.match.key"].sudo()._fill_noted():
            return  # those whom an earlier import has brought are compared too
        try:
            self._of_starter()._check_may_import()
            # thousands of rows are no reason to look through all that the process has in memory
            with self.env.cr.savepoint(), disabling_gc():
                batch = self._of_starter()
                getattr(batch, _STEPS[self.step])(kept, number)
        except Unreadable as error:
            self._give_up(self._told(error.code, error.details))
        except _STOPS as error:
            self._give_up(str(error))

    def _give_up(self, sentence):
        """The import says why it ended; what was written stays, and can be taken back."""
        if self.step in ("reading", "matching"):
            self._fail(sentence)
        else:
            self._note({"state": "failed", "step": False, "error": sentence})

    def _end(self, state):
        """What was being done is done."""
        at_rest = {"state": state, "step": False, "cursor": False, "position": self.last_position}
        self._note({**at_rest, "done_at": fields.Datetime.now()})

    def _of_starter(self):
        """This import as whoever started what it is doing sees it, in his company and language.

        Nobody is mailed, and nothing is written into the chatter of a contact.
        """
        user = (self.step == "undoing" and self.undo_user_id) or self.user_id
        if not user.active:
            raise AccessError(self.env._("Whoever started this import is no longer here."))
        company = self.company_id
        return (
            self.with_user(user)
            .with_company(company)
            .with_context(**QUIET, allowed_company_ids=company.ids, lang=user.lang)
        )

    @api.model
    def _cron_run(self):
        """Go on with the imports that are under way, step by step, until the time is up."""

        def step(kept):
            # others may store rows of it meanwhile
            batch = self._under_way().try_lock_for_update(allow_referencing=True, limit=1)
            if batch and self.env["kunden.import.stop"]._take(batch.id):
                batch._cancel()
            elif batch:
                batch._work(self._kept_for(kept, batch))
            return batch

        self._step_by_step(step, lambda: len(self._under_way()))

    @api.model
    def _cron_read_part(self):
        """Read rows that whoever goes through a file has put aside, as long as there are any."""
        parts = self.env["kunden.import.part"]

        def step(kept):
            batch = parts._waiting()
            return batch and batch._work_on_part(self._kept_for(kept, batch))

        self._step_by_step(step, parts._count)

    def _work_on_part(self, kept):
        """Read some rows of this file with the rights of whoever started it; whether it was done.

        What stops that is left to whoever goes through the file, who comes to these rows too.
        """
        self.env.cr.execute("SET LOCAL synchronous_commit = off")
        try:
            self._of_starter()._check_may_import()
            with self.env.cr.savepoint(), disabling_gc():
                batch = self._of_starter()
                return batch._read_part(kept, self.env["kunden.import.part"]._take(self.id))
        except _STOPS as error:
            _logger.info("Import %s: a part is left to the others: %s", self.id, error)
            return False

    def _kept_for(self, kept, batch):
        """What a process keeps open; what it kept for another import, or look at it, is dropped."""
        of = (batch.id, batch.analysed_at)
        if kept.get("of") != of:
            kept.clear()
            kept["of"] = of
        return kept

    def _step_by_step(self, step, left):
        """Do and commit one step after the other, until there is none or the time is up."""
        cron, tries, kept = self.env["ir.cron"], _TRIES, {}
        while True:
            try:
                if not step(kept):
                    break
                self.env.flush_all()
            except TransactionRollbackError:
                # somebody else has just changed what the step was about: it is done again
                kept.clear()
                self.env.cr.rollback()
                self.env.invalidate_all()
                tries -= 1
                if not tries:
                    raise
                continue
            tries = _TRIES
            if not cron._commit_progress(1, remaining=left()):
                break
            self.env.invalidate_all()

    @api.model
    def _under_way(self):
        """The imports that the job has to go on with, the oldest first."""
        return self.search([("step", "!=", False)], order="id")
