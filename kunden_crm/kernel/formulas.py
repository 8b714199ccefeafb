"""Texts that a spreadsheet would take for a formula, in files of text (CSV).

The way out and the way in belong together: an apostrophe in front on the way out, which a
spreadsheet hides, is taken away again on the way in. A text that has such an apostrophe of its own
gets one more, so that each comes back as it was.
"""

import re

# Some spreadsheets take the wide signs of East Asian keyboards for the narrow ones.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def hide_formula(text):
    """The text as it can stand in a file that a spreadsheet opens.

    Shape: text in, text out. Errors: none.
    Source: bad_inputs.md 71; OWASP, CSV injection (these signs at the beginning of a cell).

    >>> hide_formula("=1+1"), hide_formula("'=1"), hide_formula("O'Neill"), hide_formula("'t Hof")
    ("'=1+1", "''=1", "O'Neill", "'t Hof")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def show_formula(text):
    """The text that hide_formula made fit for a file.

    Shape: text in, text out. Errors: none. Source: as hide_formula.

    >>> show_formula("'=1+1"), show_formula("''=1"), show_formula("=1"), show_formula("'t Hof")
    ('=1+1', "'=1", '=1', "'t Hof")
    """
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
