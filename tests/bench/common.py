"""What the measurements share: two databases, a worker for each, medians and a verdict.

The databases stand on the server that setup/run would use (PG* variables choose another one):

``kunden_bench_bare``  Odoo with contacts, crm, sale, account, mass_mailing, phone_validation
``kunden_bench_ours``  the same with kunden_crm

They are made by the first measurement, stay, and are made anew when the code has changed.
"""

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "setup"))

from kit import workplace  # noqa: E402
from kit.databases import Databases, digest  # noqa: E402
from kit.odoo import Odoo  # noqa: E402
from kit.recipes import Recipes  # noqa: E402
from kit.shell import die_with_parent, run  # noqa: E402
from kit.words import SetupError, say  # noqa: E402

MODULES = ("contacts", "crm", "sale", "account", "mass_mailing", "phone_validation")
ROUNDS = 5
TEXTS_MADE_BY = (
    "kunden_crm/kernel/search.py",
    "kunden_crm/kernel/text.py",
    "kunden_crm/models/search_mixin.py",
)


class Pair:
    """The two databases of a measurement, `names`, and what is needed to make them."""

    def __init__(self, place, suffix=""):
        self.place = place
        self.odoo = Odoo(place)
        self.databases = Databases(place)
        self.names = (f"kunden_bench_bare{suffix}", f"kunden_bench_ours{suffix}")
        recipes = Recipes(self.odoo, self.databases)
        base = (place.source.stamp, place.python.requirements.read_text(), MODULES)
        self.marks = (digest(*base), digest(*base, recipes.code_digest()))

    def make(self):
        """Make both, without demo data, unless they are there and fit the code."""
        bare, ours = self.names
        self.databases.build(bare, self.marks[0], self._make_bare)
        self.databases.build(ours, self.marks[1], self._make_ours)

    def _make_bare(self, name):
        say(f"{name}: installing {', '.join(MODULES)} (about a minute)")
        self.odoo.run("db", "init", name, what=f"{name} could not be made.")
        self.odoo.install(name, MODULES)

    def _make_ours(self, name):
        say(f"{name}: installing kunden_crm beside them")
        self.databases.copy(self.names[0], name)
        self.odoo.install(name, ("kunden_crm",))

    @contextmanager
    def workers(self):
        """A running worker for each database, the bare one first."""
        with ExitStack() as stack:
            yield [stack.enter_context(Worker(self.place, name)) for name in self.names]


class MillionPair(Pair):
    """The two databases with the same million contacts; for ours, with their search texts.

    Filling takes long, so new code is only brought in by an update; where it makes other search
    texts, they are made anew.
    """

    contacts = 1_000_000
    seed = 1

    def __init__(self, place):
        super().__init__(place, "_million")
        self.small = Pair(place)
        filled = ((HERE / "contacts.sql").read_text(), self.contacts, self.seed)
        self.filled = digest(self.marks[0], *filled)
        checkout = place.places.checkout
        self.texts = digest(*((checkout / name).read_text() for name in TEXTS_MADE_BY))
        self.marks = (self.filled, f"{self.filled} {self.texts} {self.marks[1]}")

    def make(self):
        """Make both from the small ones and fill them, unless they are there and fit."""
        self.databases.build(self.names[0], self.marks[0], lambda fresh: self._fill(fresh, 0))
        self.make_ours()

    def make_ours(self):
        """Make ours alone, where nothing is measured against bare Odoo."""
        ours = self.names[1]
        if self.databases.exists(ours):
            self._update(ours, self.databases.mark(ours) or "")
        self.databases.build(ours, self.marks[1], self._make_ours)

    @contextmanager
    def scratch(self, name):
        """A copy of ours by that name, dropped afterwards."""
        self.make_ours()
        if self.databases.exists(name):
            self.databases.drop(name)
        say(f"{name}: copying {self.names[1]}")
        self.databases.copy(self.names[1], name)
        try:
            yield name
        finally:
            self.databases.drop(name)

    def _update(self, name, mark):
        """Bring today's code into a database that holds the right contacts."""
        if mark == self.marks[1] or not mark.startswith(self.filled):
            return
        say(f"{name}: bringing the code up to date")
        self.odoo.update(name, ("kunden_crm",))
        if self.texts not in mark:
            self._fill_texts(name)
        self.databases.set_mark(name, self.marks[1])

    def _make_ours(self, name):
        self._fill(name, 1)
        self._fill_texts(name)

    def _fill(self, name, which):
        self.small.make()
        say(f"{name}: making {self.contacts} contacts (some minutes)")
        self.databases.copy(self.small.names[which], name)
        numbers = ("-v", f"contacts={self.contacts}", "-v", f"seed={self.seed}")
        run(
            [self.place.server.tools / "psql", "-Xqd", name, *numbers, "-f", HERE / "contacts.sql"],
            f"{name} could not be filled.",
            "read the log",
            self.place.places.logs / "bench.log",
            env=self.place.environment(PGOPTIONS="-c synchronous_commit=off"),
        )

    def _fill_texts(self, name):
        say(f"{name}: making the texts of the quick search (some minutes)")
        with Worker(self.place, name) as worker:
            worker.ask("fill")
        self.databases.tell("vacuum analyze", f"{name} could not be analysed.", name)


