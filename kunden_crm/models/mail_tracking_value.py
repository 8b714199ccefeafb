from odoo import models


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _filter_free_field_access(self):
        """Mails are silent on protected fields, also on what was noted before they became so."""
        protected = self.env["res.partner"]._kunden_protected
        return (
            super()
            ._filter_free_field_access()
            .filtered(
                lambda tracking: (
                    tracking.field_id.model not in ("res.partner", "res.users")
                    or tracking.field_id.name not in protected
                )
            )
        )
