"""Who works in the demo company: the demo users of the add-ons, the administrator, the website."""

from .tables import rows

LOGINS = ("lena", "klara", "markus", "dagmar", "anton", "mira")
SELLERS = ("klara", "markus")


def ensure_access(env):
    """Give users and website the company; may be called again when more of them are there."""
    users = env["res.users"].with_context(active_test=False)
    _place_users(users.search([("login", "in", LOGINS)]))
    spare = _main_company_is_spare(env)
    _admit_administrator(env, spare)
    if spare and "website" in env:
        main = env.ref("base.main_company")
        env["website"].search([("company_id", "=", main.id)]).company_id = env.company
    _share_customers(env, users.search([("login", "in", SELLERS)], order="login"))


def _place_users(users):
    """Demo users see the demo company alone; what they set themselves later stays."""
    company = users.env.company
    users.filtered(lambda user: user.company_id != company).write(
        {
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "tz": "Europe/Berlin",
            "lang": "de_DE",
        }
    )


def _admit_administrator(env, spare):
    """The administrator may enter; where the main company is unused, he starts here."""
    admin = env.ref("base.user_admin")
    if env.company in admin.company_ids:
        return
    admin.write({"company_ids": [(4, env.company.id)]})
    if spare:
        admin.company_id = env.company


def _main_company_is_spare(env):
    """Neither bookings nor Odoo's own demo data: nobody works in the main company."""
    main = env.ref("base.main_company")
    bookings = env["account.move"].search_count([("company_id", "=", main.id)], limit=1)
    return not bookings and not env.ref("base.partner_demo", raise_if_not_found=False)


def _share_customers(env, sellers):
    """Each seller gets every second customer, with all orders and invoices that nobody has."""
    if not sellers:
        return
    mine = [("company_id", "=", env.company.id), ("user_id", "=", False)]
    turn = {row["ref"]: place % len(sellers) for place, row in enumerate(rows("customers"))}
    customers = env["res.partner"].search([*mine, ("ref", "in", list(turn))])
    for place, group in customers.grouped(lambda customer: turn[customer.ref]).items():
        group.user_id = sellers[place]
    orders = env["sale.order"].search([*mine, ("client_order_ref", "=like", "DEMO-%")])
    for seller, group in orders.grouped(lambda order: order.partner_id.user_id).items():
        group.user_id = seller
        group.invoice_ids.invoice_user_id = seller
