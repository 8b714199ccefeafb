from odoo import fields, models

UNSENT = ("draft", "to_be_sent", "error", "email_error")


class KundenDunningCheckMixin(models.AbstractModel):
    """The last look at a reminder before it goes out: run, e-mail and print all pass it."""

    _name = "kunden.dunning.check.mixin"
    _description = "Last Check of a Reminder"

    void_reason = fields.Selection(
        [
            ("paid", "Paid"),
            ("credited", "Credited"),
            ("cancelled", "Invoice not posted any more"),
            ("disputed", "Disputed"),
            ("blocked", "Dunning block"),
            ("manual", "Manual follow-up"),
            ("policy", "Customer has another policy"),
            ("twice", "This step has been sent already"),
        ],
        string="Not Sent Because",
        readonly=True,
        copy=False,
    )

    # The last fence against two runs at once: the second to store it is turned back.
    _step_once = models.UniqueIndex(
        "(move_line_id, policy_level_id)"
        " WHERE state IN ('queued', 'sent') AND manually_overridden IS NOT TRUE",
        "This dunning step has been sent already.",
    )

    def _ready_to_send(self):
        """Those that go out now, with the amounts of now; the others are voided with a reason.

        What another run holds at this moment, or what waits for approval, stays as it is.
        """
        lines = self.filtered(
            lambda line: line.state in UNSENT and line.run_id.approval_state != "waiting"
        ).try_lock_for_update()
        today = fields.Date.context_today(self)
        taken = lines.move_line_id._open_credits()
        lines._void_where(lines._void_reasons(today, taken))
        ready = lines.filtered(lambda line: line.state in UNSENT)
        ready._cancel_failed_mails()
        ready._correct_amounts(taken)
        ready._charge(today, taken)
        return ready

    def _void_reasons(self, today, taken):
        """Why a line must not go out, by line; "" where it may."""
        steps = self._steps_sent()
        reasons = {}
        for line in self.sorted("id"):
            step = line.move_line_id, line.policy_level_id
            reasons[line] = (
                line.move_line_id._dunning_obstacle(today)
                or ("twice" if step in steps else "")
                or line._paid_or_credited(taken[line.move_line_id])
                or line._other_policy()
            )
            if not reasons[line]:
                steps.add(step)
        return reasons

    def _steps_sent(self):
        """The steps of these items that have gone out, as pairs of item and level."""
        sent = self.search_fetch(
            [
                ("move_line_id", "in", self.move_line_id.ids),
                ("state", "in", ("queued", "sent")),
                ("manually_overridden", "=", False),
            ],
            ["move_line_id", "policy_level_id"],
        )
        return {(line.move_line_id, line.policy_level_id) for line in sent}

    def _paid_or_credited(self, taken):
        """Whether so much has come in since the run that there is nothing to ask for."""
        item = self.move_line_id
        left = item._dunning_open() - float(taken)
        if item.reconciled or item.currency_id.compare_amounts(left, 0) <= 0:
            notes = item.matched_credit_ids.credit_move_id.move_id
            return "credited" if taken or "out_refund" in notes.mapped("move_type") else "paid"
        less = item.currency_id.compare_amounts(left, self.balance_due) < 0
        company = self.company_id
        tolerance = company.currency_id._convert(
            company.credit_control_tolerance, item.currency_id, company, self.date
        )
        return "paid" if less and left < tolerance else ""

    def _other_policy(self):
        """Whether invoice or customer have got a policy that does not make this line."""
        # sudo: the policy of an invoice is visible to dunning staff only; only a yes leaves
        chosen = self.invoice_id.sudo().credit_policy_id or self.partner_id.sudo().credit_policy_id
        policy = chosen or self.company_id.sudo().credit_policy_id
        other = policy.do_nothing or (chosen and chosen != self.policy_id)
        return "policy" if other else ""

    def _void_where(self, reasons):
        """Puts the lines with a reason aside; a later run looks at their items again."""
        for reason in set(reasons.values()) - {""}:
            lines = self.filtered(lambda line, reason=reason: reasons[line] == reason)
            lines.write({"state": "ignored", "void_reason": reason})

    def _correct_amounts(self, taken):
        """What is asked for is what is open now."""
        for line in self:
            left = line.move_line_id._dunning_open() - float(taken[line.move_line_id])
            if line.currency_id.compare_amounts(left, line.balance_due):
                line.balance_due = left

    def _cancel_failed_mails(self):
        """Takes back the mails of failed steps, so that nobody sends them besides the new one."""
        # sudo: mails are visible to administrators only; nothing of them leaves
        mails = self.sudo()._dunning_mails().filtered(lambda mail: mail.state != "sent")
        mails.cancel()
        self.filtered("communication_id").write({"communication_id": False})

    def _dunning_mails(self):
        """The mails of these steps."""
        return self.env["mail.mail"].search(
            [
                ("model", "=", "credit.control.communication"),
                ("res_id", "in", self.communication_id.ids),
            ]
        )
