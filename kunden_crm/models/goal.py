from odoo import api, fields, models
from odoo.fields import Command


class KundenGoal(models.Model):
    """RULE: what the customer file is kept for; a field that serves no goal need not be asked."""

    _name = "kunden.goal"
    _description = "Goal of the Customer File"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    field_ids = fields.Many2many("kunden.field", string="Fields")
    field_count = fields.Integer(compute="_compute_field_count", string="Number of Fields")

    @api.model
    def _idle_fields(self, goals):
        """The fields that serve none of these goals, and need not be asked."""
        return self.env["kunden.field"].search([("goal_ids", "not in", goals.ids)])

    @api.model
    def _write_lines(self, commands):
        """New and changed goals, as a form hands them over."""
        self.create([vals for kind, _number, vals in commands if kind == Command.CREATE])
        for kind, number, vals in commands:
            if kind == Command.UPDATE:
                self.browse(number).write(vals)

    def _compute_field_count(self):
        groups = self.env["kunden.field"]._read_group(
            [("goal_ids", "in", self.ids)], ["goal_ids"], ["__count"]
        )
        counts = {goal.id: count for goal, count in groups}
        for goal in self:
            goal.field_count = counts.get(goal.id, 0)
