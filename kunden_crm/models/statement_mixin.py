from odoo import api, fields, models
from odoo.tools import SQL

_OPEN_ITEMS = """
SELECT partner.commercial_partner_id AS partner_id, line.currency_id, move.name AS number,
       move.move_type, coalesce(move.invoice_date, line.date) AS date,
       coalesce(line.date_maturity, line.date) AS due,
       line.amount_currency AS amount, line.amount_residual_currency AS open
  FROM account_move_line line
  JOIN account_move move ON move.id = line.move_id
  JOIN account_account account ON account.id = line.account_id
  JOIN res_partner partner ON partner.id = line.partner_id
 WHERE line.parent_state = 'posted' AND account.account_type = 'asset_receivable'
   AND line.reconciled IS NOT TRUE AND line.company_id = %(company)s
   AND partner.commercial_partner_id = ANY(%(partners)s)
 ORDER BY due, line.id
"""


class KundenStatementMixin(models.AbstractModel):
    """What one does with a customer's bills: write them, look at them, send him a statement."""

    _name = "kunden.statement.mixin"
    _description = "Statement of Open Items"

    shows_deliveries = fields.Boolean(compute="_compute_shows_deliveries")

    @api.depends_context("uid")
    def _compute_shows_deliveries(self):
        """We do not depend on stock: deliveries are offered where it is and may be read."""
        deliveries = self.env.get("stock.picking")
        self.shows_deliveries = deliveries is not None and deliveries.has_access("read")

    def _open_items(self):
        """By customer and currency the open items of the company, their sum and what is overdue."""
        self.check_access("read")
        self._check_field_access(self._fields["open_amount"], "read")
        self.env.flush_all()
        today = self._statement_day()
        statements = {partner_id: {} for partner_id in self.ids}
        rows = self.env.execute_query_dict(
            SQL(_OPEN_ITEMS, company=self.env.company.id, partners=self.commercial_partner_id.ids)
        )
        of_customer = self.grouped("commercial_partner_id")
        for row in rows:
            customer = self.browse(row["partner_id"])
            currency = self.env["res.currency"].browse(row["currency_id"])
            row["days_late"] = max((today - row["due"]).days, 0) if row["open"] > 0 else 0
            for partner in of_customer[customer]:
                sums = statements[partner.id].setdefault(
                    currency, {"items": [], "open": 0, "overdue": 0}
                )
                sums["items"].append(row)
                sums["open"] += row["open"]
                sums["overdue"] += row["open"] if row["due"] < today else 0
        return statements

    def _statement_recipient(self):
        """The invoice contact, whose address is on the statement."""
        self.ensure_one()
        invoice = self.commercial_partner_id.address_get(["invoice"])["invoice"]
        return self.browse(invoice)

    @api.model
    def _statement_day(self):
        return fields.Date.context_today(self)

    def _statement_name(self):
        """The name of the file: what, when, whose."""
        today = self._statement_day().isoformat()
        name = self.commercial_partner_id.name or ""
        return f"{self.env._('Statement')} {today} {name}".strip().replace("/", "-")

    def action_print_statement(self):
        """Print the statement of open items for the customer."""
        report = self.env.ref("kunden_crm.action_report_statement")
        return report.report_action(self.commercial_partner_id, config=False)

    def action_new_quotation(self):
        """Write a quotation for the customer."""
        self.ensure_one()
        return self._new_document("sale.order", self.env._("New Quotation"), self.id)

    def action_new_invoice(self):
        """Write an invoice for the customer, to his invoice contact."""
        self.ensure_one()
        address = self.address_get(["invoice"])["invoice"]
        action = self._new_document("account.move", self.env._("New Invoice"), address)
        action["context"]["default_move_type"] = "out_invoice"
        return action

    def _new_document(self, model, name, partner_id):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "context": {"default_partner_id": partner_id},
        }

    def action_open_items(self):
        """Show the open items of the customer: to accounting all, to sales the invoices."""
        self.ensure_one()
        accounting = ("account.group_account_readonly", "account.group_account_invoice")
        if any(map(self.env.user.has_group, accounting)):
            domain = [
                ("account_type", "=", "asset_receivable"),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
            ]
            return self._documents("account.move.line", self.env._("Open Items"), domain)
        domain = [
            ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
            ("state", "=", "posted"),
            ("amount_residual", "!=", 0),
            ("commercial_partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
        ]
        return self._documents("account.move", self.env._("Open Items"), domain)

    def action_payments(self):
        """Show the payments of the customer."""
        self.ensure_one()
        domain = [
            ("partner_type", "=", "customer"),
            ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
        ]
        return self._documents("account.payment", self.env._("Payments"), domain)

    def action_deliveries(self):
        """Show what was and will be delivered to the customer and his addresses."""
        self.ensure_one()
        domain = [
            ("picking_type_code", "=", "outgoing"),
            ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
        ]
        return self._documents("stock.picking", self.env._("Deliveries"), domain)

    @api.model
    def _documents(self, model, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"create": False},
        }
