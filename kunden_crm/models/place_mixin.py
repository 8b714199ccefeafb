import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_DIGITS = 2
_SIGN, _ESCAPED = re.compile(r"[%_\\]"), r"\\\g<0>"


class KundenPlaceMixin(models.AbstractModel):
    """Where somebody lives, in the coarse areas in which one plans visits and mailings."""

    _name = "kunden.place.mixin"
    _inherit = "kunden.column.mixin"
    _description = "Area of an Address"

    zip_area = fields.Char(
        string="Postcode Area",
        compute="_compute_zip_area",
        search="_search_zip_area",
        help="The first two characters of the postcode.",
    )

    @api.depends("zip")
    def _compute_zip_area(self):
        for partner in self:
            partner.zip_area = (partner.zip or "")[:_DIGITS] or False

    @api.model
    def _search_zip_area(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("zip", "=like", f"{_SIGN.sub(_ESCAPED, area)}%")
            if area
            else Domain("zip", "=", False)
            for area in value
        )

    @api.model
    def _column_makers(self):
        return super()._column_makers() | {"zip_area": "_zip_area_sql"}

    def _zip_area_sql(self, alias, _name, query):
        postcode = self._field_to_sql(alias, "zip", query)
        return SQL("NULLIF(LEFT(%s, %s), '')", postcode, SQL(str(_DIGITS)))
