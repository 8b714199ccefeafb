"""setup/backup and setup/restore: database and file store in one archive, Odoo's own format."""

import os
import zipfile
from pathlib import Path

from kit.databases import Databases, check_name
from kit.locks import try_exclusive
from kit.odoo import Odoo
from kit.words import SetupError, say


def backup(workplace, options):
    """Write the archive; a file that is there already is only replaced with --force."""
    file = Path(options.file).absolute()
    if file.exists() and not options.force:
        raise SetupError(f"{file} exists.", "a backup is not replaced unasked", "add --force")
    if not file.parent.is_dir():
        raise SetupError(f"{file} cannot be written.", "there is no such folder", "make it first")
    if not Databases(workplace).exists(options.db):
        raise SetupError(f"There is no database {options.db}.", "nothing to back up", "see --db")
    say(f"{options.db}: writing {file}")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        Odoo(workplace).run("db", "dump", options.db, part, what="The backup failed.")
        part.chmod(0o600)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    print(f"{file}: {file.stat().st_size / 1024**2:.1f} MB")


def restore(workplace, options):
    """Read the archive into the database; what stood there is kept under another name."""
    file = Path(options.file).absolute()
    name = check_name(options.db)
    _check_archive(file)
    databases = Databases(workplace)
    if try_exclusive(workplace.places.home / f"run-{name}.lock") is None:
        cause = "setup/run is serving it"
        raise SetupError(f"{name} cannot be replaced.", cause, "end it with Ctrl-C first")
    fresh, kept = f"{name}.new", f"{name}.before_restore"
    databases.drop(fresh)
    say(f"{name}: reading {file}")
    Odoo(workplace).run("db", "load", fresh, file, what=f"{file} could not be restored.")
    users = databases.ask("select count(*) from res_users", database=fresh)
    if not users or int(users) == 0:
        cause = "the archive's database has no users"
        raise SetupError(f"{file} could not be restored.", cause, "take another backup")
    if databases.exists(name):
        databases.drop(kept)
        databases.rename(name, kept)
        say(f"{name}: what stood here before is kept as {kept}")
    databases.rename(fresh, name)
    print(f"{name} is restored from {file}")


def _check_archive(file):
    """Refuse what is no backup before anything is touched."""
    what, remedy = f"{file} cannot be restored.", "name an archive that setup/backup wrote"
    if not file.is_file():
        raise SetupError(what, "there is no such file", remedy)
    if not zipfile.is_zipfile(file):
        raise SetupError(what, "it is no archive, or only a part of one", remedy)
    with zipfile.ZipFile(file) as archive:
        if "dump.sql" not in archive.namelist():
            raise SetupError(what, "it holds no database (dump.sql)", remedy)
        broken = archive.testzip()
    if broken:
        raise SetupError(what, f"{broken} in it is damaged", remedy)
