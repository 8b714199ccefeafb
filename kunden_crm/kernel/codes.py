"""What the standards for codes with a check digit share."""

import re

from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

# The reasons that every code with a check digit can have.
REASONS = (
    "groups",
    "case",
    "country",
    "several",
    "digits",
    "long",
    "no_code",
    "signs",
    "length",
    "check_digit",
)
_SEPARATORS = re.compile(r"[\s.\-‐‑–]")
_BETWEEN = re.compile(r"[,;/|]|\b(?:und|oder|and|or)\b", re.IGNORECASE)


def compact(text):
    """A code in capitals without blanks, full stops and hyphens.

    Shape: text in, text out. Errors: none. Source: ISO 13616 and ISO 9362 (signs between groups).

    >>> compact("de89 3704-0044"), compact("che-123.456.788")
    ('DE8937040044', 'CHE123456788')
    """
    return _SEPARATORS.sub("", text).upper()


def without_label(label, text):
    """The text without the word with which it begins, and without marks at its ends.

    Shape: a compiled pattern and text in, text out. Errors: none. Source: lists of customers.

    >>> without_label(re.compile("IBAN: ?"), "IBAN: DE89;")
    'DE89'
    """
    found = label.match(text)
    return (text[found.end() :] if found else text).strip(" ,;")


def is_several(text, shortest):
    """Whether signs or words part the text into more than one piece as long as a code.

    Shape: text and a number of signs in, yes or no out. Errors: none. Source: bad_inputs.md 87.

    >>> is_several("DE123456788 oder ATU12345675", 8), is_several("DE 123 456 788", 8)
    (True, False)
    """
    pieces = [compact(piece) for piece in _BETWEEN.split(text)]
    return sum(len(piece) >= shortest and any(map(str.isdigit, piece)) for piece in pieces) > 1


def refused(check, code):
    """Why the check of stdnum refuses a code, "" if it does not.

    Shape: a function of stdnum and text in, reason code out. Errors: none, those of stdnum become
    reasons. Source: stdnum.exceptions.

    >>> from stdnum.ch import uid
    >>> [refused(uid.validate, code) for code in ("CHE107787577", "CHE107787578", "CHE1", "X")]
    ['', 'check_digit', 'length', 'length']
    """
    try:
        check(code)
    except InvalidChecksum:
        return "check_digit"
    except InvalidLength:
        return "length"
    except ValidationError:
        return "signs"
    return ""
