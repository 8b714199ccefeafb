from odoo import api, fields, models
from odoo.tools.misc import formatLang

# States in which the job has the batch.
BUSY = ("queued", "running")
# The rows that wait for somebody after the check or the run.
WAITING = ("ask", "rejected")
_LINES = 8
_KINDS = [
    ("text", "Text"),
    ("xlsx", "Excel (xlsx)"),
    ("xls", "Excel (xls)"),
    ("ods", "LibreOffice (ods)"),
]
_ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows (1252)"),
    ("iso8859-15", "ISO 8859-15"),
    ("mac_roman", "Mac"),
    ("cp850", "DOS (850)"),
    ("cp437", "DOS (437)"),
    ("cp1250", "Windows (1250)"),
    ("iso8859-2", "ISO 8859-2"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16 (BE)"),
]


class KundenImportScreenMixin(models.AbstractModel):
    """The page of an import: what it says in sentences, and where its buttons lead."""

    _name = "kunden.import.screen.mixin"
    _description = "Page of an Import"

    is_busy = fields.Boolean(compute="_compute_is_busy")
    pending_count = fields.Integer(compute="_compute_texts")
    total_text = fields.Char(compute="_compute_texts")
    open_text = fields.Text(compute="_compute_texts", string="Why")
    undo_text = fields.Char(compute="_compute_undo_text")
    left_text = fields.Char(compute="_compute_left_text", string="Columns Left Aside")
    hint_text = fields.Text(compute="_compute_hint_text")
    choices = fields.Json(compute="_compute_choices")

    @api.depends("state", "step")
    def _compute_is_busy(self):
        for batch in self:
            batch.is_busy = bool(batch.step) or batch.state in BUSY

    @api.depends("state", "step", "position")
    def _compute_texts(self):
        for batch in self:
            counts = batch._counted_states()
            batch.pending_count = counts.get("new", 0) + counts.get("update", 0)
            batch.total_text = batch._told_totals() if counts else False
            batch.open_text = batch._told_open(counts)

    def _counted_states(self):
        """State -> number of rows of this batch; none while it is being looked at."""
        if self.step in ("reading", "matching"):
            return {}
        groups = self.env["kunden.import.row"]._read_group(
            [("batch_id", "in", self.ids)], ["state"], ["__count"]
        )
        return dict(groups)

    def _told_totals(self):
        """All rows in one sentence whose numbers add up."""
        self.ensure_one()
        names = ("row", "created", "updated", "skipped", "rejected", "ask")
        numbers = {name: formatLang(self.env, self[f"{name}_count"], digits=0) for name in names}
        return self.env._(
            "%(row)s rows: %(created)s new, %(updated)s updated, %(skipped)s unchanged or left out,"
            " %(rejected)s rejected, %(ask)s to be decided.",
            **numbers,
        )

    def _told_open(self, counts):
        """The first rows that were not brought in, each with its reason."""
        self.ensure_one()
        number = sum(counts.get(state, 0) for state in WAITING)
        if not number:
            return False
        domain = [("batch_id", "=", self.id), ("state", "in", WAITING)]
        rows = self.env["kunden.import.row"].search(domain, limit=_LINES)
        lines = [row.message or row._told_state() for row in rows]
        if number > _LINES:
            more = formatLang(self.env, number - _LINES, digits=0)
            lines.append(self.env._("and %s more", more))
        return "\n".join(lines)

    @api.depends("undo_counts")
    def _compute_undo_text(self):
        for batch in self:
            counts = batch.undo_counts or {}
            numbers = {
                name: formatLang(self.env, counts.get(name, 0), digits=0)
                for name in ("restored", "removed", "archived", "kept")
            }
            batch.undo_text = bool(counts) and self.env._(
                "Taken back: %(restored)s values have come back, %(removed)s records are gone,"
                " %(archived)s are archived, %(kept)s have stayed.",
                **numbers,
            )

    @api.depends("column_ids.target")
    def _compute_left_text(self):
        for batch in self:
            left = batch.column_ids.filtered(lambda column: column.target in (False, "", "ignore"))
            batch.left_text = ", ".join(column.header or "–" for column in left)

    @api.depends("hints")
    def _compute_hint_text(self):
        for batch in self:
            batch.hint_text = "\n".join(batch._told(*hint) for hint in batch.hints or [])

    @api.depends("sheet_names", "encoding", "separator")
    def _compute_choices(self):
        separators = [
            (";", self.env._("Semicolon ;")),
            (",", self.env._("Comma ,")),
            ("\t", self.env._("Tab")),
            ("|", self.env._("Bar |")),
        ]
        for batch in self:
            batch.choices = {
                "kind": _KINDS,
                "sheet": [(name, name) for name in batch.sheet_names or []],
                "encoding": _ENCODINGS,
                "separator": separators,
            }

    def action_show_rows(self):
        """The rows of this batch, those of some states where the context names them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_import_rows")
        states = self.env.context.get("row_states")
        domain = [("batch_id", "=", self.id)] + ([("state", "in", states)] if states else [])
        return action | {"domain": domain, "context": {}}

    def action_decide(self):
        """The questions of this batch, one after the other."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "kunden_import_questions",
            "name": self.env._("Decide Questions"),
            "context": {"active_id": self.id, "active_model": self._name},
        }

    def action_error_file(self):
        """The rows that wait, as a workbook that can be mended and brought in again."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/kunden_crm/import/{self.id}/errors",
            "target": "download",
        }
