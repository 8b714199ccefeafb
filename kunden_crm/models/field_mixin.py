from odoo import models


class KundenFieldMixin(models.AbstractModel):
    """What the catalogue of fields does in a contact: one line each."""

    _name = "kunden.field.mixin"
    _description = "Field Catalogue in the Contact"
    _inherit = [
        "kunden.field.protect.mixin",
        "kunden.field.require.mixin",
        "kunden.field.place.mixin",
        "kunden.field.change.mixin",
        "kunden.field.work.mixin",
        "kunden.field.confirm.mixin",
        "kunden.field.junk.mixin",
        "kunden.field.request.send.mixin",
    ]
