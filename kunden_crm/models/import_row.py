from odoo import fields, models

STATES = [
    ("new", "New"),
    ("update", "Update"),
    ("unchanged", "Unchanged"),
    ("ask", "To Be Decided"),
    ("rejected", "Rejected"),
    ("created", "Created"),
    ("updated", "Updated"),
    ("skipped", "Skipped"),
]


class KundenImportRow(models.Model):
    """FACT: a row of a file as it was, how it was read, and what became of it."""

    _name = "kunden.import.row"
    _inherit = [
        "kunden.import.question.mixin",
        "kunden.import.decide.mixin",
        "kunden.import.judge.mixin",
    ]
    _description = "Row of a File"
    _order = "batch_id, number, id"
    _rec_name = "number"
    _log_access = False

    batch_id = fields.Many2one(
        "kunden.import.batch", required=True, ondelete="cascade", readonly=True
    )
    number = fields.Integer(string="Row", readonly=True, aggregator=None)
    sheet = fields.Char(readonly=True)
    raw = fields.Json(readonly=True)
    values = fields.Json(readonly=True)
    state = fields.Selection(STATES, readonly=True)
    message = fields.Char(readonly=True)
    notes = fields.Json(readonly=True)
    candidates = fields.Json(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", readonly=True, index="btree_not_null", ondelete="set null"
    )
    same_row_id = fields.Many2one(
        "kunden.import.row",
        string="Same Person as Row",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    decision = fields.Selection(
        [
            ("create", "Create"),
            ("update", "Update"),
            ("take", "Take What Can Be Read"),
            ("skip", "Leave Out"),
        ],
        readonly=True,
    )
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="set null")
    done_at = fields.Datetime(readonly=True)
    mark = fields.Char(readonly=True, help="The same in every file where the row is the same.")

    # a step takes the next rows of its file, of which there may be a million
    _of_batch = models.Index("(batch_id, id)")
    _in_state = models.Index("(batch_id, state)")
    _mark = models.Index("(mark) WHERE mark IS NOT NULL")
