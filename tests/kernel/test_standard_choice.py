"""Choices by key, label or another word: gender, yes and no, and any others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful

from odoo.addons.kunden_crm.kernel.choices import (
    ANSWERS,
    GENDERS,
    REASONS,
    choice,
    gender,
    yes_no,
)
from odoo.addons.kunden_crm.kernel.outcomes import Outcome

BRANCHES = {"it": ["IT & Telekommunikation", "EDV"], "bau": ["Bau", "EDV-Bau"], "3": ["Handel"]}
WORDS = [word for labels in (GENDERS, ANSWERS) for words in labels.values() for word in words]


@pytest.mark.parametrize(
    ("text", "value", "outcome", "reason"),
    [
        ("it", "it", "same", ""),
        ("IT", "it", "fixed", "label"),
        ("edv", "it", "fixed", "label"),
        ("it und telekommunikation", "it und telekommunikation", "ask", "unknown"),
        ("IT&Telekommunikation", "it", "fixed", "label"),
        ("3", "3", "same", ""),
        (" 3", "3", "fixed", "spaces"),
        ("handel", "3", "fixed", "label"),
        ("4", "4", "ask", "unknown"),
        (None, "", "same", ""),
        ("bau " * 63, "bau " * 63, "ask", "long"),
    ],
)
def test_any_choices(text, value, outcome, reason):
    assert choice(text, BRANCHES) == Outcome(value, outcome, reason)


def test_a_word_of_two_choices_is_asked_about():
    labels = {"a": ["Sonstige"], "b": ["sonstige!"]}
    assert choice("SONSTIGE", labels) == Outcome("SONSTIGE", "ask", "several")


@pytest.mark.parametrize("labels", [GENDERS, ANSWERS])
def test_no_shipped_word_stands_for_two_choices(labels):
    for key, words in labels.items():
        for word in words:
            assert choice(word, labels).value == key, word


@LAW
@given(ANY_TEXT | st.sampled_from(WORDS), COUNTRIES)
def test_any_text_gets_an_outcome_and_no_new_choice(text, country):
    for spell, labels in ((gender, GENDERS), (yes_no, ANSWERS)):
        found = assert_lawful(spell, text, country, REASONS)
        assert found.outcome == "ask" or found.value in {"", *labels}
