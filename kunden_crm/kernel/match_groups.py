"""Groups of contacts that are the same, out of pairs: guarded, so that one bad pair joins nothing.

Plain transitive closure ruins a large file: A is like B and B like C, and A and C are father and
son. Here two groups become one only where all that is known of their members taken together
speaks for it.
"""

# What a pair that was not compared says against both being the same.
UNKNOWN = -30


def groups(pairs, least=0, unknown=UNKNOWN, apart=()):
    """The groups of two or more, joined pair by pair, the surest pair first.

    Shape: iterable of (a, b, points), also of pairs that speak against, the fewest points of a
    pair that joins, the points of a pair that is missing, and pairs that are never to be in one
    group in; list of sorted lists out, the first member first. The order of the pairs does not
    matter. Errors: none.
    Source: Hassanzadeh et al., Framework for Evaluating Clustering Algorithms in Duplicate
    Detection, VLDB 2009 (centre and average linkage).

    >>> groups([(1, 2, 90), (2, 3, 80), (1, 3, 10)])
    [[1, 2, 3]]
    >>> groups([(1, 2, 90), (2, 3, 20), (1, 3, -70)])
    [[1, 2]]
    """
    never = {frozenset(pair) for pair in apart}
    pairs = [(min(a, b), max(a, b), points) for a, b, points in pairs]
    known = {(a, b): points for a, b, points in pairs}
    known.update((tuple(sorted(pair)), None) for pair in never)
    home, members = {}, {}
    ordered = sorted((-points, a, b) for a, b, points in pairs if points >= least)
    for _points, a, b in ordered:
        one, two = home.get(a, a), home.get(b, b)
        mine, theirs = members.get(one, [one]), members.get(two, [two])
        if one == two or not _belong(mine, theirs, known, least, unknown):
            continue
        if len(mine) < len(theirs):
            one, two, mine, theirs = two, one, theirs, mine
        members[one] = mine + theirs
        members.pop(two, None)
        home.update((member, one) for member in (*mine, *theirs))
    return sorted(sorted(group) for group in members.values())


def _belong(mine, theirs, known, least, unknown):
    """Whether the pairs between two groups together speak for their being one."""
    total = 0
    for a in mine:
        for b in theirs:
            points = known.get((a, b) if a < b else (b, a), unknown)
            if points is None:
                return False
            total += min(max(points, -_MOST), _MOST)
    return total >= least * len(mine) * len(theirs)


_MOST = 40
