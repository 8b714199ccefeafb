"""Looking up many typed contacts at once: what is sure, and the SQL of it."""

from odoo.addons.kunden_crm.kernel.match_batch import (
    copied,
    inside,
    inside_paired,
    is_sure,
    lookups,
    lookups_of_many,
    may_be,
)
from odoo.addons.kunden_crm.kernel.match_keys import COLUMNS, keys
from odoo.addons.kunden_crm.kernel.match_pairs import caps
from odoo.addons.kunden_crm.kernel.match_weights import WEIGHTS

SURE = [
    ((99, ["first_same", "last_same", "phone_same"]), True),
    ((96, ["first_same", "last_same", "phone_same"]), False),
    ((99, ["first_same", "last_same", "loose"]), False),
    ((99, ["first_same", "last_same", "born_same", "loose"]), True),
    ((10, ["last_same", "ref_same"]), True),
    ((99, ["last_same", "first_other", "ref_same"]), False),
    ((99, ["core_same", "ref_other", "vat_same"]), False),
    ((99, ["first_same", "last_same", "born_near", "email_same"], {"born_near"}), False),
]


def test_sure():
    for asked, wanted in SURE:
        assert is_sure(*asked) is wanted, asked


def test_whom_a_row_with_another_number_may_mean():
    namesakes = ["first_same", "last_same", "city_same"]
    assert may_be(namesakes)
    for number in ("ref_near", "ref_other"):
        assert not may_be([*namesakes, number])
        assert may_be([*namesakes, number, "address_near"])


def test_statements_and_lines():
    assert "FROM typed" in lookups(WEIGHTS, 0)
    assert "THEN 6 WHEN 2 THEN 40 ELSE 13 END" in lookups(WEIGHTS, 0, caps(1_000_000))
    assert "THEN 6 WHEN 2 THEN 40 ELSE 13 END" in lookups_of_many(WEIGHTS, 0, caps(1_000_000))
    assert "batch_id = 1" in inside_paired("SELECT * FROM k WHERE batch_id = 1")
    found = inside(WEIGHTS, 0, "k", "pairs", "SELECT 5, 1", 2000, 7, 9)
    assert "SELECT 5, 1 UNION ALL SELECT value, points FROM kunden_match_frequent" in found
    assert f"pair >= {8 << 32} AND pair < {10 << 32}" in found
    cells = copied(keys({"firstname": "Eva", "lastname": "Berg"})).split("\t")
    assert len(cells) == len(COLUMNS)
    assert cells[list(COLUMNS).index("is_firm")] == "f"
    assert "\\N" in cells
