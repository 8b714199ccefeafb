from odoo import api, fields, models
from odoo.tools import SQL


class KundenStandardKept(models.Model):
    """FACT: a spelling that somebody wants to keep though the standard proposes another one."""

    _name = "kunden.standard.kept"
    _description = "Spelling Kept"
    _order = "id desc"
    _rec_name = "value"

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    field_name = fields.Char(string="Technical Name", required=True)
    field_label = fields.Char(compute="_compute_field_label", string="Field")
    value = fields.Char(string="Spelling", required=True)
    user_id = fields.Many2one("res.users", string="Kept By")

    @api.depends("field_name")
    def _compute_field_label(self):
        told = self.env["res.partner"].fields_get(self.mapped("field_name"), ["string"])
        for kept in self:
            kept.field_label = told.get(kept.field_name, {}).get("string", kept.field_name)

    @api.model
    def _keep(self, words):
        """Note these spellings: pairs of a contact and {field name: value}."""
        # sudo: who may save the contact has the last word on it, the fact is written for him
        self.sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "field_name": name,
                    "value": value,
                    "user_id": self.env.uid,
                }
                for partner, values in words
                for name, value in values.items()
            ]
        )

    @api.model
    def _kept(self, ids):
        """The spellings kept in these contacts, as a set of (contact, field name, value)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, field_name, value FROM kunden_standard_kept"
                " WHERE partner_id = ANY(%s)",
                list(ids),
            )
        )
        return set(rows)
