"""All that a command needs, made when it is missing: packages, source, printer, server."""

import os
import shutil
import signal
from contextlib import contextmanager

from kit import odoo_source, pdf, postgres
from kit.locks import exclusive
from kit.places import Places
from kit.python_env import PythonEnv
from kit.words import SetupError, say

NEEDED_BYTES = 4 * 1024**3


class Workplace:
    """What is made: `python`, `source`, `server`; and `environment` for every program started."""

    def __init__(self, places):
        self.places = places
        self.python = PythonEnv(places)
        self.source = None
        self.server = None

    def make(self):
        """Make what is missing; quick when nothing is."""
        self._check_room()
        self.places.make()
        waiting = "Set-up: waiting for another start to finish its set-up"
        with exclusive(self.places.home / "setup.lock", waiting):
            self.python.make()
            self.source = odoo_source.get(self.places)
            self.python.link_source(self.source.root)
            pdf.make(self.places, self.python.bin)
        self.server = postgres.open_server(self.places, self.python.site_packages)

    def _check_room(self):
        """Refuse early where the disk is too full for a set-up or the folder is not ours."""
        checkout = self.places.checkout
        if not os.access(self.places.home if self.places.home.exists() else checkout, os.W_OK):
            raise SetupError(
                f"{self.places.home} cannot be written.",
                "it belongs to another user",
                "work as that user, or make a checkout of your own",
            )
        free = shutil.disk_usage(checkout).free
        if free < NEEDED_BYTES and not self.python.folder.exists():
            raise SetupError(
                "The disk is too full.",
                f"{free / 1024**3:.1f} GB are free, a set-up takes 4 GB",
                "make room and start again",
            )

    def environment(self, **more):
        """Variables for every program: our tools first on PATH, the server's PG* variables."""
        environment = self.server.environment()
        path = [self.places.binaries, self.python.bin, self.server.tools, environment["PATH"]]
        environment |= {
            "PATH": ":".join(map(str, path)),
            "PYTHONPATH": str(self.places.checkout / "setup"),
            "PYTHONUNBUFFERED": "1",
            "ODOO_RC": str(self.places.home / "odoo.conf"),
            **more,
        }
        environment.pop("VIRTUAL_ENV", None)
        return environment


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


@contextmanager
def opened():
    """A workplace whose server runs; the server stops at the end if nobody else uses it."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    workplace = Workplace(Places.of_checkout())
    workplace.make()
    try:
        workplace.server.start()
        yield workplace
    finally:
        _undisturbed(workplace.server.stop)


def _undisturbed(act):
    """Do the last thing even if Ctrl-C is pressed again."""
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    for name in before:
        signal.signal(name, signal.SIG_IGN)
    try:
        act()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def complain_about_room(error):
    """An OSError in the words of the set-up."""
    say(f"The set-up stopped: {error}\n  Remedy: if the disk is full, make room; then start again")
