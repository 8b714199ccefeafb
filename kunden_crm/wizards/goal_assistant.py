from odoo import api, fields, models

from ..models.field_legal_mixin import LEGAL_BASES

STEPS = [
    ("goals", "1. Goals"),
    ("fields", "2. Fields"),
    ("collection", "3. Ways of Collecting"),
    ("storage", "4. Storage"),
    ("done", "Done"),
]


class KundenGoalAssistant(models.TransientModel):
    """DIALOGUE: which goals, fields, ways of collecting and periods has the customer file?

    It keeps nothing but its step and what is about to be set for many fields: its lines are the
    goals and fields of the catalogue themselves.
    """

    _name = "kunden.goal.assistant"
    _description = "Customer File in 4 Steps"

    step = fields.Selection(STEPS, required=True, default="goals")
    goal_ids = fields.One2many(
        "kunden.goal",
        string="Goals",
        compute="_compute_lines",
        readonly=False,
        context={"active_test": False},
    )
    field_ids = fields.One2many(
        "kunden.field", string="Fields", compute="_compute_lines", readonly=False
    )
    idle_field_ids = fields.Many2many(
        "kunden.field", string="Without a Chosen Goal", compute="_compute_idle_field_ids"
    )
    follows = fields.Char(compute="_compute_follows", help="Before it takes effect.")
    goal_count = fields.Integer(string="Goals Chosen", compute="_compute_idle_field_ids")
    company_required = fields.Integer(compute="_compute_figures")
    company_recommended = fields.Integer(compute="_compute_figures")
    private_required = fields.Integer(compute="_compute_figures")
    private_recommended = fields.Integer(compute="_compute_figures")
    uncollected_count = fields.Integer(
        string="Without a Way of Collecting", compute="_compute_figures"
    )
    baseless_count = fields.Integer(string="Without a Legal Basis", compute="_compute_figures")
    for_goal_id = fields.Many2one("kunden.goal", string="Goal")
    for_kind = fields.Selection(
        [("private", "Private Customers"), ("company", "Companies")], string="Kind of Customer"
    )
    for_months = fields.Integer(string="Kept for (Months)")
    for_basis = fields.Selection(LEGAL_BASES, string="Legal Basis")

    def _compute_display_name(self):
        self.display_name = self.env._("Customer File in 4 Steps")

    def _compute_lines(self):
        goals = self.env["kunden.goal"].search([("active", "in", (True, False))])
        for assistant in self:
            assistant.goal_ids = goals
            assistant.field_ids = self.env["kunden.field"]._guided()

    @api.depends("goal_ids.active")
    def _compute_idle_field_ids(self):
        for assistant in self:
            chosen = assistant.goal_ids.filtered("active")
            assistant.goal_count = len(chosen)
            assistant.idle_field_ids = chosen._idle_fields(chosen._origin)

    @api.depends("step", "field_ids.level_company", "field_ids.level_private")
    def _compute_follows(self):
        for assistant in self:
            told = assistant.step in ("fields", "done")
            assistant.follows = told and assistant.field_ids._follows()

    @api.depends(
        "field_ids.level_company",
        "field_ids.level_private",
        "field_ids.collection_ids",
        "field_ids.legal_basis",
    )
    def _compute_figures(self):
        for assistant in self:
            lines = assistant.field_ids
            for kind in lines._asked_kinds():
                levels = lines.mapped(f"level_{kind}")
                assistant[f"{kind}_required"] = levels.count("required")
                assistant[f"{kind}_recommended"] = levels.count("recommended")
            assistant.uncollected_count = len(lines.filtered(lambda line: not line.collection_ids))
            assistant.baseless_count = len(lines.filtered(lambda line: not line.legal_basis))

    def write(self, vals):
        """Changed lines are handed on together, so that all files are judged once."""
        vals = dict(vals)
        goals, lines = vals.pop("goal_ids", ()), vals.pop("field_ids", ())
        done = super().write(vals)
        self.env["kunden.goal"]._write_lines(goals)
        self.env["kunden.field"]._write_lines(lines)
        self.invalidate_recordset()
        return done

    @api.model
    def action_open(self):
        """Open the dialogue; it shows the catalogue as it is, so it may be left at any time."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer File in 4 Steps"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_next(self):
        """Go on with the next step; what was entered holds already."""
        self._go(1)

    def action_back(self):
        """Go back to the step before."""
        self._go(-1)

    def _go(self, steps):
        self.ensure_one()
        names = [name for name, _label in STEPS]
        place = names.index(self.step) + steps
        self.step = names[min(max(place, 0), len(names) - 1)]

    def action_new_field(self):
        """The form of the catalogue, for a field of one's own; the dialogue waits behind it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Field"),
            "res_model": "kunden.field",
            "views": [(False, "form")],
            "target": "current",
        }

    def action_set_months(self):
        """Keep these fields for so many months."""
        self._alike().write({"retention_months": self.for_months})

    def action_set_basis(self):
        """Keep these fields by this right."""
        self._alike().write({"legal_basis": self.for_basis})

    def _alike(self):
        self.ensure_one()
        return self.field_ids._alike(self.for_goal_id, self.for_kind)

    def action_import(self):
        """Core's import of customers; our list of columns is among its templates."""
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": self.env._("Import Customers"),
            "params": {"active_model": "res.partner", "context": {}},
        }

    def action_customers(self):
        """The list of customers."""
        return self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_customers")

    def action_print(self):
        """The recording guideline of this company as a PDF."""
        report = self.env.ref("kunden_crm.action_report_guideline")
        return report.report_action(self.env.company)
