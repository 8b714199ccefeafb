from smtplib import SMTPException

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.addons.base.models.ir_qweb import QWebError

# What may go wrong with one mail: its address, its letter, its server.
FAILURES = (
    UserError,
    MailDeliveryException,
    QWebError,
    SMTPException,
    OSError,
    ValueError,
    DatabaseError,
)


class CreditControlCommunication(models.Model):
    _inherit = "credit.control.communication"

    total_interest = fields.Monetary(compute="_compute_claim")
    total_flat = fields.Monetary(string="Flat Sum", compute="_compute_claim")
    total_cost = fields.Monetary(string="Actual Costs", compute="_compute_claim")
    total_claim = fields.Monetary(
        string="To Be Paid",
        compute="_compute_claim",
        help="The open amount with interest and costs of default.",
    )

    @api.depends(
        "total_due",
        "credit_control_line_ids.interest_amount",
        "credit_control_line_ids.flat_fee",
        "credit_control_line_ids.cost_amount",
    )
    def _compute_claim(self):
        for communication in self:
            lines = communication.credit_control_line_ids
            communication.total_interest = sum(lines.mapped("interest_amount"))
            communication.total_flat = sum(lines.mapped("flat_fee"))
            communication.total_cost = sum(lines.mapped("cost_amount"))
            communication.total_claim = (
                communication.total_due
                + communication.total_interest
                + communication.total_flat
                + communication.total_cost
            )

    @api.model
    def _generate_comm_from_credit_lines(self, lines):
        """Nothing goes to a customer that does not pass the last check."""
        return super()._generate_comm_from_credit_lines(lines._ready_to_send())

    def _send_communications_by_email(self):
        """One after the other; a mail that fails says why, and the others go on."""
        lost = self.filtered(lambda communication: not communication.get_email())
        lost._queued_lines()._mark_failed(self.env._("The customer has no e-mail address."))
        for communication in self - lost:
            try:
                with self.env.cr.savepoint():
                    super(CreditControlCommunication, communication)._send_communications_by_email()
            except FAILURES as error:
                communication._queued_lines()._mark_failed(str(error))
        return self._fail_without_mail()

    def _queued_lines(self):
        return self.credit_control_line_ids.filtered(lambda line: line.state == "queued")

    def _fail_without_mail(self):
        """Where a mail was made for nobody, nobody would ever notice."""
        queued = self._queued_lines()
        if not queued:
            return
        # sudo: mails are visible to administrators only; only whether there is one leaves
        mailed = set(queued.sudo()._dunning_mails().mapped("res_id"))
        lost = queued.filtered(lambda line: line.communication_id.id not in mailed)
        if lost:
            lost._mark_failed(self.env._("No e-mail was made for the customer."))

    def _get_credit_control_communication_table(self):
        """The invoices in the language of whoever gets it, and below them what is to be paid."""
        lang = self.contact_address_id.lang or self.partner_id.lang
        letter = self.with_context(lang=lang or self.env.lang)
        return letter.env["ir.qweb"]._render("kunden_crm.dunning_items", {"doc": letter})

    def _dunning_salutation(self):
        """How the letter greets the contact that it goes to."""
        self.ensure_one()
        contact = self.contact_address_id or self.partner_id
        return contact.letter_salutation or self.env._("Dear Sir or Madam,")

    def _dunning_file_name(self):
        """The name of the letter's file: level, customer, day."""
        self.ensure_one()
        words = self.policy_level_id.name, self.partner_id.name, self.report_date
        name = " ".join(str(word) for word in words if word)
        return "".join(sign if sign not in '/\\:*?"<>|\n' else "-" for sign in name)

    def _pay_until(self):
        """The last day that the letter names for the payment, none where it names none."""
        days = self.policy_level_id.payment_days
        return fields.Date.add(self.report_date, days=days) if days else False
