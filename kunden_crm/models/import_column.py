from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..kernel.import_cells import settled
from ..kernel.import_columns import column_keys, matched
from ..kernel.import_content import texts_of
from ..kernel.import_parts import PARTS
from ..kernel.import_targets import NAMING, RELATED, SEVERAL, base_of, filled_by, header_factor
from ..kernel.import_values import DAYS, NUMBERS, evidence

POLICIES = [
    ("fill", "Fill only what is empty"),
    ("source", "The file wins"),
    ("newest", "The newest wins"),
    ("ask", "Ask"),
]
# What is brought in nowhere.
LEFT = (False, "", "ignore")
_CHOSEN = "chosen"
# How certain a key figure is one of the last year, where its heading names none.
_OF_A_YEAR = 50
# Written by the standard of another field.
_SPELLED = {
    "company": "name",
    "name_last_first": "name",
    "email_more": "email",
    "phone_more": "phone",
}
# So many values of a column are shown.
_SAMPLES = 10


class KundenImportColumn(models.Model):
    """RULE: what a column of a file means, and what becomes of a value that differs."""

    _name = "kunden.import.column"
    _inherit = ["kunden.import.target.mixin", "kunden.import.column.words.mixin"]
    _description = "Column of a File"
    _order = "batch_id, number"

    batch_id = fields.Many2one(
        "kunden.import.batch", required=True, ondelete="cascade", index=True, readonly=True
    )
    number = fields.Integer(string="Column", readonly=True)
    header = fields.Char(readonly=True)
    samples = fields.Json(readonly=True)
    target = fields.Char(help="Technical name of what the column fills; empty: left aside.")
    policy = fields.Selection(POLICIES, default="fill", required=True)
    clears = fields.Boolean(
        string="Empty Cells Delete", help="An empty cell empties the field of the contact."
    )
    certainty = fields.Integer(string="Certainty (%)", readonly=True)
    why = fields.Char(readonly=True)
    reading = fields.Json(readonly=True, help="What the column as a whole says, such as dates.")

    def write(self, vals):
        """What somebody chooses is no guess any more; nobody fills what he may not write."""
        if "target" in vals and "why" not in vals:
            self._refuse_target(vals["target"])
            vals = {**vals, "why": _CHOSEN, "certainty": 100}
        return super().write(vals)

    @api.model
    def _refuse_target(self, target):
        """AccessError for a target that this user may not fill; no value is told."""
        if target not in LEFT and not self._may_fill(target):
            raise AccessError(self.env._("You cannot fill “%s” by an import.", target))

    @api.model
    def _may_fill(self, target):
        """Whether this user may fill a target of that name."""
        name = target.partition(":")[0]
        return name in self._fillable() or name in self._special_names()

    # Guessing

    @api.model
    def _of_file(self, batch, headers, cells):
        """Note the columns of a file, and what they mean: headings, and many cells of each.

        A column that was there with that heading stays, with what somebody has chosen for it.
        """
        known = {(column.number, column.header or ""): column for column in batch.column_ids}
        wanted = {(number, header or ""): number for number, header in enumerate(headers)}
        # sudo: the columns of a file are written by the program, whoever may bring it in
        columns = self.sudo()
        columns.browse(known[key].id for key in known.keys() - wanted.keys()).unlink()
        columns.create(
            [
                {"batch_id": batch.id, "number": number, "header": key[1]}
                for key, number in wanted.items()
                if key not in known
            ]
        )
        batch.invalidate_recordset(["column_ids"])
        for column, values in zip(batch.column_ids.sorted("number"), cells, strict=True):
            column.sudo().samples = texts_of(values)[:_SAMPLES]
        self._guess(batch, cells)

    @api.model
    def _guess(self, batch, cells=None):
        """Say of each column of a batch what it means, but where somebody has chosen already."""
        columns = batch.column_ids.sorted("number")
        cells = cells or [column.samples or [] for column in columns]
        open_columns = columns.filtered(lambda column: column.why != _CHOSEN)
        source, headers = batch.source_id, columns.mapped("header")
        keys = dict(zip(columns.ids, column_keys(headers), strict=True))
        kept = source._kept_targets() | {
            keys[column.id]: column.target or "" for column in columns - open_columns
        }
        country = batch.country_id.code or ""
        found = matched(headers, cells, self._targets(), kept, country)
        # sudo: what was found out is written by the program alone
        for column, match, values in zip(columns.sudo(), found, cells, strict=True):
            if column in open_columns:
                column.write(column._guessed(match, source._kept_line(keys[column.id])))
            column.reading = column._heard(values)

    def _guessed(self, match, line):
        """The values of a column for its Match, with the policy that was kept for it."""
        values = {"target": match.target, "certainty": match.certainty, "why": match.why}
        if base_of(match.target).startswith("figure.") and ":" not in match.target:
            year = fields.Date.context_today(self).year - 1
            values |= {"target": f"{match.target}:{year}", "certainty": _OF_A_YEAR}
        if match.why == "kept":
            values |= {name: line[name] for name in ("policy", "clears") if name in line}
        return values

    def _keep_mapping(self):
        """Keep with their source what these columns mean, for the next file of it."""
        for batch in self.batch_id.filtered("source_id"):
            columns = batch.column_ids.sorted("number")
            keys = column_keys(columns.mapped("header"))
            lines = {
                key: {"target": column.target or "", "policy": column.policy}
                | ({"clears": True} if column.clears else {})
                for key, column in zip(keys, columns, strict=True)
                if key
            }
            # sudo: the mapping of a source follows from an import that this user may start
            source = batch.source_id.sudo()
            source.mapping = (source.mapping or {}) | lines

    def _policies(self):
        """{target: policy}; a field that several columns fill obeys the one that is called so."""
        told = {name: line.policy for line in self for name in filled_by(line.target or "")}
        return told | {column.target: column.policy for column in self}

    # Checking

    def _problems(self):
        """What speaks against starting with these columns, as sentences."""
        used = self.filtered(lambda column: column.target not in LEFT)
        counts, labels, said = {}, self._target_labels(), []
        for column in used:
            counts.setdefault(column.target, []).append(column.header or str(column.number))
        for target, headers in counts.items():
            label = labels.get(target.partition(":")[0], target)
            if not self._may_fill(target):
                said.append(self.env._("You cannot fill “%s” by an import.", ", ".join(headers)))
            elif len(headers) > 1 and target not in SEVERAL:
                said.append(
                    self.env._(
                        "%(columns)s: these columns all become “%(target)s”. Please choose one.",
                        columns=", ".join(headers),
                        target=label,
                    )
                )
            elif target.startswith("figure.") and ":" not in target:
                said.append(self.env._("%s: of which year are these figures?", headers[0]))
        if NAMING.isdisjoint(counts):
            said.append(
                self.env._("No column names a contact: please choose at least one for the name.")
            )
        return said

    def _refuse_problems(self):
        """UserError with what speaks against starting with these columns."""
        if said := self._problems():
            raise UserError("\n".join(said))

    # Reading

    def _heard(self, values):
        """What the cells say of the column as a whole, as of the kernel's `evidence`."""
        kind, said = self._kind(self.target or ""), frozenset()
        if kind in (*DAYS, *NUMBERS):
            for value in values:
                said = evidence(kind, value, said)
        return sorted(said)

    def _readers(self):
        """(number, target, the kernel's Column, Choices or None) of each column that is read."""
        return [
            (
                column.number,
                column.target,
                self._kernel_column(
                    column.target,
                    column.batch_id,
                    said=set(column.reading or ()),
                    factor=header_factor(column.header),
                ),
                self._choices_of(column.target, column.header),
            )
            for column in self
            if column.target not in LEFT
        ]

    def _part_readers(self):
        """Target to (Column, Choices) of whatever stands in a cell beside other things."""
        batch = self.batch_id[:1]
        parts = {name: (self._kernel_column(name, batch), self._choices_of(name)) for name in PARTS}
        return parts | {f"{whose}.{name}": parts[name] for whose in RELATED for name in PARTS}

    @api.model
    def _kernel_column(self, target, batch, said=(), factor=1):
        """How the kernel reads the cells of a target in a file."""
        base = base_of(target)
        spellings = self.env["kunden.field"]._spellings()
        spelling, mask, _always = spellings.get(_SPELLED.get(base, base), ("", "", False))
        texts, _days = self.env["kunden.field.placeholder"]._texts_and_days()
        return settled(
            self._kind(target),
            set(said),
            standard="company" if base == "company" and spelling == "name" else spelling,
            mask=mask,
            country=batch.country_id.code or "",
            factor=factor,
            apostrophes=batch.kind in (False, "text"),
            placeholders=frozenset(texts),
        )
