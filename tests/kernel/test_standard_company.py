"""Names of companies: legal forms, and what holds for every text."""

import pytest
from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, texts

from odoo.addons.kunden_crm.kernel.companies import looks_like_company
from odoo.addons.kunden_crm.kernel.legal_forms import FORMS, find_forms
from odoo.addons.kunden_crm.kernel.spelling_company import (
    REASONS,
    company_name,
    legal_form,
    without_legal_form,
)
from odoo.addons.kunden_crm.kernel.text import clean_text

NAMES = texts(
    "Müller GmbH G.m.b.H. Ges.m.b.H. & + und u. Co. Co KG CoKG KGaA AG SE UG (haftungsbeschränkt)"
    " e.V. eV e. V. e.K. e.Kfr. Sàrl SARL S.A. S.à r.l. Ltd Ltd. Inc. Sp. z o.o. mbH PartG mbB a.s."
    " SpA B.V. {{ =1 a@b.de , ( ) Kft. A/S",
    " ,-&",
)


@LAW
@given(ANY_TEXT | NAMES, COUNTRIES)
def test_laws(text, country):
    found = assert_lawful(company_name, text, country, REASONS)
    assert letters(found.value).replace("ae", "ä") == letters(text).replace("ae", "ä")


@LAW
@given(ANY_TEXT | NAMES)
def test_the_name_and_its_form_are_whole(text):
    bare, form = without_legal_form(text), legal_form(text)
    assert without_legal_form(bare) is not None
    assert bool(bare) == bool(clean_text(text))
    assert bool(form) == bool(find_forms(clean_text(text)))
    written = company_name(text)
    if written.outcome in ("same", "fixed"):
        assert legal_form(written.value) == form
        assert without_legal_form(written.value) == bare


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.name} {form.pattern}")
def test_every_form_stays_as_it_is_officially_written(form):
    for spelling in (form.name, *form.kept):
        assert company_name(f"Muster {spelling}").outcome == "same"
        assert legal_form(f"Muster {spelling}") == form.name
        assert without_legal_form(f"Muster {spelling}") == "Muster"
        assert looks_like_company(f"Muster {spelling}")


@pytest.mark.parametrize(
    ("text", "form", "bare"),
    [
        ("Müller GmbH & Co. KG", "GmbH & Co. KG", "Müller"),
        ("Müller gmbh&co kg", "GmbH & Co. KG", "Müller"),
        ("Müller & Co. KG", "KG", "Müller & Co."),
        ("Müller u. Co KG", "KG", "Müller & Co."),
        ("Henkel AG & Co. KGaA", "AG & Co. KGaA", "Henkel"),
        ("Huber Gesellschaft mit beschränkter Haftung", "GmbH", "Huber"),
        ("Huber GesmbH", "GmbH", "Huber"),
        ("Siemens AG, München", "AG", "Siemens, München"),
        ("TSV Köln e.V.", "e. V.", "TSV Köln"),
        ("Müller UG (haftungsbeschränkt)", "UG (haftungsbeschränkt)", "Müller"),
        ("Müller (GmbH)", "GmbH", "Müller"),
        ("GmbH", "GmbH", "GmbH"),
        ("Hans Müller", "", "Hans Müller"),
        ("AG Nord", "", "AG Nord"),
        ("E. V. Müller", "", "E. V. Müller"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_a_name_with_and_without_its_form(text, form, bare):
    assert (legal_form(text), without_legal_form(text)) == (form, bare)


def test_a_long_text_is_asked_and_read_in_a_moment():
    assert company_name("g. m. " * 50_000).reason == "long"
    assert legal_form("g. m. b. " * 50_000) == ""
    assert without_legal_form("& co " * 50_000).startswith("co & co")
