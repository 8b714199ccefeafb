"""Postcodes: what holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import ANY_TEXT, LAW, assert_lawful, letters

from odoo.addons.kunden_crm.kernel.spelling_postcode import _CODES, REASONS, postcode

LIKE = st.text(st.sampled_from("0123456789" * 3 + " -.,ADELVT/５²"), max_size=9)
COUNTRIES = st.sampled_from([*_CODES, "XX", "de", "", None, "\ud800"])


@LAW
@given(ANY_TEXT | LIKE | st.sampled_from([None, False, "1" * 251]), COUNTRIES)
def test_laws(text, country):
    found = assert_lawful(postcode, text, country, REASONS)
    if found.reason in ("form", "prefix") and found.value[:1].isdigit():
        assert letters(text).endswith(letters(found.value))
    if found.reason == "spreadsheet":
        assert letters(found.value).lstrip("0") in letters(text)


@LAW
@given(st.integers(1001, 99998))
def test_every_german_postcode_stays_and_loses_its_prefix(number):
    code = f"{number:05}"
    assert postcode(code).outcome == "same"
    assert postcode(f"D-{code}").value == postcode(f"{number}.0").value == code
    assert postcode(str(number)).reason == ("leading_zero" if number < 10_000 else "")


@pytest.mark.parametrize("country", sorted(_CODES))
def test_nonsense_is_no_postcode_anywhere(country):
    assert postcode("?", country).outcome == "rejected"
    assert postcode("0" * 12, country).outcome == "rejected"


def test_a_long_text_is_asked_in_a_moment():
    assert postcode("1 " * 100_000).reason == "long"
    assert postcode("1a " * 80).outcome == "rejected"
