"""Names of persons: what holds for every text."""

import pytest
from hypothesis import given
from standard_laws import ANY_TEXT, COUNTRIES, LAW, assert_lawful, letters, texts

from odoo.addons.kunden_crm.kernel.spelling_person import REASONS, person_name

NAMES = texts(
    "Hans Müller von der De La zu O d' O' 'T Mc McDonald IBM Dr. Dr Prof.Dr. med. med h.c."
    " Dipl.-Ing. Dipl. Ing. Karl-Heinz K.-H. WEIẞ weiß GmbH İnci ı 小明 ИВАНОВ II jun. LL.M. M.Sc."
    " Nguyen van auf dem del ebm-papst 2. {{ =1 a@b.de ’ M\u0308 ŉa ﬁ ǆ ǅ und geb. , & (x) VIII",
    " -,.'’",
)


@LAW
@given(ANY_TEXT | NAMES, COUNTRIES)
def test_laws(text, country):
    found = assert_lawful(person_name, text, country, REASONS)
    assert letters(found.value) == letters(text)


def test_a_long_text_is_asked_and_read_in_a_moment():
    assert person_name("ab " * 100_000).reason == "long"
    assert person_name("MC " * 83).outcome == "ask"


@pytest.mark.parametrize("word", ["Müller", "von", "der", "O'Neill", "Karl-Heinz", "ß", "A."])
def test_case_does_not_decide_what_is_a_name(word):
    assert person_name(word.upper()).outcome in ("same", "fixed")
    assert person_name(word.lower()).outcome in ("same", "fixed")
