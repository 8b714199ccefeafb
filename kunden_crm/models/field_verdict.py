from hashlib import sha256

from odoo import api, fields, models, tools
from odoo.tools import SQL

# As many contacts as are judged one by one; more are worth a plan for all.
_FEW = 20
_FUNCTION = "kunden_judge_"

# Half-filled pages and no index but that of the id: a verdict that turns stays on its page.
_MAKE = """
CREATE TABLE IF NOT EXISTS kunden_field_verdict (
    id integer PRIMARY KEY,
    version integer NOT NULL,
    asked smallint NOT NULL,
    asked_protected smallint NOT NULL,
    missing integer[] NOT NULL,
    missing_protected integer[] NOT NULL
) WITH (fillfactor = 50);
CREATE OR REPLACE VIEW kunden_field_missing AS
    SELECT verdict.id AS partner_id, gap.field_id
      FROM kunden_field_verdict verdict, unnest(verdict.missing) AS gap (field_id)
     WHERE verdict.missing <> '{}';
CREATE OR REPLACE VIEW kunden_field_missing_protected AS
    SELECT verdict.id AS partner_id, gap.field_id
      FROM kunden_field_verdict verdict, unnest(verdict.missing_protected) AS gap (field_id)
     WHERE verdict.missing_protected <> '{}';
CREATE OR REPLACE VIEW kunden_field_missing_goal AS
    SELECT DISTINCT missing.partner_id, goal.kunden_goal_id AS goal_id
      FROM kunden_field_missing missing
      JOIN kunden_field_kunden_goal_rel goal ON goal.kunden_field_id = missing.field_id;
"""
# An UPDATE and an INSERT: in a step of the job that takes half as long as ON CONFLICT DO UPDATE.
_JUDGE = """
WITH target AS %(target)s,
judged AS MATERIALIZED (%(judged)s),
gone AS (
    DELETE FROM kunden_field_verdict old
     USING (SELECT id FROM target EXCEPT SELECT id FROM judged) AS left_out
     WHERE old.id = left_out.id
), changed AS (
    UPDATE kunden_field_verdict old
       SET version = %(version)s, asked = judged.asked,
           asked_protected = judged.asked_protected, missing = judged.missing,
           missing_protected = judged.missing_protected
      FROM judged
     WHERE old.id = judged.id AND %(of_row)s
       AND (old.version, old.asked, old.asked_protected, old.missing, old.missing_protected)
           IS DISTINCT FROM (%(version)s, judged.asked, judged.asked_protected, judged.missing,
                             judged.missing_protected)
)
"""
_ADD = """
INSERT INTO kunden_field_verdict
       (id, version, asked, asked_protected, missing, missing_protected)
SELECT id, %(version)s, asked, asked_protected, missing, missing_protected FROM judged
 WHERE NOT EXISTS (SELECT FROM kunden_field_verdict old WHERE old.id = judged.id AND %(of_row)s)
    ON CONFLICT (id) DO NOTHING
"""
_JOB = f"{_JUDGE} {_ADD}"
# The same for one, which tells what it has found.
_SAVE = f"""{_JUDGE}, added AS ({_ADD})
SELECT id, %(version)s, missing || missing_protected FROM judged
"""
_BODY = """
#variable_conflict use_column
BEGIN RETURN QUERY {};
END
"""
# Whoever is asked for nothing, like whoever is no customer file, has no row: 100 per cent.
PERCENT = (
    "coalesce(100 * (asked%(kind)s - cardinality(missing%(kind)s)) / nullif(asked%(kind)s, 0), 100)"
)


