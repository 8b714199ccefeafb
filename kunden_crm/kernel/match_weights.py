"""Weights of the levels: as shipped, and as estimated from a file.

Whole numbers, ten points to the bit: the binary logarithm of how much oftener a level is found
among pairs that are the same than among those that are not. "rare.x" is what a value that is not
frequent adds; "prior" is how few pairs are the same at all.
"""

_SHIPPED = """
person.prior -130
person.first_same -35      person.rare.first 130
person.names_swapped 60
person.first_nick 20
person.first_part 35
person.first_initial 15
person.first_near 60
person.first_rival -15
person.first_sound 40
person.first_alike 20
person.first_other -80
person.last_same -35       person.rare.last 130
person.last_swapped 20
person.last_part 50
person.last_near 60
person.last_rival 10
person.last_sound 40
person.last_alike 20
person.last_other -50
person.born_same 130
person.born_swapped 90
person.born_near 20
person.born_other -80
person.generation_same 10
person.generation_other -60
person.address_same 100
person.address_near 80
person.address_elsewhere 60
person.street_same 20
person.zip_same -35        person.rare.zip 120
person.city_same -40       person.rare.city 110
person.address_other -20
person.phone_same 110      person.rare.phones 0
person.phone_stem 30
person.phone_other -12
person.email_same 120      person.rare.emails 0
person.email_user 50
person.email_near 40
person.email_domain 20
person.email_other -8
person.vat_same 150
person.vat_other -30
person.registry_same 80
person.registry_other -20
person.ref_same 180
person.ref_other 0
person.iban_same 130
person.iban_other -10
person.profile_same 130
person.family -60
person.home_phone -60
person.relative -20
person.twins -90
person.namesake -40
firm.prior -120
firm.core_same -20         firm.rare.core 130
firm.core_joined 110
firm.core_near 90
firm.core_sound 90
firm.core_alike 70
firm.core_first 20
firm.core_part 0
firm.core_other -80
firm.form_same 15
firm.form_other -60
firm.address_same 80
firm.address_near 60
firm.address_elsewhere 50
firm.street_same 20
firm.zip_same -45          firm.rare.zip 120
firm.city_same -50         firm.rare.city 110
firm.address_other -60
firm.phone_same 80         firm.rare.phones 0
firm.phone_stem 40
firm.phone_other -25
firm.email_same 90         firm.rare.emails 0
firm.email_user 20
firm.email_near 20
firm.email_domain 50
firm.email_other -15
firm.vat_same 150
firm.vat_other -120
firm.registry_same 150
firm.registry_other -100
firm.ref_same 180
firm.ref_other 0
firm.iban_same 110
firm.iban_other -15
firm.profile_same 100
firm.branch -40
"""
_WORDS = _SHIPPED.split()
WEIGHTS = {name: int(points) for name, points in zip(_WORDS[::2], _WORDS[1::2], strict=True)}
