"""Our search for duplicates on a data set, in a database of its own.

usage: match_ours.py normal file.csv out.csv    the same rows with numbers in E.164
       match_ours.py find file.csv database     one line of JSON
"""

import csv
import io
import os
import sys
import time
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType

import psycopg2
from match_truth import judged, read, said

# The kernel alone, without Odoo and without the rest of the add-on.
for _name, _path in (("kunden", ""), ("kunden.kernel", "kunden_crm/kernel")):
    sys.modules[_name] = ModuleType(_name)
    sys.modules[_name].__path__ = [str(Path(__file__).resolve().parents[2] / _path)]

from kunden.kernel.match_groups import groups  # noqa: E402
from kunden.kernel.match_keys import COLUMNS, keys  # noqa: E402
from kunden.kernel.match_pairs import candidates_of_all, candidates_of_some, caps  # noqa: E402
from kunden.kernel.match_statements import (  # noqa: E402
    frequent_values,
    lookup,
    point_counts,
    scored,
)
from kunden.kernel.match_weights import WEIGHTS, estimated, for_size  # noqa: E402
from kunden.kernel.phones import read_phone  # noqa: E402

CHUNK, LEAST, TYPED, CHANGED = 5_000, -60, 200, 1_000
_TICKS = os.sysconf("SC_CLK_TCK")


def normal(rows):
    """The rows with their telephone numbers in E.164, as every door stores them."""
    for row in rows:
        read_as = read_phone(row.get("phone"))
        extension = f";ext={read_as.extension}" if read_as.extension else ""
        row["phone"] = read_as.e164 + extension if read_as.valid else ""
    return rows


def values(row):
    """A row as the kernel wants a contact."""
    try:
        born = date.fromisoformat(row.get("birthdate") or "")
    except ValueError:
        born = None
    kept = ("name", "birth_name", "street", "zip", "city", "vat", "ref")
    return {
        **{name: row.get(name) for name in kept},
        "firstname": row["first_name"],
        "lastname": row["last_name"],
        "is_company": row.get("is_company") == "1",
        "birthdate": born,
        "phones": [row["phone"]] if row.get("phone") else [],
        "emails": [row["email"]] if row.get("email") else [],
    }


def _text(value):
    """A key as COPY reads it."""
    if value is None:
        return r"\N"
    return str(value).replace("[", "{").replace("]", "}") if isinstance(value, list) else str(value)


def lines(rows):
    """The keys of rows as COPY reads them, and the seconds of processor time it took."""
    started, out = time.process_time(), []
    for row in rows:
        made = keys(values(row))
        out.append("\t".join([row["rec_id"], *map(_text, made.values())]))
    return "\n".join(out) + "\n", time.process_time() - started


def chunks(rows):
    """The rows in parts."""
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]


def fill(cursor, rows):
    """The table of keys, filled and indexed; the seconds of processor time of making keys."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute(f"CREATE UNLOGGED TABLE kunden_match_key (partner_id int, {columns})")
    spent = 0
    with Pool(2) as pool:
        for text, seconds in pool.imap(lines, chunks(rows)):
            cursor.copy_expert("COPY kunden_match_key FROM STDIN", io.StringIO(text))
            spent += seconds
    cursor.execute("ALTER TABLE kunden_match_key ADD PRIMARY KEY (partner_id)")
    cursor.execute("CREATE INDEX ON kunden_match_key USING gin (blocks)")
    cursor.execute("VACUUM ANALYZE kunden_match_key")
    return spent


def find(cursor, rows):
    """The seconds from stored keys to scored pairs, of the processor too, and the weights found."""
    started, worked = time.monotonic(), _worked(cursor)
    weights = for_size(WEIGHTS, len(rows))
    cursor.execute(
        "CREATE UNLOGGED TABLE kunden_match_frequent (value int8 PRIMARY KEY, points int)"
    )
    cursor.execute("INSERT INTO kunden_match_frequent " + frequent_values())
    cursor.execute("CREATE UNLOGGED TABLE pair AS " + candidates_of_all(caps(len(rows))))
    share = max(1, cursor.rowcount // 100_000)
    cursor.execute("ANALYZE kunden_match_frequent, pair")
    some = f"SELECT a, b FROM pair WHERE (a * 7 + b) % {share} = 0"
    cursor.execute("CREATE UNLOGGED TABLE sample AS " + scored(some, weights))
    cursor.execute(point_counts("sample"))
    weights = estimated(weights, cursor.fetchall())
    cursor.execute(
        "CREATE UNLOGGED TABLE found AS " + scored("SELECT a, b FROM pair", weights, LEAST)
    )
    return time.monotonic() - started, _worked(cursor) - worked, weights


def _worked(cursor):
    """The seconds of processor time of our server process and of all workers that have ended."""
    cursor.execute("SELECT pg_backend_pid()")
    status = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().split()
    ended = Path(f"/proc/{status[3]}/stat").read_text().split()
    return sum(map(int, [*status[13:15], *ended[15:17]])) / _TICKS


def typing(cursor, rows, weights):
    """The milliseconds of looking one contact up while it is typed, the slowest of twenty."""
    statement, taken = lookup(weights), []
    for row in rows[:: max(1, len(rows) // TYPED)]:
        typed = keys({**values(row), "birthdate": None})
        started = time.monotonic()
        cursor.execute(statement, typed)
        taken.append(time.monotonic() - started)
    return 1000 * sorted(taken)[int(len(taken) * 0.95)]


def changed(cursor, rows, weights):
    """The seconds for a thousand changed contacts."""
    ids = [int(row["rec_id"]) for row in rows[:: max(1, len(rows) // CHANGED)]][:CHANGED]
    started = time.monotonic()
    cursor.execute(scored(candidates_of_some(caps(len(rows))), weights, LEAST), {"ids": ids})
    cursor.fetchall()
    return time.monotonic() - started


def backend(cursor):
    """The most memory of the server process that works for us, in MB, its shared part included."""
    cursor.execute("SELECT pg_backend_pid()")
    status = Path(f"/proc/{cursor.fetchone()[0]}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main():
    """Do what is asked."""
    job, path, target = sys.argv[1:]
    rows = read(path)
    if job == "normal":
        with Pool(2) as pool, open(target, "w", newline="") as out:
            writer = csv.DictWriter(out, rows[0].keys())
            writer.writeheader()
            for part in pool.imap(normal, chunks(rows)):
                writer.writerows(part)
        return
    connection = psycopg2.connect(dbname=target)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SET work_mem = '256MB'; SET jit = off")
    spent = fill(cursor, rows)
    seconds, processor, weights = find(cursor, rows)
    memory = backend(cursor)
    cursor.execute("SELECT a, b, points FROM found")
    started = time.monotonic()
    grouped = groups(cursor.fetchall())
    grouping = time.monotonic() - started
    said(
        server=memory,
        keys=len(rows) / spent,
        seconds=seconds,
        processor=processor,
        grouping=grouping,
        typing=typing(cursor, rows, weights),
        changed=changed(cursor, rows, weights),
        **judged(rows, [[str(member) for member in group] for group in grouped]),
    )


if __name__ == "__main__":
    main()
