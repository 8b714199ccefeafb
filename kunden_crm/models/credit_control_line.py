from odoo import api, models


class CreditControlLine(models.Model):
    _name = "credit.control.line"
    _inherit = [
        "kunden.dunning.generate.mixin",
        "kunden.dunning.check.mixin",
        "kunden.dunning.charge.mixin",
        "credit.control.line",
    ]

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

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever is dunned has another payment class."""
        lines = super().create(vals_list)
        lines._mark_balances()
        return lines

    def write(self, values):
        """Whoever is dunned has another payment class."""
        result = super().write(values)
        if {"state", "policy_level_id", "move_line_id"} & values.keys():
            self._mark_balances()
        return result

    def _mark_balances(self):
        # sudo: only ids leave, and the class is right whoever duns
        self.env["kunden.payment.balance"]._mark(self.sudo().move_line_id.partner_id)
