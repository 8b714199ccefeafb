from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from .field_check import AT_ONCE
from .field_confirmation import SECTIONS
from .origin_mixin import ORIGINS

_CRON = "kunden_crm.cron_field_quality"
_SHARE = "sum(%(share)s * %(total)s) / nullif(sum(%(total)s), 0)"
# Of a month that is over its last day stays.
_KEEP = """
DELETE FROM kunden_field_quality
 WHERE day < date_trunc('month', %s::date)
   AND day NOT IN (SELECT max(day) FROM kunden_field_quality GROUP BY date_trunc('month', day))
"""
_MARK = """
UPDATE kunden_field_quality AS figure
   SET is_newest = last.newest, ends_month = last.ends_month
  FROM (SELECT day, day = max(day) OVER () AS newest,
               day = max(day) OVER (PARTITION BY date_trunc('month', day)) AS ends_month
          FROM kunden_field_quality GROUP BY day) AS last
 WHERE last.day = figure.day
   AND (figure.is_newest, figure.ends_month) IS DISTINCT FROM (last.newest, last.ends_month)
"""
_STALE_AFTER = timedelta(days=2)


class KundenFieldQuality(models.Model):
    """JUDGEMENT: how many files lack what on a day, by goal, field, origin, team and owner."""

    _name = "kunden.field.quality"
    _inherit = [
        "kunden.field.quality.standard.mixin",
        "kunden.field.quality.open.mixin",
        "kunden.field.quality.step.mixin",
    ]
    _description = "Data Quality"
    _order = "day desc, sequence, dimension, count desc, id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="cascade", help="Empty: files of all companies."
    )
    day = fields.Date(required=True, readonly=True)
    measure = fields.Selection(
        [
            ("completeness", "Completeness"),
            ("missing", "Something Missing"),
            ("junk", "Placeholders"),
            ("phone", "Unreadable Phone Numbers"),
            ("email", "E-Mail Bounced or Unreadable"),
            ("overdue", "To Be Confirmed Again"),
            ("standard", "Against the Standard"),
        ],
        required=True,
        readonly=True,
    )
    dimension = fields.Selection(
        [
            ("all", "All Files"),
            ("goal", "Goal"),
            ("field", "Field"),
            ("section", "Part of the File"),
            ("origin", "Came In By"),
            ("team", "Team"),
            ("user", "Owner"),
        ],
        string="By",
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True, help="Of what: the same on every day.")
    sequence = fields.Integer(readonly=True, aggregator=None)
    goal_id = fields.Many2one("kunden.goal", readonly=True, ondelete="cascade")
    field_id = fields.Many2one("kunden.field", readonly=True, ondelete="cascade")
    section = fields.Selection(list(SECTIONS), string="Part of the File", readonly=True)
    origin = fields.Selection(list(ORIGINS), string="Came In By", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Owner", readonly=True, ondelete="cascade")
    name = fields.Char(string="What", compute="_compute_name")
    count = fields.Integer(string="Affected", readonly=True)
    total = fields.Integer(string="Of", readonly=True)
    share = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Affected of all that could be; for the completeness the mean of the files.",
    )
    told = fields.Char(string="Files", compute="_compute_told")
    computed_at = fields.Datetime(string="As Of", readonly=True)
    age = fields.Char(compute="_compute_age")
    is_stale = fields.Boolean(compute="_compute_age")
    is_newest = fields.Boolean(string="Newest", readonly=True)
    ends_month = fields.Boolean(string="Last of Its Month", readonly=True)

    _newest = models.Index("(dimension, measure) WHERE is_newest")
    _once = models.UniqueIndex("(day, key)")

    @api.depends("dimension", "goal_id", "field_id", "section", "origin", "team_id", "user_id")
    @api.depends_context("lang")
    def _compute_name(self):
        nobody = {"user": self.env._("Without an owner"), "team": self.env._("Without a team")}
        for figure in self:
            by = figure.dimension
            if by in ("goal", "field", "team", "user"):
                # sudo: who may read the row may read of whom it speaks
                record = figure.sudo()[f"{by}_id"]
                figure.name = record.display_name or nobody.get(by, "")
            else:
                figure.name = figure._label(by if by in ("section", "origin") else "dimension")

    @api.depends("count", "total")
    @api.depends_context("lang")
    def _compute_told(self):
        number = self.env["kunden.field.rule"]._grouped_number
        for figure in self:
            figure.told = self.env._(
                "%(count)s of %(total)s files",
                count=number(figure.count),
                total=number(figure.total),
            )

    @api.depends("computed_at")
    @api.depends_context("lang", "tz")
    def _compute_age(self):
        oldest = fields.Datetime.now() - _STALE_AFTER
        for figure in self:
            moment = format_datetime(self.env, figure.computed_at, dt_format="short")
            figure.age = self.env._("As of %s", moment)
            figure.is_stale = figure.is_newest and figure.computed_at < oldest

    def _read_group_select(self, aggregate_spec, query):
        """A mean share is weighed by the files; a row of two files counts less than one of 200."""
        if aggregate_spec != "share:avg":
            return super()._read_group_select(aggregate_spec, query)
        columns = {
            name: self._field_to_sql(self._table, name, query) for name in ("share", "total")
        }
        return SQL(_SHARE, **columns)

    @api.model
    def _compute_figures(self, patterns=None):
        """All figures of today anew; the same few statements whatever there is to count."""
        today = fields.Date.context_today(self)
        self.env.flush_all()
        self.env.cr.execute(self._statement(today, patterns))
        self.env.cr.execute(SQL(_KEEP, today))
        self.env.cr.execute(SQL(_MARK))
        self.invalidate_model(flush=False)

    def action_compute(self):
        """Compute the figures now; in a large file the scheduler does it in a moment."""
        self.check_access("read")
        if self.env["kunden.field.check"]._contacts_at_most(AT_ONCE):
            # sudo: the figures are of all files; who reads which of them is asked when he reads
            self._look_anew()
            self.sudo()._compute_figures()
            told = self.env._("The figures are of now.")
        else:
            # sudo: see above
            self.env.ref(_CRON).sudo()._trigger()
            told = self.env._("The figures are being computed. Come back in a few minutes.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": told,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
