"""Names of persons as they should be written: "MÜLLER" is Müller, "VON DER LEYEN" von der Leyen.

One standard for first names, last names and whole names. A name that mixes large and small
letters is somebody's own spelling and stays (McIntyre, DeVito, ebm-papst); so does a name with
Turkish İ or ı, whose other case nobody can tell. ß is never invented: "WEISS" is Weiss.

===========  ======================================================================
``spaces``   fixed: blanks or signs that no eye can see are gone
``case``     fixed: capitals or small letters throughout were mended
``title``    fixed: a title was written its usual way ("Dr. med.", "Dipl.-Ing.")
``long``     ask: longer than 250 characters
``email``    ask: an e-mail address
``digits``   ask: digits, which stand in no name
``company``  ask: reads as the name of an organisation
``doubled``  ask: the same word twice ("Müller Müller")
===========  ======================================================================

Template marks and formulas are text like any other and stay as they are.
"""

import re
from typing import NamedTuple

from .companies import looks_like_company
from .name_words import usual_name
from .names import split_name
from .outcomes import asked, written
from .spelling import standard
from .spelling_case import (
    WORD,
    capitalised,
    has_email,
    is_code,
    is_latin,
    is_short_form,
    is_turkish,
    shape,
)
from .spelling_title import NO_DOT, TITLES, titles_of
from .text import word_set

REASONS = ("spaces", "case", "title", "long", "email", "digits", "company", "doubled")
_WRITTEN_SMALL = word_set("ebm-papst adidas")
_KNOWN = {"phd": "PhD", "bsc": "BSc", "msc": "MSc", "kommr": "KommR"} | {
    word: word.upper()
    for word in word_set("ibm sap aeg basf adac aok usa mba emba llm mph cpa dba")
}
# Small in front of a last name: always; between other names; before one of the articles.
_PARTICLES = word_set("von vom van zu zum zur ten ter de dos das da")
_BETWEEN = word_set("del do bin ibn bint y")
_BEFORE_ARTICLE = word_set("auf aus in an bei unter vor ob op im uit von van de zu")
_ARTICLES = word_set("der dem den des la las los het die de t")
# Kept small between other names where somebody typed them so.
_AS_TYPED = word_set("di della dello degli dal dalla lo la le el al du des af av thor tho und e i")
_LARGE = {"van": word_set("BE US GB CA AU ZA"), "de": word_set("IT BE US"), "da": word_set("IT")}
_VIETNAMESE = word_set(
    "nguyen nguyễn tran trần le lê pham phạm hoang hoàng huynh huỳnh phan vu vũ vo võ dang đặng bui"
    " bùi do đỗ ngo ngô duong dương ly lý"
)
_RANKS = word_set("frh frhr freiherr freifrau graf gräfin baron baronin")
_BEFORE_APOSTROPHE = word_set("o d l m n dell dall sant nell")
_MC_H = word_set("mchugh mchale mchenry")
# What stands before a dot; other words there get a capital letter.
_DOTTED = {"jr": "jr", "sr": "sr", "dr": "Dr", "st": "St", "ing": "Ing", "jun": "jun", "sen": "sen"}
_DOTTED |= {word: word for word in word_set("geb gen verw verh med jur phil rer nat u")}
_DEGREES = {"ll.m.": "LL.M.", "m.sc.": "M.Sc.", "b.sc.": "B.Sc.", "ph.d.": "Ph.D."}
_DEGREE = re.compile(r"\b(?:ll\.m|[mb]\.sc|ph\.d)\.", re.IGNORECASE)
_ROMAN = word_set("ii iii iv vii viii xiv xvi")
_ASIDE = word_set("geborene geborener genannt née né und")


@standard
def person_name(text, country="DE"):
    """The first, last or whole name of a person as it should be written.

    Shape: text or nothing and a country code in, Outcome out. Letters are never added or lost;
    only case, blanks, and dots and hyphens of titles change. Errors: none; for what is asked, see
    above. Source: bad_inputs.md 57 to 71; DIN 5008 (titles); Duden (particles, hyphens).

    >>> [person_name(text).value for text in ("MÜLLER", "VON DER LEYEN", "karl-heinz", "O'NEILL")]
    ['Müller', 'von der Leyen', 'Karl-Heinz', "O'Neill"]
    >>> person_name("McIntyre").outcome, person_name("Hans Hans").reason
    ('same', 'doubled')
    """
    if usual_name(text):
        return written(text, text, "spaces")
    if reason := _doubt(text):
        return asked(text, reason)
    if is_code(text):
        return written(text, text, "spaces")
    titles, rest = titles_of(text, country)
    if _is_doubled(rest.casefold().replace(",", " ").split()):
        return asked(text, "doubled")
    if is_turkish(text):
        return written(text, text, "spaces")
    mended = _with_case(rest, country)
    return written(text, " ".join([*titles, mended]), "title" if mended == rest else "case")


def _doubt(name):
    """Why a person must look at it, or ""."""
    if has_email(name):
        return "email"
    if is_code(name):
        return ""
    if any(char.isdigit() for char in name):
        return "digits"
    return "company" if looks_like_company(name) else ""


def _is_doubled(words):
    """Whether a word of two letters or more stands twice in a row, or the whole name twice."""
    words = [word for word in words if "." not in word and word not in TITLES]
    half = len(words) // 2
    if len(words) > 3 and words[:half] == words[half:]:
        return True
    return any(one == two and len(one) > 1 for one, two in zip(words, words[1:], strict=False))


