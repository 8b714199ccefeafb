"""Two companies that book for real, and a ledger that is read without any code of ours."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from odoo import fields
from odoo.fields import Command

from .sales_case import SalesCase

ROWS = """
SELECT line.id, partner.commercial_partner_id, line.company_id, move.move_type, line.display_type,
       account.account_type, line.balance, coalesce(line.date_maturity, line.date),
       coalesce(move.invoice_date, move.date)
  FROM account_move_line line
  JOIN account_move move ON move.id = line.move_id
  JOIN account_account account ON account.id = line.account_id
  JOIN res_partner partner ON partner.id = line.partner_id
 WHERE move.state = 'posted' AND partner.commercial_partner_id = ANY(%s)
"""
MATCHES = """
SELECT match.debit_move_id, match.credit_move_id, match.amount,
       greatest(debit.date, credit.date),
       move.move_type <> 'out_refund' AND journal.code <> 'EXCH'
  FROM account_partial_reconcile match
  JOIN account_move_line debit ON debit.id = match.debit_move_id
  JOIN account_move_line credit ON credit.id = match.credit_move_id
  JOIN account_move move ON move.id = credit.move_id
  JOIN account_journal journal ON journal.id = move.journal_id
"""
SOLD = ("out_invoice", "out_refund", "out_receipt")
NO_TURNOVER = ("tax", "payment_term", "line_section", "line_note", "line_subsection")


class LedgerCase(SalesCase):
    """Laden in Germany books in euros, Basel in francs; Ada keeps the books of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.basel = cls.env["res.company"].create({"name": "Basel"})
        cls.euro, cls.dollar = cls.env.ref("base.EUR"), cls.env.ref("base.USD")
        cls.franc = cls.env.ref("base.CHF")
        (cls.franc | cls.euro | cls.dollar).active = True
        for company, currency in ((cls.shop, cls.euro), (cls.basel, cls.franc)):
            charts = cls.env["account.chart.template"]
            charts.try_loading("generic_coa", company, install_demo=False)
            company.currency_id = currency
        cls.companies = cls.shop | cls.basel
        cls.rates()
        cls.ada = cls.staff("ada_of_the_books", "account.group_account_manager")
        cls.ada.write({"company_ids": [Command.set(cls.companies.ids)]})
        cls.books = {company: cls.prepare_books(company) for company in cls.companies}
        cls.env = cls.env(
            user=cls.ada,
            context={**cls.env.context, "allowed_company_ids": cls.companies.ids},
        )
        cls.skonto = cls.terms("2 % Skonto", 30, early_discount=True, discount_percentage=2.0)
        cls.skonto.sudo().discount_days = 10
        cls.fortnight = cls.terms("14 Tage", 14)
        cls.halves = cls.terms("Zwei Raten", 10, 40)

    @classmethod
    def rates(cls):
        """A rate of the dollar that changes, and one of the franc."""
        shop, basel = cls.companies
        cls.env["res.currency.rate"].search([("company_id", "in", cls.companies.ids)]).unlink()
        cls.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "company_id": company.id, "name": day, "rate": rate}
                for company, currency, day, rate in (
                    (shop, cls.euro, "2020-01-01", 1.0),
                    (shop, cls.dollar, "2020-01-01", 1.25),
                    (shop, cls.dollar, "2025-06-01", 1.1),
                    (shop, cls.franc, "2020-01-01", 0.96),
                    (basel, cls.franc, "2020-01-01", 1.0),
                    (basel, cls.euro, "2020-01-01", 1.05),
                    (basel, cls.dollar, "2020-01-01", 1.2),
                )
            ]
        )

    @classmethod
    def terms(cls, name, *days, **values):
        """Terms of payment in equal parts after so many days."""
        lines = [
            Command.create({"value": "percent", "value_amount": 100 / len(days), "nb_days": day})
            for day in days
        ]
        return (
            cls.env["account.payment.term"]
            .sudo()
            .create({"name": name, "company_id": False, "line_ids": lines, **values})
        )

    @classmethod
    def prepare_books(cls, company):
        """The bank of the company, with an account for money under way."""
        own = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        under_way = own["account.account"].create(
            {
                "name": "Geld unterwegs",
                "code": "1361",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        bank = own["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )
        bank.inbound_payment_method_line_ids.payment_account_id = under_way
        bank.outbound_payment_method_line_ids.payment_account_id = under_way
        return {"bank": bank}

    def bill(self, partner, amount=100.0, company=None, **values):
        """A posted document of that customer, without taxes unless said otherwise."""
        company = company or self.shop
        line = {"name": "Tee", "price_unit": amount, "tax_ids": values.pop("taxes", False)}
        post = values.pop("post", True)
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [Command.create(line)],
                    **values,
                }
            )
        )
        if post:
            move.action_post()
        return move

    def pay(self, moves, amount=None):
        """Money for these invoices; what is more than they cost stays on account."""
        first = moves[0]
        payment = (
            self.env["account.payment"]
            .with_company(first.company_id)
            .create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": first.commercial_partner_id.id,
                    "amount": amount or sum(moves.mapped("amount_residual")),
                    "currency_id": first.currency_id.id,
                    "journal_id": self.books[first.company_id]["bank"].id,
                    "date": fields.Date.today(),
                }
            )
        )
        payment.action_post()
        self.match(moves | payment.move_id)
        return payment.move_id

    def match(self, moves):
        """Matches what these documents leave open, account by account."""
        lines = moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )
        for account_lines in lines.grouped("account_id").values():
            account_lines.reconcile()

    def ledger(self, partners, company):
        """The figures of customers in a company today, from the journal items alone."""
        self.env.flush_all()
        self.env.cr.execute(ROWS, [partners.ids])
        rows = [row for row in self.env.cr.fetchall() if row[2] == company.id]
        self.env.cr.execute(MATCHES)
        matches = defaultdict(list)
        for debit, credit, amount, day, is_money in self.env.cr.fetchall():
            matches[debit].append((-amount, day, is_money))
            matches[credit].append((amount, day, is_money))
        return {
            partner: self._figures([row for row in rows if row[1] == partner.id], matches)
            for partner in partners
        }

    def _figures(self, rows, matches):
        """What is told of one customer by his journal items."""
        today = fields.Date.today()
        turnover, dues, late = defaultdict(float), [], []
        for line, _partner, _company, kind, display, account, balance, due, day in rows:
            if kind in SOLD and display not in NO_TURNOVER:
                turnover[day.year] -= float(balance)
            if account != "asset_receivable":
                continue
            told = matches[line]
            rest = round(float(balance + sum(amount for amount, _day, _money in told)), 2)
            if rest:
                dues.append((due, rest))
            elif kind in ("out_invoice", "out_receipt") and any(money for *_told, money in told):
                paid_on = max(match_day for _amount, match_day, _money in told)
                late.append((paid_on, (paid_on - due).days))
        oldest = min((due for due, rest in dues if rest > 0), default=False)
        days = max((today - oldest).days, 0) if oldest else 0
        mean = self._mean(late, today, 0, 11)
        return {
            "turnover_this_year": turnover[today.year],
            "turnover_last_year": turnover[today.year - 1],
            "turnover_total": sum(turnover.values()),
            "open_amount": sum(rest for _due, rest in dues),
            "overdue_amount": sum(rest for due, rest in dues if rest > 0 and due < today),
            "oldest_due_date": oldest,
            "days_late": days,
            "mean_days_late": self._tenths(mean or Fraction()),
            "days_late_trend": self._trend(
                self._mean(late, today, 6, 11), self._mean(late, today, 0, 5)
            ),
            "payment_class": self._class(rows, days, mean),
        }

    def _mean(self, late, today, first, last):
        """Days late of what was paid so many months ago."""
        days = [
            number
            for day, number in late
            if first <= (today.year - day.year) * 12 + today.month - day.month <= last
        ]
        return Fraction(sum(days), len(days)) if days else None

    @staticmethod
    def _tenths(mean):
        """Rounded as people do: a half away from zero."""
        exact = Decimal(mean.numerator) / mean.denominator
        return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))

    def _trend(self, before, now):
        if before is None or now is None:
            return False
        if abs(now - before) < 1:
            return "same"
        return "later" if now > before else "sooner"

    def _class(self, rows, days, mean):
        sold = [row for row in rows if row[5] == "asset_receivable"]
        if not sold:
            return False
        if days > 60:
            return "critical"
        return "late" if days > 3 or (mean or 0) > 3 else "punctual"

    def told(self, partner, company):
        """The same figures as the customer file tells them."""
        partner = partner.with_context(allowed_company_ids=company.ids)
        return {name: partner[name] for name in partner._payment_figures()}

    def assert_ledger(self, partners, note=""):
        """What the file tells of these customers is what the ledger holds."""
        for company in self.companies:
            figures = self.ledger(partners.commercial_partner_id, company)
            for partner in partners:
                told = self.told(partner, company)
                for name, value in figures[partner.commercial_partner_id].items():
                    about = f"{name} of {partner.name} in {company.name} {note}"
                    if isinstance(value, float):
                        self.assertAlmostEqual(told[name], value, 2, about)
                    else:
                        self.assertEqual(told[name], value, about)

    def day(self, text):
        return date.fromisoformat(text)
