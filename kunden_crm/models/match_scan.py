from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel.match_statements import candidates_of_all, candidates_of_some

# So many contacts are compared while the user waits; of more, a job compares them.
AT_ONCE = 5000
_KEYS = 5000
_CHANGED = 1000
# The blocks of so many contacts are compared in one step.
_PART = 100000
# What is being done, and what comes next.
_NEXT = {"keys": "pairs", "pairs": "groups", "groups": "done"}
_STATES = [
    ("keys", "Reading the Contacts"),
    ("pairs", "Comparing"),
    ("groups", "Grouping"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]


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

    _one_at_a_time = models.UniqueIndex(
        "((true)) WHERE state IN ('keys', 'pairs', 'groups')",
        "All contacts are being compared already.",
    )

    @api.depends("position", "last_id", "state")
    def _compute_progress(self):
        begun = {"keys": 0, "pairs": 50, "groups": 95, "done": 100}
        for scan in self:
            end = {"keys": scan.last_id, "pairs": scan._parts()}.get(scan.state) or 1
            scan.progress = begun.get(scan.state, 0) + 45 * scan.position // end

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
        self.env.flush_all()
        {"keys": self._read_some, "pairs": self._compare_some, "groups": self._group_all}[
            self.state
        ]()

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
            self._turn()

    def _compare_some(self):
        """Compare the contacts that share a block, of the next part of all blocks."""
        weights, candidates = self.env["kunden.match.weight"], self.env["kunden.match.candidate"]
        parts = self._parts()
        statement = weights._scored(candidates_of_all(part=self.position, parts=parts))
        candidates._store(statement, self.id)
        if self.position + 1 < parts:
            self.position += 1
        else:
            self._turn(found_count=candidates._drop_others(self.id))

    def _parts(self):
        """In how many parts the blocks are compared: few seconds each."""
        return 1 << (self.last_id // _PART).bit_length()

    @api.model
    def _parts_of_file(self):
        """In how many parts a look at the contacts of today would compare them."""
        return self.new({"last_id": self._last_id()})._parts()

    @api.model
    def _last_id(self):
        return self.env.execute_query(SQL("SELECT coalesce(max(id), 0) FROM res_partner"))[0][0]

    def _group_all(self):
        """Make the lines of the work list, and merge what is certain where that is wanted."""
        self.env["kunden.match.group"]._regroup()
        self.env["kunden.match.group"]._merge_certain()
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
            candidates._store(weights._scored(candidates_of_some(), ids=ids))
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
            scan._step()
            if not cron._commit_progress(1, remaining=int(scan.state in _NEXT)):
                return
            self.env.invalidate_all()
        while done := self._compare_changed():
            if not cron._commit_progress(done, remaining=self.env["kunden.match.key"]._due()):
                return
            self.env.invalidate_all()
