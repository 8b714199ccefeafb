from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .field_request_mixin import MOST_LETTERS

_LETTER = "kunden_crm.report_letter"
_LIST = Markup("<ul>%s</ul>")
_LINE = Markup("<li>%s</li>")
_PARAGRAPH = Markup("<p>%s</p>")
_LINK = Markup('<p>%s <a href="%s">%s</a></p>')
_BREAK = Markup("<br>")


class KundenFieldRequestSendMixin(models.AbstractModel):
    """ACT: asks customers in writing for what is missing; each request leaves an interaction.

    E-mails wait in core's queue, so that nothing is sent before all is stored, and answers come
    back to the file of the customer. Letters are one document to print.
    """

    _name = "kunden.field.request.send.mixin"
    _inherit = "kunden.field.request.mixin"
    _description = "Sending Requests for Missing Details"

    @api.model
    def _send_request(self, request, subject, body):
        """Write to everybody whom the Request reaches; the attachment with the letters, if any."""
        if len(request.letter) > MOST_LETTERS:
            raise UserError(
                self.env._(
                    "At most %s letters are printed at a time. Narrow the files down, and print"
                    " them in several steps.",
                    MOST_LETTERS,
                )
            )
        self._queue_requests(request, subject, body)
        letters = self._print_requests(request, subject, body)
        self._log_requests(request, subject, body)
        return letters

    @api.model
    def _request_text(self, body, details):
        """The text that somebody wrote, and below it what the customer is asked."""
        lines = Markup().join(_LINE % label for label in details.values())
        return Markup(body or "") + _LIST % lines

    def _request_email(self, body, details, link=None):
        """The whole e-mail to this contact, with the sender's name and company at its end."""
        self.ensure_one()
        company, author = self.company_id or self.env.company, self.env.user
        answer = self.env._("Simply reply to this e-mail, or call us. Your answer is voluntary.")
        parts = [
            _PARAGRAPH % (self.letter_salutation or ""),
            self._request_text(body, details),
            _PARAGRAPH % answer,
        ]
        if link:
            told = self.env._("You can also enter it yourself:")
            parts.append(_LINK % (told, link, self.env._("My Account")))
        closing = self.env._("Best regards") if self.familiar_address else ""
        place = " ".join(filter(None, (company.zip, company.city)))
        sender = (author.name, company.name, company.street, place, company.phone)
        sender += (company.company_registry, company.vat)
        parts.append(_PARAGRAPH % (closing or self.env._("Yours sincerely")))
        parts.append(_PARAGRAPH % _BREAK.join(filter(None, sender)))
        return Markup().join(parts)

    def _request_preview(self, request, body):
        """What the first of those whom the Request reaches will read; False for nobody."""
        first = (request.email or request.letter)[:1]
        if not first:
            return False
        details = request.details[first.id]
        if first in request.email:
            link = first._account_links(request.details).get(first.id)
            return first._request_email(body, details, link)
        greeting = _PARAGRAPH % (first.letter_salutation or "")
        return greeting + self._request_text(body, details)

    def _account_links(self, details):
        """By contact the address of his own page, where portal rules ask what he is asked for."""
        asked = self.env["kunden.field.rule"]._portal_fields()
        # sudo: whether a customer can log in, nothing of his user
        users = (
            self.env["res.users"]
            .sudo()
            .search([("partner_id", "in", self.ids), ("share", "=", True)])
        )
        link = f"{self.get_base_url()}/my/account" if users else ""
        return {
            partner.id: link
            for partner in users.partner_id.sudo(False)
            if not asked.isdisjoint(details[partner.id])
        }

    @api.model
    def _queue_requests(self, request, subject, body):
        """The e-mails, in the queue of core; they stay in the chatter when they have been sent."""
        people = request.email
        if not people:
            return
        links = people._account_links(request.details)
        sender = self.env.user.email_formatted
        common = {
            "model": self._name,
            "message_type": "email_outgoing",
            "is_notification": True,
            "auto_delete": True,
            "author_id": self.env.user.partner_id.id,
            "email_from": sender,
            "subject": subject,
        }
        replies = people._notify_get_reply_to(default=sender)
        companies = people._mail_get_companies(default=self.env.company)
        domains = people._mail_get_alias_domains(default_company=self.env.company)
        queue = []
        for partner in people:
            own, details = partner.id, request.details[partner.id]
            text = partner._request_email(body, details, links.get(own))
            addressed = {
                "res_id": own,
                "recipient_ids": [Command.link(own)],
                "reply_to": replies[own],
                "record_company_id": companies[own].id,
                "record_alias_domain_id": domains[own].id,
            }
            queue.append({**common, **addressed, "body": text, "body_html": text})
        # sudo: the queue and its scheduler are the system's; whom the user may ask is asked before
        self.env["mail.mail"].sudo().create(queue)
        # sudo: see above
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _print_requests(self, request, subject, body):
        """One document with all letters, for whoever prints them; it goes with the dialogue."""
        attachments = self.env["ir.attachment"]
        if not request.letter:
            return attachments
        answer = _PARAGRAPH % self.env._("Please write to us or call us. Your answer is voluntary.")
        drafts = self.env["kunden.letter.draft"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": (partner.company_id or self.env.company).id,
                    "subject": subject,
                    "body": self._request_text(body, request.details[partner.id]) + answer,
                }
                for partner in request.letter
            ]
        )
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(_LETTER, drafts.ids)
        holder = drafts[:1]
        return attachments.create(
            {
                "name": f"{self.env._('Letters')} {holder.date.isoformat()}.{kind}",
                "raw": content,
                "res_model": holder._name,
                "res_id": holder.id,
            }
        )

    @api.model
    def _log_requests(self, request, subject, body):
        """That each was asked, by which channel and for what, as a fact."""
        values = {"direction": "out", "subject": subject, "user_id": self.env.uid}
        self.env["kunden.interaction"].create(
            [
                {
                    **values,
                    "partner_id": partner.id,
                    "channel": channel,
                    "body": self._request_text(body, request.details[partner.id]),
                }
                for channel in ("email", "letter")
                for partner in getattr(request, channel)
            ]
        )
