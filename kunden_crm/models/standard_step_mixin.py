from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..kernel.names import NameParts, join_name
from ..kernel.outcomes import asked
from .name_mixin import PARTS
from .standard_words import reason_key
from .standard_write_mixin import NAMES

# What is being done, and what is true at its end.
ENDS = {"checking": "checked", "applying": "done", "undoing": "undone"}


class KundenStandardStepMixin(models.AbstractModel):
    """The steps of a run: each reads, judges and writes some thousand contacts and can be killed.

    The lines of the run are the journal of what it wrote.
    """

    _name = "kunden.standard.step.mixin"
    _inherit = "kunden.standard.write.mixin"
    _description = "Steps of a Run"

    def _step(self, batch):
        """Go through so many contacts of what this run is doing."""
        self.ensure_one()
        work = {
            "checking": self._check_some,
            "applying": lambda number: self._write_some(number, "proposed", "applied", "skipped"),
            "undoing": lambda number: self._write_some(number, "applied", "undone", "edited"),
        }[self.state]
        try:
            self.with_user(self.user_id).check_access("write")  # who started it may have lost it
            with self.env.cr.savepoint():
                position = work(batch)
        except (AccessError, UserError, ValueError, IntegrityError) as error:
            self._note({"state": "failed", "error": str(error)})
            return
        if position is not None:
            self._note({"position": position})
            return
        ended = {"state": ENDS[self.state], "position": self.last_id}
        ended["checked_at" if self.state == "checking" else "done_at"] = fields.Datetime.now()
        self._note(ended)
        self._forget_older()

    def _names(self):
        """The technical names of the fields of this run."""
        partners = self.env["res.partner"]
        # sudo: which fields have a standard is the same for everybody
        entries = self.sudo().catalogue_ids or self.env["kunden.field"].sudo().search(
            [("spelling", "!=", False)]
        )
        spellings = entries._spellings()
        return [
            entry.technical_name
            for entry in entries
            if entry.technical_name in spellings
            and entry.sensitivity == "normal"
            and partners._fields[entry.technical_name].store
            and partners._fields[entry.technical_name].column_type[0] in ("varchar", "text")
        ]

    # Checking

    def _check_some(self, batch):
        """Propose for the next contacts; up to which id, or None at the end."""
        domain = self._condition() & self._after(self.position)
        ids = self._contacts().search(domain, order="id", limit=batch).ids
        if not ids:
            return None
        self.env["kunden.standard.line"]._insert(self._proposals(ids))
        return ids[-1] if len(ids) == batch else None

    def _after(self, position):
        return fields.Domain([("id", ">", position), ("id", "<=", self.last_id)])

    def _proposals(self, ids):
        """Lines for what is not written as it should be: (run, contact, field, old, new, ...)."""
        names = self._names()
        read = [*dict.fromkeys([*PARTS, "name", *names])]
        kept = self.env["kunden.standard.kept"]._kept(ids)
        regions = self._home_regions()
        entries, spellings = self.env["kunden.field"], self.env["res.partner"]._spellings()
        for partner_id, country, company_id, is_company, *values in self._rows(ids, read):
            region = country or regions.get(company_id) or regions[None]
            texts = dict(zip(read, values, strict=True))
            leave = {name for name in read if (partner_id, name, texts[name]) in kept}
            leave |= set() if leave.isdisjoint(NAMES) else NAMES
            asked_for = [name for name in names if name not in leave]
            for name, outcome in self._judged(texts, asked_for, region, is_company).items():
                state = "proposed" if outcome.outcome == "fixed" else "ask"
                value, verdict, reason = outcome
                spelling = entries._kernel_key(spellings.get(name, (name,))[0], is_company)
                reason = reason_key(spelling, reason)
                yield self.id, partner_id, name, texts[name], value, verdict, reason, state

    def _judged(self, texts, names, region, is_company):
        """By field name the Outcome of what could be written better in one contact."""
        spellings, entries = self.env["res.partner"]._spellings(), self.env["kunden.field"]
        judged = {}
        for name in names:
            text = texts[name]
            # the name of a person is made of its parts
            if not text or name == "name" and not is_company and any(map(texts.get, PARTS)):
                continue
            spelling, mask, _always = spellings[name]
            standard = entries._kernel_key(spelling, is_company)
            outcome = entries._standardise(standard, text, region, mask)
            # a contact without a name cannot be stored
            if outcome.outcome != "same" and (outcome.value or name != "name"):
                judged[name] = outcome
        if not is_company and any(
            judged[part].outcome == "fixed" for part in PARTS if part in judged
        ):
            judged |= self._joined_name(texts, judged)
        if not is_company and "lastname" in names and entries._is_doubled(texts):
            judged.setdefault("lastname", asked(texts["lastname"], "doubled"))
        return judged

    def _joined_name(self, texts, judged):
        """The name that follows the parts which a standard mends."""
        parts = NameParts(
            *(
                judged[part].value
                if part in judged and judged[part].outcome == "fixed"
                else texts[part] or ""
                for part in PARTS
            )
        )
        name = join_name(parts)
        if not name or name == texts["name"]:
            return {}
        outcome = type(next(iter(judged.values())))(name, "fixed", "parts")
        return {"name": outcome}

    def _home_regions(self):
        """By company the ISO code of its country; by None that of the company of this run."""
        homes = self.env["res.company"]._homes()
        regions = {company_id: code for company_id, (_contact, code) in homes.items()}
        return regions | {None: regions.get(self.company_id.id, "")}

    def _rows(self, ids, names):
        """The values of these contacts as they stand in the table, in the order of their ids."""
        columns = SQL(", ").join(SQL.identifier("partner", name) for name in names)
        return self.env.execute_query(
            SQL(
                """SELECT partner.id, country.code, partner.company_id, partner.is_company, %s
                     FROM res_partner partner
                     LEFT JOIN res_country country ON country.id = partner.country_id
                    WHERE partner.id = ANY(%s) ORDER BY partner.id""",
                columns,
                ids,
            )
        )
