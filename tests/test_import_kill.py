"""An import whose process is killed: no row is written twice, none is lost."""

import signal
from collections import Counter

import place
from import_killer import Killer
from kit import testing

TEMPLATE = "kunden_test_template"
ROWS, STEP = 600, 60


def test_a_killed_import_ends_like_one_that_was_left_alone():
    workplace, databases, _odoo = place.tools()
    with testing.scratch(workplace, databases, TEMPLATE, "_kill") as database:
        killer = Killer(database, STEP)
        try:
            calm = killer.ask("seed", mark="calm", rows=ROWS)
            killer.go_on()
            killed = killer.ask("seed", mark="killed", rows=ROWS)
            assert killer.kill(killed, 1) == signal.SIGKILL
            assert killer.kill_in_commit(killed, ROWS // 4) == signal.SIGKILL
            assert killer.kill(killed, ROWS // 2) == signal.SIGKILL
            assert killer.cut_off(killed, ROWS * 2 // 3)
            killer.go_on()
            before, after = killer.ask("dump", batch=calm), killer.ask("dump", batch=killed)
        finally:
            killer.close()
    assert [renamed(row) for row in after] == before
    states = Counter(row[1] for row in before)
    assert states.keys() == {"created", "updated", "unchanged", "rejected", "ask"} & states.keys()
    assert states["created"] > ROWS // 2 and states["rejected"]
    assert all(row[-1] <= 1 for row in after)


def renamed(row):
    """A row of the killed import in the words of the other."""
    return [
        [word.replace("killed-", "calm-") for word in cell] if isinstance(cell, list) else cell
        for cell in row
    ]
