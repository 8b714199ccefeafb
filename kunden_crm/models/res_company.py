from odoo import api, fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_dormant_months = fields.Integer(
        string="Months Until Dormant",
        default=24,
        help="A customer without order and invoice for so long is proposed as dormant; 0 is never.",
    )
    customer_former_months = fields.Integer(
        string="Months Until Former",
        default=60,
        help="A customer without order and invoice for so long is proposed as former; 0 is never.",
    )
    confirm_contact_months = fields.Integer(
        string="Confirm Contact Data After (Months)",
        default=24,
        help="Contact data that nobody has confirmed for so many months are to be confirmed again;"
        " 0 is never.",
    )
    confirm_person_months = fields.Integer(
        string="Confirm Personal Details After (Months)",
        help="As for contact data; 0 is never.",
    )
    confirm_company_months = fields.Integer(
        string="Confirm Company Details After (Months)",
        help="As for contact data; 0 is never.",
    )
    match_shared = fields.Boolean(
        string="Known to Other Companies",
        help="Clerks of other companies learn that a contact is known here, but not who it is.",
    )
    dunning_scheduled = fields.Boolean(
        string="Scheduled Dunning Runs",
        help="A run is computed once a week; it waits for approval before anything is sent.",
    )
    dunning_user_id = fields.Many2one(
        "res.users",
        string="Approves Dunning Runs",
        ondelete="set null",
        help="Who is told that a run waits; without a name the first dunning manager.",
    )
    invoice_default_notice = fields.Boolean(
        string="Notice of Default on Invoices",
        help="New invoices tell that default begins 30 days after due date and receipt (BGB section"
        " 286 (3)); for consumers these 30 days count only with the notice.",
    )
    dunning_order_warning = fields.Boolean(
        string="Ask Before a Dunned Customer's Order",
        help="Whoever confirms an order of a customer who is being dunned is asked once more.",
    )

    @api.model
    @tools.ormcache()
    def _homes(self):
        """By id of each company its own contact and the ISO code of the country that lies in."""
        # sudo: ids and countries only, also of companies that the user may not see
        companies = self.sudo().with_context(active_test=False, prefetch_fields=False)
        companies = companies.search([("partner_id", "!=", False)])
        codes = self.env["res.country"]._codes()
        return {
            company.id: (company.partner_id.id, codes.get(company.partner_id.country_id.id, ""))
            for company in companies
        }

    def modified(self, fnames, create=False, before=False):
        """Which contacts are companies is known at once, also of a new one."""
        done = super().modified(fnames, create, before)
        if "partner_id" in fnames and not before:
            self.env.registry.clear_cache()
        return done
