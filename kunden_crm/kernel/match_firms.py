"""The keys of a firm's name: what it is called apart from its legal form, and that form."""

import re
from functools import lru_cache

from .legal_forms import find_forms
from .match_text import bits, combine_short, plain, short, word
from .spelling_company import legal_form, without_legal_form
from .text import clean_text, word_set

_IDLE = word_set(
    "und u co cie the der die das des dem den fur in im am an bei zu von vom firma fa inh inhaber"
    " e k ek ev eg gmbh ag kg ohg gbr ug mbh partner"
)
# Common short forms in names of firms, as plain writes them.
_LONG = {
    "gebr": "gebruder",
    "dt": "deutsche",
    "dtsch": "deutsche",
    "ges": "gesellschaft",
    "verw": "verwaltung",
    "ing": "ingenieur",
    "ingenieurburo": "ingenieur",
    "rae": "rechtsanwalte",
    "ra": "rechtsanwalte",
    "stb": "steuerberater",
    "masch": "maschinen",
    "maschbau": "maschinenbau",
    "bau": "bau",
    "intl": "international",
    "int": "international",
    "mgmt": "management",
    "serv": "service",
    "tech": "technik",
    "elektr": "elektro",
    "immo": "immobilien",
    "vers": "versicherung",
    "transp": "transporte",
    "sped": "spedition",
    "handelsges": "handelsgesellschaft",
    "handels": "handelsgesellschaft",
    "verwges": "verwaltungsgesellschaft",
}
_DOTTED = re.compile(r"(?<![^\W_])((?:[^\W\d_]\.){2,})")
_LONGEST = 12


def _form(name, stated):
    """The legal form as a number: that which the name has, else that which is stated."""
    found = legal_form(name) if find_forms(name) else ""
    text = plain(found or stated or "").replace(" ", "")
    return short("form " + text) if text else None


@lru_cache(1 << 16)
def firm_keys(name, stated=""):
    """The keys of the name of a firm and of the legal form stated beside it."""
    clean = clean_text(name)[:500]
    core = _DOTTED.sub(lambda match: match[0].replace(".", ""), without_legal_form(clean))
    every = plain(core).split()[:_LONGEST]
    words = [_LONG.get(one, one) for one in every if one not in _IDLE] or every
    if not words:
        return {"form": _form(clean, stated)}
    joined = "".join(words)
    return {
        "core": combine_short(*sorted({word(one).number for one in words})),
        "core_joined": word(joined).number,
        "core_sound": combine_short(*sorted({word(one).sound for one in words})),
        "core_words": sorted({word(one).number for one in words}),
        "core_first": word(words[0]).number,
        "core_near": list(word(joined).near) if len(joined) <= 24 else None,
        "core_bits": bits(" ".join(words)),
        "form": _form(clean, stated),
    }
