"""Weights of the levels: as shipped, and as estimated from a file.

Whole numbers, ten points to the bit: the binary logarithm of how much oftener a level is found
among pairs that are the same than among those that are not. "rare.x" is what a value that is not
frequent adds; "prior" is how few pairs are the same at all.
"""

from math import copysign, log, log2

_SHIPPED = """
person.prior -117
person.first_same -49      person.rare.first 130
person.names_swapped 48
person.first_nick 8
person.first_part 27
person.first_shared 5
person.first_initial 24
person.first_near 59
person.first_rival 10
person.first_sound 12
person.first_alike 27
person.first_doubled -8
person.first_other -43
person.last_same -59       person.rare.last 130
person.last_swapped 50
person.last_part 35
person.last_near 58
person.last_rival 9
person.last_sound 10
person.last_alike 13
person.last_doubled -3
person.last_other -10
person.born_same 116
person.born_swapped 83
person.born_near 44
person.born_other -78
person.generation_same 3
person.generation_other -60
person.generation_one -110
person.address_same 108
person.address_near 118
person.address_elsewhere 46
person.street_same 46
person.zip_same -69        person.rare.zip 120
person.city_same -72       person.rare.city 110
person.address_other -7
person.phone_same 127      person.rare.phones 0
person.phone_stem 30
person.phone_other -16
person.email_same 85      person.rare.emails 0
person.email_user 8
person.email_near 8
person.email_domain 18
person.email_other -29
person.domain_other 0
person.vat_same 150
person.vat_other -30
person.registry_same 80
person.registry_other -20
person.ref_same 240
person.ref_near 55
person.ref_other 0
person.iban_same 130
person.iban_other -10
person.profile_same 130
person.family -33
person.at_home 20
person.home_phone -108
person.relative -75
person.loose 0
person.twins -55
person.namesake -60
firm.prior -62
firm.core_same -56         firm.rare.core 130
firm.core_joined 110
firm.core_near 85
firm.core_sound 84
firm.core_alike 53
firm.core_within 42
firm.core_first -35
firm.core_part 28
firm.core_other 12
firm.form_same 5
firm.form_other -108
firm.address_same 57
firm.address_near 60
firm.address_elsewhere 50
firm.street_same 20
firm.zip_same -50          firm.rare.zip 120
firm.city_same -70         firm.rare.city 110
firm.address_other 15
firm.phone_same 24         firm.rare.phones 0
firm.phone_stem 40
firm.phone_other -37
firm.email_same 90         firm.rare.emails 0
firm.email_user 20
firm.email_near 20
firm.email_domain 0
firm.email_other -15
firm.domain_other -24
firm.vat_same 150
firm.vat_other -120
firm.registry_same 150
firm.registry_other -100
firm.ref_same 240
firm.ref_near 20
firm.ref_other 0
firm.iban_same 110
firm.iban_other -15
firm.profile_same 100
firm.loose 0
firm.branch -31
"""
_WORDS = _SHIPPED.split()
WEIGHTS = {name: int(points) for name, points in zip(_WORDS[::2], _WORDS[1::2], strict=True)}
_SIZE, _LEAST, _MOST = 60_000, -60, 20
# Which part of the compared pairs were the same where the weights were found.
_KNOWN = {
    ("person", False): 0.30,
    ("person", True): 0.028,
    ("firm", False): 0.65,
    ("firm", True): 0.045,
}
_ROUNDS, _FARTHEST, _NOISE, _FEW = 30, 92, 12, 50
_PER_POINT, _STEP = log(2) / 10, 10


def for_size(weights, contacts):
    """The weights for a file of so many contacts.

    Shape: weights and a whole number in, weights out. The more contacts there are, the more of them
    have name, birth date or place in common by chance; who shares a telephone, an e-mail address or
    a home does not get more likely by chance. Errors: none.
    Source: Fellegi & Sunter 1969 (the odds that any pair is the same fall with the file).

    >>> for_size(WEIGHTS, 1_000_000)["person.loose"], for_size(WEIGHTS, 60_000)["person.loose"]
    (-41, 0)
    """
    points = min(max(round(-10 * log2(max(contacts, 1) / _SIZE)), _LEAST), _MOST)
    return {**weights, "person.loose": points, "firm.loose": points}


def _sure(points):
    """How likely two of so many points are the same, 0 to 1."""
    return 1 / (1 + 2 ** (-points / 10))


def _moved(known, counts):
    """By how many points the pairs of a file are oftener the same than the known part."""
    total = sum(counts.values())
    if total < _FEW:
        return 0
    points = 0.0
    for _round in range(_ROUNDS):
        same = sum(_sure(found + points) * count for found, count in counts.items()) / total
        same = min(max(same, 0.001), 0.999)
        points = 10 * (log2(same / (1 - same)) - log2(known / (1 - known)))
        points = min(max(points, -_FARTHEST), _FARTHEST)
    return round(copysign(max(abs(points) - _NOISE, 0), points))


def estimated(weights, counts):
    """The weights for a file, after how its pairs are spread over the points.

    Shape: weights and an iterable of (kind, whether the pair is "loose", points, number of pairs)
    as of match_statements.point_counts in, weights out. Only "prior" and "loose" change, by at
    most eight bits; little more than a bit, or fewer than 50 pairs, says nothing. Errors: none.
    Source: Saerens, Latinne & Decaestecker, Adjusting the Outputs of a Classifier to New a Priori
    Probabilities, 2002 (expectation maximisation).

    >>> every = [("person", False, 200, 900), ("person", False, -20, 100)]
    >>> estimated(WEIGHTS, every)["person.prior"] > WEIGHTS["person.prior"]
    True
    """
    spread = {group: {} for group in _KNOWN}
    for kind, loose, points, count in counts:
        group = spread[kind, bool(loose)]
        group[points] = group.get(points, 0) + count
    changed = dict(weights)
    for kind in ("person", "firm"):
        tight, loose = (
            _moved(_KNOWN[kind, is_loose], spread[kind, is_loose]) for is_loose in (False, True)
        )
        changed[f"{kind}.prior"] += tight
        changed[f"{kind}.loose"] += loose - tight
    return changed


def learned(weights, decided, trust=25):
    """The weights after what people decided about pairs.

    Shape: weights, an iterable of (names of the weights that a pair has, further points, number of
    pairs that are the same, number of those that are not), and how far the weights may move (the
    more, the farther) in, weights out. Few decisions move little. Errors: none.
    Source: Hosmer & Lemeshow, Applied Logistic Regression (2013); ridge towards the old weights.

    >>> names = ("person.prior", "person.phone_same")
    >>> before, after = WEIGHTS, learned(WEIGHTS, [(names, 0, 0, 400)])
    >>> after["person.phone_same"] < before["person.phone_same"]
    True
    """
    decided = [(names, extra, same, other) for names, extra, same, other in decided if names]
    names = sorted({name for found, *_rest in decided for name in found})
    now = {name: float(weights[name]) for name in names}
    for _round in range(_ROUNDS):
        slope = {name: (weights[name] - now[name]) / trust for name in names}
        bend = dict.fromkeys(names, 1 / trust)
        for found, extra, same, other in decided:
            sure = _sure(sum(now[name] for name in found) + extra)
            push = (same - (same + other) * sure) * _PER_POINT
            weight = (same + other) * sure * (1 - sure) * _PER_POINT**2 * len(found)
            for name in found:
                slope[name] += push
                bend[name] += weight
        for name in names:
            now[name] += min(max(slope[name] / bend[name], -_STEP), _STEP)
    return {**weights, **{name: round(value) for name, value in now.items()}}
