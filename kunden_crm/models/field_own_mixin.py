import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, sql

from ..kernel.search import fold

PREFIX = "x_kunden_"
LONGEST = 40
# Kind of field -> type of the column. "No" is an answer of its own, so yes or no is a choice.
COLUMNS = {"boolean": "selection", "selection": "many2one"}


class KundenFieldOwnMixin(models.AbstractModel):
    """ACT: the column of a field that the manager of the file has made himself."""

    _name = "kunden.field.own.mixin"
    _description = "Own Field of the Customer File"

    is_own = fields.Boolean(compute="_compute_is_own", search="_search_is_own")
    section = fields.Selection(
        [
            ("person", "Person"),
            ("company", "Company"),
            ("addressing", "Addressing"),
            ("own", "More"),
        ],
        string="Page",
        default="own",
        help="Where the field stands on the form.",
    )
    in_list = fields.Boolean(string="In the List", help="Offered as a column of the list.")
    in_search = fields.Boolean(
        string="In the Search", default=True, help="Offered for search and grouping."
    )
    zero_is_answer = fields.Boolean(
        string="0 Is an Answer", help="Else a number of 0 counts as not filled in."
    )

    @api.depends("field_id.state", "field_id.name")
    def _compute_is_own(self):
        for entry in self:
            # sudo: whether a column is of our making is no secret; ir.model.fields is one
            column = entry.field_id.sudo()
            entry.is_own = column.state == "manual" and column.name.startswith(PREFIX)

    @api.model
    def _search_is_own(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether a column is of our making is no secret; ir.model.fields is one
        columns = self.env["ir.model.fields"].sudo()
        own = columns._search([("state", "=", "manual"), ("name", "=like", f"{PREFIX}%")])
        return [("field_id", "in" if True in value else "not in", own)]

    def _make_columns(self):
        """A column for each of these fields."""
        for entry in self:
            if not entry.field_type:
                raise UserError(self.env._("Choose a kind for the field %s.", entry.name))
            # sudo: a manager of the file may not alter the schema; this adds one column of ours
            entry.field_id = self.env["ir.model.fields"].sudo().create(entry._column_values())
            entry._name_column()
        if self:
            self._index_soon()

    def _take_columns(self):
        """Columns that an earlier installation of the add-on has left are own fields again."""
        for entry in self:
            # sudo: the label and the tracking of this one column, see _make_columns
            entry.field_id.sudo().write(entry._column_tracking())
            entry._name_column()
        if self:
            self._index_soon()

    def _own_kind(self):
        """The kind of an own field by its column, see COLUMNS."""
        # sudo: of what kind a column is, is no secret; ir.model.fields is one
        column = self.field_id.sudo()
        if column.relation == "kunden.field.option" and column.ttype == "many2one":
            return "selection"
        return "boolean" if column.ttype == "selection" else column.ttype

    def _column_values(self):
        """The values of ir.model.fields for the column of the field."""
        self.ensure_one()
        name = self._free_name()
        values = {
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "name": name,
            "field_description": self.name,
            "ttype": COLUMNS.get(self.field_type, self.field_type),
            "state": "manual",
            "copied": True,
            **self._column_tracking(),
        }
        if self.field_type == "boolean":
            values["selection_ids"] = [
                Command.create({"value": "yes", "name": self.env._("Yes"), "sequence": 1}),
                Command.create({"value": "no", "name": self.env._("No"), "sequence": 2}),
            ]
        elif self.field_type == "monetary":
            values["currency_field"] = "currency_id"
        elif self.field_type == "many2one":
            values |= {"relation": "res.partner", "on_delete": "set null"}
        elif self.field_type in ("selection", "many2many"):
            values["relation"] = "kunden.field.option"
            values["domain"] = f"[('catalogue_id', '=', {self.id})]"
        if self.field_type == "selection":
            values["on_delete"] = "restrict"
        elif self.field_type == "many2many":
            values |= {
                "relation_table": f"{name}_rel",
                "column1": "partner_id",
                "column2": "option_id",
            }
        return values

    def _column_tracking(self):
        """Whether mail tells of changes: never of protected fields, core cannot of many choices."""
        told = self.sensitivity == "normal" and self.field_type != "many2many"
        return {"tracking": 90 if told else False}

    def _free_name(self, stem=None):
        """A name for the column, made of the label, that no field of the contact has.

        Nor may the table have it: the add-on leaves protected columns there when it goes.
        """
        if stem is None:
            words = re.sub(r"[^a-z0-9]+", "_", fold(self.name)).strip("_")
            stem = (PREFIX + (words or "field"))[:LONGEST].rstrip("_")
        # sudo: whether a name is taken, also by a field that this process has not loaded yet
        columns = self.env["ir.model.fields"].sudo()
        number, name = 1, stem
        left = sql.table_columns(self.env.cr, "res_partner")
        while (
            name in left
            or columns.search_count([("model", "=", "res.partner"), ("name", "=", name)], limit=1)
            or sql.table_exists(self.env.cr, f"{name}_rel")
        ):
            number += 1
            name = f"{stem}_{number}"
        return name

    def _name_column(self):
        """The label of the field in every language."""
        for entry in self.filtered("is_own"):
            for lang, _name in self.env["res.lang"].get_installed():
                told = entry.with_context(lang=lang)
                # sudo: the labels of this one column, see _make_columns
                column = told.field_id.sudo()
                if column.field_description != told.name:
                    column.field_description = told.name

    def _bring_to_columns(self, vals):
        """What was changed in the catalogue is changed at the columns too."""
        if "name" in vals:
            self._name_column()
        if "sensitivity" in vals:
            for entry in self.filtered("is_own"):
                # sudo: the rights of this one column, see _make_columns
                entry.field_id.sudo().write(entry._column_tracking())
            self._protect()
        if not {"active", "in_search"}.isdisjoint(vals) and any(self.mapped("is_own")):
            self._index_soon()

    def _protect(self):
        """Rights that have changed hold at once: the contact is set up anew, in every process."""
        self.env.flush_all()
        self.pool._setup_models__(self.env.cr, ["res.partner", "res.users"])

    @api.model
    def _leave_columns(self):
        """Turns choices into their words, since the choices go with the add-on.

        Other columns stay as they are; protected ones leave the screen, see _hide_columns.
        """
        kinds = ("selection", "many2many")
        lang = self.env.lang or self.env.company.partner_id.lang or "en_US"
        own = self.with_context(active_test=False, lang=lang).search([("is_own", "=", True)])
        protected = own.filtered(lambda entry: entry.sensitivity != "normal")
        for entry in (own - protected).filtered(lambda entry: entry.field_type in kinds):
            entry._leave_words()
        self._hide_columns(protected)

    @api.model
    def _hide_columns(self, entries):
        """Nobody guards them without the add-on: Odoo forgets the columns, the table does not."""
        self.env.flush_all()
        names = entries.mapped("technical_name")
        self.env.cr.execute(SQL("DELETE FROM ir_model_fields WHERE name = ANY(%s)", names))

    def _leave_words(self):
        """A text column with the words of the choices, in place of the column of choices."""
        column, label = self.field_id.sudo(), self.name
        words = column.create(
            {
                "model_id": column.model_id.id,
                "name": self._free_name(f"{column.name}_words"),
                # two columns of one label would be noted as a fault of the database
                "field_description": column.name,
                "ttype": "char",
                "state": "manual",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET %s = chosen.words FROM (%s) chosen"
                " WHERE chosen.partner_id = res_partner.id",
                SQL.identifier(words.name),
                self._chosen_words(column),
            )
        )
        self.env["res.partner"].invalidate_model([words.name])
        column.unlink()
        words.field_description = label

    def _chosen_words(self, column):
        """SQL: contact and the words of his choices in the language of the environment."""
        told = SQL("coalesce(option.name->>%s, option.name->>'en_US')", self.env.lang or "en_US")
        if self.field_type == "selection":
            return SQL(
                "SELECT partner.id AS partner_id, %s AS words FROM res_partner partner"
                " JOIN kunden_field_option option ON option.id = partner.%s",
                told,
                SQL.identifier(column.name),
            )
        return SQL(
            "SELECT chosen.partner_id, string_agg(%s, ', ' ORDER BY option.sequence, option.id)"
            " AS words FROM %s chosen JOIN kunden_field_option option"
            " ON option.id = chosen.option_id GROUP BY 1",
            told,
            SQL.identifier(column.relation_table),
        )
