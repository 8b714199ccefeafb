from odoo import api, fields, models


class KundenImportSource(models.Model):
    """RULE: where data come from, what they are worth, and how their columns were read last."""

    _name = "kunden.import.source"
    _description = "Source of Data"
    _order = "rank desc, name, id"

    name = fields.Char(required=True, help='For example "Cash journal 2024".')
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    rank = fields.Integer(
        default=50, help="A source of a lower rank does not replace what one of a higher rank says."
    )
    mapping = fields.Json(
        string="Columns", readonly=True, help="What each column meant when it was last read."
    )
    options = fields.Json(readonly=True)

    _one_name = models.UniqueIndex(
        "(lower(name), coalesce(company_id, 0))", "There is a source of this name already."
    )

    @api.model
    def _named(self, name, company):
        """The source of that name in this company, made where there is none; nothing for none."""
        name = " ".join((name or "").split())
        if not name:
            return self.browse()
        found = self.with_context(active_test=False).search(
            [("name", "=ilike", _literally(name)), ("company_id", "=", company.id)], limit=1
        )
        return found or self.create({"name": name, "company_id": company.id})

    def _kept_targets(self):
        """Key of a column to what it filled when this source was last read."""
        return {key: line.get("target") or "" for key, line in (self.mapping or {}).items()}

    def _kept_line(self, key):
        """What was chosen for a column when this source was last read; empty where nothing was."""
        return (self.mapping or {}).get(key, {})


def _literally(text):
    """A text as a pattern that only it matches."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
