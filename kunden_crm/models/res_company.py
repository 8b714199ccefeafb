from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_dormant_months = fields.Integer(
        string="Months Until Dormant",
        default=24,
        help="A customer without order and invoice for so long is proposed as dormant; 0 is never.",
    )
    customer_former_months = fields.Integer(
        string="Months Until Former",
        default=60,
        help="A customer without order and invoice for so long is proposed as former; 0 is never.",
    )
