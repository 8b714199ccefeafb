"""How long the figures of the page on data quality take for a million files, and its opening.

Start it with any Python from 3.10 on, `python3 tests/bench/quality.py`; it brings all it needs,
like setup/run, and takes the databases of the other measurements (some minutes and 3 GB where they
are not there yet). The figures are compared with one plain aggregation over all contacts in the
same run. Budget (issue 6): the page opens within a second, memory under 300 MB.
"""

import sys

from common import HERE, MillionPair, Report, Worker, in_turn, main, median, median_ratio

RULES, ROUNDS = 10, 3
SECONDS, MEGABYTES = 1, 300


class QualityWorker(Worker):
    """A worker that knows the jobs of quality_jobs.py."""

    def __init__(self, place, database):
        super().__init__(place, database)
        self._command[1] = str(HERE / "quality_jobs.py")


def measure(place):
    """The figures and a plain aggregation in turn, then the page."""
    report, pair = Report(), MillionPair(place)
    pair.make_ours()
    with QualityWorker(place, pair.names[1]) as worker:
        worker.ask("set_rules", count=RULES)
        try:
            calls = [
                lambda number: worker.ask("plain", number=number),
                lambda number: worker.ask("figures", number=number),
            ]
            plain, counted = in_turn(calls, ROUNDS)
            opened = [worker.ask("opened", number=number) for number in range(ROUNDS)]
        finally:
            worker.ask("set_rules", count=0)
    seconds = [whole for whole, _longest, _memory in counted]
    files = opened[0][1]
    told = f"{median(plain):.1f} and {median(seconds):.1f} s, {files} files"
    report.say(f"All figures, times one aggregation: {told}: {median_ratio(seconds, plain):.1f}")
    report.say(f"Longest step: {max(longest for _whole, longest, _memory in counted):.2f} s")
    most = max(memory for _whole, _longest, memory in counted)
    report.line("Memory", f"{most:.0f} MB", most, MEGABYTES, at_least=False)
    shown = median(second for second, _files in opened)
    report.line("Page opened", f"{1000 * shown:.0f} ms", shown, SECONDS, at_least=False)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
