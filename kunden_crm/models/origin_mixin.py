from odoo import SUPERUSER_ID, api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ..kernel.doors import door_of

ORIGINS = [
    ("staff", "Entered by a Colleague"),
    ("import", "Import"),
    ("web", "Shop, Web Form or Portal"),
    ("mail", "Incoming E-Mail"),
    ("pos", "Point of Sale"),
    ("integration", "Interface"),
    ("system", "By Itself"),
    ("unknown", "By a Colleague, Way Unknown"),
]
# Of contacts that were there before ways were noted, only the creator is known.
_ORIGIN = """
coalesce(%(noted)s, CASE WHEN %(creator)s IS NULL OR %(creator)s = 1 THEN 'system'
                         WHEN %(share)s THEN 'web' WHEN %(strict)s THEN 'integration'
                         ELSE 'unknown' END)
"""


class KundenOriginMixin(models.AbstractModel):
    """By which door a contact came in, noted when it is created."""

    _name = "kunden.origin.mixin"
    _description = "Origin of a Contact"

    file_origin = fields.Selection(
        ORIGINS,
        string="Came In By",
        readonly=True,
        copy=False,
        prefetch=False,
        groups="kunden_crm.group_reader",
        help="By which way the contact was created. Of contacts that were there before this was"
        " noted, only the kind of user who created them is known.",
    )

    @api.model
    def _origin_now(self):
        """The door of whoever is creating a contact, without asking the database."""
        context, user = self.env.context, self.env.user
        # core says so of its importer, models/mail_thread.py of the mail gateway
        if context.get("import_file"):
            return "import"
        if context.get("kunden_incoming_mail"):
            return "mail"
        if self.env.uid in self.env["res.users"]._strict_integrations():
            return "integration"
        visitor = not user._is_internal() and self.env.uid != SUPERUSER_ID
        if request:
            asked = request.httprequest
            return door_of(
                asked.path,
                asked.referrer,
                visitor=visitor or not request.session.uid,
                frontend=getattr(request, "is_frontend", False),
            )
        if self.env.uid == SUPERUSER_ID:
            return "system"
        return "web" if visitor else "unknown"

    @api.model
    def _prepare_create_values(self, vals_list):
        """The door is what we see; a default would be asked for the rights of who creates."""
        prepared = super()._prepare_create_values(vals_list)
        origin = self._origin_now()
        for vals in prepared:
            vals["file_origin"] = origin
        return prepared

    def _field_to_sql(self, alias, field_expr, query=None):
        """Where no way was noted, the creator tells what is known."""
        column = super()._field_to_sql(alias, field_expr, query)
        if field_expr != "file_origin" or query is None:
            return column
        creator = query.make_alias(alias, "origin_creator")
        known = {
            "creator": SQL.identifier(creator, "id"),
            "share": SQL.identifier(creator, "share"),
            "strict": SQL.identifier(creator, "is_strict_integration"),
        }
        same = SQL("%s = %s", known["creator"], SQL.identifier(alias, "create_uid"))
        query.add_join("LEFT JOIN", creator, "res_users", same)
        return SQL(_ORIGIN, noted=column, **known)
