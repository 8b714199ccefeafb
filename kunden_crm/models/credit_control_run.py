from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..kernel.default_interest import half_year

APPROVER = "account_credit_control.group_account_credit_control_manager"


class CreditControlRun(models.Model):
    _name = "credit.control.run"
    _inherit = ["credit.control.run", "mail.thread", "mail.activity.mixin"]

    approval_state = fields.Selection(
        [("waiting", "Waiting for Approval"), ("approved", "Approved")],
        string="Approval",
        readonly=True,
        copy=False,
        help="A scheduled run sends nothing before somebody has approved it.",
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    interest_note = fields.Char(
        compute="_compute_interest_note", help="What keeps lines of this run from interest."
    )

    @api.model
    def _default_policies(self):
        """Not those without accounts, such as the examples of the engine: they find nothing."""
        return (
            super()
            ._default_policies()
            .filtered(lambda policy: policy.account_ids or policy.takes_receivable_accounts)
        )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            day = format_date(self.env, run.date) if run.date else ""
            run.display_name = self.env._("Dunning Run %s", day).strip()

    @api.depends("line_ids.interest_note", "line_ids.policy_level_id", "date")
    def _compute_interest_note(self):
        confirmed = self.env["kunden.dunning.base.rate"]._confirmed_rates()
        for run in self:
            notes = set(run.line_ids.mapped("interest_note")) - {False}
            charged = any(run.line_ids.policy_level_id.mapped("charge_interest"))
            if charged and not notes and half_year(run.date) not in confirmed:
                notes.add(
                    self.env._(
                        "The base rate of the half-year from %s is not confirmed: nobody is charged"
                        " interest before it is.",
                        format_date(self.env, half_year(run.date)),
                    )
                )
            run.interest_note = " ".join(sorted(notes))

    def _generate_credit_lines(self):
        """Tells what was found once more: the engine's own sentence is English everywhere."""
        lines = super()._generate_credit_lines()
        found = lines.grouped("policy_id")
        told = Markup(
            self.env._(
                'Policy "<b>%(name)s</b>" has generated'
                " <b>%(number)d Credit Control Lines.</b><br/>"
            )
        )
        self.report = Markup("").join(
            told % {"name": policy.name, "number": len(found.get(policy, ()))}
            for policy in self.policy_ids.filtered(lambda policy: not policy.do_nothing)
        )
        return lines

    def write(self, vals):
        """Nobody else approves, by whatever way he comes."""
        if "approval_state" in vals and not (self.env.su or self.env.user.has_group(APPROVER)):
            raise AccessError(self.env._("Only a dunning manager approves a run."))
        return super().write(vals)

    def action_approve(self):
        """Let the run go out: e-mails by and by, letters when somebody prints them."""
        waiting = self.filtered(lambda run: run.approval_state == "waiting")
        now = fields.Datetime.now()
        waiting.write(
            {"approval_state": "approved", "approved_by_id": self.env.uid, "approved_on": now}
        )
        for run in waiting:
            run.set_to_ready_lines()
        waiting.activity_feedback(["kunden_crm.activity_type_dunning"])
        return True

    def set_to_ready_lines(self):
        """Make the lines ready to be sent; not before a scheduled run is approved."""
        self._refuse_waiting()
        return super().set_to_ready_lines()

    def run_channel_action(self):
        """Send the ready lines; not before a scheduled run is approved."""
        self._refuse_waiting()
        return super().run_channel_action()

    def _refuse_waiting(self):
        if "waiting" in self.mapped("approval_state"):
            raise UserError(self.env._("This run waits for approval."))

    @api.model
    def _cron_compute(self):
        """A run for each company that has switched it on and has none waiting."""
        companies = self.env["res.company"].search([("dunning_scheduled", "=", True)])
        waiting = self.search([("approval_state", "=", "waiting")]).company_id
        for company in companies - waiting:
            company_only = self.with_company(company).with_context(allowed_company_ids=company.ids)
            try:
                with self.env.cr.savepoint():
                    company_only._compute_scheduled()
            except UserError as error:
                company.message_post(body=str(error))

    @api.model
    def _compute_scheduled(self):
        """The run of today for the company; somebody is told that it waits."""
        company = self.env.company
        policies = self.env["credit.control.policy"].search(
            [("company_id", "in", (False, company.id))]
        )
        run = self.create(
            {
                "date": fields.Date.context_today(self),
                "company_id": company.id,
                "policy_ids": [Command.set(policies.ids)],
                "approval_state": "waiting",
            }
        )
        run.generate_credit_lines()
        if not run.line_ids:
            run.approval_state = False
            return run
        approver = company.dunning_user_id or self._first_approver(company)
        told = run.with_context(lang=approver.lang)
        told.activity_schedule(
            "kunden_crm.activity_type_dunning",
            user_id=approver.id,
            summary=told.env._("Approve %s reminders", len(run.line_ids)),
        )
        return run

    @api.model
    def _first_approver(self, company):
        """Who decides where the company has named nobody."""
        people = self.env.ref(APPROVER).all_user_ids
        able = people.filtered(lambda user: company in user.company_ids and user.active)
        return able[:1] or self.env.user

    @api.model
    def _cron_send(self, batch_size=20):
        """E-mails of approved runs, some at a time."""
        todo = [
            ("run_id.approval_state", "=", "approved"),
            ("state", "=", "to_be_sent"),
            ("channel", "=", "email"),
        ]
        lines = self.env["credit.control.line"].search(todo, order="id")
        partners = lines.partner_id[:batch_size]
        batch = lines.filtered(lambda line: line.partner_id in partners)
        for company, own in batch.grouped("company_id").items():
            communications = self.env["credit.control.communication"].with_company(company)
            communications._generate_comm_from_credit_lines(own)._generate_emails()
        gone = batch.filtered(lambda line: line.state != "to_be_sent")
        self.env["ir.cron"]._commit_progress(len(gone), remaining=len(lines - gone))
