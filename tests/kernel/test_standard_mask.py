"""The masks of the admin, and the texts that fit them."""

import time

import pytest
from hypothesis import given
from standard_laws import ANY_TEXT, LAW, assert_lawful, letters, text_of

from odoo.addons.kunden_crm.kernel.masks import PROBLEMS, REASONS, mask_problem, masked

MASK_SIGNS = ["9", "A", "*", "\\", "-", " ", "K", "ß", "ı", "\u0301", "/", ".", "9", "A"]
TEXT_SIGNS = ["1", "9", "a", "B", "k", "-", " ", ".", "ß", "ı", "\u0301", "ŉ", "٣", "\\"]


@pytest.mark.parametrize(
    ("mask", "problem"),
    [
        ("9", ""),
        ("KD-9999", ""),
        ("A" * 64, ""),
        ("\\9*", ""),
        ("99\\\\", ""),
        ("ÄÖ9", ""),
        ("", "empty"),
        (None, "empty"),
        (False, "empty"),
        ("9" * 65, "long"),
        (" 9", "spaces"),
        ("9 ", "spaces"),
        ("9  9", "spaces"),
        ("9\t9", "spaces"),
        ("9\u200b", "spaces"),
        ("a\u03089", "spaces"),
        ("9\\", "escape"),
        ("9\\\\\\", "escape"),
        ("KD", "no_placeholder"),
        ("\\9", "no_placeholder"),
        ("\\A\\*", "no_placeholder"),
        ("-", "no_placeholder"),
    ],
)
def test_what_is_wrong_with_a_mask(mask, problem):
    assert mask_problem(mask) == problem


@LAW
@given(ANY_TEXT | text_of(TEXT_SIGNS, 10), ANY_TEXT | text_of(MASK_SIGNS, 10))
def test_any_text_meets_any_mask(text, mask):
    assert mask_problem(mask) in ("", *PROBLEMS)
    found = assert_lawful(lambda value, country: masked(value, mask), text, "DE", REASONS)
    if found.outcome == "fixed":
        assert letters(found.value) == letters(found.value.casefold())


@LAW
@given(text_of(TEXT_SIGNS, 12))
def test_what_fits_keeps_its_letters_and_digits(text):
    for mask in ("***", "A*9", "A-99", "** **", "9.9.9", "AA/AA"):
        found = masked(text, mask)
        if found.outcome in ("same", "fixed"):
            assert letters(found.value) == letters(text.strip())


def test_a_mask_never_hangs():
    started = time.perf_counter()
    for mask in ("*" * 64, "\\*" * 31 + "9", "A" * 63 + "9"):
        masked("a" * 250, mask)
        masked("a " * 125, mask)
    assert time.perf_counter() - started < 0.5
