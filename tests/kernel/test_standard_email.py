"""E-mail addresses as they should be written."""

from hypothesis import example, given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, text_of

from odoo.addons.kunden_crm.kernel.spelling_email import REASONS, _of_any, email


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


@LAW
@given(
    text_of(["a", "B", "x-", "--", "@", "@gmial.com", "@www.", ".", ".de", ".con", "_", "1", "ü"])
)
@example("Eva.Berg@GMX.De")
@example("eva@" + "x" * 64 + ".de")
def test_most_addresses_are_read_as_all_others(text):
    assert email(text) == (_of_any(text) if text else email(""))
