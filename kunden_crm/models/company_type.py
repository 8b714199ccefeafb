from odoo import api, fields, models


class ResPartnerCompanyType(models.Model):
    """Legal forms are shown by their abbreviation, tell their country and can be retired."""

    _inherit = "res.partner.company.type"
    _order = "sequence, name"
    _rec_names_search = ["shortcut", "name"]

    name = fields.Char(string="Legal Form")
    country_id = fields.Many2one("res.country", ondelete="restrict")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.depends("name", "shortcut")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for form in self:
            form.display_name = form.shortcut or form.name
