from odoo import api, fields, models


class KundenMergeRedirect(models.Model):
    """FACT: a contact was merged into another one; its old number leads there."""

    _name = "kunden.merge.redirect"
    _description = "Former Contact"
    _order = "id desc"
    _rec_name = "name"

    old_id = fields.Integer(string="Former ID", required=True, readonly=True)
    name = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Now", readonly=True, index=True, ondelete="cascade"
    )
    merge_id = fields.Many2one("kunden.merge", readonly=True, index=True, ondelete="cascade")

    _old_id = models.Index("(old_id)")

    @api.model
    def _lead(self, old_id):
        """The contact to which a former one leads; an empty record where to none."""
        partner = self.env["res.partner"].browse(self._lead_id(old_id) or ())
        return partner if partner and partner.has_access("read") else partner.browse()

    @api.model
    def _lead_id(self, old_id):
        """The id to which a former one leads, or False; a contact that is there leads nowhere."""
        # sudo: where a number leads is no secret; the right to read is asked of the contact
        partners = self.env["res.partner"].sudo()
        if partners.browse(old_id).exists():
            return False
        return self.sudo().search([("old_id", "=", old_id)], limit=1).partner_id.id

    @api.model
    def lead(self, old_id):
        """For the web client: where a former contact is found now; False where nowhere."""
        partner = self._lead(int(old_id))
        return {"id": partner.id, "name": partner.display_name} if partner else False
