"""Incoming payments: what Odoo's register-payment wizard does, for all invoices at once.

The wizard knows one day of payment only; a run per day took half a minute.
"""

from .company import bank_journal
from .invoices import planned_invoices, receivable
from .plan import MONEY_COMES


def ensure_payments(env, plan):
    """Pay the planned invoices that no payment has touched yet, wholly or in part."""
    planned = {order.ref: order for order in plan if order.fate in MONEY_COMES}
    unpaid = (
        planned_invoices(env, planned)
        .filtered(lambda move: not move.matched_payment_ids and move.amount_residual)
        .sorted(lambda move: (planned[move.ref].settle_day, move.name))
    )
    journal = bank_journal(env)
    payments = (
        env["account.payment"]
        .with_context(skip_invoice_sync=True)
        .create([_values(invoice, planned[invoice.ref], journal) for invoice in unpaid])
    )
    payments.with_context(skip_sale_auto_invoice_send=True).action_post()
    env["account.move.line"]._reconcile_plan(
        [
            receivable(payment.move_id | invoice)
            for payment, invoice in zip(payments, unpaid, strict=True)
        ]
    )


def _values(invoice, order, journal):
    part = invoice.currency_id.round(invoice.amount_total * order.share)
    return {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": invoice.commercial_partner_id.id,
        "journal_id": journal.id,
        "date": order.settle_day,
        "amount": part if order.share < 1 else invoice.amount_residual,
        "currency_id": invoice.currency_id.id,
        "memo": invoice.payment_reference or invoice.name,
        "invoice_ids": [(6, 0, invoice.ids)],
    }
