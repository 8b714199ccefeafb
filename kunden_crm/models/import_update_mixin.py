from types import SimpleNamespace

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

from .import_step import Found, JudgedRow

_APPENDED = "comment"


class Undecided(UserError):
    """A row that somebody has to decide before it is written."""


class KundenImportUpdateMixin(models.AbstractModel):
    """What an import changes in contacts that are there, judged by what stands there now.

    The policy is asked anew when the row is written: somebody may have saved the contact since the
    preview, or another contact may have become one with it.
    """

    _name = "kunden.import.update.mixin"
    _description = "Updates of an Import"

    def _update_contacts(self, rows, policies=None):
        """Write what these rows change; returns lines of the journal for lists of records.

        `policies` are by field those that differ from the columns' own.
        """
        contacts = self._contacts()
        people = contacts.browse(row["partner_id"] for row in rows)
        people.check_access("write")
        changes, asked = self._decided(rows, contacts, policies)
        if asked:
            raise Undecided(self._word_of_asked(asked))
        groups, lines = {}, []
        for row in rows:
            vals = changes.get(row["id"], {})
            row["outcome"] = "updated" if vals else "unchanged"
            if vals:
                key = tuple(sorted((name, repr(value)) for name, value in vals.items()))
                groups.setdefault(key, (vals, []))[1].append(row["partner_id"])
                lines += self._lines_of_lists(row, vals, contacts)
        for vals, ids in groups.values():
            contacts.browse(ids).with_prefetch(people._ids).write(self._write_vals(vals, contacts))
        return lines

    def _decided(self, rows, contacts, policies=None):
        """What the policies say: ({row: values to write}, names to be asked about)."""
        people = contacts.browse(row["partner_id"] for row in rows)
        names = {name for row in rows for name in row["vals"]}
        people.fetch(names)
        step = self._step_of(people.ids, names, policies)
        guarded = self._with_login(people)
        changes, asked = {}, []
        for row, partner in zip(rows, people, strict=True):
            judged = JudgedRow(row)
            judged.found = Found("same" if row["same_row_id"] else "one", partner.id)
            for name, value in row["vals"].items():
                if name == "is_company":
                    continue
                old = partner._import_value(name)
                new = self._new_value(step, row, partner, name, value)
                code = self._weighed(step, judged, name, old, new, partner.id in guarded)
                if name == "category_id":
                    # a tag is added whatever the policies of values say
                    code = "same" if new == old else "write"
                if code == "write" or code == "ask" and row["decision"] == "update":
                    changes.setdefault(row["id"], {})[name] = self._added(old, new, name)
                elif code == "ask":
                    asked.append(name)
        return changes, asked

    def _step_of(self, ids, names, policies=None):
        """What the preview asks when it judges values, for contacts of today."""
        codes = self.env["res.country"]._codes()
        clears = set(self.column_ids.filtered("clears").mapped("target"))
        return SimpleNamespace(
            policies=policies or self.column_ids._policies(),
            standing=self.env["kunden.import.value"]._standing(ids, names),
            plan=SimpleNamespace(codes=codes, home=self.country_id.code or "", clears=clears),
        )

    def _new_value(self, step, row, partner, name, value):
        """What the row says, plain; a list is what there is and what it adds."""
        field, old = partner._fields[name], partner._import_value(name)
        if field.type == "many2many":
            # whoever adds to a list replaces nothing
            return [*dict.fromkeys([*(old or ()), *(value or ())])]
        if field.type not in ("html", "json"):
            cached = field.convert_to_cache(value, partner)
            value = partner._import_plain(name, field.convert_to_record(cached, partner))
        return self._alike(step, row["vals"], name, old, value)

    def _added(self, old, new, name):
        """What is written: a note stands below what was there."""
        return old + _as_html(new) if name == _APPENDED and old and new else new

    def _with_login(self, people):
        """Those of these contacts who log in: their address is changed by nobody's file."""
        # sudo: who has a log-in is known to administrators only
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search_fetch([("partner_id", "in", people.ids)], ["partner_id"])
        return set(found.partner_id.ids)

    def _word_of_asked(self, names):
        labels = self._contacts().fields_get(names, ["string"])
        told = ", ".join(labels[name]["string"] for name in names if name in labels)
        return self.env._("The contact says something else by now: %s. Please decide.", told)

    def _lines_of_lists(self, row, vals, contacts):
        """Lines of the journal for ids that are added to lists, such as tags."""
        return [
            {
                "partner_id": row["partner_id"],
                "row_id": row["id"],
                "model": "res.partner",
                "res_id": row["partner_id"],
                "field_name": name,
                "old": contacts.browse(row["partner_id"])._import_value(name),
                "new": ids,
            }
            for name, ids in vals.items()
            if contacts._fields[name].type == "many2many"
        ]

    def _write_vals(self, vals, contacts):
        """Plain values as write() takes them."""
        return {
            name: [Command.set(value)]
            if contacts._fields[name].type == "many2many"
            else value or False
            for name, value in vals.items()
        }


def _as_html(text):
    return text if "<" in text else str(plaintext2html(text))
