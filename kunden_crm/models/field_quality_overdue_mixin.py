from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..kernel.freshness import stale_until
from .field_confirmation import SECTIONS

PARTS = tuple(section for section, _label in SECTIONS)
_KINDS = {"contact": [False, True], "person": [False], "company": [True]}
_CONFIRMED = "(SELECT partner_id, %s FROM kunden_field_confirmation WHERE %s GROUP BY partner_id)"
# A file of all companies goes by the most patient of them; 0 months is never.
_MONTHS = """
(SELECT id AS company_id, %(own)s FROM res_company
  UNION ALL SELECT NULL, %(patient)s FROM res_company WHERE active)
"""
_PATIENT = "max(%(months)s) * min(sign(coalesce(%(months)s, 0)))::int AS %(part)s"
_DUE = """
(%(asked)s AND greatest(partner.create_date::date, %(said)s) + make_interval(months => %(after)s)
               <= %(day)s AND partner.create_date IS NOT NULL) IS TRUE
"""


class KundenFieldQualityOverdueMixin(models.AbstractModel):
    """What is to be confirmed again on a day: as columns of all files, and as a domain."""

    _name = "kunden.field.quality.overdue.mixin"
    _description = "Overdue Confirmations"

    @api.model
    def _only_company(self):
        """The company of a database that has no other: files of all companies are its files."""
        # sudo: how many companies there are is asked, nothing of them
        companies = self.env["res.company"].sudo().search([], limit=2)
        return companies if len(companies) == 1 else companies.browse()

    @api.model
    def _overdue_columns(self, day):
        """Per part of the file: whether it is ever to be confirmed again, and whether it is now."""
        columns = {}
        for part in PARTS:
            after, said = SQL.identifier("months", part), SQL.identifier("said", part)
            kind = SQL("coalesce(partner.is_company, FALSE) = ANY(%s)", _KINDS[part])
            asked = SQL("%s > 0 AND %s", after, kind)
            columns[f"{part}_asked"] = SQL("(%s) IS TRUE", asked)
            columns[f"{part}_due"] = SQL(_DUE, asked=asked, said=said, after=after, day=day)
        return columns

    @api.model
    def _join_confirmations(self, query, scope):
        """The last confirmations of the files, and after how many months they are too old."""
        last = (
            SQL("max(date) FILTER (WHERE section = %s) AS %s", part, SQL.identifier(part))
            for part in PARTS
        )
        said = SQL(_CONFIRMED, SQL(", ").join(last), scope(SQL("partner_id")))
        query.add_join("LEFT JOIN", "said", said, SQL("said.partner_id = partner.id"))
        names = {part: SQL.identifier(f"confirm_{part}_months") for part in PARTS}
        own = (SQL("%s AS %s", name, SQL.identifier(part)) for part, name in names.items())
        patient = (
            SQL(_PATIENT, months=name, part=SQL.identifier(part)) for part, name in names.items()
        )
        months = SQL(_MONTHS, own=SQL(", ").join(own), patient=SQL(", ").join(patient))
        company = SQL(
            "coalesce(months.company_id, 0) = coalesce(partner.company_id, %s, 0)",
            self._only_company().id or None,
        )
        query.add_join("LEFT JOIN", "months", months, company)

    @api.model
    def _overdue_domain(self, company, parts, day):
        """The files of a company, or of all, of which one of these parts was overdue that day."""
        found = Domain.FALSE
        for part in parts:
            until = stale_until(day, self._months(company, part))
            if until:
                said = f"{part}_confirmed_on"
                found |= (
                    Domain("is_company", "in", _KINDS[part])
                    & Domain("create_date", "<", str(until + timedelta(days=1)))
                    & (Domain(said, "=", False) | Domain(said, "<=", str(until)))
                )
        return found

    @api.model
    def _months(self, company, part):
        """After how many months that part of the files of a company, or of all, is overdue."""
        # sudo: the months are no secret to whoever may read the figures
        everybody = self.env["res.company"].sudo()
        companies = company.sudo() or everybody.search([("active", "=", True)])
        months = companies.mapped(f"confirm_{part}_months")
        return max(months) if all(number > 0 for number in months) else 0
