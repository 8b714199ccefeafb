from odoo import fields, models


class KundenLetterTemplate(models.Model):
    """RULE: a text that a letter may begin with. It is copied and holds no placeholders."""

    _name = "kunden.letter.template"
    _description = "Letter Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    subject = fields.Char(translate=True)
    body = fields.Html(string="Text", translate=True)
