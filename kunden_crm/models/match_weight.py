from math import log2

from odoo import api, fields, models, tools
from odoo.tools import SQL, frozendict

from ..kernel.match_pairs import candidates_of_all, caps
from ..kernel.match_statements import lookup, point_counts, scored
from ..kernel.match_weights import WEIGHTS, estimated, for_size, learned
from .match_words import NOTES, REASONS, speaks_for

_KIND_WORDS = [("person", "Persons"), ("firm", "Firms")]
_LOOKED_AT = 20
# The pairs of so many contacts say what the weights are.
_ENOUGH = 100_000
# A weight that nobody has changed follows what a newer version ships.
_MAKE = """
INSERT INTO kunden_match_weight AS weight (code, kind, reason, sequence, points, shipped)
SELECT code, split_part(code, '.', 1), substr(code, strpos(code, '.') + 1), sequence, points, points
  FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS new (code, points, sequence)
    ON CONFLICT (code) DO UPDATE
   SET points = CASE WHEN weight.points = weight.shipped THEN excluded.points
                     ELSE weight.points END,
       shipped = excluded.shipped, sequence = excluded.sequence
"""


class KundenMatchWeight(models.Model):
    """RULE: how much a thing that two contacts have in common says; ten points double the odds."""

    _name = "kunden.match.weight"
    _description = "Weight of a Reason for Duplicates"
    _order = "kind desc, sequence, id"
    _rec_name = "reason"
    _log_access = False

    code = fields.Char(required=True, readonly=True)
    kind = fields.Selection(_KIND_WORDS, required=True, readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    points = fields.Integer(
        help="Ten points more double the odds that both are the same; below 0 it speaks against."
    )
    shipped = fields.Integer(string="As Shipped", readonly=True)
    estimated = fields.Integer(
        readonly=True,
        help="What your own contacts say, and what you have decided on pairs; it counts once it is"
        " taken over.",
    )
    is_own = fields.Boolean(compute="_compute_is_own")
    note = fields.Selection(NOTES, compute="_compute_is_own")

    _code = models.UniqueIndex("(code)")

    def init(self):
        """A record per weight of the kernel."""
        self.env.cr.execute(SQL(_MAKE, list(WEIGHTS), list(WEIGHTS.values())))
        gone = SQL("DELETE FROM kunden_match_weight WHERE NOT code = ANY(%s)", list(WEIGHTS))
        self.env.cr.execute(gone)

    @api.depends("points", "shipped", "reason")
    def _compute_is_own(self):
        noted = {code for code, _sentence in NOTES}
        for weight in self:
            weight.is_own = weight.points != weight.shipped
            weight.note = weight.reason if weight.reason in noted else False

    def write(self, vals):
        """Changed weights count at once while typing, in the work list after the next search."""
        done = super().write(vals)
        if "points" in vals:
            self.env.registry.clear_cache()
        return done

    def action_reset(self):
        """The shipped weights again."""
        for points, weights in self.grouped("shipped").items():
            weights.points = points

    def action_estimate(self):
        """Estimate all weights from this file and from the pairs that were decided."""
        self.check_access("write")
        weights, number = self._points(), self._compared()
        # of a large file, a part of the pairs says enough
        share = 1 << (number // _ENOUGH).bit_length()
        pairs = candidates_of_all(caps(number), share=share)
        spread = self.env.execute_query(as_sql(point_counts(f"({scored(pairs, weights)})")))
        found = learned(estimated(weights, spread), self.env["kunden.match.candidate"]._decided())
        for weight in self.search([("code", "in", list(found))]):
            weight.estimated = found[weight.code]

    def action_take_over(self):
        """The chosen weights become what was estimated."""
        for points, weights in self.grouped("estimated").items():
            weights.points = points

    @api.model
    @tools.ormcache()
    def _points(self):
        """All weights by their code."""
        # sudo: whoever types a contact has it compared by the weights
        weights = self.sudo().search_fetch([], ["code", "points", "shipped"])
        own = {row.code: row.points for row in weights if row.points != row.shipped}
        return frozendict({**for_size(WEIGHTS, self._compared()), **own})

    @api.model
    @tools.ormcache()
    def _compared(self):
        """How many contacts are compared, as counted when the weights were read."""
        return self.env.execute_query(SQL("SELECT count(*) FROM kunden_match_key"))[0][0]

    @api.model
    @tools.ormcache("least")
    def _lookup(self, least):
        """The statement by which somebody who is being typed is looked up."""
        return lookup(self._points(), least=least, limit=_LOOKED_AT)

    @api.model
    def _look_up(self, typed, percent):
        """(contact, certainty, codes) of those that the typed keys may be of."""
        self.env["res.partner"].flush_model(["match_keys"])
        self.env.cr.execute(self._lookup(least_points(percent)), typed)
        return [(found, certainty, codes) for found, _, certainty, codes in self.env.cr.fetchall()]

    @api.model
    def _scored(self, pairs, least=True, **values):
        """The statement that yields points, certainty and reasons of the pairs of a statement."""
        enough = least_points(self._offered_from()) if least else None
        return as_sql(scored(pairs, self._points(), enough), **values)

    @api.model
    def _percent(self, name, otherwise):
        """A percentage of the settings, at most 100."""
        # sudo: settings are read by everybody who types
        text = self.env["ir.config_parameter"].sudo().get_param(f"kunden_crm.{name}")
        return min(int(text), 100) if text and text.isdigit() else otherwise

    @api.model
    def _offered_from(self):
        """The certainty from which two contacts are offered as possible duplicates."""
        return self._percent("match_offered_from", 50)

    @api.model
    def _typed_from(self, little):
        """The certainty from which a clerk who types is told: lower, since less is known then."""
        return self._offered_from() * (1 if little else 3) // 10

    @api.model
    def _merged_from(self):
        """The certainty from which duplicates are merged unasked; 0 is never."""
        return self._percent("match_merged_from", 0)

    # Reasons in words

    @api.model
    def _told(self, codes, names=None):
        """The reasons in words, with both names where these are not quite the same."""
        words = dict(self._fields["reason"]._description_selection(self.env))
        told = []
        for code in codes:
            comparison = code.partition("_")[0]
            if speaks_for(code) and code in words:
                one, two = (not code.endswith("_same") and names or {}).get(comparison, ("", ""))
                alike = one and two and one.casefold() != two.casefold()
                told.append(f"{words[code]} ({two}/{one})" if alike else words[code])
        return told

    @api.model
    def _told_notes(self, codes):
        """What a person should mind before merging two with these codes."""
        words = dict(self._fields["note"]._description_selection(self.env))
        return " ".join(dict.fromkeys(words[code] for code in codes if code in words))


def as_sql(text, **values):
    """A statement of the kernel, of which only the named values are to be filled in."""
    return SQL(text if values else text.replace("%", "%%"), **values)


def least_points(percent):
    """The points from which on a pair is at least so certain."""
    percent = min(max(percent, 1), 99.9)
    return round(10 * log2(percent / (100 - percent)))
