"""Quotations and confirmed orders, backdated, from the plan."""

from datetime import datetime, time, timedelta

from .tables import missing

VALID = timedelta(days=30)


def ensure_orders(env, plan):
    """Create, settle and date the orders whose reference the company does not know yet."""
    wanted = missing(env, "sale.order", "client_order_ref", [planned.ref for planned in plan])
    todo = [planned for planned in plan if planned.ref in wanted]
    customers = _ids_by_key(env, "res.partner", "ref", {planned.customer for planned in todo})
    codes = {code for planned in todo for code, _quantity in planned.lines}
    products = _ids_by_key(env, "product.product", "default_code", codes)
    orders = env["sale.order"].create(
        [_values(planned, customers, products, env.company) for planned in todo]
    )
    _settle(orders, {planned.ref: planned.fate for planned in todo})
    for order, planned in zip(orders, todo, strict=True):
        # confirming sets the order date to now
        order.date_order = _moment(planned)


def _settle(orders, fates):
    """Send, cancel or confirm through the methods behind Odoo's own buttons."""
    grouped = orders.grouped(lambda order: fates[order.client_order_ref])
    nothing = orders.browse()
    grouped.pop("draft", nothing)
    grouped.pop("sent", nothing).action_quotation_sent()
    grouped.pop("cancelled", nothing).action_cancel()
    nothing.concat(*grouped.values()).action_confirm()


def _ids_by_key(env, model, field, keys):
    """Ids of the company's records by natural key, archived ones included."""
    records = (
        env[model]
        .with_context(active_test=False)
        .search_read([("company_id", "=", env.company.id), (field, "in", list(keys))], [field])
    )
    return {record[field]: record["id"] for record in records}


def _values(planned, customers, products, company):
    """A salesperson is given later, when the users are there; prices are the list prices."""
    return {
        "client_order_ref": planned.ref,
        "partner_id": customers[planned.customer],
        "company_id": company.id,
        "date_order": _moment(planned),
        "validity_date": planned.day + VALID,
        "pricelist_id": False,
        "user_id": False,
        "order_line": [
            (0, 0, {"product_id": products[code], "product_uom_qty": quantity})
            for code, quantity in planned.lines
        ],
    }


def _moment(planned):
    """Office hours; the number of the order spreads them over the day."""
    number = int(planned.ref[-3:])
    return datetime.combine(planned.day, time(7 + number % 9, number * 7 % 60))
