from odoo import api, fields, models
from odoo.tools import SQL

_BATCH = 20000
_SUMS = (
    *("turnover_total", "turnover_by_year", "open_amount", "open_by_due", "oldest_due_date"),
    *("paid_by_month", "dunning_level"),
)

# What the statement below reads: it is right only if all of it has been stored.
_LEDGER = {
    "account.move": (
        ["state", "move_type", "commercial_partner_id", "company_id", "journal_id"]
        + ["amount_untaxed_signed", "invoice_date", "date"]
    ),
    "account.move.line": (
        ["parent_state", "move_id", "partner_id", "company_id", "account_id", "date"]
        + ["date_maturity", "balance", "amount_residual", "reconciled"]
    ),
    "account.account": ["account_type"],
    "account.partial.reconcile": ["debit_move_id", "credit_move_id", "max_date"],
    "credit.control.line": ["state", "level", "move_line_id", "manually_overridden"],
    "res.company": ["currency_exchange_journal_id"],
    "res.partner": ["commercial_partner_id"],
}

# A rebuild of all customers reads most rows of every table. Looking them up by index, as the
# planner would for the receivable lines, takes several times as long as reading them in order.
_READ_IN_ORDER = """
SET LOCAL work_mem = '64MB';
SET LOCAL enable_indexscan = off;
SET LOCAL enable_bitmapscan = off
"""
_READ_AS_BEFORE = """
SET LOCAL work_mem TO DEFAULT;
SET LOCAL enable_indexscan TO DEFAULT;
SET LOCAL enable_bitmapscan TO DEFAULT
"""

