from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# What the run of the night found and nobody has mended or kept since.
_OPEN = """
SELECT line.partner_id, array_agg(DISTINCT entry.id) AS fields
  FROM kunden_standard_line line
  JOIN kunden_standard_run run ON run.id = line.run_id AND run.is_automatic
   AND run.state = 'checked'
  JOIN ir_model_fields field ON field.name = line.field_name AND field.model = 'res.partner'
  JOIN kunden_field entry ON entry.field_id = field.id
 WHERE line.state IN ('proposed', 'ask') AND %s
 GROUP BY line.partner_id
"""
_BY_FIELD = """
SELECT 'standard', 'field', company_id, NULL, NULL::int, NULL::int, NULL::int, field_id, NULL,
       affected, files, affected::float / files
  FROM (SELECT company_id, field_id, sum(files) AS affected
          FROM pattern, unnest(misspelled) AS field_id GROUP BY company_id, field_id) AS wrong
  JOIN (SELECT company_id AS of_company, sum(files) AS files
          FROM pattern GROUP BY company_id) AS every
    ON of_company IS NOT DISTINCT FROM company_id
"""


class KundenFieldQualityStandardMixin(models.AbstractModel):
    """The figures of values that are not written as their standard says, since last night."""

    _name = "kunden.field.quality.standard.mixin"
    _inherit = "kunden.field.quality.sql.mixin"
    _description = "Data Quality by the Standards"

    @api.model
    def _has_looked(self):
        """Whether the files have been checked at all; else nothing is known and nothing said."""
        # sudo: a run of the night belongs to nobody
        runs = self.env["kunden.standard.run"].sudo()
        return bool(runs.search_count([("is_automatic", "=", True), ("state", "=", "checked")]))

    @api.model
    def _look_anew(self):
        """The values of all files, compared with the standards before the figures are computed."""
        # sudo: as _has_looked
        self.env["kunden.standard.run"].sudo()._cron_look()

    @api.model
    def _file_query(self, day, scope):
        query, columns = super()._file_query(day, scope)
        open_lines = SQL("(%s)", SQL(_OPEN, scope(SQL("line.partner_id"))))
        query.add_join("LEFT JOIN", "spelled", open_lines, SQL("spelled.partner_id = partner.id"))
        return query, columns | {"misspelled": SQL("coalesce(spelled.fields, '{}')")}

    @api.model
    def _branches(self):
        branches = super()._branches()
        if self._has_looked():
            branches += [self._by_group("standard", SQL("misspelled <> '{}'")), SQL(_BY_FIELD)]
        return branches

    def _wrong_standard(self):
        names = self.field_id.technical_name if self.field_id else False
        return Domain("against_standard", "=", names or "any")
