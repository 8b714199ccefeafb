from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..kernel.import_policy import taken_back
from .standard_write_mixin import NAMES

# What is stated goes first, because a headcount follows it; then values, by no model; then what
# was made, those last that others may still need.
_PARTS = (
    "kunden.interest",
    "kunden.figure",
    None,
    "res.partner",
    "res.partner.bank",
    "kunden.household",
    "res.partner.category",
)
_LINES = """
SELECT id, partner_id, res_id, field_name, old, new
  FROM kunden_import_value
 WHERE batch_id = %(batch)s AND id < %(before)s AND state = 'live' AND %(part)s
 ORDER BY id DESC LIMIT %(number)s
"""
_LAST = 2**31 - 1
_NUMBERS = ("integer", "float", "monetary", "boolean")
_COUNTS = ("restored", "removed", "archived", "kept")


class KundenImportUndoMixin(models.AbstractModel):
    """Taking an import back, some hundred lines of its journal in a committed step.

    Changed values come back, except where somebody has edited since; what was made goes. What
    stays is named with its reason. Lines follow a merge: they point to the contact that remains.
    """

    _name = "kunden.import.undo.mixin"
    _inherit = "kunden.import.remove.mixin"
    _description = "Taking Back an Import"

    undo_user_id = fields.Many2one("res.users", string="Taken Back By", readonly=True)
    undo_counts = fields.Json(readonly=True)
    restored_count = fields.Integer(compute="_compute_undo_counts", string="Values Brought Back")
    removed_count = fields.Integer(compute="_compute_undo_counts", string="Removed")
    archived_count = fields.Integer(compute="_compute_undo_counts", string="Archived")
    kept_count = fields.Integer(compute="_compute_undo_counts", string="Stayed")

    def _compute_undo_counts(self):
        for batch in self:
            for name in _COUNTS:
                batch[f"{name}_count"] = (batch.undo_counts or {}).get(name, 0)

    def action_undo(self):
        """Take all back: what was made goes, what was changed is as before, unless edited since."""
        self.ensure_one()
        self._check_may_import()
        if self.step == "undoing" or not self.try_lock_for_update():
            return True  # under way
        if self.state not in ("done", "cancelled", "failed") or self.step:
            raise UserError(self.env._("There is nothing to take back."))
        if self.user_id != self.env.user and not self.env.user.has_group(
            "kunden_crm.group_manager"
        ):
            raise UserError(
                self.env._("You can take back your own imports; a manager those of others.")
            )
        lines = self.env["kunden.import.value"]
        lines = lines.search_count([("batch_id", "=", self.id), ("state", "=", "live")])
        self._begin_step(
            "undoing",
            undo_user_id=self.env.uid,
            undo_counts=dict.fromkeys(_COUNTS, 0),
            last_position=lines,
        )
        return True

    def action_show_kept(self):
        """What stayed, and what was archived instead of removed, each with its reason."""
        self.ensure_one()
        stayed = [("batch_id", "=", self.id), ("reason", "!=", False)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Stayed"),
            "res_model": "kunden.import.value",
            "view_mode": "list",
            "domain": stayed,
        }

    @api.model
    def _undo_returned(self, ids):
        """A merge was taken back after an import: what that gave to those who return goes too."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """UPDATE kunden_import_value AS value SET state = 'live', reason = NULL
                     FROM kunden_import_batch AS batch
                    WHERE batch.id = value.batch_id AND batch.state = 'undone'
                      AND value.model = 'res.partner' AND value.res_id = ANY(%s)
                      AND value.state IN ('undone', 'kept') RETURNING value.batch_id""",
                list(ids),
            )
        )
        for batch in self.browse({batch_id for (batch_id,) in found}):
            batch._begin_step("undoing", last_position=len(found))

    # The job

    def _undo_some(self, _kept, number):
        """Take back the next lines."""
        cursor = self.cursor or {"part": 0, "before": _LAST}
        lines = self._undo_lines(number, **cursor)
        while not lines and cursor["part"] + 1 < len(_PARTS):
            cursor = {"part": cursor["part"] + 1, "before": _LAST}
            lines = self._undo_lines(number, **cursor)
        if not lines:
            self._end("undone")
            return
        part = _PARTS[cursor["part"]]
        said = self._bring_back(lines) if part is None else self._take_away(part, lines)
        counts = dict(self.undo_counts)
        for _line_id, _state, _reason, counted in said:
            counts[counted] += 1
        self._turn_lines(said)
        cursor["before"] = lines[-1]["id"]
        self._note(
            {
                "cursor": cursor,
                "undo_counts": counts,
                "position": min(self.position + len(lines), self.last_position),
            }
        )

    def _undo_lines(self, number, part, before):
        """The next lines of the journal, the newest first, as dicts."""
        model = _PARTS[part]
        which = SQL("field_name IS NOT NULL")
        if model:
            which = SQL("field_name IS NULL AND model = %s", model)
        self.env.flush_all()
        asked = {"batch": self.id, "before": before, "part": which, "number": number}
        return self.env.execute_query_dict(SQL(_LINES, **asked))

    def _turn_lines(self, said):
        """Store what became of lines: (line, state, reason, how it is counted)."""
        values = self.env["kunden.import.value"]
        for state, reason in dict.fromkeys((state, reason) for _id, state, reason, _count in said):
            ids = [line[0] for line in said if line[1:3] == (state, reason)]
            self.env.cr.execute(
                SQL(
                    "UPDATE kunden_import_value SET state = %s, reason = %s WHERE id = ANY(%s)",
                    state,
                    reason or None,
                    ids,
                )
            )
        values.invalidate_model(flush=False)

    # Values

    def _bring_back(self, lines):
        """Give values back what stood there before, where the import's own still stands."""
        contacts = self._contacts()
        people = contacts.browse({line["partner_id"] for line in lines}).exists()
        allowed = people._filtered_access("write")
        names = {line["field_name"] for line in lines} & contacts._fields.keys()
        writable = {n for n in names if contacts._has_field_access(contacts._fields[n], "write")}
        now = self._standing_now(people.ids, names)
        edited = self._edited_since(lines, now)
        said, wanted = [], {}
        for line in lines:
            partner_id, name = line["partner_id"], line["field_name"]
            if (partner_id, "name" if name in NAMES else name) in edited:
                reason = self.env._("Somebody has changed it since.")
                said.append((line["id"], "edited", reason, "kept"))
            elif partner_id not in allowed._ids or name not in writable:
                reason = self.env._("Whoever takes the import back may not change it.")
                said.append((line["id"], "kept", reason, "kept"))
            else:
                wanted.setdefault(partner_id, {})[name] = line
                said.append((line["id"], "undone", "", "restored"))
        self._restore(wanted)
        return said

    def _standing_now(self, ids, names):
        """{(contact, field): value} as the table holds it; nobody changes it meanwhile."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, to_jsonb(partner) FROM res_partner AS partner WHERE id = ANY(%s)
                    ORDER BY id FOR NO KEY UPDATE""",
                list(ids),
            )
        )
        return {(row_id, name): row.get(name) for row_id, row in rows for name in names}

    def _edited_since(self, lines, now):
        """The (contact, field) of values that somebody has changed since; a name is one value.

        Of several lines of one value the newest says what stood there, and so on down to the first.
        """
        edited, expected = set(), dict(now)
        for line in lines:
            partner_id, name = line["partner_id"], line["field_name"]
            field = self.env["res.partner"]._fields.get(name)
            if field and field.type == "many2many":
                continue
            key = (partner_id, name)
            if taken_back(line["old"], line["new"], expected.get(key)) == "edited":
                edited.add((partner_id, "name" if name in NAMES else name))
            else:
                expected[key] = line["old"]
        return edited

    def _restore(self, wanted):
        """Write what stood there before: {contact: {field: its oldest line}}.

        Values are assigned like computed ones, without a door: nothing is carried to others that
        has a line of its own. What is computed from them is computed anew.
        """
        # sudo: who may write them was asked; what hangs on the values is computed for everybody
        partners = self._contacts().browse(wanted).sudo()
        changed, lists = {}, []
        for partner_id, lines in wanted.items():
            for name, line in lines.items():
                if partners._fields[name].type == "many2many":
                    lists.append((partner_id, name, line))
                else:
                    changed.setdefault(name, []).append(partner_id)
        assigned = [partners._fields[name] for name in (*changed, "write_uid", "write_date")]
        with self.env.protecting(assigned, partners):
            partners.write_uid, partners.write_date = self.undo_user_id, self.env.cr.now()
            for name, ids in changed.items():
                for partner in partners.browse(ids):
                    partner._import_assign(name, wanted[partner.id][name])
        for name, ids in changed.items():
            partners.browse(ids).modified([name])
        for partner_id, name, line in lists:
            partner = partners.browse(partner_id)
            added = set(line["new"]) - set(line["old"] or ())
            partner[name] -= partner[name].browse(added)
        self.env.flush_all()
        self._empty_again(wanted)

    def _empty_again(self, wanted):
        """A number or a yes that nobody had given is no 0 and no "no" either, as before."""
        partners, empty = self.env["res.partner"], {}
        for partner_id, lines in wanted.items():
            for name, line in lines.items():
                field = partners._fields[name]
                if line["old"] is None and field.type in _NUMBERS and not field.company_dependent:
                    empty.setdefault(name, []).append(partner_id)
        for name, ids in empty.items():
            column = SQL.identifier(name)
            self.env.cr.execute(
                SQL("UPDATE res_partner SET %s = NULL WHERE id = ANY(%s)", column, ids)
            )
        partners.browse(wanted).invalidate_recordset([*empty])
