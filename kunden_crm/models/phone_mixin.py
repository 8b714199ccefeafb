from odoo import api, fields, models

from ..kernel.phones import read_again as read
from ..kernel.spelling_phone import is_plainly

PROBLEMS = [
    ("no_number", "There is no number in it"),
    ("letters", "Letters or signs that belong to no number"),
    ("digits", "Digits of another script or width"),
    ("several", "More than one number"),
    ("short", "Too short, or a service number"),
    ("long", "Too many digits"),
    ("area", "The area code is missing"),
    ("country", "Could be a country code whose + is missing"),
    ("unknown", "No such number in the numbering plan"),
]
# What the kernel refuses for these reasons would become a wrong number in core's hands.
_NEVER_DIALLED = ("letters", "digits", "several", "country")

# With these reasons the text is no number at all, and a file still lacks one.
_NO_VALUE = ("no_number", "digits", "short", "long")


class KundenPhoneMixin(models.AbstractModel):
    """Telephone numbers: the typed text stays, what it means stands beside it."""

    _name = "kunden.phone.mixin"
    _inherit = "kunden.home.mixin"
    _description = "Telephone Numbers"

    phone_e164 = fields.Char(
        compute="_compute_phone_parts",
        store=True,
        index="btree_not_null",
        string="Phone in International Form",
    )
    phone_extension = fields.Char(compute="_compute_phone_parts", store=True)
    phone_display = fields.Char(
        compute="_compute_phone_parts", store=True, string="Phone as Written in Letters"
    )
    phone_problem = fields.Selection(
        PROBLEMS,
        compute="_compute_phone_parts",
        store=True,
        help="Why the telephone number cannot be read; a call would not get through.",
    )
    mobile_e164 = fields.Char(
        compute="_compute_mobile_parts",
        store=True,
        index="btree_not_null",
        string="Mobile in International Form",
    )
    mobile_extension = fields.Char(compute="_compute_mobile_parts", store=True)
    mobile_display = fields.Char(
        compute="_compute_mobile_parts", store=True, string="Mobile as Written in Letters"
    )
    mobile_problem = fields.Selection(
        PROBLEMS,
        compute="_compute_mobile_parts",
        store=True,
        help="Why the mobile number cannot be read; a call would not get through.",
    )

    @api.model
    def _no_value_codes(self):
        """By field name the column that says why its text cannot be read, and what means none."""
        return {name: (f"{name}_problem", _NO_VALUE) for name in ("phone", "mobile")}

    @api.depends("phone", "country_id", "company_id")
    def _compute_phone_parts(self):
        self._set_phone_parts("phone")

    @api.depends("mobile", "country_id", "company_id")
    def _compute_mobile_parts(self):
        self._set_phone_parts("mobile")

    @api.model
    def _phone_parts(self, name):
        """The fields that hold what is read in the number of the field `name`."""
        return [f"{name}_{part}" for part in ("e164", "extension", "display", "problem")]

    def _dials_alike(self, name, text):
        """Whether this text is plainly the number that was read in the field `name`."""
        number, shown = self[f"{name}_e164"], self[f"{name}_display"] or ""
        apart = self[f"{name}_extension"] or "-" in shown
        return bool(number) and not apart and is_plainly(text, number, self._phone_region())

    def _set_phone_parts(self, name):
        """Read the field `name` and keep what it means beside it."""
        parts = self._phone_parts(name)
        for partner in self:
            text = partner[name]
            number = read(text, partner._phone_region()) if text else None
            if number is None:
                values = (False, False, False, False)
            elif number.valid:
                values = (number.e164, number.extension or False, number.national, False)
            else:
                problem = number.reason if number.reason != "empty" else False
                values = (False, False, text, problem)
            for part, value in zip(parts, values, strict=True):
                if value or partner[part]:
                    partner[part] = value

    def _phone_region(self):
        """The ISO code of the country in which a number without +49 lies."""
        return self._region(self.country_id.id)

    def _phone_format(
        self, fname=False, number=False, country=False, force_format="E164", raise_exception=False
    ):
        """Core's reading of a number, without the extension and without dialled letters."""
        text = number or self._phone_text(fname)
        region = (country.code or "") if country else self._phone_region()
        found = read(text, region) if text else None
        if found and found.valid:
            if force_format == "E164":
                return found.e164
            number = found.e164
        elif found and found.reason in _NEVER_DIALLED and not raise_exception:
            return False
        return super()._phone_format(
            fname=fname,
            number=number,
            country=country,
            force_format=force_format,
            raise_exception=raise_exception,
        )

    def _phone_text(self, name):
        """What was typed into the field `name`, else into the first that is filled."""
        names = [name] if name else self._phone_get_number_fields()
        return next((self[name] for name in names if name in self and self[name]), False)

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """The typed text stays as it was typed; core would rewrite it without the extension."""
