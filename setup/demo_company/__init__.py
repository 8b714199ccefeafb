"""A German demo company, made inside `odoo shell` by `build(env)`.

A plain Python package, no add-on: nothing of it carries an xmlid or stands in a manifest. Things
are recognised by what makes them unique anyway: the company by its VAT number, products and
customers by their numbers, orders and invoices by references such as DEMO-2024-017.
"""

from datetime import date

from odoo import SUPERUSER_ID
from odoo.fields import Date

from .access import ensure_access
from .company import company_env, ensure_company
from .customers import ensure_customers
from .invoices import ensure_credit_notes, ensure_invoices
from .orders import ensure_orders
from .payments import ensure_payments
from .plan import make_plan
from .products import ensure_products

STOCK = (ensure_products, ensure_customers)
TRADE = (ensure_orders, ensure_invoices, ensure_credit_notes, ensure_payments)
DAY_KEY = "demo_company.day"
DONE_KEY = "demo_company.done"
SILENT = {
    "lang": "de_DE",
    "tz": "Europe/Berlin",
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
}


def build(env, today=None, commit=None):
    """Make the demo company, or what is missing of it, and return it.

    `commit`, if given, is called after each step, so that an interrupted build goes on where it
    stopped. All dates are relative to the day of the first call, which the database remembers.
    Once all is there, later calls only look after users and website: what somebody merged or
    deleted since does not come back.
    """
    commit = commit or _keep_open
    env["res.lang"]._activate_lang("de_DE")
    quiet = env(user=SUPERUSER_ID, su=True, context={**env.context, **SILENT})
    company = ensure_company(quiet)
    inside = company_env(quiet, company)
    first_day = _first_day(inside, today or date.today())
    commit()
    settings = inside["ir.config_parameter"]
    if not settings.get_param(DONE_KEY):
        _fill(inside, make_plan(first_day), commit)
        settings.set_param(DONE_KEY, "yes")
    ensure_access(inside)
    commit()
    return company.with_env(env)


def _fill(env, plan, commit):
    for step in STOCK:
        step(env)
        commit()
    for step in TRADE:
        step(env, plan)
        commit()


def _first_day(env, today):
    """The day from which all dates count: that of the first call."""
    settings = env["ir.config_parameter"]
    known = settings.get_param(DAY_KEY)
    if not known:
        settings.set_param(DAY_KEY, Date.to_string(today))
    return Date.to_date(known) if known else today


def _keep_open():
    """Without a commit the caller's transaction holds it all."""
