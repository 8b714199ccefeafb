"""Laws: what goes out comes back as it was; nothing that goes out is taken for a formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.formulas import hide_formula, show_formula

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
TEXTS = st.text() | st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠a1"), max_size=6)


@LAW
@given(TEXTS)
def test_what_goes_out_comes_back(text):
    assert show_formula(hide_formula(text)) == text


@LAW
@given(TEXTS)
def test_nothing_that_goes_out_begins_with_a_sign(text):
    assert hide_formula(text)[:1] not in (*"=+-@\t\r\n＝＋－＠",)


@pytest.mark.parametrize(
    "text", ["=1", "+cmd", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＠A", "'=1"]
)
def test_each_sign_is_hidden(text):
    assert hide_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "O'Neill", "'t Hof", "1-2", "a@x.de", " =1"])
def test_other_texts_stay(text):
    assert hide_formula(text) == show_formula(text) == text
