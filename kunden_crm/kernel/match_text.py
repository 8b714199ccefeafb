"""What a word becomes before it is compared: one spelling, its sound, its neighbours, its bits.

All numbers are whole and fit an int8 of PostgreSQL, those of words and their like an int4; they are
the same on every machine and for ever, because they are stored.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from operator import add, mul
from struct import unpack
from typing import NamedTuple

from .search import fold

_SIGN = 1 << 63
_PRIME, _SMALL = (1 << 63) - 25, (1 << 31) - 1
# One factor per place: 2 ** 64 by the golden ratio, and its powers.
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, place, _PRIME) for place in range(1, 33))
# Behind a vowel or q the e is no dot of an umlaut: Bauer, neue, Quelle.
_DOTS = re.compile("(?<![aeiouq])([aou])e")
# The bit of a pair of letters is found by the sum of two numbers, one of each letter.
_BEFORE = tuple(letter * 31 % 61 for letter in range(256))
_BEHIND = tuple(letter * 17 % 61 for letter in range(256))
_BITS = tuple(1 << place % 61 + 1 for place in range(2 * 61))
_LONGEST = 24
_CACHED = 1 << 14


def number(text):
    """A text as a number of 64 bits with sign.

    Shape: text in, whole number out. Errors: none.
    Source: RFC 7693 (BLAKE2b), 8 bytes, the highest first.

    >>> number("meier") == number("meier"), number("meier") == number("maier")
    (True, False)
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def short(text):
    """A text as a number of 32 bits with sign: for what is only compared where a block is shared.

    Shape: text in, whole number out. Errors: none.
    Source: RFC 7693 (BLAKE2b), 4 bytes, the highest first.

    >>> short("meier") == short("maier"), -(1 << 31) <= short("meier") < 1 << 31
    (False, True)
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big", signed=True)


def combine(*numbers):
    """Several numbers as one; their order counts.

    Shape: whole numbers in, whole number of 63 bits out. Errors: none.
    Source: Carter & Wegman, Universal Classes of Hash Functions, 1979.

    >>> combine(1, 2) == combine(2, 1)
    False
    """
    return (sum(map(mul, numbers, _FACTORS)) + len(numbers)) % _PRIME


def combine_short(*numbers):
    """Several numbers as one of 31 bits; their order counts.

    Shape: whole numbers in, whole number out. Errors: none. Source: as combine.

    >>> combine_short(1, 2) == combine_short(2, 1), combine_short(1, 2) < 1 << 31
    (False, True)
    """
    return combine(*numbers) & _SMALL


def plain(text):
    """One spelling for Müller, Mueller and Muller, Weiß, Weiss and Weis.

    Shape: text or nothing in, small letters, digits and single blanks out. Errors: none.
    Source: as fold; whoever leaves out the dots, and ß as s.

    >>> plain("Müller") == plain("Mueller") == plain("Muller"), plain("Groß-Bauer")
    (True, 'gros bauer')
    """
    found = fold(text) if text else ""
    if "ae" in found or "oe" in found or "ue" in found:
        found = _DOTS.sub(r"\1", found)
    return found.replace("ss", "s")


_SOUNDS = {
    **dict.fromkeys("aeijouy", "0"),
    **dict.fromkeys("bp", "1"),
    **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}


@lru_cache(_CACHED)
def _sound_of(before, char, after):
    """The code of one letter in a word of small letters, by its neighbours; "" for h."""
    if char == "p" and after == "h":
        return "3"
    if char in "dt" and after and after in "csz":
        return "8"
    if char == "x":
        return "8" if before and before in "ckq" else "48"
    if char == "c":
        hard = after and after in ("ahkoqux" if before else "ahkloqrux")
        return "4" if hard and not (before and before in "sz") else "8"
    return _SOUNDS.get(char, "")


def sound(word):
    """The sound of a word by Cologne phonetics.

    Shape: word of small letters as of plain in, digits out, "" where it has no Latin letter.
    Errors: none.
    Source: Postel, Die Kölner Phonetik, IBM-Nachrichten 19 (1969), 925-931.

    >>> [sound(word) for word in ("meier", "mayr", "schmidt", "schmitt", "muller", "wikipedia")]
    ['67', '67', '862', '862', '657', '3412']
    """
    codes = "".join(map(_sound_of, ["", *word[:-1]], word, [*word[1:], ""]))
    kept = [code for index, code in enumerate(codes) if not index or code != codes[index - 1]]
    return "".join(kept[:1] + [code for code in kept[1:] if code != "0"])


def near(word):
    """Numbers of a word and of what is left of it without one letter.

    Shape: word in, tuple of whole numbers out. Two words that share one differ by at most a letter
    too much, too little, another one, or two letters that changed places. Errors: none.
    Source: Mor & Fraenkel, A Hash Code Method for Detecting and Correcting Spelling Errors, 1982.

    >>> [bool(set(near("schmidt")) & set(near(other))) for other in ("schmitd", "schmit", "kaya")]
    [True, True, False]
    """
    word = word[:_LONGEST]
    left = {word[:index] + word[index + 1 :] for index in range(len(word))} if word[2:] else ()
    every = {word, *left}
    told = b"".join([blake2b(text.encode(), digest_size=4).digest() for text in every])
    return tuple(sorted(unpack(f">{len(every)}i", told)))


def bits(text):
    """The pairs of letters of a text as a set of 64 bits, for telling how alike two texts are.

    Shape: text in, whole number of 64 bits with sign out. Errors: none.
    Source: Adamson & Boreham, The Use of an Association Measure Based on Character Structure, 1974.

    >>> (bits("hauptstrase") ^ bits("hauptstrasse")).bit_count() < 4
    True
    """
    edged = f" {text} ".encode()
    places = map(add, map(_BEFORE.__getitem__, edged), map(_BEHIND.__getitem__, edged[1:]))
    found = sum(set(map(_BITS.__getitem__, places)))
    return found - (found & _SIGN) * 2


class Word(NamedTuple):
    """A word and all that is asked of it."""

    text: str
    number: int
    sound: int
    near: tuple
    bits: int


@lru_cache(_CACHED)
def word(text):
    """All that is asked of a word that plain has made."""
    return Word(text, short(text), short("~" + (sound(text) or text)), near(text), bits(text))
