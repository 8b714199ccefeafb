"""Levels and points of pairs as SQL, written from the declarations of match_scores."""

from .match_contacts import MOST
from .match_keys import COLUMNS
from .match_scores import COMMON, COMPARISONS, JOINTS, KINDS, weight_name

KEYS, FREQUENT = "kunden_match_key", "kunden_match_frequent"
# Columns of which the common values are kept.
RARE = ("first", "last", "core", "zip", "city")
RARE_LISTS = ("phones", "emails")
_SHORT = f"SELECT value, points FROM {FREQUENT} WHERE value BETWEEN -2147483648 AND 2147483647"


def _level(comparison):
    """The number of the level of a comparison, 0 where none holds."""
    branches = " ".join(
        f"WHEN {level.condition.sql()} THEN {number}"
        for number, level in enumerate(comparison.levels, 1)
    )
    guard = {"person": "WHEN a.is_firm THEN 0 ", "firm": "WHEN NOT a.is_firm THEN 0 "}
    return f"CASE {guard.get(comparison.kind, '')}{branches} ELSE 0 END AS l_{comparison.name}"


def once(value):
    """A value of a subquery whose other values are each worked out once, however often read.

    Shape: SQL in, SQL out. What returns a set is not merged into the query around it, and unlike
    OFFSET 0 it leaves the work to parallel workers. Errors: none.
    Source: PostgreSQL 18, 15.4 (parallel safety), src/backend/optimizer/prep/prepjointree.c.

    >>> once("a.id")
    'unnest(ARRAY[a.id])'
    """
    return f"unnest(ARRAY[{value}])"


def _by_kind(is_firm, code, weights):
    """The weight of a level, by the kind of contact; one that a kind does not have is 0."""
    person, firm = (weights.get(weight_name(kind, code), 0) for kind in KINDS)
    return str(person) if person == firm else f"(CASE WHEN {is_firm} THEN {firm} ELSE {person} END)"


def _shared(column, places):
    """The first value of a list of a, gone through in this order, that b has too."""
    one, two = f"a.{column}", f"b.{column}"
    branches = (f"WHEN {one}[{place}] = ANY({two}) THEN {one}[{place}]" for place in places)
    return f"CASE {' '.join(branches)} END"


def _several(column):
    """Whether both have several values, of which more than one may be shared."""
    return f"cardinality(a.{column}) > 1 AND cardinality(b.{column}) > 1"


def _rarity(column, weights):
    """The points that the rarity of a value adds that both have, of a list the most."""
    rare = _by_kind("a.is_firm", "rare." + column, weights)
    points = f"coalesce(a_{column}.points, {rare})"
    if COLUMNS[column].endswith("[]"):
        last = f"CASE WHEN {_several(column)} THEN coalesce(b_{column}.points, {rare}) END"
        points = f"greatest({points}, {last})"
    return f"{points} AS r_{column}"


def _joins(column, typed):
    """The joins to what is frequent: of both contacts, or the first and the last shared of lists.

    Of many pairs no query per pair, which parallel workers could not ask; of the few that a typed
    contact is compared with one each, since reading all that is frequent would take longer.
    """
    one, two = f"a.{column}", f"b.{column}"
    values = [one, two] if column in COMMON else [one]
    if COLUMNS[column].endswith("[]"):
        first = (
            f"CASE WHEN ({one} && {two}) IS NOT TRUE THEN NULL"
            f" WHEN cardinality({one}) = 1 THEN {one}[1] WHEN cardinality({two}) = 1 THEN {two}[1]"
            f" ELSE {_shared(column, range(1, MOST + 1))} END"
        )
        last = f"CASE WHEN {_several(column)} THEN {_shared(column, range(MOST, 0, -1))} END"
        values = [first, last]
    # few of the frequent values are names and places: those stay in the processor's cache
    few = COLUMNS[column] == "int4"
    table = f"({_SHORT})" if few else FREQUENT
    joins = []
    for side, value in zip("ab", values, strict=False):
        name, asked = f"{side}_{column}", f"SELECT points FROM {FREQUENT} WHERE value = {value}"
        one_by_one = f" LEFT JOIN LATERAL ({asked} OFFSET 0) AS {name} ON true"
        at_once = f" LEFT JOIN {table} AS {name} ON {name}.value = {value}"
        joins.append(one_by_one if typed else at_once)
    return "".join(joins)


def _rarities(comparison):
    """The points by which the rarity of the value counts, None where it never does."""
    branches = " ".join(
        f"WHEN {number} THEN r_{level.rarity}"
        for number, level in enumerate(comparison.levels, 1)
        if level.rarity
    )
    return f"CASE l_{comparison.name} {branches} ELSE 0 END" if branches else None


def levels_sql(pairs, weights, typed=False, keys=KEYS):
    """The levels of pairs as numbers, with the points of rarity.

    Shape: SQL that yields (a, b), weights, whether b is a contact of a table "typed", and the table
    of the others in, SQL out that yields a, b, is_firm, "l_name" of each comparison and "r_column"
    where rarity counts.
    Errors: none. Source: as match_scores.compare.

    >>> "AS l_phone" in levels_sql("SELECT a, b FROM pairs", {})
    True
    """
    keys_b = "typed" if typed else keys
    columns = [f"{once('a.partner_id')} AS a", "b.partner_id AS b", "a.is_firm"]
    columns += [_level(comparison) for comparison in COMPARISONS]
    columns += [_rarity(column, weights) for column in (*RARE, *RARE_LISTS)]
    joins = "".join(_joins(column, typed) for column in (*RARE, *RARE_LISTS))
    return f"""
    SELECT {", ".join(columns)}
    FROM ({pairs}) AS pair
    JOIN {keys} AS a ON a.partner_id = pair.a
    JOIN {keys_b} AS b ON b.partner_id = pair.b{joins}
    WHERE a.is_firm = b.is_firm
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
        terms += filter(None, [_rarities(comparison)])
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
