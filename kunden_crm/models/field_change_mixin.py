from odoo import api, fields, models
from odoo.tools import format_date, get_lang


class KundenFieldChangeMixin(models.AbstractModel):
    """Notes the changes of protected fields, of which mail does not tell."""

    _name = "kunden.field.change.mixin"
    _description = "Changes of Protected Fields"

    @api.model_create_multi
    def create(self, vals_list):
        """Note the protected values that a contact comes with."""
        partners = super().create(vals_list)
        if names := self._noted(set().union(*vals_list)):
            partners._note_changes(names, {})
        return partners

    def write(self, vals):
        """Note the protected values that change."""
        names = self._noted(vals)
        if not names:
            return super().write(vals)
        before = self._told_values(names)
        done = super().write(vals)
        self._note_changes(names, before)
        return done

    @api.model
    def _noted(self, names):
        """Those of the names that are protected fields; lists have a history of their own."""
        protected = [name for name in names if name in self._kunden_protected]
        if not protected:
            return protected
        noted = self.env["kunden.field.change"]._noted_fields()
        return [
            name for name in protected if name in noted and self._fields[name].type != "one2many"
        ]

    def _note_changes(self, names, before):
        """One note per contact and field that is not what it was."""
        # sudo: notes are written by whatever changes the contact and by nobody else
        notes = self.env["kunden.field.change"].sudo()
        now, noted = fields.Datetime.now(), notes._noted_fields()
        notes.create(
            [
                {
                    "partner_id": partner_id,
                    "catalogue_id": noted[name][0],
                    "date": now,
                    "user_id": self.env.uid,
                    "old_value": before.get((partner_id, name), ""),
                    "new_value": told,
                }
                for (partner_id, name), told in self._told_values(names).items()
                if told != before.get((partner_id, name), "")
            ]
        )

    def _told_values(self, names):
        """(id of the contact, field) -> its value in words."""
        noted = self.env["kunden.field.change"]._noted_fields()
        # sudo: what is noted is for those with the right, whoever changes it
        return {
            (partner.id, name): partner._told_value(name, zero=noted[name][1])
            for partner in self.sudo()
            for name in names
        }

    def _told_value(self, name, zero):
        """A value as people read it; a number of 0 is none unless the field says so."""
        field, value = self._fields[name], self[name]
        if field.type in ("integer", "float", "monetary"):
            lang = self.env["res.lang"].browse(get_lang(self.env).id)
            return lang.format("%.15g", value, grouping=True) if value or zero else ""
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2many":
            return ", ".join(value.mapped("display_name"))
        return str(field.convert_to_export(value, self))
