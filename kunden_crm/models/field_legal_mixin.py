from odoo import fields, models

LEGAL_BASES = [
    ("consent", "Consent (Art. 6 (1) a)"),
    ("contract", "Contract (Art. 6 (1) b)"),
    ("duty", "Legal Duty (Art. 6 (1) c)"),
    ("interest", "Legitimate Interest (Art. 6 (1) f)"),
]


class KundenFieldLegalMixin(models.AbstractModel):
    """By what right a field is kept, and for how long."""

    _name = "kunden.field.legal.mixin"
    _description = "Legal Basis of a Field"

    legal_basis = fields.Selection(
        LEGAL_BASES,
        tracking=50,
        help="By what right of the GDPR the field is kept.",
    )

    def _alike(self, goal, kind):
        """Those of these lines that serve a goal and are for a kind of customer, where given."""
        kinds = {"private": ("private", "person")}.get(kind, (kind,))
        return self.filtered(
            lambda entry: (
                (not goal or goal in entry.goal_ids) and (not kind or entry.customer_kind in kinds)
            )
        )
