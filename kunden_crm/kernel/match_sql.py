"""Levels and points of pairs as SQL, written from the declarations of match_scores."""

from .match_keys import COLUMNS
from .match_scores import COMMON, COMPARISONS, JOINTS, KINDS, weight_name

KEYS, FREQUENT = "kunden_match_key", "kunden_match_frequent"
# Columns of which the common values are kept.
RARE = ("first", "last", "core", "zip", "city")


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


def levels_sql(pairs, weights, typed=False):
    """The levels of pairs as numbers, with the points of rarity.

    Shape: SQL that yields (a, b), weights, and whether b is one contact of a table "typed" in, SQL
    out that yields a, b, is_firm, "l_name" of each comparison and "r_name" where rarity counts.
    Errors: none. Source: as match_scores.compare.

    >>> "AS l_phone" in levels_sql("SELECT a, b FROM pairs", {})
    True
    """
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


def points_sql(weights):
    """The sum of all weights of a pair, of the numbers of its levels.

    Shape: weights in, SQL of a value out. Errors: none. Source: as match_scores.compare.

    >>> points_sql({"person.prior": -100}).startswith("(CASE WHEN is_firm THEN 0 ELSE -100 END)")
    True
    """
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


def reasons_sql():
    """The codes of the levels of a pair, in their order.

    Shape: nothing in, SQL of a list of texts out. Errors: none. Source: as match_scores.compare.

    >>> "'phone_same'" in reasons_sql()
    True
    """
    codes = [
        "(ARRAY[" + ", ".join(f"'{code}'" for code in _codes(one.name)[1:]) + f"])[l_{one.name}]"
        for one in COMPARISONS
    ]
    codes += [f"CASE WHEN {_joint(joint)} THEN '{joint.code}' END" for joint in JOINTS]
    return f"array_remove(ARRAY[{', '.join(codes)}]::text[], NULL)"
