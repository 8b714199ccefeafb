"""IBAN, BIC and VAT identification numbers as they should be written."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, text_of

from odoo.addons.kunden_crm.kernel import spelling_codes, spelling_vat
from odoo.addons.kunden_crm.kernel.spelling_codes import bic, iban
from odoo.addons.kunden_crm.kernel.spelling_vat import vat

PIECES = ["DE", "de", "89", "370400440532013000", "ATU", "12345675", "CHE", "107787577", " MWST"]
PIECES += ["COBADEFF", "XXX", "123456788", "EL", "IBAN: ", " ", "/", "٣", "A", "9", "-", "ß", "+"]


@LAW
@given(ANY_TEXT | text_of(PIECES, 6), COUNTRIES)
def test_any_text_gets_an_outcome_and_keeps_its_signs(text, country):
    for spell in (iban, bic, vat):
        reasons = (spelling_vat if spell is vat else spelling_codes).REASONS
        found = assert_lawful(spell, text, country, reasons)
        if found.outcome == "fixed" and found.value and found.reason != "country":
            assert letters(text).endswith(letters(found.value)[4:])
