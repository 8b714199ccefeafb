from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_dormant_months = fields.Integer(
        related="company_id.customer_dormant_months", readonly=False
    )
    customer_former_months = fields.Integer(
        related="company_id.customer_former_months", readonly=False
    )
