"""The physical lines of a text, in constant memory, with the byte on which each begins."""

import codecs
from io import StringIO

from .import_base import Unreadable
from .import_encoding import CHUNK, invalid

# Stands in for the zero character until the row is made: Python 3.10 cannot read it in a csv.
NULL = "\ue000"


def _size_in(encoding):
    """A function that says how many bytes a line has."""
    if encoding == "utf-8":
        return lambda line: len(line) if line.isascii() else len(line.encode())
    if encoding.startswith("utf"):
        return lambda line: len(line.encode(encoding))
    return len


class RecordTooLong(Exception):
    """A quote that is not closed within the limits of a record."""


class Lines:
    """Iterates over lines with their ends (LF, CR LF or CR alone, mixed as they come).

    number and position: of the line that comes next. A line can be given back.
    Every line since the last `begin()` is kept, so that a record can be read anew, within limits.
    """

    def __init__(self, stream, encoding, limits, start=0, number=1):
        self.stream, self.encoding, self.limits = stream, encoding, limits
        self.number, self.position = number, start
        self.size = _size_in(encoding)
        self.source, self.returned = self._read(start), []
        self.record, self.length, self.nulls = [], 0, False

    def __iter__(self):
        return self

    def __next__(self):
        line = self.returned.pop() if self.returned else next(self.source)
        self.number += 1
        self.position += self.size(line)
        self.record.append(line)
        self.length += len(line)
        if len(self.record) > 1:
            self._check_record()
        if "\0" in line:
            self.nulls = True
            return line.replace("\0", NULL)
        return line

    def begin(self):
        """From here on a new record is read."""
        self.record, self.length = [], 0

    def give_back(self, lines):
        """These lines, read before, come again."""
        for line in reversed(lines):
            self.number -= 1
            self.position -= self.size(line)
            self.returned.append(line)

    def _check_record(self):
        if len(self.record) > self.limits.record_lines or self.length > self.limits.record:
            raise RecordTooLong

    def _read(self, start):
        """Lines of the file: decoded piece by piece, the last one of a piece waits for the next."""
        decoder, offset, rest = codecs.getincrementaldecoder(self.encoding)(), start, ""
        while True:
            # another reader may have moved the stream in the meantime
            self.stream.seek(offset)
            chunk = self.stream.read(CHUNK)
            lines = list(StringIO(rest + self._decoded(decoder, chunk, offset), newline=""))
            offset += len(chunk)
            rest = lines.pop() if chunk and lines else ""
            if len(rest) > self.limits.record:
                raise Unreadable(
                    "line_too_long", line=self.number + len(lines), limit=self.limits.record
                )
            yield from lines
            if not chunk:
                return

    def _decoded(self, decoder, chunk, offset):
        pending = len(decoder.getstate()[0])
        try:
            return decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            raise invalid(self.stream, self.encoding, offset - pending + error.start) from error
