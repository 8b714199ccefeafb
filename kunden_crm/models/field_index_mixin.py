import logging
from threading import Thread

import psycopg2

from odoo import SUPERUSER_ID, api, models
from odoo.modules.db import FunctionStatus
from odoo.modules.registry import Registry
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

INDEX = "kunden_field_index_"
# Only one builder at a time; the number is "kfi" in ASCII.
LOCK = 0x6B6669
# How long a build waits for others, who may be waiting for it when they make a field meanwhile.
PATIENCE = "30s"
_WANTED = """
SELECT field.name, field.ttype
  FROM kunden_field entry JOIN ir_model_fields field ON field.id = entry.field_id
 WHERE entry.active AND entry.in_search AND field.store AND field.ttype <> 'many2many'
   AND field.model = 'res.partner' AND field.state = 'manual'
   AND starts_with(field.name, 'x_kunden_')
"""
_FOUND = """
SELECT index.relname, state.indisvalid
  FROM pg_index state JOIN pg_class index ON index.oid = state.indexrelid
 WHERE state.indrelid = 'res_partner'::regclass AND starts_with(index.relname, %s)
"""


class KundenFieldIndexMixin(models.AbstractModel):
    """Gives own fields that are searched by an index, and takes it away when they no longer are.

    Nobody waits for an index and none locks the contacts: it is built CONCURRENTLY, on a connection
    of its own that commits by itself, in a thread of its own. The job cannot build it: the
    scheduler holds a transaction open as long as the job runs, and the build waits for that one.
    """

    _name = "kunden.field.index.mixin"
    _description = "Indexes of Own Fields"

    @api.model
    def _index_soon(self):
        """The job looks after the indexes when this transaction is over."""
        job = self.env.ref("kunden_crm.cron_field_indexes", raise_if_not_found=False)
        if job:
            job._trigger()

    @api.model
    def _cron_build_indexes(self):
        """Starts the builder where an index is missing, broken or no longer wanted."""
        if self._index_todo():
            start = Thread(target=_build, args=(self.env.cr.dbname,), daemon=True).start
            self.env.cr.postcommit.add(start)

    @api.model
    def _index_todo(self):
        """The statements that bring the indexes to what the catalogue says, as a list of SQL."""
        self.env["kunden.field"].flush_model()
        wanted = {
            INDEX + name.removeprefix("x_kunden_"): expression
            for name, kind in self.env.execute_query(SQL(_WANTED))
            if (expression := self._index_expression(name, kind))
        }
        found = dict(self.env.execute_query(SQL(_FOUND, INDEX)))
        drop = "DROP INDEX CONCURRENTLY IF EXISTS %s"
        make = "CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON res_partner %s"
        gone = [name for name, valid in found.items() if not valid or name not in wanted]
        new = [name for name in wanted if not found.get(name)]
        return [
            *(SQL(drop, SQL.identifier(name)) for name in gone),
            *(SQL(make, SQL.identifier(name), wanted[name]) for name in new),
        ]

    @api.model
    def _index_expression(self, name, kind):
        """What the index holds, as SQL; None for texts where the database knows no trigrams."""
        column = SQL.identifier(name)
        if kind not in ("char", "text"):
            return SQL("(%s) WHERE %s IS NOT NULL", column, column)
        if not self.pool.has_trigram:
            return None
        if self.pool.has_unaccent == FunctionStatus.INDEXABLE:
            column = self.pool.unaccent(column)
        return SQL("USING gin ((%s) gin_trgm_ops)", column)

    @api.model
    def _build_indexes(self):
        """Works off the list, on a connection that commits by itself; one builder at a time."""
        ((alone,),) = self.env.execute_query(SQL("SELECT pg_try_advisory_lock(%s)", LOCK))
        if not alone:
            return
        tried = set()
        try:
            self.env.cr.execute(SQL("SELECT set_config('lock_timeout', %s, false)", PATIENCE))
            # again, for fields that were made meanwhile
            while todo := [query for query in self._index_todo() if query.code not in tried]:
                for query in todo:
                    tried.add(query.code)
                    self._build_index(query)
        finally:
            self.env.cr.execute(SQL("SELECT pg_advisory_unlock(%s)", LOCK))

    def _build_index(self, query):
        """One statement; what fails is tried again in the night."""
        try:
            self.env.cr.execute(query, log_exceptions=False)
        except psycopg2.Error as error:
            _logger.info("An index waits for the next night: %s", error)


def _build(dbname):
    """The builder's thread; what a lost connection leaves undone is for the next night."""
    try:
        with Registry(dbname).cursor() as cr:
            cr._cnx.autocommit = True
            api.Environment(cr, SUPERUSER_ID, {})["kunden.field"]._build_indexes()
    except psycopg2.Error as error:
        _logger.info("The indexes wait for the next night: %s", error)
