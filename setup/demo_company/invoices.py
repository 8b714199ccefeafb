"""Invoices of the confirmed orders and the credit notes, backdated and posted."""

from datetime import timedelta


def ensure_invoices(env, plan):
    """Bill the planned orders that have no invoice yet; numbers follow the dates."""
    billed = {planned.ref: planned.invoice_day for planned in plan if planned.invoice_day}
    orders = env["sale.order"].search(
        [
            ("company_id", "=", env.company.id),
            ("client_order_ref", "in", list(billed)),
            ("state", "=", "sale"),
            ("invoice_ids", "=", False),
        ]
    )
    if not orders:
        return
    orders = orders.sorted(lambda order: (billed[order.client_order_ref], order.client_order_ref))
    invoices = orders._create_invoices(grouped=True)
    for invoice in invoices:
        # the invoice carries the reference of its order; delivered on the day before
        day = billed[invoice.ref]
        invoice.write({"invoice_date": day, "delivery_date": day - timedelta(days=1)})
    invoices.action_post()


def ensure_credit_notes(env, plan):
    """Credit the whole invoice or one piece of its first line; settle it against the invoice."""
    planned = {order.ref: order for order in plan if order.fate in ("credited", "returned")}
    invoices = planned_invoices(env, planned).filtered(lambda move: not move.reversal_move_ids)
    invoices = invoices.sorted(lambda move: planned[move.ref].settle_day)
    notes = invoices._reverse_moves([_note_values(move, planned) for move in invoices])
    for note in notes:
        if planned[note.reversed_entry_id.ref].fate == "returned":
            first, *others = note.invoice_line_ids
            note.invoice_line_ids = [
                (1, first.id, {"quantity": 1}),
                *((2, line.id) for line in others),
            ]
    notes.action_post()
    # posting has settled the whole ones already
    env["account.move.line"]._reconcile_plan(
        [receivable(note | note.reversed_entry_id) for note in notes if note.amount_residual]
    )


def planned_invoices(env, references):
    """The posted invoices of these orders."""
    return env["account.move"].search(
        [
            ("company_id", "=", env.company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("ref", "in", list(references)),
        ]
    )


def receivable(moves):
    """What the customer owes or is owed by these moves."""
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")


def _note_values(invoice, planned):
    day = planned[invoice.ref].settle_day
    return {
        "ref": f"Gutschrift zu {invoice.name}",
        "invoice_date": day,
        "date": day,
        "delivery_date": invoice.delivery_date,
    }
