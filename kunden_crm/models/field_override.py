from collections import defaultdict

from odoo import api, fields, models


class KundenFieldOverride(models.Model):
    """FACT: somebody went on with a document though its customer lacked what is required, and why.

    Nobody may write, delete or create one; the dialogue at the gate appends them.
    """

    _name = "kunden.field.override"
    _description = "Override of Mandatory Fields"
    _order = "date desc, id desc"
    _rec_name = "document_name"

    res_model = fields.Selection(
        [("sale.order", "Sales Order"), ("account.move", "Invoice")],
        string="Kind",
        required=True,
        readonly=True,
    )
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    catalogue_ids = fields.Many2many(
        "kunden.field", string="Fields", readonly=True, groups="kunden_crm.group_reader"
    )
    missing = fields.Char(readonly=True, help="The fields that were missing, by their names then.")
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Confirmed By", readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _document = models.Index("(res_id, res_model)")

    @api.model
    def _keep(self, refused, reason):
        """One fact per document, of all that stopped the user there."""
        # sudo: facts are made here alone, so that nobody writes himself a pass
        return self.sudo().create(
            [
                {
                    "res_model": document._name,
                    "res_id": document.id,
                    "document_name": document.display_name,
                    "partner_id": document.partner_id.id,
                    "company_id": document.company_id.id,
                    "catalogue_ids": [fields.Command.set(rules.catalogue_id.ids)],
                    "missing": document._names(document._normal(rules)),
                    "reason": reason,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
                for document, rules in refused.items()
            ]
        )

    @api.model
    def _passed(self, documents):
        """By id of the document the ids of the fields that may be missing for its customer."""
        passed = defaultdict(set)
        if documents:
            # sudo: a document may pass or not, whoever asks; only ids leave
            facts = self.sudo().search(
                [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
            )
            for fact in facts:
                document = documents.browse(fact.res_id)
                if document.partner_id.id == fact.partner_id.id:
                    passed[document.id].update(fact.catalogue_ids.ids)
        return passed

    def action_open_document(self):
        """The order or invoice that went on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
