"""Laws of households: spelling makes no other address, and nobody written to goes missing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.households import (
    Member,
    Neighbour,
    address_key,
    house_number,
    household_lines,
    household_salutation,
    is_child,
    likely,
)
from odoo.addons.kunden_crm.kernel.names import NameParts
from odoo.addons.kunden_crm.kernel.salutations import Address

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
HOME = Address("Gartenweg 3", "", "50667", "Köln")
NAMES = st.sampled_from(["Meier", "Kaya", "von der Leyen", "Schmidt-Berg", "Öztürk", ""])
MEMBERS = st.lists(
    st.builds(
        Member,
        st.builds(NameParts, st.sampled_from(["", "Dr."]), st.sampled_from(["Eva", ""]), NAMES),
        st.sampled_from(["male", "female", "other", ""]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=5,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gartenstraße 3", "Gartenstr. 3"),
        ("Gartenstraße 3", "GARTENSTRASSE 3"),
        ("Garten-Straße 3", "Garten Str 3"),
        ("Gartenstraße3", "Gartenstr.3"),
        ("Musterstr. 5a", "Musterstraße 5 a"),
        ("Straße des 17. Juni 135", "Str. des 17 Juni 135"),
        ("Örtelweg 1", "Oertelweg 1"),
        ("Ring 1/2", "Ring 1-2"),
    ],
)
def test_one_address_in_two_spellings(one, other):
    assert address_key(one, "50667") == address_key(other, " 50667 ") != ""
    assert house_number(one) == house_number(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gartenstr. 3", "Gartenstr. 13"),
        ("Gartenstr. 3", "Gartenstr. 3a"),
        ("Ring 1 11", "Ring 11 1"),
        ("Strasserweg 3", "Strweg 3"),
    ],
)
def test_two_addresses(one, other):
    assert address_key(one, "50667") != address_key(other, "50667")
    assert address_key(one, "50667") != address_key(one, "50668")


@pytest.mark.parametrize(
    "street", ["", None, "Am Wald", "Postfach 12 34", "Packstation 101", "P.O. Box 7", "PF 12"]
)
def test_where_nobody_lives(street):
    assert address_key(street, "50667") == ""


def test_without_postcode_nothing_is_the_same():
    assert address_key("Gartenweg 3", "") == address_key("Gartenweg 3", None) == ""


@LAW
@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_has_one_key(street, zip_code):
    key = address_key(street, zip_code)
    assert key == address_key(street.strip(), f" {zip_code} ")
    assert not key or house_number(street) in key


@LAW
@given(NAMES, NAMES, st.booleans())
def test_closeness_is_mutual_and_a_shared_name_weighs_most(one, other, housed):
    assert likely(one, Neighbour(other, housed)) == likely(other, Neighbour(one, housed))
    assert likely(one, Neighbour(one)) >= likely(one, Neighbour("", True)) or not one


@LAW
@given(
    st.sampled_from(["", None, "head", "adult", "child"]),
    st.dates(date(1900, 1, 1), date(2025, 12, 31)),
    st.dates(date(2026, 1, 1), date(2060, 12, 31)),
)
def test_what_somebody_said_goes_before_the_age(role, birth, today):
    if role:
        assert is_child(role, birth, today) == (role == "child")
    else:
        assert not is_child(role, None, today)
        assert not is_child(role, birth, today.replace(year=birth.year + 19, day=1))


@LAW
@given(MEMBERS, st.sampled_from(["de", "en"]))
def test_every_household_can_be_written_to(members, lang):
    lines = household_salutation(members, lang).split("\n")
    assert 1 <= len(lines) <= 2
    assert all(line.endswith(",") for line in lines)
    address = household_lines(members, HOME)
    assert address[-2:] == ["Gartenweg 3", "50667 Köln"]
    assert all(address)
    assert len(address) <= 4


def test_a_mother_with_a_child_of_another_name_is_written_to_herself():
    mother = Member(NameParts("", "Eva", "Meier"), "female")
    child = Member(NameParts("", "Tim", "Kaya"), "male", adult=False)
    assert household_salutation([mother, child]) == "Sehr geehrte Frau Meier,"
    assert household_lines([mother, child], HOME)[0] == "Frau Eva Meier"


def test_a_mother_with_a_child_of_her_name_is_a_family():
    mother = Member(NameParts("", "Eva", "Meier"), "female", familiar=True)
    child = Member(NameParts("", "Tim", "Meier"), "male", adult=False)
    assert household_salutation([mother, child]) == "Liebe Familie Meier,"
    assert household_lines([mother, child], HOME)[0] == "Familie Meier"


def test_a_couple_of_one_name_is_a_family_whatever_the_child_is_called():
    couple = [Member(NameParts("", name, "Meier")) for name in ("Eva", "Max")]
    child = Member(NameParts("", "Tim", "Kaya"), adult=False)
    assert household_salutation([*couple, child]) == "Sehr geehrte Familie Meier,"


def test_only_who_is_addressed_familiarly_together_is():
    eva = Member(NameParts("", "Eva", "Meier"), "female", familiar=True)
    jan = Member(NameParts("", "Jan", "Kok"), "male")
    assert household_salutation([eva, jan]).startswith("Sehr geehrte Frau Meier,")
    jan = jan._replace(familiar=True)
    assert household_salutation([eva, jan]) == "Liebe Eva,\nlieber Jan,"


def test_nobody_is_greeted_politely():
    assert household_salutation([]) == "Sehr geehrte Damen und Herren,"
    assert household_lines([], HOME) == ["Gartenweg 3", "50667 Köln"]
