from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .standard_words import REASONS, reason_key
from .standard_write_mixin import NAMES


class KundenStandardLine(models.Model):
    """FACT: a value that a standard writes otherwise: proposed, written, or taken back."""

    _name = "kunden.standard.line"
    _description = "Value of a Run"
    _order = "run_id desc, partner_id, id"
    _rec_name = "old"
    _log_access = False

    run_id = fields.Many2one("kunden.standard.run", required=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    field_name = fields.Char(string="Technical Name", required=True)
    field_label = fields.Char(
        string="Field", compute="_compute_field_label", search="_search_field_label"
    )
    old = fields.Char(string="Before", required=True)
    new = fields.Char(string="After")
    outcome = fields.Selection(
        [("fixed", "Another Spelling"), ("ask", "Somebody Must Look"), ("rejected", "No Value")],
        required=True,
    )
    reason = fields.Selection(REASONS, string="Why")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("ask", "To Be Looked At"),
            ("left", "Left Out"),
            ("applied", "Applied"),
            ("skipped", "Edited Meanwhile, Not Applied"),
            ("edited", "Edited Since, Not Taken Back"),
            ("undone", "Taken Back"),
        ],
        required=True,
    )

    _of_run = models.Index("(run_id, state, partner_id)")

    @api.depends("field_name")
    def _compute_field_label(self):
        told = self.env["res.partner"].fields_get(set(self.mapped("field_name")), ["string"])
        for line in self:
            line.field_label = told.get(line.field_name, {}).get("string", line.field_name)

    @api.model
    def _search_field_label(self, operator, value):
        if operator not in ("ilike", "in"):
            return NotImplemented
        wanted = [value] if isinstance(value, str) else value
        told = self.env["res.partner"].fields_get(None, ["string"])
        texts = [str(text).casefold() for text in wanted if text]
        names = [
            name
            for name, field in told.items()
            if any(
                text in field["string"].casefold()
                if operator == "ilike"
                else text == field["string"].casefold()
                for text in texts
            )
        ]
        return [("field_name", "in", names)]

    @api.model
    def _of_the_night(self):
        """The lines that the run of the night found and that are still open, as a domain."""
        open_ones = Domain("state", "in", ("proposed", "ask"))
        seen_all = Domain("is_automatic", "=", True) & Domain("state", "=", "checked")
        return Domain("run_id", "any", seen_all) & open_ones

    @api.model
    def _reason(self, kind, code):
        """The sentence of a reason for that kind of value, in the language of the user."""
        told = dict(self._fields["reason"]._description_selection(self.env))
        return told.get(reason_key(kind, code), "")

    @api.model
    def _insert(self, rows):
        """Store lines, one statement: (run, contact, field, old, new, outcome, reason, state)."""
        columns = list(zip(*rows, strict=True))
        if columns:
            self.env.cr.execute(
                """INSERT INTO kunden_standard_line (run_id, partner_id, field_name, old, new,
                                                     outcome, reason, state)
                   SELECT * FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[],
                                        %s::text[], %s::text[], %s::text[])""",
                [list(column) for column in columns],
            )
            self._counted_anew()

    @api.model
    def _counted_anew(self):
        """Drops from memory what was read of lines and of their numbers."""
        self.invalidate_model(flush=False)
        runs = self.env["kunden.standard.run"]
        counts = [name for name in runs._fields if name.endswith("_count")]
        runs.invalidate_model([*counts, "line_ids"], flush=False)

    @api.model
    def _next(self, run, state, batch):
        """The next lines: (id, contact, field, old, new), at least so many, of whole contacts."""
        self.flush_model()
        open_ones = SQL(
            "run_id = %s AND state = %s AND partner_id > %s", run.id, state, run.position
        )
        last = SQL(
            """SELECT partner_id FROM kunden_standard_line WHERE %s
                ORDER BY partner_id OFFSET %s LIMIT 1""",
            open_ones,
            batch - 1,
        )
        return self.env.execute_query(
            SQL(
                """SELECT id, partner_id, field_name, old, new FROM kunden_standard_line
                    WHERE %s AND partner_id <= coalesce((%s), %s) ORDER BY partner_id, id""",
                open_ones,
                last,
                run.last_id,
            )
        )

    @api.model
    def _turn(self, ids_by_state):
        """Give lines their new states, one statement."""
        pairs = [(number, state) for state, ids in ids_by_state.items() for number in ids]
        self.env.cr.execute(
            SQL(
                """UPDATE kunden_standard_line line SET state = turned.state
                     FROM unnest(%s::int[], %s::text[]) AS turned (id, state)
                    WHERE line.id = turned.id""",
                [number for number, _state in pairs],
                [state for _number, state in pairs],
            )
        )
        self._counted_anew()

    def action_leave(self):
        """Leave these proposals out."""
        self._swap("proposed", "left")

    def action_take(self):
        """Take these proposals after all."""
        self._swap("left", "proposed")

    def _swap(self, state, other):
        self.run_id.check_access("write")
        if any(run.state not in ("checked", "cancelled") for run in self.run_id):
            raise UserError(self.env._("This run is already somewhere else: it is no preview."))
        # the name of a person and its parts go together
        named = self.filtered(lambda line: line.field_name in NAMES)
        together = self.search(
            [
                ("run_id", "in", named.run_id.ids),
                ("partner_id", "in", named.partner_id.ids),
                ("field_name", "in", [*NAMES]),
            ]
        )
        # sudo: which proposals a run writes is for whoever may start it
        chosen = (self | together).sudo()
        chosen.filtered(lambda line: line.state == state).state = other
        self.flush_model(["state"])
        self._counted_anew()
