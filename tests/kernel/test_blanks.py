"""Laws of what counts as filled in."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.blanks import (
    MARKS,
    completeness,
    is_blank,
    placeholder_day,
    placeholder_key,
)


@given(st.text(alphabet=MARKS))
def test_marks_alone_say_nothing(text):
    assert is_blank(text)


@given(st.text(), st.sampled_from("aZß7中é"))
def test_a_letter_or_digit_says_something(text, letter):
    assert not is_blank(text + letter)


@given(st.text())
def test_the_key_stays_and_placeholders_are_blank(text):
    key = placeholder_key(text)
    assert placeholder_key(key) == key
    assert is_blank(text, {key})


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days_are_read_as_written(day):
    assert placeholder_day(day.strftime("%d.%m.%Y")) == placeholder_day(day.isoformat()) == day


def test_what_is_no_day():
    assert placeholder_day("k.A.") is None
    assert placeholder_day(None) is None
    assert placeholder_day("1900-13-01") is None


@given(st.integers(0, 500), st.data())
def test_only_nothing_missing_is_complete(asked, data):
    missing = data.draw(st.integers(0, asked))
    told = completeness(asked, missing)
    assert 0 <= told <= 100
    assert (told == 100) == (missing == 0)
