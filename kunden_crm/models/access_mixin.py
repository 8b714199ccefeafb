from odoo import models


class KundenAccessMixin(models.AbstractModel):
    """Closes the ways past the groups of a field that core leaves open, opens what it closes."""

    _name = "kunden.access.mixin"
    _description = "Rights on Fields"

    def copy_data(self, default=None):
        """Duplicate leaves out what the user may not write, where core would refuse it all."""
        given = dict(default or {})
        hidden = [
            name
            for name, field in self._fields.items()
            if field.copy and name not in given and not self._has_field_access(field, "write")
        ]
        copies = super().copy_data({**given, **dict.fromkeys(hidden)})
        return [
            {name: value for name, value in values.items() if name not in hidden}
            for values in copies
        ]

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Asks for the right to read a many2many; core asks for all other fields."""
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field and field.type == "many2many":
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
