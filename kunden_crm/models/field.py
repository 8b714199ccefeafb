from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

OF_TYPE = {
    "html": "text",
    "datetime": "date",
    "reference": "many2one",
    "one2many": "many2many",
    "many2one_reference": "many2one",
    "binary": "text",
    "json": "text",
    "properties": "text",
    "properties_definition": "text",
}

KINDS = [
    ("any", "All"),
    ("person", "People"),
    ("private", "Private Customers"),
    ("company", "Companies"),
]
# What of a line decides whether a rule on it is met.
_JUDGED = {"active", "sensitivity", "zero_is_answer"}


class KundenField(models.Model):
    """RULE: a field of the customer file, what it is there for and how it is filled in.

    A record without `field_id` but with a `field_type` makes a column of its own.
    """

    _name = "kunden.field"
    _inherit = [
        "mail.thread",
        "kunden.field.own.mixin",
        "kunden.field.use.mixin",
        "kunden.field.index.mixin",
        "kunden.field.standard.mixin",
        "kunden.field.level.mixin",
    ]
    _description = "Field of the Customer File"
    _order = "sequence, id"

    name = fields.Char(string="Label", required=True, translate=True, tracking=10)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True, tracking=20)
    field_id = fields.Many2one(
        "ir.model.fields",
        domain=[("model", "=", "res.partner")],
        ondelete="cascade",
        index=True,
        copy=False,
        help="Leave it empty to make a field of your own.",
    )
    technical_name = fields.Char(related="field_id.name")
    field_type = fields.Selection(
        [
            ("char", "Text"),
            ("text", "Long Text"),
            ("integer", "Whole Number"),
            ("float", "Number"),
            ("monetary", "Amount"),
            ("date", "Date"),
            ("boolean", "Yes or No"),
            ("selection", "Choice"),
            ("many2many", "Several Choices"),
            ("many2one", "Link"),
        ],
        string="Kind of Field",
        help="A link of your own leads to another customer.",
        compute="_compute_field_type",
        store=True,
        readonly=False,
    )
    option_ids = fields.One2many("kunden.field.option", "catalogue_id", string="Choices")
    customer_kind = fields.Selection(
        KINDS,
        string="For",
        required=True,
        default="any",
        tracking=30,
    )
    goal_ids = fields.Many2many("kunden.goal", string="Goals")
    collection_ids = fields.Many2many("kunden.field.collection", string="Collected By")
    standard = fields.Text(
        string="Recording Standard", translate=True, help="How the value is written."
    )
    guidance = fields.Text(
        translate=True, help="What belongs here, an example, and what does not; shown at the field."
    )
    sensitivity = fields.Selection(
        [
            ("normal", "Normal"),
            ("confidential", "Confidential"),
            ("special", "Special Category (Art. 9 GDPR)"),
        ],
        required=True,
        default="normal",
        tracking=40,
        help="Confidential and special data are seen by people with that right only.",
    )
    retention_months = fields.Integer(
        string="Kept for (Months)", help="0: as long as the customer is kept."
    )

    _field_once = models.UniqueIndex(
        "(field_id) WHERE field_id IS NOT NULL", "This field is in the catalogue already."
    )

    @api.depends("field_id.ttype")
    def _compute_field_type(self):
        for entry in self.filtered("field_id"):
            kind = entry.field_id.ttype
            entry.field_type = entry._own_kind() if entry.is_own else OF_TYPE.get(kind, kind)

    @api.constrains("sensitivity", "field_id")
    def _check_sensitivity(self):
        """Core's own fields are used in a hundred places that do not ask for rights of ours."""
        for entry in self.filtered(lambda entry: entry.sensitivity != "normal"):
            field = self.env["res.partner"]._fields.get(entry.technical_name)
            if field and not entry.is_own and not field.groups:
                raise ValidationError(
                    self.env._("“%s” stays normal: only own fields can be protected.", entry.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Who gives no field but a kind of field gets a column of his own."""
        for vals in vals_list:
            if vals.get("field_id"):
                vals.pop("field_type", None)
        entries = super().create(vals_list)
        entries.filtered("is_own")._take_columns()
        entries.filtered(lambda entry: not entry.field_id)._make_columns()
        if any(entry.sensitivity != "normal" for entry in entries):
            entries._protect()
        entries._changed()
        return entries

    def write(self, vals):
        """Label, rights and place change at the column too; its kind never does."""
        if "field_type" in vals and any(
            entry.is_own and entry.field_type != vals["field_type"] for entry in self
        ):
            raise UserError(
                self.env._("The kind of a field stays as it is: retire it and make another one.")
            )
        if "field_id" in vals and any(entry.field_id for entry in self if entry.create_date):
            raise UserError(self.env._("A line of the catalogue stays with its field."))
        done = super().write(vals)
        self._bring_to_columns(vals)
        self._changed()
        if _JUDGED & vals.keys():
            self.env["kunden.field.rule"]._changed_on(self)
        return done

    def unlink(self):
        """Own fields go with their columns, unless somebody uses them."""
        self._refuse_used()
        columns = self.field_id
        protected = any(entry.sensitivity != "normal" for entry in self)
        done = super().unlink()
        if protected:
            self._protect()
        self._changed()
        # sudo: a manager of the file may not alter the schema; these columns are of his own making
        columns.sudo().unlink()
        return done

    def _load_records_create(self, vals_list):
        """A line that is here already is the one that a data file brings; what it says stays."""
        wanted = [vals["field_id"] for vals in vals_list if vals.get("field_id")]
        lines = self.with_context(active_test=False).search([("field_id", "in", wanted)])
        lines = {line.field_id.id: line for line in lines}
        new = [vals for vals in vals_list if vals.get("field_id") not in lines]
        made = iter(super()._load_records_create(new))
        loaded = self.browse()
        for vals in vals_list:
            line = lines.get(vals.get("field_id"))
            if line:
                line.write({name: value for name, value in vals.items() if not line[name]})
            loaded += line or next(made)
        return loaded

    @api.model
    def _changed(self):
        """Views, tooltips and rights follow at once, in every process."""
        self.env.registry.clear_cache()
        self.env.registry.clear_cache("templates")

    @api.model
    @tools.ormcache()
    def _own_fields(self):
        """The own fields in use, as a tuple of dicts, in their order on the form."""
        # sudo: which columns there are is the same for everybody; rights are asked per column
        entries = self.sudo().with_context(active_test=True).search([("is_own", "=", True)])
        names = ("customer_kind", "field_type", "section", "in_list", "in_search")
        return tuple(
            {"id": entry.id, "name": entry.technical_name, **{name: entry[name] for name in names}}
            for entry in entries
        )

    @api.model
    @tools.ormcache("lang")
    def _guidances(self, lang):
        """Field name to guidance in that language."""
        # sudo: the tooltip of a field is for whoever sees the field, also without our groups
        told = self.sudo().with_context(lang=lang, active_test=True)
        entries = told.search([("guidance", "!=", False)])
        return {entry.technical_name: entry.guidance for entry in entries if entry.technical_name}
