"""About 25 products and services of the demo company, from `data/products.csv`."""

from .company import chart_record
from .tables import missing, rows

SALE_TAX = {"19": "tax_ust_19_skr03", "7": "tax_ust_7_skr03"}
PURCHASE_TAX = {"19": "tax_vst_19_skr03", "7": "tax_vst_7_skr03"}


def ensure_products(env):
    """Create the products whose code the company does not know yet."""
    table = rows("products")
    wanted = missing(env, "product.product", "default_code", [row["code"] for row in table])
    lines = [row for row in table if row["code"] in wanted]
    if lines:
        context = _values_context(env, lines)
        env["product.product"].create([_values(row, env.company, **context) for row in lines])


def barcode(code):
    """An EAN-13 from the range kept for use inside a company (it starts with 20).

    >>> barcode("HT-101")
    '2000000001012'
    """
    digits = "200" + code.split("-")[1].zfill(9)
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _values_context(env, lines):
    """What all rows share: categories and taxes by the names used in the table."""
    return {
        "categories": _categories(env, {row["category"] for row in lines}),
        "sale_taxes": {rate: chart_record(env, name).id for rate, name in SALE_TAX.items()},
        "purchase_taxes": {rate: chart_record(env, name).id for rate, name in PURCHASE_TAX.items()},
    }


def _categories(env, names):
    """Category per name; categories are shared by all companies, so an existing one is taken."""
    known = env["product.category"].search([("name", "in", list(names)), ("parent_id", "=", False)])
    lacking = sorted(names - set(known.mapped("name")))
    known |= env["product.category"].create([{"name": name} for name in lacking])
    return {category.name: category.id for category in known}


def _values(row, company, categories, sale_taxes, purchase_taxes):
    return {
        "default_code": row["code"],
        "name": row["name"],
        "barcode": barcode(row["code"]),
        "categ_id": categories[row["category"]],
        "company_id": company.id,
        "type": row["type"],
        "list_price": float(row["price"]),
        "standard_price": float(row["cost"]),
        "invoice_policy": "order",
        "taxes_id": [(6, 0, [sale_taxes[row["tax"]]])],
        "supplier_taxes_id": [(6, 0, [purchase_taxes[row["tax"]]])],
    }
