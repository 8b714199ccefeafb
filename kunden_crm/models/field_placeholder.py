from odoo import api, fields, models, tools

from ..kernel.blanks import placeholder_day, placeholder_key


class KundenFieldPlaceholder(models.Model):
    """RULE: a text that counts as not filled in, e.g. "k.A." or "xxx"."""

    _name = "kunden.field.placeholder"
    _description = "Text That Counts as Empty"
    _order = "name, id"

    name = fields.Char(
        string="Text",
        required=True,
        help="Compared without regard to capitals; a day such as 01.01.1900 counts in date fields.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What is missing where changes with the list."""
        placeholders = super().create(vals_list)
        self.env["kunden.field.rule"]._changed()
        return placeholders

    def write(self, vals):
        """What is missing where changes with the list."""
        done = super().write(vals)
        self.env["kunden.field.rule"]._changed()
        return done

    def unlink(self):
        """What is missing where changes with the list."""
        done = super().unlink()
        self.env["kunden.field.rule"]._changed()
        return done

    @api.model
    @tools.ormcache()
    def _texts_and_days(self):
        """The keys of all placeholders, and the days among them, as two lists."""
        # sudo: the list is the same for everybody who saves a contact
        names = self.sudo().search([("name", "!=", False)]).mapped("name")
        days = filter(None, map(placeholder_day, names))
        return sorted(set(map(placeholder_key, names))), sorted(set(days))
