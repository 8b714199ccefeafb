"""Cells as they stand in real files, and what is read of them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import LAW

from odoo.addons.kunden_crm.kernel import import_choices
from odoo.addons.kunden_crm.kernel.import_cells import (
    MAX_LINE,
    Column,
    Read,
    column_of,
    read_cell,
    settled,
)
from odoo.addons.kunden_crm.kernel.import_choices import (
    WORDS,
    Choices,
    salutation_kind,
    yes_or_no,
)
from odoo.addons.kunden_crm.kernel.import_values import evidence, read_day

BLANKS = frozenset({"k.a.", "?", "-", "xxx", "unbekannt", "01.01.1900"})
KINDS = ("char", "text", "name", "code", "phone", "email", "url", "postcode", "vat", "iban", "bic")
KINDS += ("country", "date", "integer", "float", "monetary", "boolean", "selection", "many2one")
KINDS += ("many2many",)
NAN, INFINITE = float("nan"), float("inf")
PETS = Choices({11: ["Hund", "Dog"], 12: ["Katze", "Cat"], 13: ["Hund, Katze"]})
FORMS = Choices({1: ["Gesellschaft mit beschränkter Haftung", "GmbH"], 2: ["e. V."]})
TWICE = Choices({1: ["Bau"], 2: ["Bau"]})

# Kind, cell, value, code, note.
CELLS = [
    # text
    ("char", None, None, "blank", ""),
    ("char", "", None, "blank", ""),
    ("char", "  ", None, "blank", ""),
    ("char", "\u202e\u3164", None, "blank", "placeholder"),
    ("char", " a ", "a", "", ""),
    ("char", "a\nb", "a b", "fixed", "spaces"),
    ("char", "Mu\u0308ller", "Müller", "fixed", "spaces"),
    ("char", "abc\u202egnp.exe", "abcgnp.exe", "fixed", "spaces"),
    ("char", "يوسف", "يوسف", "", ""),
    ("char", "Hans\ud800", "Hans", "fixed", "spaces"),
    ("char", "M&uuml;ller &amp; Co", "Müller & Co", "fixed", "entity"),
    ("char", "M &Co", "M &Co", "", ""),
    ("char", "'=HYPERLINK(1)", "=HYPERLINK(1)", "fixed", "apostrophe"),
    ("char", "'t Hof", "'t Hof", "", ""),
    ("code", '="00013"', "00013", "fixed", "apostrophe"),
    ("code", "'00014", "00014", "fixed", "apostrophe"),
    ("postcode", '="01067"', "01067", "fixed", "apostrophe"),
    ("char", "=1+1", "=1+1", "", ""),
    ("char", "{{ 7*7 }}", "{{ 7*7 }}", "", ""),
    ("char", "K.A.", None, "blank", "placeholder"),
    ("char", "--", None, "blank", "placeholder"),
    ("char", "#NV", None, "blank", "placeholder"),
    ("char", "NULL", None, "blank", "placeholder"),
    ("char", "#BEZUG!", "#BEZUG!", "ask", "error_value"),
    ("char", "#1", "#1", "", ""),
    ("char", "a" * (MAX_LINE + 1), "a" * (MAX_LINE + 1), "ask", "long"),
    ("char", 7, "7", "", ""),
    ("char", 7.0, "7", "", ""),
    ("char", 7.5, "7.5", "", ""),
    ("char", NAN, None, "blank", "placeholder"),
    ("char", True, "ja", "", ""),
    ("char", date(1980, 12, 31), "31.12.1980", "", ""),
    ("text", "a\r\n b\u202e", "a\nb", "fixed", "spaces"),
    ("text", "a" * 900, "a" * 900, "", ""),
    ("text", False, "nein", "", ""),
    ("name", "Müller\nHans", "Müller Hans", "fixed", "spaces"),
    ("name", date(1980, 12, 31), "31.12.1980", "reject", "no_text"),
    ("name", False, "nein", "reject", "no_text"),
    ("code", "000123", "000123", "", ""),
    ("code", 123, "123", "fixed", "number_text"),
    ("code", 123.0, "123", "fixed", "number_text"),
    # contact data
    ("phone", "030/123456", "030 123456", "fixed", "phone.spelling"),
    ("phone", "030 123456 App. 12", "030 123456 App. 12", "", ""),
    ("phone", 2214710900, "2214710900", "ask", "phone.area"),
    ("phone", "123", "123", "reject", "phone.short"),
    ("phone", "keine", "keine", "reject", "phone.no_number"),
    ("email", " A@X.DE ", "A@x.de", "fixed", "email.case"),
    ("email", "a@x.de; b@x.de", "a@x.de; b@x.de", "ask", "email.several"),
    ("url", "javascript:alert(1)", "javascript:alert(1)", "reject", "website.scheme"),
    ("url", "Java&#115;cript:alert(1)", "Javascript:alert(1)", "reject", "website.scheme"),
    ("url", " https://ok.de ", "https://ok.de", "", ""),
    ("vat", "DE 123 456 788", "DE123456788", "fixed", "vat.groups"),
    ("vat", "DE123", "DE123", "reject", "vat.length"),
    ("iban", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "fixed", "iban.groups"),
    ("bic", "cobadeffxxx", "COBADEFFXXX", "fixed", "bic.case"),
    ("country", "BRD", "DE", "fixed", "country.code"),
    ("country", "Atlantis", "Atlantis", "ask", "country.unknown"),
    ("postcode", "50667", "50667", "", ""),
    ("postcode", 50667.0, "50667", "", ""),
    ("postcode", "1067", "1067", "ask", "country"),
    ("postcode", 1067, "1067", "ask", "country"),
    ("postcode", "SW1A 1AA", "SW1A 1AA", "ask", "country"),
    ("postcode", "D-50667", "50667", "fixed", "postcode.prefix"),
    # days
    ("date", "31.12.1980", "1980-12-31", "", ""),
    ("date", "12. März 1980", "1980-03-12", "", ""),
    ("date", "12.3.80", "1980-03-12", "fixed", "day.century"),
    ("date", "12.3.05", "12.3.05", "ask", "day.century"),
    ("date", "03/04/1980", "03/04/1980", "ask", "day.order"),
    ("date", "12/31/1980", "1980-12-31", "fixed", "day.month_first"),
    ("date", "31.04.1980", "31.04.1980", "reject", "day.no_day"),
    ("date", "29.02.1900", "29.02.1900", "reject", "day.no_day"),
    ("date", "0000-00-00", "0000-00-00", "reject", "day.no_day"),
    ("date", "01.01.1900", None, "blank", "placeholder"),
    ("date", "1.1.1900", None, "blank", "placeholder"),
    ("date", date(1900, 1, 1), None, "blank", "placeholder"),
    ("date", datetime(1900, 1, 1), None, "blank", "placeholder"),
    ("date", "Dez 80", "Dez 80", "ask", "day.partial"),
    ("date", "keine", "keine", "reject", "day.no_date"),
    ("date", "29586", "1980-12-31", "fixed", "serial"),
    ("date", 29586.0, "1980-12-31", "fixed", "serial"),
    ("date", 29586.5, "29586.5", "ask", "day.time"),
    ("date", 60, "60", "reject", "no_day"),
    ("date", 0, "0", "reject", "no_day"),
    ("date", 1980, "1980", "ask", "day.partial"),
    ("date", 400, "400", "ask", "day.serial"),
    ("date", 10**9, "1000000000", "ask", "day.serial"),
    ("date", NAN, "nan", "ask", "day.time"),
    ("date", INFINITE, "inf", "ask", "day.time"),
    ("date", True, "True", "reject", "no_text"),
    ("date", date(1980, 12, 31), "1980-12-31", "", ""),
    ("date", datetime(1980, 12, 31), "1980-12-31", "", ""),
    ("date", datetime(1980, 12, 31, 8, 5), "1980-12-31 08:05:00", "ask", "day.time"),
    ("date", date(12, 1, 1), "0012-01-01", "ask", "day.year"),
    # numbers
    ("float", "1.234,56", 1234.56, "", ""),
    ("float", "1'234.50", 1234.5, "", ""),
    ("float", "1.234", "1.234", "ask", "number.decimal"),
    ("float", "12,5 T€", 12500.0, "fixed", "number.thousand"),
    ("float", "k.A.", None, "blank", "placeholder"),
    ("float", "viel", "viel", "reject", "number.no_number"),
    ("float", 12, 12.0, "", ""),
    ("float", NAN, "nan", "reject", "huge"),
    ("monetary", "5 €", 5.0, "fixed", "number.unit"),
    ("monetary", INFINITE, "inf", "reject", "huge"),
    ("monetary", date(1980, 12, 31), "1980-12-31", "reject", "no_text"),
    ("integer", "12", 12, "", ""),
    ("integer", 12.0, 12, "", ""),
    ("integer", 12.5, "12.5", "ask", "fraction"),
    ("integer", "12,5", "12,5", "ask", "fraction"),
    ("integer", 3 * 10**9, "3000000000", "reject", "huge"),
    ("integer", True, "True", "reject", "no_text"),
    # answers
    ("boolean", "ja", True, "", ""),
    ("boolean", "x", True, "", ""),
    ("boolean", "FALSCH", False, "", ""),
    ("boolean", 1, True, "", ""),
    ("boolean", 0.0, False, "", ""),
    ("boolean", False, False, "", ""),
    ("boolean", "", None, "blank", ""),
    ("boolean", 2, "2", "reject", "no_answer"),
    ("boolean", "vielleicht", "vielleicht", "reject", "no_answer"),
    # lists
    ("many2many", "Stammkunde; VIP,VIP|\nA", ["Stammkunde", "VIP", "A"], "", ""),
    ("many2many", 7, ["7"], "", ""),
    ("many2many", "* myContacts ::: Kunden ::: VIP", ["Kunden", "VIP"], "", ""),
    ("many2many", "* myContacts", [], "", ""),
    ("many2many", "* VIP", ["* VIP"], "", ""),
    ("many2many", '"A","B, C"', ["A", "B, C"], "", ""),
    ("many2many", '"A ""x""" ; 5" Rohr', ['A "x"', '5" Rohr'], "", ""),
    ("many2one", "Haus 7", "Haus 7", "", ""),
]


