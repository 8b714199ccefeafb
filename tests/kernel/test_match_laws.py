"""Laws of comparing contacts: the same both ways, never an error, every point has its reason."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.match_groups import groups
from odoo.addons.kunden_crm.kernel.match_keys import COLUMNS, keys
from odoo.addons.kunden_crm.kernel.match_scores import (
    COMPARISONS,
    JOINTS,
    KINDS,
    compare,
    for_kind,
    weight_name,
)
from odoo.addons.kunden_crm.kernel.match_weights import WEIGHTS

NAMES = ("Hans", "Hans Peter", "Johannes", "H.", "Müller", "Mueller", "Eva", "Ewa", "Berg jun.", "")
FIRMS = ("Müller Bau GmbH", "Mueller Bau", "Müller Bau GmbH & Co. KG", "Bau Müller AG", "GmbH")
STREETS = ("Hauptstr. 5", "Hauptstraße 5a", "Am Wald", "12 rue de la Paix", "Postfach 12", "")
PHONES = ("+492214710900", "+492214710912", "+492214710900;ext=3", "+491701234567")
MAILS = (
    "eva@müller.de",
    "eva+x@xn--mller-kva.de",
    "info@ok.de",
    "e.v.a@gmail.com",
    "@",
    "a@\udfff",
)
DAYS = (date(1980, 3, 4), date(1980, 4, 3), date(1980, 3, 9), date(1900, 1, 1))
ANY = st.text(max_size=30)
CONTACTS = st.fixed_dictionaries(
    {},
    optional={
        "is_company": st.booleans(),
        "name": st.sampled_from((*FIRMS, "Dr. Hans Müller")) | ANY,
        "firstname": st.sampled_from(NAMES) | ANY,
        "lastname": st.sampled_from(NAMES) | ANY,
        "birth_name": st.sampled_from(NAMES),
        "legal_form": st.sampled_from(("GmbH", "AG", "")) | ANY,
        "phones": st.lists(st.sampled_from(PHONES) | ANY, max_size=3),
        "emails": st.lists(st.sampled_from(MAILS) | ANY, max_size=3) | ANY,
        "street": st.sampled_from(STREETS) | ANY,
        "zip": st.sampled_from(("50667", "50668", "D-50667", "")) | ANY,
        "city": st.sampled_from(("Köln", "Koeln", "Bad Homburg v. d. H.", "")) | ANY,
        "birthdate": st.none() | st.sampled_from(DAYS) | st.dates(),
        "vat": st.sampled_from(("DE123456788", "")) | ANY,
        "registry": st.sampled_from(("HRB 1", "")) | ANY,
        "ref": st.sampled_from(("10471", "10472", "")) | ANY,
        "ibans": st.lists(st.sampled_from(("DE02120300000000202051",)) | ANY, max_size=2),
        "profiles": st.lists(st.sampled_from(("https://www.ok.de/",)) | ANY, max_size=2),
    },
)
# Contacts have many fields, and a machine may be busy.
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(CONTACTS, CONTACTS)
def test_a_comparison_is_the_same_both_ways_and_explained(one, two):
    a, b = keys(one), keys(two)
    verdict = compare(a, b, WEIGHTS)
    assert verdict == compare(b, a, WEIGHTS)
    assert 0 <= verdict.certainty <= 100
    if verdict.reasons == ("kind_other",):
        assert verdict.certainty == 0
        return
    kind = KINDS[a["is_firm"]]
    rare = [name for name in WEIGHTS if name.startswith(f"{kind}.rare.")]
    told = sum(WEIGHTS[weight_name(kind, code)] for code in ("prior", *verdict.reasons))
    assert told <= verdict.points <= told + sum(WEIGHTS[name] for name in rare)


@SLOW
@given(CONTACTS)
def test_keys_fit_their_columns(values):
    made = keys(values)
    assert list(made) == list(COLUMNS)
    for name, value in made.items():
        if value not in (None, []) and COLUMNS[name] != "bool":
            numbers = value if COLUMNS[name].endswith("[]") else [value]
            most = 2 ** (31 if COLUMNS[name].startswith("int4") else 63)
            assert all(-most <= number < most for number in numbers), name


@SLOW
@given(CONTACTS)
def test_who_is_filed_twice_with_something_to_go_by_shares_a_block(values):
    made = keys(values)
    assert made == keys(dict(values))
    if made["phones"] or made["emails"] or made["ref"] or (made["first"] and made["last"]):
        assert made["blocks"]


def test_every_level_has_a_weight_and_every_weight_a_level():
    named = {weight_name(kind, "prior") for kind in KINDS}
    for kind in KINDS:
        for comparison in for_kind(COMPARISONS, kind):
            named |= {weight_name(kind, level.code) for level in comparison.levels}
            named |= {weight_name(kind, f"rare.{x.rarity}") for x in comparison.levels if x.rarity}
        named |= {weight_name(kind, joint.code) for joint in for_kind(JOINTS, kind)}
    assert named == set(WEIGHTS)


PAIRS = st.lists(st.tuples(st.integers(1, 12), st.integers(13, 24), st.integers(-90, 120)))


@given(PAIRS, st.randoms())
def test_groups_do_not_depend_on_the_order_and_hold_nobody_twice(pairs, random):
    pairs = list({(a, b): (a, b, points) for a, b, points in pairs}.values())
    found = groups(pairs)
    shuffled = pairs[:]
    random.shuffle(shuffled)
    assert groups([(b, a, points) for a, b, points in shuffled]) == found
    everybody = [member for group in found for member in group]
    assert len(everybody) == len(set(everybody))
    assert all(len(group) > 1 for group in found)
