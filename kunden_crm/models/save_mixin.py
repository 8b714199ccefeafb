from odoo import api, models, tools
from odoo.tools import SQL

# Core asks for each of these lists at a save, mostly for nothing.
_LISTS = {
    "child_ids": "EXISTS (SELECT FROM res_partner WHERE parent_id = partner.id)",
    "user_ids": "EXISTS (SELECT FROM res_users WHERE partner_id = partner.id)",
    "ref_company_ids": "EXISTS (SELECT FROM res_company WHERE partner_id = partner.id)",
}
_READ = """
SELECT partner.id, ARRAY[%(lists)s],
       ARRAY(SELECT id FROM kunden_search_key WHERE source_id = partner.id ORDER BY id),
       ARRAY(SELECT key FROM kunden_search_key WHERE source_id = partner.id ORDER BY id),
       verdict.version, verdict.missing || verdict.missing_protected
  FROM res_partner AS partner LEFT JOIN kunden_field_verdict AS verdict ON verdict.id = partner.id
 WHERE partner.id = ANY(%(ids)s)
"""


class KundenSaveMixin(models.AbstractModel):
    """What a save by hand reads of a contact: its columns, and what hangs on it.

    Two statements, where core and the customer file would ask one by one.
    """

    _name = "kunden.save.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Reading Before a Save"

    def _read_to_save(self, names):
        """Fill the memory with what saving these fields needs; by id the verdict as it stands.

        A list that is not empty is read by whoever needs it, with his rights.
        """
        columns = map(self._fields.get, {*self._columns_to_save(), *self._columns_among(names)})
        self.fetch([one.name for one in columns if self._has_field_access(one, "read")])
        self.env.flush_all()
        lists = SQL(", ").join(SQL(question) for question in _LISTS.values())
        rows = self.env.execute_query(SQL(_READ, lists=lists, ids=self.ids))
        keys, verdicts = self.env["kunden.search.key"], {}
        for partner_id, found, key_ids, texts, version, missing in rows:
            partner = self.browse(partner_id)
            for name, any_there in zip(_LISTS, found, strict=True):
                if not any_there:
                    self._fields[name]._insert_cache(partner, [()])
            self._fields["search_key_ids"]._insert_cache(partner, [tuple(key_ids)])
            own = [partner_id] * len(key_ids)
            keys._fields["source_id"]._insert_cache(keys.browse(key_ids), own)
            keys._fields["key"]._insert_cache(keys.browse(key_ids), texts)
            if version is not None:
                verdicts[partner_id] = version, missing
        return verdicts

    @api.model
    @tools.ormcache()
    def _columns_to_save(self):
        """The columns that core reads of a contact and those that every save reads of the file."""
        saved = (True, "kunden_crm_saved")
        names = [name for name, field in self._fields.items() if field.prefetch in saved]
        return frozenset(self._columns_among(names))

    @api.model
    def _columns_among(self, names):
        fields = [self._fields[name] for name in names if name in self._fields]
        return [field.name for field in fields if field.store and field.column_type]
