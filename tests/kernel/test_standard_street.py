"""Streets: what holds for every text."""

import re

import pytest
from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, texts

from odoo.addons.kunden_crm.kernel.households import address_key, house_number
from odoo.addons.kunden_crm.kernel.spelling_street import REASONS, street

STREETS = texts(
    "Muster str. str Str. strasse straße Straße Pl. pl. Markt Weg Am an der des 17. Juni 5 5a 7 12"
    " A b c I C4 PF Postfach c/o Nr. OG II GROSSE STRAẞE İ – // 1/2 ½ {{ (Hof) ﬁ M\u0308 DRK",
    " -–/,",
)


def spelled_out(text):
    """The letters of a street in which short and full words, and the dash, are one."""
    text = letters(re.sub("[-–—/]", "", text or ""))
    return text.replace("strasse", "str").replace("platz", "pl")


@LAW
@given(ANY_TEXT | STREETS, COUNTRIES)
def test_laws(text, country):
    found = assert_lawful(street, text, country, REASONS)
    assert spelled_out(found.value) == spelled_out(text)


@LAW
@given(STREETS)
def test_the_house_number_stays(text):
    value = street(text).value
    assert house_number(value) == house_number(text)
    if re.search("pl[.]", text.lower()) is None and address_key(text, "50667"):
        assert address_key(value, "50667") == address_key(text, "50667")


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "LI"])
def test_all_spellings_of_a_street_become_one(country):
    texts = (
        "Musterstr. 5a",
        "Musterstraße 5 a",
        "MUSTERSTRASSE 5A",
        "musterstr 5 A",
        "Musterstr.5a",
    )
    assert len({street(text, country).value for text in texts}) == 1


def test_a_long_text_is_asked_and_read_in_a_moment():
    assert street("5 - " * 100_000).reason == "long"
    assert street("c/O" * 83).outcome == "same"
