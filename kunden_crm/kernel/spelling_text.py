"""Texts without a form of their own: one line, and notes of several lines.

Reasons: ``spaces`` where something no eye can see or too much white space went, ``long`` (ask)
for a line that is longer than any column of one.
"""

from .outcomes import written
from .spelling import standard
from .text import clean_text

REASONS = ("spaces", "long")


@standard
def line(text, _country="DE"):
    """One line without what no eye can see and without doubled blanks.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Errors: none.
    Source: text.clean_text; bad_inputs.md 57, 59 and 61.

    >>> line(" a \\t b ")
    Outcome(value='a b', outcome='fixed', reason='spaces')
    """
    return written(text, text, "spaces")


def note(text, _country="DE"):
    """Several lines, each of them clean, without empty lines at both ends.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Empty lines between
    others stay. There is no limit to its length. Errors: none.
    Source: text.clean_text; bad_inputs.md 21.

    >>> note(" a \\r\\n\\n b\\u202e\\n").value
    'a\\n\\nb'
    """
    text = text or ""
    value = "\n".join(map(clean_text, text.splitlines())).strip("\n")
    return written(text, value, "spaces")._replace(reason="" if value == text else "spaces")
