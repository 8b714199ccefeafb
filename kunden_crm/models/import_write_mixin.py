import json

from psycopg2 import DataError, IntegrityError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, plaintext2html, split_every

from .import_update_mixin import Undecided

# Companies come first: their people are linked to them in whatever order the rows stand.
_PARTS = ("companies", "others")
_DUE = """
SELECT id, number, state, values, partner_id, same_row_id, decision
  FROM kunden_import_row
 WHERE batch_id = %(batch)s AND id > %(after)s AND state IN ('new', 'update')
   AND (%(all)s OR (values ->> 'is_company')::boolean)
 ORDER BY id LIMIT %(limit)s
"""
_TURN = """
UPDATE kunden_import_row AS row
   SET state = said.state, message = coalesce(said.message, row.message),
       partner_id = coalesce(said.partner_id, row.partner_id), done_at = now() AT TIME ZONE 'UTC'
  FROM json_to_recordset(%s) AS said (id int, state text, partner_id int, message text)
 WHERE row.id = said.id
"""
_EIGHTHS = 8
# What can be wrong with a row; everything else is wrong with the import.
BAD = (UserError, IntegrityError, DataError, ValueError)


class KundenImportWriteMixin(models.AbstractModel):
    """Writing the rows of an import as whoever started it, some hundred in a committed step.

    The states of the rows are stored with the contacts: no row is written twice, and none is lost.
    """

    _name = "kunden.import.write.mixin"
    _inherit = ["kunden.import.update.mixin", "kunden.import.linked.mixin"]
    _description = "Writing of an Import"

    def _write_some(self, _kept, number):
        """Write the next rows."""
        cursor = self.cursor or {"part": 0, "after": 0}
        rows = self._due_rows(number, **cursor)
        while not rows and cursor["part"] + 1 < len(_PARTS):
            cursor = {"part": cursor["part"] + 1, "after": 0}
            rows = self._due_rows(number, **cursor)
        if not rows:
            self._end("done")
            return
        turn = rows
        while turn:
            turn = self._write_turn(turn)
        cursor["after"] = rows[-1]["id"]
        self._note({"cursor": cursor, "position": self.position + len(rows)})

    def _due_rows(self, number, part, after):
        """The next rows to write, as dicts."""
        asked = {"batch": self.id, "after": after, "all": part == 1, "limit": number}
        self.env.flush_all()
        return self.env.execute_query_dict(SQL(_DUE, **asked))

    def _due_count(self):
        """How many rows are to be written."""
        return self.env["kunden.import.row"].search_count(
            [("batch_id", "=", self.id), ("state", "in", ("new", "update"))]
        )

    def _contacts(self):
        """The contacts as whoever started the import sees them."""
        # core and the origin of a contact know an import by this word
        return self._of_starter().env["res.partner"].with_context(import_file=True)

    # A turn: rows none of which waits for another one of it

    def _write_turn(self, rows):
        """Write the rows that wait for no other one of these; returns those that do."""
        ids = {row["id"] for row in rows}
        ready = [row for row in rows if row["same_row_id"] not in ids] or rows
        later = [row for row in rows if row["same_row_id"] in ids and row not in ready]
        self._find_contacts(ready)
        turn, taken, gone = [], set(), []
        for row in ready:
            if row["partner_id"] in taken:
                later.append(row)
            elif row["state"] == "update" and not row["partner_id"]:
                gone.append(row)
            else:
                turn.append(row)
                taken |= {row["partner_id"]} - {None}
        self._turn_rows(
            {"id": row["id"], "state": "ask", "message": self._word_of_gone(row)} for row in gone
        )
        if turn := self._without_forbidden(turn):
            self._write_or_divide(turn)
        return sorted(later, key=lambda row: row["id"])

    def _find_contacts(self, rows):
        """Rows of somebody whom an earlier row has made get that contact.

        A contact that was merged needs nothing: the rows point to the survivor by a foreign key.
        """
        earlier = {row["same_row_id"] for row in rows if row["same_row_id"]}
        found = self.env["kunden.import.row"].browse(earlier)
        found.fetch(["partner_id"])
        made = {row.id: row.partner_id.id for row in found}
        for row in rows:
            if row["same_row_id"]:
                row["state"] = "update"
                row["partner_id"] = row["partner_id"] or made.get(row["same_row_id"]) or None
            elif row["state"] == "new":
                row["partner_id"] = None

    def _word_of_gone(self, row):
        if row["same_row_id"]:
            return self.env._(
                "Row %s: the earlier row of the same person was not written.", row["number"]
            )
        return self.env._(
            "Row %s: the contact to be updated is no longer there. Please decide anew.",
            row["number"],
        )

    def _without_forbidden(self, rows):
        """The rows without those that fill a field which the starter may not write."""
        contacts = self._contacts()
        names = {name for row in rows for name in (row["values"] or ())} & contacts._fields.keys()
        forbidden = {
            name
            for name in names
            if not contacts._has_field_access(contacts._fields[name], "write")
        }
        if not forbidden:
            return rows
        bad = [row for row in rows if not forbidden.isdisjoint(row["values"])]
        self._turn_rows(
            {
                "id": row["id"],
                "state": "rejected",
                "message": self.env._(
                    "Row %(row)s: you may not write %(fields)s.",
                    row=row["number"],
                    fields=", ".join(sorted(forbidden & row["values"].keys())),
                ),
            }
            for row in bad
        )
        return [row for row in rows if row not in bad]

    def _write_or_divide(self, rows):
        """Write rows; where that fails, their eighths, down to the row to blame.

        The smaller the parts, the fewer good rows are written in vain beside a bad one.
        """
        try:
            with self.env.cr.savepoint():
                self._write_rows(rows)
        except BAD as error:
            if len(rows) == 1:
                told = {"row": rows[0]["number"], "reason": self._word_of(error)}
                message = self.env._("Row %(row)s: %(reason)s", **told)
                state = "ask" if isinstance(error, Undecided) else "rejected"
                self._turn_rows([{"id": rows[0]["id"], "state": state, "message": message}])
                return
            for part in split_every(-(-len(rows) // _EIGHTHS), rows, list):
                self._write_or_divide(part)

    def _word_of(self, error):
        """What is wrong, in words for a person."""
        if isinstance(error, IntegrityError | DataError):
            return self._contacts()._sql_error_to_message(error)
        return str(error)

    def _write_rows(self, rows):
        """Store the contacts of these rows, what hangs on them, where all came from, and so on."""
        values, contacts = self.env["kunden.import.value"], self._contacts()
        for row in rows:
            row["vals"] = self._row_vals(row, contacts)
        made = self._link_tags(rows) + self._link_households(rows)
        firms = self._link_companies(rows)
        new = [row for row in rows if not row["partner_id"]]
        old = [row for row in rows if row["partner_id"]]
        before = {row["partner_id"] for row in old} | {row["vals"].get("parent_id") for row in rows}
        before -= {None, *(firm[0] for firm in firms)}
        homes = {row["vals"].get("household_id") for row in rows} - {None}
        known = values._around(before, homes)
        if new:
            created = contacts.create([self._create_vals(row["vals"], contacts) for row in new])
            for row, partner in zip(new, created, strict=True):
                row["made_id"] = partner.id
        made += self._update_contacts(old)
        made += self._update_firms(rows) + self._update_addresses(old)
        made += self._add_beside(rows)
        partners = {one: row["id"] for row in reversed(rows) for one in row.get("beside", ())}
        partners |= {row["partner_id"]: row["id"] for row in old}
        own = [(row["made_id"], row["id"], [*row["vals"]], None) for row in new]
        own += self._add_addresses(rows)
        values._note_changes(self, known, homes, partners)
        values._note_made(self, firms + own)
        values._note(self, made)
        self._turn_rows(map(self._outcome, rows))

    def _outcome(self, row):
        """What is said of a row after it was written."""
        said = {"id": row["id"], "state": row.get("outcome", "created")}
        if partner_id := row.get("made_id") or row["partner_id"]:
            said["partner_id"] = partner_id
        return said | ({"message": row["told"]} if row.get("told") else {})

    def _turn_rows(self, said):
        """Store what became of rows: dicts with id, state, and perhaps partner_id and message."""
        if said := list(said):
            self.env.cr.execute(SQL(_TURN, json.dumps(said)))
            self.env["kunden.import.row"].browse(row["id"] for row in said).invalidate_recordset()

    # Values

    def _row_vals(self, row, contacts):
        """The values of a row for the fields of a contact: plain, records by their ids."""
        values = row["values"] or {}
        vals = {}
        for name, value in values.items():
            field = contacts._fields.get(name)
            if field and field.store and name not in self._linked_names():
                vals[name] = self._ids_of(value)
        return vals

    def _ids_of(self, value):
        """{"id": 5} as 5, a list of such as a list of ids."""
        if isinstance(value, dict):
            return value.get("id")
        return [self._ids_of(each) for each in value] if isinstance(value, list) else value

    def _create_vals(self, vals, contacts):
        """Plain values as create() takes them."""
        ready = {}
        for name, value in vals.items():
            if value is None or value == "":
                continue
            kind = contacts._fields[name].type
            if kind == "many2many":
                value = [(6, 0, value)]
            elif kind == "html" and isinstance(value, str) and "<" not in value:
                value = plaintext2html(value)
            ready[name] = value
        return ready
