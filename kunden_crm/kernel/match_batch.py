"""The SQL of looking up many typed contacts at once, such as the rows of a file.

Each function returns text; nothing is executed here. ``typed`` is a table of keys as KEYS is, with
the number of the row as ``partner_id``.
"""

from .match_keys import COLUMNS
from .match_pairs import blocked, caps, counted, known, of_blocks, paired
from .match_sql import FREQUENT, KEYS, levels_sql, once, points_sql, reasons_sql

# Names that say two different things; a number or an address they share is a slip or a family's.
CONTRADICT = frozenset({"first_other", "last_other", "core_other", "ref_other"})
# Where nothing else is shared that chance hardly shares, one of these says enough.
_STRONG = frozenset({"born_same", "iban_same", "registry_same", "profile_same", "vat_same"})
SURE = 97
# What the same customer number answers: the place has changed, it is no second one.
_ANSWERED = frozenset({"branch"})
# Running numbers are like each other: two of them are two customers, unless one of these is shared.
_OWN_NUMBER = frozenset({"ref_near", "ref_other"})
_SHARED = _STRONG | {"phone_same", "email_same", "address_same", "address_near"}


def is_sure(certainty, codes, notes=(), sure=SURE):
    """Whether a row of a file is that contact without anybody being asked.

    Shape: whole number of a hundred, codes of levels, the codes that a person should mind, and the
    certainty asked for in, truth value out. The same customer number is enough where the names do
    not contradict. Errors: none. Source: issue 8 (one sure = update, unsure = ask).

    >>> is_sure(99, ["first_same", "last_same", "email_same"]), is_sure(99, ["first_same", "loose"])
    (True, False)
    >>> is_sure(60, ["last_same", "ref_same"]), is_sure(99, ["first_other", "ref_same"])
    (True, False)
    >>> is_sure(99, ["ref_same", "branch"], ["branch"]), is_sure(99, ["branch"], ["branch"])
    (True, False)
    """
    codes = set(codes)
    own_number = "ref_same" in codes
    if codes & CONTRADICT or codes & set(notes) - (_ANSWERED if own_number else set()):
        return False
    if own_number:
        return True
    return certainty >= sure and ("loose" not in codes or bool(codes & _STRONG))


def _summed(levels, weights, least):
    """The points of levels, with certainty and reasons of those that have enough."""
    return f"""
    SELECT b, a, points,
        floor(100 / (1 + power(2::float8, -points / 10.0::float8)) + 0.5)::int AS certainty,
        {reasons_sql()} AS reasons
    FROM (SELECT *, {once(points_sql(weights))} AS points FROM ({levels}) AS levels) AS summed
    WHERE points >= {int(least)} OR l_ref = 1 OR is_firm AND l_core IN (1, 2)
    """


def may_be(codes):
    """Whether a row of a file may be that contact at all, so that somebody is asked.

    Shape: codes of levels in, truth value out. Where both have a customer number, names alone
    do not speak for their being one. Errors: none. Source: issue 8 (unsure = ask).

    >>> may_be(["first_same", "last_same"]), may_be(["first_same", "last_same", "ref_near"])
    (True, False)
    >>> may_be(["first_same", "last_same", "ref_near", "phone_same"])
    True
    """
    return _OWN_NUMBER.isdisjoint(codes) or not _SHARED.isdisjoint(codes)


def lookups(weights, least, most=caps(0), keys=KEYS):  # noqa: B008
    """The contacts of the file that any of a table of typed ones may be the same as.

    Shape: weights, the fewest points and the Caps of the file in, SQL out that needs a table or
    WITH "typed" in front of it and yields b (the typed one), a (the contact), points, certainty,
    reasons. The same customer number and the same name of a firm are told whatever the points.
    Errors: none.
    Source: as match_statements.lookup, which does the same for one.

    >>> from .match_weights import WEIGHTS
    >>> "FROM typed" in lookups(WEIGHTS, 0)
    True
    """
    near = of_blocks("one.blocks", most, keys)
    pairs = f"""
        SELECT DISTINCT near.partner_id AS a, one.partner_id AS b
        FROM typed AS one, LATERAL ({near}) AS near
    """
    return _summed(levels_sql(pairs, weights, typed=True), weights, least)


def lookups_of_many(weights, least, most=caps(0), keys=KEYS):  # noqa: B008
    """The same as lookups, where so many are typed that going through all blocks once is faster.

    Shape: as lookups. Errors: none. Source: as match_pairs.caps.

    >>> from .match_weights import WEIGHTS
    >>> "FROM typed" in lookups_of_many(WEIGHTS, 0)
    True
    """
    pairs = f"""
        SELECT DISTINCT member AS a, asked.partner_id AS b
        FROM ({blocked("typed")}) AS asked
        JOIN ({known(most, keys)}) AS found USING (block), unnest(members) AS member
    """
    return _summed(levels_sql(pairs, weights, typed=True), weights, least)


def inside_paired(own, rows=0, part=0, parts=1):
    """The pairs of one file that share a block, once for each block.

    Shape: SQL that yields the keys of this file, how many rows it has, and which part of its blocks
    (of a power of two) in, SQL out as of match_pairs.paired. Errors: none.
    Source: as match_pairs.caps.

    >>> "AS own" in inside_paired("SELECT * FROM k WHERE batch_id = 1")
    True
    """
    return paired(f"({blocked(f'({own}) AS own')}) AS blocked", caps(rows), part, parts)


def inside(weights, least, keys, pairs, frequent, rows=0, after=0, up_to=None):
    """The pairs of typed contacts of one file that may be the same.

    Shape: weights, the fewest points, the table of keys of all files, SQL of what inside_paired
    yielded, of what is frequent in the file (as match_statements.frequent_values), how many rows
    it has, and the range of the smaller id in, SQL out that yields b and a with a < b, points,
    certainty, reasons. Errors: none. Source: as match_pairs.counted.

    >>> from .match_weights import WEIGHTS
    >>> "JOIN typed_keys AS a" in inside(WEIGHTS, 0, "typed_keys", "pairs", "SELECT 1, 2")
    True
    """
    pairs = counted(pairs, caps(rows), after, up_to)
    return f"""
    WITH {FREQUENT} AS MATERIALIZED (
        SELECT value, min(points) AS points
        FROM ({frequent} UNION ALL SELECT value, points FROM {FREQUENT}) AS every GROUP BY value
    )
    {_summed(levels_sql(pairs, weights, keys=keys), weights, least)}
    """


def copied(keys):
    """The keys of a contact as a line of COPY in the order of match_keys.COLUMNS.

    Shape: dictionary as of match_keys.keys in, text out, without a line end. Errors: none.
    Source: PostgreSQL, COPY (text format).

    >>> sorted(set(copied({"is_firm": True, "first_near": [1, 2]}).split("\\t")))
    ['\\\\N', 't', '{1,2}']
    """
    return "\t".join(
        [
            "\\N" if value is None else str(value) if type(value) is int else _cell(value)
            for value in map(keys.get, COLUMNS)
        ]
    )


def _cell(value):
    """A yes or no, or a list, as COPY reads it."""
    if value is True or value is False:
        return "t" if value else "f"
    return "{" + ",".join(map(str, value)) + "}"