class KundenFieldVerdict(models.Model):
    """JUDGEMENT: per customer file what the rules miss in it; rebuilt from rules and contacts.

    The row has the id of its contact. No foreign key leads to the contact: checking a million of
    them would take longer than judging them; whoever is deleted takes his row along.
    """

    _name = "kunden.field.verdict"
    _description = "Verdict on a Customer File"
    _auto = False
    _log_access = False

    version = fields.Integer(help="The version of the rules by which the file was judged.")
    asked = fields.Integer(help="How many normal fields the rules ask.")
    asked_protected = fields.Integer(help="How many protected fields the rules ask.")

    def init(self):
        """Table and views, where res.partner has not needed them before."""
        self._make_table()

    @api.model
    def _make_table(self):
        """The table, and for each kind of field a view that the contact reads as a relation."""
        self.env.cr.execute(SQL(_MAKE))

    @api.model
    def _judging(self, scope, today=None, statement=_JOB, target=None):
        """The statement that judges the contacts whose id meets a condition like "%s = 1"."""
        contact = SQL("res_partner.id")
        return SQL(
            statement,
            target=target or SQL("(SELECT id FROM res_partner WHERE %s)", scope(contact)),
            of_row=scope(SQL("old.id")),
            judged=self.env["kunden.field.rule"]._judged_sql(scope, today),
            version=self.env["kunden.field.check"]._version(),
        )

    @api.model
    def _judge(self, scope):
        """Judge these contacts anew, in one statement."""
        statement = self._judging(scope)
        self.env.flush_query(statement)
        self.env.cr.execute(statement)

    @api.model
    def _judge_ids(self, ids, tell=False):
        """Judge these contacts, nobody before there was a rule; told as by `_read`, if wanted.

        Who is no customer file misses nothing.
        """
        version = self.env["kunden.field.check"]._version()
        if not version or not ids:
            return {}
        today = self.env["kunden.field.rule"]._today()
        function = self._function_there(today) if len(ids) <= _FEW else None
        nothing = dict.fromkeys(ids, (version, ())) if tell else {}
        if function:
            self.env.flush_query(self._judging_one(today))
            judge = SQL.identifier(function)
            called = SQL("SELECT told.* FROM unnest(%s) AS one, %s(one) AS told", list(ids), judge)
            self.env.cr.execute(called)
            rows = self.env.cr.fetchall()
            return nothing | {number: verdict for number, *verdict in rows} if tell else {}
        self._judge(lambda column: SQL("%s = ANY(%s)", column, list(ids)))
        return nothing | self._read(ids) if tell else {}

    # Planning thirty rules takes ten times as long as judging a contact by them. In a function of
    # the database the plan is kept by each connection, whatever stands between it and us. Its name
    # is made of its text, so that a process which does not know of a newer rule yet calls its own.

    @api.model
    @tools.ormcache("today")
    def _judging_one(self, today):
        """The statement of the function for the rules of today."""
        # not materialized: each condition looks for this one contact by its id
        one = SQL("NOT MATERIALIZED (SELECT kunden_judged_id AS id)")
        return self._judging(lambda column: SQL("%s = kunden_judged_id", column), today, _SAVE, one)

    @api.model
    def _function(self, today):
        """Name and text of that function."""
        statement = self._judging_one(today)
        text = _BODY.format(self.env.cr.mogrify(statement.code, statement.params).decode())
        return f"{_FUNCTION}{sha256(text.encode()).hexdigest()[:16]}", text

    @api.model
    @tools.ormcache("today")
    def _function_there(self, today):
        """The name of the function for the rules of today; None before it is made."""
        name, _text = self._function(today)
        self.env.cr.execute(SQL("SELECT to_regproc(%s) IS NOT NULL", name))
        return name if self.env.cr.fetchone()[0] else None

    @api.model
    def _make_function(self):
        """Make the function for the rules of today, remembered with this day."""
        today = self.env["kunden.field.rule"]._today()
        name, text = self._function(today)
        made = SQL(
            """CREATE OR REPLACE FUNCTION %s(kunden_judged_id integer)
               RETURNS TABLE (kunden_id integer, kunden_version integer, kunden_missing integer[])
               LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS %s""",
            SQL.identifier(name),
            text,
        )
        self.env.cr.execute(made)
        remembered = SQL("COMMENT ON FUNCTION %s IS %s", SQL.identifier(name), today.isoformat())
        self.env.cr.execute(remembered)
        self.env.registry.clear_cache()

    @api.model
    def _drop_functions(self, before=None):
        """Drop the functions made before a day, but not that of today; without a day, all."""
        condition = SQL("TRUE")
        if before:
            condition = SQL(
                "proname <> %s AND obj_description(oid, 'pg_proc') < %s",
                self._function(self.env["kunden.field.rule"]._today())[0],
                before.isoformat(),
            )
        ours = SQL(
            """SELECT proname FROM pg_proc
                WHERE pronamespace = current_schema::regnamespace
                  AND starts_with(proname, %s) AND %s""",
            _FUNCTION,
            condition,
        )
        for (name,) in self.env.execute_query(ours):
            self.env.cr.execute(SQL("DROP FUNCTION %s", SQL.identifier(name)))

    @api.model
    def _judge_range(self, after, up_to):
        """Judge the contacts of these ids."""
        self._judge(lambda column: SQL("%s > %s AND %s <= %s", column, after, column, up_to))

    @api.model
    def _read(self, ids):
        """By id of the contact: (version, all that is missing, also what is protected)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, version, missing || missing_protected FROM kunden_field_verdict"
                " WHERE id = ANY(%s)",
                list(ids),
            )
        )
        return {partner_id: (version, missing) for partner_id, version, missing in rows}
