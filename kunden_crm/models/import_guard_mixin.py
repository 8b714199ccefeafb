import json

from odoo import models
from odoo.tools import SQL

# Archived contacts have no keys: who has the same number, address, or birth date beside the name.
_ARCHIVED = """
WITH said AS (
    SELECT * FROM json_to_recordset(%(said)s) AS said (id int, name text, ref text, email text)
)
SELECT said.id, partner.id AS partner_id, partner.ref = said.ref IS TRUE
           OR partner.email_normalized = lower(said.email) IS TRUE AS sure,
       partner.birthdate_date::text AS born, partner.zip,
       ARRAY[partner.phone_e164, partner.mobile_e164] AS phones
  FROM said JOIN res_partner AS partner ON NOT partner.active AND partner.type = 'contact'
   AND (partner.ref = said.ref OR partner.email_normalized = lower(said.email)
        OR lower(partner.name) = lower(said.name))
"""
# Customer numbers that somebody has whom the comparison has not found.
_TAKEN = """
SELECT DISTINCT ref FROM res_partner
 WHERE ref = ANY(%(refs)s) AND (company_id IS NULL OR company_id = %(company)s)
"""
_APART = """
SELECT partner_id, other_id FROM kunden_match_candidate
 WHERE state = 'different' AND partner_id = ANY(%(ids)s) AND other_id = ANY(%(ids)s)
"""
_LOGINS = "SELECT partner_id FROM res_users WHERE active AND partner_id = ANY(%s)"


class KundenImportGuardMixin(models.AbstractModel):
    """Whom a row may not mean without a word: others' contacts, log-ins, the archived, the erased.

    What is asked here is asked with the rights of whoever started the import.
    """

    _name = "kunden.import.guard.mixin"
    _inherit = "kunden.import.words.mixin"
    _description = "Protected Contacts of an Import"

    def _guard(self, step):
        """What whoever started it may do with the contacts that were found."""
        ids = {hit[0] for row in step.rows for hit in step.people.get(row["id"], ())}
        ids = sorted(ids | {row["partner_id"] for row in step.rows if row["partner_id"]})
        partners = self.env["res.partner"].with_context(active_test=False).browse(ids)
        readable = partners._filtered_access("read")
        step.readable = frozenset(readable.ids)
        step.writable = frozenset(readable._filtered_access("write").ids)
        step.own = frozenset(partners._own_company_partner_ids())
        step.logins = frozenset(self._numbers_in(SQL(_LOGINS, ids)))
        pairs = self.env.execute_query(SQL(_APART, ids=ids))
        step.apart = frozenset(map(frozenset, pairs))

    def _numbers_in(self, statement):
        return [number for (number,) in self.env.execute_query(statement)]

    def _check_new(self, step):
        """Who would be new, but is archived, had his data erased, or whose number is taken."""
        new = [row for row in step.rows if row.found.word == "none" and not row.is_told()]
        if not new:
            return
        archived = self._put_away(step, new)
        refs = {row["values"]["ref"] for row in new if row["values"].get("ref")}
        taken = set(self._numbers_in(SQL(_TAKEN, refs=list(refs), company=self.company_id.id)))
        erased = self.env["kunden.import.blocked"]._among([row["values"] for row in new])
        partners = self.env["res.partner"].with_context(active_test=False)
        seen = partners.browse({number for ids in archived.values() for number in ids})
        seen = set(seen._filtered_access("read").ids)
        for row, is_erased in zip(new, erased, strict=True):
            found = [(number, 0, ()) for number in archived.get(row["id"], ()) if number in seen]
            if is_erased:
                row.found = row.found._replace(word="erased")
            elif found:
                row.found = row.found._replace(word="archived", candidates=tuple(found))
            elif row["values"].get("ref") in taken:
                row.found = row.found._replace(word="ref_taken")

    def _put_away(self, step, rows):
        """By row the archived contacts that it may mean."""
        by_id = {row["id"]: row["values"] for row in rows}
        said = [
            {"id": number} | {name: values.get(name) for name in ("name", "ref", "email")}
            for number, values in by_id.items()
        ]
        archived = {}
        for found in self.env.execute_query_dict(SQL(_ARCHIVED, said=json.dumps(said))):
            values = by_id[found["id"]]
            pairs = (
                (found["born"], values.get("birthdate_date")),
                (found["zip"], values.get("zip")),
            )
            same = any(one and one == two for one, two in pairs)
            if found["sure"] or same or {*found["phones"]} & {*step.plan.phones(values)}:
                archived.setdefault(found["id"], []).append(found["partner_id"])
        return archived
