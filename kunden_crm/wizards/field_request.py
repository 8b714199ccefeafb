from odoo import api, fields, models


class KundenFieldRequest(models.TransientModel):
    """DIALOGUE: customers are asked for what is missing in their files."""

    _name = "kunden.field.request"
    _description = "Request for Details"

    partner_ids = fields.Many2many(
        "res.partner", string="Customers", readonly=True, context={"active_test": False}
    )
    measure = fields.Char(default="missing", readonly=True)
    catalogue_ids = fields.Many2many("kunden.field", readonly=True)
    section = fields.Char(readonly=True)
    skips_asked = fields.Boolean(
        string="Not Again within 30 Days",
        default=True,
        help="Leaves out whoever was written to under this subject in the last 30 days.",
    )
    template_id = fields.Many2one(
        "kunden.letter.template",
        default=lambda self: self.env.ref(
            "kunden_crm.letter_template_request", raise_if_not_found=False
        ),
    )
    subject = fields.Char(compute="_compute_text", store=True, readonly=False)
    body = fields.Html(string="Text", compute="_compute_text", store=True, readonly=False)
    email_count = fields.Integer(string="By E-Mail", compute="_compute_reached")
    letter_count = fields.Integer(string="By Letter", compute="_compute_reached")
    left_out_count = fields.Integer(string="Left Out", compute="_compute_reached")
    email_names = fields.Char(string="E-Mail To", compute="_compute_reached")
    letter_names = fields.Char(string="Letter To", compute="_compute_reached")
    left_out = fields.Text(string="Left Out Because", compute="_compute_reached")
    preview = fields.Html(compute="_compute_preview", help="As the first of them will read it.")

    @api.depends("template_id")
    def _compute_text(self):
        for request in self:
            request.subject = request.template_id.subject or request.subject
            request.body = request.template_id.body or request.body

    def _plan(self):
        """Whom this dialogue reaches, as the contacts are now."""
        self.ensure_one()
        entries = self.catalogue_ids._origin
        return self.partner_ids._origin._plan_request(
            self.measure, entries, self.section, self.skips_asked and self.subject
        )

    @api.depends("partner_ids", "measure", "catalogue_ids", "section", "subject", "skips_asked")
    def _compute_reached(self):
        for request in self:
            plan = request._plan()
            request.email_count, request.letter_count = len(plan.email), len(plan.letter)
            request.left_out_count = sum(map(len, plan.left_out.values()))
            request.email_names = plan.email._names_told()
            request.letter_names = plan.letter._names_told()
            request.left_out = "\n".join(
                f"{reason}: {partners._names_told()}" for reason, partners in plan.left_out.items()
            )

    @api.depends(
        "partner_ids", "measure", "catalogue_ids", "section", "subject", "skips_asked", "body"
    )
    def _compute_preview(self):
        for request in self:
            plan = request._plan()
            request.preview = self.env["res.partner"]._request_preview(plan, request.body)

    def action_send(self):
        """Queue the e-mails, print the letters, and note with each customer that he was asked."""
        plan = self._plan()
        letters = self.env["res.partner"]._send_request(plan, self.subject, self.body)
        if letters:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{letters.id}?download=true",
                "target": "new",
                "close": True,
            }
        told = self.env._("%s customers are asked by e-mail.", len(plan.email))
        notice = plan.email._told(told, done=True)
        notice["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return notice
