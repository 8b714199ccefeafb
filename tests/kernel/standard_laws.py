"""What every recording standard must keep, and the tables by which each is judged."""

import importlib.util
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.outcomes import Outcome
from odoo.addons.kunden_crm.kernel.text import clean_text

OUTCOMES = {"same", "fixed", "ask", "rejected"}
LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
ANY_TEXT = st.none() | st.just(False) | st.text(st.characters(exclude_categories=()), max_size=40)
COUNTRIES = st.sampled_from(["DE", "AT", "CH", "LI", "FR", "GB", "US", "GR", "XX", "", None])

_PATH = Path(__file__).parents[2] / "kunden_crm" / "tests" / "standards_table.py"
_SPEC = importlib.util.spec_from_file_location("standards_table", _PATH)
table = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(table)


def unescaped(cell):
    """The text of a cell with Python escapes, as the table of cases has them."""
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape")


def text_of(signs, size=30):
    """Texts of a few signs or words, which come near the values of a kind."""
    return st.lists(st.sampled_from(signs), max_size=size).map("".join)


def check(spell, case):
    """The standard says of a case what its table says."""
    found = spell(case.text, case.country)
    assert found == Outcome(case.value, case.outcome, case.reason), case
    assert_lawful(spell, case.text, case.country)


def assert_lawful(spell, text, country, reasons=None):
    """It has an outcome and a reason, says the same again, and keeps what a person decides on."""
    found = spell(text, country)
    assert found.outcome in OUTCOMES
    assert bool(found.reason) == (found.outcome != "same")
    assert not reasons or found.reason in {"", "spaces", *reasons}
    again = spell(found.value, country)
    if found.outcome in ("ask", "rejected"):
        assert found.value == text
        assert again == found
    else:
        assert again == Outcome(found.value, "same"), (text, found, again)
        assert all(line == clean_text(line) for line in found.value.split("\n"))
    return found


def check_table(rows, reasons, minimum=150):
    """The table is long enough, no case stands in it twice, and every reason has one."""
    rows = list(rows)
    assert len(rows) >= minimum
    assert len(set(rows)) == len(rows)
    told = {case.reason for case in rows}
    assert set(reasons) <= told, set(reasons) - told


def signs_that_count(text):
    """Letters and digits of a text, in small letters."""
    return "".join(char for char in (text or "").casefold() if char.isalnum())
