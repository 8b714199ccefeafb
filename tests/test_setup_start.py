"""What the set-up says and does when something is not as it should be; no database is needed."""

import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from kit import archive, core, databases, locks, odoo_source, postgres, serve, testing
from kit.places import Places
from kit.words import SetupError

ROOT = Path(__file__).resolve().parent.parent
FIND = (
    'PATH="{path}" HOME="{home}" PYENV_ROOT= PYTHON="{python}" . "{script}"; echo "$KUNDEN_PYTHON"'
)


def program(folder, name, text):
    """A program of the given name and text in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def find(home, path=Path("/nowhere"), python=""):
    """What interpreter.sh finds on a machine with this home and PATH."""
    script = ROOT / "setup/kit/interpreter.sh"
    words = FIND.format(path=path, home=home, python=python, script=script)
    return subprocess.run(["/bin/sh", "-c", words], capture_output=True, text=True)


def test_a_shim_that_does_not_start_is_passed_over(tmp_path):
    program(tmp_path / "bin", "python3", "echo 'command not found' >&2; exit 127")
    program(tmp_path / "bin", "python3.11", f'exec "{sys.executable}" "$@"')
    assert find(tmp_path, tmp_path / "bin").stdout.strip() == sys.executable


def test_a_python_below_a_pyenv_root_counts(tmp_path):
    program(tmp_path / ".pyenv/versions/3.11.7/bin", "python3", f'exec "{sys.executable}" "$@"')
    assert find(tmp_path).stdout.strip() == sys.executable


def test_without_python_the_remedy_is_named(tmp_path):
    program(tmp_path / "bin", "python3", 'case "$*" in *version_info*) exit 1;; esac')
    found = find(tmp_path, tmp_path / "bin")
    assert found.returncode == 1
    assert "apt install python3" in found.stderr


def test_a_python_named_by_hand_is_the_only_one_tried(tmp_path):
    found = find(tmp_path, Path(sys.executable).parent, python=tmp_path / "none")
    assert found.returncode == 1
    assert "PYTHON=" in found.stderr


def test_a_used_port_is_refused_with_another_one_offered():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupError, match=f"--port {port + 1}"):
            serve._check_port("127.0.0.1", port)


def test_wrong_pg_variables_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PGHOST", str(tmp_path))
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGPASSWORD", "geheim")
    with pytest.raises(SetupError) as failure:
        postgres.OwnServer(tmp_path).start()
    assert "PGPORT=5999" in str(failure.value)
    assert "geheim" not in str(failure.value)
    assert "unset them all" in failure.value.remedy


def test_an_odoo_home_without_odoo_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(SetupError, match="no Odoo 19.0"):
        odoo_source.get(Places(tmp_path, tmp_path, tmp_path))


def test_an_odoo_home_of_the_series_is_taken(monkeypatch, tmp_path):
    release = tmp_path / "odoo" / "release.py"
    release.parent.mkdir()
    release.write_text("version_info = (19, 0, 0, FINAL, 0, '')")
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    assert odoo_source.get(Places(tmp_path, tmp_path, tmp_path)).root == tmp_path


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off", b"text"])
def test_a_broken_archive_is_refused_before_anything_is_touched(tmp_path, content):
    file = tmp_path / "backup.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SetupError, match="cannot be restored"):
        archive._check_archive(file)


def test_an_archive_without_a_database_is_refused(tmp_path):
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("holiday.txt", "sun")
    with pytest.raises(SetupError, match="dump.sql"):
        archive._check_archive(file)


@pytest.mark.parametrize("name", ["1a", "a b", 'a"; drop', "", "ü!"])
def test_a_database_name_that_needs_quoting_is_refused(name):
    with pytest.raises(SetupError):
        databases.check_name(name)


def test_a_lock_ends_with_the_process_that_holds_it(tmp_path):
    hold = (
        "from kit.locks import try_exclusive; import time; h = try_exclusive({!r}); time.sleep(60)"
    )
    lock = str(tmp_path / "lock")
    holder = subprocess.Popen([sys.executable, "-c", hold.format(lock)])
    while (handle := locks.try_exclusive(lock)) is not None:
        os.close(handle)
        time.sleep(0.05)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert locks.try_exclusive(lock) is not None


def test_the_last_user_of_the_server_is_told_so(tmp_path):
    first, second = locks.Shared(tmp_path / "users"), locks.Shared(tmp_path / "users")
    assert first.release() is False
    assert second.release() is True


def test_the_digest_changes_with_a_view_and_not_with_a_test(tmp_path):
    for folder in ("views", "tests"):
        (tmp_path / folder).mkdir()
    before = databases.tree_digest(tmp_path)
    (tmp_path / "tests" / "test_a.py").write_text("1")
    assert databases.tree_digest(tmp_path) == before
    (tmp_path / "views" / "a.xml").write_text("<odoo/>")
    assert databases.tree_digest(tmp_path) != before


def test_words_that_are_not_ours_go_to_pytest(monkeypatch, tmp_path):
    (tmp_path / "test_a.py").write_text("")
    monkeypatch.chdir(tmp_path)
    options = testing.options(["--no-browser", "-k", "name", "test_a.py::test_b"])
    assert options.no_browser
    assert options.pytest == ["-k", "name", f"{tmp_path}/test_a.py::test_b"]


def test_core_tests_are_chosen_by_a_word(tmp_path):
    """Without a word those around contacts; what follows is pytest's."""
    assert testing.options([]).core is None
    assert testing.options(["--core"]).core == "partner"
    assert testing.options(["--core", "-k", "name"]).pytest == ["-k", "name"]
    assert testing.options(["--core", "billing"]).core == "billing"
    assert testing.options(["--core", "--make"]).make
    (tmp_path / "tests").mkdir()
    (tmp_path / "odoo/account/tests").mkdir(parents=True)
    (tmp_path / "tests/core_tests_billing.txt").write_text("# invoicing\naccount/tests\n")
    place = SimpleNamespace(
        places=SimpleNamespace(checkout=tmp_path),
        source=SimpleNamespace(addons_folders=[tmp_path / "odoo"]),
    )
    found = core._files(place, core.LISTS["billing"])
    assert found == [tmp_path / "odoo/account/tests"]


