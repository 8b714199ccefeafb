from odoo import api, models
from odoo.fields import Domain

from .field_quality_overdue_mixin import PARTS
from .field_request_mixin import MOST


class KundenFieldQualityOpenMixin(models.AbstractModel):
    """From a figure to the files that it counts.

    A method `_wrong_<measure>` says as a domain what is wrong with the files of a measure.
    """

    _name = "kunden.field.quality.open.mixin"
    _inherit = "kunden.field.quality.overdue.mixin"
    _description = "Opening a Figure"

    def _files_domain(self):
        """The contacts that this row counts, as they are now."""
        self.ensure_one()
        company = [self.company_id.id]
        if self.company_id and self.company_id == self._only_company():
            company.append(False)
        found = Domain("is_customer_file", "=", True) & Domain("company_id", "in", company)
        found &= getattr(self, f"_wrong_{self.measure}")()
        if self.dimension == "origin":
            found &= Domain("file_origin", "=", self.origin)
        elif self.dimension == "team":
            found &= Domain("owner_team_id", "=", self.team_id.id)
        elif self.dimension == "user":
            found &= Domain("user_id", "=", self.user_id.id)
        return found

    def _wrong_completeness(self):
        return self._wrong_missing()

    def _wrong_missing(self):
        if self.dimension == "goal":
            return Domain("missing_goal_ids", "in", self.goal_id.ids)
        if self.dimension == "field":
            protected = self.field_id.sensitivity != "normal"
            name = "missing_protected_ids" if protected else "missing_field_ids"
            return Domain(name, "in", self.field_id.ids)
        return Domain("missing_field_ids", "!=", False)

    def _wrong_junk(self):
        if self.dimension == "field":
            return Domain("junk_field_ids", "in", self.field_id.ids)
        return Domain("junk_field_ids", "!=", False)

    def _wrong_phone(self):
        names = (self.field_id.technical_name,) if self.field_id else ("phone", "mobile")
        return Domain.OR(
            Domain(name, "!=", False) & Domain(f"{name}_problem", "!=", False) for name in names
        )

    def _wrong_email(self):
        bounced = Domain("message_bounce", ">", 0) | Domain("email_normalized", "=", False)
        return Domain("email", "!=", False) & bounced

    def _wrong_overdue(self):
        parts = (self.section,) if self.section else PARTS
        return self._overdue_domain(self.company_id, parts, self.day)

    def action_open_files(self):
        """The files that this figure counts; from there the owner is asked."""
        self.ensure_one()
        self.check_access("read")
        name = "kunden_crm.action_field_quality_files"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        told = self._label("measure")
        told = told if self.dimension == "all" else f"{told}: {self.name}"
        action |= {"domain": list(self._files_domain()), "name": told, "display_name": told}
        # the list shows the columns of this measure
        return action | {"context": {"quality_measure": self.measure}}

    def action_request_details(self):
        """Ask the customers of this figure for what it counts."""
        self.ensure_one()
        self.check_access("read")
        files = self.env["res.partner"].search(self._files_domain(), limit=MOST + 1)
        entries = self.field_id
        if self.dimension == "goal":
            entries = entries.search([("goal_ids", "in", self.goal_id.ids)])
        return files._open_request(self.measure, entries, self.section)

    def action_open_parts(self):
        """The same measure by goal, field, origin, team and owner."""
        self.ensure_one()
        name = "kunden_crm.action_field_quality_parts"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        shown = {"search_default_newest": 1, "search_default_by_dimension": 1}
        action["context"] = shown
        action["domain"] = [("measure", "=", self.measure), ("dimension", "!=", "all")]
        action |= {"path": False, "display_name": self._label("measure")}
        return action | {"name": self._label("measure")}

    @api.model
    def _words(self, name):
        """The words of a choice in the language of the user."""
        return dict(self._fields[name]._description_selection(self.env))

    def _label(self, name):
        return self._words(name).get(self[name], "")
