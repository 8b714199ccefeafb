"""What the worker of quality.py does in its database: one job per line, as in worker.py."""

import resource
from time import perf_counter
from unittest.mock import patch

import rule_jobs
import worker

# What the cards of the page and the list behind them show.
CARD = ("name", "measure", "count", "total", "share", "told", "age", "is_stale")
# As few columns as the figures need, read once and counted: what no way of counting saves.
PLAIN = """
SELECT company_id, user_id, create_uid, is_company, count(*), count(phone), count(mobile),
       count(email), count(*) FILTER (WHERE message_bounce > 0)
  FROM res_partner WHERE active GROUP BY company_id, user_id, create_uid, is_company
"""


class QualityJobs(rule_jobs.RuleJobs):
    """The figures of the page on data quality."""

    def plain(self, env, number):
        """Seconds of one plain aggregation over all contacts."""
        start = perf_counter()
        env.cr.execute(PLAIN)
        env.cr.fetchall()
        return perf_counter() - start

    def figures(self, env, number):
        """Seconds of all figures, committed step by step, and of the longest step; memory in MB."""
        ends = [perf_counter()]

        def commit(_cron, _processed, remaining=0):
            env.cr.commit()
            ends.append(perf_counter())
            return remaining + 1

        with patch.object(type(env["ir.cron"]), "_commit_progress", commit):
            env["kunden.field.quality"]._cron_compute()
        longest = max(end - start for start, end in zip(ends, ends[1:], strict=False))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return ends[-1] - ends[0], longest, most

    def opened(self, env, number):
        """Seconds until the page is there, and what one of its figures counts."""
        figures = env["kunden.field.quality"]
        newest = [("is_newest", "=", True)]
        env.invalidate_all()
        start = perf_counter()
        asked = {name: {} for name in CARD}
        page = figures.web_search_read([*newest, ("dimension", "=", "all")], asked, limit=80)
        figures.web_search_read(newest, asked, limit=80)
        return perf_counter() - start, page["records"][0]["total"]


worker.Jobs = QualityJobs

if __name__ == "__main__":
    import sys

    worker.main(sys.argv[1])