class _Name(NamedTuple):
    """A name in letters of one kind, and what its country and its first word say of it."""

    text: str
    kind: str
    country: str
    vietnamese: bool


def _with_case(name, country):
    """The name in mended case, unless capitals that show the last name would be lost by it."""
    kind = shape(name)
    mixed = kind == "mixed"
    if not kind or name in _WRITTEN_SMALL or (mixed and not _shouted(WORD.findall(name))):
        return name
    mended = _mended(name, kind, country)
    if mixed:
        before, after = ("\n".join(split_name(text)).casefold() for text in (name, mended))
        return mended if before == after and shape(mended) == kind else name
    return _DEGREE.sub(lambda found: _DEGREES[found[0].casefold()], mended)


def _shouted(words):
    """Those of the words that are written in capitals throughout, abbreviations left out."""
    return [
        word
        for word in words
        if len(word) > 3 and shape(word) == "upper" and set(word) - set("IVX")
    ]


class _Place(NamedTuple):
    """A word, what stands around it, and of what kind of name it is part."""

    word: str
    key: str
    previous: str
    following: str
    before: str
    after: str
    name: _Name


def _places(name):
    """The words of a name, each with its place."""
    matches = list(WORD.finditer(name.text))
    keys = ["", *(match[0].casefold() for match in matches), ""]
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(name.text)]
    for index, match in enumerate(matches):
        around = keys[index + 1], keys[index], keys[index + 2]
        before = name.text[ends[index] : starts[index]]
        yield _Place(match[0], *around, before, name.text[match.end() : starts[index + 1]], name)


def _mended(text, kind, country):
    """The name with each of its words in mended case."""
    first = next(iter(WORD.findall(text.casefold())), "")
    places = list(_places(_Name(text, kind, country, first in _VIETNAMESE)))
    pieces, shouted = [], False
    for place in reversed(places):
        small = _is_small(place)
        shouted = shouted or bool(_shouted([place.word]))
        touched = kind != "mixed" or _shouted([place.word]) or (small and shouted)
        word = place.word
        if touched and is_latin(word) and not (kind == "mixed" and not word.isupper()):
            word = word.lower() if small else _word(place)
        pieces += [place.after, word]
    return "".join([*pieces, places[0].before][::-1] if places else [text])


def _is_small(place):
    """Whether the word is a small one that belongs to the name behind it."""
    name, key = place.name, place.key
    alone = place.after.rstrip("'’") != " " or not place.following
    if alone or name.country in _LARGE.get(key, ()):
        return False
    if key in ("van", "do") and name.vietnamese:
        return False
    return (
        key in _PARTICLES
        or (key in _BEFORE_ARTICLE and place.following in _ARTICLES)
        or (key in _ARTICLES and place.previous in _BEFORE_ARTICLE and place.before == " ")
        or (key in _BETWEEN and place.previous != "")
        or (key in _AS_TYPED and place.previous != "" and name.kind == "lower")
    )


def _word(place):
    """A Latin word of a name in mended case, where it is no small one."""
    word, key = place.word, place.key
    if known := _known(place):
        return known
    if place.previous and key in _ROMAN:
        return word.upper()
    dotted = place.after[:1] == "."
    if dotted and place.previous and key in _DOTTED:
        return capitalised(word) if place.name.country in NO_DOT else _DOTTED[key]
    if any(sign in ("'", "’") for sign in (place.before[-1:], place.after[:1])):
        return _at_apostrophe(place)
    if word.isupper() and is_short_form(word) and not dotted and key not in ("mc", *_DOTTED):
        return word
    if key in _ASIDE and place.previous:
        return word.lower()
    if key.startswith("mc") and len(key) > 4 and (key[2] != "h" or key in _MC_H):
        return "Mc" + capitalised(word[2:])
    return capitalised(word)


def _known(place):
    """A degree or title that is not written like a name, or "v. d."; "" for every other word."""
    dotted = place.after[:1] == "." and len(WORD.findall(place.name.text)) > 2
    if dotted and (
        (place.key == "v" and (place.following in ("d", "u") or place.previous in _RANKS))
        or (place.key == "d" and place.previous == "v")
    ):
        return place.key
    if not place.word.isupper():
        return ""
    first = not place.previous and place.following
    if first and place.key == "ra" or (first and place.key == "di" and _is_austrian(place)):
        return place.word
    return _KNOWN.get(place.key, "")


def _is_austrian(place):
    """Whether DI in front of first and last name is the Diplom-Ingenieur of Austria."""
    return place.name.country == "AT" and len(WORD.findall(place.name.text)) > 2


def _at_apostrophe(place):
    """A word with an apostrophe at it: O'Neill, Dell'Acqua, Isma'il, 't Hooft, d'Estaing."""
    word, name = place.word, place.name
    if place.after[:1] in ("'", "’") and place.key == "d":
        small = name.country in ("FR", "BE") or (name.kind == "lower" and place.previous)
        return "d" if small else "D"
    if place.before[-1:] not in ("'", "’"):
        return capitalised(word)
    joined = len(place.before) == 1 and place.previous in _BEFORE_APOSTROPHE
    alone = len(word) == 1 or (len(place.before) == 1 and place.previous and not joined)
    return word.lower() if alone else capitalised(word)
