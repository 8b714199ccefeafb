"""The jobs of standards.py inside Odoo; see worker.py."""

import resource
import sys
from time import process_time
from unittest.mock import patch

import worker

SPELLINGS = {"name": "name", "firstname": "person", "lastname": "person", "phone": "phone"}


class StandardJobs(worker.Jobs):
    """A run over all names and phones; each part says what it did, in processor seconds."""

    def in_capitals(self, env):
        """Every other person in capitals, as an old list brings them; how many values there are."""
        env.cr.execute("SET LOCAL synchronous_commit = off")
        env.cr.execute(
            """UPDATE res_partner SET firstname = upper(firstname), lastname = upper(lastname),
                      name = upper(name), complete_name = upper(complete_name)
                WHERE lastname IS NOT NULL AND id % 2 = 0"""
        )
        env.cr.commit()
        env.cr.execute(
            """SELECT sum(CASE WHEN lastname IS NULL THEN 2 ELSE 3 END) FROM res_partner
                WHERE phone IS NOT NULL"""
        )
        return env.cr.fetchone()[0]

    def begin(self, env):
        """A run over all contacts that waits for its job."""
        entries = env["kunden.field"].search([("technical_name", "in", [*SPELLINGS])])
        for entry in entries:
            entry.spelling = SPELLINGS[entry.technical_name]
        run = env["kunden.standard.run"].create({"domain": "[]"})
        run.catalogue_ids = entries
        env.cr.commit()
        return run.id

    def work(self, env, run_id, action):
        """Seconds of the processor for a part of the run, its counts, and memory in MB."""
        run = env["kunden.standard.run"].browse(run_id)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        def commit(_cron, _processed, remaining):
            env.cr.commit()
            return remaining + 1

        start = process_time()
        with (
            patch("odoo.addons.kunden_crm.models.standard_run.AT_ONCE", 0),
            patch.object(type(env["ir.cron"]), "_commit_progress", commit),
        ):
            getattr(run, action)()
            env.cr.commit()
            env["kunden.standard.run"]._cron_run()
        seconds = process_time() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        counts = [run.proposed_count, run.applied_count, run.undone_count, run.edited_count]
        return run.state, seconds, counts, before / 1024, most / 1024

    def digest(self, env):
        """One number for all values, to see that everything is back."""
        env.cr.execute(
            """SELECT md5(string_agg(md5(concat_ws('|', id, name, firstname, lastname, phone)), ''
                                     ORDER BY id)) FROM res_partner"""
        )
        return env.cr.fetchone()[0]


worker.Jobs = StandardJobs

if __name__ == "__main__":
    worker.main(sys.argv[1])
