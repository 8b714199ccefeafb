"""Names of persons: taken apart and put together again so that both ways agree.

A text is taken apart only where it reads as the name of one person. A company, an e-mail address,
a text with digits or with more commas than "Last, First" stays whole, as the last name. Nothing
is ever lost: apart from commas, blanks and the salutation all signs are found in the parts.

Where the text alone does not say where the last name begins ("Gabriel García Márquez"), the
stored parts are right and not the text: ask name_matches before splitting an edited name.
"""

import re
from typing import NamedTuple

from .companies import SALUTATIONS, looks_like_company
from .name_words import (
    AFTER_NAME,
    ALSO_FIRST_NAMES,
    AND,
    CAPITAL_TITLES,
    DOTTED,
    FACULTIES,
    GENERATIONS,
    JOINS_LAST_NAMES,
    MAIDEN,
    NOBILITY,
    PARTICLES,
    SMALL_PARTICLES,
    TITLES,
    usual_name,
)
from .text import clean_text

_MAX_NAME = 200
_NO_PERSON = re.compile(r"[\d@;:<>{}|=\\]|\bc/o\b", re.IGNORECASE)


class NameParts(NamedTuple):
    """Title ("Prof. Dr. MBA"), first name, last name with particles and "jun.", salutation."""

    title: str = ""
    firstname: str = ""
    lastname: str = ""
    salutation: str = ""


def _is_title(word, text):
    """Whether a title can begin with the word: "Dr.", "Prof.Dr.med.", "Dipl.-Ing.", "DI"."""
    pieces = [piece for piece in re.split(r"[.\-()]", word.casefold()) if piece] or [""]
    if word in CAPITAL_TITLES:
        return not text.isupper()
    if "." in word and (pieces[0] == "dipl" or "-" in word and pieces[-1] in ("prof", "doz")):
        return True
    if pieces[0] not in TITLES | DOTTED or ("." not in word and pieces[0] not in TITLES):
        return False
    return all(piece in TITLES | DOTTED | FACULTIES or piece in ("in", "a") for piece in pieces)


def _is_faculty(word, text):
    """Whether the word goes on with a title: "med.", "h.c.", "(FH)", "med"."""
    pieces = [piece for piece in re.split(r"[.()]", word) if piece]
    if not pieces or any(piece.casefold() not in FACULTIES for piece in pieces):
        return False
    if "." in word or "(" in word:
        return word[0] == "(" or word[0].islower() or len(pieces[0]) > 1
    return word.islower() and len(word) > 1 and not (text.islower() and word == "phil")


def _is_after_name(word, text=""):
    """Whether the word is a degree that stands behind the name: "MBA", "LL.M.", "M.Sc."."""
    key = word.strip("()").replace(".", "")
    if key.casefold() not in AFTER_NAME and word.casefold() not in AFTER_NAME:
        return False
    return "." in word or not (key.istitle() or key.islower() or (text.isupper() and len(key) < 3))


def _titles_from(words, text):
    """How many words from the first on are titles."""
    count = 0
    while count < len(words) and (
        _is_title(words[count], text) or (count and _is_faculty(words[count], text))
    ):
        count += 1
    return count


def _take_salutation(words):
    """Salutation ("Herr", "Herr und Frau") and the words behind it, of which one is left."""
    count = 0
    while True:
        word = count + (count > 0 and words[count].casefold() in AND)
        if word >= len(words) - 1 or words[word].casefold() not in SALUTATIONS:
            return words[:count], words[count:]
        count = word + 1


def _take_titles(words, text):
    """Titles in front, titles and degrees behind, and the words between, if any is left."""
    count = _titles_from(words, text)
    front, words = words[:count], words[count:]
    behind = []
    while len(words) > 1 and _is_after_name(words[-1], text):
        behind.insert(0, words.pop())
    for start in range(1, len(words)):
        if start + _titles_from(words[start:], text) == len(words):
            return [*front, *words[start:], *behind], words[:start]
    return front + behind, words


def _take_generation(words):
    """The words without "jun." at their end, and "jun."."""
    if len(words) < 2 or words[-1].casefold() not in GENERATIONS:
        return words, []
    sure = len(words) > 2 or "." in words[-1] or not words[-1].istitle()
    return (words[:-1], words[-1:]) if sure else (words, [])


def _is_particle(word):
    return word.casefold() in PARTICLES or word in SMALL_PARTICLES


def _all_is_last_name(words):
    """Whether already the first of the words begins the last name: "von der Leyen", "De Luca"."""
    word, following = words[0], words[1].casefold()
    if word.casefold() in ALSO_FIRST_NAMES:
        return word.islower() and not " ".join(words).islower()
    chain = len(words) > 2 and following in PARTICLES | SMALL_PARTICLES
    if word.casefold() in NOBILITY:
        return chain
    return _is_particle(word) and (chain or word.islower() or len(words) == 2)


def _last_name_at(words):
    """The index of the word with which the last name begins, in the order first, last."""
    if words[-1].endswith(")") and (marks := [word[0] == "(" for word in words[1:]]).count(True):
        behind = len(words) - 1 - marks[::-1].index(True)
        return _last_name_at(words[:behind]) if behind > 1 else 0
    if _all_is_last_name(words):
        return 0
    for index, word in enumerate(words[1:-1], 1):
        if _is_particle(word) or word.casefold() in NOBILITY:
            return index
        if word.casefold() in MAIDEN or (index > 1 and word in JOINS_LAST_NAMES):
            return index - 1
    return len(words) - 1


