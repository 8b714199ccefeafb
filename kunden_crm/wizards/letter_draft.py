from odoo import api, fields, models

REPORT = "kunden_crm.report_letter"


class KundenLetterDraft(models.TransientModel):
    """DIALOGUE: a letter before it is sent."""

    _name = "kunden.letter.draft"
    _description = "Letter"

    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Signed by",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    template_id = fields.Many2one("kunden.letter.template")
    address = fields.Text(compute="_compute_address", store=True, readonly=False)
    salutation = fields.Char(compute="_compute_salutation", store=True, readonly=False)
    closing = fields.Char(compute="_compute_closing", store=True, readonly=False)
    subject = fields.Char(compute="_compute_subject", store=True, readonly=False)
    body = fields.Html(string="Text", compute="_compute_body", store=True, readonly=False)
    enclosures = fields.Char(help="What lies in the envelope beside the letter.")
    follow_up_date = fields.Date(
        string="Follow-up on", help="On this day the customer is on the list of follow-ups."
    )
    is_refused = fields.Boolean(compute="_compute_warnings")
    lacks_address = fields.Boolean(compute="_compute_warnings")

    @api.depends("partner_id")
    def _compute_address(self):
        for draft in self:
            lines = draft.partner_id._letter_address() if draft.partner_id else []
            draft.address = "\n".join(lines)

    @api.depends("partner_id")
    def _compute_salutation(self):
        for draft in self:
            draft.salutation = draft.partner_id.letter_salutation

    @api.depends("partner_id")
    def _compute_closing(self):
        formal, familiar = self.env._("Yours sincerely"), self.env._("Best regards")
        for draft in self:
            draft.closing = familiar if draft.partner_id.familiar_address else formal

    @api.depends("template_id")
    def _compute_subject(self):
        for draft in self:
            draft.subject = draft.template_id.subject or draft.subject

    @api.depends("template_id")
    def _compute_body(self):
        for draft in self:
            draft.body = draft.template_id.body or draft.body

    @api.depends("partner_id")
    def _compute_warnings(self):
        for draft in self:
            partner = draft.partner_id
            draft.is_refused = bool(partner._refusing("letter"))
            draft.lacks_address = not (partner.city and (partner.street or partner.zip))

    def action_preview(self):
        """Print the letter as it would be sent; nothing is logged."""
        self.ensure_one()
        return self.env.ref("kunden_crm.action_report_letter").report_action(self, config=False)

    def action_send(self):
        """Print the letter, keep its PDF with the customer, log it, and open the PDF."""
        self.ensure_one()
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.ids)
        letter = self.env["kunden.interaction"]._log_letter(
            self.partner_id,
            {"subject": self.subject, "body": self.body, "user_id": self.user_id.id},
            {"name": f"{self._file_name()}.{kind}", "raw": content},
            {"date_deadline": self.follow_up_date, "summary": self.subject},
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{letter.attachment_ids.id}?download=true",
            "target": "new",
            "close": True,
        }

    def _file_name(self):
        """Letter, day and customer: so that the documents of a customer sort by day."""
        words = [self.env._("Letter"), self.date.isoformat(), self.partner_id.name or ""]
        return " ".join(words).strip().replace("/", "-")
