from decimal import Decimal

from odoo import api, fields, models

SAID = {"date_from", "rate", "source"}


class KundenDunningBaseRate(models.Model):
    """RULE: the base rate of a half-year (BGB section 247), used once somebody has confirmed it."""

    _name = "kunden.dunning.base.rate"
    _description = "Base Rate"
    _order = "date_from desc"
    _rec_name = "date_from"

    date_from = fields.Date(
        string="Valid From", required=True, help="1 January or 1 July; valid for half a year."
    )
    rate = fields.Float(string="Base Rate (%)", digits=(6, 2), required=True, aggregator=None)
    source = fields.Char(help="Where the rate was published.")
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "To Confirm"), ("confirmed", "Confirmed")],
        compute="_compute_state",
        help="Interest is charged with confirmed rates only.",
    )

    _once = models.UniqueIndex("(date_from)", "There is a base rate from this day already.")
    _half_year = models.Constraint(
        "CHECK (EXTRACT(DAY FROM date_from) = 1 AND EXTRACT(MONTH FROM date_from) IN (1, 7))",
        "The base rate changes on 1 January and on 1 July.",
    )

    @api.depends("confirmed_on")
    def _compute_state(self):
        for line in self:
            line.state = "confirmed" if line.confirmed_on else "open"

    def write(self, vals):
        """Who changes what a line says takes back its confirmation."""
        if SAID & vals.keys():
            vals = {"confirmed_by_id": False, "confirmed_on": False, **vals}
        return super().write(vals)

    def action_confirm(self):
        """Say that the rates are those that were published; from now on they are used."""
        today = fields.Date.context_today(self)
        self.write({"confirmed_by_id": self.env.uid, "confirmed_on": today})
        return True

    @api.model
    def _confirmed_rates(self):
        """The rates that may be used, by the first day of their half-year."""
        # sudo: whoever sends reminders need not read the table of rates; only the numbers leave it
        confirmed = self.sudo().search_fetch([("confirmed_on", "!=", False)], ["date_from", "rate"])
        return {line.date_from: Decimal(f"{line.rate:.2f}") for line in confirmed}
