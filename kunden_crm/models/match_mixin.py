from odoo import api, fields, models
from odoo.tools.mail import email_split

# So many contacts have their keys at once; of more, an import need not wait: the job makes them.
AT_ONCE = 100
# What is compared; whoever writes anything else pays nothing.
COMPARED = (
    *("name", "firstname", "lastname", "is_company", "type", "active", "partner_company_type_id"),
    *("phone_e164", "phone_extension", "mobile_e164", "mobile_extension", "email"),
    *("street", "zip", "city", "country_id"),
    *("birthdate_date", "vat", "company_registry", "ref", "parent_id"),
    *("bank_ids.sanitized_acc_number", "bank_ids.active", "online_profile_ids.url"),
)


class TwinMany2many(fields.Many2many):
    """The other contacts of open candidates: a view of both directions of a pair."""

    def update_db(self, model, columns):
        """The view is made with the table of the candidates, which knows its columns."""
        return False

    def write_real(self, records_commands_list, create=False):
        """Nothing is written but by finding pairs and deciding on them."""


class KeptKeys(fields.Boolean):
    """A stored field without a column: what triggers it makes the keys of a contact anew."""

    _column_type = None


class KundenMatchMixin(models.AbstractModel):
    """What is compared of a contact, kept up by every door in the same transaction.

    `match_keys` is a stored computed field without a column: what triggers it makes the keys of the
    contact anew, once per flush and for all contacts together. No door is refused.
    """

    _name = "kunden.match.mixin"
    _inherit = "kunden.merge.mixin"
    _description = "Duplicates of a Contact"

    duplicate_ids = TwinMany2many(
        "res.partner",
        "kunden_match_twin",
        "partner_id",
        "other_id",
        string="Possible Duplicates",
        copy=False,
        readonly=True,
        groups="kunden_crm.group_reader",
        help="Contacts that may be the same, as far as nobody has decided it.",
    )

    match_keys = KeptKeys(
        compute="_compute_match_keys",
        store=True,
        copy=False,
        prefetch=False,
        exportable=False,
        groups=fields.NO_ACCESS,
    )

    @api.depends(*COMPARED)
    def _compute_match_keys(self):
        """Makes the keys; whom they meet is found by the next look."""
        saved = self.filtered(lambda partner: isinstance(partner.id, int))
        match_keys = self.env["kunden.match.key"]
        if len(saved) > AT_ONCE:
            match_keys._keep_later(saved.ids)
            # sudo: whoever brings many contacts wakes the job that makes their keys
            self.env.ref("kunden_crm.cron_match").sudo()._trigger()
        else:
            match_keys._keep(saved)

    def unlink(self):
        """Who goes takes his keys along."""
        ids = self.ids
        done = super().unlink()
        self.env["kunden.match.key"]._forget(ids)
        return done

    def _is_compared(self):
        """Whether this contact can have a double: an address of somebody cannot."""
        return self.active and self.type == "contact" and bool(self.name)

    def _match_values(self):
        """What the kernel makes keys of.

        Core copies address, tax number and register number of a company to its contact persons:
        of a person they say nothing, or all colleagues would be one.
        """
        own = self.browse() if self.parent_id and not self.is_company else self
        emails = [self.email_normalized] if self.email_normalized else email_split(self.email or "")
        return {
            "is_company": self.is_company,
            "name": self.name or "",
            "firstname": self.firstname or "",
            "lastname": self.lastname or "",
            "birth_name": "",
            "legal_form": self.partner_company_type_id.shortcut or "",
            "phones": self._match_phones(),
            "emails": emails,
            "street": own.street or "",
            "zip": own.zip or "",
            "city": own.city or "",
            "country": self.country_id.code or "",
            "birthdate": self.birthdate_date or None,
            "vat": own.vat or "",
            "registry": own.company_registry or "",
            "ibans": self._match_ibans(),
            "ref": self.ref or "",
            "profiles": [url for url in self.online_profile_ids.mapped("url") if url],
        }

    def _match_phones(self):
        """The numbers in international form, an extension behind its mark."""
        numbers = (
            (self.phone_e164, self.phone_extension),
            (self.mobile_e164, self.mobile_extension),
        )
        return [
            f"{number};ext={extension}" if extension else number
            for number, extension in numbers
            if number
        ]

    def _match_ibans(self):
        """The accounts in use; one that is deleted is only put away."""
        accounts = self.bank_ids.filtered("active")
        return [iban for iban in accounts.mapped("sanitized_acc_number") if iban]
