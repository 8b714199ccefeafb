"""Rows of a file as one text, by which another process goes on with them."""

import json
from datetime import date, datetime

from .import_base import Row

_DAY, _MOMENT = "day", "moment"


def _as_json(value):
    return {_MOMENT if isinstance(value, datetime) else _DAY: value.isoformat()}


def _from_json(found):
    if _MOMENT in found:
        return datetime.fromisoformat(found[_MOMENT])
    return date.fromisoformat(found[_DAY])


def packed(rows):
    """Rows of a file as a text of ASCII.

    Shape: list of (number of the sheet, its name, its headings, Row) in, text out; sheets and
    headings are told once. Errors: none. Source: RFC 8259 (JSON).

    >>> packed([(0, "Kunden", ["Name"], Row(2, ["Eva"]))])
    '[[[0, "Kunden", ["Name"]]], [[0, 2, ["Eva"], [], 0]]]'
    """
    sheets = {place: (place, name, headings) for place, name, headings, _row in rows}
    lines = [(place, *row) for place, _name, _headings, row in rows]
    return json.dumps([[*sheets.values()], lines], default=_as_json)


def unpacked(text):
    """The rows that were packed.

    Shape: text as of packed in, list of (number of the sheet, its name, its headings, Row) out.
    Errors: none. Source: as packed.

    >>> unpacked(packed([(0, None, ["Seit"], Row(2, [date(2026, 11, 23)]))]))[0][3].cells
    [datetime.date(2026, 11, 23)]
    """
    sheets, lines = json.loads(text, object_hook=_from_json)
    sheets = {sheet[0]: sheet for sheet in sheets}
    return [
        (*sheets[place], Row(number, cells, [(at, code) for at, code in notes], position))
        for place, number, cells, notes, position in lines
    ]
