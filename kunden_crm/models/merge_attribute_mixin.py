from odoo import models
from odoo.tools import SQL

from .merge_undo_mixin import COLUMNS

_TABLES = """
SELECT DISTINCT table_name FROM kunden_merge_journal WHERE merge_id IS NULL AND id > %s
"""
# A row belongs to the merge of the contact of which it speaks ...
_OWN = """
UPDATE kunden_merge_journal AS entry SET merge_id = found.merge_id
  FROM (SELECT DISTINCT ON (entry.id) entry.id, whose.merge_id
          FROM kunden_merge_journal AS entry
          LEFT JOIN %(table)s AS row ON %(same)s
         CROSS JOIN LATERAL (VALUES %(named)s) AS named(turn, partner_id)
          JOIN unnest(%(people)s::int[], %(merges)s::int[]) AS whose(partner_id, merge_id)
            ON whose.partner_id = named.partner_id
         WHERE entry.merge_id IS NULL AND entry.id > %(first)s AND entry.table_name = %(name)s
         ORDER BY entry.id, named.turn) AS found
 WHERE found.id = entry.id
"""
# ... else to that of a row on which it hangs.
_HANGING = """
UPDATE kunden_merge_journal AS entry SET merge_id = found.merge_id
  FROM (SELECT DISTINCT ON (entry.id) entry.id, other.merge_id
          FROM kunden_merge_journal AS entry
          LEFT JOIN %(table)s AS row ON %(same)s
         CROSS JOIN LATERAL (VALUES %(named)s) AS named(turn, record_id)
          JOIN kunden_merge_journal AS other
            ON other.table_name = %(target)s AND other.record_id = named.record_id
           AND other.merge_id = ANY(%(merges)s)
         WHERE entry.merge_id IS NULL AND entry.id > %(first)s AND entry.table_name = %(name)s
         ORDER BY entry.id, named.turn) AS found
 WHERE found.id = entry.id
"""


class KundenMergeAttributeMixin(models.AbstractModel):
    """What was written down for many groups at once is given to the merge to which it belongs."""

    _name = "kunden.merge.attribute.mixin"
    _description = "Journal of Many Groups"

    def _attribute(self, first):
        """Gives the entries after this one, which belong to no merge yet, to the merges."""
        people = {}
        for merge in self:
            for partner_id in (merge.survivor_id.id, *merge.redirect_ids.mapped("old_id")):
                people[partner_id] = merge.id
        whose = {"people": list(people), "merges": list(people.values())}
        tables = [table for (table,) in self.env.execute_query(SQL(_TABLES, first))]
        columns = {}
        for table, column, target, *_about in self.env.execute_query(SQL(COLUMNS, tables)):
            columns.setdefault(table, {})[column] = target
        for table, names in columns.items():
            if named := self._naming(names, table):
                self._attribute_by(_OWN, table, names, named, first=first, **whose)
        for table, names in columns.items():
            for target in {*names.values()} & {*columns} - {"res_partner", table}:
                named = [(name, None) for name in names if names[name] == target]
                self._attribute_by(
                    _HANGING, table, names, named, first=first, target=target, **whose
                )

    def _naming(self, names, table):
        """The columns of a table that name a contact: (column, column of the model or None)."""
        named = [(name, None) for name, target in names.items() if target == "res_partner"]
        if table == "res_partner":
            named.insert(0, ("id", None))
        model = next((name for name in ("res_model", "model") if name in names), None)
        if model and "res_id" in names:
            named.append(("res_id", model))
        return named

    def _attribute_by(self, statement, table, names, named, **values):
        """Finds the owners by these columns: by the values that changed first."""
        has_id = "id" in names
        sides = ["entry.old_row", "entry.new_row"] + (["to_jsonb(row)"] if has_id else [])
        values.pop("people") if statement is _HANGING else None
        rows = [
            SQL("(%s, %s)", turn, self._named_id(side, name, model, has_id))
            for turn, (side, (name, model)) in enumerate(
                (side, column) for side in sides for column in named
            )
        ]
        self.env.cr.execute(
            SQL(
                statement,
                table=SQL.identifier(table),
                same=SQL("row.id = entry.record_id") if has_id else SQL("FALSE"),
                named=SQL(", ").join(rows),
                name=table,
                **values,
            )
        )

    def _named_id(self, side, name, model, has_id):
        """The number in a column; of a column that goes with a model, only of contacts."""
        if name == "id":
            return SQL("entry.record_id")
        number = SQL("(%s ->> %s)::int", SQL(side), name)
        if not model:
            return number
        said = SQL("%s ->> %s", SQL(side), model)
        if has_id:
            said = SQL("coalesce(%s, to_jsonb(row) ->> %s)", said, model)
        return SQL("CASE WHEN %s = 'res.partner' THEN %s END", said, number)