# One pass over the invoices, one over the receivable lines. A line counts as paid on the day of the
# last match that settled it, unless nothing but a credit note (and an exchange difference) did.
_REBUILD = """
WITH target AS (%(target)s), yearly AS (
    SELECT partner.commercial_partner_id AS partner_id, move.company_id,
           extract(year FROM coalesce(move.invoice_date, move.date))::int AS year,
           sum(move.amount_untaxed_signed) AS amount
      FROM account_move move JOIN res_partner partner ON partner.id = move.commercial_partner_id
     WHERE move.state = 'posted' AND %(of_partner)s
       AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
     GROUP BY 1, 2, 3
), turnover AS (
    SELECT partner_id, company_id, sum(amount) AS total, jsonb_object_agg(year, amount) AS by_year
      FROM yearly GROUP BY 1, 2
), item AS MATERIALIZED (
    SELECT line.id, partner.commercial_partner_id AS partner_id, line.company_id, line.reconciled,
           line.move_id, line.balance, line.amount_residual AS amount,
           coalesce(line.date_maturity, line.date) AS due
      FROM account_move_line line JOIN res_partner partner ON partner.id = line.partner_id
     WHERE line.parent_state = 'posted' AND %(of_partner)s AND line.account_id = ANY(ARRAY(
           SELECT id FROM account_account WHERE account_type = 'asset_receivable'))
), holder AS (
    SELECT partner_id, company_id FROM item GROUP BY 1, 2
), due AS (
    SELECT partner_id, company_id, due, sum(amount) AS amount,
           sum(amount) FILTER (WHERE amount > 0) AS debit
      FROM item WHERE reconciled IS NOT TRUE GROUP BY 1, 2, 3
), open AS (
    SELECT partner_id, company_id, sum(amount) AS amount,
           min(due) FILTER (WHERE debit > 0) AS oldest,
           jsonb_object_agg(to_char(due, 'YYYY-MM-DD'), debit)
               FILTER (WHERE debit > 0) AS by_due
      FROM due GROUP BY 1, 2
), settled AS (
    SELECT item.partner_id, item.company_id, item.due, max(partial.max_date) AS day
      FROM item
      JOIN account_move move ON move.id = item.move_id
      JOIN account_partial_reconcile partial ON partial.debit_move_id = item.id
      JOIN account_move_line other ON other.id = partial.credit_move_id
      JOIN account_move by_move ON by_move.id = other.move_id
      JOIN res_company company ON company.id = item.company_id
     WHERE item.reconciled AND item.balance > 0 AND move.move_type IN ('out_invoice', 'out_receipt')
     GROUP BY item.id, 1, 2, 3
    HAVING bool_or(by_move.move_type <> 'out_refund' AND
        by_move.journal_id IS DISTINCT FROM company.currency_exchange_journal_id)
), monthly AS (
    SELECT partner_id, company_id, to_char(day, 'YYYY-MM') AS month, count(*) AS number,
           sum(day - due) AS days
      FROM settled GROUP BY 1, 2, 3
), paid AS (
    SELECT partner_id, company_id,
           jsonb_object_agg(month, jsonb_build_array(number, days)) AS by_month
      FROM monthly GROUP BY 1, 2
), dunned AS (
    SELECT item.partner_id, item.company_id, max(control.level) AS level
      FROM credit_control_line control JOIN item ON item.id = control.move_line_id
     WHERE control.state = 'sent' AND item.reconciled IS NOT TRUE
       AND control.manually_overridden IS NOT TRUE
     GROUP BY 1, 2
), balance AS (
    SELECT partner_id, company_id, coalesce(turnover.total, 0) AS turnover_total,
           coalesce(turnover.by_year, '{}') AS turnover_by_year,
           coalesce(open.amount, 0) AS open_amount, open.oldest AS oldest_due_date,
           coalesce(open.by_due, '{}') AS open_by_due,
           coalesce(paid.by_month, '{}') AS paid_by_month,
           coalesce(dunned.level, 0) AS dunning_level
      FROM holder FULL JOIN turnover USING (partner_id, company_id)
      LEFT JOIN open USING (partner_id, company_id)
      LEFT JOIN paid USING (partner_id, company_id)
      LEFT JOIN dunned USING (partner_id, company_id)
), gone AS (
    DELETE FROM kunden_payment_balance old WHERE %(of_row)s AND NOT EXISTS (
        SELECT FROM balance
         WHERE balance.partner_id = old.partner_id AND balance.company_id = old.company_id
    )
)
INSERT INTO kunden_payment_balance (partner_id, company_id, %(sums)s)
SELECT partner_id, company_id, %(made)s
  FROM balance LEFT JOIN kunden_payment_balance old USING (partner_id, company_id)
 WHERE old.id IS NULL OR (%(old)s) IS DISTINCT FROM (%(made)s)
    ON CONFLICT (partner_id, company_id) DO UPDATE SET (%(sums)s) = (%(new)s)
"""

_ABSENT = """
SELECT DISTINCT partner.commercial_partner_id
  FROM account_move_line line
  JOIN account_account account ON account.id = line.account_id
  JOIN res_partner partner ON partner.id = line.partner_id
 WHERE line.parent_state = 'posted' AND account.account_type = 'asset_receivable'
   AND NOT EXISTS (
       SELECT FROM kunden_payment_balance balance
        WHERE balance.partner_id = partner.commercial_partner_id
          AND balance.company_id = line.company_id
   )
 LIMIT %s
"""


def _columns_of(table):
    """The sums as columns of one of the tables in the statement."""
    return SQL(", ").join(SQL.identifier(table, name) for name in _SUMS)


