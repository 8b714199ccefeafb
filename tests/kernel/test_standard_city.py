"""Towns: the table, and what holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standards import ANY_TEXT, COUNTRIES, LAW, cases, check_laws, letters, texts

from odoo.addons.kunden_crm.kernel.spelling_city import REASONS, city

TOWNS = texts(
    "Köln Frankfurt am Main a. M. v. d. Höhe St. Gallen GIESSEN Gießen Groß GROẞ Gerau 's L' d' D"
    " (Oder) 1 36 50667 İ a@b.de {{ DDR Baden ﬁ M\u0308 МОСКВА 東京 les sur",
    " -/'’.",
)


@pytest.mark.parametrize("case", list(cases("city")), ids=repr)
def test_table(case):
    assert city(case.text, case.country) == (case.value, case.outcome, case.reason)


@LAW
@given(ANY_TEXT | TOWNS | st.sampled_from([None, False, "A" * 251]), COUNTRIES)
def test_laws(text, country):
    found = check_laws(city, text, country, REASONS)
    assert letters(found.value) == letters(text)


def test_a_long_text_is_asked_in_a_moment():
    assert city("KÖLN " * 100_000).reason == "long"
