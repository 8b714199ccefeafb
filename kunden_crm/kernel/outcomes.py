"""What a recording standard says of a value: fine as it is, better so, ask a person, no value.

=============  ===================================================================
``same``       the value is written as it should be
``fixed``      another spelling of the same value; ``reason`` says what changed
``ask``        it may be right, a person decides; ``value`` is the text as it came
``rejected``   no such value; ``value`` is the text as it came, which is kept
=============  ===================================================================

Reasons are codes; the models put them into words. Each standard lists its own.
"""

from typing import NamedTuple

from .text import clean_text

SAME, FIXED, ASK, REJECTED = "same", "fixed", "ask", "rejected"


class Outcome(NamedTuple):
    """The value as it should stand, what that means, and why."""

    value: str
    outcome: str
    reason: str = ""


def written(text, value, reason):
    """The outcome for a text of which the standard makes `value`.

    Shape: two texts and a code in, Outcome out; the code counts only where both differ, and is
    ``spaces`` where only white space or what no eye can see went. Errors: none.
    Source: design.md, standards.

    >>> written("Köln ", "Köln", "case"), written("KÖLN", "Köln", "case").outcome
    (Outcome(value='Köln', outcome='fixed', reason='spaces'), 'fixed')
    >>> written("Köln", "Köln", "case")
    Outcome(value='Köln', outcome='same', reason='')
    """
    if value == text:
        return Outcome(value, SAME)
    return Outcome(value, FIXED, "spaces" if value == clean_text(text) else reason)


def asked(text, reason):
    """The outcome for a text that a person must look at; it stays as it came.

    Shape: text and a code in, Outcome out. Errors: none. Source: design.md, standards.

    >>> asked("a@x.de; b@x.de", "several")
    Outcome(value='a@x.de; b@x.de', outcome='ask', reason='several')
    """
    return Outcome(text, ASK, reason)


def rejected(text, reason):
    """The outcome for a text that is no value of this kind; it stays as it came.

    Shape: text and a code in, Outcome out. Errors: none. Source: bad_inputs.md 75, 83.

    >>> rejected("keine", "no_number")
    Outcome(value='keine', outcome='rejected', reason='no_number')
    """
    return Outcome(text, REJECTED, reason)
