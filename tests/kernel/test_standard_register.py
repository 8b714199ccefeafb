"""Numbers of commercial registers as they should be written."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.spelling_register import REASONS, register_number

PIECES = ["HRB", "hra", "VR", "FN", "CHE", "-", " ", ".", ",", "12345", "107787577", "a", "B", "AG"]
PIECES += ["Köln", "Amtsgericht ", "Nr. ", "(", ")", "ß", "٣", "FL", "/"]


@LAW
@given(ANY_TEXT | text_of(PIECES, 8), COUNTRIES)
def test_any_text_gets_an_outcome_and_keeps_its_digits(text, country):
    found = assert_lawful(register_number, text, country, REASONS)
    if found.outcome == "fixed":
        digits = [[char for char in part if char.isdigit()] for part in (text, found.value)]
        assert digits[0] == digits[1]
