import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# The texts in which a model names fields of a contact.
_PLACES = {
    "ir.filters": ("domain", "context", "sort"),
    "kunden.field.rule": ("domain",),
    "mailing.mailing": ("mailing_domain",),
    "ir.actions.server": ("code", "update_path"),
    "base.automation": ("filter_domain", "filter_pre_domain"),
}


class KundenFieldUseMixin(models.AbstractModel):
    """Says who uses a field, before it goes."""

    _name = "kunden.field.use.mixin"
    _description = "Use of a Field"

    @api.model
    def _use_places(self):
        """Extend me: model -> the texts in which it names fields, what is said of its records."""
        told = {
            "ir.filters": self.env._("Saved filter “%s”"),
            "kunden.field.rule": self.env._("Condition of “%s”"),
            "mailing.mailing": self.env._("Mailing “%s”"),
            "ir.actions.server": self.env._("Server action “%s”"),
            "base.automation": self.env._("Automation rule “%s”"),
        }
        return {model: (_PLACES[model], sentence) for model, sentence in told.items()}

    def _uses(self):
        """What would break or be lost if the own field went, as sentences for a clerk."""
        self.ensure_one()
        name = self.technical_name
        word = re.compile(rf"\b{name}\b")
        uses = []
        for model, (places, told) in self._use_places().items():
            if model not in self.env:
                continue
            # sudo: what other people have made counts too; only its name leaves
            records = self.env[model].sudo().with_context(active_test=False)
            for found in records.search(Domain.OR([(place, "ilike", name)] for place in places)):
                if any(word.search(found[place] or "") for place in places):
                    uses.append(told % found.display_name)
        # sudo: rules of other companies count too; only their names leave
        rules = self.env["kunden.field.rule"].sudo().with_context(active_test=False)
        for rule in rules.search([("catalogue_id", "=", self.id)]):
            uses.append(self.env._("Mandatory field “%s”", rule.display_name))
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
