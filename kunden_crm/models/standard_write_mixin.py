from odoo import api, models
from odoo.tools import SQL

from .name_mixin import PARTS

# The name of a person and its parts say the same: they are kept, written and left together.
NAMES = {"name", *PARTS}


class KundenStandardWriteMixin(models.AbstractModel):
    """Writing what a run proposes, and taking it back, some thousand values at a time."""

    _name = "kunden.standard.write.mixin"
    _description = "Writing of a Run"

    def _write_some(self, batch, state, done, otherwise):
        """Write the next values whose line is in a state; up to which contact, None at the end.

        A line is `done` where the value still was what it knows, else it is left `otherwise`.
        """
        lines = self.env["kunden.standard.line"]._next(self, state, batch)
        if not lines:
            return None
        if state == "applied":  # back to what stood there
            lines = [(line, partner, name, new, old) for line, partner, name, old, new in lines]
        may = self._contacts().browse(dict.fromkeys(line[1] for line in lines))
        may = may.exists()._filtered_access("write")
        found = self._locked(may.ids, sorted({line[2] for line in lines}))
        edited = {
            (partner_id, "name" if name in NAMES else name)
            for _line, partner_id, name, old, _new in lines
            if partner_id not in found or (found[partner_id][name] or "") != (old or "")
        }
        wanted, written, skipped = {}, [], []
        for line_id, partner_id, name, _old, new in lines:
            if (partner_id, "name" if name in NAMES else name) not in edited:
                wanted.setdefault(partner_id, {})[name] = new
                written.append(line_id)
            else:
                skipped.append(line_id)
        self._store(wanted)
        self.env["kunden.standard.line"]._turn({done: written, otherwise: skipped})
        return lines[-1][1]

    def _locked(self, ids, names):
        """The values of these contacts (id to name to text), which nobody changes meanwhile."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM res_partner WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                SQL(", ").join(map(SQL.identifier, names)),
                ids,
            )
        )
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    def _store(self, wanted):
        """Write these values (id to name to text) and what hangs on them.

        They are assigned like computed ones, without a door: what is computed from them goes into
        the same UPDATE, and every index of the contact is kept up once.
        """
        # sudo: who may write them was asked; what hangs on the values is computed for everybody
        partners = self._contacts().browse(wanted).sudo()
        changed = {}
        for partner_id, values in wanted.items():
            for name in values:
                changed.setdefault(name, []).append(partner_id)
        unread = self._unread(partners, wanted)
        assigned = [partners._fields[name] for name in (*changed, "write_uid", "write_date")]
        with self.env.protecting(assigned, partners):
            # named here: whoever stores it first, such as a verdict, is not whoever started
            partners.write_uid, partners.write_date = self.user_id, self.env.cr.now()
            for partner in partners:
                for name, value in wanted[partner.id].items():
                    partner[name] = value or False
        with self.env.protecting(unread):
            for name, ids in changed.items():
                partners.browse(ids).modified([name])
        partners.env.flush_all()

    @api.model
    def _unread(self, partners, wanted):
        """What is read from these values and stays as it is: pairs for `protecting`.

        Most proposals are another spelling of the same: the number that is dialled and the words
        by which somebody is found stay, and reading them anew is most of the work.
        """
        names = {name for values in wanted.values() for name in values}
        partners.fetch([*names])
        # read now: reading them later would have the values written alone
        partners.with_context(active_test=False).fetch(["child_ids", "user_ids"])
        alike, dialled = partners._read_alike(wanted)
        keys = self.env["kunden.search.key"].sudo()
        found = keys.search([("source_id", "in", alike.ids)], order="id")
        pairs = [((keys._fields["key"],), found)]
        for name, ids in dialled.items():
            read = (*partners._phone_parts(name), "phone_sanitized")
            pairs.append(([partners._fields[part] for part in read], partners.browse(ids)))
        return pairs
