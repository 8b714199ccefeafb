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
``level_counts``          how often each combination of levels is found among pairs (for EM)
``frequent_values``       what to fill the table of frequent values with
========================  ===================================================================
"""

from .match_keys import COLUMNS
from .match_scores import COMMON, COMPARISONS, JOINTS, KINDS, weight_name

KEYS, FREQUENT = "kunden_match_key", "kunden_match_frequent"
# A block of more contacts than this says too little to compare them all with each other.
LARGEST_BLOCK = 40
# Columns of which the common values are kept, and from which part of the file on they are common.
RARE = ("first", "last", "core", "zip", "city")
COMMON_SHARE = 0.0001
_PAIRS_OF_BLOCK = """
    SELECT members[i] AS one, members[j] AS two
    FROM (
        SELECT array_agg(partner_id) AS members
        FROM (SELECT partner_id, unnest(blocks) AS block FROM {keys}) AS blocked
        WHERE {part}
        GROUP BY block
        HAVING count(*) BETWEEN 2 AND {largest}
    ) AS block,
    generate_series(1, cardinality(members) - 1) AS i,
    generate_series(i + 1, cardinality(members)) AS j
"""


def candidates_of_all(keys=KEYS, largest=LARGEST_BLOCK, part=0, parts=1):
    """The pairs of contacts that share a block, of the whole file or of a part of its blocks.

    Shape: names and numbers in, SQL out that yields (a, b) once each; the same pair may come again
    in another part. Errors: none. Source: Christen, Data Matching (2012), chapter 4.

    >>> "GROUP BY block" in candidates_of_all()
    True
    """
    chosen = f"block & {parts - 1} = {part}" if parts > 1 else "true"
    pairs = _PAIRS_OF_BLOCK.format(keys=keys, part=chosen, largest=largest)
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


def _level(comparison):
    """The number of the level of a comparison, 0 where none holds."""
    branches = " ".join(
        f"WHEN {level.condition.sql()} THEN {number}"
        for number, level in enumerate(comparison.levels, 1)
    )
    guard = {"person": "WHEN a.is_firm THEN 0 ", "firm": "WHEN NOT a.is_firm THEN 0 "}
    return f"CASE {guard.get(comparison.kind, '')}{branches} ELSE 0 END AS l_{comparison.name}"


def _rarity(level, weights):
    """The points that the rarity of the value adds, by the joined table or by a look of its own."""
    column = level.rarity
    rare = _by_kind("a.is_firm", "rare." + column, weights)
    if not COLUMNS[column].endswith("[]"):
        return f"coalesce(a_{column}.points, {rare})"
    return (
        f"(SELECT max(coalesce(f.points, {rare})) FROM unnest(a.{column}) AS v"
        f" LEFT JOIN {FREQUENT} AS f ON f.value = v WHERE v = ANY(b.{column}))"
    )


def _by_kind(is_firm, code, weights):
    """The weight of a level, by the kind of contact; one that a kind does not have is 0."""
    person, firm = (weights.get(weight_name(kind, code), 0) for kind in KINDS)
    return str(person) if person == firm else f"(CASE WHEN {is_firm} THEN {firm} ELSE {person} END)"


def _rarities(comparison, weights):
    """The points by which the rarity of the value counts, None where it does not."""
    rare = [number for number, level in enumerate(comparison.levels, 1) if level.rarity]
    if not rare:
        return None
    branches = " ".join(
        f"WHEN {level.condition.sql()} THEN {_rarity(level, weights) if level.rarity else 0}"
        for level in comparison.levels[: rare[-1]]
    )
    guard = {"person": "WHEN a.is_firm THEN 0 ", "firm": "WHEN NOT a.is_firm THEN 0 "}
    return f"CASE {guard.get(comparison.kind, '')}{branches} ELSE 0 END AS r_{comparison.name}"


def _levels(pairs, weights, typed=False):
    """The levels of pairs as numbers, with the points of rarity."""
    keys_b = "typed" if typed else KEYS
    columns = ["a.partner_id AS a", "b.partner_id AS b", "a.is_firm"]
    columns += [_level(comparison) for comparison in COMPARISONS]
    columns += filter(None, (_rarities(comparison, weights) for comparison in COMPARISONS))
    joins = "".join(
        f" LEFT JOIN {FREQUENT} AS {side}_{column} ON {side}_{column}.value = {side}.{column}"
        for column in RARE
        for side in ("ab" if column in COMMON else "a")
    )
    return f"""
    SELECT {", ".join(columns)}
    FROM ({pairs}) AS pair
    JOIN {KEYS} AS a ON a.partner_id = pair.a
    JOIN {keys_b} AS b ON b.partner_id = pair.b{joins}
    WHERE a.is_firm = b.is_firm
    OFFSET 0
    """


def _joint(joint):
    """Whether levels of several comparisons come together, of their numbers."""
    conditions = [f"{'NOT ' if joint.kind == 'person' else ''}is_firm"] if joint.kind else []
    for name, codes in joint.levels:
        numbers = [str(_codes(name).index(code)) for code in codes]
        conditions.append(f"l_{name} IN ({', '.join(numbers)})")
    return " AND ".join(conditions)


def _codes(name):
    """The codes of the levels of a comparison by their numbers, "" at 0 for none."""
    levels = next(one.levels for one in COMPARISONS if one.name == name)
    return ["", *(level.code for level in levels)]


def _points(weights):
    """The sum of all weights of a pair, of the numbers of its levels."""
    terms = [_by_kind("is_firm", "prior", weights)]
    for comparison in COMPARISONS:
        lists = [
            ", ".join(
                str(weights.get(weight_name(kind, code), 0)) for code in _codes(comparison.name)[1:]
            )
            for kind in KINDS
        ]
        person, firm = (
            f"coalesce((ARRAY[{weighed}])[l_{comparison.name}], 0)" for weighed in lists
        )
        by_kind = f"CASE WHEN is_firm THEN {firm} ELSE {person} END"
        only = {"person": person, "firm": firm, "": person if person == firm else by_kind}
        terms.append(only[comparison.kind])
        if any(level.rarity for level in comparison.levels):
            terms.append(f"r_{comparison.name}")
    terms += [
        f"CASE WHEN {_joint(joint)} THEN {_by_kind('is_firm', joint.code, weights)} ELSE 0 END"
        for joint in JOINTS
    ]
    return " + ".join(terms)


def _reasons():
    """The codes of the levels of a pair, in their order."""
    codes = [
        "(ARRAY[" + ", ".join(f"'{code}'" for code in _codes(one.name)[1:]) + f"])[l_{one.name}]"
        for one in COMPARISONS
    ]
    codes += [f"CASE WHEN {_joint(joint)} THEN '{joint.code}' END" for joint in JOINTS]
    return f"array_remove(ARRAY[{', '.join(codes)}]::text[], NULL)"


def scored(pairs, weights, least=None):
    """The points of pairs, and why.

    Shape: SQL that yields (a, b), weights and the fewest points that matter (or None) in, SQL out
    that yields a, b, points, certainty, reasons (text[]), equal to match_scores.compare.
    Errors: none. Source: as match_scores.compare.

    >>> from .match_weights import WEIGHTS
    >>> "points >= 0" in scored("SELECT a, b FROM pairs", WEIGHTS, 0)
    True
    """
    return _summed(_levels(pairs, weights), weights, least)


def _summed(levels, weights, least):
    """The points of levels, with certainty and reasons of those that have enough."""
    enough = "" if least is None else f"WHERE points >= {int(least)}"
    return f"""
    SELECT a, b, points,
        floor(100 / (1 + power(2::float8, -points / 10.0::float8)) + 0.5)::int AS certainty,
        {_reasons()} AS reasons
    FROM (SELECT *, {_points(weights)} AS points FROM ({levels}) AS levels OFFSET 0) AS summed
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
    summed = _summed(_levels(pairs, weights, typed=True), weights, least)
    return f"""
    WITH typed AS MATERIALIZED (SELECT 0 AS partner_id, {typed})
    SELECT a AS partner_id, points, certainty, reasons
    FROM ({summed}) AS scored
    ORDER BY points DESC, a
    LIMIT {limit}
    """


def level_counts(pairs, weights):
    """How often each combination of levels is found among pairs.

    Shape: SQL that yields (a, b) and weights in, SQL out that yields is_firm, one column
    "l_name" of each comparison, and count. Errors: none. Source: as match_weights.estimated.

    >>> from .match_weights import WEIGHTS
    >>> "count(*) AS count" in level_counts("SELECT a, b FROM pairs", WEIGHTS)
    True
    """
    names = ", ".join(f"l_{comparison.name}" for comparison in COMPARISONS)
    return f"""
    SELECT is_firm, {names}, count(*) AS count
    FROM ({_levels(pairs, weights)}) AS levels
    GROUP BY is_firm, {names}
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
