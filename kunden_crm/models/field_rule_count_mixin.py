from odoo import api, fields, models
from odoo.tools import SQL


class KundenFieldRuleCountMixin(models.AbstractModel):
    """How many files a rule concerns, told while it is written, before it takes effect."""

    _name = "kunden.field.rule.count.mixin"
    _description = "Files That a Rule Concerns"

    affected_count = fields.Integer(
        string="Files Affected",
        compute="_compute_affected_count",
        help="Files that the rule asks and that lack the field; those you may see are counted.",
    )
    problem = fields.Char(compute="_compute_asks_today", help="Why the rule asks nobody.")
    asks_today = fields.Boolean(compute="_compute_asks_today")
    affected_note = fields.Char(string="Affected", compute="_compute_affected_count")

    @api.depends(
        "catalogue_id",
        "customer_kind",
        "customer_stage",
        "domain",
        "company_id",
    )
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_affected_count(self):
        for rule in self:
            rule.affected_count, rule.affected_note = 0, False
            if not rule.catalogue_id:
                continue
            if problem := rule._problem() or rule._secret():
                rule.affected_note = problem
                continue
            total, rule.affected_count = rule._count_affected()
            rule.affected_note = self.env._(
                "%(affected)s of %(total)s files affected",
                affected=self._grouped_number(rule.affected_count),
                total=self._grouped_number(total),
            )

    @api.depends("catalogue_id", "domain", "date_from", "date_to", "active")
    @api.depends_context("lang")
    def _compute_asks_today(self):
        in_force = self._in_force(self._today())
        for rule in self:
            rule.asks_today = rule._origin.id in in_force
            rule.problem = rule._problem() if rule.catalogue_id else False

    @api.model
    def _grouped_number(self, number):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{number:,}".replace(",", lang.thousands_sep or "")

    def _secret(self):
        """The sentence for whoever may not see the values: a count would tell them."""
        field = self.env["res.partner"]._fields[self.catalogue_id.technical_name]
        if self.env["res.partner"]._has_field_access(field, "read"):
            return None
        return self.env._("You may not see this field, so the files are not counted for you.")

    def _count_affected(self):
        """All files, and those that one of these rules asks and that lack its field: two numbers.

        Only contacts that the user may read are counted; one statement.
        """
        readable = self.env["res.partner"]._search([("is_customer_file", "=", True)])
        # sudo: the rules are judged as they will be; what is counted are contacts the user reads
        rules = self.sudo()
        query = rules._judging_query()
        lacking = [SQL("FALSE")]
        for entry, its_rules in rules.grouped("catalogue_id").items():
            asks = SQL(" OR ").join(rule._asks_sql(query) for rule in its_rules)
            lacking.append(SQL("((%s) AND (%s))", asks, rules._blank_sql(entry, query)))
        affected = SQL(" OR ").join(lacking)
        count = SQL(
            "WITH target AS MATERIALIZED (%s) %s",
            readable.select(SQL.identifier("res_partner", "id")),
            query.select(SQL("count(*)"), SQL("count(*) FILTER (WHERE %s)", affected)),
        )
        return self.env.execute_query(count)[0]

    def action_show_affected(self):
        """The files that lack the field of this rule."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_customers")
        action["domain"] = [("missing_field_ids", "=", self.catalogue_id.id)]
        action["context"] = {}
        return action
