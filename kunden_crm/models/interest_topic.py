from odoo import fields, models


class KundenInterestTopic(models.Model):
    """RULE: what customers can be interested in, so that one word means one thing."""

    _name = "kunden.interest.topic"
    _description = "Interest"
    _order = "category, name"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(
        [
            ("hobby", "Hobby"),
            ("leisure", "Leisure"),
            ("holiday", "Holidays"),
            ("other", "Other"),
        ],
        required=True,
        default="hobby",
    )
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _name_once = models.UniqueIndex(
        "(category, name)", "There is an interest of that name in this category already."
    )
