"""What two contacts may have in common: conditions that Python and PostgreSQL read alike.

A condition asks the keys of two contacts, which PostgreSQL calls ``a`` and ``b``. It is the same
both ways. Where a key is empty, nothing is known and it does not hold. Each has two methods:
``holds(a, b, frequent)`` on two dictionaries of keys, and ``sql()``, the text of the same.
"""

from typing import NamedTuple


class Equal(NamedTuple):
    """Both have the same value."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        return a[self.column] is not None and a[self.column] == b[self.column]

    def sql(self):
        """Asked in PostgreSQL."""
        return f"a.{self.column} = b.{self.column}"


class Overlap(NamedTuple):
    """Both have a value of a list."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        return bool(set(a[self.column] or ()) & set(b[self.column] or ()))

    def sql(self):
        """Asked in PostgreSQL."""
        return f"a.{self.column} && b.{self.column}"


class Crossed(NamedTuple):
    """A value of one list of either is in the other list of the other one."""

    column: str
    other: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        pairs = ((a[self.column], b[self.other]), (b[self.column], a[self.other]))
        return any(set(one or ()) & set(two or ()) for one, two in pairs)

    def sql(self):
        """Asked in PostgreSQL."""
        one, two = self
        return f"(a.{one} && b.{two} OR b.{one} && a.{two})"


class Swapped(NamedTuple):
    """The first list of each meets the second list of the other."""

    column: str
    other: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        pairs = ((a[self.column], b[self.other]), (b[self.column], a[self.other]))
        return all(set(one or ()) & set(two or ()) for one, two in pairs)

    def sql(self):
        """Asked in PostgreSQL."""
        one, two = self
        return f"(a.{one} && b.{two} AND b.{one} && a.{two})"


class Within(NamedTuple):
    """All values of one of both lists are in the other one."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        one, two = set(a[self.column] or ()), set(b[self.column] or ())
        return bool(one and two) and (one <= two or two <= one)

    def sql(self):
        """Asked in PostgreSQL."""
        return f"(a.{self.column} <@ b.{self.column} OR b.{self.column} <@ a.{self.column})"


class Alike(NamedTuple):
    """Of the pairs of letters of both, this many of a hundred are in common (Dice)."""

    column: str
    percent: int

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        one, two = a[self.column], b[self.column]
        if one is None or two is None:
            return False
        one, two = one & _ALL_BITS, two & _ALL_BITS
        return 200 * (one & two).bit_count() >= self.percent * (one.bit_count() + two.bit_count())

    def sql(self):
        """Asked in PostgreSQL."""
        one, two = f"a.{self.column}", f"b.{self.column}"
        return (
            f"200 * bit_count(({one} & {two})::bit(64)) >= {self.percent}"
            f" * (bit_count({one}::bit(64)) + bit_count({two}::bit(64)))"
        )


class Both(NamedTuple):
    """Both have something there."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        return a[self.column] is not None and b[self.column] is not None

    def sql(self):
        """Asked in PostgreSQL."""
        return f"a.{self.column} IS NOT NULL AND b.{self.column} IS NOT NULL"


class Either(NamedTuple):
    """A yes of one of both."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        return bool(a[self.column] or b[self.column])

    def sql(self):
        """Asked in PostgreSQL."""
        return f"(a.{self.column} OR b.{self.column})"


class OnlyOne(NamedTuple):
    """One of both has something there."""

    column: str

    def holds(self, a, b, _frequent):
        """Asked in Python."""
        return (a[self.column] is None) != (b[self.column] is None)

    def sql(self):
        """Asked in PostgreSQL."""
        return f"(a.{self.column} IS NULL) != (b.{self.column} IS NULL)"


class Common(NamedTuple):
    """Both have a value that is common in the file: it is hardly a slip of the finger."""

    column: str

    def holds(self, a, b, frequent):
        """Asked in Python."""
        return a[self.column] in frequent and b[self.column] in frequent

    def sql(self):
        """Asked in PostgreSQL: by the names that match_statements joins the file's values under."""
        return f"a_{self.column}.points IS NOT NULL AND b_{self.column}.points IS NOT NULL"


class All(NamedTuple):
    """All of them."""

    conditions: tuple

    def holds(self, a, b, frequent):
        """Asked in Python."""
        return all(condition.holds(a, b, frequent) for condition in self.conditions)

    def sql(self):
        """Asked in PostgreSQL."""
        return " AND ".join(f"({condition.sql()})" for condition in self.conditions)


class AnyOf(NamedTuple):
    """At least one of them."""

    conditions: tuple

    def holds(self, a, b, frequent):
        """Asked in Python."""
        return any(condition.holds(a, b, frequent) for condition in self.conditions)

    def sql(self):
        """Asked in PostgreSQL."""
        return " OR ".join(f"({condition.sql()})" for condition in self.conditions)


class Not(NamedTuple):
    """It is not known to hold."""

    condition: NamedTuple

    def holds(self, a, b, frequent):
        """Asked in Python."""
        return not self.condition.holds(a, b, frequent)

    def sql(self):
        """Asked in PostgreSQL."""
        return f"({self.condition.sql()}) IS NOT TRUE"


class Level(NamedTuple):
    """How far two contacts agree in something: its code, when, and which value's rarity counts.

    ``rarity`` names the column whose value, equal or shared, weighs more the fewer have it.
    """

    code: str
    condition: NamedTuple
    rarity: str = ""


class Comparison(NamedTuple):
    """One thing to compare: its levels from the strongest on, of which the first that holds counts.

    ``kind`` says for whom: "person", "firm" or "" for both.
    """

    name: str
    levels: tuple
    kind: str = ""


class Joint(NamedTuple):
    """What levels mean together: its code, and pairs of a comparison and codes of its levels."""

    code: str
    levels: tuple
    kind: str = ""


_ALL_BITS = (1 << 64) - 1
