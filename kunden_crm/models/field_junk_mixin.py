from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, Query

_READERS = "kunden_crm.group_reader"
# Most texts begin with a letter or a digit: those are no mere marks, and only looked up.
_MAY_BE = """
(ascii(%(column)s) NOT BETWEEN 48 AND 57 AND ascii(%(column)s) NOT BETWEEN 65 AND 90
 AND ascii(%(column)s) NOT BETWEEN 97 AND 122 OR lower(btrim(%(column)s)) = ANY(%(texts)s))
"""
# most columns are empty in most files: those are asked nothing
_TEXT = f"(%(column)s IS NOT NULL AND {_MAY_BE} AND %(column)s ~ '\\S' AND (%(blank)s))"
_JUNK = {
    "char": _TEXT,
    "text": _TEXT,
    # what is left of an empty page of the editor is no placeholder
    "html": r"""(%(column)s IS NOT NULL
                 AND regexp_replace(%(column)s, '<(?!img)[^>]*>|&nbsp;', '', 'g') ~ '\S'
                 AND (%(blank)s))""",
    "date": "(%(column)s IS NOT NULL AND (%(blank)s))",
}


class KundenFieldJunkMixin(models.AbstractModel):
    """What the page on data quality asks of a contact: the placeholders in it."""

    _name = "kunden.field.junk.mixin"
    _description = "Placeholders in a Contact"

    junk_field_ids = fields.Many2many(
        "kunden.field",
        string="Placeholders In",
        compute="_compute_junk_field_ids",
        search="_search_junk_field_ids",
        groups=_READERS,
        help="Fields in which somebody typed a text that counts as empty, such as “k.A.”.",
    )

    @api.model
    def _junk_sql(self, query):
        """Line of the catalogue -> SQL: whether the row `partner` holds a placeholder there.

        Only fields that the user may read; columns that differ by company are left out.
        """
        # sudo: which fields there are is the same for everybody; rights are asked per field
        entries = self.env["kunden.field"].sudo().search([("field_id", "!=", False)])
        rules, found = self.env["kunden.field.rule"]._of_nobody(), {}
        texts, _days = self.env["kunden.field.placeholder"]._texts_and_days()
        for entry in entries:
            field = self._fields.get(entry.technical_name)
            column = field and field.store and field.column_type and field.type in _JUNK
            if not column or field.company_dependent or not self._has_field_access(field, "read"):
                continue
            value = self.sudo()._field_to_sql("partner", field.name, query)
            found[entry] = SQL(
                _JUNK[field.type], column=value, blank=rules._blank_sql(entry, query), texts=texts
            )
        return found

    @api.model
    def _junk_query(self):
        """The contacts as `partner`, for the conditions of `_junk_sql`."""
        return Query(self.env, "partner", SQL.identifier("res_partner"))

    @api.depends_context("uid")
    def _compute_junk_field_ids(self):
        query = self._junk_query()
        junk = self._junk_sql(query)
        self.flush_recordset()
        marks = (SQL("CASE WHEN %s THEN %s END", mark, entry.id) for entry, mark in junk.items())
        query.add_where(SQL("partner.id = ANY(%s)", self._origin.ids))
        rows = query.select(
            SQL("partner.id"), SQL("array_remove(ARRAY[%s]::int[], NULL)", SQL(", ").join(marks))
        )
        found = dict(self.env.execute_query(rows))
        for partner in self:
            partner.junk_field_ids = found.get(partner._origin.id, ())

    @api.model
    def _search_junk_field_ids(self, operator, value):
        self._check_field_access(self._fields["junk_field_ids"], "read")
        if operator != "in":
            return NotImplemented
        wanted = set(value)
        query = self._junk_query()
        junk = {entry.id: (entry, mark) for entry, mark in self._junk_sql(query).items()}
        asked = [mark for number, (_entry, mark) in junk.items() if number in wanted]
        normal = [mark for entry, mark in junk.values() if entry.sensitivity == "normal"]
        found = self._any_mark(query, asked)
        return found | ~self._any_mark(query, normal) if False in wanted else found

    @api.model
    def _any_mark(self, query, marks):
        """The contacts in which one of these holds: one semi-join."""
        if not marks:
            return Domain.FALSE

        def to_sql(_model, alias, _query):
            return SQL(
                "EXISTS (SELECT FROM %s WHERE partner.id = %s AND (%s))",
                query.from_clause,
                SQL.identifier(alias, "id"),
                SQL(" OR ").join(marks),
            )

        return Domain.custom(to_sql=to_sql)
