from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_PERSON = Domain("is_company", "=", False)
_OF_COMPANY = Domain("commercial_partner_id.is_company", "=", True)


class KundenKindMixin(models.AbstractModel):
    """What kind of customer somebody is, and whether he is a consumer in the eyes of the law."""

    _name = "kunden.kind.mixin"
    _inherit = "kunden.column.mixin"
    _description = "Kind of Customer"

    is_consumer = fields.Boolean(
        string="Consumer",
        compute="_compute_is_consumer",
        store=True,
        readonly=False,
        help="A consumer in the sense of BGB section 13. Proposed for private customers without a"
        " tax ID; a freelancer is a business, so untick it for him.",
    )
    customer_kind = fields.Selection(
        [("company", "Company"), ("private", "Private Customer"), ("contact", "Contact Person")],
        string="Kind of Customer",
        compute="_compute_customer_kind",
        search="_search_customer_kind",
    )

    @api.depends("is_company", "vat", "commercial_partner_id.is_company")
    def _compute_is_consumer(self):
        for partner in self:
            # "/" is core's sign for somebody who has no tax ID.
            business = partner.is_company or partner.commercial_partner_id.is_company
            partner.is_consumer = not business and len(partner.vat or "") < 2

    @api.depends("is_company", "commercial_partner_id.is_company")
    def _compute_customer_kind(self):
        for partner in self:
            person = "contact" if partner.commercial_partner_id.is_company else "private"
            partner.customer_kind = "company" if partner.is_company else person

    @api.model
    def _column_makers(self):
        return super()._column_makers() | {"customer_kind": "_kind_sql"}

    def _kind_sql(self, alias, _name, query):
        head = query.left_join(alias, "commercial_partner_id", self._table, "id", "kind")
        return SQL(
            "CASE WHEN %s THEN 'company' WHEN %s THEN 'contact' ELSE 'private' END",
            self._field_to_sql(alias, "is_company", query),
            self._field_to_sql(head, "is_company", query),
        )

    @api.model
    def _search_customer_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        kinds = {
            "company": ~_PERSON,
            "private": _PERSON & ~_OF_COMPANY,
            "contact": _PERSON & _OF_COMPANY,
        }
        return Domain.OR(kinds[kind] for kind in value if kind in kinds)
