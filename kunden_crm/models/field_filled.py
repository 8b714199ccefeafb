from odoo import api, fields, models
from odoo.tools import SQL

# The fields that a person typed into are known by their names, the gaps by lines of the catalogue.
_NOTE = """
INSERT INTO kunden_field_filled (partner_id, field_id, user_id, date, kind)
SELECT DISTINCT done.partner_id, entry.id, %(user)s, %(today)s::date, %(kind)s
  FROM unnest(%(partners)s::int[], %(entries)s::int[], %(names)s::varchar[])
       AS done (partner_id, field_id, name)
  JOIN ir_model_fields column_of ON column_of.model = 'res.partner'
   AND column_of.name = ANY(%(typed)s) AND column_of.name = coalesce(done.name, column_of.name)
  JOIN kunden_field entry ON entry.field_id = column_of.id
   AND entry.id = coalesce(done.field_id, entry.id)
    ON CONFLICT DO NOTHING
"""


class KundenFieldFilled(models.Model):
    """FACT: on a day a person completed or corrected a field of a customer; never rewritten.

    No value is kept, and nobody reads the facts of another person: his own he sees, of the others
    a sum.
    """

    _name = "kunden.field.filled"
    _description = "Completed or Corrected Field"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "field_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, ondelete="cascade"
    )
    field_id = fields.Many2one(
        "kunden.field", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Colleague", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True)
    kind = fields.Selection(
        [("completed", "Completed"), ("corrected", "Corrected")], required=True, readonly=True
    )

    # Who empties a field and fills it in again the same day has done it once.
    _once = models.UniqueIndex("(partner_id, field_id, user_id, date)")
    _by_day = models.Index("(date, user_id)")

    @api.model
    def _note(self, kind, done, typed):
        """Append what a person has done: (contact, line of the catalogue or None, name or None).

        Only fields that he typed into; one statement.
        """
        partners, entries, names = zip(*done, strict=True)
        note = SQL(
            _NOTE,
            user=self.env.uid,
            today=fields.Date.context_today(self),
            kind=kind,
            partners=list(partners),
            entries=list(entries),
            names=list(names),
            typed=list(typed),
        )
        self.env.cr.execute(note)
        self.invalidate_model(flush=False)
