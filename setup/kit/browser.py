"""Chromium for the browser tests: Odoo's test runner skips them silently where it is missing."""

import shutil

from kit.places import is_root
from kit.shell import run
from kit.words import SetupError, say

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
INSTALL = "apt-get install --yes --no-install-recommends chromium"


def ensure(places):
    """Install Chromium when it is missing and we may, else say what to type."""
    if any(shutil.which(name) for name in NAMES):
        return
    what = "There is no Chromium, and the browser tests need it."
    if not is_root() or not shutil.which("apt-get"):
        raise SetupError(
            what, "only root may install it", f"sudo {INSTALL}   (or: setup/test --no-browser)"
        )
    say("Browser: installing Chromium")
    log = places.logs / "browser.log"
    remedy = f"type: {INSTALL}   (or: setup/test --no-browser)"
    run(["apt-get", "update"], what, remedy, log)
    run(INSTALL.split(), what, remedy, log)
