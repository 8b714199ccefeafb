from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, Query
from odoo.tools.safe_eval import safe_eval

from ..kernel.blanks import MARKS

# Kinds of columns of which a rule can say that they are empty.
_TEXTS = {"char", "text", "html"}
_NUMBERS = {"integer", "float", "monetary"}
# A text that begins with a letter or a digit, as most do, is no mere mark and only looked up.
_BLANK = """
(%(raw)s IS NULL
 OR ascii(%(text)s) NOT BETWEEN 48 AND 57 AND ascii(%(text)s) NOT BETWEEN 65 AND 90
    AND ascii(%(text)s) NOT BETWEEN 97 AND 122 AND translate(%(text)s, %(marks)s, '') = ''
 OR lower(btrim(%(text)s)) = ANY(%(texts)s))
"""
_EDITED = "regexp_replace(%s, '<(?!img)[^>]*>|&nbsp;', '', 'g')"
# Judgements of the rules themselves: a rule that asked for them would judge itself.
_OWN = ("missing_field_ids", "missing_protected_ids", "missing_goal_ids", "completeness")
_OWN += ("rules_version",)
_SECRET = ("kunden_crm.group_confidential", "kunden_crm.group_special")


class KundenFieldRuleSqlMixin(models.AbstractModel):
    """The rules in force as one statement: the same truth for doors, work list and job.

    A contact is judged by its row, that of its commercial contact, and for conditions through other
    tables by one semi-join per rule over the contacts that are judged.
    """

    _name = "kunden.field.rule.sql.mixin"
    _description = "Mandatory Fields as SQL"

    @api.model
    def _judged_sql(self, scope, today=None):
        """The files whose id meets a condition: id, asked, missing, the same of protected fields.

        `asked` are numbers, `missing` arrays of the ids of catalogue lines; contacts that are no
        customer file have no row. `target (id)` holds the same contacts, for conditions.
        """
        counts, columns, source, files = self._judged_parts(today or self._today())
        # OFFSET 0: each condition is judged once, though asked and missing both need it
        return SQL(
            "SELECT id, %s FROM (SELECT partner.id, %s FROM %s WHERE %s AND %s OFFSET 0) AS rows",
            counts,
            columns,
            source,
            scope(SQL("partner.id")),
            files,
        )

    @api.model
    @tools.ormcache("today")
    def _judged_parts(self, today):
        """What is the same for all statements of a day: counts, columns, tables and files."""
        # a verdict is the same whoever saves, wherever he works: it is judged without his context,
        # with all rights, and conditions with those of their owner
        rules = self._of_nobody().browse(self._in_force(today))
        query = rules._judging_query(target=False)
        columns, marks = [SQL("TRUE")], {False: [], True: []}
        for number, (entry, its_rules) in enumerate(rules.grouped("catalogue_id").items()):
            asked, missing = f"asked_{number}", f"missing_{number}"
            asks = SQL(" OR ").join(rule._asks_sql(query) for rule in its_rules)
            columns.append(SQL("(%s) IS TRUE AS %s", asks, SQL.identifier(asked)))
            blank = rules._blank_sql(entry, query)
            columns.append(SQL("(%s) IS TRUE AS %s", blank, SQL.identifier(missing)))
            mark = (SQL.identifier(asked), SQL.identifier(missing), entry.id)
            marks[entry.sensitivity != "normal"].append(mark)
        counts = [count for kind in (False, True) for count in self._counts_sql(marks[kind])]
        names = ("asked", "missing", "asked_protected", "missing_protected")
        told = [
            SQL("%s AS %s", count, SQL.identifier(name))
            for count, name in zip(counts, names, strict=True)
        ]
        comma = SQL(", ")
        return comma.join(told), comma.join(columns), query.from_clause, query.where_clause

    @api.model
    def _of_nobody(self):
        """These rules with all rights and without a word of whoever asks, such as his companies."""
        return self.with_env(self.env(user=SUPERUSER_ID, context={}))

    @api.model
    def _watched(self):
        """The names of the fields of a contact whose change may change the verdict on it."""
        return self._watched_on(self._today())

    @api.model
    @tools.ormcache("today")
    def _watched_on(self, today):
        # sudo: names of fields only, for whoever saves
        rules = self.sudo().browse(self._in_force(today))
        if not rules:
            return frozenset()
        partners = self.env["res.partner"]
        looked_at = (field for part in self._judged_parts(today) for field in part.to_flush)
        needed = {field for field in looked_at if field.model_name == partners._name}
        names = set(rules.catalogue_id.mapped("technical_name"))
        for rule in rules:
            asked = rule._condition().iter_conditions()
            names |= {condition.field_expr.partition(".")[0] for condition in asked}
        needed |= {partners._fields[name] for name in names if name in partners._fields}
        names |= {field.name for field in needed}
        depends_on = self.pool.get_dependent_fields
        for field in partners._fields.values():
            if not needed.isdisjoint(depends_on(field)):
                names.add(field.name)
        return frozenset(names)

    @api.model
    def _counts_sql(self, marks):
        """How many of these fields are asked, and the ids of those that are missing."""
        asked = SQL(" + ").join([SQL("0"), *(SQL("%s::int", asked) for asked, _m, _id in marks)])
        missing = SQL(", ").join(
            SQL("CASE WHEN %s AND %s THEN %s END", asked, missing, entry_id)
            for asked, missing, entry_id in marks
        )
        return asked, SQL("array_remove(ARRAY[%s]::int[], NULL)", missing)

    @api.model
    def _judging_query(self, target=True):
        """The files, of `target` or of all, each with its commercial contact `head`."""
        partners = self.env["res.partner"]
        query = Query(partners.env, "partner", SQL.identifier("res_partner"))
        if target:
            query.add_join("JOIN", "target", None, SQL("target.id = partner.id"))
        commercial = SQL.identifier(
            "partner",
            "commercial_partner_id",
            to_flush=partners._fields["commercial_partner_id"],
        )
        head = SQL.identifier("head", "id")
        query.add_join("LEFT JOIN", "head", "res_partner", SQL("%s = %s", commercial, head))
        query.add_where(self._is_file_sql())
        return query

    @api.model
    def _is_file_sql(self):
        """As `is_customer_file` in kunden.file.mixin says it, without a list of all suppliers."""
        partners = self.env["res.partner"]
        names = ("active", "type", "partner_share", "employee", "supplier_rank", "customer_rank")
        return SQL(
            """partner.active AND partner.type = 'contact' AND partner.partner_share
               AND partner.employee IS NOT TRUE AND partner.id <> ALL(%s)
               AND (coalesce(head.supplier_rank, 0) = 0 OR coalesce(head.customer_rank, 0) <> 0
                    OR coalesce(head.customer_stage, '') IN ('prospect', 'customer'))""",
            partners._own_company_partner_ids(),
            to_flush=[partners._fields[name] for name in (*names, "customer_stage")],
        )

    def _asks_sql(self, query):
        """Whether this rule asks the contact of the row."""
        self.ensure_one()
        partners = self.env["res.partner"]
        conditions = [SQL("TRUE")]
        if self.customer_kind != "any":
            kinds = {
                "person": SQL("partner.is_company IS NOT TRUE"),
                "private": SQL("partner.is_company IS NOT TRUE AND head.is_company IS NOT TRUE"),
                "company": SQL("partner.is_company"),
            }
            field = partners._fields["is_company"]
            conditions.append(SQL("%s", kinds[self.customer_kind], to_flush=field))
        if self.customer_stage:
            stage = partners._field_to_sql("partner", "customer_stage", query)
            conditions.append(SQL("%s = %s", stage, self.customer_stage))
        if self.company_id:
            company = partners._field_to_sql("partner", "company_id", query)
            conditions.append(SQL("coalesce(%s, %s) = %s", company, *[self.company_id.id] * 2))
        condition = self._condition()
        if not condition.is_true():
            conditions.append(self._among_sql(self._owned_partners(), condition))
        return SQL("(%s)", SQL(" AND ").join(conditions))

    @api.model
    def _among_sql(self, partners, condition):
        """Whether the contact of the row is one of those that a domain finds among the target."""
        found = partners._search(condition)
        found.add_where(SQL("%s IN (SELECT id FROM target)", SQL.identifier("res_partner", "id")))
        return SQL("partner.id IN %s", found.subselect())

    @api.model
    def _blank_sql(self, entry, query):
        """Whether the field of this catalogue line says nothing in the row."""
        # sudo: see _judged_sql
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        field = partners._fields[entry.technical_name]
        if not field.store or not field.column_type:
            return self._among_sql(partners, Domain(field.name, "=", False))
        column = partners._field_to_sql("partner", field.name, query)
        texts, days = self.env["kunden.field.placeholder"]._texts_and_days()
        if field.type in _TEXTS:
            text = SQL(_EDITED, column) if field.type == "html" else column
            blank = SQL(_BLANK, raw=column, text=text, marks=MARKS, texts=texts)
            problem, codes = partners._no_value_codes().get(field.name, (None, ()))
            if not problem:
                return blank
            problem = partners._field_to_sql("partner", problem, query)
            return SQL("%s OR coalesce(%s, '') = ANY(%s)", blank, problem, list(codes))
        if field.type in _NUMBERS and not entry.zero_is_answer:
            return SQL("coalesce(%s, 0) = 0", column)
        if field.type == "date":
            return SQL("%s IS NULL OR %s = ANY(%s::date[])", column, column, days)
        if field.type in ("selection", "reference"):
            return SQL("coalesce(%s, '') = ''", column)
        return SQL("%s IS NULL", column)

    def _lacking(self, partners):
        """Those of these contacts in whose files the field of this rule says nothing; one query."""
        self.ensure_one()
        query = self._judging_query()
        query.add_where(self._blank_sql(self.catalogue_id, query))
        target = SQL("WITH target AS MATERIALIZED (SELECT unnest(%s) AS id)", partners.ids)
        rows = query.select(SQL.identifier("partner", "id"))
        found = self.env.execute_query(SQL("%s %s", target, rows)) if partners else ()
        return partners.browse(number for (number,) in found)

    def _owned_partners(self):
        """The contacts as the owner of the condition sees them, the archived ones too."""
        self.ensure_one()
        owner = self.owner_id or self.create_uid
        # not the context of whoever saves: the owner may not work in his companies
        env = self.env(user=owner.id, su=False, context={"active_test": False})
        return env["res.partner"]

    def _condition(self):
        """The condition of the rule as a domain; ValueError or the like where it is none."""
        self.ensure_one()
        words = {
            "uid": (self.owner_id or self.create_uid or self.env.user).id,
            "context_today": lambda: fields.Date.context_today(self),
            "datetime": datetime,
            "date": date,
            "relativedelta": relativedelta,
        }
        return Domain(safe_eval(self.domain or "[]", words))

    @api.model
    def _secret_in(self, model, domain):
        """The label of a protected field that a domain asks for: each mark would tell its value."""
        protected = self.env["res.partner"]._kunden_protected
        for condition in domain.iter_conditions():
            at = model
            for name in condition.field_expr.split("."):
                field = at._fields.get(name)
                if not field:
                    break
                ours = at._name in ("res.partner", "res.users") and name in protected
                if ours or any(group in (field.groups or "") for group in _SECRET):
                    return field.string
                at = self.env[field.comodel_name] if field.relational else at
            inner = Domain(condition.value) if "any" in condition.operator else Domain.TRUE
            if secret := self._secret_in(at, inner):
                return secret
        return None

    def _problem(self):
        """Why this rule could not be kept, as a sentence; None where it can."""
        self.ensure_one()
        if problem := self.catalogue_id._unaskable():
            return problem
        if self.date_from and self.date_to and self.date_from > self.date_to:
            return self.env._("The rule ends before it begins.")
        if any(name in (self.domain or "") for name in _OWN):
            return self.env._("A condition cannot ask for what the rules themselves find.")
        try:
            condition = self._condition()
            self._owned_partners()._search(condition)
            if secret := self._secret_in(self.env["res.partner"], condition):
                return self.env._("The condition cannot be judged: %s", secret)
            return self._portal_problem()
        except (AccessError, UserError, ValueError, SyntaxError, TypeError, KeyError) as error:
            return self.env._("The condition cannot be judged: %s", error)