def _is_capitals(word):
    """Whether somebody marks a last name by capitals: "MÜLLER", "DE", but no initials."""
    return word.isupper() and "." not in word and (len(word) > 2 or word.casefold() in PARTICLES)


def _plain_order(words):
    """First and last names of words without comma."""
    capitals = [_is_capitals(word) for word in words]
    if len(words) < 2:
        return [], words
    if " ".join(words).isupper() or not (capitals[0] or capitals[-1]):
        at = _last_name_at(words)
    elif capitals[-1]:
        at = min(_last_name_at(words), len(words) - capitals[::-1].index(False))
    else:
        at = capitals.index(False)
        return words[at:], words[:at]
    if at > 1 and words[at - 1].casefold() in AND:  # "Klein und Groß" are two last names
        at -= 2
    return words[:at], words[at:]


def _comma_order(last, first):
    """First and last names of "Last, First"; particles and "jun." move to the last name."""
    first, generation = _take_generation(first)
    first, before = list(first), []
    while first and (
        (first[-1].islower() and _is_particle(first[-1]))
        or (before and first[-1].casefold() in NOBILITY)
    ):
        before.insert(0, first.pop())
    return first, before + last + generation


def _split(text):
    """The parts of a name, and whether a comma says where the last name ends."""
    text = clean_text(text)
    if usual := usual_name(text):
        return NameParts("", *("", *usual)[-2:]), False
    whole = NameParts(lastname=text), False
    if len(text) > _MAX_NAME or _NO_PERSON.search(text) or looks_like_company(text):
        return whole
    spaced = re.sub(r"(?<=[a-zß]\.)(?=[A-ZÄÖÜ][a-zäöüß])", " ", text)
    spaced = re.sub(r"(?<=\w)(?: - ?| ?- )(?=\w)", "-", spaced)
    salutation, titles, generation, names = [], [], [], []
    for words in filter(None, map(str.split, spaced.split(","))):
        if names and _is_after_name("".join(words), text):
            titles.append("".join(words))
        elif names and len(words) == 1 and words[0].casefold() in SALUTATIONS:
            salutation += words
        elif names and len(words) == 1 and words[0].casefold() in GENERATIONS:
            generation += words
        elif names and words[0].casefold() in MAIDEN:
            names[-1] = [*names[-1], *words]
        else:
            polite, words = _take_salutation(words)
            found, words = _take_titles(words, text)
            salutation, titles = salutation + polite, titles + found
            names += [words] if words else []
    if len(names) > 2:
        return whole
    if len(names) == 2:
        first, last = _comma_order(*names)
    else:
        words, more = _take_generation(names[0] if names else [])
        first, last = _plain_order(words)
        generation = more + generation
    parts = (" ".join(part) for part in (titles, first, last + generation, salutation))
    return NameParts(*parts), len(names) == 2


def split_name(text):
    """The parts of the name of a person; a text that is none stays whole as the last name.

    Shape: text or nothing in, NameParts out. All signs but blanks, commas and the salutation are
    in join_name of the result. A single word is a last name. Errors: none, for any text.
    Source: issue 3; DIN 5008 (order of titles and name), GG article 123 with WRV article 109
    (nobility is part of the last name); particles of German, Dutch, Romance and Arabic names.

    >>> split_name("Frau Dr. Ursula von der Leyen, MPH")
    NameParts(title='Dr. MPH', firstname='Ursula', lastname='von der Leyen', salutation='Frau')
    >>> split_name("de la Cruz, Penélope")[1:3], split_name("Müller GmbH")[1:3]
    (('Penélope', 'de la Cruz'), ('', 'Müller GmbH'))
    """
    return _split(text)[0]


def join_name(parts):
    """The name as it is shown: title, first name, last name, then the degrees behind a comma.

    Shape: NameParts (or any four texts or nothings) in, text out, without the salutation.
    Errors: none.
    Source: as split_name.

    >>> join_name(NameParts("Dr. MBA", "Max", "Muster")), join_name(("", None, "Özdemir", "Frau"))
    ('Dr. Max Muster, MBA', 'Özdemir')
    """
    title, firstname, lastname, _salutation = map(clean_text, parts)
    front = [word for word in title.split() if not _is_after_name(word)]
    behind = [word for word in title.split() if _is_after_name(word)]
    name = " ".join(filter(None, [*front, firstname, lastname]))
    name += "".join(f"{' ' if word[0] == '(' else ', '}{word}" for word in behind)
    return name.removeprefix(",").strip()


def name_matches(parts, name):
    """Whether the displayed name still says the same as the stored parts.

    Shape: NameParts and text in, yes or no out; the salutation is not compared. If yes, the parts
    stay; if no, the name was edited and has to be split again. It forgives what is no difference
    (order with comma, blanks) and keeps a division that the text alone does not show. Errors: none.
    Source: issue 3 (name and parts agree both ways).

    >>> names = ("Gabriel García Márquez", "García Márquez, Gabriel", "Márquez, Gabriel García")
    >>> [name_matches(NameParts("", "Gabriel", "García Márquez"), name) for name in names]
    [True, True, False]
    """
    stored = NameParts(*map(clean_text, parts))
    said, certain = _split(name)
    if clean_text(name) == join_name(stored) or said[:3] == stored[:3]:
        return True
    return not certain and join_name(said) == join_name(stored)
