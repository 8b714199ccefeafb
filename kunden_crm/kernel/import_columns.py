"""Which column of a file fills what: by what was kept, by name, label, synonym and content.

``why`` says how a column was recognised:

===========  ==========================================================================
``kept``     this source was read so before
``name``     the heading is a technical name
``label``    the heading is the label of a field
``synonym``  the heading is another word for it
``content``  the values are of that kind
``double``   the heading stands there twice: a person chooses
``""``       not recognised, or what it fills is filled by another column already
===========  ==========================================================================
"""

from collections import Counter
from typing import NamedTuple

from .import_content import UNCLEAR, looks_like, refined, texts_of
from .import_order import is_last_first
from .import_targets import (
    AT_HOME_OR_WORK,
    NEXT,
    PLACE,
    RELATED,
    SEVERAL,
    bare_header,
    header_key,
    header_year,
    qualified,
    says_nothing,
    synonyms,
    without_aside,
)
from .search import fold


class Target(NamedTuple):
    """What a column can fill: its name, its labels in all languages, its kind, its choices."""

    name: str
    labels: tuple = ()
    kind: str = "char"
    choices: object = None


class Match(NamedTuple):
    """What a column fills, "" for nothing; how certain that is in per cent; and why."""

    target: str = ""
    certainty: int = 0
    why: str = ""


_NOTHING = Match()


def column_keys(headers):
    """By what a column is known again: its heading, and which of several alike it is.

    Shape: headings (texts or nothings) in, list of texts out, none twice. Errors: none.
    Source: issue 8 (mapping kept per source).

    >>> column_keys(["Name", "Tel.", "tel", None])
    ['name', 'tel', 'tel#2', '']
    """
    seen, keys = Counter(), []
    for header in headers:
        key = header_key(header)
        seen[key] += 1
        keys.append(f"{key}#{seen[key]}" if seen[key] > 1 else key)
    return keys


def matched(headers, samples, targets, kept=None, country="DE"):
    """A Match for each column.

    Shape: headings, a list of sample cells per column, Targets, a mapping of column_keys to names
    of targets (or nothing) and an ISO country code in, list of Match out, as long as the headings.
    No target stands twice unless several columns may fill it. Errors: none.
    Source: issue 8; bad_inputs.md 25 (a heading twice).

    >>> targets = [Target(name) for name in ("firstname", "lastname", "name", "zip", "city")]
    >>> [found.target for found in matched(["Vorname", "Name", "PLZ"], [[], [], []], targets)]
    ['firstname', 'lastname', 'zip']
    >>> matched(["X"], [["50667", "01067"]], targets)
    [Match(target='zip', certainty=50, why='content')]
    >>> matched(["X"], [[]], targets, {"x": "zip"})
    [Match(target='zip', certainty=100, why='kept')]
    """
    known = {target.name for target in targets}
    labels = {header_key(label): target.name for target in targets for label in target.labels}
    keys, doubles = column_keys(headers), _doubles(headers, samples)
    split = _is_split(headers)
    proposals = []
    for number, (header, values) in enumerate(zip(headers, samples, strict=True)):
        if kept and (kept.get(keys[number], "?").partition(":")[0] in {"", *known}):
            proposals.append([Match(kept[keys[number]], 100, "kept")])
            continue
        found = _proposals(header, values, (known, labels, split), country)
        double = number in doubles and found and found[0].target not in SEVERAL
        proposals.append([Match("", 0, "double")] if double else found)
    return _settled(proposals, known, keys)


def _doubles(headers, samples):
    """The columns whose heading another one has too, and both hold values."""
    keys = [header_key(header) for header in headers]
    filled = [bool(key and texts_of(values)) for key, values in zip(keys, samples, strict=True)]
    counts = Counter(key for key, full in zip(keys, filled, strict=True) if full)
    return {number for number, key in enumerate(keys) if filled[number] and counts[key] > 1}


def _is_split(headers):
    """Whether a file has private addresses beside those of firms."""
    words = {
        (word, synonyms()[rest][0])
        for header in headers
        for word, rest in qualified(bare_header(header))
    }
    return any(word == "private" and target in PLACE for word, target in words)


def _proposals(header, values, file, country):
    """What one column may fill, the likeliest first."""
    known, labels, split = file
    year, typed = header_year(header), (header or "").strip()
    found = [Match(typed, 100, "name")] if typed in known else []
    for key in dict.fromkeys((header_key(header), bare_header(header))):
        if key in labels and key:
            found.append(Match(_full(labels[key], year), 95, "label"))
        if key in synonyms():
            target, certainty = synonyms()[key]
            found.append(Match(_full(target, year), certainty, "synonym"))
    found = found or _of_others(header, split) or _of_a_word(header)
    # an own field is what its label says, whatever stands in it
    own = [match for match in found if match.target.startswith("x_")]
    looked = own or [_looked_at(match, values, country) for match in found]
    looked = [match for match in looked if match.target.partition(":")[0] in known]
    if any(match.target == "phone" for match in looked) and "phone_more" in known:
        # a second column of fixed lines holds no mobile numbers
        fixed = looks_like(values, country)[0] == "phone"
        looked += [Match("phone_more", 40, "synonym")] if fixed else []
    if not found:  # what a known heading means is never overruled by a guess
        target, certainty = looks_like(values, country)
        clear = target not in UNCLEAR or says_nothing(header)
        looked = [Match(target, certainty, "content")] if target in known and clear else []
    return looked


