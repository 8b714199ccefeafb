"""Debian packages without root: apt with lists, cache and sources of its own, then dpkg -x.

The machine's own apt configuration says which mirror it uses; signatures are checked by the
Debian keyring that is installed. Nothing of the machine is changed.
"""

import shutil
import time
from pathlib import Path

from kit.shell import answer, run
from kit.words import SetupError

KEYRINGS = Path("/usr/share/keyrings")
COMPONENTS = "main"
DAY = 24 * 3600
REMEDY = "check the network and start again: what was downloaded is kept"


class Apt:
    """apt-get on private folders, for one suite ("sid" or the machine's own)."""

    def __init__(self, places, suite):
        self.places = places
        self.suite = suite
        self.folder = places.cache / "apt" / suite
        self.log = places.logs / "debian.log"

    def _options(self):
        pairs = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "root",
            "Acquire::Retries": "3",
        }
        return [word for key, value in pairs.items() for word in ("-o", f"{key}={value}")]

    def update(self):
        """Fetch the signed index, unless it is younger than a day."""
        stamp = self.folder / "updated"
        line = f"deb [signed-by={keyring()}] {mirror()} {self.suite} {COMPONENTS}\n"
        sources = self.folder / "sources.list"
        fresh = stamp.is_file() and time.time() - stamp.stat().st_mtime < DAY
        if fresh and sources.is_file() and sources.read_text() == line:
            return
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        sources.write_text(line)
        run(
            # Any error counts: without it apt keeps an old index and says so only in passing.
            ["apt-get", *self._options(), "-o", "APT::Update::Error-Mode=any", "update"],
            f"The list of Debian packages ({self.suite}) could not be fetched.",
            REMEDY,
            self.log,
        )
        stamp.touch()

    def download(self, packages):
        """The packages' files, checked against the signed index; those at hand are not fetched."""
        self.update()
        folder = self.folder / "packages"
        folder.mkdir(exist_ok=True)
        run(
            ["apt-get", *self._options(), "download", *packages],
            f"These Debian packages could not be fetched: {', '.join(packages)}.",
            REMEDY,
            self.log,
            cwd=folder,
        )
        return [self._newest(folder, package) for package in packages]

    @staticmethod
    def _newest(folder, package):
        return max(folder.glob(f"{package}_*.deb"), key=lambda file: file.stat().st_mtime)

    def version(self, package):
        """The version that the index offers, or None."""
        self.update()
        shown = answer(["apt-cache", *self._options(), "policy", package]) or ""
        for line in shown.splitlines():
            if line.strip().startswith("Candidate:"):
                return line.split(":", 1)[1].strip()
        return None


def _os_release(key):
    """One value of /etc/os-release, such as "bookworm" for VERSION_CODENAME."""
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get(key, "").strip('"')


def own_suite():
    """The machine's own suite, such as "bookworm"."""
    return _os_release("VERSION_CODENAME") or "stable"


def keyring():
    """The keyring of the machine's own distribution."""
    return KEYRINGS / f"{_os_release('ID') or 'debian'}-archive-keyring.gpg"


def can_offer(suite):
    """Whether packages of `suite` can be had here: sid is Debian's alone."""
    has_tools = shutil.which("apt-get") and shutil.which("dpkg") and keyring().is_file()
    return bool(has_tools) and (suite != "sid" or _os_release("ID") == "debian")


def mirror():
    """The mirror that this machine's own apt configuration names for its own suite.

    The index says where a target comes from; before the first `apt-get update` of the machine
    only the name of the suite is known.
    """
    form = "$(SITE)\t$(RELEASE)\t$(ORIGIN)"
    targets = answer(["apt-get", "indextargets", "--format", form]) or ""
    for line in targets.splitlines():
        site, release, origin = line.split("\t")
        if origin in ("Debian", "Ubuntu") or release == own_suite():
            return site
    raise SetupError(
        "The Debian packages cannot be had.",
        f"apt's configuration names no mirror for {own_suite()}",
        "see to /etc/apt/sources.list, or give Odoo 19.0 by ODOO_HOME",
    )


def fetch(places, packages, root, log, suite=None):
    """Download `packages` of a suite (default: the machine's own) and unpack them into `root`."""
    files = Apt(places, suite or own_suite()).download(packages)
    root.mkdir(parents=True, exist_ok=True)
    for file in files:
        run(
            ["dpkg", "-x", file, root],
            f"{file.name} could not be unpacked.",
            f"remove {file} and start again; is the disk full?",
            log,
        )
    return files
