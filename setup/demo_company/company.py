"""The German demo company itself: master data, chart of accounts, bank, letterhead."""

import base64

from .tables import DATA

VAT = "DE999000105"
IBAN = "DE89370400440532013000"
BIC = "COBADEFFXXX"
TAX_NUMBER = "215/5999/0815"
CHART = "de_skr03"
TERMS = {14: "14 Tage netto", 30: "30 Tage netto"}

MASTER_DATA = {
    "name": "Haus & Tier Rheinland GmbH",
    "street": "Neusser Wall 27",
    "zip": "50670",
    "city": "Köln",
    "vat": VAT,
    "company_registry": "99841, Amtsgericht Köln",
    "phone": "+49 221 4710-100",
    "email": "info@haus-und-tier.example",
    "website": "https://www.haus-und-tier.example",
}
ADDRESS = "{name}<br/>{street}<br/>{zip} {city}<br/>Geschäftsführerin: Beate Linnartz"
FOOTER = "Tel. {phone}<br/>{email}<br/>www.haus-und-tier.example<br/>St.-Nr. {tax_number}"


def ensure_company(env):
    """Find the demo company by its VAT number, or make it."""
    known = env["res.company"].with_context(active_test=False).search([("vat", "=", VAT)], limit=1)
    return known or _create_company(env)


def company_env(env, company):
    """The environment in which everything belongs to the demo company."""
    return env(context={**env.context, "allowed_company_ids": company.ids})


def payment_term(env, days):
    """The company's own payment term of so many days."""
    return env["account.payment.term"].search(
        [("company_id", "=", env.company.id), ("name", "=", TERMS[days])], limit=1
    )


def chart_record(env, name):
    """A record of the company's chart of accounts by its name in the template."""
    return env["account.chart.template"].ref(name)


def _create_company(env):
    """Company, chart, bank and letterhead stand together or not at all (one transaction)."""
    # install_mode: no module is installed and no registry reset in the middle of the build
    maker = env["res.company"].with_context(install_mode=True)
    company = maker.create(_company_values(env)).with_env(env)
    # checked against the state, which is only there after creation
    company.l10n_de_stnr = TAX_NUMBER
    inside = company_env(env, company)
    env["account.chart.template"].try_loading(CHART, company=company, install_demo=False)
    _create_payment_terms(inside)
    _create_bank(inside)
    _write_letterhead(inside)
    if "stock.warehouse" in env:
        _create_warehouse(inside)
    return company


def _company_values(env):
    """Master data; an automatic enrichment through the internet is marked as done."""
    values = {
        **MASTER_DATA,
        "country_id": env.ref("base.de").id,
        "state_id": env.ref("base.state_de_nw").id,
        "currency_id": env.ref("base.EUR").id,
        "logo": base64.b64encode((DATA / "logo.png").read_bytes()),
    }
    if "iap_enrich_auto_done" in env["res.company"]._fields:
        values["iap_enrich_auto_done"] = True
    return values


def _create_payment_terms(env):
    env["account.payment.term"].create(
        [
            {
                "name": name,
                "company_id": env.company.id,
                "note": f"Zahlbar innerhalb von {days} Tagen ohne Abzug.",
                "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": days})],
            }
            for days, name in TERMS.items()
        ]
    )


def _create_bank(env):
    """The account on the invoice; money lands on it directly, without an interim account."""
    bank = env["res.bank"].search([("bic", "=", BIC)], limit=1)
    bank = bank or env["res.bank"].create({"name": "Commerzbank Köln", "bic": BIC})
    account = env["res.partner.bank"].create(
        {
            "acc_number": " ".join(IBAN[start : start + 4] for start in range(0, len(IBAN), 4)),
            "partner_id": env.company.partner_id.id,
            "company_id": env.company.id,
            "bank_id": bank.id,
            "allow_out_payment": True,
        }
    )
    journal = bank_journal(env)
    journal.write({"name": "Commerzbank Köln", "bank_account_id": account.id})
    lines = journal.inbound_payment_method_line_ids | journal.outbound_payment_method_line_ids
    lines.payment_account_id = journal.default_account_id


def bank_journal(env):
    """The bank journal of the chart."""
    return env["account.journal"].search(
        [("company_id", "=", env.company.id), ("type", "=", "bank")], order="id", limit=1
    )


def _write_letterhead(env):
    env.company.write(
        {
            "external_report_layout_id": env.ref("l10n_din5008.external_layout_din5008").id,
            "paperformat_id": env.ref("l10n_din5008.paperformat_euro_din").id,
            "primary_color": "#1F4E4A",
            "secondary_color": "#1F4E4A",
            "company_details": ADDRESS.format(**MASTER_DATA),
            "report_footer": FOOTER.format(**MASTER_DATA, tax_number=TAX_NUMBER),
        }
    )


def _create_warehouse(env):
    """Inside tests Odoo makes the warehouse of a new company itself, elsewhere it does not."""
    warehouses = env["stock.warehouse"]
    if not warehouses.search_count([("company_id", "=", env.company.id)], limit=1):
        warehouses.create(
            {
                "name": "Lager Köln",
                "code": "HTK",
                "company_id": env.company.id,
                "partner_id": env.company.partner_id.id,
            }
        )
