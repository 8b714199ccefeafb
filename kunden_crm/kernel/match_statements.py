"""The SQL of finding duplicates, written from the same declarations that Python reads.

Every function returns text; nothing is executed here. Tables:

* keys: ``partner_id`` and match_keys.COLUMNS, with a GIN index on ``blocks``;
* frequent: ``value int8 PRIMARY KEY, points int``, the frequent values of the file, filled by
  ``frequent_values``;
* pairs: ``a int, b int`` with a < b, found by match_pairs.

========================  ===================================================================
``lookup``                one typed contact: partner_id, points, certainty, reasons
``scored``                points of pairs: a, b, points, certainty, reasons
``point_counts``          how pairs are spread over points (for match_weights.estimated)
``frequent_values``       what to fill the table of frequent values with
========================  ===================================================================
"""

from .match_keys import COLUMNS
from .match_pairs import caps, of_blocks
from .match_sql import KEYS, RARE, levels_sql, once, points_sql, reasons_sql

# From which part of the file on a value is common.
COMMON_SHARE = 0.0001


def scored(pairs, weights, least=None):
    """The points of pairs, and why.

    Shape: SQL that yields (a, b), weights and the fewest points that matter (or None) in, SQL out
    that yields a, b, points, certainty, reasons (text[]), equal to match_scores.compare.
    Errors: none. Source: as match_scores.compare.

    >>> from .match_weights import WEIGHTS
    >>> "points >= 0" in scored("SELECT a, b FROM pairs", WEIGHTS, 0)
    True
    """
    return _summed(levels_sql(pairs, weights), weights, least)


def _summed(levels, weights, least):
    """The points of levels, with certainty and reasons of those that have enough."""
    enough = "" if least is None else f"WHERE points >= {int(least)}"
    return f"""
    SELECT a, b, points,
        floor(100 / (1 + power(2::float8, -points / 10.0::float8)) + 0.5)::int AS certainty,
        {reasons_sql()} AS reasons
    FROM (SELECT *, {once(points_sql(weights))} AS points FROM ({levels}) AS levels) AS summed
    {enough}
    """


def lookup(weights, least=0, limit=10, keys=KEYS, most=caps(0)):  # noqa: B008
    """The contacts that one typed contact may be the same as, the most certain first.

    Shape: weights, the fewest points and the most rows in, SQL out that takes %(name)s of each of
    match_keys.COLUMNS and yields partner_id, points, certainty, reasons. Errors: none.
    Source: as scored.

    >>> from .match_weights import WEIGHTS
    >>> "%(blocks)s::int8[]" in lookup(WEIGHTS)
    True
    """
    typed = ", ".join(f"%({name})s::{kind} AS {name}" for name, kind in COLUMNS.items())
    found = of_blocks("(SELECT blocks FROM typed)", most, keys)
    pairs = f"SELECT DISTINCT partner_id AS a, 0 AS b FROM ({found}) AS found"
    summed = _summed(levels_sql(pairs, weights, typed=True), weights, least)
    return f"""
    WITH typed AS MATERIALIZED (SELECT 0 AS partner_id, {typed})
    SELECT a AS partner_id, points, certainty, reasons
    FROM ({summed}) AS scored
    ORDER BY points DESC, a
    LIMIT {limit}
    """


def point_counts(scored):
    """How the pairs of a file are spread over the points.

    Shape: name of a table or view that has what ``scored`` yields, and SQL out that yields kind,
    loose, points and count. Errors: none. Source: as match_weights.estimated.

    >>> "GROUP BY" in point_counts("scored")
    True
    """
    return f"""
    SELECT CASE WHEN k.is_firm THEN 'firm' ELSE 'person' END AS kind,
        'loose' = ANY(s.reasons) AS loose, s.points, count(*) AS count
    FROM {scored} AS s JOIN {KEYS} AS k ON k.partner_id = s.a
    GROUP BY 1, 2, 3
    """


def frequent_values(keys=KEYS):
    """The values that are frequent in the file, with the points they add to a level.

    Shape: name in, SQL out that yields value and points. Of names and places, ten points for each
    time that the part of the file that has it is halved; of telephone numbers and addresses of
    e-mail that three or more share, points against. Errors: none.
    Source: Winkler, Frequency-Based Matching (2000).

    >>> "unnest(phones || emails)" in frequent_values()
    True
    """
    names = ", ".join(RARE)
    sets = ", ".join(f"({column})" for column in RARE)
    return f"""
    SELECT value, max(points)::int AS points FROM (
        SELECT value, round(-10 * log(2, times / every)) AS points
        FROM (
            SELECT coalesce({names})::int8 AS value, count(*)::numeric AS times,
                sum(count(*)) OVER (PARTITION BY grouping({names})) AS every
            FROM {keys} GROUP BY GROUPING SETS ({sets}) HAVING num_nonnulls({names}) = 1
        ) AS counted
        WHERE times >= every * {COMMON_SHARE} AND times > 4
        UNION ALL
        SELECT value, round(-10 * log(2, (count(*) - 1)::numeric)) AS points
        FROM (SELECT unnest(phones || emails) AS value FROM {keys}) AS one
        GROUP BY value HAVING count(*) > 2
    ) AS every GROUP BY value
    """
