from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MandatoryAddressPortal(CustomerPortal):
    """Portal and shop ask for what a rule says they shall ask, through core's mandatory fields."""

    def _get_mandatory_billing_address_fields(self, country_sudo):
        asked = request.env["kunden.field.rule"]._portal_fields()
        return super()._get_mandatory_billing_address_fields(country_sudo) | asked
