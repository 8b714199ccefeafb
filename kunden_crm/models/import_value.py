import json

from odoo import api, fields, models
from odoo.tools import SQL

_INSERT = """
INSERT INTO kunden_import_value
       (partner_id, batch_id, row_id, source_id, rank, date, model, res_id, field_name, key,
        old, new, state)
SELECT partner_id, %(batch)s, row_id, %(source)s, %(rank)s, %(date)s, model, res_id, field_name,
       key, old, new, 'live'
  FROM json_to_recordset(%(lines)s) AS line
       (partner_id int, row_id int, model text, res_id int, field_name text, key text, old jsonb,
        new jsonb)
"""
# The contacts of a step, and those to whom core and we carry their values.
_AROUND = """
SELECT id, jsonb_strip_nulls(to_jsonb(partner)) FROM res_partner AS partner
 WHERE commercial_partner_id IN (
       SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%(ids)s))
    OR household_id = ANY(%(homes)s) AND household_role = 'head'
"""
# A contact that an import has made has one line with all its values, and the mark of all that it
# was then: whoever changes anything of it changes the mark.
_MADE = """
INSERT INTO kunden_import_value
       (partner_id, batch_id, row_id, source_id, rank, date, model, res_id, key, old, new, state)
SELECT partner.id, %(batch)s, line.row_id, %(source)s, %(rank)s, %(date)s, 'res.partner',
       partner.id, line.key, to_jsonb(%(mark)s),
       (SELECT jsonb_object_agg(given.name, whole -> given.name)
          FROM jsonb_array_elements_text(line.names) AS given (name)
         WHERE jsonb_typeof(whole -> given.name) <> 'null'), 'live'
  FROM json_to_recordset(%(lines)s) AS line (id int, row_id int, names jsonb, key text)
  JOIN res_partner AS partner USING (id)
 CROSS JOIN LATERAL (SELECT to_jsonb(partner) AS whole OFFSET 0) AS told
"""
_MARK = "md5(jsonb_strip_nulls(whole - %s::text[])::text)"
_STANDING = """
WITH line AS (
    SELECT partner_id, field_name AS name, new AS value, id, rank, date, source_id, batch_id, row_id
      FROM kunden_import_value
     WHERE partner_id = ANY(%(ids)s) AND state = 'live' AND model = 'res.partner'
       AND field_name IS NOT NULL
     UNION ALL
    SELECT partner_id, item.key, item.value, id, rank, date, source_id, batch_id, row_id
      FROM kunden_import_value, jsonb_each(new) AS item
     WHERE partner_id = ANY(%(ids)s) AND state = 'live' AND model = 'res.partner'
       AND field_name IS NULL AND jsonb_typeof(new) = 'object'
), newest AS (
    SELECT DISTINCT ON (partner_id, name) * FROM line
     WHERE %(names)s::text[] IS NULL OR name = ANY(%(names)s::text[])
     ORDER BY partner_id, name, id DESC
), partner AS MATERIALIZED (
    SELECT id, to_jsonb(partner) AS whole FROM res_partner AS partner
     WHERE id IN (SELECT partner_id FROM newest)
)
SELECT newest.* FROM newest JOIN partner ON partner.id = partner_id
 WHERE value = whole -> name
"""


