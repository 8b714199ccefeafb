from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel.match_groups import groups

# The pairs of a group, and of whoever hangs together with one of its contacts.
_TOGETHER = """
WITH RECURSIVE together AS (
    SELECT unnest(%(ids)s::int[]) AS partner_id
     UNION
    SELECT twin.other_id FROM together JOIN kunden_match_twin twin USING (partner_id)
)
SELECT id, partner_id, other_id, score, points, state
  FROM kunden_match_candidate JOIN together USING (partner_id)
 UNION
SELECT id, pair.partner_id, other_id, score, points, state
  FROM kunden_match_candidate pair JOIN together ON together.partner_id = pair.other_id
"""
_ALL = "SELECT id, partner_id, other_id, score, points, state FROM kunden_match_candidate"
# Who has somebody in common: what speaks against their being one keeps two groups apart.
_AROUND = """
SELECT DISTINCT one.partner_id AS a, two.other_id AS b
  FROM kunden_match_twin one JOIN kunden_match_twin two ON one.other_id = two.partner_id
 WHERE one.partner_id = ANY(%(ids)s) AND one.partner_id < two.other_id AND NOT EXISTS (
       SELECT FROM kunden_match_candidate
        WHERE partner_id = one.partner_id AND other_id = two.other_id)
"""
_MAKE = """
WITH made AS (
    INSERT INTO kunden_match_group (size, score)
    SELECT size, score FROM unnest(%(size)s::int[], %(score)s::int[]) AS new (size, score)
 RETURNING id
), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS number FROM made
)
UPDATE kunden_match_candidate pair SET group_id = numbered.id
  FROM unnest(%(pair)s::int[], %(number)s::int[]) AS new (pair_id, number)
  JOIN numbered USING (number)
 WHERE pair.id = new.pair_id
"""


class KundenMatchGroup(models.Model):
    """JUDGEMENT: contacts that may all be the same, shown as one line of the work list."""

    _name = "kunden.match.group"
    _description = "Possible Duplicates"
    _order = "score desc, id"
    _log_access = False

    candidate_ids = fields.One2many("kunden.match.candidate", "group_id", string="Pairs")
    partner_ids = fields.Many2many("res.partner", string="Contacts", compute="_compute_partner_ids")
    size = fields.Integer(string="Contacts Found")
    score = fields.Integer(
        string="Certainty (%)", aggregator="max", help="That of the most certain pair."
    )
    names = fields.Char(compute="_compute_partner_ids")
    reasons = fields.Char(compute="_compute_partner_ids")
    guard_note = fields.Char(string="Please Mind", compute="_compute_partner_ids")

    @api.depends("candidate_ids")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_partner_ids(self):
        for group in self:
            pairs = group.candidate_ids
            partners = pairs.partner_id | pairs.other_id
            group.partner_ids = partners
            group.names = " / ".join(dict.fromkeys(partner.display_name for partner in partners))
            reasons = (reason for pair in pairs for reason in (pair.reasons or "").split("; "))
            group.reasons = "; ".join(dict.fromkeys(filter(None, reasons)))
            notes = dict.fromkeys(filter(None, pairs.mapped("guard_note")))
            group.guard_note = " ".join(notes)

    @api.depends("candidate_ids")
    def _compute_display_name(self):
        for group in self:
            group.display_name = group.names

    def action_same(self):
        """All of them are the same person or firm: open the merge."""
        self.ensure_one()
        return self.candidate_ids.action_same()

    def action_different(self):
        """No two of them are the same; kept for good."""
        return self.candidate_ids.action_different()

    def action_scan(self):
        """Compare all contacts, whichever lines were chosen."""
        return self.env["kunden.match.candidate"].action_scan()

    @api.model
    @api.readonly
    def count_open(self):
        """How many lines wait in the work list, no more than the menu has room for."""
        return self.search_count([], limit=1000) if self.has_access("read") else 0

    # What needs no person, where an administrator wants that

    @api.model
    def _merge_certain(self):
        """Queue for merging what is more certain than the settings ask, as far as nothing warns."""
        percent = self.env["kunden.match.weight"]._merged_from()
        if not percent or "kunden.merge" not in self.env:
            return
        groups = self.search([("score", ">=", percent)])._unguarded(percent)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        chosen = []
        for group in groups:
            partners = group.partner_ids
            chosen.append((wizard._get_ordered_partner(partners.ids)[-1:], partners))
        if chosen:
            groups.candidate_ids._note("same")
            self.env["kunden.merge"]._queue(chosen)

    def _unguarded(self, percent):
        """Those of which each pair is certain and nothing warns: no user, household, other date."""
        return self.filtered(
            lambda group: (
                all(pair._is_harmless(percent) for pair in group.candidate_ids)
                and len(group.candidate_ids) == group.size * (group.size - 1) // 2
                and not group.partner_ids.user_ids
                and len(group.partner_ids.household_id) < 2
                and len(group.partner_ids.company_id) < 2
            )
        )

    # How pairs become groups

    @api.model
    def _regroup(self, ids=None):
        """Group the open pairs anew: those that hang together with these contacts, or all."""
        self.env.flush_all()
        statement = SQL(_ALL) if ids is None else SQL(_TOGETHER, ids=list(ids))
        rows = self.env.execute_query(statement)
        self._drop_groups_of(None if ids is None else [row[0] for row in rows])
        open_pairs = {(row[1], row[2]): row for row in rows if row[5] == "open"}
        if open_pairs:
            apart = [(row[1], row[2]) for row in rows if row[5] == "different"]
            self._insert(open_pairs, self._grouped(open_pairs, apart))
        self.env.invalidate_all(flush=False)

    @api.model
    def _grouped(self, pairs, apart):
        """By contact the number of its group; contacts that are kept apart have none in common."""
        scored = [(one, two, row[4] or 0) for (one, two), row in pairs.items()]
        members = list({number for pair in pairs for number in pair})
        if len(members) > 2:
            weights = self.env["kunden.match.weight"]
            around = weights._scored(_AROUND, least=False, ids=members)
            scored += [row[:3] for row in self.env.execute_query(around)]
        number_of = defaultdict(int)
        for number, group in enumerate(groups(scored, apart=apart), start=1):
            number_of |= dict.fromkeys(group, number)
        return number_of

    @api.model
    def _insert(self, pairs, number_of):
        """A group per number; a pair across two groups stays a group of its own."""
        members, chosen = defaultdict(list), {}
        for (one, two), row in pairs.items():
            same = number_of[one] and number_of[one] == number_of[two]
            key = number_of[one] if same else (one, two)
            members[key].append(row)
        for number, (_key, rows) in enumerate(members.items(), start=1):
            chosen |= {row[0]: number for row in rows}
        sizes = [len({*(r[1] for r in rows), *(r[2] for r in rows)}) for rows in members.values()]
        scores = [max(row[3] or 0 for row in rows) for rows in members.values()]
        self.env.cr.execute(
            SQL(
                _MAKE,
                size=sizes,
                score=scores,
                pair=list(chosen),
                number=list(chosen.values()),
            )
        )

    @api.model
    def _drop_groups_of(self, pair_ids):
        """Throw away the groups of these pairs, or all."""
        condition = SQL("TRUE")
        if pair_ids is not None:
            condition = SQL(
                "id IN (SELECT group_id FROM kunden_match_candidate WHERE id = ANY(%s))", pair_ids
            )
        self.env.cr.execute(SQL("DELETE FROM kunden_match_group WHERE %s", condition))
