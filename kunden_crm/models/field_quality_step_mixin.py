from odoo import api, fields, models
from odoo.tools import SQL

_BATCH = 20000
_PARTS = SQL.identifier("kunden_field_quality_part")
_MAKE = """
CREATE TABLE %(parts)s AS
WITH target AS (SELECT id FROM res_partner WHERE FALSE)
SELECT %(day)s::date AS day, 0 AS up_to, counted.* FROM (%(patterns)s) AS counted WITH NO DATA
"""
_COUNT = """
INSERT INTO %(parts)s (day, up_to, %(marks)s, files)
WITH target AS MATERIALIZED (SELECT id FROM res_partner WHERE active AND %(scope)s)
SELECT %(day)s, %(up_to)s, counted.* FROM (%(patterns)s) AS counted
"""


class KundenFieldQualityStepMixin(models.AbstractModel):
    """The files of a night counted in committed steps; the last one adds the parts up.

    The parts stand in a table of their own with the columns of the patterns. How far it has come is
    written in them, so that a night which is cut off goes on where it was.
    """

    _name = "kunden.field.quality.step.mixin"
    _description = "Counting the Data Quality in Steps"

    def init(self):
        """What an older version has counted has other columns."""
        self._drop_parts()

    @api.model
    def _drop_parts(self):
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", _PARTS))

    @api.model
    def _cron_compute(self, batch=_BATCH):
        """Every night, and when somebody asks for it in a large file, until the time is up."""
        cron, today = self.env["ir.cron"], fields.Date.context_today(self)
        self.env.flush_all()
        position = self._counted_up_to(today)
        while (up_to := self._next_id(position, batch)) is not None:
            self._count_range(today, position, up_to)
            position = up_to
            if not cron._commit_progress(batch, remaining=1):
                return
        self._compute_figures(self._added_up(today))
        self._drop_parts()
        cron._commit_progress(1)

    @api.model
    def _counted_up_to(self, day):
        """How far the files have been counted for that day; parts of another day are dropped."""
        exists = SQL("SELECT to_regclass(%s) IS NOT NULL", "kunden_field_quality_part")
        self.env.cr.execute(exists)
        if self.env.cr.fetchone()[0]:
            self.env.cr.execute(SQL("SELECT max(up_to) FROM %s WHERE day = %s", _PARTS, day))
            (position,) = self.env.cr.fetchone()
            if position:
                return position
            self._drop_parts()
        patterns, _marks = self._patterns(day, lambda _column: SQL("TRUE"))
        self.env.cr.execute(SQL(_MAKE, parts=_PARTS, day=day, patterns=patterns))
        return 0

    @api.model
    def _next_id(self, position, batch):
        """Up to which contact the next step goes; None where there is nobody left."""
        step = SQL(
            """SELECT max(id) FROM (
                   SELECT id FROM res_partner WHERE id > %s ORDER BY id LIMIT %s) AS following""",
            position,
            batch,
        )
        self.env.cr.execute(step)
        return self.env.cr.fetchone()[0]

    @api.model
    def _count_range(self, day, after, up_to):
        """Count the files of these ids; a row without files says that the step was done."""

        def scope(column):
            return SQL("%s > %s AND %s <= %s", column, after, column, up_to)

        patterns, marks = self._patterns(day, scope)
        self.env.cr.execute(
            SQL(
                _COUNT,
                parts=_PARTS,
                marks=marks,
                scope=scope(SQL("id")),
                day=day,
                up_to=up_to,
                patterns=patterns,
            )
        )
        done = SQL("INSERT INTO %s (day, up_to, files) VALUES (%s, %s, 0)", _PARTS, day, up_to)
        self.env.cr.execute(done)

    @api.model
    def _added_up(self, day):
        """The patterns of all steps as a SELECT."""
        _patterns, marks = self._patterns(day, lambda _column: SQL("TRUE"))
        return SQL(
            "SELECT %s, sum(files) AS files FROM %s WHERE files > 0 GROUP BY %s",
            marks,
            _PARTS,
            marks,
        )
