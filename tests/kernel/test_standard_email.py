"""E-mail addresses as they should be written."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, text_of

from odoo.addons.kunden_crm.kernel.spelling_email import REASONS, email


@LAW
@given(
    ANY_TEXT | text_of(["a", "B", "ü", "ß", "İ", "@", ".", "de", "x.de", "<", ">", " ", ",", "at"]),
    COUNTRIES,
)
def test_any_text_gets_an_outcome_and_keeps_its_address(text, country):
    found = assert_lawful(email, text, country, REASONS)
    if found.reason in ("mark", "case"):
        assert letters(found.value) == letters(text)
    if found.outcome == "fixed" and found.value:
        assert found.value.count("@") == 1
        assert found.value.partition("@")[0] in text
