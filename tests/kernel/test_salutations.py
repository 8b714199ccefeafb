"""How a letter begins and to whom it goes."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel import salutations
from odoo.addons.kunden_crm.kernel.companies import SALUTATIONS
from odoo.addons.kunden_crm.kernel.salutations import (
    Address,
    address_lines,
    gender_of_salutation,
    letter_salutation,
)

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
KINDS = st.sampled_from(["person", "private", "company", "household", "", None])
GENDERS = st.sampled_from(["male", "female", "other", "", None, False])
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    ["Dr.", "Prof. Dr.", "Müller", "Müller geb. Berg", "Familie Meier", "a@b.de", "(x)", "{0}", ""]
)
BERLIN = Address("Ring 1", "", "10115", "Berlin", "Deutschland")
WIEN = Address("Ring 1", "Stiege 2", "1010", "Wien", "Österreich", foreign=True)


@pytest.mark.parametrize(
    ("gender", "title", "firstname", "lastname", "expected"),
    [
        ("female", "", "Anna", "Schmidt", "Sehr geehrte Frau Schmidt,"),
        ("male", "", "Max", "Müller", "Sehr geehrter Herr Müller,"),
        ("female", "Dr.", "Anna", "Schmidt", "Sehr geehrte Frau Dr. Schmidt,"),
        ("male", "Dr. med.", "Max", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("male", "Dr. Dr. h.c. mult.", "Max", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("male", "Dr.-Ing.", "Max", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("male", "DDr.", "Max", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("female", "Dr.in", "Eva", "Groß", "Sehr geehrte Frau Dr. Groß,"),
        ("male", "PD Dr.", "Max", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("male", "Prof.", "Max", "Müller", "Sehr geehrter Herr Professor Müller,"),
        ("male", "Prof. Dr.", "Max", "Müller", "Sehr geehrter Herr Professor Müller,"),
        ("male", "Professor", "Max", "Müller", "Sehr geehrter Herr Professor Müller,"),
        ("male", "Univ.-Prof. Dr. Dr.", "Max", "Müller", "Sehr geehrter Herr Professor Müller,"),
        ("female", "Prof. Dr. med.", "Eva", "Groß", "Sehr geehrte Frau Professorin Groß,"),
        ("female", "Prof.in", "Eva", "Groß", "Sehr geehrte Frau Professorin Groß,"),
        ("male", "Dipl.-Ing.", "Max", "Müller", "Sehr geehrter Herr Müller,"),
        ("male", "MBA", "Max", "Müller", "Sehr geehrter Herr Müller,"),
        ("female", "Dr. LL.M.", "Eva", "Groß", "Sehr geehrte Frau Dr. Groß,"),
        ("female", "", "Ursula", "von der Leyen", "Sehr geehrte Frau von der Leyen,"),
        ("male", "", "C.", "Graf von Stauffenberg", "Sehr geehrter Herr Graf von Stauffenberg,"),
        ("male", "", "Hans", "Müller jun.", "Sehr geehrter Herr Müller jun.,"),
        ("female", "", "Anna", "Müller geb. Schmidt", "Sehr geehrte Frau Müller,"),
        ("female", "", "Anna", "Müller (geb. Schmidt)", "Sehr geehrte Frau Müller,"),
        ("female", "", "Anna", "Müller (Einkauf)", "Sehr geehrte Frau Müller,"),
        ("other", "", "Kim", "Schmidt", "Guten Tag Kim Schmidt,"),
        ("", "", "Kim", "Schmidt", "Guten Tag Kim Schmidt,"),
        (None, "Dr.", "Kim", "Schmidt", "Guten Tag Dr. Kim Schmidt,"),
        (False, "Prof. Dr.", "Kim", "Schmidt", "Guten Tag Prof. Kim Schmidt,"),
        ("", "", "", "Schmidt", "Guten Tag Schmidt,"),
        ("male", "Dr.", "Max", "", "Guten Tag Max,"),
        ("male", "Dr.", "", "", "Sehr geehrte Damen und Herren,"),
        ("male", None, None, None, "Sehr geehrte Damen und Herren,"),
        ("male", "", "", "max@muster.de", "Sehr geehrte Damen und Herren,"),
        ("male", "", " Max ", " Mu\u0308ller\n", "Sehr geehrter Herr Müller,"),
    ],
)
def test_formal(gender, title, firstname, lastname, expected):
    assert letter_salutation("person", gender, title, firstname, lastname) == expected
    assert letter_salutation("private", gender, title, firstname, lastname) == expected


@pytest.mark.parametrize(
    ("gender", "title", "firstname", "lastname", "expected"),
    [
        ("female", "", "Anna", "Schmidt", "Liebe Anna,"),
        ("male", "Dr.", "Max", "Müller", "Lieber Max,"),
        ("", "", "Kim", "Schmidt", "Hallo Kim,"),
        ("other", "Dr.", "Kim", "", "Hallo Kim,"),
        ("male", "Dr.", "", "Müller", "Sehr geehrter Herr Dr. Müller,"),
        ("", "", "", "Müller", "Guten Tag Müller,"),
        ("", "", "", "", "Sehr geehrte Damen und Herren,"),
    ],
)
def test_familiar(gender, title, firstname, lastname, expected):
    assert letter_salutation("person", gender, title, firstname, lastname, True) == expected


@pytest.mark.parametrize(
    ("lastname", "familiar", "expected"),
    [
        ("Meier", False, "Sehr geehrte Familie Meier,"),
        ("Familie Meier", False, "Sehr geehrte Familie Meier,"),
        ("Fam. von Berg", False, "Sehr geehrte Familie von Berg,"),
        ("Meier", True, "Liebe Familie Meier,"),
        ("", False, "Sehr geehrte Damen und Herren,"),
    ],
)
def test_household(lastname, familiar, expected):
    assert letter_salutation("household", "", "", "Anna", lastname, familiar) == expected


def test_company():
    expected = "Sehr geehrte Damen und Herren,"
    assert letter_salutation("company", "male", "Dr.", "Max", "Muster") == expected
    assert letter_salutation("company", "", "", "", "Muster GmbH", familiar=True) == expected


@pytest.mark.parametrize(
    ("lang", "kind", "gender", "title", "familiar", "expected"),
    [
        ("de_DE", "person", "male", "Dr.", False, "Sehr geehrter Herr Dr. Müller,"),
        ("de_AT", "person", "male", "", False, "Sehr geehrter Herr Müller,"),
        (None, "person", "male", "", False, "Sehr geehrter Herr Müller,"),
        ("en_US", "person", "male", "", False, "Dear Mr Müller,"),
        ("en_GB", "person", "female", "", False, "Dear Ms Müller,"),
        ("en_GB", "person", "female", "Dr.", False, "Dear Dr Müller,"),
        ("en_GB", "person", "female", "Prof. Dr.", False, "Dear Professor Müller,"),
        ("en_GB", "person", "", "", False, "Dear Kim Müller,"),
        ("en_GB", "person", "", "", True, "Hello Kim,"),
        ("en_GB", "person", "male", "", True, "Dear Kim,"),
        ("en_GB", "household", "", "", False, "Dear Müller family,"),
        ("en_GB", "company", "", "", False, "Dear Sir or Madam,"),
        ("fr_FR", "company", "", "", False, "Dear Sir or Madam,"),
    ],
)
def test_languages(lang, kind, gender, title, familiar, expected):
    assert letter_salutation(kind, gender, title, "Kim", "Müller", familiar, lang) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            {"parts": ("Dr.", "Max", "Muster", ""), "gender": "male"},
            ["Herrn Dr. Max Muster", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("Prof. Dr. med. MBA", "Eva", "Groß", "Frau"), "gender": "female"},
            ["Frau Prof. Dr. med. Eva Groß, MBA", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "Kim", "Schmidt", "")},
            ["Kim Schmidt", "Ring 1", "10115 Berlin"],
        ),
        (
            {
                "parts": ("", "Anna", "Berg", ""),
                "gender": "female",
                "company": "Muster GmbH",
                "department": "Einkauf",
            },
            ["Muster GmbH", "Einkauf", "Frau Anna Berg", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "", "Muster GmbH", ""), "kind": "company", "gender": "male"},
            ["Muster GmbH", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "", "Muster GmbH", ""), "kind": "company", "company": "Muster GmbH "},
            ["Muster GmbH", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "", "", ""), "kind": "company", "company": "Muster GmbH"},
            ["Muster GmbH", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "Anna und Hans", "Meier", ""), "kind": "household"},
            ["Familie Anna und Hans Meier", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "", "Familie Meier", ""), "kind": "household"},
            ["Familie Meier", "Ring 1", "10115 Berlin"],
        ),
        (
            {"parts": ("", "Max", "Muster", ""), "gender": "male", "address": WIEN},
            ["Herrn Max Muster", "Stiege 2", "Ring 1", "1010 WIEN", "ÖSTERREICH"],
        ),
        (
            {"parts": ("", "Max", "Muster", ""), "address": WIEN._replace(country=None)},
            ["Max Muster", "Stiege 2", "Ring 1", "1010 Wien"],
        ),
        (
            {
                "parts": ("", "Max", "Muster", ""),
                "address": Address("", "", "", "Singapur", "Singapur", True),
            },
            ["Max Muster", "SINGAPUR", "SINGAPUR"],
        ),
        (
            {"parts": ("", "Max", "Muster", ""), "address": Address(None, None, None, None, None)},
            ["Max Muster"],
        ),
        (
            {"parts": (None, None, None, None), "gender": "male", "address": Address()},
            [],
        ),
        (
            {"parts": ("", "Max", "Muster", ""), "address": Address("Ring 1\nHof", "", " 1 ", "X")},
            ["Max Muster", "Ring 1 Hof", "1 X"],
        ),
    ],
)
def test_address(arguments, expected):
    assert address_lines(**{"address": BERLIN, **arguments}) == expected


@pytest.mark.parametrize(
    ("salutation", "gender"),
    [
        *((word, "male") for word in ("Herr", "Herrn", "HERR", " herr ", "Mr.", "Monsieur")),
        *((word, "female") for word in ("Frau", "Fr.", "Ms", "Señora", "Mme")),
        *((word, "") for word in ("Familie", "Herr und Frau", "Divers", "", None, False)),
    ],
)
def test_gender_of_salutation(salutation, gender):
    assert gender_of_salutation(salutation) == gender


def test_every_salutation_of_a_name_is_sorted():
    households = {"familie", "fam.", "eheleute", "ehepaar"}
    assert salutations._MEN | salutations._WOMEN | households == SALUTATIONS
    assert not salutations._MEN & salutations._WOMEN


def test_every_language_says_everything():
    for lang, kind, gender, title in itertools.product(
        salutations._LANGUAGES,
        ("person", "household"),
        ("male", "female", ""),
        ("", "Dr.", "Prof."),
    ):
        for familiar in (False, True):
            line = letter_salutation(kind, gender, title, "Kim", "Berg", familiar, lang)
            assert line.endswith(",")
            assert "Kim" in line or "Berg" in line
            assert "  " not in line


@LAW
@given(KINDS, GENDERS, TEXTS, TEXTS, TEXTS, st.booleans(), st.sampled_from(["de", "en_US", "x"]))
def test_any_person_can_be_written_to(kind, gender, title, firstname, lastname, familiar, lang):
    line = letter_salutation(kind, gender, title, firstname, lastname, familiar, lang)
    assert line.endswith(",")
    assert "  " not in line
    assert len(line) <= len(firstname) + len(lastname) + 60


@LAW
@given(KINDS, GENDERS, st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), TEXTS, st.booleans())
def test_any_address_has_lines(kind, gender, parts, text, foreign):
    address = Address(text, text, text, text, text, foreign)
    lines = address_lines(parts, address, kind, gender, text, text)
    assert all(line and line == line.strip() and "\n" not in line for line in lines)
    assert len(lines) < 8
