import re

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class KundenFieldUseMixin(models.AbstractModel):
    """Says who uses a field, before it goes."""

    _name = "kunden.field.use.mixin"
    _description = "Use of a Field"

    def _uses(self):
        """What would break or be lost if the own field went, as sentences for a clerk."""
        self.ensure_one()
        name = self.technical_name
        uses = []
        # sudo: filters of other people count too; only their names leave
        filters = self.env["ir.filters"].sudo().with_context(active_test=False)
        places = [[(place, "ilike", name)] for place in ("domain", "context", "sort")]
        word = re.compile(rf"\b{name}\b")
        for found in filters.search(Domain.OR(places)):
            if any(word.search(found[place] or "") for place in ("domain", "context", "sort")):
                uses.append(self.env._("Saved filter “%s”", found.name))
        # sudo: customers of all companies have values; only their number leaves
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        filled = [(name, "!=", False)]
        if self.zero_is_answer:
            filled = ["|", (name, "=", 0), *filled]
        if filled := partners.search_count(filled):
            uses.append(self.env._("Filled in for %s contacts", filled))
        return uses

    def _refuse_used(self):
        """UserError with all uses of the first own field that is used, or for a line of core's."""
        for entry in self - self.filtered("is_own"):
            raise UserError(
                self.env._("“%s” is no field of your own: retire its line instead.", entry.name)
            )
        for entry in self:
            if uses := entry._uses():
                raise UserError(
                    self.env._(
                        "“%(field)s” is in use:\n%(uses)s\nRetire it instead: it leaves the form,"
                        " and nothing is lost.",
                        field=entry.name,
                        uses="\n".join(f"- {use}" for use in uses),
                    )
                )
