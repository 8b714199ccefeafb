from odoo import api, models

from ..models.merge_bulk_mixin import BULK


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # Whoever merges, by whatever way: what changes is written down and can be taken back.
        with self.env["kunden.merge"]._written_down(partner_ids, dst_partner):
            return super()._merge(partner_ids, dst_partner, extra_checks)

    def _log_merge_operation(self, src_partners, dst_partner):
        # The note of the merge is no part of it: it stays when the merge is taken back.
        with self.env["kunden.merge.journal"]._unwritten():
            return super()._log_merge_operation(src_partners, dst_partner)

    @api.model
    def _update_foreign_keys_generic(self, model, src_records, dst_record):
        if BULK.get() and model == "res.partner":
            return None  # all groups at once, see kunden.merge.bulk.mixin
        # Core would remove all rows of those who go where one of them collides.
        self.env["kunden.merge"]._make_way(model, src_records, dst_record)
        return super()._update_foreign_keys_generic(model, src_records, dst_record)

    @api.model
    def _update_reference_fields_generic(self, referenced_model, src_records, dst_record, *args):
        if BULK.get() and referenced_model == "res.partner":
            return None
        self.env["kunden.merge"]._make_way_for_followers(referenced_model, src_records, dst_record)
        return super()._update_reference_fields_generic(
            referenced_model, src_records, dst_record, *args
        )

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        src_partners._before_merge(dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # sudo: where the survivor lives is put back after the merge, whoever merges.
        household, role = dst_partner.sudo().household_id, dst_partner.sudo().household_role
        src_partners._give_up_barcode()
        result = super()._update_values(src_partners, dst_partner)
        src_partners._after_merge(dst_partner, household, role)
        if not BULK.get():
            dst_partner._after_merges()
        return result
