from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..kernel.stages import STAGES

# Last order, invoice or decline against the months of the contact's company. A contact of all
# companies is judged by the most patient one; 0 months is never.
_PROPOSE = """
WITH activity AS (
    SELECT commercial_partner_id AS id, max(invoice_date) AS day
      FROM account_move
     WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_receipt')
     GROUP BY commercial_partner_id
    UNION ALL
    SELECT buyer.commercial_partner_id, max(sale_order.date_order)::date
      FROM sale_order JOIN res_partner buyer ON buyer.id = sale_order.partner_id
     WHERE sale_order.state = 'sale'
     GROUP BY buyer.commercial_partner_id
), patience AS (
    SELECT id AS company_id, customer_dormant_months AS dormant,
           customer_former_months AS former
      FROM res_company
    UNION ALL
    SELECT NULL,
           max(customer_dormant_months)
               * min(sign(coalesce(customer_dormant_months, 0)))::int,
           max(customer_former_months)
               * min(sign(coalesce(customer_former_months, 0)))::int
      FROM res_company
), quiet AS (
    SELECT partner.id, partner.customer_stage AS stage, patience.dormant,
           patience.former, greatest(
               partner.create_date::date, partner.customer_stage_kept_on,
               (SELECT max(day) FROM activity WHERE activity.id = partner.id)
           ) AS last_day
      FROM res_partner partner
      JOIN patience ON patience.company_id IS NOT DISTINCT FROM partner.company_id
     WHERE partner.customer_stage IN ('customer', 'dormant')
       AND partner.commercial_partner_id = partner.id
), judged AS (
    SELECT id, CASE
        WHEN former > 0 AND last_day + make_interval(months => former) <= %(today)s THEN 'former'
        WHEN stage = 'customer' AND dormant > 0
             AND last_day + make_interval(months => dormant) <= %(today)s THEN 'dormant'
        END AS proposal
      FROM quiet
)
UPDATE res_partner SET customer_stage_proposal = judged.proposal
  FROM judged
 WHERE judged.id = res_partner.id
   AND res_partner.customer_stage_proposal IS DISTINCT FROM judged.proposal
"""


class KundenStageMixin(models.AbstractModel):
    """Where a customer stands, from prospect to former; an order or an invoice makes a customer.

    The stage belongs to the commercial contact; its contact persons carry it along, like the other
    commercial fields of core.
    """

    _name = "kunden.stage.mixin"
    _inherit = "kunden.merge.mixin"
    _description = "Customer Stage"

    customer_stage = fields.Selection(
        STAGES,
        copy=False,
        index="btree_not_null",
        help="An order or an invoice makes a customer; dormant and former are proposed at night.",
    )
    customer_stage_proposal = fields.Selection(
        [("dormant", "Dormant"), ("former", "Former Customer")],
        string="Proposed Stage",
        copy=False,
        readonly=True,
        help="Proposed because there was no order and no invoice for long.",
    )
    customer_stage_kept_on = fields.Date(
        copy=False,
        readonly=True,
        help="Somebody declined the proposal on that day; it counts like an order.",
    )

    @api.model
    def _commercial_fields(self):
        return [*super()._commercial_fields(), "customer_stage"]

    def _become_customer(self):
        """Who ordered or was invoiced is a customer and has a number; posting never fails here."""
        # sudo: selling makes a customer, also where the seller may not change contacts
        buyers = self.sudo().commercial_partner_id
        buyers -= buyers.browse(self._own_company_partner_ids())
        new = buyers.filtered(
            lambda partner: partner.customer_stage != "customer" or partner.customer_stage_proposal
        )
        if new:
            new.write({"customer_stage": "customer", "customer_stage_proposal": False})
        without = buyers.filtered(lambda partner: not partner.ref)
        try:
            without.action_give_customer_number()
        except UserError:
            # A sequence with a wrong prefix: the number can be given later, the invoice goes out.
            return

    def action_accept_stage_proposal(self):
        """Put the contacts into the stage that is proposed for them."""
        for stage, _label in self._fields["customer_stage_proposal"].selection:
            proposed = self.filtered(lambda p, stage=stage: p.customer_stage_proposal == stage)
            if proposed:
                proposed.write({"customer_stage": stage, "customer_stage_proposal": False})
        return True

    def action_decline_stage_proposal(self):
        """Leave the contacts where they are, for as long as after an order."""
        proposed = self.filtered("customer_stage_proposal")
        today = fields.Date.context_today(self)
        proposed.write({"customer_stage_proposal": False, "customer_stage_kept_on": today})
        return True

    @api.model
    def _cron_propose_stages(self):
        """Judge all customers anew in one statement."""
        self.env.flush_all()
        self.env.cr.execute(SQL(_PROPOSE, today=fields.Date.context_today(self)))
        self.invalidate_model(["customer_stage_proposal"])

    def _after_merge(self, survivor, household, role):
        """Two contacts of whom one is a customer are a customer."""
        result = super()._after_merge(survivor, household, role)
        if "customer" in (self | survivor).mapped("customer_stage"):
            # sudo: whoever may merge need not be allowed to give numbers
            survivor.sudo()._become_customer()
        return result