class KundenPaymentBalance(models.Model):
    """JUDGEMENT: what the ledger says of a customer in a company; rebuilt from it at any time.

    All sums carry their dates (by year, by due date, by month of payment), so that what depends on
    today is asked of the row and the row need not change because a day or a year is over.
    """

    _name = "kunden.payment.balance"
    _description = "Balance of a Customer"
    _rec_name = "partner_id"
    _order = "open_amount desc, id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    turnover_total = fields.Monetary(
        string="Turnover",
        readonly=True,
        help="Posted invoices and receipts less corrections, without taxes.",
    )
    turnover_by_year = fields.Json(readonly=True)
    open_amount = fields.Monetary(
        string="Open", readonly=True, help="All open items, less credits and payments on account."
    )
    open_by_due = fields.Json(string="Open by Due Date", readonly=True)
    oldest_due_date = fields.Date(readonly=True)
    paid_by_month = fields.Json(string="Number and Days Late by Month", readonly=True)
    dunning_level = fields.Integer(
        readonly=True, aggregator=None, help="The highest step sent for an item that is open."
    )

    _once = models.UniqueIndex("(partner_id, company_id)")
    _due = models.Index("(oldest_due_date) WHERE oldest_due_date IS NOT NULL")

    @api.model
    def _mark(self, partners):
        """Notes whose ledger has changed; the sums are made once, at the flush or when asked."""
        precommit = self.env.cr.precommit
        marked = precommit.data.setdefault(self._name, set())
        if partners and not marked:
            precommit.add(self._refresh)
        marked.update(partners.ids)
        if partners:
            self._forget()

    @api.model
    def _refresh(self):
        """Makes the sums of the marked customers anew, in one statement."""
        marked = self.env.cr.precommit.data.get(self._name)
        if marked:
            ids = sorted(marked)
            marked.clear()
            self._rebuild(ids)

    @api.model
    def _rebuild(self, partner_ids=None):
        """Makes the rows of these customers anew in one statement; of all, where none are named."""
        for name, columns in _LEDGER.items():
            self.env[name].flush_model(columns)
        scope = SQL("TRUE"), SQL("TRUE")
        target = SQL("SELECT NULL::int AS id")
        if partner_ids is None:
            self.env.cr.execute(_READ_IN_ORDER)
        else:
            target = SQL(
                """SELECT unnest(%(ids)s) AS id UNION
                   SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%(ids)s)""",
                ids=list(partner_ids),
            )
            scope = (
                SQL("partner.commercial_partner_id IN (SELECT id FROM target)"),
                SQL("old.partner_id IN (SELECT id FROM target)"),
            )
        self.env.cr.execute(
            SQL(
                _REBUILD,
                target=target,
                of_partner=scope[0],
                of_row=scope[1],
                sums=SQL(", ").join(map(SQL.identifier, _SUMS)),
                old=_columns_of("old"),
                made=_columns_of("balance"),
                new=_columns_of("excluded"),
            )
        )
        if partner_ids is None:
            self.env.cr.execute(_READ_AS_BEFORE)
        self._forget()

    @api.model
    def _make_way(self, merged, survivor):
        """Drops the rows of those who are merged: core would double them or lose the survivor's."""
        self._mark(merged | survivor)
        self.env.cr.execute(
            SQL("DELETE FROM kunden_payment_balance WHERE partner_id = ANY(%s)", merged.ids)
        )

    @api.model
    def _forget(self):
        """Drops from memory what was read of these sums."""
        self.invalidate_model(flush=False)
        partners = self.env["res.partner"]
        partners.invalidate_model(partners._payment_figures(), flush=False)
        self.env["kunden.household"].invalidate_model(["turnover"], flush=False)

    @api.model
    def _search(self, *args, **kwargs):
        """The rows as they are now."""
        self._refresh()
        return super()._search(*args, **kwargs)

    @api.model
    def _absent(self, limit):
        """Customers who are in the ledger and have no row here, at most so many."""
        for name in ("account.move.line", "account.account", "res.partner"):
            self.env[name].flush_model(_LEDGER[name])
        return [partner_id for (partner_id,) in self.env.execute_query(SQL(_ABSENT, limit))]

    @api.model
    def _cron_fill(self, batch=_BATCH):
        """One step of the night: rows that another program's entries lack."""
        absent = self._absent(batch + 1)
        if absent:
            self._rebuild(absent[:batch])
        self.env["ir.cron"]._commit_progress(len(absent[:batch]), remaining=len(absent[batch:]))
