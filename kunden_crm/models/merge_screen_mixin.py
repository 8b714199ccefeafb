from odoo import api, fields, models

from .merge_choice_mixin import HOME, ROOMY


class KundenMergeScreenMixin(models.AbstractModel):
    """The contacts side by side, as the screen draws them."""

    _name = "kunden.merge.screen.mixin"
    _description = "Contacts Side by Side"

    comparison = fields.Json(compute="_compute_comparison", string="Side by Side")

    @api.depends("partner_ids", "survivor_id", "state", "line_ids.chosen_id", "line_ids.both")
    @api.depends_context("uid", "lang", "company")
    def _compute_comparison(self):
        for merge in self.with_context(active_test=False):
            draft = merge.state == "draft"
            columns = merge._columns() if draft else merge._old_columns()
            merge.comparison = {
                "draft": draft,
                "survivor": merge.survivor_id.id,
                "columns": columns,
                "rows": merge._rows([column["id"] for column in columns]),
            }

    def _columns(self):
        """The contacts: name, since when, what hangs on each; who remains comes first."""
        attached = self._attached()
        return [
            {
                "id": partner.id,
                "name": partner.display_name,
                "since": fields.Date.to_string(partner.create_date.date()),
                "attached": [f"{what}: {number}" for what, number in attached[partner.id]],
            }
            for partner in self.partner_ids.sorted(lambda p: (p != self.survivor_id, p.id))
        ]

    def _old_columns(self):
        """The contacts as they were called before the merge."""
        survivor = self.survivor_id
        gone = [{"id": line.old_id, "name": line.name or ""} for line in self.redirect_ids]
        if self.state == "undone":
            others = self.partner_ids - survivor
            gone = [{"id": partner.id, "name": partner.display_name} for partner in others]
        return [{"id": survivor.id, "name": survivor.display_name or ""}, *gone]

    def _rows(self, partner_ids):
        """The values in which they differ, of the fields that the user may read."""
        draft = self.state == "draft"
        lines = self.line_ids.filtered(lambda line: line._is_open() and (draft or line.told))
        result = self._preview() if draft and lines else {}
        reasons = dict(lines._fields["reason"]._description_selection(self.env))
        many = {
            name for name, field in self.partner_ids._fields.items() if field.type == "many2many"
        }
        rows = []
        for line in lines:
            told = {p.id: self._told(p, line.name) for p in self.partner_ids} if draft else {}
            held = line.told or {"taken": False, "texts": {}}
            told = told or {int(key): text for key, text in held["texts"].items()}
            taken = line.chosen_id.id if draft else held["taken"]
            rows.append(
                {
                    "id": line.id,
                    "name": line.name,
                    "label": line.label,
                    "chosen": taken or self.survivor_id.id,
                    "home": line.name in HOME,
                    "both": line.both,
                    "room": line.name in ROOMY or line.name in many,
                    "why": reasons.get(line.reason, ""),
                    "texts": [told.get(partner_id, "") for partner_id in partner_ids],
                    "result": result.get(line.name, ""),
                }
            )
        shown = {row["name"] for row in rows}
        return rows + [
            self._spilled(name, text, partner_ids)
            for name, text in result.items()
            if name not in shown
        ]

    def _spilled(self, name, text, partner_ids):
        """A field in which they did not differ, and that takes up a second value."""
        partners = self.env["res.partner"]
        before = self._told(self.survivor_id, name)
        return {
            "id": 0,
            "name": name,
            "label": partners._fields[name]._description_string(self.env),
            "texts": [before for _partner in partner_ids],
            "result": text,
        }
