"""The registry of recording standards, and what all of them share."""

import pytest
from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful

from odoo.addons.kunden_crm.kernel.outcomes import Outcome
from odoo.addons.kunden_crm.kernel.spelling_text import line, note
from odoo.addons.kunden_crm.kernel.standards import STANDARDS, standardise

KINDS = {"char", "text", "date", "integer", "float", "monetary", "boolean", "selection", "many2one"}


def test_every_standard_has_its_key_and_fields():
    for key, entry in STANDARDS.items():
        assert entry.key == key
        assert callable(entry.spell)
        assert entry.kinds
        assert set(entry.kinds) <= KINDS


@pytest.mark.parametrize("key", STANDARDS)
@pytest.mark.parametrize("nothing", [None, False, ""])
def test_nothing_is_as_it_should_be(key, nothing):
    assert standardise(key, nothing, mask="99") == Outcome("", "same")


@pytest.mark.parametrize("key", STANDARDS)
def test_a_text_that_no_eye_can_see_is_empty(key):
    assert standardise(key, " \u202e\t\u3164", mask="99") == Outcome("", "fixed", "spaces")


@pytest.mark.parametrize("key", sorted(set(STANDARDS) - {"note"}))
def test_a_text_that_no_column_holds_is_left_to_a_person(key):
    text = "a1 " * 84
    assert standardise(key, text, mask="99") == Outcome(text, "ask", "long")


@pytest.mark.parametrize(
    ("key", "text"),
    [("website", "www.ok.de/" + "a" * 240), ("number", "1" * 245 + " Mrd.")],
)
def test_no_value_is_longer_than_its_column(key, text):
    assert len(text) == 250
    assert standardise(key, text) == Outcome(text, "ask", "long")


@pytest.mark.parametrize("key", STANDARDS)
def test_any_text_gets_an_outcome_by_each_key(key):
    @LAW
    @given(ANY_TEXT, COUNTRIES)
    def law(text, country):
        assert_lawful(lambda value, land: standardise(key, value, land, "A-99"), text, country)

    law()


def test_a_key_that_is_none_leaves_every_text():
    assert standardise("none", " a\n") == Outcome(" a\n", "same")


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("Müller", "Müller", "same"),
        ("Mu\u0308ller", "Müller", "fixed"),
        ("a  b", "a b", "fixed"),
        ("a\nb", "a b", "fixed"),
        ("{{ object.env }}", "{{ object.env }}", "same"),
        ("=1+1", "=1+1", "same"),
    ],
)
def test_one_line(text, value, outcome):
    assert line(text)[:2] == (value, outcome)


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("a\nb", "a\nb", "same"),
        ("a\r\nb", "a\nb", "fixed"),
        ("a\rb", "a\nb", "fixed"),
        ("a\n\n\nb", "a\n\n\nb", "same"),
        ("\n a \n", "a", "fixed"),
        ("a\u2028b", "a\nb", "fixed"),
        ("a \u202e\nb", "a\nb", "fixed"),
        ("x" * 9999, "x" * 9999, "same"),
    ],
)
def test_a_note_keeps_its_lines(text, value, outcome):
    assert note(text)[:2] == (value, outcome)
    assert standardise("note", text) == note(text)
