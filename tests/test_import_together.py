"""A file that several processes read, some of which are killed: each row is there once."""

import os
import signal
import time

import place
from import_killer import Killer, until
from kit import testing

TEMPLATE = "kunden_test_template"
ROWS, STEP = 3000, 50
ASIDE = "SELECT count(*) FROM kunden_import_part"
READ = "SELECT count(*) FROM kunden_import_row WHERE batch_id = %s"


def test_a_file_that_several_read_is_as_read_by_one():
    lines = [f"Eva;Muster{at};Seeweg {at};88131;Lindau" for at in range(ROWS)]
    text = "\n".join(["Vorname;Nachname;Straße;PLZ;Ort", *lines, "", lines[7], "Summe;;;;"])
    workplace, databases, _odoo = place.tools()
    with testing.scratch(workplace, databases, TEMPLATE, "_together") as database:
        killer = Killer(database, STEP)
        try:
            alone = killer.ask("upload", mark="alone", text=text, step=STEP)
            killer.go_on()
            batch = killer.ask("upload", mark="several", text=text, step=STEP)
            # killed as soon as something is put aside: somebody else reads that
            leader = killer.ask("work", step=STEP)
            until(lambda: killer.look(ASIDE))
            assert kill(killer, leader) == signal.SIGKILL
            before = killer.look(READ, batch)
            helper = killer.ask("help", batch=batch, step=STEP)
            until(lambda: not killer.look(ASIDE))
            assert killer.look(READ, batch) > before
            # and he is killed while both read
            leader = killer.ask("work", step=STEP)
            until(lambda: killer.look(READ, batch) > ROWS // 3)
            time.sleep(killer.dice.random() / 10)
            assert kill(killer, helper) == signal.SIGKILL
            helper = killer.ask("help", batch=batch, step=STEP)
            assert [killer.ask("wait", process=one) for one in (leader, helper)] == [0, 0]
            killer.go_on()
            assert not killer.look(ASIDE)
            one, several = (killer.ask("preview", batch=each) for each in (alone, batch))
        finally:
            killer.close()
    assert len(one) == ROWS + 2 and one == several


def test_a_file_that_several_read_is_stopped_by_a_clerk():
    text = "\n".join(["Nachname;Ort", *(f"Muster{at};Lindau" for at in range(ROWS))])
    workplace, databases, _odoo = place.tools()
    with testing.scratch(workplace, databases, TEMPLATE, "_stopped") as database:
        killer = Killer(database, STEP)
        try:
            batch = killer.ask("upload", mark="stopped", text=text, step=STEP)
            workers = [killer.ask("work", step=STEP), killer.ask("help", batch=batch, step=STEP)]
            until(lambda: killer.look(READ, batch) > ROWS // 10)
            killer.ask("cancel", batch=batch)
            assert [killer.ask("wait", process=one) for one in workers] == [0, 0]
            assert not killer.look(ASIDE)
            assert not killer.look(READ, batch)
            state = "SELECT state FROM kunden_import_batch WHERE step IS NULL AND id = %s"
            assert killer.look(state, batch) == "draft"
        finally:
            killer.close()


def kill(killer, process):
    """The signal that ended a process."""
    os.kill(process, signal.SIGKILL)
    return killer.ask("wait", process=process)
