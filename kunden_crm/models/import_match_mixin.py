import json

from odoo import models
from odoo.tools import SQL

from ..kernel.match_batch import SURE, is_sure, may_be
from .import_step import Found, JudgedRow, Step
from .match_words import NOTES

# Rows of a committed step: more at once cost less each.
STEP = 2000
_GUARDS = frozenset(code for code, _sentence in NOTES)
_NAMES = ("id", "number", "values", "state", "message", "notes", "partner_id", "same_row_id")
_STORED = ("id", *_NAMES[2:], "candidates")
_STORE = """
UPDATE kunden_import_row AS row
   SET values = new.values, state = new.state, message = new.message, notes = new.notes,
       candidates = new.candidates, partner_id = new.partner_id, same_row_id = new.same_row_id
  FROM json_to_recordset(%s) AS new (id int, values jsonb, state text, message text, notes jsonb,
       candidates jsonb, partner_id int, same_row_id int)
 WHERE row.id = new.id
"""


class KundenImportMatchMixin(models.AbstractModel):
    """Compares the rows of a file with the customer file and with each other, in steps."""

    _name = "kunden.import.match.mixin"
    _inherit = "kunden.import.guard.mixin"
    _description = "Comparing a File"

    def _match_some(self, kept, number=STEP):
        """Compare and judge the next rows; behind the last one, the preview is there."""
        number = max(number, STEP)
        pairs, rows = self.env["kunden.import.pair"], self.last_position
        cursor = self.cursor or {}
        if "steps" not in cursor:
            cursor = {"done": 0, "steps": pairs._steps(rows)}
        while "after" not in cursor:
            self.env.flush_all()
            more = pairs._find(self.id, rows, self._offered_from(), cursor["done"], cursor["steps"])
            cursor = cursor | ({"done": cursor["done"] + 1} if more else {"after": 0})
            self._note({"cursor": cursor})
            if rows > number:
                return
        rows = self._rows_after(cursor["after"], number)
        if rows:
            ids = [row["id"] for row in rows]
            people = pairs._met(ids, self._offered_from()) if cursor["steps"][-1] else None
            self._judge(rows, self._kept_plan(kept), people)
            self._store([row for row in rows if not row.is_plainly_new()])
            position = min(self.position + len(rows), self.last_position)
            self._note({"position": position, "cursor": cursor | {"after": rows[-1]["id"]}})
        if len(rows) < number:
            self.env["kunden.import.key"]._drop(self.id)
            pairs._drop_met(self.id)
            self._counted_anew()
            self._end("analysed")

    def _offered_from(self):
        return self.env["kunden.match.weight"]._offered_from()

    def _rows_after(self, after, number):
        """The next rows of the table, in the order of the file; those brought before are judged."""
        condition = SQL(
            "batch_id = %s AND id > %s AND state IS DISTINCT FROM 'unchanged' ORDER BY id LIMIT %s",
            *(self.id, after, number),
        )
        return self._rows_where(condition)

    def _rows_where(self, condition):
        """Rows of the table to be judged."""
        names = SQL(", ").join(SQL.identifier(name) for name in (*_NAMES, "decision"))
        statement = SQL("SELECT %s FROM kunden_import_row WHERE %s", names, condition)
        return [JudgedRow(row) for row in self.env.execute_query_dict(statement)]

    def _store(self, rows):
        """Write what was found of rows, by one statement."""
        lines = [{name: row.get(name) for name in _STORED} for row in rows]
        self.env.cr.execute(SQL(_STORE, json.dumps(lines, default=str)))

    # One step, with the rights of whoever started it

    def _judge(self, rows, plan, people=None):
        """What each of these rows is: whom it means, and what it would do.

        Shape: rows, how they were read, and whom they may mean as of kunden.import.key._look_up,
        where that is known.
        """
        step = Step(rows)
        step.plan = plan
        self._find_firms(step)
        self._find_households(step)
        step.people = people
        if people is None:
            ids = [row["id"] for row in step.rows]
            step.people = self.env["kunden.import.key"]._look_up(ids, self._offered_from())
        self._find_at_work(step)
        self._guard(step)
        self._find_earlier(step)
        for row in step.rows:
            row.found = self._meet(step, row)
            self._meet_inside(step, row)
        self._check_new(step)
        self._conclude(step)

    def _find_earlier(self, step):
        """Adds the rows of earlier steps that these rows may be the same as."""
        pairs = self.env["kunden.import.pair"]._of_rows([row["id"] for row in step.rows])
        for row in step.rows:
            row.pairs = pairs.get(row["id"], ())
        wanted = {pair[0] for row in step.rows for pair in row.pairs}
        wanted |= {row["same_row_id"] for row in step.rows if row["same_row_id"]}
        if missing := list(wanted - step.others.keys()):
            condition = SQL(
                "id = ANY(%(ids)s) OR same_row_id = ANY(%(ids)s) OR id IN ("
                " SELECT same_row_id FROM kunden_import_row WHERE id = ANY(%(ids)s)) ORDER BY id",
                ids=missing,
            )
            found = self._rows_where(condition)
            step.others = {row["id"]: row for row in found} | step.others

    def _meet(self, step, row):
        """Whom of the customer file a row means: nobody, one, or it is to be asked."""
        if row["decision"] == "create":
            return Found()
        if row["decision"] == "update" and row["partner_id"]:
            return Found("one", row["partner_id"])
        row["partner_id"] = None
        hits = [hit for hit in step.hits(row) if may_be(hit[2])]
        sure = [hit for hit in hits if is_sure(hit[1], hit[2], _GUARDS)]
        seen = [hit for hit in sure if hit[0] in step.readable]
        offered = [hit for hit in hits if hit[0] in step.readable]
        if len(seen) == 1:
            return self._met_one(step, seen[0][0], offered)
        if seen or offered:
            return Found("several" if seen else "unsure", 0, tuple(offered))
        return Found("foreign") if sure else Found()

    def _met_one(self, step, partner_id, offered):
        """The contact that a row surely means, unless nobody may touch it."""
        if partner_id in step.own:
            return Found("own_company", 0, tuple(offered))
        if partner_id not in step.writable:
            return Found("may_not_change", 0, tuple(offered))
        return Found("one", partner_id, tuple(offered))

    def _meet_inside(self, step, row):
        """Which earlier row of the file is the same; that row makes the contact."""
        root_id, row["same_row_id"] = row["same_row_id"], None
        if row["decision"] == "update" and root_id:
            row["same_row_id"] = root_id
            row.found = Found("same", step.others[root_id]["partner_id"] or 0)
        if row.is_told():
            return
        sure, unsure = {}, []
        for other_id, certainty, codes in row.pairs:
            if not may_be(codes):
                continue
            other = step.others[other_id]
            root = step.others.get(other["same_row_id"] or other_id, other)
            if not root.names_somebody() and root["state"] != "ask":
                continue
            if is_sure(certainty, codes, _GUARDS):
                sure[root["id"]] = root
            elif certainty >= SURE or not _told_apart(row, root, codes):
                unsure.append((root, certainty, codes))
        self._settle_inside(row, sure, unsure)

    def _settle_inside(self, row, sure, unsure):
        """One row that is surely the same leads; several, or one that may be, are asked about."""
        root = next(iter(sure.values())) if len(sure) == 1 else None
        partner_id = (root["partner_id"] or 0) if root else 0
        if root and (row.found.word in ("none", "unsure") or row.found.partner_id == partner_id):
            row["same_row_id"], row["partner_id"] = root["id"], partner_id or None
            row.found = Found("same", partner_id)
        elif row.found.word == "none" and (sure or unsure):
            rows = [(one, 100, ()) for one in sure.values()] + unsure
            row.found = Found("inside", 0, tuple(rows))


def _told_apart(row, root, codes):
    """Whether the file itself says that two rows are not the same: numbers, or one household."""
    homes = [(one["values"] or {}).get("household", {}).get("key") for one in (row, root)]
    return "ref_other" in codes or (
        homes[0] is not None and homes[0] == homes[1] and "first_same" not in codes
    )
