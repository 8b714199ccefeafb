"""Kills the process that works on an import, at moments that a seed decides."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

# So many seconds some thousand rows may take on a busy machine.
LONG = 900
PROGRAM = Path(__file__).resolve().parent / "import_process.py"
# From here on a commit of the job takes so long that it can be hit.
SLOW = """
CREATE FUNCTION kunden_slow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER kunden_slow AFTER UPDATE ON kunden_import_batch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kunden_slow()
"""
FAST = "DROP TRIGGER kunden_slow ON kunden_import_batch; DROP FUNCTION kunden_slow()"
IN_COMMIT = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND state = 'active' AND query = 'COMMIT'
"""
WRITTEN = "SELECT count(*) FROM kunden_import_row WHERE batch_id = %s AND done_at IS NOT NULL"
CUT_OFF = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Killer:
    """An import under way on a database, and who looks on from outside."""

    def __init__(self, database, step, seed=1):
        self.database, self.step = database, step
        self.dice, self._eye = random.Random(seed), None
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM), database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self):
        """The process that holds the models ends, and nobody looks on any more."""
        self._look_away()
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _look_away(self):
        if self._eye:
            self._eye.close()

    def ask(self, job, **options):
        """The answer of the job of that name in import_process.py."""
        self._process.stdin.write(json.dumps([job, options]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def look(self, statement, *parameters):
        """The first value that a statement finds, seen by another connection."""
        if not self._eye or self._eye.closed:
            self._eye = psycopg2.connect(dbname=self.database)
            self._eye.autocommit = True
        with self._eye.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchone()[0] if cursor.description else None

    def go_on(self):
        """Work to the end, as the next scheduled action would; again where a lock still stood."""
        while self.look("SELECT count(*) FROM kunden_import_batch WHERE step IS NOT NULL"):
            self.ask("wait", process=self.ask("work", step=self.step))

    @contextmanager
    def working(self, batch, at_least):
        """A process that has written so many rows and goes on."""
        process = self.ask("work", step=self.step)
        until(lambda: self.look(WRITTEN, batch) >= at_least, LONG)
        yield process
        self.ended = self.ask("wait", process=process)

    def kill(self, batch, at_least):
        """SIGKILL at some moment after so many rows."""
        with self.working(batch, at_least) as process:
            time.sleep(self.dice.random() / 3)
            os.kill(process, signal.SIGKILL)
        return self.ended

    def kill_in_commit(self, batch, at_least):
        """SIGKILL while the database is at work on the COMMIT of a step."""
        self.look(SLOW)
        with self.working(batch, at_least) as process:
            until(lambda: self.look(IN_COMMIT))
            os.kill(process, signal.SIGKILL)
        until(lambda: not self.look(IN_COMMIT))
        self.look(FAST)
        return self.ended

    def cut_off(self, batch, at_least):
        """All connections end, as at a restart of the database."""
        with self.working(batch, at_least):
            cut = self.look(CUT_OFF)
        return cut

    def crash(self, batch, at_least, server):
        """The database itself ends at once and is started again."""
        with self.working(batch, at_least):
            self._look_away()
            server.crash()
        return self.ended


def until(happens, seconds=60):
    """Waits for something; the moment it happens is not known."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
