"""Where everything lies."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ADDONS = ("kunden_crm", "kunden_crm_marketing")


def is_root():
    """Whether this process may do everything; PostgreSQL refuses to serve such a user."""
    return os.geteuid() == 0


@dataclass(frozen=True)
class Places:
    """The folders of one checkout: all that is made lies in `home`, downloads in `cache`."""

    checkout: Path
    home: Path
    cache: Path

    @classmethod
    def of_checkout(cls):
        checkout = Path(__file__).resolve().parents[2]
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return cls(checkout, checkout / ".kunden", caches / "kunden-crm")

    @property
    def logs(self):
        return self.home / "logs"

    @property
    def data(self):
        """Odoo's data folder: file store and sessions."""
        return self.home / "data"

    @property
    def binaries(self):
        """Programs that go first on PATH."""
        return self.home / "bin"

    @property
    def mark(self):
        """Twelve letters that tell this checkout from another one."""
        return hashlib.sha256(str(self.checkout).encode()).hexdigest()[:12]

    def make(self):
        """Make the folders; readable by their owner only."""
        for folder in (self.home, self.logs, self.data, self.binaries, self.cache):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