def outcome(tmp_path, bare, ours, again, allowed=""):
    """What the comparison prints and returns for given outcomes."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/core_differences.txt").write_text(allowed)
    place = SimpleNamespace(places=SimpleNamespace(checkout=tmp_path))
    return core._report(bare, ours, again, core._allowed(place))


def test_a_core_test_that_fails_only_with_us_fails_the_comparison(tmp_path, capsys):
    bare, ours = {"a::x": "passed", "a::y": "failed"}, {"a::x": "failed", "a::y": "failed"}
    assert outcome(tmp_path, bare, ours, {"a::x": ("passed", "failed")}) == 1
    assert capsys.readouterr().out.endswith("0 passed, 1 failed\n")


def test_a_core_test_that_fails_alone_on_both_does_not_count(tmp_path, capsys):
    bare, ours = {"a::x": "passed"}, {"a::x": "failed"}
    assert outcome(tmp_path, bare, ours, {"a::x": ("failed", "failed")}) == 0
    assert capsys.readouterr().out.endswith("0 passed, 0 failed\n")


def test_a_listed_difference_is_allowed_with_its_reason(tmp_path, capsys):
    bare, ours = {"a::x": "passed"}, {"a::x": "failed"}
    again = {"a::x": ("passed", "failed")}
    assert outcome(tmp_path, bare, ours, again, "# name\treason\na::x\tthe form asks\n") == 0
    assert "allowed: the form asks" in capsys.readouterr().out


def test_differences_with_rules_in_force_have_a_list_of_their_own(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/core_differences_rules.txt").write_text("a::x\tthe form asks\n")
    place = SimpleNamespace(places=SimpleNamespace(checkout=tmp_path))
    assert core._allowed(place, "rules") == {"a::x": "the form asks"}


def test_a_core_test_that_is_not_run_with_us_fails_the_comparison(tmp_path, capsys):
    assert outcome(tmp_path, {"a::x": "passed", "b::y": "passed"}, {"a::x": "passed"}, {}) == 1
    assert "not run with Kunden-CRM: b::y" in capsys.readouterr().out


def run_pytest(folder, **environment):
    """pytest with our gate on a folder of its own."""
    words = ["-p", "kit.gate", "-p", "no:odoo", "-p", "no:cacheprovider", "-c", "own.ini", "."]
    (folder / "own.ini").write_text("[pytest]\n")
    (folder / ".coveragerc").write_text(
        "[run]\nbranch = true\nparallel = true\nsource = kunden_crm\n"
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=folder,
        env={
            **os.environ,
            "KUNDEN_WHOLE": "",
            "COVERAGE_FILE": str(folder / "data"),
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_a_skipped_test_is_a_failure(tmp_path):
    skips = "skip" + "Test"
    (tmp_path / "test_a.py").write_text(
        "import unittest\nclass T(unittest.TestCase):\n"
        f"    def test_a(self): self.{skips}('no browser')\n"
    )
    done = run_pytest(tmp_path)
    assert done.returncode == 1
    assert "1 failed" in done.stdout.splitlines()[-1]
    assert "no browser" in done.stdout


@pytest.mark.parametrize(("called", "code"), [("both(1) + both(0)", 0), ("both(1)", 1)])
def test_a_kernel_below_its_goal_fails_the_run(tmp_path, called, code):
    kernel = tmp_path / "kunden_crm" / "kernel"
    kernel.mkdir(parents=True)
    (kernel.parent / "__init__.py").touch()
    (kernel / "__init__.py").touch()
    (kernel / "a.py").write_text("def both(x):\n    if x:\n        return 1\n    return 2\n")
    (tmp_path / "test_a.py").write_text(
        "import sys\nsys.path.insert(0, '.')\nfrom kunden_crm.kernel.a import both\n"
        f"def test_a():\n    assert {called}\n"
    )
    done = run_pytest(tmp_path, KUNDEN_WHOLE="1")
    assert done.returncode == code, done.stdout
    assert "1 passed" in done.stdout.splitlines()[-1]
    assert ("MISSED kunden_crm/kernel/*" in done.stdout) == bool(code)
