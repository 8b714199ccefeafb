"""Choices: a label in another case, language or abbreviation, as the key it stands for.

Reasons are codes; the models put them into words:

============  =============================================================================
``label``     fixed: a label or another word for the same choice
``unknown``   ask: no such choice; a new one is never made
``several``   ask: the word stands for more than one choice
``long``      ask: longer than any value of this kind
============  =============================================================================
"""

import re

from .outcomes import asked, written
from .search import fold
from .spelling import MAX_TEXT, standard
from .text import clean_text

REASONS = ("label", "unknown", "several", "long")
# What lists say for the choices of the gender field; "x" is the mark of passports (ICAO 9303).
GENDERS = {
    "male": (
        *("männlich", "m", "mann", "herr", "herrn", "hr", "mr", "mister", "male", "man", "masc"),
        *("monsieur", "homme", "masculin", "maskulin", "maskulinum", "signor", "sig", "♂"),
        *("männl", "señor", "dhr", "meneer"),
    ),
    "female": (
        *("weiblich", "w", "f", "frau", "fr", "fräulein", "frl", "mrs", "ms", "miss", "female"),
        *("woman", "mme", "mlle", "madame", "mademoiselle", "femme", "féminin", "feminin", "fem"),
        *("signora", "sig.ra", "♀", "weibl", "dame", "señora", "mevr", "mevrouw"),
    ),
    "other": (
        *("divers", "d", "div", "mx", "x", "other", "diverse", "nichtbinär", "non-binary"),
        *("nonbinary", "non-binär", "inter", "intersex", "intergeschlechtlich", "intersexuell"),
        *("anderes", "andere", "⚧"),
    ),
}
ANSWERS = {
    "yes": (
        *("ja", "j", "jawohl", "yes", "y", "x", "wahr", "w", "true", "t", "1", "oui", "sì", "✓"),
        *(
            "1.0",
            "1,0",
            "✅",
            "✔",
            "☑",
            "☒",
            "an",
            "on",
            "vorhanden",
            "zutreffend",
            "trifft zu",
            "aktiv",
            "ok",
        ),
    ),
    "no": (
        *("nein", "n", "no", "falsch", "f", "false", "0", "non", "✗", "✘", "☐", "aus", "off"),
        *(
            "0.0",
            "0,0",
            "❌",
            "nicht vorhanden",
            "nicht zutreffend",
            "trifft nicht zu",
            "inaktiv",
            "nö",
        ),
    ),
}


# What mobile phones put behind a sign that is to be drawn as a picture.
_AS_PICTURE = "\ufe0f"
# Doubt, and marks of templates.
_NO_ANSWER = re.compile(r"\?|\{\{")


def _plain(text):
    """The form in which labels meet: search form without blanks; a number keeps its signs."""
    text = text.replace(_AS_PICTURE, "")
    plain = fold(text).replace(" ", "")
    return clean_text(text) if plain.isdecimal() else plain


def choice(text, labels, _country="DE"):
    """The key of the choice that a text names, by key, label or another word.

    Shape: text or nothing, a mapping of keys to their labels and other words, and an ISO country
    code (not used) in, Outcome out. Case, accents, blanks and punctuation make no difference,
    but whoever types a question mark is not sure. A key itself always stands for its choice.
    Errors: none.
    Source: bad_inputs.md 55 and 101.

    >>> choice("Männlich", GENDERS).value, choice("Hr.", GENDERS).value, choice("X", ANSWERS).value
    ('male', 'male', 'yes')
    >>> choice("2", GENDERS)
    Outcome(value='2', outcome='ask', reason='unknown')
    """
    return chooser(labels)(text)


def chooser(labels):
    """The function that reads one text after the other as one of these choices.

    Shape: mapping of keys to their labels and other words in, a function of text or nothing to
    Outcome out. Errors: none. Source: as choice.

    >>> chooser(GENDERS)("Frau").value
    'female'
    """
    index = _index(labels)
    return lambda text: _chosen(text, labels, index)


def _index(labels):
    """For each plain form the keys it stands for."""
    index = {}
    for key, words in labels.items():
        for word in (key, *words):
            index.setdefault(_plain(word), set()).add(key)
    return index


def _chosen(text, labels, index):
    """The outcome for a text among labels whose index is known."""
    text = text or ""
    if len(text) > MAX_TEXT:
        return asked(text, "long")
    clean = clean_text(text)
    if not clean or clean in labels:
        return written(text, clean, "spaces")
    keys = () if _NO_ANSWER.search(clean) else index.get(_plain(clean), ())
    if len(keys) == 1:
        return written(text, *keys, "label")
    return asked(text, "several" if keys else "unknown")


_GENDER_INDEX = _index(GENDERS)
_ANSWER_INDEX = _index(ANSWERS)


@standard
def gender(text, _country="DE"):
    """The key of the gender field that a word or abbreviation stands for.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Errors: none.
    Source: as choice.

    >>> gender("Frau").value, gender("d").value, gender("keine Angabe").reason
    ('female', 'other', 'unknown')
    """
    return _chosen(text, GENDERS, _GENDER_INDEX)


@standard
def yes_no(text, _country="DE"):
    """The answer yes or no for a word, a number or a mark.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out; an empty text stays
    empty. Errors: none. Source: as choice.

    >>> yes_no("Ja").value, yes_no("WAHR").value, yes_no("0").value, yes_no("2").reason
    ('yes', 'yes', 'no', 'unknown')
    """
    return _chosen(text, ANSWERS, _ANSWER_INDEX)
