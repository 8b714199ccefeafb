from odoo import api, models, tools


class KundenDefaultMixin(models.AbstractModel):
    """Answers at once for the hundred fields of a contact that have no default value.

    Core asks each field, twice for every contact that is made. This stands behind all other answers
    of `default_get`, so whoever extends it still sees every name that was asked for.
    """

    _name = "kunden.default.mixin"
    _description = "Default Values of a Contact"

    @api.model
    def default_get(self, fields):
        """As core, asking only fields that can have a default."""
        possible = self._fields_with_default()
        possible |= self.env["ir.default"]._get_model_defaults(self._name).keys()
        possible |= {key[8:] for key in self.env.context if key.startswith("default_")}
        return super().default_get([name for name in fields if name in possible])

    @tools.ormcache()
    def _fields_with_default(self):
        """The fields that have a default by themselves or through another model."""
        return frozenset(
            name for name, field in self._fields.items() if field.default or field.inherited
        )
