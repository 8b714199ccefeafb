from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel.channels import CHANNELS

SECTIONS = (("contact", "Contact Data"), ("person", "Person"), ("company", "Company"))


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

    @api.model
    def _confirm(self, partners, section):
        """The customers confirm a part of their files today; once a day is enough."""
        today = {"section": section, "date": fields.Date.context_today(self)}
        done = self.search(
            [("partner_id", "in", partners.ids), *((name, "=", today[name]) for name in today)]
        )
        return self.create(
            [{**today, "partner_id": each.id} for each in partners - done.partner_id]
        )
