from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .field_quality_overdue_mixin import PARTS
from .field_verdict import PERCENT

_COLUMNS = ("measure", "dimension", "company_id", "origin", "team_id", "user_id", "goal_id")
_COLUMNS += ("field_id", "section", "count", "total", "share")
_STATEMENT = """
WITH target AS MATERIALIZED (SELECT id FROM res_partner WHERE active),
pattern AS MATERIALIZED (
    SELECT row_number() OVER () AS id, marked.* FROM (%(patterns)s) AS marked
), figure AS MATERIALIZED (
    SELECT *, concat_ws('/', measure, dimension, coalesce(company_id::text, ''),
                        coalesce(origin, section, ''),
                        coalesce(team_id, user_id, goal_id, field_id)) AS key
      FROM (%(branches)s) AS branch (%(columns)s)
), gone AS (
    DELETE FROM kunden_field_quality
     WHERE day = %(day)s AND key NOT IN (SELECT key FROM figure)
)
INSERT INTO kunden_field_quality (day, computed_at, sequence, key, %(columns)s)
SELECT %(day)s, %(now)s, array_position(%(measures)s::varchar[], measure::varchar), key,
       %(columns)s
  FROM figure
    ON CONFLICT (day, key) DO UPDATE
   SET computed_at = excluded.computed_at, count = excluded.count, total = excluded.total,
       share = excluded.share
"""
_BY_GROUP = """
SELECT %(measure)s,
       CASE grouping(origin, team_id, user_id)
            WHEN 7 THEN 'all' WHEN 3 THEN 'origin' WHEN 5 THEN 'team' ELSE 'user' END,
       company_id, origin, team_id, user_id, NULL::int, NULL::int, NULL,
       coalesce(sum(files) FILTER (WHERE %(asked)s AND %(affected)s), 0),
       coalesce(sum(files) FILTER (WHERE %(asked)s), 0), coalesce(%(share)s, 0)
  FROM pattern
 GROUP BY GROUPING SETS ((company_id), (company_id, origin), (company_id, team_id),
                         (company_id, user_id))
HAVING sum(files) FILTER (WHERE %(asked)s) > 0 OR grouping(origin, team_id, user_id) = 7
"""
_MEAN = """
coalesce(sum(files) FILTER (WHERE %(asked)s AND %(affected)s), 0)::float
/ nullif(sum(files) FILTER (WHERE %(asked)s), 0)
"""
_BY_FIELD = """
SELECT measure.name, 'field', company_id, NULL, NULL::int, NULL::int, NULL::int, field_id, NULL,
       lacking, asking, CASE measure.name WHEN 'missing' THEN lacking / asking
                                          ELSE 1 - lacking / asking END
  FROM (VALUES ('completeness'), ('missing')) AS measure (name), (
       SELECT company_id, field_id, sum(files) AS asking,
              coalesce(sum(files) FILTER (WHERE field_id = ANY(missing)), 0) AS lacking
         FROM pattern, LATERAL (SELECT DISTINCT unnest(asked || missing) AS field_id) AS one
        GROUP BY company_id, field_id
  ) AS of_field
"""
_BY_GOAL = """
SELECT measure.name, 'goal', company_id, NULL, NULL::int, NULL::int, goal_id, NULL::int, NULL,
       lacking, asking, CASE measure.name WHEN 'missing' THEN lacking / asking ELSE filled END
  FROM (VALUES ('completeness'), ('missing')) AS measure (name), (
       SELECT company_id, goal_id, sum(files) AS asking,
              coalesce(sum(files) FILTER (WHERE lacking > 0), 0) AS lacking,
              sum(files * (asking - lacking)::float / asking) / sum(files) AS filled
         FROM (SELECT pattern.id, company_id, files, goal.id AS goal_id, count(*) AS asking,
                      count(*) FILTER (WHERE one.field_id = ANY(missing)) AS lacking
                 FROM pattern,
                      LATERAL (SELECT DISTINCT unnest(asked || missing) AS field_id) AS one
                 JOIN kunden_field entry ON entry.id = one.field_id
                  AND entry.sensitivity = 'normal'
                 JOIN kunden_field_kunden_goal_rel serves ON serves.kunden_field_id = entry.id
                 JOIN kunden_goal goal ON goal.id = serves.kunden_goal_id AND goal.active
                GROUP BY pattern.id, company_id, files, goal.id, pattern.missing) AS part
        GROUP BY company_id, goal_id
  ) AS of_goal
"""
_BY_JUNK_FIELD = """
SELECT 'junk', 'field', company_id, NULL, NULL::int, NULL::int, NULL::int, field_id, NULL,
       sum(files), max(everybody), sum(files) / max(everybody)
  FROM (SELECT company_id, junk, files, sum(files) OVER (PARTITION BY company_id) AS everybody
          FROM pattern) AS counted, unnest(junk) AS field_id
 GROUP BY company_id, field_id
"""
_NORMAL_JUNK = """
junk && (SELECT array_agg(id) FROM kunden_field WHERE sensitivity = 'normal')
"""
# One row per pattern and part that can be wrong: the parts are VALUES (key, there, wrong).
_BY_PART = """
SELECT %(measure)s, %(dimension)s, company_id, NULL, NULL::int, NULL::int, NULL::int,
       %(field)s, %(section)s, coalesce(sum(files) FILTER (WHERE part.wrong), 0), sum(files),
       coalesce(sum(files) FILTER (WHERE part.wrong), 0)::float / sum(files)
  FROM pattern, LATERAL (VALUES %(parts)s) AS part (key, there, wrong)
 WHERE part.there AND part.key IS NOT NULL
 GROUP BY company_id, part.key
"""
_COMPLETE = "sum(percent * files)::float / nullif(sum(files), 0) / 100"
_WRONG = "coalesce(%s, '') <> '' AND coalesce(%s, '') <> ''"


