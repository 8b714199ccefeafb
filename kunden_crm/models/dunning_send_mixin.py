from odoo import fields, models
from odoo.exceptions import UserError


class KundenDunningSendMixin(models.AbstractModel):
    """A step that has gone out, or failed and is sent again."""

    _name = "kunden.dunning.send.mixin"
    _description = "Sending of a Reminder"

    failure_reason = fields.Char(readonly=True, copy=False, help="Why it could not be sent.")

    def write(self, values):
        """A step that goes out leaves its day and the default that it causes."""
        new = self.browse()
        if values.get("state") == "sent":
            new = self.filtered(lambda line: line.state != "sent")
        done = super().write(values)
        if new:
            new._step_sent()
        return done

    def _mark_failed(self, reason):
        """The step did not go out; it says why and can be sent again."""
        if self:
            self.write({"state": "email_error", "failure_reason": reason})

    def action_retry(self):
        """Send the failed e-mails of these steps again: the same mails, never a second one."""
        failed = self.filtered(lambda line: line.state == "email_error")
        if not failed:
            raise UserError(self.env._("None of these reminders has failed."))
        # sudo: mails are visible to administrators only; they are those of these very steps
        mails = failed.sudo()._dunning_mails().filtered(lambda mail: mail.state == "exception")
        waiting = failed.filtered(lambda line: line.communication_id.id in mails.mapped("res_id"))
        waiting.write({"state": "queued", "failure_reason": False})
        (failed - waiting).write({"state": "to_be_sent", "failure_reason": False})
        mails.mark_outgoing()
        mails.send()
        return True
