from odoo import api, fields, models
from odoo.fields import Domain

from ..kernel.import_targets import RELATED

STATES = [
    ("draft", "New"),
    ("analysed", "Preview"),
    ("queued", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
    ("failed", "Failed"),
    ("undone", "Taken Back"),
]
# What the job is doing with a batch; nothing at rest.
STEPS = [
    ("reading", "Reading the File"),
    ("matching", "Comparing"),
    ("writing", "Writing"),
    ("undoing", "Taking Back"),
]
# The states of rows behind each count; before the run and after it.
COUNTED = {
    "created": ("new", "created"),
    "updated": ("update", "updated"),
    "skipped": ("unchanged", "skipped"),
    "rejected": ("rejected",),
    "ask": ("ask",),
}


class KundenImportBatch(models.Model):
    """ACT: brings a file into the customer file, preview first, and takes it back."""

    _name = "kunden.import.batch"
    _inherit = [
        "kunden.import.run.mixin",
        "kunden.import.write.mixin",
        "kunden.import.undo.mixin",
        "kunden.import.analyse.mixin",
        "kunden.import.read.mixin",
        "kunden.import.match.mixin",
        "kunden.import.company.mixin",
        "kunden.import.verdict.mixin",
        "kunden.import.screen.mixin",
        "kunden.import.error.file.mixin",
        "kunden.import.command.mixin",
    ]
    _description = "Import"
    _order = "id desc"
    _rec_name = "source"

    file = fields.Binary(attachment=True)
    filename = fields.Char()
    source = fields.Char(
        string="Named", help='Where the data come from, such as "Cash journal 2024".'
    )
    source_id = fields.Many2one("kunden.import.source", readonly=True, ondelete="set null")
    user_id = fields.Many2one(
        "res.users", string="Started By", default=lambda self: self.env.user, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, required=True, readonly=True
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    step = fields.Selection(STEPS, readonly=True)
    position = fields.Integer(readonly=True, help="How far the job has come.")
    last_position = fields.Integer(string="Up To", readonly=True)
    file_position = fields.Json(readonly=True)
    rule_version = fields.Integer(readonly=True)
    error = fields.Char(readonly=True)
    analysed_at = fields.Datetime(readonly=True)
    started_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)

    # How the file is read; found, shown and open to change

    kind = fields.Char(string="Kind of File", readonly=True)
    sheet = fields.Char()
    sheet_names = fields.Json(readonly=True)
    encoding = fields.Char()
    separator = fields.Char()
    header_row = fields.Integer()
    preview = fields.Json(readonly=True, help="The first rows, as they are read.")
    hints = fields.Json(readonly=True)
    country_id = fields.Many2one(
        "res.country",
        default=lambda self: self.env.company.country_id,
        help="Of addresses and telephone numbers that name none.",
    )

    column_ids = fields.One2many("kunden.import.column", "batch_id")
    has_protected = fields.Boolean(
        compute="_compute_has_protected",
        search="_search_has_protected",
        help="A column fills a protected field: only who brings the file in sees it and its rows.",
    )
    row_ids = fields.One2many("kunden.import.row", "batch_id", readonly=True)
    row_count = fields.Integer(string="Rows", compute="_compute_counts")
    created_count = fields.Integer(string="Created", compute="_compute_counts")
    updated_count = fields.Integer(string="Updated", compute="_compute_counts")
    skipped_count = fields.Integer(string="Unchanged or Left Out", compute="_compute_counts")
    rejected_count = fields.Integer(string="Rejected", compute="_compute_counts")
    ask_count = fields.Integer(string="To Be Decided", compute="_compute_counts")

    @api.depends("column_ids.target")
    def _compute_has_protected(self):
        protected = self.filtered_domain(self._protected())
        for batch in self:
            batch.has_protected = batch in protected

    def _search_has_protected(self, operator, value):
        """Asked anew each time: a field may be protected long after it was brought in."""
        if operator != "in":
            return NotImplemented
        protected = self._protected()
        return Domain.OR(protected if wanted else ~protected for wanted in value)

    @api.model
    def _protected(self):
        """The batches of which a column fills a protected field or key figures, as a condition."""
        names = [*self.env["res.partner"]._kunden_protected]
        names += [f"{of}.{name}" for of in RELATED for name in names]
        fills = Domain("target", "in", names) | Domain("target", "=like", "figure.%")
        return Domain("column_ids", "any", fills)

    @api.depends("state", "step", "position")
    def _compute_counts(self):
        # what is being looked at has no verdict yet
        looked_at = self.filtered(lambda batch: batch.step not in ("reading", "matching"))
        groups = self.env["kunden.import.row"]._read_group(
            [("batch_id", "in", looked_at.ids)], ["batch_id", "state"], ["__count"]
        )
        counts = {(batch.id, state): count for batch, state, count in groups}
        for batch in self:
            found = {state: count for (own, state), count in counts.items() if own == batch.id}
            batch.row_count = sum(found.values())
            for name, states in COUNTED.items():
                batch[f"{name}_count"] = sum(found.get(state, 0) for state in states)
