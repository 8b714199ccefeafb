from odoo import models


class UtmCampaign(models.Model):
    _name = "utm.campaign"
    _inherit = ["kunden.field.offer.mixin", "utm.campaign"]
