"""The shipped lists are read as the truth beside each of them says."""

import json
from collections import Counter
from pathlib import Path

from odoo.addons.kunden_crm.kernel.import_file import looks, opened, row_kind, rows

SAMPLES = Path(__file__).parents[2] / "kunden_crm" / "tests" / "import_samples"


def numbers(truth):
    """(sheet or None, row) of all rows that some contact is in."""
    for contact in truth["contacts"]:
        found = contact["rows"]
        yield from (
            found.items() if isinstance(found, dict) else ((None, number) for number in found)
        )


def test_the_samples():
    truths = sorted(SAMPLES.glob("*.json"))
    assert len(truths) == 4
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        with (SAMPLES / truth["file"]).open("rb") as stream:
            known = opened(stream, truth["file"])
            look = looks(stream, known)
            found = [
                (
                    sheet if len(known.sheets) > 1 else None,
                    row.number,
                    row_kind(row.cells, look.header),
                )
                for sheet in known.sheets or [None]
                for row in rows(stream, known, sheet, width=look.width)
                if row.number > look.header_row
            ]
        assert (known.encoding, known.separator) == (truth["encoding"], truth["separator"])
        assert look.header_row == truth["header_row"]
        assert Counter(kind for _sheet, _number, kind in found) == truth["kinds"], path
        data = [(sheet, number) for sheet, number, kind in found if kind == "data"]
        assert sorted(data, key=str) == sorted(numbers(truth), key=str)
        if len(known.sheets) > 1:
            assert dict(look.hints)["sheets_alike"]["sheets"] == known.sheets
