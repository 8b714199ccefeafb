from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["kunden.access.mixin", "kunden.field.protect.mixin", "res.users"]

    is_strict_integration = fields.Boolean(
        string="Integration, Strict",
        help="An interface that stores no customer who lacks a required field: it is refused like a"
        " person. Other interfaces store the customer, and the file is marked.",
    )

    @api.model
    @tools.ormcache()
    def _strict_integrations(self):
        """The ids of the users that the rules refuse through interfaces, too."""
        # sudo: whether somebody is such a user is asked whenever he stores a contact
        return frozenset(self.sudo().search([("is_strict_integration", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Who is strict is known at once."""
        users = super().create(vals_list)
        if any("is_strict_integration" in vals for vals in vals_list):
            self.env.registry.clear_cache()
        return users

    def write(self, vals):
        """Who is strict is known at once."""
        done = super().write(vals)
        if "is_strict_integration" in vals:
            self.env.registry.clear_cache()
        return done
