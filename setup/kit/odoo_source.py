"""Odoo 19.0: the user's own (ODOO_HOME), from git, or from Debian's package, in this order."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kit import debian
from kit.shell import answer, run
from kit.words import SetupError, say

SERIES = "19.0"
GIT = "https://github.com/odoo/odoo"
GIT_TRIAL_SECONDS = 10
FROM_SID = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)
FROM_OWN_SUITE = ("fonts-font-awesome", "fonts-inconsolata")
# Debian leaves this file out, but the web client's asset bundle names it; without it browser
# tests stop at an error of the console. Only the blurred background in video calls needs it.
LEFT_OUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
REMEDY = "start again: what was downloaded is kept; or give an Odoo 19.0 by ODOO_HOME"


@dataclass(frozen=True)
class Source:
    """`root` goes on Python's path and holds `odoo/`; `stamp` changes when the code does."""

    root: Path
    stamp: str

    @property
    def addons_folders(self):
        """Every folder of core add-ons."""
        return [path for path in (self.root / "odoo/addons", self.root / "addons") if path.is_dir()]


def get(places):
    """The source, made if need be.

    Raises SetupError when neither git nor Debian's package can be had.
    """
    own = os.environ.get("ODOO_HOME")
    if own:
        return _own(Path(own).expanduser().resolve())
    for folder, stamp_of in (("odoo-git", _git_stamp), ("odoo-debian", _debian_stamp)):
        root = places.home / folder
        if (root / "complete").is_file():
            return stamp_of(root)
    if _try_git(places):
        return _git_stamp(places.home / "odoo-git")
    return _from_debian(places)


def _own(root):
    """The user's own source, if it is one of the right series."""
    release = root / "odoo" / "release.py"
    text = release.read_text() if release.is_file() else ""
    found = re.search(r"version_info = \((\d+), (\d+)", text)
    if not found or ".".join(found.groups()) != SERIES:
        raise SetupError(
            f"ODOO_HOME={root} cannot be used.",
            f"there is no Odoo {SERIES} in it (odoo/release.py)",
            f"set ODOO_HOME to a checkout of Odoo {SERIES}, or unset it",
        )
    head = answer(["git", "-C", root, "rev-parse", "HEAD"])
    return Source(root, f"own {root} {head or release.stat().st_mtime_ns}")


def _git_stamp(root):
    head = answer(["git", "-C", root, "rev-parse", "HEAD"])
    return Source(root, f"git {head}")


def _debian_stamp(root):
    return Source(root / "usr/lib/python3/dist-packages", (root / "complete").read_text())


def _try_git(places):
    """Clone by git; False where git or the server cannot be reached within the time of trial."""
    if not shutil.which("git"):
        say("Odoo: there is no git here, trying Debian's package")
        return False
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"}
    say(f"Odoo: trying git (at most {GIT_TRIAL_SECONDS} s)")
    trial = ["git", "ls-remote", "--exit-code", "--heads", GIT, SERIES]
    if answer(trial, env=quiet, timeout=GIT_TRIAL_SECONDS) is None:
        say("Odoo: git's server cannot be reached, trying Debian's package")
        return False
    say("Odoo: cloning by git (some minutes)")
    root, fresh = places.home / "odoo-git", places.home / "odoo-git.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        run(
            ["git", "clone", "--depth", "1", "--branch", SERIES, GIT, fresh],
            "Odoo could not be cloned by git.",
            REMEDY,
            places.logs / "odoo.log",
            env=quiet,
        )
    except SetupError as error:
        say(f"{error}\n  Trying Debian's package instead.")
        return False
    (fresh / "complete").write_text("git")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    return True


def _from_debian(places):
    """Unpack Debian's package and the ones its links lead to."""
    if not debian.can_offer("sid"):
        raise SetupError(
            "Odoo 19.0 cannot be had.",
            "git's server cannot be reached, and Debian's package needs Debian's apt and keyring",
            "see that github.com can be reached, or give an Odoo 19.0 by ODOO_HOME",
        )
    say("Odoo: fetching Debian's package (123 MB) and unpacking it")
    root, fresh = places.home / "odoo-debian", places.home / "odoo-debian.new"
    shutil.rmtree(fresh, ignore_errors=True)
    log = places.logs / "odoo.log"
    files = debian.fetch(places, FROM_SID, fresh, log, suite="sid")
    files += debian.fetch(places, FROM_OWN_SUITE, fresh, log)
    _heal(fresh)
    stamp = " ".join(file.name for file in files)
    (fresh / "complete").write_text(f"debian {stamp}")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    return _debian_stamp(root)


def _heal(root):
    """Check that no link leads nowhere, and stand in for the file that Debian leaves out."""
    dangling = subprocess.run(
        ["find", "-L", root, "-type", "l"], capture_output=True, text=True, check=True
    ).stdout.split()
    if dangling:
        raise SetupError(
            "Debian's package of Odoo is not whole.",
            f"{len(dangling)} links lead nowhere, the first is {dangling[0]}",
            "give an Odoo 19.0 by ODOO_HOME",
        )
    left_out = root / "usr/lib/python3/dist-packages/odoo" / LEFT_OUT
    if not left_out.exists():
        left_out.parent.mkdir(parents=True, exist_ok=True)
        left_out.write_text("/* Not part of Debian's package: no blurred background in calls. */\n")
