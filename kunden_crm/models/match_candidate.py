from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [("open", "Open"), ("same", "The Same"), ("different", "Not the Same")]

# The view behind `duplicate_ids`: an open pair, seen from either side.
_TWINS = """
CREATE OR REPLACE VIEW kunden_match_twin AS
    SELECT partner_id, other_id FROM kunden_match_candidate WHERE state = 'open'
     UNION ALL
    SELECT other_id, partner_id FROM kunden_match_candidate WHERE state = 'open'
"""
# What somebody has decided stays as it is; a pair that is found again shows today's reasons.
_STORE = """
INSERT INTO kunden_match_candidate AS candidate
       (partner_id, other_id, score, points, levels, state, scan_number, found_at)
SELECT a, b, certainty, points, array_to_string(reasons, ' '), 'open', %(scan)s, %(now)s
  FROM (%(found)s) AS found
 WHERE EXISTS (SELECT FROM res_partner WHERE id = found.a AND active)
   AND EXISTS (SELECT FROM res_partner WHERE id = found.b AND active)
    ON CONFLICT (partner_id, other_id) DO UPDATE
   SET score = excluded.score, points = excluded.points, levels = excluded.levels,
       scan_number = excluded.scan_number
 WHERE (candidate.score, candidate.levels, candidate.scan_number)
       IS DISTINCT FROM (excluded.score, excluded.levels, excluded.scan_number)
"""
_DECIDE = """
INSERT INTO kunden_match_candidate AS candidate
       (partner_id, other_id, score, levels, state, decided_by, decided_at, found_at)
SELECT least(one, two), greatest(one, two), coalesce(%(score)s, 0), %(levels)s, %(state)s,
       %(user)s, %(now)s, %(now)s
  FROM unnest(%(one)s::int[], %(two)s::int[]) AS pair (one, two) WHERE one <> two
    ON CONFLICT (partner_id, other_id) DO UPDATE
   SET state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
       group_id = NULL
"""
# Pairs of those who go become pairs of the survivor. "Not the same" wins over all else.
_INHERIT = """
WITH mine AS (
    DELETE FROM kunden_match_candidate WHERE partner_id = ANY(%(gone)s) OR other_id = ANY(%(gone)s)
    RETURNING CASE WHEN partner_id = ANY(%(gone)s) THEN %(survivor)s ELSE partner_id END AS one,
              CASE WHEN other_id = ANY(%(gone)s) THEN %(survivor)s ELSE other_id END AS two,
              score, points, levels, state, decided_by, decided_at, found_at
), pair AS (
    SELECT DISTINCT ON (1, 2) least(one, two) AS partner_id, greatest(one, two) AS other_id,
           score, points, levels, state, decided_by, decided_at, found_at
      FROM mine WHERE one <> two AND state <> 'same'
     ORDER BY 1, 2, state <> 'different', score DESC
)
INSERT INTO kunden_match_candidate AS candidate
       (partner_id, other_id, score, points, levels, state, decided_by, decided_at,
        found_at)
SELECT * FROM pair
    ON CONFLICT (partner_id, other_id) DO UPDATE
   SET state = 'different', decided_by = excluded.decided_by, decided_at = excluded.decided_at,
       group_id = NULL
 WHERE excluded.state = 'different' AND candidate.state <> 'different'
"""


