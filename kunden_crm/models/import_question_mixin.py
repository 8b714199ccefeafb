from odoo import api, fields, models

from ..kernel.import_targets import filled_by

# So many questions are fetched at a time.
_PAGE = 20
# By what a candidate is known, whatever the file says.
_KNOWN_BY = ("name", "street", "zip", "city", "phone", "mobile", "email", "birthdate_date")
# By what the program knows a firm or household.
_INTERNAL = ("key", "id", "row_id", "is_company")
# What becomes of columns that fill no field of their own name.
_BECOMES = dict.fromkeys(("company", "person", "name_last_first", "name_prefix"), ["name"])
_BECOMES |= {"name_more": ["name", "company", "street2"], "category_id": ["tags"]}
_BECOMES |= {"interest_ids": ["interests"], "iban": ["ibans"], "bic": ["bics"]}
# What the name says already.
_IN_NAME = ("firstname", "lastname", "is_company")


class KundenImportQuestionMixin(models.AbstractModel):
    """A row as a person reads it: the cell of the file, what it means, and who it may be."""

    _name = "kunden.import.question.mixin"
    _description = "Row of a File on the Screen"

    name = fields.Char(compute="_compute_name", string="As Read")
    shown = fields.Json(compute="_compute_shown", string="Beside Each Other")

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._("Row %s", row.number)

    @api.depends("values", "raw")
    def _compute_name(self):
        for row in self:
            row.name = row._read_name()

    def _read_name(self):
        """By what a person knows the row: its name as it was read, else its first cells."""
        values = self.values or {}
        name = values.get("name") or " ".join(
            filter(None, (values.get("firstname"), values.get("lastname")))
        )
        return name or " · ".join(_plain(cell) for cell in (self.raw or [])[:4] if _plain(cell))

    def _told_state(self):
        """The state in words."""
        return dict(self._fields["state"]._description_selection(self.env)).get(self.state, "")

    @api.depends("raw", "values", "notes", "candidates", "state", "decision", "partner_id")
    @api.depends_context("uid", "lang", "company")
    def _compute_shown(self):
        for row, sheet in zip(self, self._sheets(), strict=True):
            row.shown = sheet

    @api.model
    @api.readonly
    def questions(self, batch_id, after_id=0):
        """The next rows of a batch that ask, behind the row `after_id`, and how many are left.

        {"left": number, "source": name, "rows": [...]}; a row holds its cells beside what they
        mean, and the contacts that it may be, each with its values.
        """
        batch = self.env["kunden.import.batch"].browse(batch_id).exists()
        batch.check_access("read")
        domain = [("batch_id", "=", batch.id), ("state", "=", "ask")]
        after = self.browse(after_id).exists()
        behind = []
        if after:
            later = [("number", "=", after.number), ("id", ">", after.id)]
            behind = ["|", ("number", ">", after.number), "&", *later]
        rows = self.search(domain + behind, limit=_PAGE)
        return {
            "left": self.search_count(domain),
            "source": batch.source or batch.filename or "",
            "rows": rows._sheets(),
        }

    def _sheets(self):
        """Each row as the screen draws it."""
        columns = {batch: batch.column_ids for batch in self.batch_id}
        ids = {one.get("partner_id") for row in self for one in row._offered()}
        partners = self.env["res.partner"].with_context(active_test=False)
        partners = partners.browse(id_ for id_ in ids if id_).exists()._filtered_access("read")
        ids = {one.get("row_id") for row in self for one in row._offered()}
        earlier = self.browse(id_ for id_ in ids if id_).exists()
        return [row._sheet(columns[row.batch_id], (partners, earlier)) for row in self]

    def _offered(self):
        """Who the row may be; where only a value is asked about, the contact that it is."""
        if self.candidates or self.state != "ask" or not self.partner_id:
            return self.candidates or []
        return [{"partner_id": self.partner_id.id}]

    def _sheet(self, columns, readable):
        """The row: cells of the file beside what they mean, candidates beside each other."""
        told = {name: self._told_typed(name) for name in self._compared_fields(columns)}
        candidates = [self._candidate(one, list(told), readable) for one in self._offered()]
        labels = self._labels(told)
        lines = [
            {
                "name": name,
                "label": labels[name],
                "value": value,
                "texts": [one["texts"].get(name, "") for one in candidates],
                "differs": [
                    bool(value) and _folded(one["texts"].get(name, "")) != _folded(value)
                    for one in candidates
                ],
            }
            for name, value in told.items()
            if value or any(one["texts"].get(name) for one in candidates)
        ]
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "state": self.state,
            "decision": self.decision,
            "message": self.message or "",
            "is_unreadable": any(note.get("verdict") == "ask" for note in self.notes or []),
            "may_mend": self._may_mend(),
            "cells": self._shown_cells(columns),
            "changes": self._shown_changes(),
            "lines": lines,
            "candidates": candidates,
        }

    @api.model
    def _labels(self, names):
        """What fields of a contact are called: as on the list of columns, else as core does."""
        known, told = self.env["res.partner"]._fields, {}
        labels = self.env["kunden.import.column"]._target_labels()
        for name in known.keys() & set(names):
            told[name] = labels.get(name) or known[name]._description_string(self.env)
        return told

    def _compared_fields(self, columns):
        """The fields of a contact that the row and its candidates are compared by."""
        partners = self.env["res.partner"]
        names = [column.target for column in columns if column.target]
        names = dict.fromkeys([*_KNOWN_BY, *(self.values or {}), *names])
        return [
            name
            for name in names
            if name in partners._fields
            and name not in _IN_NAME
            and partners._has_field_access(partners._fields[name], "read")
        ]

    def _told_typed(self, name):
        """What the row says of a field, as people read it."""
        return self._told_value(name, (self.values or {}).get(name))

    @api.model
    def _told_value(self, name, value):
        """A value of a field, as people read it."""
        if value in (None, False, "", []):
            return ""
        field = self.env["res.partner"]._fields[name]
        if isinstance(value, dict) or (field.relational and isinstance(value, str)):
            return _plain(value)
        return self.env["res.partner"].new({name: value})._told_value(name, zero=False)

    def _candidate(self, one, names, readable):
        """A contact, or an earlier row of the file, that this row may be."""
        partners, rows = readable
        partner = partners.filtered(lambda partner: partner.id == one.get("partner_id"))
        earlier = rows.filtered(lambda row: row.id == one.get("row_id"))
        told = {
            "partner_id": partner.id,
            "row_id": earlier.id,
            "score": one.get("score") or 0,
            "reasons": one.get("reasons") or [],
            "texts": {},
        }
        if partner:
            texts = {name: partner._told_value(name, zero=False) for name in names}
            return told | partner._match_line() | {"texts": texts, "archived": not partner.active}
        if earlier:
            texts = {name: earlier._told_typed(name) for name in names}
            detail = self.env._("row %s of this file", earlier.number)
            return told | {"name": earlier.name, "detail": detail, "texts": texts}
        return told | {"name": self.env._("A contact that you may not see"), "detail": ""}

    def _shown_cells(self, columns):
        """The cells of the row under their headings, and what became of each."""
        notes = {}
        for note in self.notes or []:
            notes.setdefault(note.get("column"), []).append(note)
        targets = columns._told_targets()
        cells, shown = self._cells(), []
        for index, column in enumerate(columns):
            raw = _plain(cells[index] if index < len(cells) else None)
            value = self._told_cell(column.target) or (raw and self._told_elsewhere(column))
            line = {
                "index": index,
                "header": column.header or "",
                "target": targets.get(column.target, ""),
                "raw": raw,
                "value": value,
                "notes": [self._told_note(note) for note in notes.get(index, [])],
            }
            shown.append(line)
        return shown

    def _shown_changes(self):
        """What an update would do to the values of the contact: before, after, and what counts."""
        changes = [note for note in self.notes or [] if note.get("field")]
        labels = self._labels(note["field"] for note in changes)
        words = {
            "write": self.env._("is written"),
            "keep": self.env._("stays as it is"),
            "ask": self.env._("to be decided"),
        }
        return [
            {
                "label": self._label_of_change(note, labels),
                "old": self._told_value(note["field"], note.get("old")),
                "new": self._told_value(note["field"], note.get("new")),
                "verdict": note.get("text") or words[note["code"]],
                "code": note["code"],
            }
            for note in changes
            if note.get("code") in words and note["field"] in labels
        ]

    def _label_of_change(self, note, labels):
        """What the value is called; that of the firm of a person by both names."""
        of = self.env["kunden.import.target.mixin"]._related_labels().get(note.get("of"))
        return f"{of}: {labels[note['field']]}" if of else labels[note["field"]]

    def _told_cell(self, target):
        """What a column gave for the field it fills; a firm or household by what people call it."""
        values = self.values or {}
        whose, _point, base = (target or "").rpartition(".")
        company = values.get("company") or {}
        beside = {one["type"]: one for one in values.get("addresses") or ()} | {"company": company}
        # what is said of a person's firm without its name in the heading is kept with the firm
        found = beside.get(whose, values).get(base) or (not whose and company.get(base)) or None
        if isinstance(found, dict):
            said = {key: found[key] for key in found if key not in _INTERNAL and key[-3:] != "_id"}
            return _plain({"name": found.get("name"), **said})
        if base in self.env["res.partner"]._fields:
            return self._told_value(base, found)
        return _plain(found)

    def _told_elsewhere(self, column):
        """Where the value of a column is that has no field of its own: in the note, or in another
        field."""
        target, values = column.target or "", self.values or {}
        heading = f"{column.header}: "
        lines = (values.get("comment") or "").splitlines()
        if noted := [line.removeprefix(heading) for line in lines if line.startswith(heading)]:
            return f"{self._labels(['comment'])['comment']}: {_plain(noted)}"
        if target == "company_type" and "is_company" in values:
            kind = "company" if values["is_company"] else "person"
            return self._told_value("company_type", kind)
        figure, _colon, year = target.removeprefix("figure.").partition(":")
        if figure != target:
            figures = values.get("figures") or ()
            return _plain([one.get(figure) for one in figures if str(one["year"] or "") == year])
        return _plain([self._told_cell(name) for name in _BECOMES.get(target) or filled_by(target)])

    def _told_note(self, note):
        """What happened to a cell, in words."""
        if note.get("text"):
            return note["text"]
        raw, value = _plain(note.get("raw")), _plain(note.get("value"))
        return f"{raw} → {value}" if value and raw != value else raw


def _plain(value):
    """A value of a cell as text."""
    if value in (None, False):
        return ""
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_plain, value.values())))
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_plain, value)))
    return str(value)


def _folded(text):
    """A text as it is compared on the screen: case and blanks do not count."""
    return "".join(text.casefold().split())
