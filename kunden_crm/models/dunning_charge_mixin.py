from collections import defaultdict
from datetime import date
from decimal import Decimal

from odoo import fields, models
from odoo.tools import format_date

from ..kernel.default_interest import (
    FLAT,
    RECEIVED_AFTER,
    Terms,
    default_begin,
    default_costs,
    default_interest,
)
from .dunning_invoice_mixin import REASONS

NOTHING = Decimal(0)


class KundenDunningChargeMixin(models.AbstractModel):
    """What default costs the customer, as this reminder tells him; damages bear no VAT."""

    _name = "kunden.dunning.charge.mixin"
    _description = "Interest and Costs of Default"

    currency_id = fields.Many2one("res.currency")
    in_default_since = fields.Date(readonly=True, copy=False)
    in_default_reason = fields.Selection(REASONS, readonly=True, copy=False)
    interest_amount = fields.Monetary(string="Default Interest", readonly=True, copy=False)
    interest_note = fields.Char(
        readonly=True, copy=False, help="Why there is no interest although there should be."
    )
    flat_fee = fields.Monetary(string="Flat Sum", readonly=True, copy=False)
    cost_step = fields.Monetary(
        string="Cost of This Reminder", readonly=True, copy=False, help="Zero where it is free."
    )
    cost_amount = fields.Monetary(
        string="Actual Costs",
        readonly=True,
        copy=False,
        help="Costs of all reminders since default began, as far as the flat sum does not cover"
        " them.",
    )

    def _charge(self, today, taken):
        """Works out the default of each item before this reminder, and what it costs by today."""
        rates = self.env["kunden.dunning.base.rate"]._confirmed_rates()
        sent = self._sent_before()
        flat_elsewhere = {
            line.invoice_id: line.move_line_id
            for lines in sent.values()
            for line in lines
            if line.flat_fee
        }
        letters = set()
        for line in self.sorted(lambda line: (line.date_due, line.id)):
            begin = default_begin(line._default_terms(sent[line.move_line_id]))
            values = dict.fromkeys(("interest_amount", "flat_fee", "cost_step", "cost_amount"), 0.0)
            values |= {"interest_note": False, "in_default_since": False}
            values["in_default_reason"] = False
            if begin.since and begin.since <= today:
                values |= {"in_default_since": begin.since, "in_default_reason": begin.reason}
                values |= line._interest_values(begin, today, rates, taken[line.move_line_id])
                item = flat_elsewhere.setdefault(line.invoice_id, line.move_line_id)
                letter = line.partner_id, line.policy_level_id, line.currency_id, line.company_id
                before = sum(Decimal(str(step.cost_step)) for step in sent[line.move_line_id])
                first = letter not in letters
                letters.add(letter)
                values |= line._cost_values(before, first, item == line.move_line_id, today)
            line.write(values)

    def _sent_before(self):
        """The steps that have gone out for the invoices of these lines, by item."""
        sent = defaultdict(self.browse)
        found = self.search(
            [
                ("invoice_id", "in", self.invoice_id.ids),
                ("state", "in", ("queued", "sent")),
                ("id", "not in", self.ids),
            ],
            order="id",
        )
        for line in found:
            sent[line.move_line_id] |= line
        return sent

    def _is_consumer(self):
        return self.partner_id.commercial_partner_id.is_consumer

    def _default_terms(self, reminders):
        """What the law asks about the item, with these reminders."""
        move = self.invoice_id
        return Terms(
            consumer=self._is_consumer(),
            due=self.date_due,
            agreed=move.due_date_agreed,
            received=move._received_on(),
            notice=move.has_default_notice,
            reminders=tuple(
                fields.Date.add(line.date_sent or line.date, days=RECEIVED_AFTER.get(channel, 0))
                for line, channel in zip(reminders, reminders.mapped("channel"), strict=True)
                if line.policy_level_id.puts_in_default
            ),
        )

    def _interest_values(self, begin, today, rates, taken):
        """The interest from the first day of default to the day of the reminder."""
        if not self.policy_level_id.charge_interest:
            return {}
        item = self.move_line_id
        payments = [*item._dunning_payments(), (date.min, taken)]
        principal = Decimal(f"{self.amount_due:.4f}")
        known = default_interest(
            principal, payments, begin.since, today, rates, self._is_consumer()
        )
        if known.amount is not None:
            return {"interest_amount": float(known.amount)}
        days = ", ".join(format_date(self.env, day) for day in known.missing)
        return {
            "interest_note": self.env._(
                "No interest: the base rate of the half-year from %s is not confirmed.", days
            )
        }

    def _cost_values(self, before, first, flat, today):
        """Flat sum and actual costs, where the level charges them."""
        level, company = self.policy_level_id, self.company_id
        euro = self.env.ref("base.EUR")
        step = Decimal(0)
        if level.charge_cost and first:
            step = self._in_own_currency(level.actual_cost, company.currency_id, today)
        knows_euro = euro in self.currency_id | company.currency_id
        costs = default_costs(
            self._is_consumer(),
            before + step,
            flat=self._in_own_currency(float(FLAT), euro, today) if knows_euro else NOTHING,
            charge_flat=level.charge_flat_fee and flat,
            charge_actual=level.charge_cost,
        )
        return {
            "flat_fee": float(costs.flat),
            "cost_step": float(step),
            "cost_amount": float(costs.actual),
        }

    def _in_own_currency(self, amount, currency, today):
        """An amount in the currency of the line, to the cent."""
        own = self.currency_id or currency
        return Decimal(f"{currency._convert(amount, own, self.company_id, today):.2f}")

    def _step_sent(self):
        """Remembers the day, and the default that this reminder or an earlier reason causes."""
        today = fields.Date.context_today(self)
        undated = self.filtered(lambda line: not line.date_sent)
        if undated:
            undated.write({"date_sent": today})
        sent = self._sent_before()
        for line in self.filtered("invoice_id"):
            reminders = sent[line.move_line_id] | line
            begin = default_begin(line._default_terms(reminders))
            # sudo: who sends reminders need not change invoices; only when and why is noted
            move = line.invoice_id.sudo()
            if begin.since and (not move.in_default_since or begin.since < move.in_default_since):
                move.write({"in_default_since": begin.since, "in_default_reason": begin.reason})
