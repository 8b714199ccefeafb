"""What becomes of values and rows of a file: tables, and what holds whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import LAW

from odoo.addons.kunden_crm.kernel.import_policy import (
    POLICIES,
    Verdict,
    decided,
    is_guarded,
    is_same,
    taken_back,
    verdict,
)

# Old, new, policy, old rank, new rank, old day, new day, what becomes of it.
DECIDED = [
    (None, "a", "fill", None, None, None, None, "write"),
    (0, 5, "fill", 90, 10, None, None, "write"),
    (False, True, "ask", 90, 10, None, None, "write"),
    ("a", "a", "ask", None, None, None, None, "same"),
    (False, None, "source", None, None, None, None, "same"),
    ([1, 2], [2, 1], "source", None, None, None, None, "same"),
    ("a", "b", "fill", None, 99, None, None, "keep"),
    (True, False, "fill", None, 99, None, None, "keep"),
    (True, False, "source", None, 99, None, None, "write"),
    (5, 0, "source", None, 99, None, None, "write"),
    ("a", "b", "source", 50, 50, None, None, "write"),
    ("a", "b", "source", None, None, None, None, "write"),
    ("a", "b", "source", 50, None, None, None, "keep"),
    ("a", "b", "source", 51, 50, None, None, "keep"),
    ("a", "b", "newest", 51, 50, "2024-01-01", "2025-01-01", "keep"),
    ("a", "b", "newest", 50, 50, "2024-01-01", "2025-01-01", "write"),
    ("a", "b", "newest", 50, 50, "2025-01-01", "2024-01-01", "keep"),
    ("a", "b", "newest", 50, 50, "2025-01-01", "2025-01-01", "ask"),
    ("a", "b", "newest", None, 50, None, "2025-01-01", "write"),
    ("a", "b", "newest", None, 50, "2025-01-01", None, "ask"),
    ("a", "b", "newest", None, 50, None, None, "ask"),
    ("a", "b", "ask", None, 50, None, None, "ask"),
    ("a", "b", "ask", 60, 50, None, None, "keep"),
    ("a", "b", "no such policy", None, None, None, None, "ask"),
    ("a", "", "source", None, 99, None, None, "keep"),
    ([1], [], "source", None, 99, None, None, "keep"),
]


@pytest.mark.parametrize("case", DECIDED, ids=repr)
def test_a_value_is_decided(case):
    assert decided(*case[:-1]) == case[-1]


def test_a_value_is_cleared_added_or_guarded():
    assert decided("a", None, clears=True) == "write"
    assert decided("a", None, "source", 60, 50, clears=True) == "keep"
    assert decided([1], [1, 2], adds=True) == decided(None, [1], adds=True) == "write"
    assert decided([1], [2], "ask", adds=True) == "ask"
    assert decided([2, 1], [1], adds=True) == decided("a", "a", adds=True) == "same"
    assert decided([1], [], "source", adds=True) == "keep"
    assert decided("", "a@x.de", "source", guarded=True) == "keep"
    assert decided("a", "", guarded=True, clears=True) == "keep"
    assert decided("a@x.de", "a@x.de", guarded=True) == "same"
    assert [is_guarded("email", True), is_guarded("name", True)] == [True, False]


# Match, codes of cells, decisions, missing, nobody, state, reasons.
VERDICTS = [
    ("none", [], [], [], False, "new", ""),
    ("none", ["", "fixed", "blank"], [], [], False, "new", ""),
    ("one", [""], ["write", "same"], [], False, "update", ""),
    ("one", [""], ["keep", "same"], [], False, "unchanged", ""),
    ("one", [], [], [], False, "unchanged", ""),
    ("one", [""], ["write", "ask"], [], False, "ask", "value"),
    ("none", ["ask"], [], [], False, "ask", "cell"),
    ("unsure", [""], ["write"], [], False, "ask", "unsure"),
    ("several", ["ask"], ["ask"], [], False, "ask", "cell several value"),
    ("archived", [], [], [], False, "ask", "archived"),
    ("erased", [], [], [], False, "ask", "erased"),
    ("unheard", ["unheard"], [], [], False, "ask", "cell unheard"),
    ("foreign", [], [], [], False, "rejected", "foreign"),
    ("several", ["reject", "ask"], [], [], False, "rejected", "cell"),
    ("none", ["reject"], [], ["zip"], True, "rejected", "cell missing nobody"),
    ("one", [], ["write"], ["zip"], False, "rejected", "missing"),
]


@pytest.mark.parametrize("case", VERDICTS, ids=repr)
def test_a_row_has_its_verdict(case):
    assert verdict(*case[:5]) == Verdict(case[5], tuple(case[6].split()))


TAKEN_BACK = [
    ("a", "b", "b", "restore"),
    ("a", "b", "a", "same"),
    ("a", "b", "c", "edited"),
    (None, "b", "b", "restore"),
    (None, "b", False, "same"),
    ("a", None, "", "restore"),
    ("a", "a", "b", "edited"),
    ([1], [1, 2], [2, 1], "restore"),
    (False, True, True, "restore"),
    (1.5, 2.5, 2.5, "restore"),
]


@pytest.mark.parametrize(("old", "new", "now", "found"), TAKEN_BACK)
def test_taking_back_keeps_what_a_person_has_edited(old, new, now, found):
    assert taken_back(old, new, now) == found


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(["", "a", "b", 0.0, 1.5]),
    st.lists(st.integers(1, 3), max_size=3),
)
RANKS = st.none() | st.integers(1, 3)
DAYS = st.none() | st.sampled_from(["2024-01-01", "2025-01-01"])
POLICY = st.sampled_from([*POLICIES, "", None])


@LAW
@given(VALUES, VALUES, POLICY, RANKS, RANKS, DAYS, DAYS, st.booleans(), st.booleans())
def test_laws_of_deciding(old, new, policy, old_rank, new_rank, old_day, new_day, adds, guarded):
    more = (policy, old_rank, new_rank, old_day, new_day)
    found = decided(old, new, *more, adds=adds, guarded=guarded)
    assert found in ("keep", "write", "ask", "same")
    assert found == decided(old, new, *more, adds=adds, guarded=guarded)
    # an empty cell never deletes
    if new in (None, "", []):
        assert found in ("keep", "same")
    # what was written once is the same the next time
    assert decided(new, new, *more, adds=adds, guarded=guarded) == "same"
    # only what is empty is filled; a source of a lower rank replaces nothing
    lower = None not in (old_rank, new_rank) and new_rank < old_rank
    if (policy == "fill" or lower) and old and not adds:
        assert found in ("keep", "same")
    if guarded:
        assert found in ("keep", "same")


@LAW
@given(VALUES, VALUES, VALUES)
def test_laws_of_sameness_and_taking_back(old, new, now):
    assert is_same(old, old)
    assert is_same(old, new) == is_same(new, old)
    assert taken_back(old, new, old) == "same"
    assert taken_back(old, new, now) in ("restore", "edited", "same")
    assert taken_back(old, new, new) in ("restore", "same")


@LAW
@given(
    st.sampled_from(["none", "one", "unsure", "several", "archived", "erased", "foreign", "x"]),
    st.lists(st.sampled_from(["", "fixed", "blank", "ask", "reject", "x"]), max_size=4),
    st.lists(st.sampled_from(["keep", "write", "ask", "same"]), max_size=4),
    st.booleans(),
)
def test_rejecting_beats_asking_beats_writing(match, cells, decisions, missing):
    found = verdict(match, cells, decisions, missing and ["zip"])
    assert bool(found.reasons) == (found.state in ("ask", "rejected"))
    if "reject" in cells or missing:
        assert found.state == "rejected"
    elif "ask" in cells or "ask" in decisions:
        assert found.state in ("ask", "rejected")
    worse = verdict(match, [*cells, "ask"], decisions, missing and ["zip"])
    assert worse.state == ("rejected" if found.state == "rejected" else "ask")
