from odoo import api, fields, models
from odoo.exceptions import UserError


class KundenFieldOption(models.Model):
    """RULE: an answer of a field with choices; renamed or retired, what was said stays."""

    _name = "kunden.field.option"
    _description = "Choice of a Field"
    _order = "catalogue_id, sequence, id"

    catalogue_id = fields.Many2one("kunden.field", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    # not "active": what was said stays to be seen at the customer
    in_use = fields.Boolean(default=True)

    @api.ondelete(at_uninstall=False)
    def _refuse_chosen(self):
        """A choice that customers have made is taken out of use, not deleted."""
        # sudo: customers of all companies have chosen; only whether there are any leaves
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        for option in self:
            name = option.catalogue_id.technical_name
            if name in partners._fields and partners.search_count(
                [(name, "in", option.ids)], limit=1
            ):
                raise UserError(
                    self.env._(
                        "“%s” was chosen for customers: take it out of use instead.", option.name
                    )
                )
