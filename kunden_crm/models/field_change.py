from odoo import api, fields, models, tools


class KundenFieldChange(models.Model):
    """FACT: a protected field of a contact was changed; read by those who may read the field."""

    _name = "kunden.field.change"
    _description = "Change of a Protected Field"
    _order = "date DESC, id DESC"
    _rec_name = "catalogue_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, ondelete="cascade"
    )
    catalogue_id = fields.Many2one(
        "kunden.field",
        string="Field",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        context={"active_test": False},
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Changed By", readonly=True)
    old_value = fields.Text(readonly=True)
    new_value = fields.Text(readonly=True)

    _partner_date = models.Index("(partner_id, date DESC, id DESC)")

    @api.model
    @tools.ormcache()
    def _noted_fields(self):
        """Protected field of the contact -> its line in the catalogue, whether 0 is an answer."""
        # sudo: which fields are noted is the same for everybody; who reads the notes is not
        entries = self.env["kunden.field"].sudo().with_context(active_test=False)
        found = entries.search([("sensitivity", "!=", "normal"), ("field_id", "!=", False)])
        return {entry.technical_name: (entry.id, entry.zero_is_answer) for entry in found}
