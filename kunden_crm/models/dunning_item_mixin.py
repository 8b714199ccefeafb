from collections import defaultdict
from datetime import date
from decimal import Decimal

from odoo import models


class KundenDunningItemMixin(models.AbstractModel):
    """What the dunning asks of an open item of the ledger."""

    _name = "kunden.dunning.item.mixin"
    _description = "Dunning of an Open Item"

    def _dunning_obstacle(self, day):
        """Why this item may not be dunned on that day; "" where it may."""
        move, partner = self.move_id, self.partner_id.commercial_partner_id
        if move.state != "posted":
            return "cancelled"
        if move.is_disputed:
            return "disputed"
        people = partner | self.partner_id | move.partner_id
        if move._is_dunning_blocked(day) or people._is_dunning_blocked(day):
            return "blocked"
        if any(people.mapped("manual_followup")):
            return "manual"
        return ""

    def _dunning_open(self):
        """What is open of the item, in its own currency, as Odoo's ledger has it."""
        if self.currency_id and self.currency_id != self.company_currency_id:
            return self.amount_residual_currency
        return self.amount_residual

    def _above_dunning_tolerance(self, company, day):
        """The items worth a reminder: the company's tolerance in the currency of each."""
        tolerances = {
            currency: company.currency_id._convert(
                company.credit_control_tolerance, currency, company, day
            )
            for currency in self.currency_id
        }
        return self.filtered(
            lambda item: (
                item._dunning_open()
                >= tolerances.get(item.currency_id, company.credit_control_tolerance)
            )
        )

    def _open_credits(self):
        """What open credit notes take off the items, as Decimal, the oldest item first.

        A credit note that accounting has not reconciled yet lowers the debt all the same.
        """
        owed_back = defaultdict(Decimal)
        for note in self.move_id.reversal_move_ids.filtered(lambda note: note.state == "posted"):
            owed = note.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
            for item in owed.filtered(lambda item: not item.reconciled):
                owed_back[note.reversed_entry_id, item.currency_id] -= _decimal(
                    item._dunning_open()
                )
        taken = {}
        for item in self.sorted(lambda item: (item.date_maturity or item.date, item.id)):
            key = item.move_id, item.currency_id
            taken[item] = min(owed_back[key], _decimal(item._dunning_open()))
            owed_back[key] -= taken[item]
        return taken

    def _dunning_payments(self):
        """What has been taken off the item, as days and amounts; a credit note from the start."""
        return [
            (
                date.min
                if partial.credit_move_id.move_id.move_type == "out_refund"
                else partial.credit_move_id.date,
                _decimal(partial.debit_amount_currency),
            )
            for partial in self.matched_credit_ids
        ]


def _decimal(amount):
    return Decimal(f"{amount:.4f}")
