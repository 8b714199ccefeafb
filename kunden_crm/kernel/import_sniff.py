"""What a file is, by its first bytes; its name only decides what its bytes leave open."""

import re

from .import_base import Unreadable
from .import_encoding import wide

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_XLS = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00")
REFUSED = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\x00|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"), "packed"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "image"),
    (re.compile(rb"RIFF.{4}WEBP|BM.{4}\0{4}|.{4}ftyp(heic|heix|mif1|avif)", re.S), "image"),
    (re.compile(rb"SQLite format 3|\x00\x01\x00\x00Standard (Jet|ACE)", re.S), "database"),
    (re.compile(rb"\{\\rtf"), "document"),
)
# Texts that are no table, seen without mark, zero characters, comments and XML declarations.
REFUSED_TEXTS = (
    (re.compile(rb"<(\w+:)?Workbook\b|<office:document", re.I), "xml_table"),
    (re.compile(rb"<(!doctype\s+html|html|head|body|table|meta)\b|MIME-Version:", re.I), "html"),
    (re.compile(rb"<[a-z][\w:]*(\s[^<>]*)?>\s*<", re.I), "xml"),
    (re.compile(rb"BEGIN:VCARD", re.I), "vcard"),
    (re.compile(rb'\{\s*"|\[\s*[\[{]'), "json"),
)
COMMENTS = re.compile(rb"<!--.*?-->|<\?xml\b[^>]*>|<\?mso-[^>]*>", re.S)
HEAD, SOME = 4096, 8
MARKS = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*")
STRANGE = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def _ole_kind(stream):
    """Old Excel, or new Excel behind a password: both lie in the same container."""
    stream.seek(0)
    content, last = set(), b""
    names = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book")}
    while chunk := stream.read(1 << 20):
        content |= {name for name, raw in names.items() if raw in last + chunk}
        last = chunk[-64:]
    if "EncryptedPackage" in content:
        raise Unreadable("encrypted")
    if not content:
        raise Unreadable("not_a_table", found="document")
    return "xls"


def _text_kind(head, encoding):
    """Text, if it is one and a table."""
    plain = head.replace(b"\0", b"")
    plain = plain[MARKS.match(plain).end() :]
    if not plain and len(head) < HEAD:
        raise Unreadable("empty")
    uncommented = COMMENTS.sub(b"", plain).lstrip()
    for pattern, found in REFUSED_TEXTS:
        if pattern.match(uncommented):
            raise Unreadable("not_a_table", found=found)
    strange = 0 if encoding or wide(head) else len(head) - len(head.translate(None, STRANGE))
    if strange > max(SOME, len(head) * 0.1):
        raise Unreadable("not_a_table", found="binary")
    return "text"


def kind_of(stream, limits, encoding=None):
    """What a stream holds: text, zip (a packed spreadsheet, or not) or xls.

    Shape: a binary, seekable stream, Limits, and an encoding somebody has chosen, which says that
    it is a text; a word out. Errors: Unreadable empty, too_large, encrypted, not_a_table with
    what was found instead. Source: the signatures as the formats define them; bad_inputs.md 13,
    33, 35.

    >>> from io import BytesIO
    >>> from .import_base import LIMITS
    >>> kind_of(BytesIO(b"Name;Ort"), LIMITS), kind_of(BytesIO(b"PK\\3\\4..."), LIMITS)
    ('text', 'zip')
    """
    size = stream.seek(0, 2)
    if size > limits.size:
        raise Unreadable("too_large", size=size, limit=limits.size)
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    for pattern, found in REFUSED:
        if pattern.match(head):
            raise Unreadable("not_a_table", found=found)
    kind = "xls" if OLD_XLS.match(head) else _ole_kind(stream) if head.startswith(OLE) else None
    if kind == "xls" and size > limits.xls:
        raise Unreadable("too_large", size=size, limit=limits.xls)
    return kind or _text_kind(head, encoding)
