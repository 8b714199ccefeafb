"""Telephone numbers as they should be written."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.phones import read_phone
from odoo.addons.kunden_crm.kernel.spelling_phone import REASONS, is_plainly, phone


@LAW
@given(ANY_TEXT | text_of("0012345679 +-/().;,xAp٣４\n\ud800"), COUNTRIES)
def test_any_text_gets_an_outcome_and_the_number_stays_the_same(text, country):
    found = assert_lawful(phone, text, country, REASONS)
    if found.outcome == "fixed":
        before, after = read_phone(text, country), read_phone(found.value, country)
        assert (before.e164, before.extension) == (after.e164, after.extension)


_AREAS = st.sampled_from(["221", "30", "89", "7755", "171", "1", "512", "44", "79", "800"])


@LAW
@given(_AREAS, st.integers(1, 99_999_999), st.text(" /-.(", max_size=3), COUNTRIES, st.data())
def test_what_is_plainly_a_number_is_read_as_it(area, line, signs, country, data):
    """The quick look never says yes to what reading would understand otherwise."""
    code = phonenumbers.country_code_for_region(country)
    head = data.draw(st.sampled_from(["0", f"+{code} ", f"+{code}", f"+{code} (0)", "00", ""]))
    meant, text, line = f"+{code}{area}{line}", f"{head}{area}", str(line)
    for sign in signs:
        cut = data.draw(st.integers(0, len(line)))
        text, line = f"{text}{line[:cut]}{sign}", line[cut:]
    text += line
    found = read_phone(text, country)
    for e164 in {meant, found.e164}:
        known = read_phone(e164, country)
        if known.valid and is_plainly(text, known.e164, country):
            assert found[:5] == known[:5]


@pytest.mark.parametrize(
    ("text", "country", "plainly"),
    [
        ("0221 4710900", "DE", True),
        ("0221/4710900", "de", True),
        ("+49 221 4710900", "FR", True),
        ("0221 4710900", "AT", False),
        ("0221 4710900", "FR", False),
        ("0221 4710-900", "DE", False),
        ("+49 (0)221 4710900", "DE", False),
        ("0221 4710900 App. 1", "DE", False),
        ("0221 4710901", "DE", False),
        ("", "DE", False),
    ],
)
def test_the_plain_spellings(text, country, plainly):
    assert is_plainly(text, "+492214710900", country) is plainly
