"""File locks: they end with the process that holds them, however it ends."""

import fcntl
import os
from contextlib import contextmanager

from kit.words import say


def _open(path):
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def exclusive(path, waiting):
    """Hold `path` alone; while another holds it, say `waiting` and wait."""
    handle = _open(path)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Shared:
    """Many may hold it; the one that lets go learns whether it was the last."""

    def __init__(self, path):
        self.handle = _open(path)
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def release(self):
        """Let go; True when nobody else holds it any more."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False
        finally:
            os.close(self.handle)


def try_exclusive(path):
    """A handle that holds `path` until the process ends, or None where another holds it."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