class KundenImportValue(models.Model):
    """FACT: a value that came from a file: what stood there before, and from which row it came.

    It tells where a value of the customer file comes from, and it is the journal of taking back.
    A line without a field is a record that an import has made, with the values it got then.
    """

    _name = "kunden.import.value"
    _description = "Origin of a Value"
    _order = "id desc"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        index=True,
        ondelete="cascade",
        help="Empty: what belongs to nobody alone, such as a tag.",
    )
    batch_id = fields.Many2one("kunden.import.batch", string="Import", ondelete="set null")
    row_id = fields.Many2one("kunden.import.row", index="btree_not_null", ondelete="set null")
    source_id = fields.Many2one("kunden.import.source", ondelete="set null")
    rank = fields.Integer(aggregator=None)
    date = fields.Datetime()
    model = fields.Char(default="res.partner")
    res_id = fields.Many2oneReference(string="Record", model_field="model", index=True)
    field_name = fields.Char(string="Technical Name")
    key = fields.Char(help="By what all rows of the file call a record that was made.")
    # a value is for those who may read its field: see kunden_origin and shown
    old = fields.Json(groups=fields.NO_ACCESS)
    new = fields.Json(groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("live", "Stands"),
            ("undone", "Taken Back"),
            ("edited", "Edited Since"),
            ("kept", "Stayed"),
        ],
        default="live",
    )
    reason = fields.Char(help="Why it was not taken back.")
    label = fields.Char(string="What", compute="_compute_label")
    shown = fields.Char(string="Value", compute="_compute_label")

    _batch_line = models.Index("(batch_id, id)")
    _batch_key = models.Index("(batch_id, key) WHERE key IS NOT NULL")

    @api.depends("field_name", "model")
    @api.depends_context("uid", "lang")
    def _compute_label(self):
        partners = self.env["res.partner"]
        labels = partners.fields_get(self.mapped("field_name"), ["string"])
        for line in self:
            name = line.field_name
            told = labels.get(name, {}).get("string")
            if name:
                line.label = told or self.env._("Protected field")
                # sudo: whether this person may read the field is known by now
                line.shown = told and partners._import_word(name, line.sudo().new)
            else:
                line.label = self.env["ir.model"]._get(line.model).name
                line.shown = line.partner_id.display_name

    # Written by the steps of an import, one statement each

    @api.model
    def _note(self, batch, lines):
        """Store lines (dicts with partner_id, row_id, model, res_id, field_name, old, new)."""
        if lines:
            self.env.cr.execute(SQL(_INSERT, lines=json.dumps(lines), **self._said_of(batch)))

    @api.model
    def _around(self, ids, homes):
        """{contact: its columns}, of these and of those to whom their values are carried."""
        if not ids and not homes:
            return {}
        self.env.flush_all()
        return dict(self.env.execute_query(SQL(_AROUND, ids=list(ids), homes=list(homes))))

    @api.model
    def _note_changes(self, batch, before, homes, row_of):
        """Store a line per value that is another one than `before`; `row_of` contact to row."""
        names = self.env["res.partner"]._import_columns()
        now = self._around(before, homes) if before else {}
        self._note(
            batch,
            [
                {
                    "partner_id": partner_id,
                    "row_id": row_of.get(partner_id),
                    "model": "res.partner",
                    "res_id": partner_id,
                    "field_name": name,
                    "old": was.get(name),
                    "new": now[partner_id].get(name),
                }
                for partner_id, was in before.items()
                if now[partner_id] != was
                for name in names
                if now[partner_id].get(name) != was.get(name)
            ],
        )

    @api.model
    def _note_made(self, batch, made):
        """Store a line per contact that was made: (contact, row, names of its values, key)."""
        if not made:
            return
        self.env.flush_all()
        lines = [dict(zip(("id", "row_id", "names", "key"), one, strict=True)) for one in made]
        said = self._said_of(batch)
        self.env.cr.execute(SQL(_MADE, lines=json.dumps(lines), mark=self._mark(), **said))

    @api.model
    def _made_by_key(self, batch, keys):
        """{key: record} of what this import has made for earlier rows; a contact may be merged."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """SELECT key, coalesce(partner_id, res_id) FROM kunden_import_value
                    WHERE batch_id = %s AND key = ANY(%s) AND state = 'live' ORDER BY id DESC""",
                batch.id,
                keys,
            )
        )
        return dict(found)

    @api.model
    def _mark(self):
        """The expression of what a contact says of itself, without what is computed or stamped."""
        partners = self.env["res.partner"]
        columns = set(partners._import_columns())
        others = [
            name
            for name, field in partners._fields.items()
            if field.store and field.column_type and name not in columns
        ]
        return SQL(_MARK, others)

    @api.model
    def _said_of(self, batch):
        """What all lines of an import have in common."""
        return {
            "batch": batch.id,
            "source": batch.source_id.id or None,
            "rank": batch.source_id.rank,
            "date": fields.Datetime.now(),
        }

    @api.model
    def _standing(self, ids, names=None):
        """Where the values of these contacts come from: {(contact, field): its newest live line}.

        Shape: a line is a dict with id, rank, date, source_id, batch_id, row_id, value. A value
        that somebody has changed since is no longer that of its source, and is left out.
        """
        self.env.flush_all()
        found = self.env.execute_query_dict(
            SQL(_STANDING, ids=list(ids), names=None if names is None else list(names))
        )
        return {(line.pop("partner_id"), line.pop("name")): line for line in found}
