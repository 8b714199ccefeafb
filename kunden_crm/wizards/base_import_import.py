from odoo import models

from ..kernel.formulas import show_formula


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    def _read_csv(self, options):
        """Texts that an export has hidden from spreadsheets come back as they were."""
        read = super()._read_csv(options)
        if not read:  # core returns nothing at all for an empty file
            return read
        length, rows = read
        return length, [list(map(show_formula, row)) for row in rows]
