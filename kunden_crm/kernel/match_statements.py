"""The SQL of finding duplicates, written from the same declarations that Python reads.

Every function returns text; nothing is executed here. Tables:

* keys: ``partner_id`` and match_keys.COLUMNS, with a GIN index on ``blocks``;
* frequent: ``value int8 PRIMARY KEY, points int``, the frequent values of the file, filled by
  ``frequent_values``;
* pairs: ``a int, b int`` with a < b.

========================  ===================================================================
``candidates_of_all``     pairs of the whole file (a, b), or of one part of it
``candidates_of_some``    pairs of contacts with %(ids)s
``lookup``                one typed contact: partner_id, points, certainty, reasons
``scored``                points of pairs: a, b, points, certainty, reasons
``point_counts``          how pairs are spread over points (for match_weights.estimated)
``frequent_values``       what to fill the table of frequent values with
========================  ===================================================================
"""

from .match_keys import COLUMNS
from .match_sql import KEYS, RARE, levels_sql, points_sql, reasons_sql

# A block of more contacts than this says too little to compare them all with each other.
LARGEST_BLOCK, LARGEST_WEAK = 40, 10
# From which part of the file on a value is common.
COMMON_SHARE = 0.0001
_PAIRS_OF_BLOCK = """
    SELECT members[i] AS one, members[j] AS two
    FROM (
        SELECT array_agg(partner_id) AS members
        FROM (SELECT partner_id, unnest(blocks) AS block FROM {keys}) AS blocked
        WHERE {part}
        GROUP BY block
        HAVING count(*) BETWEEN 2 AND {largest} AND (block & 1 = 0 OR count(*) <= {weak})
    ) AS block,
    generate_series(1, cardinality(members) - 1) AS i,
    generate_series(i + 1, cardinality(members)) AS j
"""


def candidates_of_all(keys=KEYS, largest=LARGEST_BLOCK, part=0, parts=1):
    """The pairs of contacts that share a block, of the whole file or of a part of its blocks.

    Shape: names and numbers in, SQL out that yields (a, b) once each; the same pair may come again
    in another part; parts are a power of two. Errors: none.
    Source: Christen, Data Matching (2012), chapter 4.

    >>> "GROUP BY block" in candidates_of_all()
    True
    """
    chosen = f"(block >> 1) & {parts - 1} = {part}" if parts > 1 else "true"
    weak = min(largest, LARGEST_WEAK)
    pairs = _PAIRS_OF_BLOCK.format(keys=keys, part=chosen, largest=largest, weak=weak)
    return f"""
    SELECT (pair >> 32)::int AS a, (pair & 4294967295)::int AS b
    FROM (
        SELECT DISTINCT (least(one, two)::int8 << 32) | greatest(one, two)::int8 AS pair
        FROM ({pairs}) AS raw
    ) AS packed
    """


def _of_blocks(blocks, keys, largest):
    """The contacts in these blocks, of each block none where it has too many."""
    return f"""
        SELECT near.partner_id
        FROM unnest({blocks}) AS block,
        LATERAL (
            SELECT array_agg(partner_id) AS members
            FROM (
                SELECT partner_id FROM {keys} WHERE blocks @> ARRAY[block] LIMIT {largest + 1}
            ) AS limited
        ) AS found,
        LATERAL unnest(found.members) AS near(partner_id)
        WHERE cardinality(found.members) <= {largest}
            AND (block & 1 = 0 OR cardinality(found.members) <= {min(largest, LARGEST_WEAK)})
    """


def candidates_of_some(keys=KEYS, largest=LARGEST_BLOCK):
    """The pairs of some contacts, by their ids, with all that share a block.

    Shape: names and a number in, SQL with %(ids)s out that yields (a, b) once each. Errors: none.
    Source: as candidates_of_all.

    >>> "%(ids)s" in candidates_of_some()
    True
    """
    return f"""
    SELECT DISTINCT least(mine.partner_id, other.partner_id) AS a,
        greatest(mine.partner_id, other.partner_id) AS b
    FROM {keys} AS mine,
    LATERAL ({_of_blocks("mine.blocks", keys, largest)}) AS other
    WHERE mine.partner_id = ANY(%(ids)s) AND other.partner_id != mine.partner_id
    """


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
    FROM (SELECT *, {points_sql(weights)} AS points FROM ({levels}) AS levels OFFSET 0) AS summed
    {enough}
    """


def lookup(weights, least=0, limit=10, keys=KEYS, largest=LARGEST_BLOCK):
    """The contacts that one typed contact may be the same as, the most certain first.

    Shape: weights, the fewest points and the most rows in, SQL out that takes %(name)s of each of
    match_keys.COLUMNS and yields partner_id, points, certainty, reasons. Errors: none.
    Source: as scored.

    >>> from .match_weights import WEIGHTS
    >>> "%(blocks)s::int8[]" in lookup(WEIGHTS)
    True
    """
    typed = ", ".join(f"%({name})s::{kind} AS {name}" for name, kind in COLUMNS.items())
    found = _of_blocks("(SELECT blocks FROM typed)", keys, largest)
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

    >>> "unnest(phones)" in frequent_values()
    True
    """
    scalars = " UNION ALL ".join(
        f"""
        SELECT {column} AS value, round(-10 * log(2, count(*)::numeric / sum(count(*)) OVER ()))
            AS points, count(*) / sum(count(*)) OVER () AS share, count(*) AS times
        FROM {keys} WHERE {column} IS NOT NULL GROUP BY {column}"""
        for column in RARE
    )
    lists = " UNION ALL ".join(
        f"""
        SELECT value, round(-10 * log(2, (count(*) - 1)::numeric))::int AS points
        FROM (SELECT unnest({column}) AS value FROM {keys}) AS one GROUP BY value
        HAVING count(*) > 2"""
        for column in ("phones", "emails")
    )
    return f"""
    SELECT value, max(points)::int AS points FROM (
        SELECT value, points FROM ({scalars}) AS one WHERE share >= {COMMON_SHARE} AND times > 4
        UNION ALL {lists}
    ) AS every GROUP BY value
    """
