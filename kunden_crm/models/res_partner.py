from odoo import fields, models

from .invoice_mixin import FORMS


class KundenPartnerMixin(models.AbstractModel):
    """One parent for all: Python sorts the parents of a model at every call over the line."""

    _name = "kunden.partner.mixin"
    _description = "Customer File in the Contact"
    _inherit = [
        "kunden.name.mixin",
        "kunden.salutation.mixin",
        "kunden.kind.mixin",
        "kunden.file.mixin",
        "kunden.phone.mixin",
        "kunden.place.mixin",
        "kunden.number.mixin",
        "kunden.stage.mixin",
        "kunden.search.mixin",
        "kunden.match.find.mixin",
        "kunden.field.door.mixin",
        "kunden.field.filled.mixin",
        "kunden.field.gap.mixin",
        "kunden.standard.mixin",
        "kunden.door.mixin",
        "kunden.person.mixin",
        "kunden.company.mixin",
        "kunden.channel.mixin",
        "kunden.profile.mixin",
        "kunden.household.mixin",
        "kunden.payment.mixin",
        "kunden.statement.mixin",
        "kunden.invoice.mixin",
        "kunden.merge.mixin",
        "kunden.access.mixin",
        "kunden.field.mixin",
        "kunden.origin.mixin",
        "kunden.interaction.mixin",
        "kunden.letter.mixin",
        "kunden.import.template.mixin",
        "kunden.import.origin.mixin",
        "kunden.dunning.mixin",
    ]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["kunden.partner.mixin", "res.partner", "kunden.default.mixin"]

    # by the names that a German seller knows; core calls the first "France (FacturX)"
    invoice_edi_format = fields.Selection(selection_add=list(FORMS.items()))
    # a related field needs the fields of the contact, which a mixin does not have
    owner_team_id = fields.Many2one(
        related="user_id.sale_team_id", string="Team", help="The sales team of the owner."
    )
