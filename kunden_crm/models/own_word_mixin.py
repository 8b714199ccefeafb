from odoo import api, models
from odoo.exceptions import AccessError


class KundenOwnWordMixin(models.AbstractModel):
    """What a run, a merge or an import says of itself: no caller may say it in its name."""

    _name = "kunden.own.word.mixin"
    _description = "Only Its Own Buttons and Steps Say It"

    # Never said by a caller; and said once, when the record is made.
    _its_own = frozenset()
    _said_once = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """AccessError where a caller says in whose name, where, or how far it is."""
        if not self.env.su:
            self._refuse_forged(set().union(*vals_list) & self._its_own)
        return super().create(vals_list)

    def write(self, vals):
        """AccessError as in create."""
        if not self.env.su:
            self._refuse_forged(vals.keys() & (self._its_own | self._said_once))
        return super().write(vals)

    @api.model
    def _refuse_forged(self, names):
        if names:
            told = ", ".join(sorted(names))
            raise AccessError(self.env._("No caller may set this: %s", told))
