"""In which encoding a text is written: by its marks, its structure, and the letters it then has.

UTF-8 proves itself: a whole file of valid sequences is nothing else. A file of one byte per
character is read in each code page that German programs have written, and the one wins in which
the letters beyond ASCII stand where German words have them: ä ö ü ß beside letters, capitals at
the beginning, signs not inside words.

Source: Unicode 15 chapter 3.9, table 3-7 (UTF-8) and 3.10 (byte order mark); the code pages as
Python's codecs have them; letters: the German and neighbouring alphabets; bad_inputs.md 1 to 11.
"""

import codecs
import re

from .import_base import Unreadable

CHUNK = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
PAGES = ("cp1252", "iso8859-15", "mac_roman", "cp850", "cp437")
ENCODINGS = ("utf-8", *PAGES, "cp1250", "iso8859-2", "utf-16-le", "utf-16-be")
# Shaped like UTF-8, whether allowed (table 3-7) or not (surrogates, overlong forms): a program
# that wrote bytes of this shape meant UTF-8.
SHAPED = re.compile(
    rb"([\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3})|[\x80-\xff]"
)
CONTROLS = re.compile(rb"[\x80-\x9f]")
ENOUGH = 4000
DOUBTFUL = 2
AROUND = 12
GERMAN = "äöüß"
NEIGHBOURS = frozenset("éèêëáàâãåæçíìîïñóòôõøúùûýœšžłśźżăîșțğıřůěťćčńőűðþ")
ENDINGS = frozenset("éèêëáàåíìóòúùýřćčšžłńśůěťńşğ")
SIGNS = frozenset("€§°“”„–—…«»®©²³½¼¾µ™·ªº•‰ \u00a0´‘’‚‹›")
APOSTROPHES = frozenset("´‘’\u00a0\u00ad")


