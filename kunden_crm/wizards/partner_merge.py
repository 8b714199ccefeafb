from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        src_partners._before_merge(dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # sudo: where the survivor lives is put back after the merge, whoever merges.
        household, role = dst_partner.sudo().household_id, dst_partner.sudo().household_role
        result = super()._update_values(src_partners, dst_partner)
        src_partners._after_merge(dst_partner, household, role)
        return result
