from odoo import models


class ValidateAccountMove(models.TransientModel):
    _inherit = "validate.account.move"

    def validate_move(self):
        """The customers of all invoices of the batch are asked for, before any is posted."""
        self.move_ids.filtered(
            lambda move: self.force_hash or not move.restrict_mode_hash_table
        )._ask_at_gate()
        return super().validate_move()