class KundenFieldQualitySqlMixin(models.AbstractModel):
    """The figures of the page on data quality as one statement.

    `_file_columns` says of each customer file to whom it belongs and what is wrong in it. Files of
    which the same is said are one `pattern` with their number in `files`; each branch adds those up
    and returns the same columns. Another measure is a column more in `_file_columns`, a branch more
    in `_branches`, a word more in the field `measure` and a method `_wrong_<measure>`.
    """

    _name = "kunden.field.quality.sql.mixin"
    _inherit = "kunden.field.quality.overdue.mixin"
    _description = "Data Quality as SQL"

    @api.model
    def _statement(self, day, patterns=None):
        """All figures of that day; who has one of them open keeps it when they are counted anew.

        Patterns that have been counted before are added up; else all files are counted now.
        """
        return SQL(
            _STATEMENT,
            patterns=patterns or self._patterns(day, lambda _column: SQL("TRUE"))[0],
            columns=SQL(", ").join(map(SQL.identifier, _COLUMNS)),
            day=day,
            now=fields.Datetime.now(),
            measures=[measure for measure, _label in self._fields["measure"].selection],
            branches=SQL(" UNION ALL ").join(self._branches()),
        )

    @api.model
    def _patterns(self, day, scope):
        """A SELECT of the patterns of files whose id meets a condition, and its columns as SQL.

        `target (id)` holds the same contacts, for conditions of rules.
        """
        query, columns = self._file_query(day, scope)
        # flushed: the caller flushes all that is to be written
        files = query.select(
            *(SQL("%s AS %s", column, SQL.identifier(name)) for name, column in columns.items())
        )
        marks = SQL(", ").join(map(SQL.identifier, columns))
        counted = SQL(
            "SELECT %s, count(*) AS files FROM (%s) AS file GROUP BY %s", marks, files, marks
        )
        return counted, marks

    @api.model
    def _file_query(self, day, scope):
        """The files whose id meets a condition, and name -> SQL of what is known of each."""
        rules = self.env["kunden.field.rule"]._of_nobody()
        rules = rules.browse(rules._in_force(rules._today()))
        query = rules._judging_query(target=False)
        query.add_where(scope(SQL("partner.id")))
        judged = SQL("verdict.id = partner.id AND %s", scope(SQL("verdict.id")))
        query.add_join("LEFT JOIN", "verdict", "kunden_field_verdict", judged)
        query.add_join("LEFT JOIN", "owner", "res_users", SQL("owner.id = partner.user_id"))
        self._join_confirmations(query, scope)
        return query, self._file_columns(rules, query, day)

    @api.model
    def _file_columns(self, rules, query, day):
        """Extend me: name -> SQL of a column of `pattern`, asked of the row `partner`."""
        asked = SQL(", ").join(
            SQL(
                "CASE WHEN %s THEN %s END",
                SQL(" OR ").join(rule._asks_sql(query) for rule in its_rules),
                entry.id,
            )
            for entry, its_rules in rules.grouped("catalogue_id").items()
        )
        # sudo: the figures are nobody's own; who reads them is asked later
        partners = self.env["res.partner"].sudo()
        junk = partners._junk_sql(query)
        marks = (SQL("CASE WHEN %s THEN %s END", mark, entry.id) for entry, mark in junk.items())
        return {
            "company_id": SQL("coalesce(partner.company_id, %s)", self._only_company().id or None),
            "origin": partners._field_to_sql("partner", "file_origin", query),
            "team_id": SQL("owner.sale_team_id"),
            "user_id": SQL("partner.user_id"),
            "percent": SQL(PERCENT % {"kind": ""}),
            "lacks": SQL("coalesce(verdict.missing, '{}') <> '{}'"),
            "missing": SQL("coalesce(verdict.missing || verdict.missing_protected, '{}')"),
            "asked": SQL("array_remove(ARRAY[%s]::int[], NULL)", asked),
            "junk": SQL("array_remove(ARRAY[%s]::int[], NULL)", SQL(", ").join(marks)),
            "has_phone": SQL("coalesce(partner.phone, '') <> ''"),
            "wrong_phone": SQL(_WRONG, SQL("partner.phone"), SQL("partner.phone_problem")),
            "has_mobile": SQL("coalesce(partner.mobile, '') <> ''"),
            "wrong_mobile": SQL(_WRONG, SQL("partner.mobile"), SQL("partner.mobile_problem")),
            "has_email": SQL("coalesce(partner.email, '') <> ''"),
            "wrong_email": SQL(
                "coalesce(partner.email, '') <> '' AND (coalesce(partner.message_bounce, 0) > 0"
                " OR coalesce(partner.email_normalized, '') = '')"
            ),
            **self._overdue_columns(day),
        }

    @api.model
    def _branches(self):
        """Extend me: SELECTs from `pattern`, each with the columns of the figures."""
        any_due = SQL(" OR ").join(SQL.identifier(f"{part}_due") for part in PARTS)
        any_asked = SQL(" OR ").join(SQL.identifier(f"{part}_asked") for part in PARTS)
        return [
            self._by_group("completeness", SQL("lacks"), share=SQL(_COMPLETE)),
            self._by_group("missing", SQL("lacks")),
            self._by_group("junk", SQL(_NORMAL_JUNK)),
            self._by_group(
                "phone", SQL("(wrong_phone OR wrong_mobile)"), SQL("(has_phone OR has_mobile)")
            ),
            self._by_group("email", SQL("wrong_email"), SQL("has_email")),
            self._by_group("overdue", SQL("(%s)", any_due), SQL("(%s)", any_asked)),
            SQL(_BY_FIELD),
            SQL(_BY_GOAL),
            SQL(_BY_JUNK_FIELD),
            self._by_phone_field(),
            self._by_section(),
        ]

    @api.model
    def _by_group(self, measure, affected, asked=None, share=None):
        """A measure of all files, and by origin, team and owner, as one branch."""
        asked = asked or SQL("TRUE")
        mean = SQL(_MEAN, affected=affected, asked=asked)
        return SQL(_BY_GROUP, measure=measure, affected=affected, asked=asked, share=share or mean)

    @api.model
    def _by_phone_field(self):
        """The unreadable numbers by the field that holds them."""
        rows = (
            SQL(
                "(%s::int, %s, %s)",
                self._entry_of(name).id or None,
                SQL.identifier(f"has_{name}"),
                SQL.identifier(f"wrong_{name}"),
            )
            for name in ("phone", "mobile")
        )
        return SQL(
            _BY_PART,
            measure="phone",
            dimension="field",
            field=SQL("part.key"),
            section=SQL("NULL"),
            parts=SQL(", ").join(rows),
        )

    @api.model
    def _by_section(self):
        """What is to be confirmed again by the part of the file."""
        rows = (
            SQL("(%s, %s, %s)", part, *(SQL.identifier(f"{part}_{w}") for w in ("asked", "due")))
            for part in PARTS
        )
        return SQL(
            _BY_PART,
            measure="overdue",
            dimension="section",
            field=SQL("NULL::int"),
            section=SQL("part.key"),
            parts=SQL(", ").join(rows),
        )

    @api.model
    def _entry_of(self, name):
        """The line of the catalogue of this field of the contact, if there is one."""
        # sudo: the figures are nobody's own; who reads them is asked later
        entries = self.env["kunden.field"].sudo()
        return entries.search(Domain("field_id.name", "=", name), limit=1)
