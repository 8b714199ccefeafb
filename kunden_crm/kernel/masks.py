"""Masks: how an admin says what a code looks like, without regular expressions.

``9`` stands for a digit, ``A`` for a letter, ``*`` for a letter or digit; any other sign stands
for itself, and so does each sign behind ``\\``. "KD-9999" is a customer number, "AA 99" two
letters and two digits. Letters at an ``A`` are written as capitals, at a ``*`` as they were typed.
Reasons are codes; the models put them into words:

==================  ======================================================================
``mask``            fixed: capitals, or signs between as the mask has them; ask: the value
                    does not fit
``long``            ask: longer than any value of this kind
``wrong_mask``      ask: there is no mask to fit, or mask_problem finds something in it
==================  ======================================================================

Problems of a mask: ``empty``, ``long`` (more than 64 signs), ``spaces`` (blanks at its ends, two
in a row, signs no eye can see), ``escape`` (``\\`` at its end), ``no_placeholder``.
"""

from .outcomes import asked, written
from .spelling import standard
from .text import clean_text

REASONS = ("mask", "long", "wrong_mask")
PROBLEMS = ("empty", "long", "spaces", "escape", "no_placeholder")
_MAX_MASK = 64
_PLACEHOLDERS = "9A*"
_SEPARATORS = " .-/"
_LITERAL = ""


def _places(mask):
    """Pairs of placeholder and sign; the placeholder is empty where the sign stands for itself."""
    places, escaped = [], False
    for sign in mask:
        if sign == "\\" and not escaped:
            escaped = True
            continue
        places.append((_LITERAL if escaped or sign not in _PLACEHOLDERS else sign, sign))
        escaped = False
    return places


def _ends_in_escape(mask):
    return (len(mask) - len(mask.rstrip("\\"))) % 2 == 1


def mask_problem(mask):
    """What is wrong with a mask, "" if nothing is.

    Shape: text or nothing in, one of PROBLEMS or "" out. Errors: none.
    Source: design.md (a mask language, no regular expressions).

    >>> [mask_problem(mask) for mask in ("KD-9999", "", "KD", "99\\\\", " 9")]
    ['', 'empty', 'no_placeholder', 'escape', 'spaces']
    """
    if not mask:
        return "empty"
    if len(mask) > _MAX_MASK:
        return "long"
    if clean_text(mask) != mask:
        return "spaces"
    if _ends_in_escape(mask):
        return "escape"
    return "" if any(kind for kind, _sign in _places(mask)) else "no_placeholder"


def _written_at(kind, sign, char):
    """The character as it stands at a place of the mask, "" if it does not fit there."""
    if kind == _LITERAL:
        return sign if char.casefold() == sign.casefold() else ""
    digit = char.isascii() and char.isdigit()
    if kind == "9" or digit:
        return char if digit and kind != "A" else ""
    if not char.isalpha():
        return ""
    return char.upper() if kind == "A" and char.upper().lower() == char else char


def _is_separator(kind, sign):
    return kind == _LITERAL and sign in _SEPARATORS


def _gaps(separators):
    """Before which sign each separator stands, counted without separators."""
    gaps, count = set(), 0
    for separator in separators:
        if separator:
            gaps.add(count)
        count += not separator
    return gaps, count


def _filled(places, chars):
    """The places of the mask filled with the characters, "" where one does not fit."""
    chars, value = iter(chars), []
    for kind, sign in places:
        char = sign if _is_separator(kind, sign) else _written_at(kind, sign, next(chars))
        if not char:
            return ""
        value.append(char)
    return "".join(value)


@standard
def _fitted(text, _country, mask):
    """The standard behind masked; the country says nothing about it."""
    places = _places(mask)
    in_mask, wanted = _gaps([_is_separator(*place) for place in places])
    in_text, given = _gaps([char in _SEPARATORS for char in text])
    allowed = in_mask or set(range(1, wanted))
    if given != wanted or not in_text <= allowed:
        return asked(text, "mask")
    value = _filled(places, [char for char in text if char not in _SEPARATORS])
    fits = value and clean_text(value) == value
    return written(text, value, "mask") if fits else asked(text, "mask")


def masked(text, mask):
    """The text as the mask writes it.

    Shape: text or nothing and a mask in, Outcome out. It fits as it is, with capitals, or with
    blanks, full stops, hyphens and slashes as the mask has them; where the text parts its signs
    at another place than the mask, a person is asked. One pass over text and mask. Errors: none.
    Source: as mask_problem; issue 6 (a pattern never hangs).

    >>> masked("kd 1234", "KD-9999").value, masked("KD1234", "KD-9999").value
    ('KD-1234', 'KD-1234')
    >>> masked("KD-123", "KD-9999")[1:], masked("12-345", "999-99")[1:], masked("x", "")[1:]
    (('ask', 'mask'), ('ask', 'mask'), ('ask', 'wrong_mask'))
    """
    text = text or ""
    if mask_problem(mask):
        return asked(text, "wrong_mask") if clean_text(text) else written(text, "", "spaces")
    return _fitted(text, "", mask)
