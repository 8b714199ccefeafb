"""How the rows of a file are read: what is the same for all of them, made once for a step."""

import json
from datetime import date
from hashlib import blake2b

from ..kernel.companies import looks_like_company
from ..kernel.import_cells import read_cell
from ..kernel.import_choices import Choices, salutation_kind
from ..kernel.import_content import is_mobile
from ..kernel.import_parts import COMPOSITE, parts_of, several
from ..kernel.import_policy import verdict
from ..kernel.import_rows import NESTED, composed
from ..kernel.import_targets import base_of
from ..kernel.import_values import Column
from ..kernel.match_firms import firm_keys
from ..kernel.match_keys import keys
from ..kernel.text import clean_text, is_storable
from .phone_mixin import read as read_phone

_GOOD = ("", "fixed", "blank")
_FIRST = ("country_id", "company_type", "is_company", "salutation")
_NUMBERS = ("phone", "mobile")
_MORE = "phone_more"
_NAMES = ("name", "name_last_first", "firstname", "lastname", "company")
_OF_COUNTRY = ("country_id", "nationality_id", "company.country_id", "invoice.country_id")
_OF_COUNTRY += ("delivery.country_id",)
# What the reader says of a row or cell, as verdicts.
_OF_FILE = dict.fromkeys(("quote_error", "too_many_cells", "beyond_columns"), "reject")
_OF_FILE |= dict.fromkeys(("cell_too_long", "phantom_day"), "reject")
_OF_FILE |= dict.fromkeys(("formula_no_value", "error_value", "long_number"), "ask")
_OF_FILE |= dict.fromkeys(("bad_number", "bad_date", "time_only"), "ask")
# What a row becomes in the table, in the order of COPY.
COLUMNS = ("id", "batch_id", "number", "sheet", "raw", "values", "state", "message", "notes")
COLUMNS += ("partner_id", "mark")


def plain(value):
    """A value as JSON can keep it: days as texts, no character that the database refuses."""
    if isinstance(value, str):
        if is_storable(value):
            return value
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)


as_json = json.JSONEncoder(default=plain).encode


def _of_firm(target, value):
    """Whether the Anrede says that the row is about a firm."""
    return target == "salutation" and salutation_kind(value) == "company"


class Reading:
    """What has been read of a row so far."""

    def __init__(self, row, plan):
        self.row, self.plan = row, plan
        self.said, self.notes, self.codes = [], [], []
        # ISO codes by whose they are: "" for the contact, "invoice" for its address of that kind
        self.countries, self.firm = {}, False

    def note(self, index, code, verdict, **more):
        """Say something of a cell or of the row, once where the file says it already."""
        for known in self.notes:
            if (known["column"], known["code"]) == (index, code) and "field" not in known:
                known.update(more)
                return
        text = self.plan.words(code)
        self.notes.append({"column": index, "code": code, "verdict": verdict, "text": text, **more})
        self.codes.append(verdict)

    def country_of(self, target):
        """The country by which a value is read: that of its own address, else of the contact."""
        whose = target.rpartition(".")[0]
        return self.countries.get(whose) or self.countries.get("") or self.plan.home

    def take(self, index, target, heading, cell, read):
        """Take over what a cell says, with a note where it was changed or is to be asked."""
        value, code, reason = read
        if code == "reject" and "." in reason:
            code = "ask"  # what a standard refuses is left out, and somebody looks at it
        if code and (reason or code != "blank"):
            self.note(index, reason or code, code, field=target, raw=plain(cell), value=value)
        if code == "ask" and base_of(target) in _NAMES:
            value = clean_text(plain(str(cell)))  # nobody is without a name until he is decided on
        elif code not in ("", "fixed"):
            return
        if base_of(target) == "country_id":
            self.countries[target.rpartition(".")[0]] = value
        if target in _OF_COUNTRY:
            value = self.plan.countries.get(value, value)
        elif target in _FIRST:
            self.firm = self.firm or value in (True, "company") or _of_firm(target, value)
        elif target in (*_NUMBERS, _MORE) and type(cell) is str:
            self.plan.typed_as[value] = cell.strip()
        if target == _MORE and is_mobile(value, self.country_of(target)):
            target = "mobile_more"
        self.said.append((target, value, heading))

    def judged(self):
        """The state that follows from the cells alone, and the sentences that say why."""
        state = verdict("none", self.codes).state
        if state == "new":
            return None, None
        bad = [note for note in self.notes if note["verdict"] not in _GOOD]
        told = [self.plan.sentence(self.row.number, one["column"], one["text"]) for one in bad]
        return state, " ".join(told)


