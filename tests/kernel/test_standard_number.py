"""Numbers and amounts as they should be written, and what a column says of its decimals."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.spelling_number import REASONS, column_separator, number

PIECES = ["1", "12", "234", "000", "0", ".", ",", "'", " ", "-", "(", ")", "€", "T€", " Mio.", "%"]
PIECES += ["CHF ", "E+06", "٣", "½", "ß", "+", "EUR"]
SIGNS = st.sampled_from(["", ",", "."])


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", ",", "1234"),
        ("1,234", ",", "1.2340"),
        ("1.234", ".", "1.2340"),
        ("1,234", ".", "1234"),
        ("-12.345 €", ",", "-12345"),
        ("1,234 T€", ",", "1234"),
        ("1.234,56", ".", "1234.56"),
        ("12,5", ".", "12.5"),
        ("12.5", ",", "12.5"),
        ("1.234.567", ".", "1234567"),
        ("1234", ",", "1234"),
        ("0.123", ",", "0.123"),
    ],
)
def test_a_column_decides_what_one_value_leaves_open(text, decimal, value):
    assert number(text, "DE", decimal).value == value
    assert number(value, "DE", decimal).outcome == number(value).outcome == "same"


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        ([], ""),
        ([None, "", "k.A."], ""),
        (["1.234", "5.678"], ""),
        (["1.234", "12,5"], ","),
        (["1.234,56"], ","),
        (["1,234.56"], "."),
        (["12.50", "1,234"], "."),
        (["1.234.567"], ","),
        (["1,234,567"], "."),
        (["1'234.50"], "."),
        (["0,5 %", "(3,25 €)"], ","),
        (["1,5", "1.5"], ""),
        (["1234", "5"], ""),
        (["1.234 Stück", "1,2E+06", "Köln"], ""),
        (["31.12.1980"], ""),
        (["1,5 T€", "CHF 2"], ","),
    ],
)
def test_what_a_column_says(texts, sign):
    assert column_separator(texts) == sign


@LAW
@given(ANY_TEXT | text_of(PIECES, 8), COUNTRIES, SIGNS)
def test_any_text_gets_an_outcome_and_only_numbers_come_out(text, country, decimal):
    found = assert_lawful(lambda value, land: number(value, land, decimal), text, country, REASONS)
    if found.outcome in ("same", "fixed") and found.value:
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", found.value)
        assert number(found.value, country).outcome == "same"


@LAW
@given(st.lists(ANY_TEXT | text_of(PIECES, 5), max_size=5))
def test_any_column_is_read(texts):
    assert column_separator(texts) in ("", ",", ".")


@LAW
@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([",.", ".,", "'.", " ,"]))
def test_an_amount_is_read_as_itself(amount, signs):
    text = f"{amount:,.2f}".translate({44: signs[0], 46: signs[1]})
    assert Decimal(number(text).value) == amount
