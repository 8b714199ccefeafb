"""Days as they should be written."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, text_of

from odoo.addons.kunden_crm.kernel.spelling_date import REASONS, day

PIECES = ["31", "12", "1", "0", "05", "1980", "80", "29", ".", "/", "-", " ", "Dez", "März", "T"]
PIECES += ["00:00", "14:30:00", "Z", "geb. ", "٣", "ß", ", ", "er", "00"]


@LAW
@given(ANY_TEXT | text_of(PIECES, 8), COUNTRIES)
def test_any_text_gets_an_outcome_and_only_days_come_out(text, country):
    found = assert_lawful(day, text, country, REASONS)
    if found.outcome in ("same", "fixed") and found.value:
        assert date.fromisoformat(found.value).isoformat() == found.value


@LAW
@given(
    st.dates(date(1850, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["{0:%d.%m.%Y}", "{0.day}.{0.month}.{0.year}", "{0:%Y%m%d}", "{0:%d %b %Y}"]),
)
def test_a_whole_day_is_read_as_itself(typed, shape):
    text = shape.format(typed)
    found = day(text)
    assert found.value == typed.isoformat() or found.value == text and found.outcome == "ask"
