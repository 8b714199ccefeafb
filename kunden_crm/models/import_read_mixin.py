from io import StringIO
from itertools import islice

from odoo import models
from odoo.tools import SQL

from ..kernel.import_file import looks, row_kind, rows
from .import_plan import COLUMNS, Plan, copied, plain

# Rows of a committed step, and of the sample that says how the columns are read.
_STEP, _SAMPLE = 2000, 2000
_NO_DATA = {"sum", "header", "remark", "title"}


class KundenImportReadMixin(models.AbstractModel):
    """Reads the rows of a file in steps: as they are, and what they say by the standards."""

    _name = "kunden.import.read.mixin"
    _inherit = ["kunden.import.words.mixin", "kunden.import.again.mixin"]
    _description = "Reading a File"

    def _find_columns(self, stream, known, look):
        """What each column fills, as chosen before or as proposed by heading and content."""
        found = rows(stream, known, self.sheet or None, after=look.header_row, width=look.width)
        data = (row.cells for row in found if row_kind(row.cells, look.header) == "data")
        sample = list(islice(data, _SAMPLE))
        cells = [[row[index] for row in sample] for index in range(look.width)]
        self.env["kunden.import.column"]._of_file(self, look.header, cells)

    def _plan(self):
        """How the rows are read, in plain values."""
        columns = self.column_ids
        headings = {column.number: column.header or "" for column in columns}
        told = {}

        def words(code):
            if code not in told:
                told[code] = self._told(code)
            return told[code]

        def sentence(number, index, text):
            return self._told_at(number, headings.get(index), text)

        types = self.env["res.partner.company.type"].search_fetch([], ["shortcut", "name"])
        plan = Plan(
            [(*reader, headings[reader[0]]) for reader in columns._readers()],
            columns._part_readers(),
            words,
            {code: number for number, code in self.env["res.country"]._codes().items()},
            self.country_id.code or "",
            {kind.id: kind.shortcut for kind in types},
            sentence,
        )
        version = self.env["ir.module.module"]._get("kunden_crm").latest_version
        plan.settle(columns.filtered("clears").mapped("target"), version)
        return plan

    def _read_some(self, kept, number=_STEP):
        """Read the next rows and store them; behind the last one, comparing begins."""
        number = max(number, _STEP)
        source = self._source(kept)
        found = list(islice(source["rows"], number))
        self._insert(source["plan"], self._lines(source["plan"], found))
        at = self.file_position
        if found:
            place, _sheet, _header, row = found[-1]
            at = {"sheet": place, "after": row.number, "position": row.position}
        position = self.position + len(found)
        noted = {"position": position, "last_position": position, "file_position": at}
        if len(found) == number:
            source["at"] = at
            kept[self.id] = source
        else:
            source["stream"].__exit__(None, None, None)
            noted |= {"step": "matching", "position": 0, "cursor": False}
        self._note(noted)

    def _source(self, kept):
        """The file, open where the next step goes on; opened anew after a kill."""
        source, at = kept.pop(self.id, None), self.file_position or None
        if source and at and source["at"] == at:
            return source
        if source:
            source["stream"].__exit__(None, None, None)
        stream = self._stream()
        found = self._data_rows(stream.__enter__(), at or {})
        return {"stream": stream, "rows": found, "plan": self._plan(), "at": at}

    def _data_rows(self, stream, at):
        """(number of the sheet, its name, its headings, row) of what is still to be read."""
        known = self._opened(stream)
        chosen = (self.encoding, self.separator)
        for place, sheet in enumerate(self._sheets_read(known)):
            if place < at.get("sheet", 0):
                continue
            header = self.header_row if not place else None
            look = looks(stream, known, sheet, *chosen, header=header)
            after, position = look.header_row, 0
            if place == at.get("sheet"):
                after, position = at["after"], at["position"]
            here = rows(stream, known, sheet, *chosen, after, position, look.width)
            for row in here:
                yield place, sheet, look.header, row

    def _sheets_read(self, known):
        """The chosen sheet; without one, all that have the headings of the first."""
        alike = [hint[1]["sheets"] for hint in self.hints or () if hint[0] == "sheets_alike"]
        return [self.sheet] if self.sheet else alike[0] if alike else [known.sheet(None)]

    def _lines(self, plan, found):
        """(values, number, sheet, raw, values, state, message, notes, contact, mark) of each row
        that is one; the first are what is to be compared of it."""
        lines = [
            (row_kind(row.cells, header), row, sheet, [plain(cell) for cell in row.cells])
            for _place, sheet, header, row in found
        ]
        # what the file itself says of a row is judged anew
        marks = [
            plan.mark(raw) if kind == "data" and not row.notes else None
            for kind, row, _sheet, raw in lines
        ]
        again = self._brought_before(list(filter(None, marks)))
        for (kind, row, sheet, raw), mark in zip(lines, marks, strict=True):
            place = (row.number, sheet, raw)
            if kind in _NO_DATA:
                told = plan.sentence(row.number, None, plan.words(f"row_{kind}"))
                yield None, *place, None, "skipped", told, [], None, None
            elif mark in again:
                partner_id, values, notes = again[mark]
                yield None, *place, values, "unchanged", None, notes, partner_id, mark
            elif kind != "empty":
                values, state, message, notes = plan.read_row(row)
                kept = None if state or not plan.is_plain(values) else mark
                compared = values if state != "rejected" and values.get("name") else None
                # nothing speaks against it so far: comparing says otherwise where it finds somebody
                yield compared, *place, values, state or "new", message, notes, None, kept

    def _insert(self, plan, lines):
        """Store rows by one statement, and what is compared of them by another."""
        lines, keys = list(lines), []
        ids = self.env.execute_query(
            SQL(
                "SELECT nextval('kunden_import_row_id_seq') FROM generate_series(1, %s)",
                len(lines),
            )
        )
        text = []
        for (row_id,), line in zip(ids, lines, strict=True):
            compared, *columns = line
            if compared:
                keys += plan.compared(row_id, compared)
            text.append(copied((row_id, self.id, *columns)))
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        stream = StringIO("".join(text))
        self.env.cr.copy_expert(f"COPY kunden_import_row ({names}) FROM STDIN", stream)
        self.env["kunden.import.key"]._keep(self.id, keys)
