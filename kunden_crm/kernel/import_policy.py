"""What becomes of a value that a file brings, of its row, and of it all when it is taken back.

Policies of a column:

============  ==============================================================================
``fill``      only what is empty is filled
``source``    the file wins, unless what is there came from a source of a higher rank
``newest``    the newer value wins; of two of the same day a person decides
``ask``       a person decides where both say something else
============  ==============================================================================

Whatever the policy: the same value is the same, an empty cell deletes only where somebody said so,
and a source of a lower rank never replaces what one of a higher rank says.
"""

from typing import NamedTuple

POLICIES = ("fill", "source", "newest", "ask")
KEEP, WRITE, ASK, SAME = "keep", "write", "ask", "same"
# What the file of somebody who can log in keeps, because he logs in with it.
OF_LOGIN = frozenset({"email"})
# What finding the row's contact can come to, and the state that follows before its values.
_MATCHES = {
    "none": "new",
    "one": "update",
    "unsure": "ask",
    "several": "ask",
    "archived": "ask",
    "erased": "ask",
    "foreign": "rejected",
}


def _is_nothing(value):
    """Whether a cell says nothing; "no" and 0 say something."""
    return value is None or (not isinstance(value, (bool, int, float)) and not value)


def _as_set(value):
    """The members of a list of choices."""
    return set(value) if isinstance(value, (list, tuple, set, frozenset)) else {value} - {None, ""}


def is_same(one, other):
    """Whether two values say the same; all that is empty is, and the order of a list is nothing.

    Shape: two values as JSON holds them in, yes or no out. Errors: none. Source: Odoo (an empty
    text is False, an empty number 0).

    >>> is_same(None, False), is_same([2, 1], [1, 2]), is_same("a", "A"), is_same(0, "")
    (True, True, False, True)
    """
    if not one or not other:
        return not one and not other
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return one == other


def decided(
    old,
    new,
    policy="fill",
    old_rank=None,
    new_rank=None,
    old_date=None,
    new_date=None,
    **flags,
):
    """What becomes of a value that a file brings: keep, write, ask, or same.

    Shape: the value that stands there and that of the file, a policy, the ranks of their sources
    and their days (None where there is none: typed by a person, day unknown), and flags: ``clears``
    (an empty cell deletes), ``adds`` (lists of which nothing goes), ``guarded`` (nothing may
    change), in; text out. Errors: none; a policy that is none asks.
    Source: issue 8 (per field the policy); lessons.md L35; bad_inputs.md 103 and 107.

    >>> decided("", "a"), decided("a", "b"), decided("a", "b", "source"), decided("a", "")
    ('write', 'keep', 'write', 'keep')
    >>> decided("a", "b", "source", old_rank=80, new_rank=50), decided("a", "", clears=True)
    ('keep', 'write')
    >>> decided([1], [2], adds=True), decided([1, 2], [2], adds=True)
    ('write', 'same')
    """
    adds = flags.get("adds")
    if is_same(old, new) or (adds and not _is_nothing(new) and _as_set(new) <= _as_set(old)):
        return SAME
    if flags.get("guarded"):
        return KEEP
    lower = old_rank is not None and (new_rank is None or new_rank < old_rank)
    if _is_nothing(new):
        return WRITE if flags.get("clears") and not lower else KEEP
    if not old:
        return WRITE
    if adds:
        return ASK if policy == "ask" else WRITE
    return KEEP if policy == "fill" or lower else _differing(policy, old_date, new_date)


def _differing(policy, old_date, new_date):
    """What becomes of two different values; of two days whoever has none is the older one."""
    if policy == "source":
        return WRITE
    if policy != "newest" or new_date is None or new_date == old_date:
        return ASK
    return WRITE if old_date is None or new_date > old_date else KEEP


def is_guarded(name, has_login):
    """Whether the value of a field stays, whatever a file says.

    Shape: technical name and whether somebody logs in with this contact in, yes or no out. Errors:
    none. Source: bad_inputs.md 107 (never changes the e-mail of a login).

    >>> is_guarded("email", True), is_guarded("email", False), is_guarded("phone", True)
    (True, False, False)
    """
    return has_login and name in OF_LOGIN


class Verdict(NamedTuple):
    """The state of a row (new, update, unchanged, ask, rejected) and the codes of why."""

    state: str
    reasons: tuple = ()


def verdict(match="none", cells=(), decisions=(), missing=(), empty=False):
    """The state of a row, from its parts: rejecting beats asking beats writing.

    Shape: what finding its contact came to (none, one, unsure, several, archived, erased,
    foreign), the codes of its cells (as of import_cells.Read), what was decided per field, what is
    required and missing, and whether nothing names a contact, in; Verdict out. Reasons are
    ``cell``, ``missing``, ``nobody``, ``value`` (a field asks) and the word for the match. Errors:
    none; a match or code that is none asks. Source: issue 8 (dry run); bad_inputs.md, legend.

    >>> verdict("none", ["", "fixed"]), verdict("one", [""], ["same", "keep"]).state
    (Verdict(state='new', reasons=()), 'unchanged')
    >>> verdict("several", ["ask", "reject"])
    Verdict(state='rejected', reasons=('cell',))
    >>> verdict("one", [""], ["write", "ask"]), verdict("archived").reasons
    (Verdict(state='ask', reasons=('value',)), ('archived',))
    """
    state = _MATCHES.get(match, "ask")
    reject = [
        *(["cell"] if "reject" in cells else []),
        *(["missing"] if missing else []),
        *(["nobody"] if empty else []),
        *([match] if state == "rejected" else []),
    ]
    if reject:
        return Verdict("rejected", tuple(reject))
    known = {"", "fixed", "blank"}
    ask = [
        *(["cell"] if any(code not in known for code in cells) else []),
        *([match] if state == "ask" else []),
        *(["value"] if ASK in decisions else []),
    ]
    if ask:
        return Verdict("ask", tuple(ask))
    if state == "update" and WRITE not in decisions:
        return Verdict("unchanged")
    return Verdict(state)


def taken_back(old, new, now):
    """What taking an import back does to one value: restore, edited, or same.

    Shape: the value before the import, that of the import and that of today in, text out. "same":
    what was before stands there already; "edited": somebody has changed it since, so it stays.
    Errors: none. Source: lessons.md L33.

    >>> taken_back("a", "b", "b"), taken_back("a", "b", "c"), taken_back("a", "b", "a")
    ('restore', 'edited', 'same')
    """
    if is_same(now, old):
        return SAME
    return "restore" if is_same(now, new) else "edited"
