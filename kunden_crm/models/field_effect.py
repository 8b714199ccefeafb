from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_KINDS = ("created", "completed", "corrected", "confirmed")
# Goals come after the kinds: their ids follow.
_GOALS_FROM = 100
_QUERY = """
WITH colleague AS MATERIALIZED (%(colleagues)s),
deed AS (
    SELECT kind, field_id, user_id, date FROM kunden_field_filled WHERE date >= %(before)s
     UNION ALL SELECT 'created', NULL, user_id, date::date FROM (%(created)s) AS created
     UNION ALL SELECT 'confirmed', NULL, user_id, date FROM kunden_field_confirmation
                WHERE date >= %(before)s
), line AS (
    SELECT kind, NULL::int AS goal_id, user_id, date FROM deed
     UNION ALL
    SELECT 'goal', goal.id, user_id, date FROM deed
      JOIN kunden_field_kunden_goal_rel serves ON serves.kunden_field_id = deed.field_id
      JOIN kunden_goal goal ON goal.id = serves.kunden_goal_id AND goal.active
), wanted AS (
    SELECT position::int AS id, kind, NULL::int AS goal_id
      FROM unnest(%(kinds)s::varchar[]) WITH ORDINALITY AS each (kind, position)
     UNION ALL SELECT DISTINCT %(goals_from)s + goal_id, 'goal', goal_id
                 FROM line JOIN colleague ON colleague.id = line.user_id
                WHERE goal_id IS NOT NULL
)
SELECT wanted.id, wanted.kind, wanted.goal_id,
       count(*) FILTER (WHERE user_id = %(user)s AND date >= %(now)s) AS own_now,
       count(*) FILTER (WHERE user_id = %(user)s AND date < %(now)s) AS own_before,
       count(user_id) FILTER (WHERE date >= %(now)s) AS team_now,
       count(user_id) FILTER (WHERE date < %(now)s) AS team_before
  FROM wanted
  LEFT JOIN (SELECT line.* FROM line JOIN colleague ON colleague.id = line.user_id) AS done
    ON done.kind = wanted.kind AND done.goal_id IS NOT DISTINCT FROM wanted.goal_id
 GROUP BY wanted.id, wanted.kind, wanted.goal_id
"""


class KundenFieldEffect(models.Model):
    """VIEW: what the user has done for the files this month and last, and the sum of his team.

    Own figures and the sum only, nothing of a single colleague. Who is in no sales team sees the
    sum of all colleagues of his company.
    """

    _name = "kunden.field.effect"
    _description = "What Your Entry Does"
    _auto = False
    _order = "id"
    _depends = {
        "kunden.field.filled": ["kind", "field_id", "user_id", "date"],
        "kunden.field.confirmation": ["user_id", "date"],
        "kunden.field": ["goal_ids"],
        "kunden.goal": ["active"],
        "res.users": ["sale_team_id", "company_id", "active", "share"],
        "res.partner": ["create_uid", "create_date"],
    }

    kind = fields.Selection(
        [
            ("created", "Files created"),
            ("completed", "Missing details filled in"),
            ("corrected", "Phone numbers and e-mails corrected"),
            ("confirmed", "Details confirmed with the customer"),
            ("goal", "Helps the goal"),
        ],
        readonly=True,
    )
    goal_id = fields.Many2one("kunden.goal", readonly=True)
    name = fields.Char(string="What Was Done", compute="_compute_name")
    own_now = fields.Integer(string="You This Month", readonly=True)
    own_before = fields.Integer(string="You Last Month", readonly=True)
    team_now = fields.Integer(string="Team This Month", readonly=True)
    team_before = fields.Integer(string="Team Last Month", readonly=True)

    @api.depends("kind", "goal_id")
    @api.depends_context("lang")
    def _compute_name(self):
        words = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            told = words.get(line.kind, "")
            line.name = f"{told}: {line.goal_id.name}" if line.goal_id else told

    @property
    def _table_query(self):
        now, before = self._months()
        created = Domain("create_date", ">=", str(before)) & Domain("is_customer_file", "=", True)
        files = self.env["res.partner"]._search(created)
        mine = SQL("res_partner.create_uid AS user_id"), SQL("res_partner.create_date AS date")
        return SQL(
            _QUERY,
            colleagues=self._colleagues(),
            created=files.select(*mine),
            kinds=list(_KINDS),
            goals_from=_GOALS_FROM,
            user=self.env.uid,
            now=now,
            before=before,
        )

    @api.model
    def _months(self):
        """The first days of this month and of the last."""
        now = fields.Date.start_of(fields.Date.context_today(self), "month")
        return now, fields.Date.subtract(now, months=1)

    @api.model
    def _colleagues(self):
        """The ids of those whose sum the user sees, himself among them."""
        # sudo: nobody but the user himself leaves the sum
        user = self.env.user.sudo()
        if user.sale_team_id:
            return SQL("SELECT id FROM res_users WHERE sale_team_id = %s", user.sale_team_id.id)
        return SQL(
            "SELECT id FROM res_users WHERE company_id = %s AND share IS NOT TRUE",
            user.company_id.id,
        )

    def action_open_files(self):
        """The files that the user himself has done this for, this month and last."""
        self.ensure_one()
        _now, before = self._months()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_customers")
        action |= {"context": {}, "path": False, "name": self.name, "display_name": self.name}
        return action | {"domain": list(self._own_domain(before))}

    def _own_domain(self, since):
        """The contacts of the user's own deeds of this line since that day."""
        own = Domain("user_id", "=", self.env.uid) & Domain("date", ">=", since)
        if self.kind == "created":
            mine = Domain("create_uid", "=", self.env.uid) & Domain("is_customer_file", "=", True)
            return mine & Domain("create_date", ">=", str(since))
        if self.kind == "confirmed":
            done = self.env["kunden.field.confirmation"].search(own)
        elif self.kind == "goal":
            own &= Domain("field_id.goal_ids", "in", self.goal_id.ids)
            done = self.env["kunden.field.filled"].search(own)
        else:
            own &= Domain("kind", "=", self.kind)
            done = self.env["kunden.field.filled"].search(own)
        return Domain("id", "in", done.partner_id.ids)
