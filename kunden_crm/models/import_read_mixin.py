from io import StringIO
from itertools import islice

from odoo import models
from odoo.tools import SQL, config

from ..kernel.import_file import looks, row_kind, rows
from .import_plan import COLUMNS, Plan, copied, plain

# Rows of a committed step, and of the sample that says how the columns are read.
_STEP, _SAMPLE = 2000, 2000
# So many steps are put where a second process finds them.
_AHEAD = 4
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
        """Read the next rows and store them; behind the last one, comparing begins.

        Some rows are put where a second process finds them; what it has not read of those in the
        end is read here.
        """
        number = max(number, _STEP)
        parts, at = self.env["kunden.import.part"], self.file_position or {}
        if at.get("end"):
            if not self._read_part(kept, parts._take(self.id, waits=True)):
                self._note({"step": "matching", "position": 0, "cursor": False})
            return
        source = self._source(kept)
        position = self.position + self._put_aside(source["rows"], number)
        found = list(islice(source["rows"], number))
        self._insert(self._kept_plan(kept), self._reserved(found), found)
        position += len(found)
        noted = {"position": position, "last_position": position}
        if found:
            place, _sheet, _header, row = found[-1]
            at = {"sheet": place, "after": row.number, "position": row.position}
        if len(found) == number:
            source["at"] = at
            kept["source"] = source
        else:
            source["stream"].__exit__(None, None, None)
            at = {**at, "end": True}
            if not parts._count(self.id):
                noted |= {"step": "matching", "position": 0, "cursor": False}
        self._note({**noted, "file_position": at})

    def _put_aside(self, rows, number):
        """Put rows where a second process finds them, a few steps of them; how many."""
        parts, aside = self.env["kunden.import.part"], 0
        # for the first rows somebody waits
        while self.position and parts._count(self.id) < _AHEAD:
            found = list(islice(rows, number))
            if not found:
                break
            parts._put(self.id, self._reserved(found), found)
            aside += len(found)
        if config["workers"] and parts._count(self.id):
            # sudo: whoever reads a file may wake who helps; a thread of the same process would not
            cron = self.env.ref("kunden_crm.cron_import_part", raise_if_not_found=False)
            cron and cron.sudo()._trigger()
        return aside

    def _read_part(self, kept, part):
        """Read rows that another process has taken out of the file; whether there were any."""
        if part:
            self._insert(self._kept_plan(kept), *part)
        return bool(part)

    def _kept_plan(self, kept):
        """How the rows are read, made once for all that a process does of this import."""
        kept["plan"] = kept.get("plan") or self._plan()
        return kept["plan"]

    def _source(self, kept):
        """The file, open where the next step goes on; opened anew after a kill."""
        source, at = kept.pop("source", None), self.file_position or None
        if source and at and source["at"] == at:
            return source
        if source:
            source["stream"].__exit__(None, None, None)
        stream = self._stream()
        found = self._data_rows(stream.__enter__(), at or {})
        return {"stream": stream, "rows": found, "at": at}

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

    def _reserved(self, found):
        """The ids of as many rows, in the order of the file whoever stores them."""
        rows = SQL(
            "SELECT nextval('kunden_import_row_id_seq') FROM generate_series(1, %s)", len(found)
        )
        return [row_id for (row_id,) in self.env.execute_query(rows)]

    def _insert(self, plan, ids, found):
        """Store rows by one statement, and what is compared of them by another."""
        text, keys = [], []
        for row_id, line in zip(ids, self._lines(plan, found), strict=False):
            compared, *columns = line
            if compared:
                keys += plan.compared(row_id, compared)
            text.append(copied((row_id, self.id, *columns)))
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        stream = StringIO("".join(text))
        self.env.cr.copy_expert(f"COPY kunden_import_row ({names}) FROM STDIN", stream)
        self.env["kunden.import.key"]._keep(self.id, keys)
