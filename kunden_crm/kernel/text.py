"""What every text goes through before anything is read from it."""

import re
import unicodedata

# They look like nothing and are therefore typed instead of a name: Hangul fillers, Braille blank.
_BLANKS = dict.fromkeys(map(ord, "\u3164\uffa0\u2800"), " ")
# Format characters that draw something (Unicode: Prepended_Concatenation_Mark, in Arabic, Syriac).
_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_JOINERS = "\u200c\u200d"
_JOINER_RUN = re.compile(f"[{_JOINERS}]+")
# Scripts in which a joiner changes the shape of the word: Arabic to Sinhala, Myanmar, Khmer,
# Mongolian. The idea is the CONTEXTJ rule of RFC 5892, appendix A.1 and A.2.
_JOINING = re.compile("[\u0620-\u0dff\u1000-\u109f\u1780-\u18af]")


def _keep(char):
    """One character as it may stay: itself, a blank, or nothing."""
    category = unicodedata.category(char)
    if category == "Cc":
        return " " if char.isspace() else ""
    if category == "Cs" or (
        category == "Cf" and char not in _JOINERS and char not in _VISIBLE_FORMAT
    ):
        return ""
    return char


def _keep_joiner(match):
    """The first joiner of a run between two letters of a joining script, else nothing."""
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    return match[0][0] if _JOINING.match(before) and _JOINING.match(after) else ""


def clean_text(text):
    """The text without what no eye can see, white space folded, in Unicode normal form C.

    Shape: text or nothing (``None``, ``False``) in, text out, never longer. Removed are control
    characters, marks that turn the direction of writing, soft hyphens, byte order marks and lone
    surrogates (PostgreSQL cannot store them). Letters stay as they are, in every script; so do
    the joiners that Persian or Hindi words need. Idempotent. Errors: none.
    Source: UAX #15 (NFC), UAX #9 (direction), RFC 5892 (joiners); bad_inputs.md 57, 59, 61.

    >>> clean_text("  Mu\\u0308ller \\u202e GmbH\\n")
    'Müller GmbH'
    >>> clean_text("Hans\\ud800\\x00 Müller"), clean_text(None)
    ('Hans Müller', '')
    """
    if not text:
        return ""
    if text.isprintable():
        if not text.isascii():
            text = unicodedata.normalize("NFC", text.translate(_BLANKS))
    else:
        text, before = "".join(map(_keep, text.translate(_BLANKS))), ""
        while text != before:  # without a joiner other letters meet and may form one
            before = text
            text = _JOINER_RUN.sub(_keep_joiner, unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def word_set(text):
    """A table of words, written as one text.

    Shape: text in, frozenset of its words out. Errors: none. Source: style.md 3.

    >>> sorted(word_set("von der"))
    ['der', 'von']
    """
    return frozenset(text.split())


def is_storable(text):
    """Whether PostgreSQL can hold a text: no half character and no zero byte is in it.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 61.

    >>> [is_storable(text) for text in ("Müller 😀", "Mu\\u0308ller\\n", "Hans\\ud83d", "\\0")]
    [True, True, False, False]
    """
    return text.isprintable() or not any(
        char == "\0" or "\ud800" <= char <= "\udfff" for char in text
    )


def has_other_digits(text):
    """Whether a text has digits of another script or width, whose meaning is not certain.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 75.

    >>> has_other_digits("４９３０"), has_other_digits("49²"), has_other_digits("4930")
    (True, True, False)
    """
    return not text.isascii() and any(char.isdigit() and not char.isascii() for char in text)
