from odoo import fields, models


class KundenContactRole(models.Model):
    """RULE: which parts a contact person can play when a company buys."""

    _name = "kunden.contact.role"
    _description = "Role of a Contact Person"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _name_once = models.UniqueIndex("(name)", "There is a role of that name already.")
