"""Imports in processes that may be killed: `import_process.py DATABASE`, one job per line of input.

A job comes as `["name", {options}]` in JSON and is answered by one line of JSON. The models are
loaded once; the process that works on an import is a fork, with a connection of its own.
"""

import base64
import json
import os
import random
import sys

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

# All that a row of an import has left behind, without the numbers that the database gave.
DUMP = """
SELECT row.number, row.state, row.message, partner.name, partner.city, partner.phone,
       partner.street, parent.name, home.name, partner.function,
       ARRAY(SELECT tag.name ->> 'en_US' FROM res_partner_res_partner_category_rel
               JOIN res_partner_category AS tag ON tag.id = category_id
              WHERE partner_id = partner.id ORDER BY 1),
       ARRAY(SELECT coalesce(value.field_name, value.model) || coalesce(value.new ->> 'ref', '')
               FROM kunden_import_value AS value WHERE value.row_id = row.id ORDER BY 1),
       (SELECT count(*) FROM res_partner AS twin WHERE twin.ref = partner.ref)
  FROM kunden_import_row AS row
  LEFT JOIN res_partner AS partner ON partner.id = row.partner_id
  LEFT JOIN res_partner AS parent ON parent.id = partner.parent_id
  LEFT JOIN kunden_household AS home ON home.id = partner.household_id
 WHERE row.batch_id = %s ORDER BY row.number
"""
PREVIEW = """
SELECT number, state, message, values, notes, raw FROM kunden_import_row
 WHERE batch_id = %s ORDER BY id
"""


class Jobs:
    """One method per job."""

    def __init__(self, registry):
        self.registry = registry

    def seed(self, mark, rows):
        """A started import of so many rows; of two with one number of rows all is the same."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            clerk = _clerk(env, mark)
            known = env["res.partner"].create(
                [{"name": f"Bekannt {n}", "ref": f"{mark}-k{n}"} for n in range(rows // 5 + 1)]
            )
            source = env["kunden.import.source"].create({"name": mark, "rank": 50})
            batch = env["kunden.import.batch"].create(
                {
                    "source": mark,
                    "source_id": source.id,
                    "user_id": clerk.id,
                    "state": "analysed",
                    "column_ids": [(0, 0, {"number": 0, "target": "city", "policy": "source"})],
                }
            )
            dice = random.Random(rows)
            vals_list = [_row(dice, mark, number, known.ids) for number in range(rows)]
            made = env["kunden.import.row"].create([{**v, "batch_id": batch.id} for v in vals_list])
            for number in range(7, rows, 29):
                if made[number].state == made[number - 1].state == "new":
                    made[number].write({"state": "update", "same_row_id": made[number - 1].id})
            batch.with_user(clerk).action_start()
            return batch.id

    def upload(self, mark, text, step):
        """A file that a clerk has brought in; its first rows are read."""
        self._take_steps_of(step)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            file = base64.b64encode(text.encode())
            batch = env["kunden.import.batch"].with_user(_clerk(env, mark))
            batch = batch.create({"source": mark, "filename": "journal.csv", "file": file})
            batch.action_analyse()
            return batch.id

    def work(self, step):
        """The number of a process that goes on with all imports, so many rows at a time."""
        return self._fork(lambda batches: batches._cron_run(), step)

    def help(self, batch, step):
        """The number of a process that reads what others put aside of a file."""

        def read(batches):
            batch_read = batches.browse(batch)
            while batch_read.step == "reading":
                batches._cron_read_part()
                batches.env.cr.commit()
                batches.env.invalidate_all()

        return self._fork(read, step)

    def _fork(self, act, step):
        """The number of a process of its own that does this with the imports."""
        sql_db.close_all()
        if process := os.fork():
            return process
        self._take_steps_of(step)
        try:
            with self.registry.cursor() as cr:
                act(api.Environment(cr, SUPERUSER_ID, {})["kunden.import.batch"])
        finally:
            os._exit(0)

    def _take_steps_of(self, step):
        """So many rows are a step."""
        run, read, match, look = (
            sys.modules[f"odoo.addons.kunden_crm.models.import_{name}_mixin"]
            for name in ("run", "read", "match", "analyse")
        )
        run.KundenImportRunMixin._work.__defaults__ = (step,)
        read._STEP = match.STEP = look.AT_ONCE = step

    def cancel(self, batch):
        """A clerk stops an import, as by the button."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            clerk = env["kunden.import.batch"].browse(batch).user_id
            one = env["kunden.import.batch"].with_user(clerk).browse(batch)
            retrying(lambda: bool(one.action_cancel()), one.env)

    def preview(self, batch):
        """What is said of each row of a file, in the order of the table."""
        with self.registry.cursor() as cr:
            cr.execute(PREVIEW, [batch])
            return cr.fetchall()

    def wait(self, process):
        """Until that process has ended; the signal that ended it, or 0."""
        return os.waitpid(process, 0)[1] & 0x7F

    def dump(self, batch):
        """What an import has left behind, row by row."""
        with self.registry.cursor() as cr:
            cr.execute(DUMP, [batch])
            return cr.fetchall()


def _clerk(env, name):
    """Somebody who may bring in files."""
    users = env["res.users"].with_context(no_reset_password=True)
    group = env.ref("kunden_crm.group_user")
    return users.create({"name": name, "login": f"clerk-{name}", "group_ids": [(6, 0, group.ids)]})


def _row(dice, mark, number, known):
    """A row as the preview leaves it: firms, persons with theirs, updates, and some that fail."""
    row = {"number": number + 2, "state": "new"}
    values = {"ref": f"{mark}-{number}", "city": dice.choice(("Köln", "Bonn", "Ulm"))}
    kind = dice.random()
    if kind < 0.2:
        row |= {"state": "update", "partner_id": known[number // 5]}
        values.pop("ref")
    elif kind < 0.3:
        values |= {"name": f"Firma {number} GmbH", "is_company": True}
    else:
        firm, home = dice.randrange(9), dice.randrange(99)
        values |= {"name": f"Eva Muster {number}", "street": f"Weg {number}"}
        if kind < 0.7:
            values["company"] = {"key": f"f{firm}", "name": f"Haus {firm} AG", "city": "Jena"}
        else:
            values["household"] = {"key": str(home), "name": f"Haushalt {home}"}
        values["tags"] = [f"{mark}-Kreis {firm}"]
    if number % 97 == 50:
        values["type"] = "no such type"
    return {**row, "values": values}


def main(database):
    """Answer one line after the other until there is none."""
    config.parse_config(["-d", database, "--log-level", "critical"])
    jobs = Jobs(Registry(database))
    for line in sys.stdin:
        name, options = json.loads(line)
        sys.stdout.write(json.dumps(getattr(jobs, name)(**options), default=str) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
