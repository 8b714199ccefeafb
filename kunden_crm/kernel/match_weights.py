"""Weights of the levels: as shipped, and as estimated from a file.

Whole numbers, ten points to the bit: the binary logarithm of how much oftener a level is found
among pairs that are the same than among those that are not. "rare.x" is what a value that is not
frequent adds; "prior" is how few pairs are the same at all.
"""

from math import log2

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
person.last_other 0
person.born_same 116
person.born_swapped 83
person.born_near 44
person.born_other -78
person.generation_same 3
person.generation_other -60
person.generation_one -55
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
person.ref_near 35
person.ref_other 0
person.iban_same 130
person.iban_other -10
person.profile_same 130
person.family -33
person.at_home 20
person.home_phone -108
person.relative -75
person.loose 0
person.twins -30
person.namesake -23
firm.prior -70
firm.core_same -56         firm.rare.core 130
firm.core_joined 110
firm.core_near 85
firm.core_sound 84
firm.core_alike 53
firm.core_within 42
firm.core_first -35
firm.core_part 28
firm.core_other 0
firm.form_same 5
firm.form_other -90
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
_SIZE, _LEAST, _MOST = 50_000, -60, 20


def for_size(weights, contacts):
    """The weights for a file of so many contacts.

    Shape: weights and a whole number in, weights out. The more contacts there are, the more of them
    have name, birth date or place in common by chance; who shares a telephone, an e-mail address or
    a home does not get more likely by chance. Errors: none.
    Source: Fellegi & Sunter 1969 (the odds that any pair is the same fall with the file).

    >>> for_size(WEIGHTS, 1_000_000)["person.loose"], for_size(WEIGHTS, 50_000)["person.loose"]
    (-43, 0)
    """
    points = min(max(round(-10 * log2(max(contacts, 1) / _SIZE)), _LEAST), _MOST)
    return {**weights, "person.loose": points, "firm.loose": points}
