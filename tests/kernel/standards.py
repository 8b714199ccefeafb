"""What the tests of all recording standards share: the tables, the texts, the laws."""

import importlib.util
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.outcomes import ASK, FIXED, REJECTED, SAME
from odoo.addons.kunden_crm.kernel.text import clean_text

# The file alone: its package is made of Odoo's own tests.
_FILE = Path(__file__).parents[2] / "kunden_crm" / "tests" / "standards_table.py"
_SPEC = importlib.util.spec_from_file_location("standards_table", _FILE)
_TABLE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_TABLE)
cases = _TABLE.cases

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
COUNTRIES = st.sampled_from(["DE", "AT", "CH", "FR", "NL", "GB", "US", "LV", "XX", "de", "", None])


def texts(words, signs=" "):
    """Texts made of these words in large and small letters, joined by these signs."""
    word = st.sampled_from(words.split()).flatmap(
        lambda text: st.sampled_from([text, text.upper(), text.lower(), text.title()])
    )
    return st.lists(st.tuples(word, st.sampled_from(signs)), max_size=7).map(
        lambda pairs: "".join(word + sign for word, sign in pairs)
    )


def check_laws(standard, text, country, reasons):
    """Nothing is raised, the verdict is whole, applying it again says the same."""
    found = standard(text, country)
    assert found.outcome in (SAME, FIXED, ASK, REJECTED)
    assert (found.reason in reasons) if found.reason else (found.outcome == SAME)
    again = standard(found.value, country)
    if found.outcome in (ASK, REJECTED):
        assert found.value == text
        assert again == found
    else:
        assert again.outcome == SAME
        assert again.value == found.value == clean_text(found.value)
        assert (found.outcome == SAME) == (found.value == (text or ""))
    return found


def letters(text):
    """The letters and digits of a text, as they are compared where case does not count."""
    folded = clean_text(text).casefold().replace("ß", "ss")
    return "".join(char for char in folded if char.isalnum())
