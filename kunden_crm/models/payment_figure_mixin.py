from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..kernel.payments import (
    CRITICAL_DAYS,
    CRITICAL_LEVEL,
    GRACE_DAYS,
    MONTHS,
    NOTICEABLE,
    month_key,
)
from .household import COMPARISONS

_PAID = """sum((
    SELECT sum((sums->>{0})::int) FROM jsonb_each(balance.paid_by_month) AS paid (month, sums)
     WHERE month BETWEEN %({1})s AND %({2})s
))"""
_MEAN, _BEFORE, _NOW = (
    f"({_PAID.format(1, *months)}::float / nullif({_PAID.format(0, *months)}, 0))"
    for months in (("year_ago", "month"), ("year_ago", "middle"), ("half_ago", "month"))
)
_DAYS = "greatest(%(today)s::date - min(balance.oldest_due_date), 0)"
_OVERDUE = """
coalesce(sum(CASE WHEN balance.oldest_due_date < %(today)s::date THEN (
    SELECT sum(debit::numeric) FROM jsonb_each_text(balance.open_by_due) AS item (due, debit)
     WHERE due < %(today)s::text
) * company.rate END), 0)
"""

# Each figure of a customer as an aggregate of his balances, one per company.
_FIGURES = {
    "turnover_this_year": (
        "coalesce(sum((balance.turnover_by_year->>%(this_year)s)::numeric * company.rate), 0)"
    ),
    "turnover_last_year": (
        "coalesce(sum((balance.turnover_by_year->>%(last_year)s)::numeric * company.rate), 0)"
    ),
    "turnover_total": "sum(balance.turnover_total * company.rate)",
    "open_amount": "sum(balance.open_amount * company.rate)",
    "overdue_amount": _OVERDUE,
    "oldest_due_date": "min(balance.oldest_due_date)",
    "days_late": _DAYS,
    "mean_days_late": f"coalesce(round(({_MEAN})::numeric, 1), 0)",
    "days_late_trend": f"""
        CASE WHEN abs({_NOW} - {_BEFORE}) < %(noticeable)s THEN 'same'
             WHEN {_NOW} > {_BEFORE} THEN 'later' WHEN {_NOW} < {_BEFORE} THEN 'sooner' END""",
    "payment_class": f"""
        CASE WHEN max(balance.dunning_level) >= %(critical_level)s
                  OR {_DAYS} > %(critical_days)s THEN 'critical'
             WHEN max(balance.dunning_level) > 0 THEN 'dunned'
             WHEN {_DAYS} > %(grace)s OR {_MEAN} > %(grace)s THEN 'late'
             ELSE 'punctual' END""",
}
AMOUNTS = ("turnover_this_year", "turnover_last_year", "turnover_total", "open_amount")
AMOUNTS += ("overdue_amount",)
_EMPTY = ("oldest_due_date", "days_late_trend", "payment_class")


