from odoo import models


class CreditControlPrinter(models.TransientModel):
    _inherit = "credit.control.printer"

    def print_lines(self):
        """Print the letters; where none is left to print, say so in place of an empty page."""
        action = super().print_lines()
        if action["context"].get("active_ids"):
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._("Nothing is left to print: see the reasons on the lines."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