@pytest.mark.parametrize(("kind", "cell", "value", "code", "note"), CELLS, ids=repr)
def test_a_cell_says(kind, cell, value, code, note):
    assert read_cell(cell, Column(kind, placeholders=BLANKS)) == Read(value, code, note)


# Choices, whether several, cell, value, code, note.
CHOSEN = [
    (PETS, False, "hund", 11, "", ""),
    (PETS, False, "Dog", 11, "", ""),
    (PETS, False, "11", "11", "ask", "unknown"),
    (PETS, False, "Pferd", "Pferd", "ask", "unknown"),
    (PETS, False, "?", None, "blank", "placeholder"),
    (PETS, False, " ", None, "blank", ""),
    (PETS, False, 7, "7", "ask", "unknown"),
    (PETS, True, "Katze / x", "Katze / x", "ask", "unknown"),
    (PETS, True, "Hund; Katze;Dog", [11, 12], "", ""),
    (PETS, True, "Hund, Katze", [13], "", ""),
    (PETS, True, "Hund; Pferd", "Hund; Pferd", "ask", "unknown"),
    (PETS, True, "  ", [], "", ""),
    (FORMS, False, "gmbh", 1, "", ""),
    (FORMS, False, "e.V.", 2, "", ""),
    (TWICE, False, "Bau", "Bau", "ask", "choice.several"),
    (Choices({"married": ["Married"]}, "marital_status"), False, "verh.", "married", "", ""),
    (Choices({"mr": ["Mr"], "ms": ["Ms"]}, "salutation"), False, "Frau", "ms", "", ""),
    (Choices({"mr": ["Mr"], "ms": ["Ms"]}, "salutation"), False, " Firma", "Firma", "", ""),
    (Choices({"mr": ["Mr"]}, "salutation"), False, "Eheleute", "Eheleute", "", ""),
    (Choices({"mr": ["Mr"]}, "salutation"), False, "Hallo", "Hallo", "ask", "unknown"),
    (yes_or_no({"yes": ["Ja"], "no": ["Nein"]}), False, True, "yes", "", ""),
    (yes_or_no({"yes": ["Ja"], "no": ["Nein"]}), False, "x", "yes", "", ""),
    (PETS, False, date(1980, 12, 31), "31.12.1980", "ask", "unknown"),
    (PETS, False, "H&#117;nd", 11, "fixed", "entity"),
]


