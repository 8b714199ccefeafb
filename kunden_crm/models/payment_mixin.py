from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel.payments import paying, payment_class
from .household import TURNOVER_GROUPS
from .payment_figure_mixin import AMOUNTS

_READ = (*AMOUNTS, "oldest_due_date", "days_late")
CLASS_GROUPS = f"{TURNOVER_GROUPS},sales_team.group_sale_salesman,kunden_crm.group_user"


def _figure(kind, name, **values):
    """A field that is computed for a recordset, searched, sorted and grouped by the balances."""
    values.setdefault("groups", TURNOVER_GROUPS)
    if kind is fields.Monetary:
        values["currency_field"] = "payment_currency_id"
    return kind(
        compute="_compute_payments",
        search=lambda partners, operator, value: partners._search_figure(name, operator, value),
        **values,
    )


class KundenPaymentMixin(models.AbstractModel):
    """What a customer buys, owes and how he pays; the figures are those of the ledger.

    They belong to the commercial contact; its contact persons show the same. Several companies that
    the user works in at the moment are added up, in the currency of the one he works for.
    """

    _name = "kunden.payment.mixin"
    _inherit = ["kunden.payment.figure.mixin", "kunden.merge.mixin", "kunden.reading.mixin"]
    _description = "Payments of a Customer"

    payment_currency_id = fields.Many2one("res.currency", compute="_compute_payment_currency_id")
    turnover_this_year = _figure(
        fields.Monetary,
        "turnover_this_year",
        help="Posted invoices and receipts less corrections, without taxes, by invoice date. "
        "The companies you have ticked are added up in the currency of the first.",
    )
    turnover_last_year = _figure(
        fields.Monetary, "turnover_last_year", help="As this year's turnover, a year before."
    )
    turnover_total = _figure(
        fields.Monetary, "turnover_total", help="As this year's turnover, of all years."
    )
    open_amount = _figure(
        fields.Monetary,
        "open_amount",
        help="All open items, with taxes, less credits and payments on account.",
    )
    overdue_amount = _figure(
        fields.Monetary, "overdue_amount", help="What was due before today and is not paid."
    )
    oldest_due_date = _figure(
        fields.Date, "oldest_due_date", help="When the oldest unpaid item is or was due."
    )
    days_late = _figure(
        fields.Integer,
        "days_late",
        aggregator="max",
        help="How long the oldest unpaid item has been due.",
    )
    mean_days_late = _figure(
        fields.Float,
        "mean_days_late",
        digits=(16, 1),
        aggregator=None,
        help="From due date to settlement, as a plain mean of the invoices and instalments that "
        "were paid in this month and the eleven before; negative is early. Not what only a "
        "correction has settled.",
    )
    has_paid_this_year = fields.Boolean(
        string="Paid in 12 Months",
        compute="_compute_payments",
        groups=TURNOVER_GROUPS,
        help="Without a payment in twelve months there is no mean of days late.",
    )
    days_late_trend = _figure(
        fields.Selection,
        "days_late_trend",
        selection=[("sooner", "Sooner"), ("same", "Unchanged"), ("later", "Later")],
        help="The last six months against the six before; less than a day is no change.",
    )
    payment_class = _figure(
        fields.Selection,
        "payment_class",
        selection=[
            ("punctual", "Punctual"),
            ("late", "Late"),
            ("dunned", "Dunned"),
            ("critical", "Critical"),
        ],
        groups=CLASS_GROUPS,
        help="Critical: the third dunning step or later for an open item, or an item that is more "
        "than 60 days late. Dunned: any dunning step for an open item. Late: an item more than 3 "
        "days late, or 3 days on average of 12 months. Punctual: everybody else who was invoiced.",
    )

    @api.model
    def _what_may_be_empty(self):
        self.env["kunden.payment.balance"]._refresh()
        invoiced = """
            EXISTS (SELECT FROM kunden_payment_balance
                     WHERE partner_id = partner.commercial_partner_id)
        """
        figures = dict.fromkeys((*AMOUNTS, "days_late", "mean_days_late"), 0)
        figures |= dict.fromkeys(("oldest_due_date", "days_late_trend", "payment_class"))
        figures["has_paid_this_year"] = False
        empty = {name: (nothing, invoiced) for name, nothing in figures.items()}
        return super()._what_may_be_empty() | empty

    @api.depends_context("allowed_company_ids")
    def _compute_payment_currency_id(self):
        self.payment_currency_id = self.env.company.currency_id

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_payments(self):
        today = fields.Date.context_today(self)
        rows = self._read_balances()
        for partner in self:
            row = rows.get(partner.commercial_partner_id._origin.id, {})
            for name in _READ:
                partner[name] = row.get(name, False)
            months = row.get("months", {})
            paid = paying(months, today)
            partner.mean_days_late = paid.mean or 0.0
            partner.has_paid_this_year = paid.mean is not None
            partner.days_late_trend = paid.trend
            known = payment_class(row["level"], row["days_late"] or 0, paid.mean) if row else False
            partner.payment_class = known

    def _read_balances(self):
        """What the balances say, by commercial contact, in one query."""
        self.env["kunden.payment.balance"]._refresh()
        figures = SQL(", ").join(
            SQL("%s AS %s", self._figure_sql(name), SQL.identifier(name)) for name in _READ
        )
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT partner_id, %s, max(dunning_level) AS level,
                          jsonb_agg(paid_by_month) AS paid
                     FROM %s WHERE partner_id = ANY(%s) GROUP BY partner_id""",
                figures,
                self._balances_sql(),
                self.commercial_partner_id._origin.ids,
            )
        )
        for row in rows:
            months = row["months"] = {}
            for paid in row.pop("paid"):
                for month, sums in paid.items():
                    before = months.get(month, (0, 0))
                    months[month] = tuple(map(sum, zip(before, sums, strict=True)))
        return {row["partner_id"]: row for row in rows}

    def write(self, vals):
        """Whoever comes to a company or leaves it takes along what the ledger says of him."""
        moves = vals.keys() & {"parent_id", "is_company"}
        balances = self.env["kunden.payment.balance"]
        if moves:
            balances._mark(self.commercial_partner_id)
        result = super().write(vals)
        if moves:
            balances._mark(self)
        return result

    def _before_merge(self, survivor):
        """The balances of those who go make way: core would delete or double them."""
        self.env["kunden.payment.balance"]._make_way(self, survivor)
        return super()._before_merge(survivor)

    def _after_merge(self, survivor, household, role):
        """What the survivor has taken over is added up."""
        result = super()._after_merge(survivor, household, role)
        self.env["kunden.payment.balance"]._mark(survivor)
        return result
