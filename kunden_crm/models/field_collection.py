from odoo import fields, models


class KundenFieldCollection(models.Model):
    """RULE: a way by which data of customers come in, e.g. an order, a form or a talk."""

    _name = "kunden.field.collection"
    _description = "Way of Collecting Data"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
