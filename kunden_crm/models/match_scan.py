from psycopg2 import DataError, IntegrityError, ProgrammingError
from psycopg2.errors import DiskFull, OutOfMemory

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..kernel.match_pairs import blocked, candidates_of_some, caps, counted, paired
from ..kernel.match_sql import KEYS
from .match_weight import as_sql

# So many contacts are compared while the user waits; of more, a job compares them.
AT_ONCE = 5000
_KEYS = 5000
_CHANGED = 1000
# The blocks of so many contacts are compared in one step.
_PART = 100000
# What the steps of a look hand on. Unlogged: nothing of it outlives the look, and after a crash of
# the server, which empties both, the first row is missing and the pairs are looked for anew.
_MAKE = """
CREATE UNLOGGED TABLE IF NOT EXISTS kunden_match_block (block int8, partner_id int);
CREATE UNLOGGED TABLE IF NOT EXISTS kunden_match_pair (pair int8, size int)
"""
_EMPTY = "TRUNCATE kunden_match_block, kunden_match_pair"
_FIRST = "INSERT INTO kunden_match_pair VALUES (0, 2147483647)"
_IS_THERE = "SELECT FROM kunden_match_pair WHERE pair = 0 LIMIT 1"
# What is being done, and what comes next.
_NEXT = {"keys": "blocks", "blocks": "pairs", "pairs": "groups", "groups": "done"}
_STATES = [
    ("keys", "Reading the Contacts"),
    ("blocks", "Looking for Pairs"),
    ("pairs", "Comparing"),
    ("groups", "Grouping"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
    ("failed", "Failed"),
]
# What ends a look; anything else is tried again.
_ENDS = (UserError, ValueError, DataError, IntegrityError, ProgrammingError, DiskFull, OutOfMemory)


class KundenMatchScan(models.Model):
    """JUDGEMENT: a look at all contacts for duplicates, and how far it has come."""

    _name = "kunden.match.scan"
    _description = "Search for Duplicates"
    _order = "id desc"

    state = fields.Selection(_STATES, default="keys", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Started By", default=lambda self: self.env.user, readonly=True
    )
    position = fields.Integer(readonly=True)
    last_id = fields.Integer(string="Up To", readonly=True)
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    found_count = fields.Integer(string="Pairs Found", readonly=True)
    done_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "((true)) WHERE state IN ('keys', 'blocks', 'pairs', 'groups')",
        "All contacts are being compared already.",
    )

    def init(self):
        """The tables by which one step tells the next one."""
        self.env.cr.execute(SQL(_MAKE))

    @api.depends("position", "last_id", "state")
    def _compute_progress(self):
        begun = {"keys": (0, 50), "blocks": (50, 20), "pairs": (70, 25), "groups": (95, 0)}
        for scan in self:
            steps = {"keys": scan.last_id, "blocks": 2 * scan._parts(), "pairs": scan._parts()}
            start, share = begun.get(scan.state, (100 if scan.state == "done" else 0, 0))
            scan.progress = start + share * scan.position // (steps.get(scan.state) or 1)

    @api.depends("create_date")
    def _compute_display_name(self):
        for scan in self:
            made = scan.create_date or fields.Datetime.now()
            day = fields.Datetime.context_timestamp(scan, made).strftime("%d.%m.%Y %H:%M")
            scan.display_name = self.env._("Duplicates, %s", day)

    def action_cancel(self):
        """Stop the work where it is; what was found stays."""
        self.check_access("read")
        self.env["kunden.match.candidate"]._refuse_reader()
        # sudo: a look is written by its buttons and steps alone
        self.sudo().filtered(lambda scan: scan.state in _NEXT).state = "cancelled"

    # A look in steps

    @api.model
    def _running(self):
        """The look that is under way, if any."""
        return self.search([("state", "in", [*_NEXT])], limit=1)

    @api.model
    def _begin(self):
        """Begin a look, or go on with the one under way; it is gone through at once for few."""
        # sudo: every clerk may have all contacts compared; who sees what is asked when reading
        scans = self.sudo()
        scan = scans._running()
        if not scan:
            scan = scans.create({"last_id": self._last_id(), "user_id": self.env.uid})
        if self._contacts_at_most(AT_ONCE):
            while scan.state in _NEXT:
                scan._step()
        else:
            # sudo: see above
            self.env.ref("kunden_crm.cron_match").sudo()._trigger()
        return scan.with_env(self.env)._open()

    @api.model
    def _contacts_at_most(self, number):
        """Whether there are at most so many contacts; looks at no more of them."""
        self.env.cr.execute(SQL("SELECT id FROM res_partner OFFSET %s LIMIT 1", number))
        return not self.env.cr.fetchone()

    def _open(self):
        """The work list; it tells how far the look has come."""
        return self.env["kunden.match.candidate"]._work_list()

    def _step(self):
        """Do the next part of this look; each part may be the last one that a crash leaves."""
        self.ensure_one()
        # a step that a crash loses is done again: nobody need wait for the disk
        self.env.cr.execute("SET LOCAL synchronous_commit = off")
        # a step sorts and joins what fits in memory, or it would be written to disk and read again
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        self.env.cr.execute("SET LOCAL jit = off")
        self.env.flush_all()
        {
            "keys": self._read_some,
            "blocks": self._pair_some,
            "pairs": self._compare_some,
            "groups": self._group_all,
        }[self.state]()

    def _try_step(self):
        """The next part; what cannot go on says why, and holds up nobody who has changed."""
        try:
            with self.env.cr.savepoint():
                self._step()
        except _ENDS as error:
            self.write({"state": "failed", "error": str(error)})

    def _turn(self, **values):
        """This part is done: the next one begins."""
        ended = {"done_at": fields.Datetime.now()} if _NEXT[self.state] == "done" else {}
        self.write({"state": _NEXT[self.state], "position": 0, **ended, **values})

    def _read_some(self):
        """Make the keys that the next contacts lack; at the end, count what is frequent."""
        match_keys = self.env["kunden.match.key"]
        up_to = match_keys._next_position(self.position, self.last_id, _KEYS)
        match_keys._fill_missing(self.position, up_to)
        if up_to < self.last_id:
            self.position = up_to
        else:
            match_keys._count_frequent()
            match_keys._give_due(self.id, self.last_id)
            # the weights, and how large a block may be, follow the size of the file
            self.env.registry.clear_cache()
            self._turn()

    def _pair_some(self):
        """Write down the blocks of the next contacts; then the pairs of the next blocks."""
        cr, parts = self.env.cr, self._parts()
        if not self.position:
            cr.execute(SQL(_EMPTY))
            cr.execute(SQL(_FIRST))
        elif self._is_lost():
            return
        if self.position < parts:
            rows = blocked(KEYS, *self._ids_of(self.position))
            table = SQL("kunden_match_block")
        else:
            most = self._caps()
            rows = paired("kunden_match_block", most, self.position - parts, parts)
            table = SQL("kunden_match_pair")
        cr.execute(SQL("INSERT INTO %s %s", table, as_sql(rows)))
        if self.position + 1 < 2 * parts:
            self.position += 1
        else:
            cr.execute("ANALYZE kunden_match_pair")
            self._turn()

    def _compare_some(self):
        """Compare the next contacts with whom they share enough."""
        if self._is_lost():
            return
        weights, candidates = self.env["kunden.match.weight"], self.env["kunden.match.candidate"]
        pairs = counted("kunden_match_pair", self._caps(), *self._ids_of(self.position))
        candidates._store(weights._scored(pairs), self.id)
        if self.position + 1 < self._parts():
            self.position += 1
        else:
            self.env.cr.execute(SQL(_EMPTY))
            self._turn(found_count=candidates._drop_others(self.id))

    def _is_lost(self):
        """Whether a crash of the server has emptied what was written down: it is begun anew."""
        lost = not self.env.execute_query(SQL(_IS_THERE))
        if lost:
            self.write({"state": "blocks", "position": 0})
        return lost

    def _ids_of(self, part):
        """Above which and up to which id the contacts of a part are."""
        each = self.last_id // self._parts() + 1
        return part * each, (part + 1) * each

    @api.model
    def _caps(self):
        """How large a block may be in this file."""
        return caps(self.env["kunden.match.weight"]._compared())

    def _parts(self):
        """In how many parts the blocks are compared: few seconds each."""
        return 1 << (self.last_id // _PART).bit_length()

    @api.model
    def _last_id(self):
        return self.env.execute_query(SQL("SELECT coalesce(max(id), 0) FROM res_partner"))[0][0]

    def _group_all(self):
        """Make the lines of the work list, and merge what is certain where that is wanted."""
        self.env["kunden.match.group"]._regroup()
        self.env["kunden.match.group"]._merge_certain()
        self.env["kunden.match.key"]._forget_due(self.id)
        self._turn()

    # Those who are new or changed

    @api.model
    def _compare_changed(self, number=_CHANGED):
        """Compare contacts that are new or changed since the last look; how many these were."""
        match_keys, candidates = self.env["kunden.match.key"], self.env["kunden.match.candidate"]
        match_keys._fill_noted()
        ids = match_keys._take_changed(number)
        if ids:
            candidates._drop_open(ids)
            weights = self.env["kunden.match.weight"]
            candidates._store(weights._scored(candidates_of_some(self._caps()), ids=ids))
            self.env["kunden.match.group"]._regroup(ids)
        return len(ids)

    @api.model
    def _cron_begin(self):
        """Every night: compare all contacts."""
        if not self._running():
            self._begin()

    @api.model
    def _cron_run(self):
        """Go on with a look that is under way, else compare who has changed; step by step."""
        cron = self.env["ir.cron"]
        while scan := self._running():
            scan = scan.try_lock_for_update()
            if not scan:
                return  # another worker has it
            scan._try_step()
            if not cron._commit_progress(1, remaining=int(scan.state in _NEXT)):
                return
            self.env.invalidate_all()
        while done := self._compare_changed():
            if not cron._commit_progress(done, remaining=self.env["kunden.match.key"]._due()):
                return
            self.env.invalidate_all()
