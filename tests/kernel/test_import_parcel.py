"""Rows that are handed on come out as they went in."""

from hypothesis import given
from hypothesis import strategies as st
from standard_laws import LAW

from odoo.addons.kunden_crm.kernel.import_base import Row
from odoo.addons.kunden_crm.kernel.import_parcel import packed, unpacked

CELLS = st.none() | st.text() | st.booleans() | st.integers() | st.floats(allow_nan=False)
CELLS |= st.dates() | st.datetimes()
NOTES = st.lists(st.tuples(st.none() | st.integers(0, 9), st.sampled_from(["formula", "bad_date"])))
ROWS = st.builds(Row, st.integers(1), st.lists(CELLS, max_size=5), NOTES, st.integers(min_value=0))
SHEETS = st.sampled_from([(0, None, []), (1, "Kunden", ["Name", "Größe"]), (2, "Ä", ["\0", ""])])


@LAW
@given(st.lists(st.builds(lambda sheet, row: (*sheet, row), SHEETS, ROWS), max_size=9))
def test_what_is_packed_comes_out_as_it_was(rows):
    text = packed(rows)
    assert text.isascii() and "\0" not in text
    assert unpacked(text) == rows
    kinds = [[type(cell) for cell in row.cells] for *_sheet, row in unpacked(text)]
    assert kinds == [[type(cell) for cell in row.cells] for *_sheet, row in rows]
