"""Names whose last name stands first: "Müller Hans", as some columns have them throughout.

Where a comma parts them, names.py reads them without help.
"""

from .companies import SALUTATIONS, looks_like_company
from .import_content import is_firstname
from .name_words import NOBILITY, PARTICLES, SMALL_PARTICLES, TITLES, usual_name

# So many names must say so, and so few may say otherwise.
_ENOUGH, _MOST, _OTHERS = 8, 0.6, 0.04


def last_first(text, sure=True):
    """The name with a comma behind the last name; the text where there is no such place.

    Shape: text in, and whether the heading says the order, text out; else "Eva Berg" stays, for a
    first name in front says more than the rest of the column. Errors: none.
    Source: lists of customers ("Nachname Vorname").

    >>> last_first("Müller Hans Peter"), last_first("von der Heide Anna")
    ('Müller, Hans Peter', 'von der Heide, Anna')
    >>> last_first("García Márquez Gabriel"), last_first("Müller"), last_first("Hotel Post")
    ('García Márquez, Gabriel', 'Müller', 'Hotel Post')
    >>> last_first("Eva Berg", sure=False), last_first("Otto Eva", sure=False)
    ('Eva Berg', 'Otto, Eva')
    """
    words = text.split()
    start = _behind(words, lambda word: word in SALUTATIONS or word.rstrip(".") in TITLES)
    before = NOBILITY | PARTICLES | SMALL_PARTICLES
    end = start + _behind(words[start:], lambda word: word in before) + 1
    if "," in text or end >= len(words) or looks_like_company(text):
        return text
    known = [index for index in range(end, len(words)) if is_firstname(words[index])]
    if not sure and is_firstname(words[start]) and len(words) - 1 not in known:
        return text
    end = known[0] if known else end
    return f"{' '.join(words[:end])}, {' '.join(words[end:])}"


def _behind(words, test):
    """How many words from the first on are such."""
    return next((index for index, word in enumerate(words) if not test(word.casefold())), 0)


def is_last_first(texts):
    """Whether the names of a column stand in that order: nearly all say so, and hardly one not.

    Shape: clean texts in, yes or no out. Errors: none. Source: as last_first.

    >>> names = ["Müller Hans", "Berg Eva", "Kaul Anna", "Schwarz Ida", "Klein Ute", "Groß Max",
    ...     "Kurz Uwe", "Lang Ina"]
    >>> is_last_first(names), is_last_first(names[1:]), is_last_first([*names, "Eva Berg"])
    (True, False, False)
    """
    names = [words for words in map(usual_name, texts) if len(words) == 2]
    known = [tuple(map(is_firstname, words)) for words in names]
    told, against = known.count((False, True)), known.count((True, False))
    return told >= max(_ENOUGH, _MOST * len(names)) and against <= _OTHERS * len(names)
