"""The readable tables of the demo company: UTF-8, semicolons, one file per kind of thing."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def rows(name):
    """The rows of `data/<name>.csv` as dicts, in the order of the file.

    >>> rows("products")[0]["code"]
    'HT-101'
    """
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=";"))


def filled(row, *columns):
    """The named columns of a row, without those that are empty.

    >>> filled({"name": "Anna", "phone": ""}, "name", "phone")
    {'name': 'Anna'}
    """
    return {column: row[column] for column in columns if row[column]}


def missing(env, model, field, keys):
    """Those of `keys` that no record of the company, archived or not, carries in `field` yet."""
    records = env[model].with_context(active_test=False)
    known = records.search_read([("company_id", "=", env.company.id), (field, "in", keys)], [field])
    return set(keys) - {record[field] for record in known}
