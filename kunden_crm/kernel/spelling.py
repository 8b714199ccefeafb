"""What all recording standards share: how a text comes in and how an outcome goes out.

A standard reads clean text of a length that a column holds. Two reasons belong to every one:

==========  ===================================================================
``spaces``  fixed: only white space went, or what no eye can see
``long``    ask: longer than any value of this kind; nobody reads it by machine
==========  ===================================================================
"""

import functools

from .outcomes import ASK, REJECTED, Outcome, asked, written
from .text import clean_text

MAX_TEXT = 250


def standard(read):
    """Makes a standard of a function that reads clean text.

    Shape: a function of clean text, country code in capitals and more in, a function of text or
    nothing, country code or nothing and more out. An empty text is as it should be; a text that
    is asked about or rejected stays as it came. Errors: none of its own.
    Source: design.md, standards (pure, idempotent).

    >>> @standard
    ... def shout(text, country):
    ...     return written(text, text.upper(), "case") if text.isalpha() else asked(text, "signs")
    >>> shout(" a ", "de"), shout(" 1 ").value, shout(None).outcome
    (Outcome(value='A', outcome='fixed', reason='case'), ' 1 ', 'same')
    """

    @functools.wraps(read)
    def spell(text, country="DE", *more, **named):
        text = text or ""
        clean = clean_text(text)
        if len(clean) > MAX_TEXT:
            return asked(text, "long")
        if not clean:
            return written(text, "", "spaces")
        found = read(clean, (country or "").upper(), *more, **named)
        if len(found.value) > MAX_TEXT:
            return asked(text, "long")
        if found.outcome in (ASK, REJECTED):
            return Outcome(text, found.outcome, found.reason)
        return written(text, found.value, found.reason)

    return spell