@pytest.mark.parametrize(("choices", "several", "cell", "value", "code", "note"), CHOSEN)
def test_a_choice_is_read(choices, several, cell, value, code, note):
    column = Column("many2many" if several else "selection", placeholders=BLANKS)
    assert read_cell(cell, column, choices) == Read(value, code, note)


def test_a_code_may_stand_for_nothing():
    choices = Choices({"person": [], "company": []}, "company_type", "Adressattyp")
    for cell in ("0", 0):
        assert read_cell(cell, Column("selection"), choices) == Read(None, "blank", "")
    assert read_cell("1", Column("selection"), choices).value == "person"


def test_no_word_stands_for_two_choices_of_a_field():
    for name, words in WORDS.items():
        choices = Choices({key: [] for key in words}, name)
        for key, told in words.items():
            assert [choices.find(word).value for word in told] == [key] * len(told), name
    assert [salutation_kind(text) for text in (None, "Familie", "Fa.", "Frau")] == [
        "",
        "household",
        "company",
        "",
    ]


def test_choices_forget_what_was_asked_long_ago(monkeypatch):
    monkeypatch.setattr(import_choices, "_MOST", 2)
    choices = Choices({"a": ["A"]})
    assert [choices.find(text).value for text in "abca"] == ["a", "b", "c", "a"]
    assert len(choices.asked) < 3


