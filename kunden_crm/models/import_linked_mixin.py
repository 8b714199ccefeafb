from odoo import models

# What a row says of other records than its contact.
_LINKED = ("company", "household", "addresses", "tags", "interests", "figures", "ibans", "bics")


class KundenImportLinkedMixin(models.AbstractModel):
    """The firm, the household and the tags of a row: used where they are there, else made.

    What is made is written into the journal, with the key by which all rows of the file call it.
    """

    _name = "kunden.import.linked.mixin"
    _inherit = "kunden.import.beside.mixin"
    _description = "Firms and Households of an Imported Contact"

    def _linked_names(self):
        """The words of a row that are no fields of its contact."""
        return _LINKED

    # Tags

    def _link_tags(self, rows):
        """Put the ids of the tags into the values; returns lines for tags that are new."""
        first = {}
        for row in rows:
            for name in self._said_in(row, "tags") or ():
                first.setdefault(name, row)
        if not first:
            return []
        tags = self._contacts().env["res.partner.category"]
        ids = {tag.name: tag.id for tag in tags.search([("name", "in", [*first])])}
        unknown = [name for name in first if name not in ids]
        made = tags.create([{"name": name} for name in unknown])
        ids |= dict(zip(unknown, made.ids, strict=True))
        for row in rows:
            if names := self._said_in(row, "tags"):
                known = row["vals"].get("category_id") or []
                row["vals"]["category_id"] = [*dict.fromkeys([*known, *map(ids.get, names)])]
        return [
            self._made_line(tag, first[name], new={"name": name})
            for name, tag in zip(unknown, made, strict=True)
        ]

    # Firms

    def _link_companies(self, rows):
        """Put the firms of persons into their values; (contact, row, names, key) of new ones.

        A firm is what the preview has found, the row of the file that is it, or what an earlier row
        of the same key has made.
        """
        contacts = self._contacts()
        asked = [row for row in rows if self._said_in(row, "company")]
        if not asked:
            return []
        keys = {self._key_of(row, "company"): row for row in reversed(asked)}
        known = self.env["kunden.import.value"]._made_by_key(self, [*keys])
        known |= self._firms_found(asked)
        new = [(key, row) for key, row in reversed(keys.items()) if key not in known]
        vals_list = [
            self._row_vals({"values": self._said_in(row, "company")}, contacts)
            | {"is_company": True}
            for _key, row in new
        ]
        created = contacts.create([self._create_vals(vals, contacts) for vals in vals_list])
        known |= {key: one.id for (key, _row), one in zip(new, created, strict=True)}
        for row in asked:
            row["vals"]["parent_id"] = known[self._key_of(row, "company")]
        return [
            (one.id, row["id"], [*vals], key)
            for (key, row), vals, one in zip(new, vals_list, created, strict=True)
        ]

    def _key_of(self, row, word):
        """By what all rows of the file call the firm or household of a row."""
        said = self._said_in(row, word)
        return f"{word}:{said.get('key') or said.get('name')}"

    def _firms_found(self, rows):
        """{key: contact} of firms that were there, or that a row of the file is."""
        found, of_row = {}, {}
        for row in rows:
            said, key = self._said_in(row, "company"), self._key_of(row, "company")
            if said.get("id"):
                found[key] = said["id"]
            elif said.get("row_id"):
                of_row[key] = said["row_id"]
        firms = self.env["kunden.import.row"].browse(of_row.values())
        firms.fetch(["partner_id"])
        found |= {key: firms.browse(one).partner_id.id for key, one in of_row.items()}
        partners = self._contacts().browse(filter(None, found.values()))
        there = set(partners.exists().ids)
        # one that was merged since leads to the survivor; one that is gone is made anew
        lead = self.env["kunden.merge.redirect"]._lead_id
        led = {key: one if one in there else lead(one) for key, one in found.items() if one}
        return {key: one for key, one in led.items() if one}

    # Households

    def _link_households(self, rows):
        """Put the households into the values; returns lines for those that are new."""
        asked = [row for row in rows if self._said_in(row, "household")]
        if not asked:
            return []
        households = self._contacts().env["kunden.household"]
        keys = {self._key_of(row, "household"): row for row in reversed(asked)}
        known = self.env["kunden.import.value"]._made_by_key(self, [*keys])
        ids = {self._said_in(row, "household").get("id") for row in asked}
        there = set(households.browse(ids - {None}).exists().ids)
        for key, row in keys.items():
            if (one := self._said_in(row, "household").get("id")) in there:
                known[key] = one
        new = [(key, row) for key, row in reversed(keys.items()) if key not in known]
        created = households.create(
            [{"name": self._said_in(row, "household")["name"]} for _key, row in new]
        )
        known |= {key: home.id for (key, _row), home in zip(new, created, strict=True)}
        for row in asked:
            row["vals"]["household_id"] = known[self._key_of(row, "household")]
            if role := self._said_in(row, "household").get("role"):
                row["vals"]["household_role"] = role
        return [
            self._made_line(home, row, new={"name": home.name}) | {"key": key}
            for (key, row), home in zip(new, created, strict=True)
        ]