def _looked_at(match, values, country):
    """A Match by the heading after a look at the values.

    The customers of a small firm may be numbered from 1: a column of "Nr." counts the rows then,
    one of "Kd.-Nr." does not.
    """
    if match.why == "name" or (match.target == "ref" and match.certainty >= _CLEAR):
        return match
    target = refined(match.target, values, country)
    if target == "name" and is_last_first(texts_of(values)):
        target = "name_last_first"
    return match._replace(target=target)


def _full(target, year):
    """The target with the year that the heading names, where it is of a year."""
    if year and target == "employee_quantity":
        target = "figure.headcount"
    return f"{target}:{year}" if year and target.startswith("figure.") else target


def _of_others(header, split):
    """What a heading with a word like "geschäftlich" or "Rechnung" may fill."""
    found = []
    words = qualified(header_key(header)) or qualified(bare_header(header))
    for word, rest in words or qualified(bare_header(without_aside(header))):
        target, certainty = synonyms()[rest]
        if word in RELATED:
            target = "person" if word == "contact" and target == "name" else target
            if target in RELATED[word]:
                found.append(Match(f"{word}.{target}", certainty - 5, "synonym"))
        elif target not in AT_HOME_OR_WORK:
            continue
        elif word == "private":
            found.append(Match(target, certainty - 5, "synonym"))
        else:
            if not (split and target in PLACE):
                found.append(Match(target, certainty - 10, "synonym"))
            if target in RELATED["company"]:
                found.append(Match(f"company.{target}", certainty - 30, "synonym"))
    return found


def _of_a_word(header):
    """What a heading may fill by its first or last words, or by those outside of brackets."""
    key = bare_header(without_aside(header))
    if key in synonyms():
        target, certainty = synonyms()[key]
        return [Match(_full(target, header_year(header)), certainty - 20, "synonym")]
    words = fold(header).split()
    if words and words[-1] in _OF_A_COLUMN:
        return []
    for count in range(len(words) - 1, 0, -1):
        for part in ("".join(words[:count]), "".join(words[-count:])):
            target, certainty = synonyms().get(part, ("", 0))
            if target in _TOLD_BY_A_WORD:
                return [Match(target, certainty - 30, "synonym")]
    return []


def _settled(proposals, known, keys):
    """Who fills what, where several columns would: the more certain, then the one further left."""
    settled = {
        number: found[0]
        for number, found in enumerate(proposals)
        if found and (not found[0].target or found[0].why == "kept")
    }
    taken = {match.target for match in settled.values()}
    for attempt in (_first, _others):
        order = sorted(
            (number for number in range(len(proposals)) if number not in settled),
            key=lambda number: -max([match.certainty for match in proposals[number]], default=0),
        )
        for number in order:
            for match in attempt(proposals[number], known, taken):
                if match.target not in taken or match.target in SEVERAL:
                    settled[number] = match
                    taken.add(match.target)
                    break
    _name_parts(settled)
    _told_twice(settled, keys)
    return [settled.get(number, _NOTHING) for number in range(len(proposals))]


def _first(found, _known, _taken):
    return found[:1]


def _others(found, known, taken):
    """What else a column may fill whose first choice is taken."""
    for match in found[1:]:
        if "company" in taken or not match.target.startswith("company."):
            yield match
    for match in found[:1]:
        for target in (*NEXT.get(match.target, ()), "comment_line"):
            if target in known and (target != "comment_line" or match.target in _WORTH_A_LINE):
                yield match._replace(target=target, certainty=40)


# From so much on a heading says what it means by itself.
_CLEAR = 90
_TOLD_BY_A_WORD = ("phone", "mobile", "email", "website", "iban", "vat", "comment", "consent")
# The column says something of a telephone number, but holds none.
_OF_A_COLUMN = frozenset({"label", "type", "typ", "art", "kategorie", "erlaubt", "gesperrt"})
_WORTH_A_LINE = ("phone", "mobile", "email", "website")


def _told_twice(settled, keys):
    """Google's "Formatted" is the address once more, where its parts have columns of their own."""
    parts = {"street", "city"} <= {match.target for match in settled.values()}
    for number, match in settled.items():
        guessed = match.target == "address" and match.why == "synonym"
        if parts and guessed and keys[number].endswith("formatted"):
            settled[number] = match._replace(target="ignore")


def _name_parts(settled):
    """A "Name" beside a first name is a last name; a contact of no firm is the person."""
    by_target = {match.target: number for number, match in settled.items()}
    guessed = {number for number, match in settled.items() if match.why in ("label", "synonym")}
    number = by_target.get("name")
    if number in guessed and "firstname" in by_target and "lastname" not in by_target:
        settled[number] = settled[number]._replace(target="lastname")
    if by_target.keys().isdisjoint(("name", "company", "person", "lastname")):
        for target, number in by_target.items():
            head, _point, base = target.partition(".")
            if head == "contact" and number in guessed and base not in by_target:
                settled[number] = settled[number]._replace(target=base)
