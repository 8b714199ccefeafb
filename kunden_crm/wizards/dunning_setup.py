from odoo import fields, models


class KundenDunningSetup(models.TransientModel):
    """DIALOGUE: which policy does a company dun by, and which of its accounts."""

    _name = "kunden.dunning.setup"
    _description = "Set Up Dunning"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    policy_id = fields.Many2one(
        "credit.control.policy",
        required=True,
        domain="[('do_nothing', '=', False), ('company_id', 'in', (False, company_id))]",
        default=lambda self: self.env["credit.control.policy"]._shipped_policy(),
    )
    account_ids = fields.Many2many(
        "account.account",
        string="Receivable Accounts",
        domain="[('account_type', '=', 'asset_receivable')]",
        default=lambda self: self.env["credit.control.policy"]._receivable_accounts(
            self.env.company
        ),
    )

    def action_apply(self):
        """Let the company dun these accounts by this policy."""
        self.ensure_one()
        self.company_id.check_access("read")
        self.policy_id._use_in(self.company_id, self.account_ids, instead=True)
        return {"type": "ir.actions.act_window_close"}
