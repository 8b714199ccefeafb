"""The SQL that finds the pairs to compare: those that share a block, as far as that says enough.

In a large file strangers share a name and a place by chance, so the larger it is, the smaller a
block must be to count, and the pair that it brings is rather to be in a second block too. What
belongs to one only (a telephone number, an e-mail address) is the same at any size.

The whole file is gone through in one statement (``candidates_of_all``), or in steps of which each
stores what the next one reads: ``blocked`` by contacts, ``paired`` by parts of the blocks,
``counted`` by contacts again. Tables: keys (match_keys.COLUMNS, with a GIN index on ``blocks``),
blocks (``block int8, partner_id int``), pairs (``pair int8, size int``).
"""

from math import sqrt
from typing import NamedTuple

from .match_blocks import OWN, WEAK
from .match_sql import KEYS

# Up to this size a file is small.
_SMALL = 100_000


class Caps(NamedTuple):
    """The most contacts of a block: that is compared, of names alone, that brings a pair alone."""

    largest: int
    weak: int
    alone: int


_MOST, _LEAST = Caps(40, 10, 40), Caps(12, 6, 4)


def caps(contacts):
    """The most contacts that a block may have in a file of so many contacts.

    Shape: whole number in, Caps out. Errors: none.
    Source: Christen, Data Matching (2012), chapter 4 (size of blocks); issue 7 (a million).

    >>> caps(1000), caps(1_000_000)
    (Caps(largest=40, weak=10, alone=40), Caps(largest=13, weak=6, alone=4))
    """
    times = max(contacts, _SMALL) / _SMALL
    wanted = (_MOST.largest / sqrt(times), _MOST.weak / sqrt(times), _MOST.alone / times)
    return Caps(*(max(round(most), least) for most, least in zip(wanted, _LEAST, strict=True)))


def _most(most):
    """The most contacts that a block may have, by what it is worth."""
    return (
        f"CASE block & {WEAK | OWN} WHEN {WEAK} THEN {most.weak} WHEN {OWN} THEN {_MOST.largest}"
        f" ELSE {most.largest} END"
    )


def _within(column, after, up_to):
    """A range of ids as a condition."""
    return "true" if up_to is None else f"{column} > {int(after)} AND {column} <= {int(up_to)}"


def blocked(keys=KEYS, after=0, up_to=None):
    """The blocks of contacts, a row each.

    Shape: name, and the ids of whom in, SQL out that yields block, partner_id. Errors: none.
    Source: as caps.

    >>> blocked("k", 5, 9)
    'SELECT unnest(blocks) AS block, partner_id FROM k WHERE partner_id > 5 AND partner_id <= 9'
    """
    return (
        f"SELECT unnest(blocks) AS block, partner_id FROM {keys}"
        f" WHERE {_within('partner_id', after, up_to)}"
    )


def paired(blocks, most, part=0, parts=1):
    """The pairs that blocks bring: once for each block, with its size (1: of one only).

    Shape: name or SQL of what ``blocked`` yields, Caps and which part of the blocks (of a power of
    two) in, SQL out that yields pair (the smaller id in the upper half) and size. Errors: none.
    Source: as caps.

    >>> "array_agg" in paired("b", caps(0))
    True
    """
    chosen = f"(block >> 2) & {parts - 1} = {part}" if parts > 1 else "true"
    # in order of the ids: so PostgreSQL sorts, which is faster than to hash so many small groups
    return f"""
    SELECT (one::int8 << 32) | unnest(rest)::int8 AS pair, size
    FROM (
        SELECT members[place] AS one, members[place + 1:] AS rest, size
        FROM (
            SELECT members, size, generate_series(1, cardinality(members) - 1) AS place
            FROM (
                SELECT array_agg(partner_id ORDER BY partner_id) AS members,
                    CASE WHEN block & {OWN} > 0 THEN 1 ELSE count(*) END::int AS size
                FROM {blocks} WHERE {chosen}
                GROUP BY block HAVING count(*) BETWEEN 2 AND {_most(most)}
            ) AS block
        ) AS placed
    ) AS split
    """