class KundenMatchCandidate(models.Model):
    """JUDGEMENT: two contacts that may be the same; what somebody has decided of them stays."""

    _name = "kunden.match.candidate"
    _description = "Possible Duplicate"
    _order = "score desc, id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner", string="Possibly the Same as", required=True, index=True, ondelete="cascade"
    )
    score = fields.Integer(
        string="Certainty (%)",
        aggregator="max",
        help="How certain it is that both are the same, by the weights of the reasons.",
    )
    points = fields.Float(help="The sum of the weights.", groups="base.group_no_one")
    levels = fields.Char(groups="base.group_no_one", help="The reasons as the kernel names them.")
    reasons = fields.Char(compute="_compute_reasons")
    guard_note = fields.Char(string="Please Mind", compute="_compute_reasons")
    state = fields.Selection(STATES, required=True, default="open", readonly=True, index=True)
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="set null")
    decided_at = fields.Datetime(readonly=True)
    found_at = fields.Datetime(string="Found On", readonly=True)
    scan_number = fields.Integer(groups="base.group_no_one")
    group_id = fields.Many2one(
        "kunden.match.group", index="btree_not_null", ondelete="set null", readonly=True
    )

    _pair = models.UniqueIndex("(partner_id, other_id)", "This pair is known already.")
    _in_order = models.Constraint("CHECK (partner_id < other_id)", "A pair is stored once.")

    def init(self):
        """The view in which a contact sees its possible doubles."""
        self.env.cr.execute(SQL(_TWINS))

    @api.depends("levels", "partner_id.name", "other_id.name")
    @api.depends_context("lang", "uid")
    def _compute_reasons(self):
        words = self.env["kunden.match.weight"]
        # sudo: the codes of the reasons say nothing that the words do not
        for pair, plain in zip(self, self.sudo(), strict=True):
            codes = (plain.levels or "").split()
            names = plain.other_id._compared_names(plain.partner_id)
            pair.reasons = "; ".join(words._told(codes, names))
            pair.guard_note = words._told_notes(codes)

    def _is_harmless(self, percent):
        """Whether this pair may be merged unasked."""
        self.ensure_one()
        return self.score >= percent and not self.guard_note

    @api.depends("partner_id", "other_id")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.partner_id.display_name} / {pair.other_id.display_name}"

    # What a person decides

    def action_same(self):
        """Both are the same person or firm: note it and open the merge."""
        self._refuse_reader()
        self._note("same")
        return self.env["res.partner"]._open_merge(self.partner_id | self.other_id)

    def action_different(self):
        """They are not the same: kept for good, also when one of them is merged with a third."""
        self._refuse_reader()
        self._note("different")
        # where the decision is the end of the line, its form goes back to the list
        return self._work_list() if self.env.context.get("match_back") else True

    def action_reopen(self):
        """Take the decision back."""
        self._refuse_reader()
        self._note("open")
        return True

    @api.model
    def action_scan(self, _ids=None):
        """Compare all contacts: at once where they are few, else by the job, step by step.

        A button sends the chosen lines along; all contacts are compared all the same.
        """
        self._refuse_reader()
        return self.env["kunden.match.scan"]._begin()

    @api.model
    def _work_list(self):
        """The list of what is still to be decided."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_match_groups")
        return action | {"target": "main"}

    @api.model
    def _refuse_reader(self):
        """UserError for somebody who only reads the customer file."""
        if not (self.env.su or self.env.user.has_group("kunden_crm.group_user")):
            raise UserError(self.env._("Only clerks of the customer file decide on duplicates."))

    def _note(self, state):
        """Store what was decided of these pairs, which the user may read."""
        self.check_access("read")
        pairs = self.sudo()  # sudo: candidates are written by their buttons alone
        touched = (pairs.partner_id | pairs.other_id).ids
        decided = state != "open"
        pairs.write(
            {
                "state": state,
                "decided_by": self.env.uid if decided else False,
                "decided_at": fields.Datetime.now() if decided else False,
            }
        )
        self.env["kunden.match.group"]._regroup(touched)
        self.env["res.partner"].invalidate_model(["duplicate_ids"])

    @api.model
    def _decide(self, partner, others, state, levels=None, score=None):
        """Store a decision on pairs that may not have been found by a look yet."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                _DECIDE,
                one=[partner.id] * len(others),
                two=others.ids,
                state=state,
                score=score,
                levels=levels,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model(flush=False)
        self.env["kunden.match.group"]._regroup([partner.id, *others.ids])
        self.env["res.partner"].invalidate_model(["duplicate_ids"])

    # What a look stores

    @api.model
    def _store(self, found, scan_number=None):
        """Keep the pairs that a statement of the kernel finds; how many these are."""
        self.env.flush_all()
        now = fields.Datetime.now()
        self.env.cr.execute(SQL(_STORE, found=found, scan=scan_number, now=now))
        self.invalidate_model(flush=False)
        return self.env.cr.rowcount

    @api.model
    def _pass_on(self, gone, survivor):
        """The decisions on those who go are decisions on the survivor."""
        gone_pairs = ["|", ("partner_id", "in", gone.ids), ("other_id", "in", gone.ids)]
        if not self.search_count(gone_pairs, limit=1):
            return
        self.env.flush_all()
        self.env.cr.execute(SQL(_INHERIT, gone=gone.ids, survivor=survivor.id))
        self.invalidate_model(flush=False)
        self.env["res.partner"].invalidate_model(["duplicate_ids"])
        self.env["kunden.match.group"]._regroup(survivor.ids)

    @api.model
    def _decided_apart(self, partner_id):
        """The ids of those who are known not to be this contact."""
        apart = SQL(
            "SELECT partner_id + other_id - %(own)s FROM kunden_match_candidate"
            " WHERE state = 'different' AND (partner_id = %(own)s OR other_id = %(own)s)",
            own=partner_id,
        )
        return {number for (number,) in self.env.execute_query(apart)}

    @api.model
    def _drop_open(self, ids):
        """Forget the open pairs of these contacts, who have changed."""
        self.env.flush_all()
        statement = SQL(
            "DELETE FROM kunden_match_candidate WHERE state = 'open'"
            " AND (partner_id = ANY(%(ids)s) OR other_id = ANY(%(ids)s))",
            ids=list(ids),
        )
        self.env.cr.execute(statement)
        self.invalidate_model(flush=False)

    @api.model
    def _drop_others(self, scan_number):
        """Forget the open pairs that a look at all contacts has not found; how many it has."""
        self.env.flush_all()
        gone = SQL(
            "DELETE FROM kunden_match_candidate WHERE state = 'open'"
            " AND scan_number IS DISTINCT FROM %s",
            scan_number,
        )
        self.env.cr.execute(gone)
        self.invalidate_model(flush=False)
        return self.sudo().search_count([("state", "=", "open")])

    @api.model
    def _decided(self):
        """(names of weights, further points, same, different) of each pair that was decided."""
        rows = self.env.execute_query(
            SQL(
                """SELECT CASE WHEN key.is_firm THEN 'firm.' ELSE 'person.' END, pair.levels,
                          pair.points, pair.state
                     FROM kunden_match_candidate pair
                     JOIN kunden_match_key key USING (partner_id)
                    WHERE pair.state <> 'open' AND pair.levels > ''"""
            )
        )
        weights = self.env["kunden.match.weight"]._points()
        for kind, levels, points, state in rows:
            names = [kind + code for code in ("prior", *levels.split()) if kind + code in weights]
            further = (points or 0) - sum(weights[name] for name in names)
            yield names, further, int(state == "same"), int(state == "different")
