"""The virtual environment: one per Python version, every package pinned in requirements.txt."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from kit import debian
from kit.shell import answer, run
from kit.words import SetupError, say

NETWORK = "check the network and start again: what was downloaded is kept"


class PythonEnv:
    """The environment `.kunden/venv-3.x`; it counts only when its stamp equals the requirements."""

    def __init__(self, places):
        self.places = places
        self.folder = places.home / f"venv-{sys.version_info.major}.{sys.version_info.minor}"
        self.python = self.folder / "bin" / "python"
        self.requirements = places.checkout / "setup" / "requirements.txt"
        self._stamp = self.folder / "complete"

    @property
    def bin(self):
        return self.folder / "bin"

    @property
    def site_packages(self):
        return (
            self.folder
            / "lib"
            / f"python{sys.version_info.major}.{sys.version_info.minor}"
            / "site-packages"
        )

    def _wanted(self):
        """What the stamp must say: these requirements for this very interpreter."""
        text = self.requirements.read_bytes() + sys.version.encode() + str(self.folder).encode()
        return hashlib.sha256(text).hexdigest()

    def make(self):
        """Build the environment unless it is complete; a half-made one is thrown away."""
        complete = self._stamp.is_file() and self._stamp.read_text() == self._wanted()
        if complete and answer([self.python, "-c", "pass"]) is not None:
            return
        say(f"Python packages: building {self.folder.name} (about a minute)")
        shutil.rmtree(self.folder, ignore_errors=True)
        log = self.places.logs / "python.log"
        self._make_empty(log)
        run(
            [*self.pip, "install", "--no-deps", "-r", self.requirements],
            "The Python packages could not be installed.",
            NETWORK,
            log,
        )
        self._stamp.write_text(self._wanted())

    @property
    def pip(self):
        return [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input"]

    def _make_empty(self, log):
        """An environment with pip; Debian's Python has no ensurepip, there pip comes as a wheel."""
        base = [sys.executable, "-m", "venv"]
        what = "The virtual environment could not be made."
        remedy = "install Python's venv module (Debian/Ubuntu: apt install python3-venv)"
        if answer([sys.executable, "-c", "import ensurepip"]) is not None:
            run([*base, self.folder], what, remedy, log)
            return
        run([*base, "--without-pip", self.folder], what, remedy, log)
        wheel = self._debian_pip(log, remedy)
        run(
            [self.python, wheel / "pip", "install", "--no-index", wheel],
            "pip could not be put into the virtual environment.",
            remedy,
            log,
        )

    def _debian_pip(self, log, remedy):
        """The pip wheel of Debian's package python3-pip-whl, taken apart privately."""
        root = self.places.home / "pip"
        debian.fetch(self.places, ["python3-pip-whl"], root, log)
        wheels = sorted(root.glob("usr/share/python-wheels/pip-*.whl"))
        if not wheels:
            raise SetupError("There is no pip.", "python3-pip-whl holds no wheel", remedy)
        return wheels[-1]

    def link_source(self, source):
        """Put Odoo's source on the environment's path."""
        line = self.site_packages / "odoo-source.pth"
        wanted = f"{source}\n"
        if not line.is_file() or line.read_text() != wanted:
            fresh = line.with_suffix(f".{os.getpid()}")
            fresh.write_text(wanted)
            Path(fresh).replace(line)
