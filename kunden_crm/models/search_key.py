from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

_BATCH = 2000
_START = 16


class KundenSearchKey(models.Model):
    """JUDGEMENT: the folded text by which a contact is found; rebuilt from the contact any night.

    Every contact is found by its own text. A company is found by the text of its contact persons
    too: they have a second row, of which the company is the one that is found.
    """

    _name = "kunden.search.key"
    _description = "Text for the Quick Search"
    _log_access = False

    source_id = fields.Many2one(
        "res.partner", string="Text of", required=True, index=True, ondelete="cascade"
    )
    of_company = fields.Boolean(string="Finds the Company")
    partner_id = fields.Many2one(
        "res.partner",
        string="Finds",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index=True,
        ondelete="cascade",
    )
    key = fields.Char(compute="_compute_key", store=True, readonly=False)

    _key = models.Index(
        lambda registry: "USING gin (key gin_trgm_ops)" if registry.has_trigram else ""
    )
    _start = models.Index(f'("left"(key, {_START}) COLLATE "C") WHERE NOT of_company')

    @api.depends("of_company", "source_id.commercial_partner_id")
    def _compute_partner_id(self):
        for row in self:
            source = row.source_id
            row.partner_id = source.commercial_partner_id if row.of_company else source

    @api.depends(
        "source_id.complete_name",
        "source_id.ref",
        "source_id.email",
        "source_id.phone",
        "source_id.phone_e164",
        "source_id.mobile",
        "source_id.mobile_e164",
        "source_id.street",
        "source_id.street2",
        "source_id.zip",
        "source_id.city",
        "source_id.vat",
        "source_id.company_registry",
    )
    def _compute_key(self):
        for row in self:
            key = row.source_id._quick_search_key()
            # most changes leave the folded text as it is, and its index is dear
            if row.key != key:
                row.key = key

    @api.model
    def _fill(self, partners):
        """Rows for contacts that have none, in one statement: they are made with every contact."""
        rows = []
        for partner in partners:
            key = partner._quick_search_key()
            rows.append((partner.id, False, partner.id, key))
            if partner.parent_id:
                rows.append((partner.id, True, partner.commercial_partner_id.id, key))
        self._insert(rows)

    @api.model
    def _insert(self, rows):
        if rows:
            statement = """
                INSERT INTO kunden_search_key (source_id, of_company, partner_id, key)
                SELECT * FROM unnest(%s::int[], %s::bool[], %s::int[], %s::varchar[])
            """
            self.env.cr.execute(statement, [list(column) for column in zip(*rows, strict=True)])
            self.env["res.partner"].invalidate_model(["search_key_ids"], flush=False)

    @api.model
    def _fill_company_rows(self, partners):
        """Rows by which the companies of these contacts are found, where they are missing."""
        # sudo: the texts belong to nobody; whoever moves a contact keeps them right
        keys = self.sudo()
        there = keys.search([("source_id", "in", partners.ids), ("of_company", "=", True)])
        new = partners - there.source_id
        self._insert([(p.id, True, p.commercial_partner_id.id, p._quick_search_key()) for p in new])

    @api.model
    def _fill_again(self, partners):
        """The rows of these contacts, thrown away and made anew."""
        # sudo: as in _fill_company_rows
        self.sudo().search([("source_id", "in", partners.ids)]).unlink()
        self._fill(partners)

    @api.model
    def _fill_missing(self):
        """Rows for contacts that came by SQL or were there before us."""
        missing = SQL(
            """
            SELECT id FROM res_partner AS partner WHERE NOT EXISTS (
                SELECT FROM kunden_search_key WHERE source_id = partner.id
            ) ORDER BY id
            """
        )
        self.env.flush_all()
        ids = [partner_id for (partner_id,) in self.env.execute_query(missing)]
        for batch in split_every(_BATCH, ids):
            self._fill(self.env["res.partner"].browse(batch))
            self.env.flush_all()
            self.env.invalidate_all()

    @api.model
    def _found_by(self, needles):
        """The domain of the contacts whose text holds the needles."""
        # sudo: nobody reads the texts, but who may see a contact finds it by its text
        keys = self.sudo()._search(needles)
        return Domain("id", "in", keys.subselect(self._found_column(keys)))

    @api.model
    def _containing(self, needles, limit):
        """The ids of some contacts, at most `limit`, whose text holds the needles."""
        # sudo: as in _found_by; the ids serve as a domain
        keys = self.sudo()._search(needles, limit=limit)
        rows = self.env.execute_query(keys.select(self._found_column(keys)))
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _found_column(self, query):
        """The column of who is found, such that a change that waits is written first."""
        # sudo: as in _found_by
        return self.sudo()._field_to_sql(query.table, "partner_id", query)

    @api.model
    def _starting_with(self, text, limit):
        """The ids of the first contacts, at most `limit`, whose text begins so.

        The inner part reads them in the order of the index; of a longer text it looks at no more.
        """
        self.flush_model(["key"])
        found = SQL(
            """
            SELECT source_id FROM (
                SELECT source_id, key FROM kunden_search_key
                 WHERE NOT of_company AND "left"(key, %(length)s) COLLATE "C" LIKE %(start)s
                 ORDER BY "left"(key, %(length)s) COLLATE "C" LIMIT %(limit)s
            ) AS row WHERE starts_with(key, %(text)s)
            """,
            length=SQL(str(_START)),
            start=f"{text[:_START]}%",
            text=text,
            limit=limit,
        )
        return [partner_id for (partner_id,) in self.env.execute_query(found)]
