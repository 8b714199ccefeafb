from odoo import api, fields, models

# What the address form of portal and shop has fields for.
_ASKABLE = {"name", "email", "phone", "vat", "street", "street2", "city", "zip"}
_ASKABLE |= {"country_id", "state_id"}
# What the form hides for countries whose addresses have no such line.
_OF_COUNTRY = {"street", "city", "zip"}


class KundenFieldRulePortalMixin(models.AbstractModel):
    """Which rules the address form of portal and shop asks, through core's mandatory fields."""

    _name = "kunden.field.rule.portal.mixin"
    _description = "Mandatory Fields in Portal and Shop"

    ask_portal = fields.Boolean(
        string="Portal and Shop",
        help="The address form of portal and shop asks for it too; else they only mark the file.",
    )

    def _portal_problem(self):
        """Why portal and shop cannot ask this, as a sentence; None where they can."""
        self.ensure_one()
        if not self.ask_portal:
            return None
        if self.catalogue_id.technical_name not in _ASKABLE:
            return self.env._(
                "The address form of the portal has no field “%s”.", self.catalogue_id.name
            )
        narrowed = self.customer_stage or self.customer_kind == "company"
        if narrowed or not self._condition().is_true():
            return self.env._(
                "Portal and shop know neither stage nor condition, and ask everybody as a person:"
                " leave these out, or do not ask there."
            )
        return None

    @api.model
    def _portal_fields(self, country=None, partner=None):
        """The names of the fields that portal and shop ask today, as a set.

        Nobody is asked for what the form does not let him give: a state where the country has
        none, the tax ID of a company whose employee he is.
        """
        rules = self._required_today()
        companies = (self.env["res.company"], self.env.company)
        asking = rules.filtered(lambda rule: rule.ask_portal and rule.company_id in companies)
        asked = set(asking.catalogue_id.mapped("technical_name"))
        if country:
            asked -= _OF_COUNTRY - set(country.get_address_fields())
            asked -= set() if country.state_ids else {"state_id"}
        if partner and partner != partner.commercial_partner_id:
            asked -= set(partner._commercial_fields())
        return asked
