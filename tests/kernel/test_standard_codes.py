"""IBAN, BIC and VAT identification numbers as they should be written."""

import pytest
from hypothesis import given
from standard_laws import (
    ANY_TEXT,
    COUNTRIES,
    LAW,
    assert_lawful,
    check,
    check_table,
    signs_that_count,
    table,
    text_of,
)

from odoo.addons.kunden_crm.kernel.spelling_codes import REASONS, bic, iban, vat

PIECES = ["DE", "de", "89", "370400440532013000", "ATU", "12345675", "CHE", "107787577", " MWST"]
PIECES += ["COBADEFF", "XXX", "123456788", "EL", "IBAN: ", " ", "/", "٣", "A", "9", "-", "ß", "+"]
OF_IBAN = {"groups", "case", "country", "account", "several", "digits", "long"}
OF_IBAN |= {"beside", "no_code", "signs", "length", "check_digit"}
OF_BIC = {"groups", "case", "country", "several", "long", "no_code", "signs", "length"}


@pytest.mark.parametrize(
    ("kind", "reasons", "minimum"),
    [
        ("iban", OF_IBAN, 150),
        ("bic", OF_BIC, 40),
        ("vat", set(REASONS) - {"account", "beside"}, 150),
    ],
)
def test_the_tables_are_whole(kind, reasons, minimum):
    check_table(table.cases(kind), reasons, minimum)


@pytest.mark.parametrize("case", table.cases("iban"), ids=repr)
def test_the_table_of_ibans(case):
    check(iban, case)


@pytest.mark.parametrize("case", table.cases("bic"), ids=repr)
def test_the_table_of_bics(case):
    check(bic, case)


@pytest.mark.parametrize("case", table.cases("vat"), ids=repr)
def test_the_table_of_vat_numbers(case):
    check(vat, case)


@LAW
@given(ANY_TEXT | text_of(PIECES, 6), COUNTRIES)
def test_any_text_gets_an_outcome_and_keeps_its_signs(text, country):
    for spell in (iban, bic, vat):
        found = assert_lawful(spell, text, country, REASONS)
        if found.outcome == "fixed" and found.value and found.reason != "country":
            assert signs_that_count(text).endswith(signs_that_count(found.value)[4:])