def counted(pairs, most, after=0, up_to=None):
    """The pairs that are worth comparing: in two blocks, or in one that is small.

    Shape: name or SQL of what ``paired`` yields, Caps, and the range of the smaller id in, SQL out
    that yields (a, b) once each. Errors: none. Source: as caps.

    >>> "HAVING count(*) > 1 OR min(size) <= 4" in counted("p", caps(1_000_000))
    True
    """
    chosen = "true"
    if up_to is not None:
        chosen = f"pair >= {(int(after) + 1) << 32} AND pair < {(int(up_to) + 1) << 32}"
    # PostgreSQL hashes an int8 by the XOR of its halves: pairs of a million ids have only as many
    # hashes as there are ids, and a table of them takes minutes where sorting takes seconds
    return f"""
    SELECT (pair >> 32)::int AS a, (pair & 4294967295)::int AS b
    FROM (SELECT pair, size FROM {pairs} WHERE {chosen} ORDER BY pair) AS sorted
    GROUP BY pair HAVING count(*) > 1 OR min(size) <= {most.alone}
    """


def candidates_of_all(most, keys=KEYS, share=1):
    """The pairs of contacts of the whole file that are worth comparing, or every so manieth.

    Shape: Caps, a name and a power of two in, SQL out that yields (a, b) once each. Errors: none.
    Source: as caps.

    >>> "GROUP BY block" in candidates_of_all(caps(0))
    True
    """
    every = f"({paired(f'({blocked(keys)}) AS blocked', most)}) AS paired"
    if share > 1:
        every = f"(SELECT * FROM {every} WHERE (pair # (pair >> 32)) & {share - 1} = 0) AS chosen"
    return counted(every, most)


def of_blocks(blocks, most, keys=KEYS):
    """The contacts in these blocks with the size of the block, of each none that has too many.

    Shape: SQL of a list of blocks, Caps and a name in, SQL out that yields partner_id and size.
    Errors: none. Source: as caps.

    >>> "@>" in of_blocks("ARRAY[1]", caps(0))
    True
    """
    limit = max(_MOST.largest, most.largest) + 1
    return f"""
        SELECT near.partner_id,
            CASE WHEN block & {OWN} > 0 THEN 1 ELSE cardinality(found.members) END AS size
        FROM unnest({blocks}) AS block,
        LATERAL (
            SELECT array_agg(partner_id) AS members
            FROM (
                SELECT partner_id FROM {keys} WHERE blocks @> ARRAY[block] LIMIT {limit}
            ) AS limited
        ) AS found,
        LATERAL unnest(found.members) AS near(partner_id)
        WHERE cardinality(found.members) <= {_most(most)}
    """


def known(most, keys=KEYS):
    """The blocks of a table "typed" with the contacts in them, of each none that has too many.

    Shape: Caps and a name in, SQL out that yields block and members (a list), the same as
    ``of_blocks`` for each. Errors: none. Source: as caps.

    >>> "FROM typed" in known(caps(0))
    True
    """
    return f"""
        SELECT block, array_agg(partner_id) AS members
        FROM ({blocked(keys)}) AS blocked
        WHERE block IN (SELECT unnest(blocks) FROM typed)
        GROUP BY block HAVING count(*) <= {_most(most)}
    """


def candidates_of_some(most, keys=KEYS):
    """The pairs of some contacts, by their ids, with all whom they are worth comparing with.

    Shape: Caps and a name in, SQL with %(ids)s out that yields (a, b) once each, the same as
    ``candidates_of_all``. Errors: none. Source: as caps.

    >>> "%(ids)s" in candidates_of_some(caps(0))
    True
    """
    return f"""
    SELECT DISTINCT least(mine.partner_id, other.partner_id) AS a,
        greatest(mine.partner_id, other.partner_id) AS b
    FROM {keys} AS mine,
    LATERAL ({of_blocks("mine.blocks", most, keys)}) AS other
    WHERE mine.partner_id = ANY(%(ids)s) AND other.partner_id != mine.partner_id
    GROUP BY mine.partner_id, other.partner_id
    HAVING count(*) > 1 OR min(other.size) <= {most.alone}
    """
