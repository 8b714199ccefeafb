import json

from odoo import api, models
from odoo.tools import SQL

# In this statement alone the contacts are those that an import would make, and their firms.
_WOULD_BE = """
WITH res_partner AS MATERIALIZED (
    SELECT (jsonb_populate_record(NULL::res_partner, line)).*
      FROM jsonb_array_elements(%(lines)s) AS line
     UNION ALL
    SELECT * FROM res_partner WHERE id = ANY(%(heads)s)
), target AS MATERIALIZED (SELECT unnest(%(ids)s) AS id)
SELECT partner.id, array_remove(ARRAY[%(missing)s]::int[], NULL)
  FROM %(source)s WHERE partner.id IN (SELECT id FROM target) AND %(files)s
"""


class KundenFieldRuleImportMixin(models.AbstractModel):
    """What the rules would miss in contacts that do not exist yet."""

    _name = "kunden.field.rule.import.mixin"
    _description = "Mandatory Fields of an Import"

    @api.model
    def _of_version(self, version, company):
        """The required rules of a version that ask this user in this company."""
        # sudo: everybody who brings a contact is asked, also who may not read the rules
        check = self.env["kunden.field.check"].sudo().browse(version or ()).exists()
        rules = self.sudo().browse(check.in_force or ()).exists()
        partners = self.env["res.partner"]
        return rules.filtered(
            lambda rule: (
                rule.level == "required"
                and rule.company_id.id in (False, company.id)
                and partners._has_field_access(
                    partners._fields[rule.catalogue_id.technical_name], "write"
                )
            )
        )

    def _missing_in(self, lines, heads):
        """By id the catalogue lines that these rules ask of contacts and that they lack.

        `lines` are columns of contacts by name, with ids below zero; `heads` are the ids of stored
        contacts that some of them belong to.
        """
        rules = self._of_nobody()
        if not rules or not lines:
            return {}
        query = rules._judging_query(target=False)
        missing = []
        for entry, its_rules in rules.grouped("catalogue_id").items():
            asks = SQL(" OR ").join(rule._asks_sql(query) for rule in its_rules)
            blank = rules._blank_sql(entry, query)
            missing.append(SQL("CASE WHEN (%s) AND (%s) THEN %s END", asks, blank, entry.id))
        statement = SQL(
            _WOULD_BE,
            lines=json.dumps(lines),
            heads=list(heads),
            ids=[line["id"] for line in lines],
            missing=SQL(", ").join(missing),
            source=query.from_clause,
            files=query.where_clause,
        )
        return dict(self.env.execute_query(statement))
