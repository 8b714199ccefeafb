"""Names that are read at a glance are read as with all care."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel import name_words, names, spelling_person
from odoo.addons.kunden_crm.kernel.names import NameParts
from odoo.addons.kunden_crm.kernel.outcomes import SAME

LAW = settings(derandomize=True, deadline=None, max_examples=300, database=None)
MEANING = [word for word in sorted(name_words._SPECIAL) if word.isalpha()]
USUAL = ["Eva", "Jörg", "Berg", "Müller-Lüdenscheidt", "Graf-Berg", "Ix", "Os", "Weiß", "Dipl-Ing"]
WORD = st.sampled_from([*USUAL, *(word.title() for word in MEANING)]) | st.from_regex(
    "[A-ZÄÖÜ][a-zäöüß]{1,8}(-[A-Z][a-z]{1,5})?", fullmatch=True
)


def _with_care(read, text, *more):
    """What is read where no name counts as usual."""
    with (
        patch.object(names, "usual_name", return_value=()),
        patch.object(spelling_person, "usual_name", return_value=()),
    ):
        return read(text, *more)


@LAW
@given(st.lists(WORD, min_size=1, max_size=2).map(" ".join), st.sampled_from(["DE", "AT", "US"]))
def test_the_usual_name_is_read_as_any_other(text, country):
    assert names._split(text) == _with_care(names._split, text)
    assert spelling_person.person_name(text, country) == _with_care(
        spelling_person.person_name, text, country
    )


def test_every_word_that_means_something_is_read_with_care():
    assert len(MEANING) > 150
    for word in MEANING:
        for text in (word.title(), f"{word.title()} Berg", f"Eva {word.title()}"):
            assert name_words.usual_name(text) == ()


def test_a_usual_name_stands_as_it_is():
    parts = NameParts("", "Eva", "Müller-Lüdenscheidt")
    assert name_words.usual_name("Eva Müller-Lüdenscheidt") == parts[1:3]
    assert names.split_name("Eva Müller-Lüdenscheidt") == parts
    assert spelling_person.person_name("Eva Müller-Lüdenscheidt").outcome == SAME
