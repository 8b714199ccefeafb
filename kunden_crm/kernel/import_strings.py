"""Shared strings of an xlsx: read only as far as needed, the first in memory, others on disk."""

import re
from array import array
from tempfile import TemporaryFile

from .import_base import Unreadable
from .import_xml import Events

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
OVERHEAD = 60  # bytes of memory a short text takes besides its letters


def _unescape(found):
    code = int(found.group(1), 16)
    return found.group(0) if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def unescaped(text):
    """A text of an xlsx with its escaped characters (_x000D_) as such.

    Shape: a text in, a text out. Zero characters and halves of characters stay escaped: no
    database keeps them. Errors: none. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).

    >>> unescaped("a_x000D_b _x005F_x0041_ _xD800_")
    'a\\rb _x0041_ _xD800_'
    """
    return ESCAPED.sub(_unescape, text) if "_x" in text else text


class SharedStrings:
    """The strings by their numbers. Phonetic runs are left out, rich text is joined."""

    def __init__(self, archive, name, limits):
        self.limits, self.name = limits, name
        self.memory, self.room = [], limits.strings
        self.disk, self.offsets, self.last = None, array("Q", [0]), (None, None)
        self.text, self.taking, self.phonetic, self.length = [], False, False, 0
        self.pieces = None
        if name:
            events = Events(name, self._start, self._end, self._data, limits)
            self.pieces = events.feed(archive.chunks(name))

    def __getitem__(self, index):
        """The string of that number."""
        memory = self.memory
        while index >= len(memory):
            if self.disk and index < len(memory) + len(self.offsets) - 1:
                return self._from_disk(index - len(memory))
            if index < 0 or self.pieces is None or next(self.pieces, self) is self:
                raise Unreadable("damaged", part=self.name or "sharedStrings")
        return memory[index]

    def _from_disk(self, index):
        if self.last[0] != index:
            start, end = self.offsets[index], self.offsets[index + 1]
            self.disk.seek(start)
            self.last = index, self.disk.read(end - start).decode()
        return self.last[1]

    def _start(self, tag, _attributes):
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self.taking = not self.phonetic
        elif tag == "si":
            self.text, self.length = [], 0
        elif tag == "rPh":
            self.phonetic = True

    def _end(self, tag):
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self.taking = False
        elif tag == "si":
            self._keep(unescaped("".join(self.text)))
        elif tag == "rPh":
            self.phonetic = False

    def _data(self, data):
        if self.taking and self.length <= self.limits.cell:
            self.text.append(data)
            self.length += len(data)

    def _keep(self, text):
        if self.room > 0:
            self.room -= len(text) + OVERHEAD
            self.memory.append(text)
            return
        try:
            if self.disk is None:
                self.disk = TemporaryFile()  # noqa: SIM115 -- lives as long as the reader
            raw = text.encode()
            self.disk.seek(self.offsets[-1])
            self.disk.write(raw)
        except OSError as error:
            raise Unreadable("no_room", part=self.name) from error
        self.offsets.append(self.offsets[-1] + len(raw))
