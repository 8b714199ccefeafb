"""Make, copy, rename and drop databases with their file stores; know what state they are in.

The comment on a database says from which code it was made (a digest). A database is made under
another name and renamed at the end: a name without ".new" is whole.
"""

import hashlib
import os
import shutil

from kit.places import ADDONS
from kit.shell import answer, run
from kit.words import SetupError, say

# Code of models, data, views and translations; the rest of an add-on does not reach the database.
IGNORED = {"tests", "static", "kernel", "readme", "__pycache__", "controllers"}
# Somebody may connect between the end of all sessions and the end of the database.
TRIES = 3


def digest(*parts):
    """A short mark of texts."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def tree_digest(*folders):
    """A mark of the files below folders that a database is made from."""
    mark = hashlib.sha256()
    for folder in folders:
        for base, names, files in os.walk(folder):
            names[:] = sorted(set(names) - IGNORED)
            for name in sorted(files):
                if not name.endswith((".pyc", ".pot")):
                    path = os.path.join(base, name)
                    mark.update(os.path.relpath(path, folder).encode())
                    with open(path, "rb") as file:
                        mark.update(file.read())
    return mark.hexdigest()[:16]


class Databases:
    """The databases of one server."""

    def __init__(self, workplace):
        self.workplace = workplace
        self.places = workplace.places

    def _psql(self, *words):
        return [self.workplace.server.tools / "psql", "-XAtwq", *words]

    def ask(self, statement, database="postgres"):
        """The answer to one statement as text, or None where it fails."""
        psql = self._psql("-d", database, "-c", statement)
        return answer(psql, env=self.workplace.environment())

    def tell(self, statement, what, database="postgres"):
        """Run one statement; SetupError if it fails."""
        run(
            self._psql("-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement),
            what,
            "is another program using the database? End it and start again",
            self.places.logs / "postgres.log",
            env=self.workplace.environment(),
        )

    def names(self):
        """The names of all databases."""
        return (self.ask("select datname from pg_database") or "").splitlines()

    def exists(self, name):
        return name in self.names()

    def mark(self, name):
        """The digest that the database was made from, or ""."""
        return self.ask(
            "select shobj_description(oid, 'pg_database') from pg_database"
            f" where datname = '{name}'"
        )

    def set_mark(self, name, mark):
        """Note on the database what it was made from."""
        self.tell(f"comment on database \"{name}\" is '{mark}'", f"{name} could not be marked.")

    def filestore(self, name):
        return self.places.data / "filestore" / name

    def drop(self, name):
        """Drop a database and its file store, also while somebody is connected.

        Not `with (force)`: while autovacuum works there, whose process belongs to the superuser,
        PostgreSQL refuses that to an ordinary role. The plain statement ends autovacuum itself.
        """
        sessions = (
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            f" where datname = '{name}' and usename = current_user"
        )
        for _try in range(TRIES):
            self.ask(sessions)
            if self.ask(f'drop database if exists "{name}"') is not None:
                break
        else:
            self.tell(f'drop database if exists "{name}"', f"{name} could not be dropped.")
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def rename(self, old, new):
        """Rename a database and its file store."""
        if self.filestore(old).is_dir():
            self.filestore(old).rename(self.filestore(new))
        self.tell(f'alter database "{old}" rename to "{new}"', f"{old} could not be renamed.")

    def copy(self, origin, name):
        """A copy with its file store; attachments are never rewritten, so links will do."""
        self.drop(name)
        self.tell(f'create database "{name}" template "{origin}"', f"{origin} could not be copied.")
        if self.filestore(origin).is_dir():
            shutil.copytree(self.filestore(origin), self.filestore(name), copy_function=os.link)

    def build(self, name, mark, make):
        """Make the database `name` by `make(fresh_name)` unless it is there with this mark."""
        if self.exists(name) and self.mark(name) == mark:
            return
        fresh = f"{name}.new"
        self.drop(fresh)
        make(fresh)
        self.drop(name)
        self.set_mark(fresh, mark)
        self.rename(fresh, name)

    def installed(self, name):
        """Which of our add-ons the database has."""
        listed = self.ask(
            "select name from ir_module_module where state = 'installed'", database=name
        )
        return [addon for addon in ADDONS if addon in (listed or "").splitlines()]


def check_name(name):
    """A database's name, if it is one that needs no quoting anywhere."""
    if not name.replace("_", "a").replace("-", "a").isalnum() or not name[0].isalpha():
        raise SetupError(
            f"{name!r} cannot be a database's name.",
            "letters, digits, - and _ only, a letter first",
            "choose another name",
        )
    return name


def say_building(name, what):
    """One line before minutes pass."""
    say(f"{name}: {what}")
