"""Packed spreadsheets, opened with care: nothing is unpacked to disk, everything is counted."""

import struct
import zipfile
import zlib

from .import_base import Unreadable

# What a damaged file makes zipfile stumble over.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    RuntimeError,
    ValueError,
)
END, END_SIZE, END_SEARCH = b"PK\x05\x06", 22, 65_557
ENTRY_SIZE = 46 + 512  # of the table of contents, with a generous name
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CHUNK = 1 << 16


def _table_of_contents(stream, limits):
    """Refuses a table of contents that is too long before anything reads it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_SEARCH))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Unreadable("damaged", part="")
    entries, length = struct.unpack_from("<HL", tail, at + 10)
    if entries > limits.entries or length > limits.entries * ENTRY_SIZE:
        raise Unreadable("too_many_parts", count=entries, limit=limits.entries)


class Archive:
    """The parts of a packed file by name, whatever case and slashes the names are written in."""

    def __init__(self, stream, limits):
        _table_of_contents(stream, limits)
        try:
            self.packed = zipfile.ZipFile(stream)
        except DAMAGED as error:
            raise Unreadable("damaged", part="") from error
        self.limits = limits
        self.parts = {self._plain(info.filename): info for info in self.packed.infolist()}
        if any(info.flag_bits & 1 for info in self.parts.values()):
            raise Unreadable("encrypted")

    @staticmethod
    def _plain(name):
        return name.replace("\\", "/").lstrip("/").lower()

    def __contains__(self, name):
        return self._plain(name) in self.parts

    def checked(self, name):
        """What the table of contents says of a part, if it is no bomb."""
        info = self.parts.get(self._plain(name))
        if info is None:
            raise Unreadable("damaged", part=name)
        large = info.file_size > self.limits.ratio_from
        ratio = info.file_size // max(info.compress_size, 1)
        if info.file_size > self.limits.unpacked or (large and ratio > self.limits.ratio):
            raise Unreadable("bomb", part=name, size=info.file_size, ratio=ratio)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("damaged", part=name)
        return info

    def chunks(self, name, skip=0):
        """The bytes of a part behind the first ones, piece by piece.

        More than the table of contents declares is never unpacked (zipfile stops there, and the
        check sum of the whole is then wrong).
        """
        info = self.checked(name)
        try:
            with self.packed.open(info) as part:
                while skip > 0 and (chunk := part.read(min(skip, CHUNK))):
                    skip -= len(chunk)
                while chunk := part.read(CHUNK):
                    yield chunk
        except DAMAGED as error:
            raise Unreadable("damaged", part=name) from error

    def head(self, name, length):
        """The first bytes of a part."""
        return next(self.chunks(name), b"")[:length]


def packed_kind(archive):
    """What a packed file is: xlsx or ods.

    Shape: an Archive in, a word out. Errors: Unreadable encrypted, not_a_table.
    Source: ECMA-376 part 2 (xlsx), OpenDocument 1.3 part 2, 3.3 (mimetype); bad_inputs.md 33, 35.

    >>> from io import BytesIO
    >>> from .import_base import LIMITS
    >>> file = BytesIO()
    >>> with zipfile.ZipFile(file, "w") as packed:
    ...     packed.writestr("mimetype", ODS)
    >>> packed_kind(Archive(file, LIMITS))
    'ods'
    """
    names = archive.parts
    mime = archive.head("mimetype", 200).decode("latin-1").strip() if "mimetype" in names else ""
    if mime.startswith(ODS):
        return "ods"
    if "encrypted-package" in names:
        raise Unreadable("encrypted")
    if "xl/workbook.bin" in names:
        raise Unreadable("not_a_table", found="xlsb")
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    kinds = (("word/", "document"), ("ppt/", "document"), ("index/", "numbers"))
    found = [kind for start, kind in kinds if any(name.startswith(start) for name in names)]
    if mime.startswith("application/vnd.oasis"):
        found = ["document"]
    if any(name.endswith((".iwa", "index.apxl")) for name in names) or "index.zip" in names:
        found = ["numbers"]
    raise Unreadable("not_a_table", found=(found or ["zip"])[0])
