from odoo import api, fields, models
from odoo.fields import Command


class CreditControlPolicy(models.Model):
    _inherit = "credit.control.policy"

    takes_receivable_accounts = fields.Boolean(
        string="All Receivable Accounts",
        help="Where the company has a German chart, each run adds its receivable accounts.",
    )

    @api.model
    def _use_in_german_companies(self):
        """Gives the shipped policy to the companies that have a German chart of accounts."""
        german = self.env["res.company"].search([("chart_template", "=like", "de_%")])
        for company in german:
            self._shipped_policy()._use_in(company)

    @api.model
    def _shipped_policy(self):
        """The policy that comes with us; nothing where somebody has deleted it."""
        policy = self.env.ref("kunden_crm.dunning_policy", raise_if_not_found=False)
        return policy or self.browse()

    def _use_in(self, company, accounts=None, instead=False):
        """Lets the company dun by this policy; by another one's place only where that is asked."""
        if not self:
            return
        self._take_accounts(company, accounts)
        # sudo: who sets up the dunning of his company need not administer companies
        company = company.sudo()
        duns = company.credit_policy_id.account_ids & self._receivable_accounts(company)
        if instead or not duns:
            company.credit_policy_id = self

    def _take_accounts(self, company, accounts=None):
        """Adds accounts of the company, all of its receivable accounts where none are named."""
        # sudo: who runs the dunning may read the policy; it is to follow the chart all the same
        policy = self.sudo()
        missing = (accounts or self._receivable_accounts(company)).sudo() - policy.account_ids
        if missing:
            policy.account_ids = [Command.link(account.id) for account in missing]

    @api.model
    def _receivable_accounts(self, company):
        accounts = self.env["account.account"]
        return accounts.with_company(company).search(
            [
                *accounts._check_company_domain(company),
                ("account_type", "=", "asset_receivable"),
            ]
        )

    def _generate_credit_lines(self, credit_control_run, default_lines_vals=None):
        """A new receivable account is dunned without anybody thinking of the policy."""
        company = credit_control_run.company_id
        chart = company.chart_template or company.root_id.chart_template or ""
        if self.takes_receivable_accounts and chart.startswith("de_"):
            self._take_accounts(company)
        return super()._generate_credit_lines(credit_control_run, default_lines_vals)

    def _lines_different_policy(self, lines):
        """Only what reached the customer under another policy is left to a human.

        A draft that nobody sent does not keep a customer from the policy that he has now.
        """
        different = super()._lines_different_policy(lines)
        reached = self.env["credit.control.line"].search_fetch(
            [
                ("move_line_id", "in", different.ids),
                ("policy_id", "!=", self.id),
                ("manually_overridden", "=", False),
                ("state", "not in", ("draft", "ignored", "to_be_sent")),
            ],
            ["move_line_id"],
        )
        return different & reached.move_line_id
