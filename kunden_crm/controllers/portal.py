from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MandatoryAddressPortal(CustomerPortal):
    """Portal and shop ask for what a rule says they shall ask, through core's mandatory fields."""

    def _get_mandatory_billing_address_fields(self, country_sudo):
        return super()._get_mandatory_billing_address_fields(country_sudo) | self._asked_by_rules(
            country_sudo
        )

    def _prepare_address_form_values(self, *args, **kwargs):
        """The shop hides the tax ID from who is no business, unless it is asked."""
        values = super()._prepare_address_form_values(*args, **kwargs)
        if "vat" in self._asked_by_rules(values["country"]):
            values["display_b2b_fields"] = True
        return values

    def _asked_by_rules(self, country_sudo):
        partner = request.env["res.partner"]._get_current_partner()
        return request.env["kunden.field.rule"]._portal_fields(country_sudo, partner)
