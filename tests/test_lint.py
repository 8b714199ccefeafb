"""ruff and pylint-odoo find nothing; the same hooks that pre-commit runs."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]


def test_every_hook_is_local():
    assert [repo["repo"] for repo in HOOKS] == ["local"]


@pytest.mark.parametrize("hook", HOOKS[0]["hooks"], ids=lambda hook: hook["id"])
def test_hook_finds_nothing(hook):
    program, *words = hook["entry"].split()
    files = [] if hook.get("pass_filenames") is False else ["."]
    found = subprocess.run(
        [sys.executable, "-m", program, *words, *files], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout + found.stderr
