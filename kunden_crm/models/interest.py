from odoo import fields, models
from odoo.exceptions import UserError

# What makes the statement; its end and what is known about the source come later.
STATEMENT = ("partner_id", "topic_id", "stated_on", "stated_by_id")


class KundenInterest(models.Model):
    """FACT: somebody stated an interest of a person; it is ended where it has passed."""

    _name = "kunden.interest"
    _description = "Stated Interest"
    _order = "stated_on desc, id desc"
    _rec_name = "topic_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    topic_id = fields.Many2one(
        "kunden.interest.topic", string="Interest", required=True, index=True, ondelete="restrict"
    )
    category = fields.Selection(related="topic_id.category")
    stated_on = fields.Date(required=True, default=fields.Date.context_today)
    stated_by_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        ondelete="set null",
    )
    source = fields.Char(help="How we know: said on the phone, a survey, an order.")
    ended_on = fields.Date(string="Until", help="The day on which it was no longer true.")

    def write(self, vals):
        """Adds an end or a source; what was stated stays as it was."""
        for name in STATEMENT:
            field = self._fields[name]
            for interest in self if name in vals else ():
                stated = field.convert_to_cache(interest[name], interest)
                if field.convert_to_cache(vals[name], interest) != stated:
                    raise UserError(
                        self.env._(
                            "What was stated is not rewritten. Give the interest an end, or"
                            " remove a wrong line and enter the right one."
                        )
                    )
        return super().write(vals)
