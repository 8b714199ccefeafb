from odoo import api, fields, models


class KundenDunningGenerateMixin(models.AbstractModel):
    """Which items a run picks up, and by which channel each customer hears of them."""

    _name = "kunden.dunning.generate.mixin"
    _description = "Lines of a Dunning Run"

    @api.model
    def create_or_update_from_mv_lines(
        self,
        lines,
        level,
        controlling_date,
        company,
        check_tolerance=True,
        default_lines_vals=None,
    ):
        """Leaves out what is blocked or disputed, and what lies below the tolerance."""
        day = fields.Date.to_date(controlling_date) or fields.Date.context_today(self)
        lines = lines.filtered(lambda item: not item._dunning_obstacle(day))
        if check_tolerance:
            lines = lines._above_dunning_tolerance(company, day)
        return super().create_or_update_from_mv_lines(
            lines,
            level,
            controlling_date,
            company,
            check_tolerance=False,
            default_lines_vals=default_lines_vals,
        )

    @api.model
    def _prepare_from_move_line(
        self, move_line, level, controlling_date, open_amount, default_lines_vals
    ):
        """The channel of the level, of the customer's choice, or what can reach him at all."""
        values = super()._prepare_from_move_line(
            move_line, level, controlling_date, open_amount, default_lines_vals
        )
        return {**values, "channel": self._dunning_channel(level, move_line.partner_id)}

    @api.model
    def _dunning_channel(self, level, partner):
        """By e-mail or letter: the invoice contact first, then the customer himself."""
        if level.channel == "phone":
            return level.channel
        contact = partner.browse(partner.address_get(["invoice"])["invoice"])
        wish = contact.preferred_channel or partner.preferred_channel
        channel = level.channel
        if not level.keeps_channel and wish in ("email", "letter"):
            channel = wish
        reachable = contact.email or contact.commercial_partner_id.email
        return channel if channel == "letter" or reachable else "letter"
