from odoo import models
from odoo.tools import SQL

# By mark the latest row of a finished import of the same source, unless its contact was touched
# since, or something of the row was mended, is open, or was not taken over.
_BEFORE = """
SELECT DISTINCT ON (row.mark) row.mark, row.partner_id, row.values::text,
       jsonb_path_query_array(row.notes, '$[*] ? (exists(@.column))')::text
  FROM kunden_import_row AS row
  JOIN kunden_import_batch AS batch ON batch.id = row.batch_id
  JOIN res_partner AS partner ON partner.id = row.partner_id
 WHERE row.mark = ANY(%(marks)s) AND row.state IN ('created', 'updated', 'unchanged')
   AND row.message IS NULL AND row.mended IS NULL
   AND NOT jsonb_path_exists(row.notes, '$[*] ? (@.code == "keep" || @.code == "ask")')
   AND batch.source_id = %(source)s AND batch.state = 'done'
   AND batch.company_id IS NOT DISTINCT FROM %(company)s
   AND partner.active AND partner.write_date <= coalesce(row.done_at, batch.analysed_at)
 ORDER BY row.mark, row.id DESC
"""


class KundenImportAgainMixin(models.AbstractModel):
    """Rows that came with an earlier file of the same source: what they say stands there already.

    A list is often brought in again with few new rows. Whose row is the same to the letter, is read
    in the same way, and whose contact nobody has touched since, need not be compared anew.
    """

    _name = "kunden.import.again.mixin"
    _description = "Rows Brought in Again"

    def _brought_before(self, marks):
        """By mark (contact, values, notes) of rows that are unchanged for sure."""
        if not marks or not self.source_id:
            return {}
        asked = {"marks": marks, "source": self.source_id.id, "company": self.company_id.id or None}
        found = self.env.execute_query(SQL(_BEFORE, **asked))
        partners = self.env["res.partner"].browse(one[1] for one in found)
        writable = set(partners._filtered_access("write").ids)
        writable -= set(partners._own_company_partner_ids())
        return {mark: line for mark, *line in found if line[0] in writable}
