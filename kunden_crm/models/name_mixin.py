from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..kernel.names import NameParts, join_name, name_matches, split_name
from ..kernel.salutations import gender_of_salutation
from ..kernel.text import clean_text

PARTS = ("academic_title", "firstname", "lastname")
_KIND = {"is_company", "company_type"}
_TOUCHED = {"name", *PARTS, *_KIND}
_SALUTATIONS = {"male": "mr", "female": "ms"}


class KundenNameMixin(models.AbstractModel):
    """First and last name beside core's `name`, which stays a plain column; both ways agree.

    The name that comes with a write is right: parts that say something else are made from it.
    Parts that come alone make the name. A company has no parts.
    """

    _name = "kunden.name.mixin"
    _inherit = "kunden.door.mixin"
    _description = "Names of a Person"

    academic_title = fields.Char()
    firstname = fields.Char(string="First Name")
    lastname = fields.Char(string="Last Name")

    _firstname = models.Index("(firstname) WHERE firstname IS NOT NULL")
    _lastname = models.Index("(lastname) WHERE lastname IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        """Split or join the names of a whole batch before it is stored."""
        new, context = self.browse(), self.env.context
        names = [name for name in ("name", *PARTS) if f"default_{name}" in context]
        defaults = {name: context[f"default_{name}"] for name in names}
        return super().create(
            [{**vals, **new._agreeing_names({**defaults, **vals})} for vals in vals_list]
        )

    def write(self, vals):
        """Keep name and parts in agreement; one write where all get the same values."""
        if _TOUCHED.isdisjoint(vals):
            return super().write(vals)
        groups = defaultdict(self.browse)
        for partner in self:
            groups[tuple(partner._agreeing_names(vals).items())] += partner
        result = True
        for values, partners in groups.items():
            partners = partners.with_prefetch(self._prefetch_ids)
            result = super(KundenNameMixin, partners).write({**vals, **dict(values)}) and result
        return result

    def _agreeing_names(self, vals):
        """What has to be stored along with `vals` so that the name and its parts agree."""
        # Another program may bring a number, which core stores as text.
        texts = {name: str(vals[name]) for name in ("name", *PARTS) if vals.get(name)}
        vals = {**vals, **texts}
        old = NameParts(*(self[part] or "" for part in PARTS))
        parts = NameParts(*(vals.get(part, self[part]) or "" for part in PARTS))
        if self._becomes_company(vals):
            name = {} if vals.get("name", self.name) else _joined(parts)
            return name | (dict.fromkeys(PARTS, False) if any(parts) else {})
        name = vals.get("name", self.name)
        parts_are_new = parts != old and any(parts)
        if name and any(parts) and name_matches(parts, name):
            return {}
        if parts_are_new and not vals.get("name"):
            return _joined(parts)
        found = split_name(name)
        values = dict(zip(PARTS, (part or False for part in found), strict=False))
        return values | self._found_salutation(vals, found)

    def _becomes_company(self, vals):
        """Whether the contact is a company once `vals` are stored."""
        if "is_company" in vals:
            return bool(vals["is_company"])
        if "company_type" in vals:
            return vals["company_type"] == "company"
        if self:
            return self.is_company
        context = self.env.context
        kind = context.get("default_company_type")
        return bool(context.get("default_is_company", kind == "company"))

    def _found_salutation(self, vals, found):
        """The salutation that stands in the name ("Frau Dr. Schmidt"), where none is known."""
        said = found.salutation and _SALUTATIONS.get(gender_of_salutation(found.salutation))
        return {"salutation": said} if said and not vals.get("salutation", self.salutation) else {}

    def _prepare_human_values(self, vals):
        """What no eye can see (marks of direction, fallen-apart umlauts) is not saved in a name."""
        vals = super()._prepare_human_values({**vals, **self._without_email(vals)})
        texts = {name: str(vals[name]) for name in ("name", *PARTS) if vals.get(name)}
        return vals | {name: clean_text(text) for name, text in texts.items()}

    def _without_email(self, vals):
        """Name and address of a person out of "Name <address>", where he has no other address."""
        name, _bracket, rest = str(vals.get("name") or "").partition("<")
        name, rest = name.strip("\"' "), rest.strip()
        address = rest[:-1].strip()
        if not name or "@" in name or rest[-1:] != ">" or not email_normalize(address):
            return {}
        known = vals.get("email", self.email)
        if self._becomes_company(vals):
            return {}
        if known and email_normalize(known) != email_normalize(address):
            return {}
        return {"name": name, "email": known or address}

    def onchange(self, values, field_names, fields_spec):
        """As core; an address that is typed behind the name goes into its own field."""
        found = {}
        if field_names == ["name"] and "email" in fields_spec:
            found = self._without_email(values)
        result = super().onchange({**values, **found}, field_names, fields_spec)
        if found:
            result["value"] = {**found, **result.get("value", {})}
        return result

    @api.onchange("name", "is_company")
    def _onchange_name(self):
        """Who types the name sees its parts; a salutation goes into its own field."""
        values = self._agreeing_names({"name": self.name})
        if values.get("salutation"):
            values["name"] = join_name([values.get(part) for part in PARTS] + [""])
        self.update(values)

    @api.onchange(*PARTS)
    def _onchange_name_parts(self):
        """Who types a part sees the name."""
        parts = NameParts(*(self[part] or "" for part in PARTS))
        if not self.is_company and any(parts) and not name_matches(parts, self.name):
            self.update(_joined(parts))


def _joined(parts):
    return {"name": join_name(parts)} if any(parts) else {}
