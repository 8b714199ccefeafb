"""The jobs of payments.py inside Odoo; see worker.py."""

import sys
from time import perf_counter

import worker

from odoo.fields import Command

# One pass over the same rows: by commercial customer, company, year and kind of account.
PASS = """
SELECT count(*) FROM (
    SELECT partner.commercial_partner_id, line.company_id, account.account_type,
           extract(year FROM coalesce(move.invoice_date, move.date)), sum(line.balance),
           sum(line.amount_residual), max(line.date_maturity), count(*)
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN account_account account ON account.id = line.account_id
      JOIN res_partner partner ON partner.id = line.partner_id
     WHERE move.state = 'posted'
     GROUP BY 1, 2, 3, 4
) AS sums
"""
# A contact who logs in costs core queries of his own.
BUYERS = """
SELECT commercial_partner_id FROM account_move
 WHERE state = 'posted' AND move_type = 'out_invoice'
   AND commercial_partner_id NOT IN (SELECT partner_id FROM res_users)
 GROUP BY 1 ORDER BY count(*) {}, 1 LIMIT 1
"""


class PaymentJobs(worker.Jobs):
    """One method per job; each gets an environment of the administrator."""

    def books(self, env):
        """Accounts and journals by their ids, for invoices.sql; makes a missing chart."""
        company = env.company
        if not company.chart_template:
            charts = env["account.chart.template"]
            charts.try_loading("generic_coa", company, install_demo=False)
        env.cr.commit()
        own = [("company_id", "=", company.id)]
        numbers = {"company": company.id}
        for name, kind in (("sales", "sale"), ("cash", "bank")):
            journals = env["account.journal"].search([*own, ("type", "=", kind)], limit=1)
            numbers[name] = journals.id
        for name, kind in (
            ("receivable", "asset_receivable"),
            ("income", "income"),
            ("bank", "asset_cash"),
        ):
            domain = [("company_ids", "in", company.ids), ("account_type", "=", kind)]
            numbers[name] = env["account.account"].search(domain, limit=1).id
        return numbers

    def keep_balances(self, env):
        """Makes the balances of the whole ledger and keeps them."""
        env["kunden.payment.balance"]._rebuild()
        env.cr.commit()
        env.cr.execute("ANALYZE kunden_payment_balance")
        env.cr.commit()
        return True

    def one_pass(self, env, number):
        """Seconds for one aggregation of the ledger."""
        env.cr.execute("SET LOCAL work_mem = '64MB'")
        return self._seconds(lambda: env.cr.execute(PASS))

    def balances(self, env, number):
        """Seconds for making all balances anew."""
        return self._seconds(env["kunden.payment.balance"]._rebuild)

    def payment_queries(self, env, much):
        """How many queries it takes to store a payment, of who bought most or least before."""
        env.cr.execute(BUYERS.format("DESC" if much else "ASC"))
        (partner_id,) = env.cr.fetchone()
        counts = []
        for _warm in range(2):
            line = Command.create({"name": "x", "price_unit": 100, "tax_ids": False})
            invoice = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner_id,
                    "invoice_line_ids": [line],
                }
            )
            invoice.action_post()
            env.cr.flush()
            wizard = env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            before = env.cr.sql_log_count
            wizard.create({})._create_payments()
            env.cr.flush()
            counts.append(env.cr.sql_log_count - before)
        return counts[-1]

    def _seconds(self, act):
        start = perf_counter()
        act()
        return perf_counter() - start


worker.Jobs = PaymentJobs

if __name__ == "__main__":
    worker.main(sys.argv[1])
