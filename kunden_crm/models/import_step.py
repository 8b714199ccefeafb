"""Rows of a file while they are judged, and what is known of the contacts that they may mean."""

from typing import NamedTuple

from ..kernel.import_rows import NESTED


class Found(NamedTuple):
    """Whom a row means: a word (none, one, same, inside, unsure, several, archived, erased,
    foreign, own_company, ref_taken, may_not_change), the contact, and who else it might be."""

    word: str = "none"
    partner_id: int = 0
    candidates: tuple = ()


class JudgedRow(dict):
    """A row of the table as a dictionary, with what is found out about it as attributes."""

    found = Found()
    pairs = ()
    asks = ()
    decided = ()
    # what becomes of its values for its firm and further addresses: pairs of a field and a code
    of_others = ()

    def is_told(self):
        """Whether somebody has said whom the row means, or that it means nobody."""
        return self["decision"] in ("create", "update", "skip")

    def names_somebody(self):
        """Whether the row can mean a contact at all."""
        return bool(self["values"]) and self["state"] not in ("rejected", "skipped")

    def is_plainly_new(self):
        """Whether judging a row has found nobody and nothing to say: it stands as it was read.

        Shape: a row as it was read, and then judged, in; yes or no out. Errors: none.
        """
        plain = self.found.word == "none" and self["state"] == "new" and not self["message"]
        return plain and NESTED.isdisjoint(self["values"])


class Step:
    """The rows of one step and what is the same for all of them."""

    def __init__(self, rows):
        self.rows = [row for row in rows if row.names_somebody()]
        # by id the rows of this step and those of earlier ones that they may be the same as
        self.others = {row["id"]: row for row in self.rows}
        # by row (contact, certainty, codes) of those in the customer file, likeliest first
        self.people = {}
        self.readable = self.writable = self.logins = self.own = frozenset()
        self.apart = frozenset()
        self.plan = None

    def hits(self, row):
        """Whom of the file a row may mean, without those told apart from the likeliest."""
        hits = self.people.get(row["id"], [])
        first = hits[0][0] if hits else 0
        return [hit for hit in hits if frozenset((first, hit[0])) not in self.apart]
