"""setup/test: a fresh copy of the test template, then every test with pytest."""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kit import browser, core
from kit.databases import Databases
from kit.locks import exclusive, try_exclusive
from kit.odoo import Odoo
from kit.places import ADDONS
from kit.recipes import Recipes
from kit.shell import die_with_parent
from kit.words import say

WHERE = ("tests", *ADDONS)
RUN = "kunden_test_run_"
MOST_WORKERS = 4


def options(words):
    """Our own options; every other word is pytest's."""
    parser = argparse.ArgumentParser(
        prog="setup/test",
        description="Run every test; other words go to pytest (a file, -k NAME, -x ...).",
    )
    parser.add_argument(
        "--core",
        nargs="?",
        const="partner",
        choices=sorted(core.LISTS),
        help="Odoo's own tests, without and with our add-ons: those around contacts, or all of"
        " account and sale (billing, takes an hour), or those around contacts with five mandatory"
        " fields in force (rules)",
    )
    parser.add_argument(
        "--make", action="store_true", help="with --core: make its two databases and stop"
    )
    parser.add_argument("--no-browser", action="store_true", help="leave the browser tests out")
    known, rest = parser.parse_known_args(words)
    known.pytest = [_absolute(word) for word in rest]
    return known


def _absolute(word):
    """A test's path as the caller sees it, from the folder in which he stands."""
    path, *rest = word.split("::")
    if word.startswith("-") or not path or not os.path.exists(path):
        return word
    return "::".join([str(Path(path).resolve()), *rest])


def test(workplace, options):
    """Run the tests; the exit code is pytest's."""
    if options.core and options.make:
        return core.make(workplace)
    if options.core:
        return core.compare(workplace, options.core, options.pytest)
    if not options.no_browser:
        browser.ensure(workplace.places)
    databases = Databases(workplace)
    recipes = Recipes(Odoo(workplace), databases)
    with exclusive(workplace.places.home / "template.lock", "Tests: waiting for the template"):
        template = recipes.template()
    workers = 1 if options.pytest else min(os.cpu_count() or 1, MOST_WORKERS)
    with ExitStack() as copies:
        names = [
            copies.enter_context(scratch(workplace, databases, template, f"_{number}"))
            for number in range(workers)
        ]
        return _pytest(workplace, names, options)


@contextmanager
def scratch(workplace, databases, template, which=""):
    """A copy of a template for one run; copies whose run has ended badly are dropped too."""
    drop_left_over(workplace, databases)
    name = f"{RUN}{os.getpid()}_{template.removeprefix('kunden_')}{which}"
    lock = workplace.places.home / f"{name}.lock"
    held = try_exclusive(lock)
    say(f"{name}: copying {template}")
    databases.copy(template, name)
    databases.tell(
        f'alter database "{name}" set synchronous_commit = off', f"{name} could not be set up."
    )
    try:
        yield name
    finally:
        databases.drop(name)
        lock.unlink()
        os.close(held)


def drop_left_over(workplace, databases):
    """Drop the copies of runs that live no more: nobody holds their lock."""
    for name in databases.names():
        if name.startswith(RUN):
            lock = workplace.places.home / f"{name}.lock"
            held = try_exclusive(lock)
            if held is not None:
                databases.drop(name)
                lock.unlink()
                os.close(held)


def _pytest(workplace, names, options):
    """Run pytest; without arguments the whole gate: in workers, coverage included."""
    checkout = workplace.places.checkout
    whole = not options.pytest
    # a worker that dies is not replaced: its database is no longer what a test may expect
    workers = ("-n", str(len(names)), "--max-worker-restart=0", "--no-loadscope-reorder")
    asked = [word for word in options.pytest if not word.startswith("-")]
    words = [
        *("-m", "pytest", "-p", "kit.gate"),
        *("--odoo-database", names[0], "--odoo-http"),
        *("--odoo-extra", f"db-filter=^{names[0]}$"),
        *(workers if whole else ()),
        *options.pytest,
        *([] if asked and any(map(os.path.exists, _paths(asked))) else WHERE),
    ]
    say("Tests: starting")
    sys.stderr.flush()
    with TemporaryDirectory(prefix="coverage-", dir=workplace.places.home) as measured:
        environment = workplace.environment(
            COVERAGE_FILE=str(Path(measured) / "data"),
            KUNDEN_WHOLE="1" if whole and not options.no_browser else "",
            KUNDEN_NO_BROWSER="1" if options.no_browser else "",
            KUNDEN_TEST_DATABASE=names[0],
            KUNDEN_TEST_DATABASES=",".join(names),
        )
        return subprocess.run(
            [str(workplace.python.python), *words],
            cwd=checkout,
            env=environment,
            preexec_fn=die_with_parent,
        ).returncode


def _paths(words):
    return [word.split("::")[0] for word in words]
