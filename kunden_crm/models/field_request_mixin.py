from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from .field_confirmation import SECTIONS
from .field_quality_overdue_mixin import PARTS

MOST, MOST_LETTERS = 1000, 100
LATELY = timedelta(days=30)
_NUMBERS = {"phone": "phone_problem", "mobile": "mobile_problem"}


class Request(NamedTuple):
    """Whom a request reaches by which channel, whom not and why, and what each is asked."""

    email: models.BaseModel
    letter: models.BaseModel
    left_out: dict
    details: dict


class KundenFieldRequestMixin(models.AbstractModel):
    """Whom to ask for what is missing in his file, and for what he may be asked at all.

    Only normal fields are ever named, and of those the ones that a customer is asked for himself.
    """

    _name = "kunden.field.request.mixin"
    _description = "Requests for Missing Details"

    def action_request_details(self):
        """Open the dialogue that asks these customers for what is missing in their files."""
        return self._open_request(self.env.context.get("quality_measure") or "missing")

    def _open_request(self, measure, entries=(), section=False):
        """The dialogue for these contacts: what is wrong, in which fields, in which part."""
        if len(self) > MOST:
            raise UserError(
                self.env._(
                    "At most %s customers are asked at a time. Narrow the files down, e.g. by"
                    " owner, and ask them in several steps.",
                    MOST,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask Customers for Details"),
            "res_model": "kunden.field.request",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_ids": self.ids,
                "default_measure": measure,
                "default_catalogue_ids": [entry.id for entry in entries],
                "default_section": section,
            },
        }

    def _plan_request(self, measure, entries=(), section=False, subject=None):
        """A Request: each of these contacts is asked by e-mail or letter, or left out.

        Whoever was written to under this subject a short while ago is not asked again.
        """
        details = self._details_to_ask(measure, entries, section)
        asked = self._asked_lately(subject)
        email, letter, left_out = [], [], {}
        for partner in self:
            channel, reason = partner._request_channel(bool(details[partner.id]))
            if channel and partner in asked:
                reason = self.env._("Asked within the last 30 days")
            if reason:
                left_out.setdefault(reason, []).append(partner.id)
            else:
                (email if channel == "email" else letter).append(partner.id)
        left_out = {reason: self.browse(ids) for reason, ids in left_out.items()}
        return Request(self.browse(email), self.browse(letter), left_out, details)

    def _asked_lately(self, subject):
        """Those of these contacts who were written to under the subject; nobody without one."""
        if not subject:
            return self.browse()
        letters = self.env["kunden.interaction"]._search(
            [
                ("partner_id", "in", self.ids),
                ("subject", "=", subject),
                ("direction", "=", "out"),
                ("channel", "in", ("email", "letter")),
                ("date", ">=", fields.Datetime.now() - LATELY),
            ]
        )
        every = self.with_context(active_test=False)
        return every.search([("interaction_ids", "in", letters), ("id", "in", self.ids)])

    def _request_channel(self, lacks):
        """By which channel somebody is asked, or else why he is not: one of them is None."""
        if not self.active:
            return None, self.env._("Archived")
        if not lacks:
            return None, self.env._("Nothing to be asked of the customer")
        has_email = bool(self.email_normalized) and not self.message_bounce
        has_address = bool(self.city and (self.street or self.zip))
        by_email = has_email and not self.do_not_email and not self.is_blacklisted
        by_letter = has_address and not self.do_not_letter
        if by_email and not (by_letter and self.preferred_channel == "letter"):
            return "email", None
        if by_letter:
            return "letter", None
        if has_email or has_address:
            return None, self.env._("Does not want to be written to")
        return None, self.env._("Neither a working e-mail address nor a postal address")

    def _details_to_ask(self, measure, entries=(), section=False):
        """By contact what he is to be asked: {technical name or part of the file: label}."""
        if measure == "overdue":
            return self._parts_to_ask((section,) if section else PARTS)
        asked = self._askable_entries()
        asked = asked & entries if entries else asked
        if measure in ("phone", "email"):
            names = tuple(_NUMBERS) if measure == "phone" else ("email",)
            asked = asked.filtered(lambda entry: entry.technical_name in names)
            return {
                partner.id: {
                    entry.technical_name: entry.name
                    for entry in asked
                    if partner._is_unreachable_by(entry.technical_name)
                }
                for partner in self
            }
        name = {"completeness": "missing_field_ids", "missing": "missing_field_ids"}.get(
            measure, "junk_field_ids"
        )
        return {
            partner.id: {entry.technical_name: entry.name for entry in partner[name] & asked}
            for partner in self
        }

    def _is_unreachable_by(self, name):
        """Whether something stands in this field by which nobody is reached."""
        if name == "email":
            return bool(self.email) and bool(self.message_bounce or not self.email_normalized)
        return bool(self[name] and self[_NUMBERS[name]])

    def _parts_to_ask(self, parts):
        labels = dict(SECTIONS)
        told = self.env["kunden.field.confirmation"]._fields["section"]
        labels |= dict(told._description_selection(self.env))
        return {
            partner.id: {
                part: labels[part] for part in parts if partner[f"{part}_confirmation_due"]
            }
            for partner in self
        }

    @api.model
    def _askable_entries(self):
        """The lines of the catalogue that a customer may be asked for in writing."""
        found = self.env["kunden.field"].search(
            [("sensitivity", "=", "normal"), ("collection_ids.asks_customer", "=", True)]
        )
        return found.filtered(
            lambda entry: (
                entry.technical_name in self._fields
                and self._has_field_access(self._fields[entry.technical_name], "read")
            )
        )

    def _names_told(self, most=8):
        """The names of these contacts, the first few of many."""
        names = self[:most].mapped("display_name")
        if len(self) > most:
            names.append(self.env._("%s more", len(self) - most))
        return format_list(self.env, names)
