"""Towns: what holds for every text."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, texts

from odoo.addons.kunden_crm.kernel.spelling_city import REASONS, city

TOWNS = texts(
    "Köln Frankfurt am Main a. M. v. d. Höhe St. Gallen GIESSEN Gießen Groß GROẞ Gerau 's L' d' D"
    " (Oder) 1 36 50667 İ a@b.de {{ DDR Baden ﬁ M\u0308 МОСКВА 東京 les sur",
    " -/'’.",
)


@LAW
@given(ANY_TEXT | TOWNS, COUNTRIES)
def test_laws(text, country):
    found = assert_lawful(city, text, country, REASONS)
    assert letters(found.value) == letters(text)


def test_a_long_text_is_asked_in_a_moment():
    assert city("KÖLN " * 100_000).reason == "long"
