from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..kernel.channels import CHANNELS

SECTIONS = (("contact", "Contact Data"), ("person", "Person"), ("company", "Company"))
_LAST = ("partner_id", "section", "date")


class KundenFieldConfirmation(models.Model):
    """FACT: on a day a customer confirmed that a part of the file is right; never rewritten."""

    _name = "kunden.field.confirmation"
    _description = "Confirmation of Details"
    _order = "date desc, id desc"
    _rec_name = "date"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="cascade"
    )
    section = fields.Selection(list(SECTIONS), string="Part of the File", required=True)
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="When the details were confirmed with the customer.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Who asked the customer.",
    )
    channel = fields.Selection(list(CHANNELS), help="How the customer was asked.")
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        help="Nobody has confirmed this part since, and it is to be confirmed again.",
    )

    _last = models.Index("(partner_id, section, date DESC, id DESC)")

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(confirmation.date > today for confirmation in self):
            raise ValidationError(self.env._("Details are confirmed today or were before."))

    @api.constrains("partner_id", "section")
    def _check_section(self):
        for confirmation in self:
            company = confirmation.partner_id.is_company
            if confirmation.section == ("person" if company else "company"):
                raise ValidationError(
                    self.env._("%s has no such details.", confirmation.partner_id.display_name)
                )

    @api.depends("partner_id", "section", "date")
    def _compute_is_overdue(self):
        overdue = self.search([("id", "in", self.ids), ("is_overdue", "=", True)])
        for confirmation in self:
            confirmation.is_overdue = confirmation in overdue

    @api.model
    def _search_is_overdue(self, operator, value):
        """The last confirmations of what is to be confirmed again."""
        if operator != "in":
            return NotImplemented
        self.flush_model()

        def is_last(_model, alias, _query):
            own = {name: SQL.identifier(alias, name) for name in ("id", *_LAST)}
            return SQL(
                """NOT EXISTS (SELECT FROM kunden_field_confirmation AS later
                    WHERE later.partner_id = %(partner_id)s AND later.section = %(section)s
                      AND (later.date, later.id) > (%(date)s, %(id)s))""",
                **own,
            )

        overdue = Domain.custom(to_sql=is_last) & Domain.OR(
            Domain("section", "=", section)
            & Domain(f"partner_id.{section}_confirmation_due", "=", True)
            for section, _label in SECTIONS
        )
        return Domain.OR(overdue if wanted else ~overdue for wanted in value)

    @api.model
    def _confirm(self, partners, section, **said):
        """The customers confirm a part of their files, today unless said; once a day is enough."""
        said = {"section": section, "date": fields.Date.context_today(self), **said}
        done = self.search(
            [("partner_id", "in", partners.ids), *((name, "=", said[name]) for name in _LAST[1:])]
        )
        return self.create([{**said, "partner_id": each.id} for each in partners - done.partner_id])