class Worker:
    """Odoo in a process of its own that does one job after the other on one database."""

    def __init__(self, place, database):
        self.database = database
        self._command = [str(place.python.python), str(HERE / "worker.py"), database]
        self._environment = place.environment()
        self._folder = place.places.home
        self._log = place.places.logs / "bench.log"
        self._process = None

    def __enter__(self):
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=self._folder,
                env=self._environment,
                preexec_fn=die_with_parent,
            )
        self.ask("ready")
        return self

    def __exit__(self, *_error):
        self._process.stdin.close()
        self._process.wait()

    def ask(self, job, **options):
        """The answer of the job of that name in worker.py."""
        self._process.stdin.write(json.dumps([job, options]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            cause = f"see {self._log}"
            raise SetupError(f"{self.database}: {job} was not done.", cause, "mend it")
        return json.loads(answer)


def in_turn(calls, rounds=ROUNDS):
    """The answers of each call, one call after the other, `rounds` times; each gets the round.

    Every other round goes backwards, so that nobody is always first.
    """
    answers = [[] for _call in calls]
    order = list(zip(calls, answers, strict=True))
    for number in range(rounds):
        for call, answered in order[:: -1 if number % 2 else 1]:
            answered.append(call(number=number))
    return answers


def alternating(workers, job, rounds=ROUNDS, **options):
    """The answers of each worker to the same job, one after the other, `rounds` times."""
    return in_turn([partial(worker.ask, job, **options) for worker in workers], rounds)


class Report:
    """Lines of figures, each with its budget; `failed` counts those that miss it."""

    def __init__(self):
        self.failed = 0

    def line(self, what, figures, value, budget, at_least):
        """One line: what was measured, the figures, the value and whether it holds."""
        holds = value >= budget if at_least else value <= budget
        self.failed += not holds
        bound = "at least" if at_least else "at most"
        verdict = "holds" if holds else "MISSED"
        self.say(f"{what:<34} {figures:<34} {value:6.2f}  ({bound} {budget}: {verdict})")

    def say(self, text):
        """A line without a budget."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def median(values):
    """The value in the middle."""
    return statistics.median(values)


def median_ratio(values, others):
    """The middle one of the ratios per round: what disturbs the machine disturbs both sides."""
    return median(value / other for value, other in zip(values, others, strict=True))


def main(measure):
    """Run a measurement in the project's workplace; the exit code is 1 where a budget is missed."""
    try:
        with workplace.opened() as place:
            return min(measure(place).failed, 1)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
