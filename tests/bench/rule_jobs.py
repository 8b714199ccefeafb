"""What the worker of rules.py does in its database: one job per line, as in worker.py."""

import sys
from time import perf_counter
from unittest.mock import patch

import worker

from odoo.service.model import call_kw

# Empty in every contact that was made by SQL; what is asked turns every verdict.
EMPTY = ("function", "comment")


class RuleJobs(worker.Jobs):
    """Saves, rules and verdicts."""

    def set_rules(self, env, count):
        """Exactly so many rules, a third of them with a condition through another table."""
        rules = env["kunden.field.rule"].with_context(active_test=False)
        rules.search([("id", "!=", 0)]).unlink()
        entries = env["kunden.field"].search([("field_type", "!=", "boolean")], limit=60)
        askable = entries.filtered(lambda e: not rules.new({"catalogue_id": e.id})._problem())
        # the first is one that every save of the measurement changes
        askable = askable.sorted(lambda entry: entry.technical_name != "city")
        vals_list = [
            {
                "catalogue_id": entry.id,
                "customer_kind": "any",
                "level": "recommended",
                "domain": f"[('category_id.name', '=', 'Nr. {number}')]" if number % 3 else "[]",
            }
            for number, entry in enumerate(askable[:count])
        ]
        for number, vals in enumerate(vals_list):
            if number >= count // 3:
                vals["domain"] = "[]"
        with patch("odoo.addons.kunden_crm.models.field_check.AT_ONCE", 0):
            rules.create(vals_list)
        self._finish(env)
        env.cr.commit()
        return len(vals_list)

    def save(self, env, count, number=0):
        """Seconds for so many saves of a form, each with nothing in the cache."""
        return sum(self.save_each(env, count, number))

    def save_each(self, env, count, number=0):
        """The seconds of each save, to the end of its commit: so long the web client waits.

        Core stores what changed, and what it tells of it, no earlier than there.
        """
        partners = env["res.partner"].search([("is_company", "=", False)], limit=count)
        if len(partners) < count:
            partners = env["res.partner"].create([{"name": f"Eva {n}"} for n in range(count)])
        times = []
        for partner in partners:
            vals = {"city": f"Ort {number} {partner.id}", "street": f"Weg {partner.id % 97}"}
            env.invalidate_all()
            start = perf_counter()
            call_kw(partner.browse(), "web_save", [partner.ids, vals, {"city": {}}], {})
            env.cr.commit()
            times.append(perf_counter() - start)
        return times

    def save_queries(self, env):
        """The number of statements of the second save."""
        partner = env["res.partner"].create({"name": "Eva"})
        for city in ("Ulm", "Bonn"):
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            partner.web_save({"city": city}, {"city": {}})
            env.flush_all()
        return env.cr.sql_log_count - before

    def plain_insert(self, env, number):
        """Seconds of one INSERT of a narrow row per contact, in a table with a primary key."""
        env.cr.execute(
            """CREATE TABLE bench_plain (id integer PRIMARY KEY, version integer, asked smallint,
                   asked_protected smallint, missing integer[], missing_protected integer[])"""
        )
        start = perf_counter()
        env.cr.execute(
            "INSERT INTO bench_plain SELECT id, 1, 1, 0, ARRAY[id % 9], '{}' FROM res_partner"
        )
        return perf_counter() - start

    def turn(self, env, number):
        """Seconds of judging all files after a change that turns every verdict, and of a step."""
        rules = env["kunden.field.rule"].with_context(active_test=False)
        entries = env["kunden.field"].search([])
        entry = entries.filtered(lambda e: e.technical_name == EMPTY[number % 2])
        with patch("odoo.addons.kunden_crm.models.field_check.AT_ONCE", 0):
            rules.search([("id", "!=", 0)]).unlink()
            rules.create({"catalogue_id": entry.id, "customer_kind": "any"})
        env.cr.commit()
        start = perf_counter()
        longest = self._finish(env)
        return perf_counter() - start, longest

    def _finish(self, env):
        """Has the job judge all files; the seconds of its longest step."""
        steps, verdicts = [0], type(env["kunden.field.verdict"])
        judge = verdicts._judge_range

        def timed(verdict, after, up_to):
            start = perf_counter()
            judge(verdict, after, up_to)
            steps.append(perf_counter() - start)

        def commit(_cron, _processed, remaining):
            env.cr.commit()
            return remaining + 1

        cron = type(env["ir.cron"])
        with (
            patch.object(cron, "_commit_progress", commit),
            patch.object(verdicts, "_judge_range", timed),
        ):
            env["kunden.field.check"].sudo()._cron_check()
        return max(steps)


worker.Jobs = RuleJobs

if __name__ == "__main__":
    worker.main(sys.argv[1])
