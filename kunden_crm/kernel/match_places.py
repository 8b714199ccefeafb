"""The keys of an address: street, house number, postcode and city in any spelling."""

import re
from functools import lru_cache

from .match_text import bits, combine, plain, short, word
from .text import word_set

_CACHED = 1 << 14
_NUMBER_BEHIND = re.compile(r"(.*[^\W\d_]{2,}) ?(\d+) ?([a-z]?)(?![^\W_]).*")
_NUMBER_BEFORE = re.compile(r"(\d+) ?([a-z]? )?(.*[^\W\d_]{2,}.*)")
_STREET = re.compile(r"str(?:ase)?(?![^\W\d_])")
_PLACE = re.compile(r"pl(?![^\W\d_])")
_HOME = re.compile(r"post(?:fach|box)|p o box|pf(?![^\W\d_])|(?:dhl )?pack(?:station|et)")
_SMALL = word_set("am an der die das im in bei b a d ob o vor v auf dem den main oder ot")
_LARGE = word_set("bad st sankt gros klein neu alt ober unter markt")


@lru_cache(_CACHED)
def _named(street):
    """The keys of the name of a street alone, of which there are far fewer than of addresses."""
    name = _PLACE.sub("platz", _STREET.sub("str", street)).replace(" ", "")
    if not name:
        return {}
    return {
        "street": short("s" + name),
        "street_bits": bits(name.removesuffix("str") if len(name) > 6 else name),
    }


@lru_cache(_CACHED)
def street_keys(text):
    """The keys of a street with its house number."""
    line = plain(text)
    found = _NUMBER_BEHIND.fullmatch(line)
    if found:
        street, house = found[1], found[2]
    else:
        found = _NUMBER_BEFORE.fullmatch(line)
        street, house = (found[3], found[1]) if found else (line, "")
    named = _named(street)
    if not named:
        return {}
    return {
        **named,
        "house": short("h" + house.lstrip("0")) if house else None,
        "post_box": bool(_HOME.match(line)) or None,
    }


@lru_cache(_CACHED)
def place_keys(zip_code, city):
    """The keys of a postcode and a city."""
    code = plain(zip_code).replace(" ", "").upper()
    words = [one for one in plain(city).split() if not one.isdigit()]
    main = [one for one in words if one not in _SMALL] or words
    main = main[: 2 if main and main[0] in _LARGE else 1]
    return {
        "zip": short("z" + code.lstrip("D-")) if code else None,
        "city": word("".join(main)).sound if main else None,
    }


def address_keys(values):
    """The keys of an address.

    Shape: dictionary of values as of match_keys.keys in, dictionary of keys out. Errors: none.
    Source: bad_inputs.md 91; DIN 5008 (order of street and number), as spelling_street.

    >>> one = {"street": "Musterstr. 5 a", "zip": "50667", "city": "Köln"}
    >>> two = {"street": "MUSTERSTRASSE 5A", "zip": " 50667 ", "city": "Koeln"}
    >>> address_keys(one) == address_keys(two)
    True
    """
    keys = {
        **street_keys(values.get("street") or ""),
        **place_keys(values.get("zip") or "", values.get("city") or ""),
    }
    if keys.get("house") and not keys.get("post_box"):
        place = keys["zip"] or keys["city"]
        keys["address"] = combine(keys["street"], keys["house"], place) if place else None
    return keys
