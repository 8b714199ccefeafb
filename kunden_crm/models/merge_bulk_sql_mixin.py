from odoo import models
from odoo.tools import SQL

_GROUPS = "unnest(%(old)s::int[], %(new)s::int[]) AS pair(old, new)"
# The tables that name a contact by model and number, and the column of the model.
_NAMED = {
    "ir_attachment": "res_model",
    "mail_followers": "res_model",
    "mail_activity": "res_model",
    "mail_message": "model",
    "ir_model_data": "model",
}
_FOLLOWERS = """
DELETE FROM mail_followers WHERE id IN (
    SELECT id FROM (
        SELECT follower.id, row_number() OVER (
                   PARTITION BY coalesce(pair.new, follower.res_id), follower.partner_id
                   ORDER BY pair.new IS NOT NULL, follower.id) AS turn
          FROM mail_followers AS follower
          LEFT JOIN unnest(%(old)s::int[], %(new)s::int[]) AS pair(old, new)
                 ON pair.old = follower.res_id
         WHERE res_model = 'res.partner'
           AND res_id = ANY(%(old)s::int[] || %(new)s::int[])) AS row WHERE turn > 1)
"""
# Values of all companies: the survivor's own, filled up by those who go, the youngest first.
_GATHERED = """
(SELECT jsonb_object_agg(item.key, item.value ORDER BY line.id)
   FROM unnest(array_agg(gone)) AS line, jsonb_each(line.%(name)s) AS item) AS %(name)s
"""
_FILLED = """
%(name)s = CASE WHEN source.%(name)s IS NULL THEN row.%(name)s
           ELSE source.%(name)s || coalesce(row.%(name)s, '{}') END
"""


class KundenMergeBulkSqlMixin(models.AbstractModel):
    """The statements of merging many groups at once."""

    _name = "kunden.merge.bulk.sql.mixin"
    _description = "Statements for Many Groups"

    def _point_keys(self, pairs):
        """One statement per foreign key; rows that collide make way before."""
        self.env.flush_all()
        for key in self._unique_keys("res_partner"):
            self._make_way_for_all(key, pairs)
        for table, column in self._pointing():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s AS row SET %s = pair.new FROM %s WHERE row.%s = pair.old",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    SQL(_GROUPS, **pairs),
                    SQL.identifier(column),
                )
            )
        self.env.invalidate_all()

    def _make_way_for_all(self, key, pairs):
        """Of the rows that would be one after the merge, the survivor's stays, else the oldest."""
        table, column, empty_collides, condition, others = key
        others = [SQL(text.replace("%", "%%")) for text in others]
        says = SQL(" AND ").join(SQL("(%s) IS NOT NULL", text) for text in others)
        inner = SQL(
            """SELECT ctid AS place, %(column)s AS owner, %(says)s AS says%(others)s
                 FROM %(table)s WHERE %(column)s = ANY(%(people)s) AND %(condition)s""",
            column=SQL.identifier(column),
            says=says if others and not empty_collides else SQL("TRUE"),
            others=SQL("").join(
                SQL(", %s AS %s", text, SQL.identifier(f"key{i}")) for i, text in enumerate(others)
            ),
            table=SQL.identifier(table),
            people=pairs["old"] + pairs["new"],
            condition=SQL(condition.replace("%", "%%")) if condition else SQL("TRUE"),
        )
        self.env.cr.execute(
            SQL(
                """DELETE FROM %(table)s WHERE ctid IN (
                       SELECT place FROM (
                           SELECT place, says, row_number() OVER (
                                      PARTITION BY coalesce(pair.new, owner)%(keys)s
                                      ORDER BY pair.new IS NOT NULL, place) AS turn
                             FROM (%(inner)s) AS line
                             LEFT JOIN %(groups)s ON pair.old = line.owner) AS row
                        WHERE says AND turn > 1)""",
                table=SQL.identifier(table),
                keys=SQL("").join(
                    SQL(", %s", SQL.identifier(f"key{i}")) for i, _text in enumerate(others)
                ),
                inner=inner,
                groups=SQL(_GROUPS, **pairs),
            )
        )

    def _point_references(self, pairs):
        """Rows that name a contact by model and number, and columns that name model and number."""
        self.env.cr.execute(SQL(_FOLLOWERS, **pairs))
        for table, model in _NAMED.items():
            self.env.cr.execute(
                SQL(
                    """UPDATE %s AS row SET res_id = pair.new FROM %s
                        WHERE row.%s = 'res.partner' AND row.res_id = pair.old %s""",
                    SQL.identifier(table),
                    SQL(_GROUPS, **pairs),
                    SQL.identifier(model),
                    SQL("AND res_field IS NULL") if table == "ir_attachment" else SQL(),
                )
            )
        self._name_activities(pairs["new"])
        for table, column in self._reference_columns():
            self.env.cr.execute(
                SQL(
                    """UPDATE %s AS row SET %s = 'res.partner,' || pair.new FROM %s
                        WHERE row.%s = 'res.partner,' || pair.old""",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    SQL(_GROUPS, **pairs),
                    SQL.identifier(column),
                )
            )
        self._point_company_columns(pairs)
        self.env.invalidate_all()

    def _name_activities(self, survivor_ids):
        """Activities carry the name of what they are about."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        of_contacts = [("res_model", "=", "res.partner"), ("res_id", "in", survivor_ids)]
        self.env.invalidate_all()
        activities.search(of_contacts).modified(["res_id"])
        self.env.flush_all()

    def _reference_columns(self):
        """Table and column of every stored reference field."""
        return [
            (model._table, name)
            for model in map(self.env.__getitem__, self.env.registry)
            if not model._abstract and model._auto
            for name, field in model._fields.items()
            if field.type == "reference" and field.store and field.compute is None
        ]

    def _point_company_columns(self, pairs):
        """Columns with a value per company: those that name contacts, and the contacts' own."""
        for field in self.env.registry.many2one_company_dependents["res.partner"]:
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s AS row SET %(column)s = (
                           SELECT jsonb_object_agg(key, coalesce(to_jsonb(pair.new), value))
                             FROM jsonb_each(row.%(column)s) AS item
                             LEFT JOIN %(groups)s ON to_jsonb(pair.old) = item.value)
                        WHERE EXISTS (SELECT FROM jsonb_each_text(row.%(column)s) AS item
                                       WHERE item.value = ANY(%(texts)s))""",
                    table=SQL.identifier(self.env[field.model_name]._table),
                    column=SQL.identifier(field.name),
                    groups=SQL(_GROUPS, **pairs),
                    texts=list(map(str, pairs["old"])),
                )
            )
        names = [n for n, f in self.env["res.partner"]._fields.items() if f.company_dependent]
        self.env.cr.execute(
            SQL(
                """UPDATE res_partner AS row SET %s FROM (
                       SELECT pair.new AS id, %s FROM %s JOIN res_partner AS gone
                           ON gone.id = pair.old GROUP BY pair.new) AS source
                    WHERE source.id = row.id""",
                SQL(", ").join(SQL(_FILLED, name=SQL.identifier(name)) for name in names),
                SQL(", ").join(SQL(_GATHERED, name=SQL.identifier(name)) for name in names),
                SQL(_GROUPS, **pairs),
            )
        )
