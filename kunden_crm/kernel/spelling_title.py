"""Titles in front of a name as they are usually written: Dr. med., Dipl.-Ing., Mag.a."""

import re

from .text import word_set

# Written without their dot too, but for the second list; in these countries never with one.
TITLES = {"dr": "Dr.", "ddr": "DDr.", "prof": "Prof.", "mag": "Mag.", "univ": "Univ."}
# Titles of women: Mag.a, Dr.in, Dipl.-Ing.in.
_FEMALE = word_set("a ª in")
_NEEDS_DOT = word_set("mag univ")
NO_DOT = word_set("GB IE US CA AU NZ ZA FR")
_FACULTIES = word_set(
    "med dent vet jur iur phil rer nat pol oec soc theol sc agr ing habil mult techn mont em"
)
_DIPL = re.compile(
    r"dipl(?:\. ?-?|-)(ing|kfm|kffr|volksw|betriebsw|inf|phys|chem|psych|math|biol)(\.in)?\b"
)


def titles_of(name, country="DE"):
    """The titles with which a name begins, as they are usually written, and the rest of it.

    Shape: clean text and country code in, list of texts and text out. Errors: none.
    Source: DIN 5008 (titles); Austrian usage (Mag.a, Dr.in, Dipl.-Ing.in).

    >>> titles_of("dr med Eva Klein"), titles_of("Mag.a Anna Huber", "AT")
    ((['Dr.', 'med.'], 'Eva Klein'), (['Mag.a'], 'Anna Huber'))
    >>> titles_of("Dr Smith", "GB")
    ([], 'Dr Smith')
    """
    words, done = name.split(), []
    while words and (found := _title(words, bool(done), country not in NO_DOT)):
        done.append(found[0])
        words = found[1]
    return done, " ".join(words)


def _title(words, behind, dots):
    """The title with which the words begin and the words behind it, None where there is none.

    `behind` says that another title went before, `dots` that a title without its dot is one too.
    """
    line = " ".join(words)
    if found := _DIPL.match(line[:30].casefold()):
        rest = line[found.end() :].removeprefix(".").split()
        sure = rest and rest[0][0].isalpha() | (rest[0][0] == "(")
        title = f"Dipl.-{found[1].capitalize()}{found[2] or '.'}"
        return (title, rest) if sure else None
    head, dot, tail = words[0].partition(".")
    key = head.casefold()
    if key in TITLES and tail.casefold() in _FEMALE and words[1:]:
        return TITLES[key] + tail.casefold(), words[1:]
    rest = [tail, *words[1:]] if tail else words[1:]
    if not rest or not (rest[0][0].isalpha() or rest[0][0] == "("):
        return None
    if key in TITLES and (dot or (dots and key not in _NEEDS_DOT)):
        return TITLES[key], rest
    for count in (1, 2):
        if behind and " ".join(words[:count]).casefold() in ("h.c.", "h. c."):
            return " ".join(words[:count]).casefold(), words[count:]
    if behind and key in _FACULTIES and (dot or (dots and head.islower() and head != "phil")):
        return f"{key}.", rest
    return None
