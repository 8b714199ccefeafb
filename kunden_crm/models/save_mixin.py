from odoo import api, models, tools
from odoo.tools import SQL

from .match_mixin import COMPARED

# Core and the keys of duplicates ask for each of these lists at a save, mostly for nothing.
_LISTS = ("child_ids", "user_ids", "bank_ids", "online_profile_ids")
# A function of the database keeps its plan: planning takes several times as long as reading.
_FUNCTION = """
DROP FUNCTION IF EXISTS kunden_read_to_save;
CREATE FUNCTION kunden_read_to_save(ids integer[], saver integer, companies_on integer[])
RETURNS TABLE (contact_id integer, lists boolean[], keys integer[], texts varchar[],
               version integer, missing integer[], author_id integer, companies json)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT partner.id,
           ARRAY[EXISTS (SELECT FROM res_partner WHERE parent_id = partner.id),
                 EXISTS (SELECT FROM res_users WHERE partner_id = partner.id),
                 EXISTS (SELECT FROM res_partner_bank WHERE partner_id = partner.id),
                 EXISTS (SELECT FROM kunden_profile WHERE partner_id = partner.id)],
           ARRAY(SELECT id FROM kunden_search_key WHERE source_id = partner.id ORDER BY id),
           ARRAY(SELECT key FROM kunden_search_key WHERE source_id = partner.id ORDER BY id),
           verdict.version, verdict.missing || verdict.missing_protected,
           (SELECT partner_id FROM res_users WHERE id = saver),
           (SELECT json_agg(ARRAY[id::text, parent_path, name, alias_domain_id::text])
              FROM res_company WHERE id = ANY(companies_on))
      FROM unnest(ids) AS partner (id)
      LEFT JOIN kunden_field_verdict AS verdict ON verdict.id = partner.id;
END $$
"""


class KundenSaveMixin(models.AbstractModel):
    """What a save by hand reads of a contact: its columns, and what hangs on it.

    Two statements, where core and the customer file would ask one by one.
    """

    _name = "kunden.save.mixin"
    _inherit = ["kunden.home.mixin", "kunden.reading.mixin"]
    _description = "Reading Before a Save"

    def init(self):
        """Makes the function that reads what hangs on a contact."""
        done = super().init()
        if not self._abstract:
            self.env.cr.execute(SQL(_FUNCTION))
        return done

    def _read_to_save(self, names):
        """Fill the memory with what saving these fields needs; by id the verdict as it stands.

        A list that is not empty is read by whoever needs it, with his rights.
        """
        self.env.flush_all()
        on = self.env.companies.ids
        statement = SQL("SELECT * FROM kunden_read_to_save(%s, %s, %s)", self.ids, self.env.uid, on)
        rows = self.env.execute_query(statement)
        author = self._know_who_saves(*rows[0][-2:])
        columns = dict.fromkeys((*self._columns_to_save(), *self._columns_among(names)))
        readable = [n for n in columns if self._has_field_access(self._fields[n], "read")]
        self._fetch_with(author, readable)
        customers = self.browse(set(self._ids).difference(self._own_company_partner_ids()))
        self._fields["ref_company_ids"]._insert_cache(customers, [()] * len(customers))
        keys, verdicts = self.env["kunden.search.key"], {}
        for partner_id, found, key_ids, texts, version, missing, *_who in rows:
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
    def _know_who_saves(self, author_id, companies):
        """Put into the memory what a save asks of the user and of the companies he works in.

        The rights of a contact ask for the place of a company among the others, a message for its
        author and where an answer goes; core would read all that is known of a user and a company.
        """
        author = self.browse(author_id)
        self.env.user._fields["partner_id"]._insert_cache(self.env.user, [author_id])
        for number, path, name, domain in companies or ():
            company = self.env["res.company"].browse(int(number))
            known = {"parent_path": path, "name": name, "alias_domain_id": domain and int(domain)}
            for field, value in known.items():
                company._fields[field]._insert_cache(company, [value])
        return author

    def _fetch_with(self, author, names):
        """Read these fields, and those of the author if the user may see him, in one statement."""
        contacts = (self | author).with_context(active_test=False)
        found = contacts.search_fetch([("id", "in", contacts.ids)], names, order="id")
        if self - found:
            self.fetch(names)

    @api.model
    @tools.ormcache()
    def _columns_to_save(self):
        """The columns that core reads of a contact and those that a save reads of the file."""
        saved = (True, "kunden_crm_saved")
        names = [name for name, field in self._fields.items() if field.prefetch in saved]
        return tuple(self._columns_among(dict.fromkeys((*names, *COMPARED))))

    @api.model
    def _columns_among(self, names):
        fields = [self._fields[name] for name in names if name in self._fields]
        return [field.name for field in fields if field.store and field.column_type]