class KundenPaymentFigureMixin(models.AbstractModel):
    """The figures of a customer as SQL: searched and sorted by one join each."""

    _name = "kunden.payment.figure.mixin"
    _inherit = "kunden.column.mixin"
    _description = "Payment Figures as Columns"

    @api.model
    def _payment_figures(self):
        return list(_FIGURES)

    @api.model
    def _balances_sql(self):
        """The balances of the companies the user works in, with the rate to the currency shown."""
        rates = self._company_rates()
        return SQL(
            """kunden_payment_balance AS balance
               JOIN (VALUES %s) AS company (id, rate) ON company.id = balance.company_id""",
            SQL(", ").join(
                SQL("(%s, %s::numeric)", company_id, rate) for company_id, rate in rates.items()
            ),
        )

    @api.model
    def _company_rates(self):
        """The companies the user works in, each with what one of its money is worth here."""
        company, companies = self.env.company, self.env.companies
        if companies == company:
            return {company.id: 1.0}
        today = fields.Date.context_today(self)
        rate = {
            currency: currency.with_company(company).with_context(date=today).rate
            for currency in companies.currency_id
        }
        own = rate[company.currency_id]
        return {each.id: own / rate[each.currency_id] for each in companies}

    @api.model
    def _figure_sql(self, name):
        """A figure of today as an aggregate over the balances of a customer."""
        today = fields.Date.context_today(self)
        sql = SQL(
            _FIGURES[name],
            today=today.isoformat(),
            this_year=str(today.year),
            last_year=str(today.year - 1),
            month=month_key(today),
            half_ago=month_key(today, MONTHS // 2 - 1),
            middle=month_key(today, MONTHS // 2),
            year_ago=month_key(today, MONTHS - 1),
            noticeable=NOTICEABLE,
            grace=GRACE_DAYS,
            critical_days=CRITICAL_DAYS,
            critical_level=CRITICAL_LEVEL,
        )
        if name in AMOUNTS and len(self.env.companies) > 1:
            return SQL("round(%s, %s)", sql, self.env.company.currency_id.decimal_places)
        return sql

    @api.model
    def _figure_table_sql(self, name):
        """One figure of all customers: partner_id, value."""
        self.env["kunden.payment.balance"]._refresh()
        return SQL(
            "(SELECT partner_id, %s AS value FROM %s GROUP BY partner_id)",
            self._figure_sql(name),
            self._balances_sql(),
        )

    @api.model
    def _turnover_of(self, partner_ids):
        """The turnover of all years of these commercial contacts, in one query."""
        figure = SQL(
            "SELECT partner_id, value FROM %s AS figure WHERE partner_id = ANY(%s)",
            self._figure_table_sql("turnover_total"),
            partner_ids,
        )
        return dict(self.env.execute_query(figure))

    @api.model
    def _search_figure(self, name, operator, value):
        """Core asks for the right to read a field only where it is a column."""
        self._check_field_access(self._fields[name], "read")
        compare = COMPARISONS.get(operator)
        if not compare:
            return NotImplemented
        column, empty = SQL("figure.value"), name in _EMPTY
        if operator == "in":
            values = [one or 0 for one in value if one or not empty]
            found = SQL("%s = ANY(%s)", column, values) if values else SQL("FALSE")
            absent = False in value if empty else 0 in value
            if empty and absent:
                found = SQL("(%s OR %s IS NULL)", found, column)
        else:
            found = SQL("%s %s %s", column, SQL(operator), value)
            absent = not empty and compare(0, value)
        table = self._figure_table_sql(name)
        field = self._fields["commercial_partner_id"]

        def to_sql(_model, alias, _query):
            return SQL(
                "%s (SELECT FROM %s figure WHERE figure.partner_id = %s AND %s)",
                SQL("NOT EXISTS") if absent else SQL("EXISTS"),
                table,
                SQL.identifier(alias, field.name, to_flush=field),
                SQL("(%s) IS NOT TRUE", found) if absent else found,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _column_makers(self):
        figures = dict.fromkeys(_FIGURES, "_figure_column_sql")
        return super()._column_makers() | figures | {"payment_currency_id": "_currency_sql"}

    def _currency_sql(self, _alias, _name, _query):
        return SQL("%s::int", self.env.company.currency_id.id)

    def _figure_column_sql(self, alias, name, query):
        figure = query.make_alias(alias, name)
        field = self._fields["commercial_partner_id"]
        query.add_join(
            "LEFT JOIN",
            figure,
            self._figure_table_sql(name),
            SQL(
                "%s = %s",
                SQL.identifier(alias, field.name, to_flush=field),
                SQL.identifier(figure, "partner_id"),
            ),
        )
        column = SQL.identifier(figure, "value")
        return column if name in _EMPTY else SQL("COALESCE(%s, 0)", column)

    def _read_group_select(self, aggregate_spec, query):
        """A sum counts each customer once: contact persons show what is their company's."""
        name, _colon, aggregator = aggregate_spec.partition(":")
        if name in AMOUNTS and aggregator in ("sum", "sum_currency"):
            return SQL(
                "SUM(%s) FILTER (WHERE %s = %s)",
                self._field_to_sql(self._table, name, query),
                SQL.identifier(self._table, "commercial_partner_id"),
                SQL.identifier(self._table, "id"),
            )
        return super()._read_group_select(aggregate_spec, query)
