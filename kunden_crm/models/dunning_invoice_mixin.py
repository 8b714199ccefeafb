from odoo import api, fields, models
from odoo.fields import Date
from odoo.tools.sql import column_exists, create_column

from ..kernel.default_interest import RECEIVED_AFTER

REASONS = [
    ("date", "Agreed due date has passed"),
    ("reminder", "Reminder after the due date"),
    ("thirty_days", "30 days after due date and invoice"),
]


class KundenDunningInvoiceMixin(models.AbstractModel):
    """What an invoice says about default: what was agreed, disputed, stopped, and since when."""

    _name = "kunden.dunning.invoice.mixin"
    _inherit = "kunden.dunning.block.mixin"
    _description = "Default of an Invoice"

    is_disputed = fields.Boolean(
        string="Disputed",
        copy=False,
        tracking=True,
        help="The customer objects to the invoice: no reminder is made or sent.",
    )
    due_date_agreed = fields.Boolean(
        help="The contract fixes the due date by calendar: default begins without a reminder (BGB"
        " section 286 (2) no. 1). A date that only the invoice names does not count."
    )
    invoice_received_on = fields.Date(
        string="Received by the Customer",
        copy=False,
        help="Without an entry the invoice counts as received four days after its date.",
    )
    has_default_notice = fields.Boolean(
        string="Notice of the 30 Days",
        compute="_compute_has_default_notice",
        store=True,
        readonly=False,
        precompute=True,
        help="The invoice tells a consumer that he is in default 30 days after due date and"
        " receipt (BGB section 286 (3)).",
    )
    in_default_since = fields.Date(
        readonly=True, copy=False, help="The first day that bears interest of default."
    )
    in_default_reason = fields.Selection(REASONS, readonly=True, copy=False)

    def _auto_init(self):
        """Invoices that were there before us carried no notice; nothing is computed for them."""
        name = "has_default_notice"
        if not self._abstract and not column_exists(self.env.cr, self._table, name):
            create_column(self.env.cr, self._table, name, "bool")
        return super()._auto_init()

    @api.depends("company_id")
    def _compute_has_default_notice(self):
        for move in self:
            move.has_default_notice = move.company_id.invoice_default_notice

    def _received_on(self):
        """When the invoice reached the customer, carefully guessed where nobody knows."""
        if self.invoice_received_on or not self.invoice_date:
            return self.invoice_received_on or None
        return Date.add(self.invoice_date, days=RECEIVED_AFTER["letter"])
