from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_dormant_months = fields.Integer(
        related="company_id.customer_dormant_months", readonly=False
    )
    customer_former_months = fields.Integer(
        related="company_id.customer_former_months", readonly=False
    )
    confirm_contact_months = fields.Integer(
        related="company_id.confirm_contact_months", readonly=False
    )
    confirm_person_months = fields.Integer(
        related="company_id.confirm_person_months", readonly=False
    )
    confirm_company_months = fields.Integer(
        related="company_id.confirm_company_months", readonly=False
    )
    match_offered_from = fields.Integer(
        string="Offer Duplicates From (%)",
        config_parameter="kunden_crm.match_offered_from",
        default=50,
    )
    match_merged_from = fields.Integer(
        string="Merge Duplicates Automatically From (%)",
        config_parameter="kunden_crm.match_merged_from",
    )
    match_shared = fields.Boolean(related="company_id.match_shared", readonly=False)
    merge_undo_days = fields.Integer(
        string="Days to Undo a Merge", config_parameter="kunden_crm.merge_undo_days", default=30
    )
    dunning_scheduled = fields.Boolean(related="company_id.dunning_scheduled", readonly=False)
    dunning_user_id = fields.Many2one(related="company_id.dunning_user_id", readonly=False)
    invoice_default_notice = fields.Boolean(
        related="company_id.invoice_default_notice", readonly=False
    )
    dunning_order_warning = fields.Boolean(
        related="company_id.dunning_order_warning", readonly=False
    )
