from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .standard_step_mixin import ENDS

# So many contacts are gone through while the user waits; more by the job.
AT_ONCE = 2000
# A step of so many holds the contacts that it writes for a fifth of a second.
_BATCH = 2000
# What is checked, and fixed with the first look.
_SCOPE = {"domain", "catalogue_ids"}
_STATES = [
    ("draft", "New"),
    ("checking", "Being Checked"),
    ("checked", "Preview"),
    ("applying", "Being Applied"),
    ("done", "Applied"),
    ("undoing", "Being Taken Back"),
    ("undone", "Taken Back"),
    ("cancelled", "Cancelled"),
    ("failed", "Failed"),
]


class KundenStandardRun(models.Model):
    """ACT: brings many contacts to the recording standards, preview first, and takes it back."""

    _name = "kunden.standard.run"
    _inherit = ["kunden.own.word.mixin", "kunden.standard.step.mixin"]
    _description = "Apply Standards"
    _order = "id desc"
    # a run works with the rights of whoever started it
    _its_own = frozenset(
        {"user_id", "company_id", "is_automatic", "state", "position", "last_id"}
        | {"checked_at", "done_at", "error"}
    )

    name = fields.Char(compute="_compute_name")
    user_id = fields.Many2one(
        "res.users", string="Started By", default=lambda self: self.env.user, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, required=True, readonly=True
    )
    domain = fields.Char(
        string="Contacts",
        default="[('is_customer_file', '=', True)]",
        required=True,
        help="Whose values are checked; only contacts that you may change.",
    )
    catalogue_ids = fields.Many2many(
        "kunden.field",
        string="Fields",
        domain="[('spelling', '!=', False), ('sensitivity', '=', 'normal')]",
        help="Empty: all fields that have a standard.",
    )
    is_automatic = fields.Boolean(
        readonly=True, help="Looks at all files every night for the figures; applies nothing."
    )
    state = fields.Selection(_STATES, default="draft", required=True, readonly=True)
    position = fields.Integer(readonly=True)
    last_id = fields.Integer(string="Up To", readonly=True)
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    checked_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)
    line_ids = fields.One2many("kunden.standard.line", "run_id", readonly=True)
    proposed_count = fields.Integer(compute="_compute_counts", string="Proposed")
    ask_count = fields.Integer(compute="_compute_counts", string="To Be Looked At")
    left_count = fields.Integer(compute="_compute_counts", string="Left Out")
    applied_count = fields.Integer(compute="_compute_counts", string="Applied")
    skipped_count = fields.Integer(compute="_compute_counts", string="Edited Meanwhile")
    edited_count = fields.Integer(compute="_compute_counts", string="Edited Since")
    undone_count = fields.Integer(compute="_compute_counts", string="Taken Back")

    @api.depends("create_date", "user_id")
    def _compute_name(self):
        for run in self:
            made = run.create_date or fields.Datetime.now()
            day = fields.Datetime.context_timestamp(run, made).strftime("%d.%m.%Y %H:%M")
            run.name = self.env._("Standards, %(day)s, %(user)s", day=day, user=run.user_id.name)

    @api.depends("position", "last_id", "state")
    def _compute_progress(self):
        for run in self:
            share = min(100 * run.position // run.last_id, 99) if run.last_id else 0
            run.progress = share if run.state in ENDS else 100 * (run.state != "draft")

    def _compute_counts(self):
        groups = self.env["kunden.standard.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run.id, state): count for run, state, count in groups}
        for run in self:
            for state in ("proposed", "ask", "left", "applied", "skipped", "edited", "undone"):
                run[f"{state}_count"] = counts.get((run.id, state), 0)

    def write(self, vals):
        """What has been started is changed by its buttons alone."""
        if not self.env.su and _SCOPE & vals.keys():
            self._refuse_unless_draft()
        return super().write(vals)

    def _refuse_unless_draft(self):
        for run in self:
            run._refuse_unless("draft")

    def _open(self):
        """The form of this run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_standard_runs")
        return action | {"res_id": self.id, "view_mode": "form", "views": [(False, "form")]}

    def action_check(self):
        """Look at all values anew and propose; nothing of the contacts changes."""
        self._refuse_unless("draft", "checked", "cancelled", "failed")
        self._contacts()  # says at once what is wrong with the condition
        self._drop_lines()
        return self._start("checking")

    def action_apply(self):
        """Write what is proposed and was not left out."""
        self._refuse_unless("checked", "cancelled")
        return self._start("applying")

    def action_undo(self):
        """Bring back what stood there before, except where somebody has edited since."""
        self._refuse_unless("done", "cancelled")
        return self._start("undoing")

    def action_cancel(self):
        """Stop the work where it is; what is done stays, and can be taken back."""
        self._refuse_unless(*ENDS)
        self._note({"state": "cancelled"})

    def action_show_lines(self):
        """The values of this run, those of a state where the context names one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_standard_lines")
        state = self.env.context.get("line_state")
        domain = [("run_id", "=", self.id)] + ([("state", "=", state)] if state else [])
        return action | {"domain": domain, "context": {}}

    @api.ondelete(at_uninstall=False)
    def _keep_journal(self):
        """What changed contacts stays."""
        changed = [("run_id", "in", self.ids), ("state", "in", ("applied", "edited", "undone"))]
        if self.env["kunden.standard.line"].search_count(changed, limit=1):
            raise UserError(self.env._("A run that changed contacts is kept as their journal."))

    def _refuse_unless(self, *states):
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            told = dict(self._fields["state"]._description_selection(self.env))[self.state]
            raise UserError(self.env._("This run is already somewhere else: %s", told))

    def _note(self, vals):
        # sudo: state and counters of a run are written by its buttons and steps alone
        self.sudo().write(vals)

    def _start(self, state):
        """Do it at once for few contacts, else by the job."""
        self.env.cr.execute(SQL("SELECT coalesce(max(id), 0) FROM res_partner"))
        (last_id,) = self.env.cr.fetchone()
        begun = {"state": state, "position": 0, "last_id": last_id, "error": False}
        self._note({**begun, "user_id": self.env.uid})
        if len(self._contacts()._search(self._condition(), limit=AT_ONCE + 1)) <= AT_ONCE:
            while self.state == state:
                self._step(AT_ONCE)
        else:
            # sudo: whoever may start a run may wake the job that does it
            self.env.ref("kunden_crm.cron_standard_run").sudo()._trigger()
        return True

    def _condition(self):
        """The domain of the contacts; ValueError where it is none."""
        words = {"uid": self.user_id.id, "context_today": lambda: fields.Date.context_today(self)}
        return Domain(safe_eval(self.domain or "[]", words))

    def _contacts(self):
        """The contacts as whoever started the run sees them; UserError for a bad condition."""
        company = self.company_id
        partners = self.env["res.partner"].with_user(self.user_id).with_company(company)
        partners = partners.with_context(allowed_company_ids=company.ids)
        try:
            partners._search(self._condition(), limit=1)
        except (ValueError, SyntaxError, TypeError, KeyError, AccessError) as error:
            raise UserError(self.env._("The condition cannot be read: %s", error)) from error
        return partners

    @api.model
    def _cron_look(self):
        """Every night: look at the values of all files anew, for the figures of the quality.

        What the last night found stays until this one has seen all files.
        """
        automatic = Domain("is_automatic", "=", True)
        if not self.search_count(automatic & Domain("state", "in", [*ENDS]), limit=1):
            nobody = self.env.ref("base.user_root")
            vals = {"is_automatic": True, "company_id": nobody.company_id.id}
            self.with_user(nobody).create(vals)._start("checking")

    def _forget_older(self):
        """Throw away what earlier nights found, once this one has seen all files."""
        if self.is_automatic and self.state == "checked":
            older = self.search([("is_automatic", "=", True), ("id", "!=", self.id)])
            for run in older:
                run._drop_lines()
            older.unlink()

    def _drop_lines(self):
        """Throw away what was proposed; there may be millions of lines."""
        self.env.cr.execute(SQL("DELETE FROM kunden_standard_line WHERE run_id = %s", self.id))
        self.env["kunden.standard.line"]._counted_anew()

    @api.model
    def _cron_run(self, batch=_BATCH):
        """Go on with the runs that are under way, in committed steps, until the time is up."""
        cron = self.env["ir.cron"]
        while run := self.search([("state", "in", [*ENDS])], order="id", limit=1):
            run = run.try_lock_for_update()
            if not run:
                break  # another worker has it
            run._step(batch)
            remaining = max(run.last_id - run.position, 0) if run.state in ENDS else 0
            if not cron._commit_progress(batch, remaining=remaining):
                break
            self.env.invalidate_all()
