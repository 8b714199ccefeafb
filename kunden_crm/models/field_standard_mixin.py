from functools import lru_cache

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..kernel.masks import mask_problem
from ..kernel.standards import STANDARDS, standardise

SPELLINGS = [
    ("name", "Name of a Person or Company"),
    ("person", "Name of a Person"),
    ("company", "Name of a Company"),
    ("street", "Street and House Number"),
    ("postcode", "Postcode"),
    ("city", "Town"),
    ("phone", "Telephone Number"),
    ("email", "E-Mail Address"),
    ("website", "Website"),
    ("iban", "IBAN"),
    ("bic", "BIC"),
    ("vat", "Tax ID"),
    ("register", "Register Number"),
    ("text", "One Line, No Superfluous Blanks"),
    ("note", "Several Lines, No Superfluous Blanks"),
    ("mask", "Own Pattern"),
]
MODES = [
    ("propose", "Proposed, the Clerk Has the Last Word"),
    ("always", "Always"),
]
# Names, streets and towns come again and again.
_spell = lru_cache(maxsize=16384)(standardise)


class KundenFieldStandardMixin(models.AbstractModel):
    """RULE: how the values of a field are written, by a function of the kernel."""

    _name = "kunden.field.standard.mixin"
    _description = "Recording Standard of a Field"

    spelling = fields.Selection(
        SPELLINGS,
        string="Written As",
        tracking=50,
        help="The form proposes this spelling, and all files can be brought to it.",
    )
    spelling_mask = fields.Char(
        string="Pattern",
        tracking=51,
        help="9 is a digit, A a letter, * a letter or a digit, everything else stands as it is;"
        " \\ before one of these signs makes it an ordinary one. Example: AA-9999",
    )
    spelling_mode = fields.Selection(
        MODES, string="In the Form", default="propose", required=True, tracking=52
    )

    @api.constrains("spelling", "spelling_mask", "field_type", "field_id")
    def _check_spelling(self):
        """A standard fits the kind of field; a pattern can be read."""
        told = self._mask_problems()
        for entry in self.filtered("spelling"):
            kinds = self._kinds_of(self._kernel_key(entry.spelling))
            if entry.field_type not in kinds or entry.field_id.ttype not in (*kinds, False):
                raise ValidationError(
                    self.env._("“%s” is no field that can be written like that.", entry.name)
                )
            if entry.spelling == "mask" and (problem := mask_problem(entry.spelling_mask)):
                raise ValidationError(
                    self.env._("%(field)s: %(problem)s", field=entry.name, problem=told[problem])
                )

    @api.model
    def _kinds_of(self, standard):
        """Extend me for a standard of your own: the types of the fields that it suits."""
        return STANDARDS[standard].kinds

    @api.model
    def _standardise(self, standard, text, country, mask=""):
        """Extend me for a standard of your own: the Outcome for a text, pure and idempotent."""
        return _spell(standard, text, country, mask)

    @api.model
    def _mask_problems(self):
        return {
            "empty": self.env._("The pattern is empty."),
            "long": self.env._("The pattern is too long."),
            "spaces": self.env._("The pattern begins or ends with a blank, or has two in a row."),
            "escape": self.env._("Nothing follows the last \\ of the pattern."),
            "no_placeholder": self.env._("The pattern holds neither 9 nor A nor *."),
        }

    @api.model
    def _kernel_key(self, spelling, is_company=False):
        """The standard of the kernel; that of a name hangs on who bears it."""
        return ("company" if is_company else "person") if spelling == "name" else spelling

    @api.model
    @tools.ormcache()
    def _spellings(self):
        """By technical name of a field: (kind of spelling, mask, whether it is always written)."""
        # sudo: how a field is written holds for everybody who fills it in
        entries = self.sudo().with_context(active_test=True).search([("spelling", "!=", False)])
        return {
            entry.technical_name: (
                entry.spelling,
                entry.spelling_mask or "",
                entry.spelling_mode == "always",
            )
            for entry in entries
            if entry.technical_name
        }

    @api.model
    def _spelled(self, name, text, country, is_company=False):
        """What the standard of a field says of a text: an Outcome; None where it has none."""
        spelling, mask, _always = self._spellings().get(name, (None, "", False))
        if not spelling or not isinstance(text, str):
            return None
        return self._standardise(self._kernel_key(spelling, is_company), text, country, mask)

    @api.model
    def _is_doubled(self, values):
        """Whether a person is called the same by first and last name, as slips in lists make it."""
        spellings, parts = self._spellings(), ("firstname", "lastname")
        names = [values.get(part) for part in parts]
        if not all(name and isinstance(name, str) for name in names):
            return False
        if any(spellings.get(part, ("",))[0] != "person" for part in parts):
            return False
        first, last = (name.strip().casefold() for name in names)
        return len(first) > 1 and first == last
