from odoo import api, models

from ..kernel.text import is_storable


class KundenImportTemplateMixin(models.AbstractModel):
    """A list with German columns for those who come from a spreadsheet.

    Which column goes into which field is data (data/import_columns.xml), so that a list with the
    same headings is understood too, in any order.
    """

    _name = "kunden.import.template.mixin"
    _description = "Import Template of the Customer File"

    @api.model
    def get_import_templates(self):
        """The customer list (Kundenliste.xlsx) beside the templates of core."""
        customer_list = {
            "label": self.env._("Customer list with German columns (Kundenliste)"),
            "template": "/kunden_crm/static/import/Kundenliste.xlsx",
        }
        return [customer_list, *super().get_import_templates()]

    @api.model
    def load(self, fields, data):
        """As core, but an empty cell for the type of address means a contact.

        Core would store no type at all: such a contact is neither a file nor an address, and does
        not get the address of its company. Cells with half a character are named by their rows.
        """
        if messages := self._unstorable_cells(fields, data):
            return {"ids": False, "messages": messages, "nextrow": 0}
        if "type" in fields:
            place = fields.index("type")
            data = [[*row[:place], row[place] or "contact", *row[place + 1 :]] for row in data]
        return super().load(fields, data)

    def _unstorable_cells(self, fields, data):
        """A message for each cell that can neither be stored nor looked for, nor be shown again."""
        return [
            {
                "type": "error",
                "record": number,
                "rows": {"from": number, "to": number},
                "field": field,
                "message": self.env._(
                    "The text for %s holds characters that cannot be stored.", field
                ),
            }
            for number, row in enumerate(data)
            for field, cell in zip(fields, row, strict=False)
            if isinstance(cell, str) and not is_storable(cell)
        ]

    def _convert_fields_to_values(self, field_names):
        # sudo: what a company hands down to its contacts is written by core with sudo, but in an
        # import read as the user, who may not know the credit limit: no clerk could import contacts
        return super(KundenImportTemplateMixin, self.sudo())._convert_fields_to_values(field_names)
