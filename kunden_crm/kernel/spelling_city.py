"""Towns as they should be written: "FRANKFURT AM MAIN" is Frankfurt am Main.

A name that mixes large and small letters stays ("Bad Homburg v. d. Höhe", "St. Gallen"). ß is
written only in the towns listed here, whose capitals can mean nothing else.

============  ==================================================================
``spaces``    fixed: blanks or signs that no eye can see are gone
``case``      fixed: capitals or small letters throughout were mended
``postcode``  ask: a postcode stands beside the town ("50667 Köln")
``email``     ask: an e-mail address
``long``      ask: longer than 250 characters
============  ==================================================================
"""

import re

from .outcomes import asked, written
from .spelling import standard
from .spelling_case import WORD, capitalised, has_email, is_latin, is_short_form, keeps_case, shape
from .text import word_set

REASONS = ("spaces", "case", "postcode", "email", "long")
_SMALL = word_set(
    "a am an auf aus b bei beim d dem den der die i im in o ob u und unter v vom von vor zu zum zur"
    " aan de den het op bij"
    " aux d en et la le les lès sous sur du des l di da del della dei degli do dos"
    " y los las upon under on by the nad pod"
)
# Towns of Germany with ß in their name, or the word with which it begins.
_SHARP = {
    word.replace("ß", "ss"): word
    for word in word_set(
        "gießen meißen weißenfels weißenburg weißwasser weißenhorn weißenthurm weißensee weißenberg"
        " weißandt großenhain großröhrsdorf großräschen großostheim großburgwedel großbeeren"
        " großenkneten großenlüder großbottwar großschirma groß großen haßfurt haßloch haßmersheim"
        " roßdorf roßlau roßtal roßleben preußisch pößneck schloß straßkirchen straßlach"
        " gößweinstein neusäß seßlach hoßkirch eußenheim weinstraße bergstraße"
    )
}
# What stands behind the towns of Switzerland whose name others have too.
_CANTONS = word_set("ag ai ar be bl bs fr ge gl gr ju lu ne nw ow sg sh so sz tg ti ur vd vs zg zh")
_POSTCODE = re.compile(r"\d{4}")


@standard
def city(text, country="DE"):
    """The name of a town as it should be written.

    Shape: text or nothing and a country code in, Outcome out. Errors: none; for what is asked,
    see above.
    Source: Duden (geographical names); official names of the towns (Statistisches Bundesamt,
    Gemeindeverzeichnis).

    >>> [city(text).value for text in ("FRANKFURT AM MAIN", "köln", "IDAR-OBERSTEIN", "GIESSEN")]
    ['Frankfurt am Main', 'Köln', 'Idar-Oberstein', 'Gießen']
    >>> city("50667 Köln").reason, city("Köln 1").outcome
    ('postcode', 'same')
    """
    if has_email(text):
        return asked(text, "email")
    if keeps_case(text):
        return written(text, text, "spaces")
    if _POSTCODE.search(text):
        return asked(text, "postcode")
    kind = shape(text)
    if kind not in ("upper", "lower"):
        return written(text, text, "spaces")
    return written(text, WORD.sub(lambda match: _word(match, kind, country), text), "case")


def _word(match, kind, country):
    """A word of a name that is written in one case throughout."""
    word, key = match[0], match[0].casefold().replace("ß", "ss")
    before, after = match.string[: match.start()], match.string[match.end() :]
    if not is_latin(word) or (len(word) == 1 and before[-1:].isdigit()):
        return word
    if country == "CH" and before[-1:] in (" ", "(") and after in ("", ")") and key in _CANTONS:
        return word.upper()
    if before[-1:] in ("'", "’"):
        return word.lower() if len(word) == 1 else capitalised(word)
    first = not before or before[-1] in "(/"
    if not first and key in _SMALL and (len(key) > 1 or after[:1] in (".", "'", "’")):
        return word.lower()
    if kind == "upper" and country in ("DE", "") and key in _SHARP:
        return _SHARP[key].capitalize()
    if kind == "upper" and after[:1] != "." and is_short_form(word) and key != "st":
        return word
    return capitalised(word)
