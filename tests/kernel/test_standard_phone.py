"""Telephone numbers as they should be written."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.phones import read_phone
from odoo.addons.kunden_crm.kernel.spelling_phone import REASONS, phone


@LAW
@given(ANY_TEXT | text_of("0012345679 +-/().;,xAp٣４\n\ud800"), COUNTRIES)
def test_any_text_gets_an_outcome_and_the_number_stays_the_same(text, country):
    found = assert_lawful(phone, text, country, REASONS)
    if found.outcome == "fixed":
        before, after = read_phone(text, country), read_phone(found.value, country)
        assert (before.e164, before.extension) == (after.e164, after.extension)
