"""Quick search: one form in which Müller, Mueller and muller meet, for a trigram index."""

import re
import unicodedata

from .text import clean_text

# Letters that do not fall apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "oe", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_UMLAUT = re.compile("([aou])\u0308")
# ae, oe, ue stand for an umlaut, but not behind a vowel or q (Bauer, neue, Quelle).
_DIGRAPH = re.compile("(?<![aeiouq])([aou])e")
_APOSTROPHES = re.compile("['’ʼ`´]")
_NO_WORD = re.compile("[^a-z0-9]+")
_MAX_TERMS = 16


def _is_accent(char):
    """Whether it is an accent of Latin, Greek, Cyrillic, Hebrew or Arabic.

    Marks of other combining classes (Indic nukta, Japanese voicing, Thai vowels) make another
    letter and stay.
    """
    mark = unicodedata.combining(char)
    return mark >= 200 or 10 <= mark <= 36


def _word_char(char):
    """The character as it may stand in a search form, else a blank."""
    return char if unicodedata.category(char)[0] in "LNM" else " "


def _fold(clean, umlaut):
    """The search form of a clean text; an umlaut becomes the letter and what ``umlaut`` says."""
    folded = clean.casefold()
    if folded.isascii() and folded.replace(" ", "").isalnum():
        return folded
    if not folded.isascii():
        for _round in range(2):
            folded = unicodedata.normalize("NFKD", folded).casefold()
        folded = _UMLAUT.sub(rf"\1{umlaut}", folded)
        folded = "".join(char for char in folded if not _is_accent(char)).translate(_LETTERS)
        folded = unicodedata.normalize("NFC", folded)
    folded = _APOSTROPHES.sub("", folded)
    words = _NO_WORD.sub(" ", folded) if folded.isascii() else "".join(map(_word_char, folded))
    return " ".join(words.split()) or clean


def fold(text):
    """The primary search form: small letters, digits and single blanks; ä is ae, ß is ss.

    Shape: text or nothing in, text out; empty only where nothing visible is in it (a text of signs
    alone is kept as it is). Idempotent. Errors: none.
    Source: DIN 5007-2 (umlauts in lists of names), Unicode chapter 3.13 (caseless matching).

    >>> fold("Müller-Lüdenscheidt"), fold("O'Neill & Söhne"), fold("İnci Çelik")
    ('mueller luedenscheidt', 'oneill soehne', 'inci celik')
    """
    return _fold(clean_text(text), "e")


def _spellings(text):
    """Per word the folded word, and the word of somebody who leaves the dots of an umlaut out."""
    clean = clean_text(text)
    primary = _fold(clean, "e")
    undotted = primary if clean.isascii() else _fold(clean, "")
    for word, other in zip(primary.split(), undotted.split(), strict=True):
        yield tuple(dict.fromkeys((word, _DIGRAPH.sub(r"\1", other))))


def search_key(*texts):
    """What to store in the trigram-indexed column: the primary form, then the other spellings.

    Shape: any number of texts (name, e-mail, street, ...) in, one text out. Holds every part of
    the primary form, so nothing is lost against a search for a part of the name. Errors: none.
    Source: issue 3 (any part of name in any spelling).

    >>> search_key("Hans Müller", None, "Köln"), search_key("Anna Berg")
    ('hans mueller koeln muller koln', 'anna berg')
    """
    forms = [word_forms(text) for text in texts]
    others = [word for _folded, others in forms for word in others]
    return " ".join([folded for folded, _others in forms if folded] + list(dict.fromkeys(others)))


def word_forms(text):
    """The primary form of a text, and its words in their other spellings.

    Shape: text or nothing in, a text as of fold and a tuple of words out. Errors: none.
    Source: as search_key, which is made of these.

    >>> word_forms("Hans Müller"), word_forms("Anna")
    (('hans mueller', ('muller',)), ('anna', ()))
    """
    words = list(_spellings(text))
    others = dict.fromkeys(form for forms in words for form in forms[1:])
    return " ".join(forms[0] for forms in words), tuple(others)


def search_terms(text):
    """The needles for search_key: every word must be there, in one of its spellings.

    Shape: text in, list of tuples out, a tuple per word, its primary spelling first; join the list
    by AND and each tuple by OR, each needle as ``LIKE '%needle%'`` (a needle holds no % and no _
    unless the text is signs alone: escape it). Empty where nothing was typed. At most 16 words are
    asked. A record and a text that differ only in ä/ae/a, case, accents, order of words or
    punctuation meet. Errors: none.
    Source: as search_key.

    >>> search_terms("Müller, H."), search_terms("muller")
    ([('mueller', 'muller'), ('h',)], [('muller',)])
    """
    return list(dict.fromkeys(_spellings(text)))[:_MAX_TERMS]
