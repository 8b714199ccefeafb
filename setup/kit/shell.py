"""Run a program, keep what it prints, and name cause and remedy when it fails."""

import ctypes
import shutil
import signal
import subprocess

from kit.words import SetupError

TAIL = 12
FULL = 200 * 1024**2
_PR_SET_PDEATHSIG = 1


def die_with_parent():
    """In a child, before it starts: end when the parent ends, however it ends (Linux prctl)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def run(command, what, remedy, log, **options):
    """Run `command`, its output appended to the file `log`; raise SetupError if it fails.

    `what` is the sentence for the failure; the cause is the end of what the program printed.
    """
    with open(log, "ab") as output:
        start = output.tell()
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
                **{"stdin": subprocess.DEVNULL, **options},
            )
        except subprocess.TimeoutExpired as error:
            raise SetupError(what, f"no answer within {error.timeout:.0f} s", remedy) from error
        except OSError as error:
            raise SetupError(what, str(error), remedy) from error
    if done.returncode:
        if shutil.disk_usage(log).free < FULL:
            remedy = "the disk is full: make room and start again"
        raise SetupError(what, f"{_tail(log, start)}\n  (all of it: {log})", remedy)


def _tail(log, start):
    """The last lines that were written to `log` since the position `start`."""
    with open(log, "rb") as output:
        output.seek(start)
        lines = output.read().decode(errors="replace").strip().splitlines()
    return "\n          ".join(line.rstrip() for line in lines[-TAIL:]) or "it said nothing"


def answer(command, **options):
    """What a quick program prints, or None where it cannot start or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
