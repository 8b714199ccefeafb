"""XML of spreadsheets as a stream of events: no document types, no entities, nothing fetched."""

from xml.parsers import expat

from .import_base import Unreadable

# What bad XML makes the parser stumble over; an unknown encoding is a LookupError.
DAMAGED = (expat.ExpatError, LookupError, ValueError)


def _refuse(*_declaration):
    raise Unreadable("doctype")


class Events:
    """Feeds the bytes of a part to a parser and tells after each piece that it did.

    `start(tag, attributes)`, `end(tag)` and `text(data)` are called; a prefix of a tag stays.
    What comes after `over()` is true is not looked at.
    """

    def __init__(self, part, start, end, text, limits, over=lambda: False):
        self.part, self.limits, self.over = part, limits, over
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
        self.fed = 0

    def feed(self, chunks, prolog=b""):
        """Yields None after every piece, so that whoever collects events can hand them on."""
        try:
            if prolog:
                self.parser.Parse(prolog, False)
                self.fed = len(prolog)
            for chunk in chunks:
                self.parser.Parse(chunk, False)
                self.fed += len(chunk)
                if self.fed - max(self.parser.CurrentByteIndex, 0) > self.limits.token:
                    raise Unreadable("damaged", part=self.part)
                yield
                if self.over():
                    return
            self.parser.Parse(b"", True)
            yield
        except Unreadable:
            raise
        except DAMAGED as error:
            if not self.over():
                raise Unreadable("damaged", part=self.part) from error
            yield


def elements(archive, name):
    """All start tags of a part with their attributes, prefixes cut off: for small parts.

    Shape: an Archive and the name of a part in, a list of (tag, attributes) out.
    Errors: Unreadable doctype, damaged. Source: ECMA-376 part 1.

    >>> class One:
    ...     limits = __import__("types").SimpleNamespace(token=9)
    ...     def chunks(self, name):
    ...         yield b"<a><x:b c='1'/></a>"
    >>> elements(One(), "a.xml")
    [('a', {}), ('b', {'c': '1'})]
    """
    found = []

    def start(tag, attributes):
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((tag.rpartition(":")[2], local))

    for _piece in Events(name, start, None, None, archive.limits).feed(archive.chunks(name)):
        if len(found) > 500_000:
            raise Unreadable("damaged", part=name)
    return found
