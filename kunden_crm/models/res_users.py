from odoo import models


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["kunden.access.mixin", "kunden.field.protect.mixin", "res.users"]
