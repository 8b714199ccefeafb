"""What the set-up says while it works, and how it says that something failed."""

import sys
import time

_start = time.monotonic()


class SetupError(Exception):
    """A step failed: what happened, why, and what to do about it."""

    def __init__(self, what, cause, remedy):
        super().__init__(what)
        self.what, self.cause, self.remedy = what, cause, remedy

    def __str__(self):
        return f"{self.what}\n  Cause:  {self.cause}\n  Remedy: {self.remedy}"


def say(text):
    """One line of progress on standard error, with the seconds since the start."""
    sys.stderr.write(f"[{time.monotonic() - _start:5.0f} s] {text}\n")
    sys.stderr.flush()
