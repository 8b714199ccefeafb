from odoo import api, models


class KundenColumnMixin(models.AbstractModel):
    """What is computed as a column of SQL: sorted, grouped and added up though stored nowhere."""

    _name = "kunden.column.mixin"
    _description = "Computed Columns"

    _kunden_columns = {}
    _kunden_next_column = models.BaseModel._field_to_sql

    @api.model
    def _column_makers(self):
        """Extend me: by name of a field the method that makes its column of alias and query."""
        return {}

    def _post_model_setup__(self):
        done = super()._post_model_setup__()
        if not self._abstract:
            type(self)._kunden_columns = self._column_makers()
            type(self)._kunden_next_column = super()._field_to_sql.__func__
        return done

    def _field_to_sql(self, alias, field_expr, query=None):
        # Called for each column of each statement: most fields pay for one look into a dict.
        if field_expr not in self._kunden_columns or query is None:
            return self._kunden_next_column(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return getattr(self, self._kunden_columns[field_expr])(alias, field_expr, query)
