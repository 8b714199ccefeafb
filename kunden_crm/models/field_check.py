from odoo import api, fields, models, tools
from odoo.tools import SQL

# So many contacts are judged with the change of the rule itself; of more, a job judges them.
AT_ONCE = 5000
_BATCH = 5000


class KundenFieldCheck(models.Model):
    """JUDGEMENT: a version of the rules, and how far the files have been judged by it."""

    _name = "kunden.field.check"
    _description = "Check of All Customer Files"
    _order = "id desc"

    in_force = fields.Json(string="Rules in Force", help="Ids of the rules of this version.")
    position = fields.Integer(help="All contacts up to this id have been judged.")
    last_id = fields.Integer(string="Up To", help="The last contact to be judged.")
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("replaced", "Replaced")],
        required=True,
        default="running",
    )
    done_at = fields.Datetime()
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")

    @api.depends("position", "last_id", "state")
    def _compute_progress(self):
        for check in self:
            share = 100 * check.position // check.last_id if check.last_id else 100
            check.progress = 100 if check.state == "done" else min(share, 99)

    @api.model
    @tools.ormcache()
    def _version(self):
        """The version of the rules, a number that only grows; 0 before there was any rule."""
        # sudo: whoever saves a contact has it judged by the newest version
        return self.sudo().search([], limit=1).id or 0

    @api.model
    @tools.ormcache("today")
    def _is_of(self, today):
        """Whether the newest version is that of the rules of today; some begin or end at night."""
        # sudo: see _version
        newest = self.sudo().search([], limit=1)
        return list(self.env["kunden.field.rule"]._in_force(today)) == (newest.in_force or [])

    @api.model
    def _begin(self):
        """A new version of the rules: few contacts are judged at once, many by the job."""
        rules = self.env["kunden.field.rule"]
        in_force = rules._in_force(rules._today())
        # sudo: a manager of the file makes rules; the judging that follows is nobody's own
        checks = self.sudo()
        if not in_force and not checks._version():
            return
        checks.search([("state", "=", "running")]).state = "replaced"
        self.env.cr.execute(SQL("SELECT coalesce(max(id), 0) FROM res_partner"))
        (last_id,) = self.env.cr.fetchone()
        check = checks.create({"in_force": list(in_force), "last_id": last_id})
        self.env.registry.clear_cache()
        self._forget()
        self.env["kunden.field.verdict"]._make_function()
        if self._contacts_at_most(AT_ONCE):
            check._judge_up_to(last_id)
        else:
            # sudo: see above
            self.env.ref("kunden_crm.cron_field_check").sudo()._trigger()

    @api.model
    def _contacts_at_most(self, number):
        """Whether there are at most so many contacts; looks at no more of them."""
        self.env.cr.execute(SQL("SELECT id FROM res_partner OFFSET %s LIMIT 1", number))
        return not self.env.cr.fetchone()

    def _judge_up_to(self, position):
        """Judge the contacts after the present position, up to that id."""
        self.ensure_one()
        # a step that a crash loses is judged again: nobody need wait for the disk
        self.env.cr.execute("SET LOCAL synchronous_commit = off")
        self.env["kunden.field.verdict"]._judge_range(self.position, position)
        done = position >= self.last_id
        ended = {"state": "done", "done_at": fields.Datetime.now()} if done else {}
        self.write({"position": position, **ended})
        self._forget()

    @api.model
    def _forget(self):
        """Drops from memory what was read of verdicts."""
        partners = self.env["res.partner"]
        partners.invalidate_model(partners._gap_figures(), flush=False)

    def _next_position(self, batch):
        """The id up to which so many contacts are judged."""
        step = SQL(
            "SELECT id FROM res_partner WHERE id > %s AND id <= %s ORDER BY id OFFSET %s LIMIT 1",
            self.position,
            self.last_id,
            batch - 1,
        )
        self.env.cr.execute(step)
        found = self.env.cr.fetchone()
        return found[0] if found else self.last_id

    @api.model
    def _cron_check(self, batch=_BATCH):
        """Judge the files by the newest rules in small committed steps, until the time is up."""
        running = self.search_count([("state", "=", "running")], limit=1)
        if not running and not self._is_of(self.env["kunden.field.rule"]._today()):
            self._begin()
        cron = self.env["ir.cron"]
        while check := self.search([("state", "=", "running")], limit=1).try_lock_for_update():
            check._judge_up_to(check._next_position(batch))
            remaining = max(check.last_id - check.position, 0)
            if not cron._commit_progress(batch, remaining=remaining) or not remaining:
                break

    @api.model
    def _cron_check_all(self):
        """Every night all files are judged anew: conditions through other tables have changed."""
        rules = self.env["kunden.field.rule"]
        if self._version() and rules._in_force(rules._today()):
            self._begin()
            # a process that still calls a function of yesterday has not heard of its rules' end
            yesterday = fields.Date.subtract(rules._today(), days=1)
            self.env["kunden.field.verdict"]._drop_functions(yesterday)
