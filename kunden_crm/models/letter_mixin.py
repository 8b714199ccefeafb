from markupsafe import Markup

from odoo import models

from ..kernel.names import NameParts
from ..kernel.salutations import Address, address_lines


class KundenLetterMixin(models.AbstractModel):
    """How one writes to a customer: the address, the letter, the e-mail."""

    _name = "kunden.letter.mixin"
    _description = "Correspondence with a Contact"

    def _letter_address(self):
        """The lines of the address of a letter to the contact (DIN 5008)."""
        self.ensure_one()
        if self.type != "contact" and self.parent_id:
            return self._lines_of_address_record()
        kind = "company" if self.is_company else "person"
        return address_lines(
            self._letter_name(),
            self._letter_place(),
            kind=kind,
            gender=self._letter_gender(),
            company=self.commercial_company_name or "",
        )

    def _lines_of_address_record(self):
        """An invoice or delivery address: to its customer, with the name it bears as department."""
        parent = self.parent_id
        return address_lines(
            parent._letter_name(),
            self._letter_place(),
            kind="company" if parent.is_company else "person",
            gender=parent._letter_gender(),
            company=parent.commercial_company_name or "",
            department=self.name or "",
        )

    def _letter_name(self):
        if self.is_company:
            return NameParts(lastname=self.name or "")
        parts = NameParts(self.academic_title or "", self.firstname or "", self.lastname or "")
        return parts if any(parts) else NameParts(lastname=self.name or "")

    def _letter_place(self):
        """Where the contact is; abroad is what lies outside the country of the sender."""
        own_country = self.env.company.country_id
        return Address(
            street=self.street,
            street2=self.street2,
            zip_code=self.zip,
            city=self.city,
            country=self.country_id.name,
            foreign=bool(self.country_id and own_country and self.country_id != own_country),
        )

    def action_write_letter(self):
        """Open the dialogue that writes, prints and logs a letter to the contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write Letter"),
            "res_model": "kunden.letter.draft",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def action_write_email(self):
        """Open core's composer for the contact; what it sends is kept in the contact's chatter."""
        self.ensure_one()
        greeting = self.letter_salutation or ""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write E-mail"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "comment",
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_partner_ids": self.ids,
                "default_subject": "",
                "default_body": Markup("<p>%s</p><p><br></p>") % greeting,
            },
        }
