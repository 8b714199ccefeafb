"""Web addresses as they should be written."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.spelling_url import REASONS, website


@LAW
@given(
    ANY_TEXT
    | text_of(
        ["a", "Ü", "ok.de", "www.", "http://", "https:", "/", ":", "javascript", "&#58;", "%3A"]
        + ["?utm_source=a", "&", "id=3", "#", "@", " ", ",", "Web: ", "x", "\t"],
        8,
    ),
    COUNTRIES,
)
def test_any_text_gets_an_outcome_and_only_web_addresses_come_out(text, country):
    found = assert_lawful(website, text, country, REASONS)
    if found.outcome in ("same", "fixed") and found.value:
        assert found.value.startswith(("http://", "https://"))
        assert not any(char.isspace() for char in found.value)
