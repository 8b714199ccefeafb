"""The keys of a person's names: first names with their short forms, last names, both together."""

from functools import lru_cache
from pathlib import Path

from .match_text import combine, plain, short, word
from .names import split_name
from .text import word_set

_TABLE = Path(__file__).with_name("nicknames.tsv")
_PARTICLES = word_set(
    "von van vom der den dem de del della di da do dos du des la le zu zum zur ter ten und am im"
)
_TITLES = word_set("dr prof dipl ing med phil rer nat jur mag herr frau hr fr fraulein")
_GENERATIONS = {
    **dict.fromkeys(("jun", "junior", "jr", "ii", "iii"), 2),
    **dict.fromkeys(("sen", "senior", "sr"), 1),
}
_BORN = word_set("geb geborene geborener nee verw")
_CACHED = 1 << 14


@lru_cache(1)
def _leaders():
    """Of each known first name, the names that it may stand for."""
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        names = [plain(name) for name in line.split("\t")]
        for name in names:
            found.setdefault(name, set()).add(names[0])
    return found


@lru_cache(_CACHED)
def first_keys(text):
    """The keys of the first names in a text."""
    words = [name for name in plain(text).split() if name not in _TITLES][:4]
    if not words:
        return {}
    keys = {"initial": short("." + words[0][0]), "initial_only": len(words[0]) == 1 or None}
    full = [name for name in words if len(name) > 1]
    if not full or len(words[0]) == 1:
        return keys
    call = word(full[0])
    names = dict.fromkeys([*full, "".join(full)])
    leaders = {leader for name in names for leader in _leaders().get(name, ())}
    return {
        **keys,
        "first": call.number,
        "first_sound": call.sound,
        "first_near": list(call.near),
        "first_bits": call.bits,
        "first_names": sorted(word(name).number for name in names),
        "first_leaders": sorted(word(name).number for name in leaders) or None,
        "first_sounds": list(dict.fromkeys(word(name).sound for name in full)),
    }


@lru_cache(_CACHED)
def last_keys(text, birth_name=""):
    """The keys of a last name and a birth name."""
    names, born, generation = [], plain(birth_name).split(), None
    for name in plain(text).split():
        if name in _BORN:
            born += [""]
        elif name in _GENERATIONS and names:
            generation = _GENERATIONS[name]
        elif name not in _TITLES and (name not in _PARTICLES):
            (born if "" in born else names).append(name)
    names = names or plain(text).split()
    born = [name for name in born if name and name not in _PARTICLES]
    if not names:
        return {}
    whole = word("".join(names))
    parts = {whole.text, "".join(born), *(part for part in names + born if len(part) > 2)} - {""}
    return {
        "last": whole.number,
        "last_sound": whole.sound,
        "last_near": list(whole.near),
        "last_bits": whole.bits,
        "last_parts": sorted(word(part).number for part in parts),
        "last_sounds": sorted({word(part).sound for part in parts}),
        "generation": generation,
    }


def person_keys(values):
    """The keys of a person's names.

    Shape: dictionary of values as of match_keys.keys in, dictionary of keys that are not empty out.
    Errors: none.
    Source: issue 7; GG article 123 with WRV article 109 (particles belong to the last name).

    >>> one = person_keys({"firstname": "Hans Peter", "lastname": "Müller-Lüdenscheidt"})
    >>> two = person_keys({"name": "Dr. Hans Mueller"})
    >>> one["first"] == two["first"], bool(set(one["last_parts"]) & set(two["last_parts"]))
    (True, True)
    """
    first, last = values.get("firstname") or "", values.get("lastname") or ""
    if not (first and last) and values.get("name"):
        _title, first, last, _salutation = split_name(values["name"])
    if len(last.strip(" .")) == 1 < len(first.strip(" .")):
        first, last = last, first
    keys = {**first_keys(first), **last_keys(last, values.get("birth_name") or "")}
    if "first" in keys and "last" in keys:
        doubled = not set(keys["first_near"]).isdisjoint(keys["last_near"])
        keys["doubled"] = doubled or None
        keys["names_sound"] = combine(*sorted((keys["first_sound"], keys["last_sound"])))
    return keys
