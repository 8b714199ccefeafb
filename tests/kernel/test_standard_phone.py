"""Telephone numbers as they should be written."""

import pytest
from hypothesis import given
from standard_laws import (
    ANY_TEXT,
    COUNTRIES,
    LAW,
    assert_lawful,
    check,
    check_table,
    table,
    text_of,
)

from odoo.addons.kunden_crm.kernel.phones import read_phone
from odoo.addons.kunden_crm.kernel.spelling_phone import REASONS, phone


def test_the_table_is_whole():
    check_table(table.cases("phone"), REASONS)


@pytest.mark.parametrize("case", table.cases("phone"), ids=repr)
def test_the_table(case):
    check(phone, case)


@LAW
@given(ANY_TEXT | text_of("0012345679 +-/().;,xAp٣４\n\ud800"), COUNTRIES)
def test_any_text_gets_an_outcome_and_the_number_stays_the_same(text, country):
    found = assert_lawful(phone, text, country, REASONS)
    if found.outcome == "fixed":
        before, after = read_phone(text, country), read_phone(found.value, country)
        assert (before.e164, before.extension) == (after.e164, after.extension)
