"""Countries: the ISO code for whatever somebody calls a country.

The names lie in ``country_names.tsv``: all codes of ISO 3166-1 and Kosovo, with their three-letter
codes, their names in German, English, French and the languages spoken there, older and colloquial
names, and signs of vehicles and sports that mean no other country. A name that means several
("Kongo", "Korea") is not in it.

===========  =================================================
``spaces``   fixed: blanks or signs that no eye can see are gone
``code``     fixed: a name or another code became the ISO code
``long``     ask: longer than 250 characters
``unknown``  ask: no country is called so
===========  =================================================
"""

import re
import unicodedata
from pathlib import Path

from .outcomes import asked, written
from .search import fold
from .spelling import MAX_TEXT, standard
from .text import clean_text, word_set

REASONS = ("spaces", "code", "long", "unknown")
_BETWEEN = re.compile(r"[/(),;-]")
_ARTICLES = word_set("die der das den the la le les l")
# As small letters they are words, or what stands in lists for "no" and "not available".
_WORDS = word_set("no na so in")


def _undotted(name):
    """The name without accents and the dots of umlauts, as many type it."""
    return "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )


def _read():
    """Every key of the table with its code; names in full before names without their dots."""
    table = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()[1:]
    rows = [(code, [code, *names.split("|")]) for code, names in (row.split("\t") for row in table)]
    keys = {fold(name): code for code, names in rows for name in names}
    for code, names in rows:
        for name in names:
            keys.setdefault(fold(_undotted(name)), code)
    return keys


_KEYS = _read()
_CODES = frozenset(_KEYS.values())


def country_code(text):
    """The ISO 3166-1 code of two letters for a country, "" where no country is called so.

    Shape: text or nothing in, text out. Case, accents, dots and a leading article do not count;
    several names of the same country are one ("DE - Deutschland"). Errors: none.
    Source: ISO 3166-1, Unicode CLDR (names), UN list of vehicle signs; bad_inputs.md 89.

    >>> [country_code(text) for text in ("Deutschland", "BRD", "D", "Holland", "England", "A")]
    ['DE', 'DE', 'DE', 'NL', 'GB', 'AT']
    >>> country_code("Atlantis"), country_code("die Schweiz"), country_code("AUT")
    ('', 'CH', 'AT')
    """
    text = clean_text(text)[:MAX_TEXT]
    if code := _code(text):
        return code
    codes = {_code(part) for part in _BETWEEN.split(text) if part.strip()}
    return codes.pop() if len(codes) == 1 else ""


def _code(text):
    """The code for one name, "" for none."""
    text = text.strip()
    key = fold(text)
    if key in _WORDS and text not in _CODES:
        return ""
    article, _blank, rest = key.partition(" ")
    return _KEYS.get(key) or (_KEYS.get(rest, "") if article in _ARTICLES else "")


@standard
def country(text, _country="DE"):
    """The country as its ISO code, which the caller turns into a record.

    Shape: text or nothing in, Outcome out; the second argument is there because every standard
    has it and says nothing here. Errors: none; for what is asked, see above.
    Source: as country_code.

    >>> country("Österreich")
    Outcome(value='AT', outcome='fixed', reason='code')
    >>> country("AT").outcome, country("Atlantis").reason
    ('same', 'unknown')
    """
    code = country_code(text)
    return written(text, code, "code") if code else asked(text, "unknown")