def _marked(head):
    """Encoding and length of a byte order mark."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _by_nulls(head):
    """UTF-16 without a mark: every other byte of Latin letters is zero."""
    half = len(head) // 2
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if half and odd >= half * 0.4 and even <= half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if half and even >= half * 0.4 and odd <= half * 0.05 else None


def wide(head):
    """Whether a text of which this is the beginning has two or four bytes per character.

    Shape: bytes in, the codec or None out. Errors: none. Source: Unicode 15, 3.10.

    >>> wide("Müller".encode("utf-16")), wide("Name;Ort".encode("utf-16-be")), wide(b"Name")
    ('utf-16-le', 'utf-16-be', None)
    """
    marked, _length = _marked(head)
    return marked if marked and marked != "utf-8" else None if marked else _by_nulls(head)


def first_error(stream, encoding, start=0):
    """The offset of the first byte that does not belong into the encoding; None where all do.

    Shape: a binary, seekable stream, the name of a codec, bytes to leave out at the beginning.
    Units: bytes from the beginning of the file. Errors: none. Source: bad_inputs.md 11.

    >>> from io import BytesIO
    >>> first_error(BytesIO(b"Ort;K\\xed\\xa0\\x80ln"), "utf-8")
    5
    >>> first_error(BytesIO("Köln".encode()), "utf-8")
    """
    stream.seek(start)
    decoder, offset = codecs.getincrementaldecoder(encoding)(), start
    while True:
        chunk = stream.read(CHUNK)
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            return offset - pending + error.start
        offset += len(chunk)
        if not chunk:
            return None


def invalid(stream, encoding, offset, **more):
    """The refusal of a byte: where it is in the file, on which line, and what it is.

    Shape: a binary stream, a codec, the offset of the byte; an Unreadable out, not raised.
    Units: bytes from 0, lines from 1. Errors: none. Source: bad_inputs.md 11.

    >>> from io import BytesIO
    >>> invalid(BytesIO(b"a\\nb\\xff"), "utf-8", 3).details
    {'encoding': 'utf-8', 'offset': 3, 'line': 2, 'byte': 'FF'}
    """
    stream.seek(0)
    line, left = 1, offset
    while left > 0 and (chunk := stream.read(min(left, CHUNK))):
        line += chunk.count(b"\n")
        left -= len(chunk)
    byte = stream.read(1).hex().upper()
    return Unreadable(
        "invalid_bytes", encoding=encoding, offset=offset, line=line, byte=byte, **more
    )


def _surroundings(stream):
    """Pieces of the file around bytes beyond ASCII, and whether they are shaped like UTF-8."""
    stream.seek(0)
    pieces, shaped = [], 0
    while len(pieces) < ENOUGH and (chunk := stream.read(CHUNK)):
        for found in SHAPED.finditer(chunk):
            shaped += 1 if found.group(1) else -1
            start = max(0, found.start() - AROUND)
            pieces.append((chunk[start : found.end() + AROUND], found.start() - start))
            if len(pieces) >= ENOUGH:
                break
    return pieces, shaped


def _weight(text, index):
    """How well the character stands where it stands: up to 10, below 0 where it does not."""
    char, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if char in SIGNS:
        inside = before.isalpha() and after.isalpha()
        misplaced = inside if char not in "„‚" else before.isalpha()
        return -5 if misplaced and char not in APOSTROPHES else 1
    german = char.lower() in GERMAN
    if not german and char.lower() not in NEIGHBOURS:
        return -8
    if char.isupper():
        if before.islower() or not (after.isalpha() or (german and before.isalpha())):
            return -5
        return 10 if german else 3
    if after.isupper() or not (before.isalpha() or after.isalpha()):
        return -5
    if not after.isalpha() and not german and char not in ENDINGS:
        return -2
    return (10 if before.isalpha() else 6) if german else 4


def _rated(pieces):
    """Pairs (mean weight, code page) of the pages in which all pieces can be read; best first."""
    rated = []
    for page in PAGES:
        try:
            total = sum(_weight(piece.decode(page), index) for piece, index in pieces)
        except UnicodeDecodeError:
            continue
        rated.append((total / len(pieces), page))
    return sorted(rated, key=lambda pair: -pair[0])


def _euro(stream, page):
    """The page again, and a hint where the byte of the two currency signs occurs (0xA4)."""
    if page not in ("cp1252", "iso8859-15"):
        return page, []
    stream.seek(0)
    found, controls = 0, False
    while chunk := stream.read(CHUNK):
        found += chunk.count(b"\xa4")
        controls = controls or bool(CONTROLS.search(chunk))
    if not found:
        return "cp1252", []
    page = "cp1252" if controls else "iso8859-15"
    return page, [("currency_sign", {"encoding": page, "count": found})]


def _sample(pieces, page):
    """A word of the file with a letter beyond ASCII, to be looked at."""
    words = [
        word
        for piece, _index in pieces[:50]
        for word in re.findall(r"\w+", piece.decode(page, "replace"))
        if not word.isascii()
    ]
    return max(words, key=len, default="")


def _code_page(stream, offset):
    """The code page of a file that is no UTF-8 from that offset on, and what to tell."""
    pieces, shaped = _surroundings(stream)
    rated = _rated(pieces)
    if shaped >= 0 or not rated or rated[0][0] <= 0:
        raise invalid(stream, "utf-8", offset)
    best, page = rated[0]
    page, hints = _euro(stream, page)
    sample = _sample(pieces, page)
    hints.append(("encoding_guessed", {"encoding": page, "sample": sample}))
    others = [
        other
        for mean, other in rated[1:]
        if mean >= best * 0.8 and _sample(pieces, other) != sample
    ]
    if others or best < DOUBTFUL:
        hints.append(("encoding_unsure", {"encoding": page, "others": others}))
    return page, hints


def detected(stream, encoding=None):
    """The encoding of a text, the length of its mark, and hints.

    Shape: a binary, seekable stream, or an encoding somebody has chosen; (codec, bytes of the
    mark, [(code, details)]) out. Units: bytes. Errors: Unreadable invalid_bytes with the offset
    of the first byte that cannot be read, unknown_encoding for a codec not offered.
    Source: see the head of this file; lessons.md L31.

    >>> from io import BytesIO
    >>> detected(BytesIO("Müller".encode("utf-8-sig")))
    ('utf-8', 3, [])
    >>> detected(BytesIO("Müller;Köln".encode("cp1252")))
    ('cp1252', 0, [('encoding_guessed', {'encoding': 'cp1252', 'sample': 'Müller'})])
    """
    stream.seek(0)
    head = stream.read(1 << 14)
    marked, length = _marked(head)
    if encoding and encoding not in ENCODINGS:
        raise Unreadable("unknown_encoding", encoding=encoding)
    if encoding:
        return encoding, length if marked == encoding else 0, []
    found = wide(head) or "utf-8"
    offset = first_error(stream, found, length)
    if offset is None:
        return found, length, []
    if found != "utf-8" or marked:
        raise invalid(stream, found, offset)
    page, hints = _code_page(stream, offset)
    return page, 0, hints
