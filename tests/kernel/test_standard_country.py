"""Countries: the names, and what holds for every text."""

from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, texts

from odoo.addons.kunden_crm.kernel import country_names
from odoo.addons.kunden_crm.kernel.country_names import REASONS, country, country_code
from odoo.addons.kunden_crm.kernel.search import fold

NAMES = texts("die Deutschland DE D Österreich Osterreich NA n/a Kongo US U.S.A. the la", " .-")
ROWS = [
    (code, names.split("|"))
    for code, names in (
        line.split("\t")
        for line in country_names.__spec__.loader.get_data(
            country_names.__file__.replace(".py", ".tsv")
        )
        .decode()
        .splitlines()[1:]
    )
]


@LAW
@given(ANY_TEXT | NAMES, COUNTRIES)
def test_laws(text, default):
    found = assert_lawful(country, text, default, REASONS)
    assert country(text, "DE") == found
    assert found.outcome == "ask" or country_code(text) == found.value


def test_every_name_leads_to_its_own_country():
    every = [(code, name) for code, names in ROWS for name in (code, *names)]
    for code, name in every:
        assert country_code(name) == code, name
        assert country_code(f" {name.upper()} ") == code, name


def test_no_name_means_two_countries():
    keys = [(fold(name), code) for code, names in ROWS for name in (code, *names)]
    assert len(dict(keys)) == len(keys)
    assert len(ROWS) == 250


def test_a_long_text_is_asked_in_a_moment():
    assert country("a " * 100_000).reason == "long"
    assert country_code("a " * 100_000) == ""
