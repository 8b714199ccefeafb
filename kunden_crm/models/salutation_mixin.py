from odoo import api, fields, models

from ..kernel.salutations import letter_salutation

_GENDERS = {"mr": "male", "ms": "female"}
_KNOWN_GENDERS = ("male", "female")


class KundenSalutationMixin(models.AbstractModel):
    """How somebody is addressed, and how a letter to him begins."""

    _name = "kunden.salutation.mixin"
    _description = "Salutation of a Contact"

    salutation = fields.Selection([("mr", "Mr"), ("ms", "Ms"), ("neutral", "Neutral")])
    familiar_address = fields.Boolean(
        help="Addressed by first name (German: du) in letters and e-mails."
    )
    letter_salutation_own = fields.Char(
        string="Own Wording of the Letter Salutation",
        help="Stands in letters instead of the one that is made; empty it to have that one back.",
    )
    letter_salutation = fields.Char(
        compute="_compute_letter_salutation",
        inverse="_inverse_letter_salutation",
        help="How a letter begins. An own wording stays until you empty the field.",
    )

    @api.depends(
        "letter_salutation_own",
        "salutation",
        "gender",
        "academic_title",
        "firstname",
        "lastname",
        "familiar_address",
        "is_company",
        "lang",
    )
    @api.depends_context("lang")
    def _compute_letter_salutation(self):
        for partner in self:
            partner.letter_salutation = (
                partner.letter_salutation_own or partner._made_letter_salutation()
            )

    def _inverse_letter_salutation(self):
        for partner in self:
            made = partner._made_letter_salutation()
            own = (partner.letter_salutation or "").strip()
            partner.letter_salutation_own = own if own not in (made, "") else False
        # An emptied field shows at once what is made again.
        self.invalidate_recordset(["letter_salutation"])

    @api.onchange("letter_salutation")
    def _onchange_letter_salutation(self):
        """What somebody words himself is not overwritten when he goes on typing."""
        made = self._made_letter_salutation()
        own = (self.letter_salutation or "").strip()
        self.letter_salutation_own = own if own not in (made, "") else False
        self.letter_salutation = own or made

    def _made_letter_salutation(self):
        """What follows from name, gender and du or Sie, in the contact's language."""
        self.ensure_one()
        return letter_salutation(
            "company" if self.is_company else "person",
            self._letter_gender(),
            self.academic_title,
            self.firstname,
            self.lastname,
            self.familiar_address,
            self.lang or self.env.lang,
        )

    def _letter_gender(self):
        """The gender in which somebody wants to be addressed; "" where nothing is known."""
        if self.salutation:
            return _GENDERS.get(self.salutation, "")
        return self.gender if self.gender in _KNOWN_GENDERS else ""
