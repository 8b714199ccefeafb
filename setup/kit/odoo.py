"""Run Odoo in the workplace."""

from kit.places import ADDONS
from kit.shell import run

REMEDY = "read the log named above; setup/run --reset builds the database anew"

CONFIG = """\
; Written by setup/; changes are lost.
[options]
addons_path = {addons_path}
data_dir = {data_dir}
http_interface = 127.0.0.1
list_db = False
"""


class Odoo:
    """Odoo's sub-commands with our configuration; `database` is the default of each."""

    def __init__(self, workplace):
        self.workplace = workplace
        self.places = workplace.places
        config = CONFIG.format(addons_path=self.places.checkout, data_dir=self.places.data)
        file = self.places.home / "odoo.conf"
        if not file.is_file() or file.read_text() != config:
            file.write_text(config)

    def command(self, *words):
        """The command line that starts Odoo."""
        return [str(self.workplace.python.python), "-m", "odoo", *map(str, words)]

    def run(self, *words, what, **options):
        """Run a sub-command to its end, its output in logs/odoo.log; SetupError if it fails."""
        # Building need not wait for the disk at each step: what counts is marked at the end.
        environment = self.workplace.environment(PGOPTIONS="-c synchronous_commit=off")
        log = self.places.logs / "odoo.log"
        run(
            self.command(*words),
            what,
            REMEDY,
            log,
            **{"env": environment, **options},
            cwd=self.places.home,
        )

    def install(self, database, modules):
        """Install add-ons, or bring installed ones up to date."""
        self._server(database, "-i", modules, f"{database}: the add-ons could not be installed.")

    def update(self, database, modules=ADDONS):
        """Read code, data, views and translations of installed add-ons again."""
        self._server(database, "-u", modules, f"{database}: the add-ons could not be updated.")

    def _server(self, database, option, modules, what):
        self.run(
            "server",
            "-d",
            database,
            option,
            ",".join(modules),
            "--stop-after-init",
            "--no-http",
            what=what,
        )

    def script(self, database, name, what):
        """Run the file `name` of setup/scripts in Odoo's shell; `env` is at hand there."""
        with open(self.places.checkout / "setup" / "scripts" / name, "rb") as script:
            self.run("shell", "-d", database, "--no-http", what=what, stdin=script)