# Kind, cells of the column, cell, value or note.
COLUMNS = [
    ("date", ["25/12/1980"], "03/04/1980", "1980-04-03"),
    ("date", ["12/25/1980"], "03/04/1980", "1980-03-04"),
    ("date", ["12-25-1980"], "03-04-80", "1980-03-04"),
    ("date", ["12/25/1980", "25/12/1980"], "03/04/1980", "day.order"),
    ("date", ["03/04/1980", None, 7, "31/13/1980"], "03/04/1980", "day.order"),
    ("date", ["25/12/1980"], "12/31/1980", "1980-12-31"),
    ("date", ["25/12/1980"], "03/04/1980 00:00", "1980-04-03"),
    ("float", ["12,50"], "1.234", 1234.0),
    ("float", ["12.50"], "1.234", 1.234),
    ("float", ["12.50", "12,50"], "1.234", "number.decimal"),
    ("float", ["a" * 50, "12", None], "1.234", "number.decimal"),
    ("char", ["12,50", "25/12/1980"], "1.234", "1.234"),
]


@pytest.mark.parametrize(("kind", "cells", "cell", "found"), COLUMNS, ids=repr)
def test_the_whole_column_decides(kind, cells, cell, found):
    read = read_cell(cell, column_of(cells, kind))
    assert found == (read.note if read.code == "ask" else read.value)


def test_a_heading_a_country_and_a_standard_count():
    thousand = settled("float", {","}, factor=1000)
    assert read_cell("1.234", thousand) == Read(1234000.0, "fixed", "unit")
    assert read_cell("5 T€", thousand) == Read(5000.0, "fixed", "number.thousand")
    assert read_cell(2, thousand).value == 2000.0
    zip_code = Column("postcode")
    assert read_cell(1067, zip_code, country="DE")[:2] == ("01067", "fixed")
    assert read_cell("1067", zip_code, country="AT") == Read("1067")
    assert read_cell("50667", Column("postcode", country="AT"))[1:] == ("ask", "country")
    assert read_cell("506", zip_code, country="DE").code == "reject"
    assert read_cell("A-99", Column("postcode", standard="mask", mask="A-99")).value == "A-99"
    name = Column("name", standard="name")
    assert read_cell("MÜLLER", name) == Read("Müller", "fixed", "person.case")
    assert read_cell("müller gmbh", name, is_company=True).value == "müller GmbH"
    assert read_cell("a b", Column("char", standard="text")).value == "a b"
    sheet = Column(apostrophes=False)
    assert read_cell("'=1", sheet).value == "'=1"
    assert read_day("25/12/1980x", Column("date", "mdy")).value == "25/12/1980x"


ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.sampled_from(
        ["&#0;", "&#55296;", "&#99999999;", "'=1", "''=1", "1/2/3", "&lt;", "&NewLine;"]
    ),
)


@LAW
@given(ANY_CELL, st.sampled_from(KINDS), st.sampled_from(["", "DE", "CH", "US"]))
def test_any_cell_of_any_kind_is_read(cell, kind, country):
    column = Column(kind, placeholders=BLANKS)
    for choices in (None, PETS):
        read = read_cell(cell, column, choices, country)
        assert read == read_cell(cell, column, choices, country)
        assert read.code in ("", "fixed", "ask", "reject", "blank")
        assert bool(read.note) >= (read.code in ("fixed", "ask", "reject"))
        assert (read.value is None) == (read.code == "blank")
    plain = read_cell(cell, column, None, country)
    if plain.code in ("", "fixed") and kind in ("char", "name", "code", "many2one"):
        assert read_cell(plain.value, column._replace(apostrophes=False)).value == plain.value or (
            "&" in plain.value
        )
    assert evidence(kind, cell) <= {"dmy", "mdy", ",", "."}
