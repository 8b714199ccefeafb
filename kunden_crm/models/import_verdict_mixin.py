from odoo import fields, models
from odoo.tools import html2plaintext

from ..kernel.import_policy import decided, is_guarded, verdict
from ..kernel.import_rows import NESTED, PARTS
from .phone_mixin import read as read_phone

_NUMBERS = ("phone", "mobile")
# What the word for a match is to the policy.
_MATCH = {"one": "one", "same": "one", "foreign": "foreign", "none": "none"}
# A name and its parts are decided together.
_OF_NAME = ("person", "name", "name_last_first", "firstname", "lastname")


class KundenImportVerdictMixin(models.AbstractModel):
    """What each row would do: its values against what stands there, by policy and rules."""

    _name = "kunden.import.verdict.mixin"
    _inherit = "kunden.import.nested.mixin"
    _description = "Verdict on Rows"

    def _conclude(self, step):
        """State, sentence, notes and candidates of each row."""
        step.policies = self.column_ids._policies()
        known = self._known(step)
        missing = self._missing(step)
        told = {}
        for row in step.rows:
            row["notes"] = [note for note in row["notes"] or () if "column" in note]
        self._weigh_related(step)
        for row in step.rows:
            sentences = [row["message"]] if row["message"] and not row["decision"] else []
            if row.found.word == "one":
                self._compare(step, row, known[row.found.partner_id])
                row["partner_id"] = row.found.partner_id
            elif row.found.word == "same":
                root = step.others[row["same_row_id"]]
                if root["state"] == "ask":
                    row.asks = (*row.asks, ("waits", {"row": root["number"]}))
                self._compare(step, row, self._known_of_root(step, row, known))
            bad = row["state"] == "ask" and not row["decision"]
            state = verdict(
                _MATCH.get(row.found.word, "unsure"),
                ["ask"] if bad or row.asks else [],
                [code for _name, code in (*row.decided, *row.of_others)],
            ).state
            lacks = missing.get(row["id"])
            if lacks and state == "new":
                state = "ask"
                sentences.append(self._told_at(row["number"], "", self._missing_words(lacks)))
            sentences += self._reasons(step, row, state)
            row["state"] = "skipped" if row["decision"] == "skip" else state
            row["message"] = " ".join(sentences) or None
            row["candidates"] = self._candidates(row, told) or None

    def _reasons(self, step, row, state):
        """Sentences about the row as a whole."""
        told = []
        word = row.found.word
        if word == "same":
            root = step.others[row["same_row_id"]]
            told.append(self._told("same", {"row": root["number"]}))
        elif word == "inside":
            numbers = [str(one[0]["number"]) for one in row.found.candidates]
            told.append(self._told("inside", {"row": ", ".join(numbers)}))
        elif word not in ("none", "one"):
            told.append(self._told(word))
        told += [self._told(code, details) for code, details in row.asks]
        decided = (*row.decided, *row.of_others)
        if state == "ask" and (differ := [name for name, code in decided if code == "ask"]):
            labels = self.env["res.partner"].fields_get(differ, ["string"])
            names = ", ".join(labels[name]["string"] for name in differ)
            told.append(self._told("value", {"names": names}))
        return [self._told_at(row["number"], "", text) for text in told]

    def _candidates(self, row, told):
        """Who the row may be, with reasons in words."""
        weights, candidates = self.env["kunden.match.weight"], []
        if row.found.word in ("none", "one", "same", "foreign"):
            return candidates
        for who, score, codes in row.found.candidates:
            codes = tuple(codes)
            if codes not in told:
                told[codes] = weights._told(codes)
            key = ("row_id", who["id"]) if row.found.word == "inside" else ("partner_id", who)
            candidates.append({key[0]: key[1], "score": score, "reasons": told[codes]})
        return candidates

    # Values against what stands there

    def _known(self, step):
        """By contact the values that the rows of this step speak of."""
        rows = [row for row in step.rows if row.found.word in ("one", "same")]
        ids = sorted({row.found.partner_id for row in rows if row.found.partner_id})
        partners = self.env["res.partner"].browse(ids)
        every = {name for row in rows for name in row["values"]}
        step.names = [name for name in every if name in partners._fields and name not in NESTED]
        step.names = sorted({*step.names, "is_company", *PARTS})
        step.standing = self._standing_of(step, ids)
        step.partners = {partner.id: partner for partner in partners}
        return {
            values["id"]: {name: _plain(value) for name, value in values.items()}
            for values in partners.read(step.names, load=None)
        }

    def _standing_of(self, step, ids):
        """Where values come from, as far as a policy asks for it."""
        if {"source", "newest"}.isdisjoint(step.policies.values()) or not ids:
            return {}
        return self.env["kunden.import.value"]._standing(ids, step.names)

    def _known_of_root(self, step, row, known):
        """What stands where an earlier row makes or fills the contact: its values are first."""
        values = dict(known.get(row.found.partner_id) or {})
        root_id = row["same_row_id"]
        for other in step.others.values():
            if root_id in (other["id"], other["same_row_id"]) and other["id"] < row["id"]:
                said = other["values"] or {}
                values |= {name: said[name] for name in said if not values.get(name)}
        return values

    def _compare(self, step, row, old):
        """Decide on each value, with a note of what was before and what would be after."""
        values, row.decided = row["values"], []
        login = row.found.partner_id in step.logins
        parts = not old.get("is_company") and any(values.get(part) for part in PARTS)
        own = {"is_company", "name"} if parts else {"is_company"}
        for name, new in values.items():
            if name in own or name in NESTED:
                continue
            before = old.get(name)
            new = values[name] = self._alike(step, values, name, before, new)
            code = self._weighed(step, row, name, before, new, login)
            if code == "ask" and row["decision"] == "update":
                code = "write"
            row.decided.append((name, code))
            if code != "same":
                note = {"field": name, "code": code, "old": before, "new": new}
                if code == "keep" and is_guarded(name, login):
                    note["text"] = self._told("login_email")
                row["notes"].append(note)
        row.decided += self._compare_nested(step, row, old)

    def _alike(self, step, values, name, old, new):
        """What stands there, where the row says the same in another spelling."""
        if not old or not new:
            return new
        if name == "comment":
            return old if new in html2plaintext(old) else new
        if name == "email":
            return old if old.casefold() == new.casefold() else new
        if name in _NUMBERS:
            country = step.plan.codes.get(values.get("country_id"), step.plan.home)
            one, two = read_phone(old, country), read_phone(new, country)
            same = one.valid and (one.e164, one.extension) == (two.e164, two.extension)
            return old if same else new
        return new

    def _weighed(self, step, row, name, old, new, login):
        """What becomes of one value."""
        policy = "source" if name == "comment" else step.policies.get(name)
        if policy is None and name in (*_OF_NAME, *PARTS):
            policy = next(filter(None, map(step.policies.get, _OF_NAME)), None)
        source = step.standing.get((row.found.partner_id, name), {})
        return decided(
            old,
            new,
            "fill" if row.found.word == "same" else policy or "fill",
            source.get("rank"),
            self.source_id.rank or None,
            source.get("date"),
            fields.Datetime.now(),
            clears=name in step.plan.clears and row.found.word != "same",
            guarded=is_guarded(name, login),
        )

    # Mandatory fields

    def _missing(self, step):
        """By row the catalogue lines that the rules of the start ask of a new contact."""
        rules = self.env["kunden.field.rule"]._of_version(self.rule_version, self.company_id)
        new = [row for row in step.rows if row.found.word == "none"] if rules else []
        lines, heads = [], set()
        for row in new:
            company = row["values"].get("company") or {}
            head = company.get("id") or -row["id"]
            lines.append(self._would_be(row["values"], -row["id"], head))
            heads.add(head)
        found = rules._missing_in(lines, [head for head in heads if head > 0])
        filled = {-row["id"]: self._filled_beside(row["values"]) for row in new}
        entries = {entry.id: entry.technical_name for entry in rules.catalogue_id}
        return {
            -number: left
            for number, missing in found.items()
            if (left := [one for one in missing if entries[one] not in filled[number]])
        }

    def _would_be(self, values, number, head):
        """The columns of the contact that these values would make."""
        partners = self.env["res.partner"]
        line = {
            name: value
            for name, value in values.items()
            if name in partners._fields and partners._fields[name].column_type
        }
        stage = values.get("customer_stage") or partners._fields["customer_stage"].default
        return {
            "active": True,
            "type": "contact",
            "partner_share": True,
            "customer_stage": stage(partners) if callable(stage) else stage,
            **line,
            "id": number,
            "commercial_partner_id": head,
        }

    def _missing_words(self, entry_ids):
        # sudo: what a field that one is asked for is called is no secret
        entries = self.env["kunden.field"].sudo().browse(entry_ids)
        return self._told("missing", {"names": ", ".join(entries.mapped("name"))})


def _plain(value):
    """A value of a record as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
