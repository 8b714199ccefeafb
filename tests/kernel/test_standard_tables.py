"""The tables of all recording standards: what a careful clerk makes of real values."""

import sys

import pytest
from standard_laws import assert_lawful, table

from odoo.addons.kunden_crm.kernel.outcomes import Outcome
from odoo.addons.kunden_crm.kernel.standards import STANDARDS, standardise

CASES = {kind: list(table.cases(kind)) for kind in table.KINDS}


def reasons_of(kind):
    """The reasons that the module of a standard lists."""
    return set(sys.modules[STANDARDS[kind].spell.__module__].REASONS)


def test_every_kind_of_value_has_a_table():
    assert set(table.KINDS) == set(STANDARDS) - {"text", "note"}


@pytest.mark.parametrize("kind", table.KINDS)
def test_a_table_has_150_cases_that_differ(kind):
    asked = {(case.text, case.country, case.mask) for case in CASES[kind]}
    assert len(asked) == len(CASES[kind]) >= 150


@pytest.mark.parametrize("kind", table.KINDS)
def test_every_reason_has_a_case(kind):
    module = STANDARDS[kind].spell.__module__
    kinds = [each for each in table.KINDS if STANDARDS[each].spell.__module__ == module]
    told = {case.reason for each in kinds for case in CASES[each]}
    # of the words that come with the add-on none means two choices: test_standard_choice
    assert reasons_of(kind) - told <= ({"several"} if "choices" in module else set())


@pytest.mark.parametrize("kind", table.KINDS)
def test_the_standard_says_what_the_table_says(kind, subtests):
    for case in CASES[kind]:
        with subtests.test(case=repr(case)):
            assert_case(kind, case)


def assert_case(kind, case):
    """The standard says what the table says, and keeps its laws."""
    found = standardise(kind, case.text, case.country, case.mask)
    assert found == Outcome(case.value, case.outcome, case.reason)
    assert_lawful(
        lambda text, country: standardise(kind, text, country, case.mask),
        case.text,
        case.country,
        reasons_of(kind),
    )
