"""The jobs of imports.py inside Odoo; see worker.py."""

import base64
import csv
import io
import os
import random
import resource
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time, sleep
from unittest.mock import patch

import worker
import xlsxwriter

FIELDS = ("ref", "name", "is_company", "street", "zip", "city", "country_id", "email", "phone")
BAD, CORE_BATCH = 5, 2000
SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo")


class ImportJobs(worker.Jobs):
    """The same files through core's importer and through ours; nothing of it stays."""

    def core(self, env, rows, number):
        """Processor seconds per part: clean, with bad rows (refused), again and one column by id.

        Again and the update are measured on a tenth: core takes as long for every row.
        """
        people = _people(rows, number)
        bad = _spoilt(_people(rows, number + 1000))
        told = {"bad": _measured(env, lambda: _core_import(env, FIELDS, bad))}
        told["clean"] = _measured(env, lambda: _core_import(env, FIELDS, people))
        partners = env["res.partner"].search([("email", "like", f".n{number}@")], order="id")
        assert len(partners) == rows, len(partners)
        few = partners[: rows // 10]
        env["ir.model.data"].create(
            [
                {"module": "bench", "name": f"p{p.id}", "model": "res.partner", "res_id": p.id}
                for p in few
            ]
        )
        lines = [(f"bench.p{p.id}", f"Ort {p.id}") for p in few]
        told["update"] = 10 * _measured(env, lambda: _core_import(env, ("id", "city"), lines))
        return told

    def ours(self, env, rows, number):
        """The same of ours: processor seconds of preview, run and keys afterwards, and counts."""
        people, told = _people(rows, number), {}
        refused = _people(rows, number + 1000)
        with closing(env.cr.savepoint()):  # nothing of it stays
            told["bad"] = self._brought(env, FIELDS, refused, bad=True)
        env.invalidate_all()
        told["clean"] = self._brought(env, FIELDS, people)
        told["again"] = self._brought(env, FIELDS, people)
        places = [(*row[:2], f"Neu{_word(at)}") for at, row in enumerate(people)]
        told["update"] = self._brought(env, ("ref", "name", "city"), places, city="source")
        return told

    def compared(self, env):
        """Make what is compared of all contacts, as the scheduled action has done long before."""
        keys = env["kunden.match.key"].sudo()
        while keys._fill_noted():
            env.cr.commit()
            env.invalidate_all()
        env.cr.commit()

    def large(self, env, rows, kind, number):
        """A batch with a file of so many rows, csv or xlsx; the number of the batch."""
        # firms are written before people, who cost more: of one kind all rows cost the same
        people = _people(rows, number, firms=False)
        content = _csv(FIELDS, people) if kind == "csv" else _xlsx(FIELDS, people)
        batch = env["kunden.import.batch"].create(
            {
                "source": f"Large {kind}",
                "filename": f"large.{kind}",
                "file": base64.b64encode(content),
                "country_id": env.ref("base.de").id,
            }
        )
        env.cr.commit()
        return batch.id

    def work(self, env, batch, act):
        """Seconds of clock and processor of each step of a preview or run, rows, memory in MB.

        Everything is committed as the job does it.
        """
        batches = env["kunden.import.batch"]
        batch = batches.browse(batch)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        steps, seen = [], [perf_counter(), process_time() + _database(env)]

        def commit(_cron, *_done, **_left):
            env.cr.commit()
            now = [perf_counter(), process_time() + _database(env)]
            steps.append([*(one - other for one, other in zip(now, seen, strict=True)), place()])
            seen[:] = now
            return 60

        def place():
            return [batch.step or "", batch.position]

        with patch.object(type(env["ir.cron"]), "_commit_progress", commit):
            getattr(batch, act)()
            commit(None)
            batches.sudo()._cron_run()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        names = ("created", "updated", "skipped", "rejected", "ask")
        counts = {name: batch[f"{name}_count"] for name in names}
        return steps, {"state": batch.state, **counts}, before / 1024, most / 1024

    def help(self, env, batch):
        """Read what another process puts aside of a file, until it is read."""
        batch = env["kunden.import.batch"].browse(batch)
        while batch.state == "draft" and batch.step != "matching":
            batch.sudo()._cron_read_part()
            env.cr.commit()
            env.invalidate_all()
            sleep(0.05)

    def _brought(self, env, names, rows, bad=False, **policies):
        """(seconds of preview, of run, and of the job that follows it, counts) of a file."""
        batch = env["kunden.import.batch"].create(
            {
                "source": "Bench",
                "filename": "bench.csv",
                "file": base64.b64encode(_csv(names, rows)),
                "country_id": env.ref("base.de").id,
            }
        )
        cron = type(env["ir.cron"])

        def work():
            env["kunden.import.batch"].sudo()._cron_run()

        def analyse():
            batch.action_analyse()
            work()

        with patch.object(cron, "_commit_progress", lambda *_args, **_more: _flushed(env)):
            if policies:
                analyse()
                for column in batch.column_ids.filtered(lambda one: one.target in policies):
                    column.policy = policies[column.target]
            preview = _measured(env, analyse)
            if bad:
                # what no preview foresees: the database refuses it
                for row in batch.sudo().row_ids[:: len(rows) // BAD][:BAD]:
                    row.values = row.values | {"type": "no such type"}
            batch.action_start()
            run = _measured(env, work)
        keys = env["kunden.match.key"].sudo()

        def compare():
            while keys._fill_noted():
                pass

        names = ("created", "updated", "skipped", "rejected", "ask")
        counts = {name: batch[f"{name}_count"] for name in names}
        return preview, run, _measured(env, compare), {"state": batch.state, **counts}


def _flushed(env):
    """Stands for the commit of a step: all is written, nothing stays in memory."""
    env.flush_all()
    env.invalidate_all()
    return 60


def _people(rows, number, firms=True):
    """Rows of a file: no two of them are alike."""
    dice = random.Random(number)
    found = []
    for at in range(rows):
        vals = worker.contact(dice, None)
        last = f"{_word(dice.randrange(10**9))}{_word(at)}".capitalize()
        vals["is_company"] = vals["is_company"] and firms
        name = f"{last} GmbH" if vals["is_company"] else f"{dice.choice(worker.FIRST_NAMES)} {last}"
        told = vals | {"ref": f"B{number}-{at}", "name": name, "country_id": "Germany"}
        told["email"] = f"{_word(at)}.n{number}@{_word(at + 7)}.example"
        told["phone"] = f"0221 {dice.randrange(10, 99)}{at:06}"
        found.append(tuple(told[field] for field in FIELDS))
    return found


def _spoilt(rows):
    """The rows, some of them without a name, which the database refuses."""
    bad = set(range(1, len(rows), len(rows) // BAD))
    return [(row[0], "", *row[2:]) if at in bad else row for at, row in enumerate(rows)]


def _word(number):
    """A name of its own for a number."""
    word = ""
    for _place in range(5):
        number, rest = divmod(number, len(SYLLABLES))
        word += SYLLABLES[rest]
    return word


def _csv(names, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([names, *rows])
    return stream.getvalue().encode()


def _xlsx(names, rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([names, *rows]):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def _core_import(env, names, rows):
    """As core's web client imports: the file in batches of its usual size."""
    wizard = env["base_import.import"].create(
        {"res_model": "res.partner", "file": _csv(names, rows), "file_type": "text/csv"}
    )
    options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}
    options |= {"limit": CORE_BATCH, "float_decimal_separator": ".", "keep_matches": False}
    for skip in range(0, len(rows), CORE_BATCH):
        wizard.execute_import([*names], [*names], {**options, "skip": skip})


def _measured(env, act):
    """Processor seconds of Odoo and of its database connection for an act."""
    env.flush_all()
    env.invalidate_all()
    start = process_time() + _database(env)
    act()
    env.flush_all()
    return process_time() + _database(env) - start


def _database(env):
    """Processor seconds of the process that serves our connection; 0 where it is elsewhere."""
    env.cr.execute("SELECT pg_backend_pid()")
    stat = Path(f"/proc/{env.cr.fetchone()[0]}/stat")
    try:
        fields = stat.read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


worker.Jobs = ImportJobs

if __name__ == "__main__":
    worker.main(sys.argv[1])
