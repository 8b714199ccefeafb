from odoo import api, models
from odoo.tools import SQL


class KundenMergeMixin(models.AbstractModel):
    """What core's merge of contacts would lose, saved before and after it."""

    _name = "kunden.merge.mixin"
    _description = "Merging Contacts"

    def _before_merge(self, survivor):
        """Makes way in the tables that are unique per customer; self are those who go."""
        # sudo: nothing is lost because whoever merges may not see it.
        self.env["kunden.profile"].sudo()._drop_doubles(self, survivor)
        self.env["kunden.figure"].sudo()._rename_doubles(self, survivor)

    def _give_up_barcode(self):
        """Core allows a barcode once, and refuses the one that the survivor has just taken over."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE res_partner SET barcode = NULL WHERE id = ANY(%s)", self.ids)
        )
        self.invalidate_recordset(["barcode"])

    def _after_merge(self, survivor, household, role):
        """Brings the survivor what core passes over; self are those who go.

        Household and role are those that the survivor had before.
        """
        # sudo: nothing is lost because whoever merges may not see it.
        people, survivor = self.sudo(), survivor.sudo()
        for name in self._merge_protected_fields():
            if not survivor[name]:
                survivor[name] = next((person[name] for person in people if person[name]), False)
        headed = people.filtered(lambda person: person.household_role == "head").household_id
        if survivor.household_id & headed:
            survivor.household_role = "head"
        elif household:
            survivor.household_role = role
        survivor._take_newest_headcount()

    def _after_merges(self):
        """What is made anew for all who survive, once for many merges; self are those."""

    def _after_undo(self):
        """What is computed from several values is made anew, where a person changed one since.

        Self are all who were one contact and are several again.
        """

    @api.model
    def _merge_protected_fields(self):
        """The columns that core leaves out where whoever merges does not see them."""
        return [
            name
            for name, field in self._fields.items()
            if (name in self._kunden_protected or "kunden_crm." in (field.groups or ""))
            and field.store
            and not field.compute
            and field.type not in ("one2many", "many2many")
        ]
