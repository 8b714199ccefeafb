from odoo import api, fields, models


class KundenOccupationClass(models.Model):
    """RULE: which socio-professional classes there are, by system and version."""

    _name = "kunden.occupation.class"
    _description = "Socio-Professional Class"
    _order = "system, version desc, code"
    _rec_names_search = ["code", "name"]

    system = fields.Selection(
        [("isco08", "ISCO-08 (international)"), ("pcs", "PCS (France)")],
        required=True,
        default="isco08",
    )
    version = fields.Char(required=True, help="Year in which this version of the list came out.")
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)

    _code_once = models.UniqueIndex(
        "(system, version, code)", "This version of the list has that code already."
    )

    @api.depends("system", "version", "code", "name")
    def _compute_display_name(self):
        for group in self:
            system = "ISCO-08" if group.system == "isco08" else f"PCS {group.version or ''}".strip()
            group.display_name = f"{system} {group.code or ''}: {group.name or ''}"
