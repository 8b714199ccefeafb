from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..kernel.text import is_storable


class KundenDoorMixin(models.AbstractModel):
    """The doors through which values come: the form of a person, and all others.

    A person who saves the form may be told what is wrong. Every other door stores what it brings,
    except a text that the database cannot hold: core answers that with a broken page.
    """

    _name = "kunden.door.mixin"
    _description = "Doors of a Contact"

    @api.model_create_multi
    def create(self, vals_list):
        """Name a text that cannot be stored."""
        self._refuse_unstorable(self._given_defaults())
        for vals in vals_list:
            self._refuse_unstorable(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Name a text that cannot be stored."""
        self._refuse_unstorable(vals)
        return super().write(vals)

    @api.model
    def _given_defaults(self):
        """The values that a caller sends in the context for new contacts."""
        return {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }

    @api.model
    def _refuse_unstorable(self, vals):
        """ValidationError for half characters and zero bytes, which no client types."""
        for name, value in vals.items():
            if type(value) is str and not is_storable(value):
                raise ValidationError(
                    self.env._("The text for %s holds characters that cannot be stored.", name)
                )

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed into the form."""
        self._refuse_unstorable(vals)
        return super().web_save(self._prepare_human_values(vals), specification, next_id)

    def web_save_multi(self, vals_list, specification):
        """Save what a person typed into several lines of a list."""
        if len(self) != len(vals_list):
            return super().web_save_multi(vals_list, specification)
        saved = []
        for partner, vals in zip(self, vals_list, strict=True):
            self._refuse_unstorable(vals)
            human = partner._prepare_human_values(vals)
            saved += super(KundenDoorMixin, partner).web_save_multi([human], specification)
        return saved

    def _prepare_human_values(self, vals):
        """Extend me: clean what a person saves, or refuse it with a ValidationError."""
        vals = dict(vals)
        if vals.get("child_ids"):
            vals["child_ids"] = [self._prepare_child(command) for command in vals["child_ids"]]
        return vals

    @api.model
    def _prepare_child(self, command):
        """A contact that is saved inside the form of its company goes through the same door."""
        if command[0] not in (Command.CREATE, Command.UPDATE):
            return command
        self._refuse_unstorable(command[2])
        child = self.browse(command[1] if command[0] == Command.UPDATE else ())
        return (*command[:2], child._prepare_human_values(command[2]))
