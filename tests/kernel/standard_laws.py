"""What every recording standard must keep, and the texts and tables by which each is judged."""

import importlib.util
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.outcomes import ASK, FIXED, REJECTED, SAME, Outcome
from odoo.addons.kunden_crm.kernel.text import clean_text

# The file alone: its package is made of Odoo's own tests.
_PATH = Path(__file__).parents[2] / "kunden_crm" / "tests" / "standards_table.py"
_SPEC = importlib.util.spec_from_file_location("standards_table", _PATH)
table = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(table)

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
ANY_TEXT = st.sampled_from([None, False, "A" * 251]) | st.text(
    st.characters(exclude_categories=()), max_size=40
)
COUNTRIES = st.sampled_from(
    ["DE", "AT", "CH", "LI", "FR", "NL", "GB", "US", "GR", "LV", "XX", "de", "", None]
)


def text_of(signs, size=30):
    """Texts of a few signs or words, which come near the values of a kind."""
    return st.lists(st.sampled_from(signs), max_size=size).map("".join)


def texts(words, signs=" "):
    """Texts made of these words in large and small letters, joined by these signs."""
    word = st.sampled_from(words.split()).flatmap(
        lambda text: st.sampled_from([text, text.upper(), text.lower(), text.title()])
    )
    return st.lists(st.tuples(word, st.sampled_from(signs)), max_size=7).map(
        lambda pairs: "".join(word + sign for word, sign in pairs)
    )


def assert_lawful(spell, text, country, reasons=None):
    """It has an outcome and a reason, says the same again, and keeps what a person decides on."""
    found = spell(text, country)
    assert found.outcome in (SAME, FIXED, ASK, REJECTED)
    assert bool(found.reason) == (found.outcome != SAME)
    assert not reasons or found.reason in {"", "spaces", *reasons}
    again = spell(found.value, country)
    if found.outcome in (ASK, REJECTED):
        assert found.value == text
        assert again == found
    else:
        assert again == Outcome(found.value, SAME), (text, found, again)
        assert all(line == clean_text(line) for line in found.value.split("\n"))
        assert (found.outcome == SAME) == (found.value == (text or ""))
    return found


def letters(text):
    """The letters and digits of a text, as they are compared where case does not count."""
    return "".join(char for char in clean_text(text).casefold() if char.isalnum())
