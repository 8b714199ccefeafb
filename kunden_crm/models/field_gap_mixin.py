from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .field_verdict import PERCENT

READERS, PROTECTED_GROUPS = "kunden_crm.group_reader", "kunden_crm.group_confidential"
# What changes the verdict on the contacts of a company, not only on the company itself.
_OF_HEAD = {"is_company", "parent_id", "supplier_rank", "customer_rank", "customer_stage"}
_RELATIONS = ("missing_field_ids", "missing_protected_ids", "missing_goal_ids")
_FIGURES = {"completeness": "", "completeness_protected": "_protected"}


class JudgedMany2many(fields.Many2many):
    """A relation that is a view of the verdicts: read like any other, filled by the judgement."""

    def update_db(self, model, columns):
        """The view is made with the table of the verdicts; there is nothing to fill it with."""
        model.env["kunden.field.verdict"]._make_table()
        return False

    def write_real(self, records_commands_list, create=False):
        """Nothing is written but by the judgement."""

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        """Who is to be judged is judged before somebody searches."""
        model._recompute_model([self.name])
        return super().condition_to_sql(field_expr, operator, value, model, alias, query)


class KundenFieldGapMixin(models.AbstractModel):
    """What the rules miss in a customer file, and how complete it is.

    `missing_field_ids` is a stored computed field whose triggers are the columns that the rules in
    force look at, so that no change of a rule makes the registry anew.
    """

    _name = "kunden.field.gap.mixin"
    _inherit = ["kunden.column.mixin", "kunden.reading.mixin"]
    _description = "Completeness of a Customer File"

    missing_field_ids = JudgedMany2many(
        "kunden.field",
        "kunden_field_missing",
        "partner_id",
        "field_id",
        string="Missing Fields",
        compute="_compute_missing_field_ids",
        store=True,
        copy=False,
        groups=READERS,
        help="What the mandatory and recommended fields of the catalogue miss in this file.",
    )
    missing_protected_ids = JudgedMany2many(
        "kunden.field",
        "kunden_field_missing_protected",
        "partner_id",
        "field_id",
        string="Missing Protected Fields",
        compute="_compute_missing_field_ids",
        store=True,
        copy=False,
        groups=PROTECTED_GROUPS,
    )
    missing_goal_ids = JudgedMany2many(
        "kunden.goal",
        "kunden_field_missing_goal",
        "partner_id",
        "goal_id",
        string="Goals Missing Something",
        compute="_compute_missing_field_ids",
        store=True,
        copy=False,
        groups=READERS,
        help="The goals for which a normal field is missing.",
    )
    completeness = fields.Integer(
        string="Completeness (%)",
        compute="_compute_completeness",
        search="_search_completeness",
        aggregator="avg",
        groups=READERS,
        help="How many of the normal fields that the rules ask are filled in.",
    )
    completeness_protected = fields.Integer(
        string="Completeness of Protected Fields (%)",
        compute="_compute_completeness",
        search="_search_completeness_protected",
        aggregator="avg",
        groups=PROTECTED_GROUPS,
    )
    rules_version = fields.Integer(
        string="Checked with Rule Version", compute="_compute_completeness", groups=READERS
    )

    @api.model
    def _gap_figures(self):
        return [*_RELATIONS, *_FIGURES, "rules_version"]

    @api.model
    def _what_may_be_empty(self):
        judged = "EXISTS (SELECT FROM kunden_field_verdict WHERE id = partner.id)"
        return super()._what_may_be_empty() | {
            "missing_field_ids": ((), judged),
            "missing_protected_ids": ((), judged),
            "missing_goal_ids": ((), judged),
            "completeness": (100, judged),
            "completeness_protected": (100, judged),
            "rules_version": (0, judged),
        }

    def _compute_missing_field_ids(self):
        new = self.filtered(lambda partner: not isinstance(partner.id, int))
        for partner in new:
            for name in _RELATIONS:
                partner[name] = partner._origin[name]
        (self - new)._judge_now()

    def _judge_pending(self):
        """Judge those of these contacts who wait for it; by id their verdicts."""
        field = self._fields["missing_field_ids"]
        waiting = self & self.env.records_to_compute(field)
        return waiting._judge_now(tell=True)

    def _judge_now(self, tell=False):
        """Judge these contacts; what waits is stored before and does not ask a second time."""
        told = self.env["kunden.field.verdict"]._judge_ids(self._ids, tell)
        for name in _RELATIONS:
            self.env.remove_to_compute(self._fields[name], self)
            self._fields[name]._invalidate_cache(self.env, self._ids)
        return told

    def modified(self, fnames, create=False, before=False):
        """A change of what the rules look at has the contact judged anew."""
        super().modified(fnames, create, before)
        if before or not self:
            return
        if not self.env["kunden.field.rule"]._watched().isdisjoint(fnames):
            self._have_judged(() if create else fnames)

    def _have_judged(self, fnames):
        """Notes that these contacts are judged when somebody asks, at the latest when stored."""
        saved = self.browse(partner_id for partner_id in self._ids if isinstance(partner_id, int))
        if saved and not _OF_HEAD.isdisjoint(fnames):
            below = SQL(
                "SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%(ids)s)"
                " OR parent_id = ANY(%(ids)s)",
                ids=saved.ids,
            )
            # not flushed: who is not stored yet is judged anyway
            self.env.cr.execute(below)
            saved |= self.browse(number for (number,) in self.env.cr.fetchall())
        for name in _RELATIONS:
            self.env.add_to_compute(self._fields[name], saved)
        saved.invalidate_recordset([*_FIGURES, "rules_version"], flush=False)

    @api.depends("missing_field_ids")
    def _compute_completeness(self):
        self._recompute_recordset(["missing_field_ids"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, version, %s, %s FROM kunden_field_verdict WHERE id = ANY(%s)",
                *(SQL(PERCENT % {"kind": kind}) for kind in _FIGURES.values()),
                self.ids,
            )
        )
        found = {partner_id: figures for partner_id, *figures in rows}
        for partner in self:
            version, normal, protected = found.get(partner._origin.id, (0, 100, 100))
            partner.rules_version = version
            partner.completeness = normal
            partner.completeness_protected = protected

    @api.model
    def _search_completeness(self, operator, value):
        return self._search_percent("completeness", operator, value)

    @api.model
    def _search_completeness_protected(self, operator, value):
        return self._search_percent("completeness_protected", operator, value)

    @api.model
    def _search_percent(self, name, operator, value):
        """Core asks for the right to read a field only where it is a column."""
        self._check_field_access(self._fields[name], "read")
        if operator not in ("in", "<", ">", "<=", ">="):
            return NotImplemented
        self.flush_model(["missing_field_ids"])

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, name, query)
            if operator == "in":
                return SQL("%s = ANY(%s)", column, [one or 0 for one in value])
            return SQL("%s %s %s", column, SQL(operator), value)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _column_makers(self):
        return super()._column_makers() | dict.fromkeys(_FIGURES, "_percent_sql")

    def _percent_sql(self, alias, name, query):
        figure = query.make_alias(alias, name)
        verdicts = SQL(
            "(SELECT id, %s AS value FROM kunden_field_verdict)",
            SQL(PERCENT % {"kind": _FIGURES[name]}),
        )
        condition = SQL("%s = %s", SQL.identifier(alias, "id"), SQL.identifier(figure, "id"))
        query.add_join("LEFT JOIN", figure, verdicts, condition)
        return SQL(
            "coalesce(%s, 100)",
            SQL.identifier(figure, "value"),
            to_flush=self._fields["missing_field_ids"],
        )

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Who is to be judged is judged before somebody groups."""
        if groupby_spec in _RELATIONS:
            self._recompute_model([groupby_spec])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def unlink(self):
        """Who goes takes his verdict along."""
        ids = self.ids
        done = super().unlink()
        self.env.cr.execute(SQL("DELETE FROM kunden_field_verdict WHERE id = ANY(%s)", ids))
        return done
