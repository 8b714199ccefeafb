"""Runs in Odoo's shell (`env` is given): five mandatory fields of a shop for pets."""
# ruff: noqa: F821

entries = env["kunden.field"]
pets = entries.create({"name": "Pets", "field_type": "char", "customer_kind": "private"})


def line(name):
    """The shipped line of the catalogue for that field."""
    return entries.search([("technical_name", "=", name)])


asked = [
    (line("email"), "any"),
    (line("birthdate_date"), "private"),
    (pets, "private"),
    (line("vat"), "company"),
    (line("industry_id"), "company"),
]
env["kunden.field.rule"].create(
    [
        {"catalogue_id": entry.id, "customer_kind": kind, "reason": f"Asked: {entry.name}"}
        for entry, kind in asked
    ]
)
env.cr.commit()
