from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class KundenMergeLine(models.Model):
    """JUDGEMENT: one value in which the contacts differ, and whose is proposed or chosen."""

    _name = "kunden.merge.line"
    _description = "Value of a Merge"
    _order = "merge_id, sequence, id"
    _rec_name = "name"

    merge_id = fields.Many2one(
        "kunden.merge", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Technical Name", required=True, readonly=True)
    label = fields.Char(string="Field", compute="_compute_label")
    chosen_id = fields.Many2one("res.partner", string="Of", index=True, ondelete="set null")
    both = fields.Boolean(string="All", help="Where there is room, no value is left out.")
    reason = fields.Selection(
        [
            ("only", "The only value"),
            ("newest", "The newest value"),
            ("fuller", "The fuller value"),
            ("survivor", "Value of the contact that remains"),
            ("both", "All have room"),
            ("caution", "The more careful value"),
            ("person", "Chosen by hand"),
        ],
        string="Why",
        readonly=True,
    )
    told = fields.Json(string="Values at the Merge", readonly=True)

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_label(self):
        partners = self.env["res.partner"]
        for line in self:
            field = partners._fields.get(line.name)
            line.label = field._description_string(self.env) if field else line.name

    @api.constrains("chosen_id", "both")
    def _check_choice(self):
        for line in self:
            if line.chosen_id and line.chosen_id not in line.merge_id.partner_ids:
                raise ValidationError(self.env._("This contact takes no part in the merge."))

    def write(self, vals):
        """Only whose value is taken is chosen, before the merge."""
        if not self.env.su:
            if vals.keys() - {"chosen_id", "both"}:
                raise AccessError(self.env._("Of a value only whose it is can be chosen."))
            if any(line.merge_id.state != "draft" for line in self):
                raise AccessError(self.env._("A merge that is done stays as it is."))
            vals = {**vals, "reason": "person"}
        return super().write(vals)

    def _is_open(self):
        """Whether the user may see this value."""
        partners = self.env["res.partner"]
        field = partners._fields.get(self.name)
        return bool(field) and partners._has_field_access(field, "read")