class Plan:
    """What the columns of a file mean, in plain values.

    `readers` are (index, target, Column, Choices, heading); `parts` says how to read the parts of a
    composite cell, by target; `words` tells a code; `countries` are ids by ISO code.
    """

    def __init__(self, readers, parts, words, countries, home, forms, sentence):
        self.readers = sorted(readers, key=lambda one: base_of(one[1]) not in _FIRST)
        self.parts, self.words, self.countries = parts, words, countries
        self.codes = {number: code for code, number in countries.items()}
        self.home, self.forms, self.sentence = home, forms, sentence
        self.firms = {}
        self.clears = frozenset()
        # numbers as they were typed, by their spelling: each is read once
        self.typed_as = {}
        # all that reading a row depends on, beside the row
        self.meaning = b""

    def settle(self, clears, *more):
        """Nothing of how rows are read changes any more: `clears` are targets that empty cells
        delete, `more` whatever else the reading depends on."""
        self.clears = frozenset(clears)
        told = [_meaning(*reader) for reader in self.readers]
        told += [_meaning(name, *part) for name, part in sorted(self.parts.items())]
        told += [sorted(self.clears), self.home, sorted(self.countries.items()), more]
        self.meaning = blake2b(repr(told).encode(), digest_size=16).digest()

    def mark(self, raw):
        """What tells rows apart that say something else, or are read in another way."""
        text = as_json(raw).encode()
        return blake2b(text, digest_size=12, key=self.meaning).hexdigest()

    def is_plain(self, values):
        """Whether a row speaks of the contact alone, of nothing that hangs on it."""
        return NESTED.isdisjoint(values)

    def read_row(self, row):
        """(values, state, message, notes) of a row of the file."""
        reading = Reading(row, self)
        for index, code in row.notes:
            reading.note(index, code, _OF_FILE.get(code, "fixed"))
        for reader in self.readers:
            self._read_one(reading, reader)
        values, problems = composed(reading.said)
        for target, code in problems:
            index = next((one[0] for one in self.readers if one[1] == target), None)
            reading.note(index, code, "reject" if code == "nobody" else "ask")
        return values, *reading.judged(), reading.notes

    def _read_one(self, reading, reader):
        """Read one cell, or the parts of it, into what the row says."""
        index, target, column, choices, heading = reader
        cells = reading.row.cells
        cell = cells[index] if index < len(cells) else None
        if cell is None or cell == "":
            if target in self.clears:
                reading.said.append((target, None, heading))
        elif type(cell) is str and " ::: " in cell:
            for name, part in several(target, cell):
                self._read_value(reading, (index, name, column, choices, heading), part)
        else:
            self._read_value(reading, reader, cell)

    def _read_value(self, reading, reader, cell):
        """Read what a cell holds, or one of several values of it."""
        index, target, column, choices, heading = reader
        if target in COMPOSITE:
            self._split(reading, reader, plain(str(cell)).strip())
        elif target == "comment_line" and column.kind != "text":
            reading.said.append((target, clean_text(plain(cell)), heading))
        else:
            is_firm = (reading.firm and "." not in target) or target == "company"
            if target in ("name", "name_last_first") and not is_firm:
                is_firm = type(cell) is str and looks_like_company(cell)
            read = read_cell(cell, column, choices, reading.country_of(target), is_firm)
            reading.take(index, target, heading, cell, read)

    def _split(self, reading, reader, text):
        """The parts of a cell, each read as a cell of its own."""
        index, target, _column, _choices, heading = reader
        parts = parts_of(target, text)
        if text and not parts:
            reading.note(index, "composite", "ask", raw=text)
            if base_of(target) == "person":
                reading.said.append(("name", clean_text(text), heading))
        for name, part in parts.items():
            column, choices = self.parts[name]
            read = read_cell(part, column, choices, reading.country_of(name), name == "company")
            reading.take(index, name, heading, part, read)

    # What is compared

    def typed(self, values):
        """The keys of the contact of a row."""
        place = {} if "company" in values else values
        born = values.get("birthdate_date")
        company = values.get("company")
        at_work = [f"at:{company['key']}/{values['name']}"] if company else []
        return keys(
            {
                **{name: values.get(name) for name in ("is_company", "name")},
                **{name: values.get(name) for name in ("firstname", "lastname", "ref")},
                "legal_form": self.forms.get(values.get("partner_company_type_id")),
                "phones": self.phones(values),
                "emails": values.get("email"),
                **{name: place.get(name) for name in ("street", "zip", "city", "vat")},
                "country": self.codes.get(place.get("country_id"), self.home),
                "birthdate": date.fromisoformat(born) if born else None,
                "registry": place.get("company_registry"),
                "ibans": values.get("ibans"),
                "profiles": at_work,
            }
        )

    def compared(self, row_id, values):
        """(number, keys) of the contact of a row, and of the firm if it is the first to name it.

        Rows may be read in any order: the firm is that of the first row of the file.
        """
        self.keyed(values)
        yield row_id, self.typed(values)
        company = values.get("company")
        if company and row_id < self.firms.get(company["key"], row_id + 1):
            self.firms[company["key"]] = row_id
            yield -row_id, self.typed(company)

    def phones(self, values):
        """The numbers of a row in international form."""
        country = self.codes.get(values.get("country_id"), self.home)
        found = []
        for name in _NUMBERS:
            text = values.get(name)
            number = read_phone(self.typed_as.pop(text, text), country) if text else None
            if number and number.valid:
                number = number.e164 + (f";ext={number.extension}" if number.extension else "")
                found.append(number)
        return found

    def keyed(self, values):
        """Names the firm of a person and his household by what all rows of a file call them."""
        if company := values.get("company"):
            form = self.forms.get(company.get("partner_company_type_id")) or ""
            found = firm_keys(company["name"], form)
            core = found.get("core_joined") or clean_text(company["name"])
            parts = (core, found.get("form"), company.get("zip"))
            company["key"] = "|".join("" if part is None else str(part) for part in parts)


def _meaning(*parts):
    """The parts of a reader, the same in every process."""
    return [
        [part._replace(placeholders=()), sorted(part.placeholders)]
        if isinstance(part, Column)
        else part.meaning
        if isinstance(part, Choices)
        else part
        for part in parts
    ]


def copied(line):
    """A line of COPY for a row of the table."""
    return "\t".join(map(_cell, line)) + "\n"


def _cell(value):
    if value is None:
        return "\\N"
    if isinstance(value, (dict, list)):
        # JSON writes what ends a line or a cell as \\n and \\t
        return as_json(value).replace("\\", "\\\\")
    if isinstance(value, str):
        value = value.replace("\\", "\\\\").replace("\t", "\\t")
        return value.replace("\n", "\\n").replace("\r", "\\r")
    return str(value)
