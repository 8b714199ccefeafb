"""setup/test --core: Odoo's own tests, bare and with our add-ons, and the difference by name."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

from kit import testing
from kit.databases import Databases
from kit.locks import exclusive
from kit.odoo import Odoo
from kit.recipes import Recipes
from kit.shell import die_with_parent
from kit.words import SetupError, say

LEFT_OUT = "not tour and not _ui"
LISTS = {
    "partner": "core_tests.txt",
    "billing": "core_tests_billing.txt",
    "rules": "core_tests.txt",
}
DIFFERENCES = {"rules": "core_differences_rules.txt"}


def make(workplace):
    """Make the two databases, so that they are there when they are compared."""
    with _locked(workplace):
        Recipes(Odoo(workplace), Databases(workplace)).core_pair()
    return 0


def _locked(workplace):
    return exclusive(workplace.places.home / "core.lock", "Core tests: waiting for another run")


def compare(workplace, chosen, words):
    """Run a list of LISTS on both, print the difference; exit code 1 if a name fails only here.

    Both run at the same time: on two cores that takes little longer than one of them.
    """
    databases = Databases(workplace)
    recipes = Recipes(Odoo(workplace), databases)
    with _locked(workplace):
        pair = recipes.core_rules_pair() if chosen == "rules" else recipes.core_pair()
        files = _files(workplace, LISTS[chosen])
        with ThreadPoolExecutor(len(pair)) as both:
            passes = [both.submit(_run, workplace, databases, name, files, words) for name in pair]
        bare, ours = (done.result() for done in passes)
        suspects = sorted(_failed(ours) - _failed(bare))
        again = _run_again(workplace, databases, pair, suspects)
    return _report(bare, ours, again, _allowed(workplace, chosen))


def _files(workplace, name):
    """The files of a list in the folder tests, in the source at hand."""
    listed = (workplace.places.checkout / "tests" / name).read_text().splitlines()
    names = [line.strip() for line in listed if line.strip() and not line.startswith("#")]
    found, missing = [], []
    for name in names:
        paths = [folder / name for folder in workplace.source.addons_folders]
        path = next((path for path in paths if path.exists()), None)
        (found if path else missing).append(path or name)
    if missing:
        raise SetupError(
            "Odoo's own tests cannot be run.",
            f"this source has no {', '.join(missing)}",
            "use another source of Odoo 19.0 (ODOO_HOME)",
        )
    return found


def _run(workplace, databases, template, files, words=(), label=""):
    """The outcome of each test on a copy of a template, as a dict from name to outcome."""
    say(f"Core tests: {template}{label}, {len(files)} files or tests")
    record = workplace.places.logs / f"{template}{label}.json"
    record.unlink(missing_ok=True)
    empty = workplace.places.home / "core-pytest.ini"
    empty.write_text("[pytest]\n")
    with testing.scratch(workplace, databases, template) as database:
        command = [
            str(workplace.python.python),
            *("-m", "pytest", "-p", "kit.record", "-p", "no:cacheprovider", "-q"),
            *("-c", str(empty), "--rootdir", str(workplace.source.root), "-k", LEFT_OUT),
            *("--odoo-database", database, "--odoo-http"),
            *("--odoo-extra", f"db-filter=^{database}$"),
            *words,
            *map(str, files),
        ]
        log = workplace.places.logs / f"{template}{label}.log"
        with open(log, "wb") as output:
            subprocess.run(
                command,
                cwd=workplace.places.home,
                env=workplace.environment(KUNDEN_RECORD=str(record)),
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
    if not record.is_file():
        raise SetupError(
            f"{template}: the tests did not run to their end.", f"see {log}", "mend it"
        )
    say(f"Core tests: {template}{label}: pytest's output is in {log}")
    outcomes = json.loads(record.read_text())
    if "passed" not in outcomes.values() and not label:
        raise SetupError(f"{template}: not one test has passed.", f"see {log}", "mend it")
    return outcomes


def _failed(outcomes):
    return {name for name, outcome in outcomes.items() if outcome == "failed"}


def _run_again(workplace, databases, pair, suspects):
    """Names that failed only with us, each once more alone on both: name to both outcomes."""
    tests = sorted({name.split(" (")[0] for name in suspects})
    results = {}
    for test in tests:
        paths = [folder / test for folder in workplace.source.addons_folders]
        path = next(p for p in paths if p.with_name(p.name.split("::")[0]).exists())
        runs = [_run(workplace, databases, name, [path], label="_alone") for name in pair]
        for name in suspects:
            if name.split(" (")[0] == test:
                results[name] = tuple(
                    "failed" if name in _failed(run) else "passed" for run in runs
                )
    return results


def _allowed(workplace, chosen="partner"):
    """The names that may differ in this list, with their reasons."""
    name = DIFFERENCES.get(chosen, "core_differences.txt")
    lines = (workplace.places.checkout / "tests" / name).read_text().splitlines()
    rows = [line.split("\t", 1) for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: (row[1:] or ["no reason is given"])[0] for row in rows}


def _report(bare, ours, again, allowed):
    """Print the difference by name; the last line is "N passed, N failed"."""
    print(f"bare: {len(bare)} tests, {len(_failed(bare))} failed")
    print(f"with Kunden-CRM: {len(ours)} tests, {len(_failed(ours))} failed")
    for name in sorted(_failed(bare) - _failed(ours)):
        print(f"failed only bare: {name}")
    lost = sorted(name for name in set(bare) - set(ours) if " (" not in name)
    for name in lost:
        print(f"not run with Kunden-CRM: {name}")
    new = list(lost)
    for name, (alone_bare, alone_ours) in sorted(again.items()):
        counts = alone_ours == "failed" and alone_bare == "passed"
        reason = f"; allowed: {allowed[name]}" if name in allowed else ""
        alone = f"alone: bare {alone_bare}, with us {alone_ours}{reason}"
        print(f"failed only with Kunden-CRM: {name}; {alone}")
        if counts and name not in allowed:
            new.append(name)
    passed = sum(outcome == "passed" for outcome in ours.values())
    print(f"{passed} passed, {len(new)} failed")
    return 1 if new else 0
