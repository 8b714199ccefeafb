"""The command line of setup/run, setup/test, setup/odoo, setup/backup and setup/restore."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from kit import archive, serve, testing, workplace  # noqa: E402
from kit.databases import Databases  # noqa: E402
from kit.odoo import Odoo  # noqa: E402
from kit.words import SetupError, say  # noqa: E402

DATABASE = "kunden"


def _run_options(words):
    parser = argparse.ArgumentParser(
        prog="setup/run", description="Start Kunden-CRM; on the first start, make all it needs."
    )
    parser.add_argument("--port", type=int, default=8069, help="default 8069")
    parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: this machine only")
    parser.add_argument("--db", default=DATABASE, help=f"name of the database, default {DATABASE}")
    parser.add_argument("--no-demo", action="store_true", help="a new database without demo data")
    parser.add_argument("--reset", action="store_true", help="throw the database away first")
    return parser.parse_args(words)


def _archive_options(name, description):
    def options(words):
        parser = argparse.ArgumentParser(prog=f"setup/{name}", description=description)
        parser.add_argument("file", help="the archive")
        parser.add_argument("--db", default=DATABASE, help=f"default {DATABASE}")
        if name == "backup":
            parser.add_argument("--force", action="store_true", help="replace an older archive")
        return parser.parse_args(words)

    return options


def _any_odoo(place, words):
    """setup/odoo: any sub-command, on the database `kunden` unless another is named."""
    named = any(word.startswith(("-d", "--database")) for word in words)
    odoo = Odoo(place)
    if not named and words[:1] not in ([], ["db"], ["help"]):
        serve.ensure(place, Databases(place), odoo, DATABASE)
    environment = place.environment(**({} if named else {"PGDATABASE": DATABASE}))
    return subprocess.call(odoo.command(*words), env=environment)


COMMANDS = {
    "run": (_run_options, serve.serve),
    "test": (testing.options, testing.test),
    "odoo": (list, _any_odoo),
    "backup": (
        _archive_options("backup", "Write database and files into an archive."),
        archive.backup,
    ),
    "restore": (
        _archive_options("restore", "Read database and files from an archive."),
        archive.restore,
    ),
}


def main(name, words):
    """Run one command; the exit code is 0, its own, 1 after a failure, 130 after Ctrl-C."""
    read_options, act = COMMANDS[name]
    options = read_options(words)
    try:
        with workplace.opened() as place:
            return act(place, options) or 0
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:
        workplace.complain_about_room(error)
        return 1
    except KeyboardInterrupt:
        say("ended by Ctrl-C; the next start goes on from here")
        return 130


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
