from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["kunden.field.offer.mixin", "product.template"]
