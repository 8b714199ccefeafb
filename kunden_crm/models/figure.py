from odoo import api, fields, models

# What a source says about a year.
SAID = ("currency_id", "revenue", "profit", "equity", "total_assets", "headcount", "note")


class KundenFigure(models.Model):
    """FACT: what a source says about a company's year."""

    _name = "kunden.figure"
    _description = "Key Figures of a Year"
    _order = "year desc, id desc"
    _rec_name = "year"

    partner_id = fields.Many2one("res.partner", string="Company", required=True, ondelete="cascade")
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
        help="The business year, e.g. 2025.",
    )
    source = fields.Char(help="Annual report, Federal Gazette, credit agency, own statement ...")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    revenue = fields.Monetary(string="Turnover")
    profit = fields.Monetary()
    equity = fields.Monetary()
    total_assets = fields.Monetary()
    equity_ratio = fields.Float(
        compute="_compute_equity_ratio",
        store=True,
        precompute=True,
        aggregator="avg",
        help="Equity as a share of the total assets.",
    )
    headcount = fields.Integer()
    note = fields.Char()

    _source_once = models.UniqueIndex(
        "(partner_id, year, COALESCE(source, ''))",
        "There are key figures of this year from that source already.",
    )
    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 1800 AND 2200)", "The year has four digits, e.g. 2025."
    )

    @api.depends("equity", "total_assets")
    def _compute_equity_ratio(self):
        for figure in self:
            assets = figure.total_assets
            figure.equity_ratio = figure.equity / assets if assets else 0.0

    @api.depends("year", "source")
    def _compute_display_name(self):
        for figure in self:
            figure.display_name = " · ".join(filter(None, [str(figure.year or ""), figure.source]))

    @api.model_create_multi
    def create(self, vals_list):
        """Also carries the newest headcount to the company."""
        figures = super().create(vals_list)
        figures.partner_id._take_newest_headcount()
        return figures

    def write(self, vals):
        """Also carries the newest headcount to the company."""
        before = self.partner_id
        done = super().write(vals)
        if {"headcount", "year", "partner_id"} & vals.keys():
            (before | self.partner_id)._take_newest_headcount()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_take_back_headcount(self):
        """The figure before the removed one is the newest again."""
        self.partner_id._take_newest_headcount(without=self.ids)

    @api.model
    def _rename_doubles(self, merged, survivor):
        """Lets figures of one year and source stand side by side at those who become one company.

        What says the same is dropped, what says something else gets a number behind its source.
        """
        figures = self.search([("partner_id", "in", (merged | survivor).ids)])
        kept, doubles = {}, self.browse()
        for figure in figures.sorted(lambda line: (line.partner_id != survivor, line.id)):
            said, number = figure._said(), 1
            source = figure.source or ""
            while kept.get((figure.year, source), said) != said:
                number += 1
                source = f"{figure.source or ''} ({number})".strip()
            if (figure.year, source) in kept:
                doubles |= figure
            elif number > 1:
                figure.source = source
            kept[figure.year, source] = said
        doubles.unlink()

    def _said(self):
        """What the figures say, to be compared."""
        return tuple(self[name] for name in SAID)
