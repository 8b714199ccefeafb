from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _update_control_line_status(self):
        """A failed reminder says why; one that goes out at last is sent, whoever sent it again."""
        super()._update_control_line_status()
        reminders = self.filtered(lambda mail: mail.model == "credit.control.communication")
        if not reminders:
            return
        failed = self.env["credit.control.line"].search(
            [("communication_id", "in", reminders.mapped("res_id")), ("state", "=", "email_error")]
        )
        for mail in reminders:
            lines = failed.filtered(lambda line, mail=mail: line.communication_id.id == mail.res_id)
            if lines and mail.state == "sent":
                lines.write({"state": "sent", "failure_reason": False})
            elif lines:
                lines.write({"failure_reason": mail.failure_reason})
