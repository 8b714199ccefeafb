from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """A company that takes a German chart duns by the German policy."""
        result = super()._post_load_data(template_code, company, template_data)
        if template_code.startswith("de_"):
            self.env["credit.control.policy"]._shipped_policy()._use_in(company)
        return result
