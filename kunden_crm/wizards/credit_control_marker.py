from odoo import api, models


class CreditControlMarker(models.TransientModel):
    _inherit = "credit.control.marker"

    @api.model
    def _filter_lines(self, lines):
        """A reminder that is on its way cannot be marked to be sent once more."""
        return super()._filter_lines(lines).filtered(lambda line: line.state != "queued")
