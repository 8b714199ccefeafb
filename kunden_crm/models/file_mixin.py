from odoo import api, fields, models
from odoo.fields import Domain

_OPEN_STAGES = ("prospect", "customer")


class KundenFileMixin(models.AbstractModel):
    """Whether a contact is a customer file (German: Akte); everybody else is left alone.

    A file is an active contact of type "contact" that is neither own staff nor an own company, nor
    only a supplier. Whoever stands in stage prospect or customer is a file although a supplier.
    """

    _name = "kunden.file.mixin"
    _inherit = ["kunden.home.mixin", "kunden.reading.mixin"]
    _description = "Customer File"

    is_own_company = fields.Boolean(string="Own Company", compute="_compute_is_own_company")
    is_customer_file = fields.Boolean(
        string="Customer File",
        compute="_compute_is_customer_file",
        search="_search_is_customer_file",
    )

    # Suppliers are few among many; without it each list of files would look at all contacts.
    _supplier = models.Index("(id) WHERE supplier_rank > 0")

    @api.model
    def _what_may_be_empty(self):
        return super()._what_may_be_empty() | {
            "is_own_company": (
                False,
                "EXISTS (SELECT FROM res_company WHERE partner_id = partner.id)",
            ),
        }

    @api.depends("ref_company_ids")
    def _compute_is_own_company(self):
        own = set(self._own_company_partner_ids()) if self._origin else set()
        for partner in self:
            partner.is_own_company = partner._origin.id in own

    @api.depends(
        "is_own_company",
        "active",
        "type",
        "partner_share",
        "employee",
        "commercial_partner_id.supplier_rank",
        "commercial_partner_id.customer_rank",
        "commercial_partner_id.customer_stage",
    )
    def _compute_is_customer_file(self):
        for partner in self:
            partner.is_customer_file = (
                partner.active
                and partner.type == "contact"
                and partner.partner_share
                and not partner.employee
                and not partner.is_own_company
                and not partner.commercial_partner_id._is_only_supplier()
            )

    @api.model
    def _search_is_customer_file(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Who looks through the archive asks for files that are put away, too.
        archive = self.env.context.get("archived_files")
        files = (
            Domain("active", "in", (True, False) if archive else (True,))
            & Domain(
                [
                    ("type", "=", "contact"),
                    ("partner_share", "=", True),
                    ("employee", "=", False),
                    ("id", "not in", self._own_company_partner_ids()),
                ]
            )
            & Domain("commercial_partner_id", "not any!", self._only_supplier_domain())
        )
        return Domain.OR(files if wanted else ~files for wanted in value)

    def _is_only_supplier(self):
        """Whether this commercial contact has sold to us and never bought."""
        return (
            self.supplier_rank > 0
            and not self.customer_rank
            and self.customer_stage not in _OPEN_STAGES
        )

    @api.model
    def _only_supplier_domain(self):
        return Domain(
            [
                ("supplier_rank", ">", 0),
                ("customer_rank", "=", 0),
                ("customer_stage", "not in", _OPEN_STAGES),
            ]
        )
