from odoo import fields, models


class KundenDunningBlockMixin(models.AbstractModel):
    """A stop for all reminders, with its reason and its end."""

    _name = "kunden.dunning.block.mixin"
    _description = "Dunning Block"

    dunning_block = fields.Boolean(
        string="No Dunning",
        copy=False,
        tracking=True,
        help="No reminder is made or sent, also not from a run that has been made already.",
    )
    dunning_block_reason = fields.Char(string="Reason", copy=False, tracking=True)
    dunning_block_until = fields.Date(
        string="Until",
        copy=False,
        tracking=True,
        help="The last day of the block; without a day it stays until somebody lifts it.",
    )

    def _is_dunning_blocked(self, day):
        """Whether any of these stops reminders on that day."""
        return any(
            record.dunning_block
            and (not record.dunning_block_until or record.dunning_block_until >= day)
            for record in self
        )
