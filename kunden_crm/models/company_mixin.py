from odoo import api, fields, models


class KundenCompanyMixin(models.AbstractModel):
    """What is known about a company, and the part a person plays in it."""

    _name = "kunden.company.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Details of a Company"

    register_court = fields.Char(help="The court that keeps the register, e.g. Amtsgericht Köln.")
    contact_role_ids = fields.Many2many(
        "kunden.contact.role",
        "kunden_contact_role_rel",
        "partner_id",
        "role_id",
        string="Roles",
        groups="kunden_crm.group_reader",
        help="Which part this person plays when the company buys.",
    )
    figure_ids = fields.One2many(
        "kunden.figure", "partner_id", string="Key Figures", groups="kunden_crm.group_confidential"
    )
    credit_remark = fields.Text(
        copy=False,
        groups="kunden_crm.group_confidential",
        help="What is known about creditworthiness. Only people with confidential data see it.",
    )

    @api.model
    def _what_may_be_empty(self):
        return super()._what_may_be_empty() | {
            "figure_ids": (
                (),
                "EXISTS (SELECT FROM kunden_figure WHERE partner_id = partner.id)",
            ),
            "contact_role_ids": (
                (),
                "EXISTS (SELECT FROM kunden_contact_role_rel WHERE partner_id = partner.id)",
            ),
        }

    def _take_newest_headcount(self, without=()):
        """Fills the number of employees by the newest figures that tell it.

        Where no figures are left, the number stays: somebody may have entered it by hand.
        """
        figures = self.env["kunden.figure"].search_fetch(
            [
                ("partner_id", "in", self.ids),
                ("headcount", ">", 0),
                ("id", "not in", list(without)),
            ],
            ["partner_id", "headcount"],
            order="year, id",
        )
        newest = {figure.partner_id.id: figure.headcount for figure in figures}
        by_headcount = self.filtered(lambda partner: partner.id in newest).grouped(
            lambda partner: newest[partner.id]
        )
        # sudo: who may enter figures need not be allowed to change the contact; only this number
        # is changed.
        for headcount, partners in by_headcount.items():
            partners.sudo().employee_quantity = headcount
