from odoo import api, fields, models

from ..kernel.match_keys import keys

_LINES = 10
# What a client may say of a contact that is being typed.
_TEXTS = (
    *("name", "firstname", "lastname", "phone", "mobile", "email", "street", "zip", "city"),
    *("vat", "company_registry", "ref"),
)
_LINKS = {"country_id": "res.country", "partner_company_type_id": "res.partner.company.type"}
# What is taken over into the other contact, where nothing stands there.
_TAKEN = ("phone", "mobile", "email", "birthdate_date", "vat", "company_registry", "website")
_PLACE = ("street", "zip", "city", "country_id")


class KundenMatchFindMixin(models.AbstractModel):
    """Duplicates seen while typing: one function for every door, and what a clerk says to it."""

    _name = "kunden.match.find.mixin"
    _inherit = ["kunden.door.mixin", "kunden.match.mixin"]
    _description = "Duplicates While Typing"

    match_notes = fields.Json(
        string="Duplicates",
        store=False,
        exportable=False,
        help="Which contacts are not the same as the one being typed.",
    )

    @api.model
    @api.readonly
    def kunden_find_duplicates(self, values):
        """Contacts that may be the same as the one these values describe, the likeliest first.

        `values` are fields of a contact, with its `id` where it is stored; each answer is
        {"partner_id", "score" (certainty in per cent), "reasons" (words), "name", "detail",
        "may_decide"}. Whoever may not read a contact is not told of it; where its company lets
        others know, there is an answer without a contact.
        """
        if not isinstance(values, dict) or not self.env.user._is_internal():
            return []
        if not self.has_access("read"):
            return []
        typed = self._match_typed(values)
        found = self._find_alike(values, typed)
        weights = self.env["kunden.match.weight"]
        partners = self.browse([row[0] for row in found]).exists()
        readable = partners._filtered_access("read")
        told = []
        clerk = self.env.user.has_group("kunden_crm.group_user")
        for partner_id, score, codes in found:
            partner = self.browse(partner_id)
            if partner in readable:
                answer = {
                    "partner_id": partner_id,
                    "score": score,
                    "reasons": weights._told(codes, partner._compared_names(typed)),
                    **partner._match_line(),
                    "may_decide": clerk,
                }
                told.append(answer)
        told += self._told_elsewhere(partners - readable, {row[0]: row[1] for row in found})
        return told[:_LINES]

    @api.model
    def _find_alike(self, values, typed, percent=None):
        """(contact, certainty, codes of reasons) of those who may be the same, likeliest first."""
        if not typed["name"] and not any(typed[name] for name in ("phones", "emails", "vat")):
            return []
        own = values.get("id")
        own = own if type(own) is int else 0
        weights = self.env["kunden.match.weight"]
        places = ("phones", "emails", "street", "zip", "city", "birthdate", "vat")
        little = not typed["name"] or not any(typed[name] for name in places)
        found = weights._look_up(keys(typed), percent or weights._typed_from(little))
        apart = self.env["kunden.match.candidate"]._decided_apart(own) if own else set()
        return [row for row in found if row[0] not in {own, *apart}]

    @api.model
    def _match_typed(self, values):
        """What the kernel makes keys of, from values that somebody types."""
        clean = {name: self._plain_text(values[name]) for name in _TEXTS if values.get(name)}
        for name, model in _LINKS.items():
            link = values.get(name)
            link = link.get("id") if isinstance(link, dict) else link
            if link and type(link) is int:
                clean[name] = self.env[model].browse(link).exists().id
        clean["is_company"] = bool(values.get("is_company"))
        if values.get("company_type"):
            clean["is_company"] = values["company_type"] == "company"
        try:
            clean["birthdate_date"] = fields.Date.to_date(values.get("birthdate_date") or False)
        except (TypeError, ValueError):
            clean["birthdate_date"] = False
        new = self.browse()
        clean |= {
            name: value
            for name, value in new._agreeing_names(clean).items()
            if name in ("name", "firstname", "lastname")
        }
        # sudo: what somebody types is his own; whether he may read it afterwards is another matter
        return self.sudo().new(clean)._match_values()

    def _compared_names(self, values):
        """By comparison, the name that these values say and the one of this contact."""
        return {
            "first": (values["firstname"], self.firstname),
            "last": (values["lastname"], self.lastname),
            "core": (values["name"], self.name),
        }

    @api.model
    def _plain_text(self, value):
        """A text of a client, as long as one that a person types."""
        return str(value).replace("\0", "")[:500]

    def _match_line(self):
        """Name and place by which a person knows this contact."""
        place = " ".join(filter(None, (self.zip, self.city)))
        number = self.env._("No. %s", self.ref) if self.ref else ""
        return {
            "name": self.display_name,
            "detail": ", ".join(filter(None, (number, self.street, place))),
        }

    @api.model
    def _told_elsewhere(self, hidden, scores):
        """One answer for those in other companies that let us know of them, without saying who."""
        # sudo: a clerk may learn that a twin exists, not who it is
        shared = hidden.sudo().filtered("company_id.match_shared")
        if not shared:
            return []
        score = max(scores[partner.id] for partner in shared)
        return [
            {
                "partner_id": False,
                "score": score,
                "reasons": [self.env._("known in another company of the group")],
                "name": self.env._("A contact of another company"),
                "detail": "",
                "may_decide": False,
            }
        ]

    # What a clerk says to it

    @api.model
    def kunden_is_same(self, values, other_id):
        """The contact being typed is another one: merge both, or go on in the other one.

        What the other one lacks is taken over from what was typed.
        """
        other = self.browse(other_id).exists()
        other.check_access("read")
        own = self.browse(values.get("id") or ()).exists()
        if own:
            candidates = self.env["kunden.match.candidate"]
            candidates._refuse_reader()
            own.check_access("read")
            candidates._decide(own, other, "same")
            return self._open_merge(own | other)
        other._take_typed(values)
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": other.id,
            "views": [(False, "form")],
        }

    def kunden_is_different(self, other_id):
        """This contact and another one are not the same: kept for good."""
        self.check_access("read")
        other = self.browse(other_id).exists()
        other.check_access("read")
        candidates = self.env["kunden.match.candidate"]
        candidates._refuse_reader()
        candidates._decide(self, other, "different")
        return True

    def _take_typed(self, values):
        """Fill what stands empty here by what was typed; an address only as a whole."""
        names = [name for name in _TAKEN if not self[name]]
        if not any(self[name] for name in _PLACE[:3]):
            names += _PLACE
        taken = {
            name: values[name]
            for name in names
            if values.get(name)
            and name in self._fields
            and self._has_field_access(self._fields[name], "write")
        }
        if taken and self.has_access("write"):
            self.web_save(taken, {})

    @api.model
    def _open_merge(self, partners):
        """The merge of these contacts, side by side."""
        if "kunden.merge" in self.env:
            return self.env["kunden.merge"]._prepare(partners)
        action = self.env["ir.actions.act_window"]._for_xml_id("base.action_partner_merge")
        context = {"active_model": "res.partner", "active_ids": partners.ids}
        return {**action, "context": context}

    def _prepare_human_values(self, vals):
        """What was told apart is kept with the contact itself, not by those inside its form."""
        vals = super()._prepare_human_values(vals)
        vals.pop("match_notes", None)
        return vals

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed, and keep whom he has said it is not."""
        vals = dict(vals)
        notes = vals.pop("match_notes", None)
        saved = super().web_save(vals, specification, next_id)
        different = notes.get("different") if isinstance(notes, dict) else None
        if isinstance(different, list):
            others = self.browse(one for one in different if type(one) is int).exists()
            others = others._filtered_access("read")
            if others and self.env.user.has_group("kunden_crm.group_user"):
                partner = self or self.browse(saved[0]["id"])
                self.env["kunden.match.candidate"]._decide(partner, others, "different")
        return saved

    def _before_merge(self, survivor):
        """What was decided of those who go is decided of the survivor."""
        result = super()._before_merge(survivor)
        # sudo: nothing is lost because whoever merges may not see it
        self.env["kunden.match.candidate"].sudo()._pass_on(self, survivor)
        return result
