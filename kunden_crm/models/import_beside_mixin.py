from odoo import models


class KundenImportBesideMixin(models.AbstractModel):
    """What is stored beside a contact: interests, key figures, bank accounts, further addresses."""

    _name = "kunden.import.beside.mixin"
    _description = "What Hangs on an Imported Contact"

    def _said_in(self, row, word):
        """What a row says of one of these."""
        return (row["values"] or {}).get(word)

    def _made_line(self, record, row, partner_id=None, new=None):
        """A line of the journal for a record that an import has made."""
        return {
            "partner_id": partner_id,
            "row_id": row["id"],
            "model": record._name,
            "res_id": record.id,
            "new": new,
        }

    def _add_beside(self, rows):
        """Add all of it to contacts that are stored; returns lines of the journal."""
        lines = []
        for word, add in (
            ("interests", self._add_interests),
            ("figures", self._add_figures),
            ("ibans", self._add_accounts),
        ):
            said = [
                (row, row.get("made_id") or row["partner_id"], self._said_in(row, word))
                for row in rows
                if self._said_in(row, word)
            ]
            if word == "figures":
                said += self._figures_of_firms(rows)
            lines += add(said) if said else []
        return lines

    def _figures_of_firms(self, rows):
        """Key figures that a row says of the firm of its person."""
        return [
            (row, row["vals"]["parent_id"], company["figures"])
            for row in rows
            if (company := self._said_in(row, "company")) and company.get("figures")
        ]

    def _add_interests(self, said):
        """State the interests that a contact does not have."""
        env = self._contacts().env
        names = {name for _row, _partner_id, words in said for name in words}
        topics = env["kunden.interest.topic"].search([("name", "in", [*names])])
        ids = {topic.name: topic.id for topic in topics}
        if unknown := names - ids.keys():
            told = ", ".join(sorted(unknown))
            raise ValueError(self.env._("There is no interest of this name: %s", told))
        people = [partner_id for _row, partner_id, _words in said]
        stated = env["kunden.interest"].search_fetch(
            [("partner_id", "in", people), ("ended_on", "=", False)], ["partner_id", "topic_id"]
        )
        there = {(one.partner_id.id, one.topic_id.id) for one in stated}
        wanted = {
            (partner_id, ids[name]): row
            for row, partner_id, words in said
            for name in words
            if (partner_id, ids[name]) not in there
        }
        vals_list = [
            {"partner_id": partner_id, "topic_id": topic, "source": self.source}
            for partner_id, topic in wanted
        ]
        return self._add_records(env["kunden.interest"], wanted.values(), vals_list)

    def _add_figures(self, said):
        """Add the key figures of years that this source has not told yet."""
        figures = self._contacts().env["kunden.figure"]
        people = [partner_id for _row, partner_id, _figures in said]
        found = figures.search_fetch(
            [("partner_id", "in", people), ("source", "=", self.source)], ["partner_id", "year"]
        )
        there = {(one.partner_id.id, one.year) for one in found}
        wanted = {
            (partner_id, figure["year"]): (row, figure)
            for row, partner_id, years in said
            for figure in years
            if (partner_id, figure["year"]) not in there
        }
        vals_list = [
            {**figure, "partner_id": partner_id, "source": self.source}
            for (partner_id, _year), (_row, figure) in wanted.items()
        ]
        return self._add_records(figures, [row for row, _figure in wanted.values()], vals_list)

    def _add_accounts(self, said):
        """Add the bank accounts that a contact does not have."""
        accounts = self._contacts().env["res.partner.bank"]
        people = [partner_id for _row, partner_id, _ibans in said]
        found = accounts.search_fetch(
            [("partner_id", "in", people)], ["partner_id", "sanitized_acc_number"]
        )
        there = {(one.partner_id.id, one.sanitized_acc_number) for one in found}
        wanted = {
            (partner_id, number): row
            for row, partner_id, ibans in said
            for iban in ibans
            if (partner_id, number := "".join(iban.split()).upper()) not in there
        }
        vals_list = [
            {"partner_id": partner_id, "acc_number": number} for partner_id, number in wanted
        ]
        return self._add_records(accounts, wanted.values(), vals_list)

    def _add_records(self, model, rows, vals_list):
        """Make records of contacts; returns their lines, and tells their rows."""
        created = model.create(vals_list)
        for row in rows:
            if row.get("outcome") == "unchanged":
                row["outcome"] = "updated"
        return [
            self._made_line(record, row, vals["partner_id"], vals)
            for record, row, vals in zip(created, rows, vals_list, strict=True)
        ]

    def _add_addresses(self, rows):
        """Add addresses of a kind that a contact has none of; (contact, row, names, key)."""
        contacts = self._contacts()
        said = [
            (row, row.get("made_id") or row["partner_id"], address)
            for row in rows
            for address in self._said_in(row, "addresses") or ()
        ]
        if not said:
            return []
        there = self._of_starter()._addresses_of({one[1] for one in said})
        new = [each for each in said if (each[1], each[2]["type"]) not in there]
        vals_list = [
            self._row_vals({"values": address}, contacts) | {"parent_id": partner_id}
            for _row, partner_id, address in new
        ]
        created = contacts.create([self._create_vals(vals, contacts) for vals in vals_list])
        for row, _partner_id, _address in new:
            if row.get("outcome") == "unchanged":
                row["outcome"] = "updated"
        return [
            (child.id, row["id"], [*vals], None)
            for (row, _partner_id, _address), vals, child in zip(
                new, vals_list, created, strict=True
            )
        ]
