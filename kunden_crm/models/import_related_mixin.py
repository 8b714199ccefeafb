from collections import defaultdict
from types import SimpleNamespace
from typing import NamedTuple

from odoo import models

from ..kernel.import_rows import NESTED
from .import_step import Found, JudgedRow

# By what a row calls a firm or an address, and what makes it one.
_NAMED = frozenset({"key", "id", "row_id", "is_company", "type"})


class Related(NamedTuple):
    """What a row says of a contact beside its own: whose values they are ("company", "invoice",
    "delivery"), the values, and the contact that is there."""

    row: JudgedRow
    whose: str
    said: dict
    partner_id: int


class KundenImportRelatedMixin(models.AbstractModel):
    """What a row says of the firm of its person and of further addresses that are there already.

    Their values are weighed like those of any contact, by the policies of their columns.
    """

    _name = "kunden.import.related.mixin"
    _inherit = "kunden.import.words.mixin"
    _description = "Firm and Further Addresses of an Imported Contact"

    def _said_of(self, whose, said):
        """The values for fields of such a contact; a firm is known by its name."""
        partners = self.env["res.partner"]
        return {
            name: value
            for name, value in said.items()
            if name in partners._fields
            and name not in _NAMED
            and name not in NESTED
            and (whose, name) != ("company", "name")
            and partners._has_field_access(partners._fields[name], "write")
        }

    def _policies_of(self, whose):
        """The policies of the columns of such a contact; those of a firm may stand in any."""
        every = self.column_ids._policies()
        start = f"{whose}."
        own = {name.removeprefix(start): every[name] for name in every if name.startswith(start)}
        return every | own if whose == "company" else own

    def _writable(self, ids):
        """Those of these contacts that whoever started it may change, the own company left out."""
        partners = self.env["res.partner"].browse(ids).exists()._filtered_access("write")
        return partners.browse(set(partners.ids) - set(partners._own_company_partner_ids()))

    def _addresses_of(self, ids):
        """{(contact, type): its first further address of that type}."""
        children = self.env["res.partner"].search_fetch(
            [("parent_id", "in", list(ids)), ("type", "!=", "contact")], ["parent_id", "type"]
        )
        return {(one.parent_id.id, one.type): one.id for one in reversed(children)}

    # The preview

    def _weigh_related(self, step):
        """Per row what its values for others come to, as `row.of_others`; with notes."""
        by_whose = defaultdict(list)
        for related in (*self._firms_said(step), *self._addresses_said(step)):
            by_whose[related.whose].append(related)
        for whose, found in by_whose.items():
            names = {name for one in found for name in self._said_of(whose, one.said)}
            partners = self._writable({one.partner_id for one in found})
            policies = self._policies_of(whose)
            asked = not {"source", "newest"}.isdisjoint(policies.values())
            values = self.env["kunden.import.value"]
            standing = values._standing(partners.ids, names) if asked else {}
            told = SimpleNamespace(policies=policies, standing=standing, plan=step.plan)
            known = {one["id"]: one for one in partners.read(["is_company", *names], load=None)}
            logins = self._with_login(partners)
            for one in found:
                if old := known.get(one.partner_id):
                    self._weigh_one(told, one, old, one.partner_id in logins)

    def _firms_said(self, step):
        """What rows say of firms that are there."""
        for row in step.rows:
            company = row["values"].get("company") or {}
            if row.found.word in ("none", "one", "same") and company.get("id"):
                yield Related(row, "company", company, company["id"])

    def _addresses_said(self, step):
        """What rows say of further addresses that are there; one that is not is to be added."""
        rows = [row for row in step.rows if row["values"].get("addresses")]
        rows = [row for row in rows if row.found.word in ("one", "same")]
        there = self._addresses_of({row.found.partner_id for row in rows}) if rows else {}
        for row in rows:
            root = step.others.get(row["same_row_id"]) or {"values": None}
            said = {one["type"] for one in (root["values"] or {}).get("addresses") or ()}
            for address in row["values"]["addresses"]:
                if child_id := there.get((row.found.partner_id, address["type"])):
                    yield Related(row, address["type"], address, child_id)
                elif address["type"] not in said:
                    row.of_others = (*row.of_others, ("addresses", "write"))

    def _weigh_one(self, step, related, old, login):
        """Decide on each value, with a note of what was before and what would be after."""
        row, whose, said, partner_id = related
        judged = JudgedRow(row)
        judged.found = Found("one", partner_id)
        for name, new in self._said_of(whose, said).items():
            before = old[name].isoformat() if hasattr(old[name], "isoformat") else old[name]
            new = said[name] = self._alike(step, said, name, before, new)
            code = self._weighed(step, judged, name, before, new, login)
            if code == "ask" and row.is_told():
                code = "write"
            row.of_others = (*row.of_others, (name, code))
            if code != "same":
                note = {"field": name, "of": whose, "code": code, "old": before, "new": new}
                row["notes"].append(note)

    # The run

    def _update_firms(self, rows):
        """Write what rows say of firms that are there; returns lines of the journal.

        Of a firm that this file has brought only what is empty is filled.
        """
        said = [
            Related(row, "company", company, row["vals"]["parent_id"])
            for row in rows
            if (company := self._said_in(row, "company")) and row["vals"].get("parent_id")
        ]
        return self._update_related("company", said)

    def _update_addresses(self, rows):
        """Write what rows say of further addresses that are there; returns lines of the journal."""
        asked = [row for row in rows if self._said_in(row, "addresses")]
        there = self._addresses_of({row["partner_id"] for row in asked}) if asked else {}
        said = defaultdict(list)
        for row in asked:
            for address in self._said_in(row, "addresses"):
                if child_id := there.get((row["partner_id"], address["type"])):
                    related = Related(row, address["type"], address, child_id)
                    said[address["type"]].append(related)
        return [line for whose in said for line in self._update_related(whose, said[whose])]

    def _update_related(self, whose, found):
        """Write what rows say of contacts beside their own; returns lines of the journal.

        Where several rows speak of one contact, the first that says something counts.
        """
        lines = {}
        for row, _whose, said, partner_id in found:
            brought_here = whose == "company" and not said.get("id")
            line = {
                "id": row["id"],
                "partner_id": partner_id,
                "same_row_id": row["id"] if brought_here else None,
                "decision": "update" if row["decision"] else None,
                "vals": {},
            }
            row.setdefault("beside", []).append(partner_id)
            first = lines.setdefault(partner_id, line)
            first["vals"] = self._said_of(whose, said) | first["vals"]
        starter = self._of_starter()
        writable = set(starter._writable([*lines]).ids)
        due = [line for partner_id, line in lines.items() if partner_id in writable]
        noted = self._update_contacts(due, starter._policies_of(whose)) if due else []
        changed = {line["partner_id"] for line in due if line["outcome"] == "updated"}
        for row, _whose, _said, partner_id in found:
            if row.get("outcome") == "unchanged" and partner_id in changed:
                row["outcome"] = "updated"
        return noted
