"""What a clerk expects of the search for duplicates, case by case."""

from datetime import date

import pytest

from odoo.addons.kunden_crm.kernel.match_groups import groups
from odoo.addons.kunden_crm.kernel.match_keys import keys
from odoo.addons.kunden_crm.kernel.match_levels import AnyOf, Both, Either, Not
from odoo.addons.kunden_crm.kernel.match_pairs import (
    blocked,
    candidates_of_all,
    candidates_of_some,
    caps,
    counted,
    paired,
)
from odoo.addons.kunden_crm.kernel.match_scores import compare
from odoo.addons.kunden_crm.kernel.match_statements import scored
from odoo.addons.kunden_crm.kernel.match_text import sound
from odoo.addons.kunden_crm.kernel.match_weights import WEIGHTS, estimated, for_size, learned

EVA = {
    "firstname": "Eva",
    "lastname": "Przybylski",
    "street": "Hauptstraße 5",
    "zip": "50667",
    "city": "Köln",
    "birthdate": date(1980, 3, 4),
    "phones": ["+491701234567"],
    "emails": ["eva@przybylski.de"],
}
HOME = {name: EVA[name] for name in ("street", "zip", "city", "lastname")}
FIRM = {
    "is_company": True,
    "name": "Goldmeier Elektro GmbH",
    "street": "Hauptstr. 5",
    "zip": "50667",
    "city": "Köln",
    "phones": ["+49221471090"],
}
SPOKEN = {
    "Müller-Lüdenscheidt": "65752682",
    "Wikipedia": "3412",
    "Breschnew": "17863",
    "Phlox": "3548",
    "Caesar": "487",
    "Xaver": "4837",
    "Sascha": "88",
    "Deutz": "28",
    "Axt": "0482",
    "Ecke": "04",
    "Acht": "042",
    "Eckx": "048",
    "123": "",
}


def verdict(one, two):
    """The verdict on two contacts."""
    return compare(keys(one), keys(two), WEIGHTS)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"firstname": "Evchen"}, "first_nick"),
        ({"firstname": "E."}, "first_initial"),
        ({"firstname": "Eva Maria"}, "first_same"),
        ({"firstname": "Przybylski", "lastname": "Eva"}, "names_swapped"),
        ({"firstname": "Przybylsky"}, "first_doubled"),
        ({"lastname": "Prczybylski"}, "last_near"),
        ({"lastname": "Berg", "birth_name": "Przybylski"}, "last_part"),
        ({"lastname": "Berg geb. Przybylski"}, "last_part"),
        ({"lastname": "Przybylski-Berg"}, "last_part"),
        ({"lastname": "Berg"}, "last_other"),
        ({"street": "HAUPTSTR. 5 A"}, "address_same"),
        ({"street": "Haupstr. 5"}, "address_near"),
        ({"birthdate": date(1980, 4, 3)}, "born_swapped"),
        ({"birthdate": date(1980, 3, 14)}, "born_near"),
        ({"birthdate": None}, "first_same"),
        ({"emails": ["Eva+shop@Przybylski.de"]}, "email_same"),
        ({"emails": ["info@przybylski.de"]}, "email_domain"),
    ],
)
def test_the_same_person_in_another_spelling(change, reason):
    found = verdict(EVA, {**EVA, **change})
    assert reason in found.reasons
    assert found.certainty >= 90


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # father and son, twins, sisters, namesakes of one town, colleagues at info@
        ({**HOME, "firstname": "Max", "birthdate": date(1950, 1, 2)}, {**EVA, "firstname": "Max"}),
        ({**EVA, "emails": []}, {**EVA, "firstname": "Inge", "emails": []}),
        ({**HOME, "firstname": "Inge"}, {**HOME, "firstname": "Ruth"}),
        (
            {"firstname": "Eva", "lastname": "Berg", "city": "Köln", "birthdate": date(1980, 1, 1)},
            {"firstname": "Eva", "lastname": "Berg", "city": "Köln", "birthdate": date(1955, 5, 7)},
        ),
        (
            {"firstname": "Eva", "lastname": "Berg", "emails": ["info@ok.de"]},
            {"firstname": "Max", "lastname": "Kok", "emails": ["info@ok.de"]},
        ),
        # another legal form, a branch, another firm of the same owner
        (FIRM, {**FIRM, "name": "Goldmeier Elektro GmbH & Co. KG"}),
        (
            FIRM,
            {**FIRM, "street": "Ring 1", "zip": "10115", "city": "Berlin", "phones": ["+49301"]},
        ),
        (
            {**FIRM, "name": "Goldmeier Bau GmbH", "phones": []},
            {**FIRM, "name": "Goldmeier Verlag AG", "phones": []},
        ),
        (EVA, {**FIRM, "phones": EVA["phones"]}),
    ],
)
def test_not_the_same(one, two):
    assert verdict(one, two).certainty < 50


