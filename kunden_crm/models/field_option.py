from odoo import fields, models


class KundenFieldOption(models.Model):
    """RULE: an answer of a field with choices; renamed or retired, what was said stays."""

    _name = "kunden.field.option"
    _description = "Choice of a Field"
    _order = "catalogue_id, sequence, id"

    catalogue_id = fields.Many2one("kunden.field", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
