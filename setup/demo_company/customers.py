"""About 60 customers: firms with contacts and addresses, single persons, families.

A firm and its contacts are created together, so a firm that is there has its contacts.
"""

from .company import chart_record, payment_term
from .tables import filled, missing, rows

ADDRESS = ("street", "zip", "city")
REACH = ("phone", "email")
# filled where an add-on brings the field
EXTRA = {"mobile": "mobile", "gender": "gender", "birthdate": "birthdate_date"}


def ensure_customers(env):
    """Create the customers whose number the company does not know yet."""
    table = rows("customers")
    wanted = missing(env, "res.partner", "ref", [row["ref"] for row in table])
    lines = [row for row in table if row["ref"] in wanted]
    contacts = _contacts_by_customer()
    countries = _countries(env)
    terms = {str(days): payment_term(env, days).id for days in (14, 30)}
    env["res.partner"].create(
        [
            {
                **_values(env, row, countries[row["country"]]),
                "property_payment_term_id": terms[row["terms"]],
                "child_ids": [
                    (0, 0, _contact_values(env, contact, countries[row["country"]]))
                    for contact in contacts.get(row["ref"], ())
                ],
            }
            for row in lines
        ]
    )


def _contacts_by_customer():
    grouped = {}
    for contact in rows("contacts"):
        grouped.setdefault(contact["customer"], []).append(contact)
    return grouped


def _countries(env):
    countries = env["res.country"].search([("code", "in", ("DE", "AT", "CH"))])
    return {country.code: country.id for country in countries}


def _values(env, row, country_id):
    """One row in, the values of one customer out."""
    values = {
        **_common(env, row, country_id),
        **filled(row, "ref", "website", "vat"),
        "is_company": row["kind"] == "company",
    }
    if row["industry"]:
        industry = env.ref(f"base.res_partner_industry_{row['industry']}", raise_if_not_found=False)
        values["industry_id"] = industry.id if industry else False
    if row["country"] == "CH":
        # the chart assigns this position to nobody by itself
        position = chart_record(env, "fiscal_position_non_eu_partner_skr03")
        values["property_account_position_id"] = position.id
    return values


def _contact_values(env, row, country_id):
    """Contact person or address of a firm; an address without a street is that of the firm."""
    return {
        **_common(env, row, country_id if row["street"] else False),
        **filled(row, "function"),
        "type": row["type"],
    }


def _common(env, row, country_id):
    values = {
        **filled(row, "name", *ADDRESS, *REACH),
        "company_id": env.company.id,
        "country_id": country_id,
        "lang": "de_DE",
    }
    known = env["res.partner"]._fields
    extra = {field: row.get(column) for column, field in EXTRA.items() if field in known}
    values.update({field: value for field, value in extra.items() if value})
    if row["mobile"] and "mobile" not in known:
        values.setdefault("phone", row["mobile"])
    return values