@pytest.mark.parametrize(
    "name",
    [
        "Goldmeier Elektro Gesellschaft mit beschränkter Haftung",
        "Elektro Goldmeier GmbH",
        "Goldmeier Elektro",
        "Goldmeyer Elektro G.m.b.H.",
        "GOLDMEIER-ELEKTRO gmbh",
    ],
)
def test_the_same_firm_in_another_spelling(name):
    assert verdict(FIRM, {**FIRM, "name": name}).certainty >= 60


def test_a_rare_name_weighs_more_than_a_common_one():
    one = {"firstname": "Hans", "lastname": "Müller", "zip": "50667"}
    a, b = keys(one), keys(one)
    common = {a["last"]: 60, a["first"]: 50}
    assert compare(a, b, WEIGHTS, common).points < compare(a, b, WEIGHTS).points


def test_two_common_names_are_no_slip_of_the_finger():
    one, two = keys({**HOME, "firstname": "Mario"}), keys({**HOME, "firstname": "Marie"})
    common = {one["first"]: 60, two["first"]: 60}
    assert "first_near" in compare(one, two, WEIGHTS).reasons
    assert "first_rival" in compare(one, two, WEIGHTS, common).reasons


def test_father_and_son_are_told_apart_by_jun():
    father = {**HOME, "firstname": "Max"}
    son = {**father, "lastname": "Przybylski jun."}
    assert verdict(father, son).points < verdict(father, father).points
    assert "generation_other" in verdict({**father, "lastname": "Berg sen."}, son).reasons


def test_what_no_number_or_name_is_worth_nothing():
    made = keys({"emails": ["info@ok.de", "a@"], "phones": ["110"], "firstname": "Dr."})
    assert made["emails"] is made["phones"] is made["first"] is made["last"] is None
    assert keys({"name": "Firma", "is_company": True})["core"]
    assert keys({"is_company": True})["core"] is None
    assert keys({"lastname": "von"})["last"]
    assert keys({"lastname": "E.", "firstname": "Eva"}) == keys(
        {"firstname": "E.", "lastname": "Eva"}
    )
    assert keys({"emails": "a@" + "ü" * 80 + ".de"})["emails"]
    assert keys({"street": "12 rue de la Paix"})["house"] == keys({"street": "Weg 12"})["house"]


@pytest.mark.parametrize(("name", "code"), SPOKEN.items())
def test_cologne_phonetics(name, code):
    letters = name.lower().replace("ü", "u").replace("-", "")
    assert sound(letters) == code


def test_conditions_that_know_nothing_do_not_hold():
    empty = keys({})
    assert not AnyOf((Both("last"), Either("initial_only"))).holds(empty, empty, {})
    assert Not(Both("last")).holds(empty, empty, {})


def test_a_group_is_not_joined_by_one_bad_pair():
    chain = [(1, 2, 90), (3, 4, 80), (2, 3, 20)]
    assert groups(chain) == [[1, 2], [3, 4]]
    assert groups([*chain, (1, 3, 60), (1, 4, 60), (2, 4, 60)]) == [[1, 2, 3, 4]]
    assert groups([(1, 2, 90), (1, 3, 80), (2, 3, 70)], apart=[(3, 2)]) == [[1, 2]]
    assert groups([(1, 2, 90), (2, 1, 80)]) == [[1, 2]]


def test_the_prior_follows_the_file_and_not_a_handful_of_pairs():
    sure = [(kind, True, 150, 500) for kind in ("person", "firm")]
    few = [("person", False, -300, 10)]
    moved = estimated(WEIGHTS, sure + few)
    assert moved["person.loose"] > WEIGHTS["person.loose"]
    assert moved["person.prior"] == WEIGHTS["person.prior"]
    assert for_size(WEIGHTS, 10**9)["firm.loose"] == -60


def test_few_decisions_move_little_and_many_move_much():
    names = ("person.prior", "person.last_same", "person.phone_same")
    little, much = (
        learned(WEIGHTS, [(names, 100, 0, number), ((), 0, 1, 1)])["person.phone_same"]
        for number in (1, 1000)
    )
    assert much < little <= WEIGHTS["person.phone_same"]


def test_statements_of_a_part_of_the_file():
    assert "(block >> 2) & 7 = 3" in paired("blocks", caps(0), 3, 8)
    assert "WHERE true" in blocked() and "WHERE true" in counted("pairs", caps(0))
    assert f"pair >= {6 << 32} AND pair < {10 << 32}" in counted("pairs", caps(0), 5, 9)
    assert "& 3 = 0) AS chosen" in candidates_of_all(caps(0), share=4)
    assert "LIMIT 41" in candidates_of_some(caps(0))
    assert "min(other.size) <= 4" in candidates_of_some(caps(10**9))
    assert "WHERE points >=" not in scored("SELECT a, b FROM pairs", WEIGHTS)
