"""Backup and restore, uninstalling and installing again: on databases of their own."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import place
import pytest
from kit.places import ADDONS

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "kunden_test_template"
TROUBLE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) .*", re.M)
# Odoo warns of this on every start by root; it has nothing to do with the add-ons.
NOT_OURS = ("Running as user 'root'",)


def setup(command, *words):
    """Run one of the commands and return what it did."""
    return subprocess.run(
        [str(ROOT / "setup" / command), *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHON": sys.executable},
    )


@pytest.fixture
def database():
    """A name for a database of this test; what it makes is dropped afterwards."""
    _workplace, databases, _odoo = place.tools()
    name = f"kunden_test_own_{os.getpid()}"
    yield name
    for made in databases.names():
        if made.startswith(name):
            databases.drop(made)


def contents(databases, name):
    """The number of rows of every table, and the file store's files."""
    tables = databases.ask(
        "select tablename from pg_tables where schemaname = 'public' order by 1", database=name
    ).split()
    counts = " union all ".join(f"select '{table}', count(*) from \"{table}\"" for table in tables)
    files = databases.filestore(name)
    stored = sorted(str(file.relative_to(files)) for file in files.rglob("*") if file.is_file())
    return databases.ask(f"{counts} order by 1", database=name), stored


def test_a_backup_comes_back_whole(database, tmp_path):
    _workplace, databases, _odoo = place.tools()
    databases.copy(TEMPLATE, database)
    before = contents(databases, database)
    file = tmp_path / "kunden.zip"

    assert setup("backup", str(file), "--db", database).returncode == 0
    again = setup("backup", str(file), "--db", database)
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert file.stat().st_mode & 0o077 == 0
    assert "dump.sql" in zipfile.ZipFile(file).namelist()

    databases.tell("update res_partner set name = 'lost'", "no update", database=database)
    restored = setup("restore", str(file), "--db", database)
    assert restored.returncode == 0, restored.stderr
    assert contents(databases, database) == before
    assert (
        databases.ask("select count(*) from res_partner where name = 'lost'", database=database)
        == "0"
    )
    kept = f"{database}.before_restore"
    assert (
        databases.ask("select count(*) from res_partner where name <> 'lost'", database=kept) == "0"
    )


def troubles(log, start):
    """The warnings and errors that Odoo has logged since a position of its log."""
    text = log.read_bytes()[start:].decode()
    return [
        found.group()
        for found in TROUBLE.finditer(text)
        if not any(words in found.group() for words in NOT_OURS)
    ]


UNINSTALL = """
pets = env["kunden.field"].create({{"name": "Haustiere", "field_type": "many2many"}})
dog = env["kunden.field.option"].create({{"name": "Hund", "catalogue_id": pets.id}})
env["res.partner"].create({{"name": "Eva Muster", pets.technical_name: dog.ids}})
env["ir.module.module"].search([("name", "in", {addons})]).button_immediate_uninstall()
"""


def test_uninstalling_installing_and_updating_leave_no_trouble(database, tmp_path):
    workplace, databases, odoo = place.tools()
    log = workplace.places.logs / "odoo.log"
    databases.copy(TEMPLATE, database)
    start = log.stat().st_size

    odoo.update(database)
    script = tmp_path / "uninstall.py"
    script.write_text(UNINSTALL.format(addons=list(ADDONS)))
    with open(script, "rb") as text:
        odoo.run("shell", "-d", database, "--no-http", what="not uninstalled", stdin=text)
    assert databases.installed(database) == []
    words = "select x_kunden_haustiere_words from res_partner where name = 'Eva Muster'"
    assert databases.ask(words, database=database) == "Hund"
    odoo.install(database, ADDONS)
    assert databases.installed(database) == list(ADDONS)
    odoo.update(database)

    assert troubles(log, start) == []
