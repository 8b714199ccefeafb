from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.tools import format_date, html2plaintext

# What a contact says of itself, not of the customer.
_STAMPS = ("id", "create_uid", "create_date", "write_uid", "write_date", "file_origin")


class KundenImportOriginMixin(models.AbstractModel):
    """Where the values of a contact come from: which file, which row, when."""

    _name = "kunden.import.origin.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Origin of Values"

    import_origin = fields.Html(
        string="Origin of the Values",
        compute="_compute_import_origin",
        sanitize=False,
        groups="kunden_crm.group_reader",
        help="The values that came from a file and still stand as they came.",
    )

    @api.model
    def _what_may_be_empty(self):
        imported = "EXISTS (SELECT FROM kunden_import_value WHERE partner_id = partner.id)"
        return super()._what_may_be_empty() | {"import_origin": (False, imported)}

    @api.depends_context("uid", "lang", "company")
    def _compute_import_origin(self):
        origins = self._import_origins()
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Field"),
            self.env._("Value"),
            self.env._("Source"),
            self.env._("Row"),
            self.env._("Date"),
        )
        line = Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
        for partner in self:
            told = [
                line
                % (o["label"], o["shown"], o["source"], o["row"], format_date(self.env, o["date"]))
                for (partner_id, _name), o in origins.items()
                if partner_id == partner._origin.id
            ]
            table = Markup('<table class="table table-sm">%s%s</table>')
            partner.import_origin = told and table % (head, Markup().join(told))

    def kunden_origin(self, field):
        """Where the value of a field came from; False where no import has brought it.

        The answer is {"source", "row", "date", "rank", "batch_id", "value"}. Whoever may not read
        the contact or the field gets an AccessError.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_field_access(self._fields[field], "read")
        origin = self._import_origins([field]).get((self.id, field))
        keys = ("source", "row", "date", "rank", "batch_id", "value")
        return {key: origin[key] for key in keys} if origin else False

    def _import_origins(self, names=None):
        """{(contact, field): where its value came from}, of values that still stand.

        Only fields that the user may read are told, in the order of their labels.
        """
        values = self.env["kunden.import.value"]
        standing = values._standing(self.ids, names)
        columns = {name for _id, name in standing if name in self._fields}
        labels = self.fields_get(columns, ["string"])
        lines = {key: line for key, line in standing.items() if key[1] in labels}
        rows, sources = self._import_places(lines.values())
        told = {}
        for (partner_id, name), line in sorted(
            lines.items(), key=lambda item: labels[item[0][1]]["string"]
        ):
            if self._fields[name].company_dependent:
                line["value"] = (line["value"] or {}).get(str(self.env.company.id))
            told[partner_id, name] = line | {
                "label": labels[name]["string"],
                "shown": self._import_word(name, line["value"]),
                "row": rows.get(line["row_id"], False),
                "source": sources.get(line["batch_id"], ""),
            }
        return told

    @api.model
    def _import_places(self, lines):
        """The numbers of the rows and the names of the imports that lines speak of."""
        lines = list(lines)
        # sudo: whoever sees a value may know where it came from
        rows = self.env["kunden.import.row"].sudo().browse({line["row_id"] for line in lines})
        batches = self.env["kunden.import.batch"].sudo()
        batches = batches.browse({line["batch_id"] for line in lines})
        numbers = {row.id: row.number for row in rows.exists()}
        return numbers, {batch.id: batch.source or "" for batch in batches.exists()}

    # Values as they stand in the journal

    @api.model
    @tools.ormcache()
    def _import_columns(self):
        """The columns that are nobody's computation: what an import may change and bring back."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and field.column_type
            and not (field.compute and field.readonly)
            and name not in _STAMPS
        ]

    def _import_value(self, name):
        """The value of a field as the journal keeps it: plain, ids for records, None for empty."""
        return self._import_plain(name, self[name])

    @api.model
    def _import_plain(self, name, value):
        """A value of the ORM as the journal keeps it."""
        field = self._fields[name]
        if isinstance(value, models.BaseModel):
            return value.id or None if field.type == "many2one" else sorted(value.ids)
        if field.type in ("integer", "float", "monetary", "boolean"):
            return value
        if not value:
            return None
        if field.type == "date":
            return fields.Date.to_string(value)
        if field.type == "datetime":
            return fields.Datetime.to_datetime(value).isoformat()
        return str(value) if isinstance(value, str) else value

    @api.model
    def _import_word(self, name, value):
        """A value of the journal for a person to read."""
        field = self._fields[name]
        if value in (None, False, []):
            return ""
        if field.comodel_name:
            records = self.env[field.comodel_name].browse(value).exists()
            return ", ".join(records._filtered_access("read").mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "html":
            return html2plaintext(value)
        return self.env._("Yes") if value is True else str(value)

    def _import_assign(self, name, line):
        """Assign what stood there before, as the journal keeps it; of companies each its own."""
        self.ensure_one()
        old, new = line["old"], line["new"]
        if self._fields[name].company_dependent:
            for company in {*(old or {}), *(new or {})}:
                self.with_company(int(company))[name] = (old or {}).get(company, False)
        else:
            if self._fields[name].type == "datetime" and old:
                old = old.replace("T", " ")
            self[name] = old or False
