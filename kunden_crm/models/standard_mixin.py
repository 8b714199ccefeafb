from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..kernel.names import NameParts, join_name, name_matches
from ..kernel.outcomes import asked
from .name_mixin import PARTS
from .standard_write_mixin import NAMES

_FIXED = "fixed"
_TWO_NAMES = {"firstname", "lastname"}


class KundenStandardMixin(models.AbstractModel):
    """How values are written, at the door where people type.

    What is typed is replaced at once by the spelling of the standard, and the form says so. Where
    the standard only proposes, whoever types the same again, or takes it back, has the last word.
    """

    _name = "kunden.standard.mixin"
    _inherit = ["kunden.door.mixin", "kunden.home.mixin"]
    _description = "Recording Standards at the Form"

    standard_notes = fields.Json(
        string="Spelling",
        store=False,
        exportable=False,
        help="What the standards changed since the form was opened, and what they ask about.",
    )

    against_standard = fields.Char(
        string="Against the Standard",
        compute="_compute_against_standard",
        search="_search_against_standard",
        groups="kunden_crm.group_reader",
        help="The fields that were not written as their standard says when the files were last"
        " checked at night. Search for a technical name, or for any.",
    )

    def _compute_against_standard(self):
        # sudo: lines of the night belong to nobody; of a contact only its own fields are told
        lines = self.env["kunden.standard.line"].sudo()
        found = lines._read_group(
            lines._of_the_night() & Domain("partner_id", "in", self.ids),
            ["partner_id"],
            ["field_name:array_agg"],
        )
        names = {partner.id: names for partner, names in found}
        for partner in self:
            told = sorted(set(names.get(partner._origin.id, ())))
            partner.against_standard = ", ".join(told) or False

    @api.model
    def _search_against_standard(self, operator, value):
        self._check_field_access(self._fields["against_standard"], "read")
        if operator != "in":
            return NotImplemented
        # sudo: see _compute_against_standard
        lines = self.env["kunden.standard.line"].sudo()
        wanted = lines._of_the_night()
        if "any" not in value:
            wanted &= Domain("field_name", "in", list(value))
        return Domain("id", "in", lines._search(wanted).subselect("partner_id"))

    def onchange(self, values, field_names, fields_spec):
        """As core, with the spelling of the standard in place of what was typed."""
        self._refuse_unstorable(self._given_defaults() | values)
        name = field_names[0] if len(field_names) == 1 else None
        if "standard_notes" not in fields_spec or name not in self._spellings():
            return super().onchange(values, field_names, fields_spec)
        notes = [note for note in self._notes_in(values) if note["field"] != name]
        note = self._spelling_note(name, values)
        if note:
            notes.append(note)
            if note["outcome"] == _FIXED and not note["kept"]:
                values = {**values, name: note["now"]}
        result = super().onchange(values, field_names, fields_spec)
        result.setdefault("value", {}).setdefault(name, values[name])
        result["value"]["standard_notes"] = notes
        return result

    @api.model
    def _spellings(self):
        return self.env["kunden.field"]._spellings()

    def _spelling_note(self, name, values):
        """What is to be said of a value that was typed into the form; None where nothing is."""
        typed = values.get(name)
        outcome = self._spelled_in(name, values)
        same = outcome and outcome.outcome == "same"
        if same and name in _TWO_NAMES and self.env["kunden.field"]._is_doubled(values):
            outcome = asked(typed, "doubled")
        elif same or not outcome:
            return None
        before = [note for note in self._notes_in(values) if note["field"] == name]
        is_company = values.get("is_company", self.is_company)
        kind = self.env["kunden.field"]._kernel_key(self._spellings()[name][0], is_company)
        always = self._spellings()[name][2]
        return {
            "field": name,
            "label": self.fields_get([name], ["string"])[name]["string"],
            "outcome": outcome.outcome,
            "was": typed,
            "now": outcome.value,
            "why": self.env["kunden.standard.line"]._reason(kind, outcome.reason),
            "always": always,
            "kept": not always and any(note.get("was") == typed for note in before),
        }

    def _spelled_in(self, name, values):
        """The Outcome for one of these values, in the country and for the kind they speak of."""
        country = values.get("country_id", self.country_id.id)
        country = country.get("id") if isinstance(country, dict) else country
        region = self._region(country)
        is_company = values.get("is_company", self.is_company)
        if values.get("company_type"):
            is_company = values["company_type"] == "company"
        return self.env["kunden.field"]._spelled(name, values.get(name), region, is_company)

    def _prepare_human_values(self, vals):
        """What a person saves is written by the standards, unless he took a proposal back."""
        vals = super()._prepare_human_values(vals)
        kept = self._kept_in(vals)
        vals.pop("standard_notes", None)
        leave = {name for name, value in kept.items() if vals.get(name) == value}
        parts_given = not self._becomes_company(vals) and not vals.keys().isdisjoint(PARTS)
        if not leave.isdisjoint(NAMES):
            leave |= NAMES
        elif parts_given:
            leave.add("name")
        spelled = {}
        for name in (self._spellings().keys() & vals.keys()) - leave:
            outcome = self._spelled_in(name, vals)
            if outcome and outcome.outcome == _FIXED:
                spelled[name] = outcome.value or False
        if parts_given and vals.get("name"):
            spelled["name"] = self._name_of(vals, spelled)
        return vals | spelled

    def _name_of(self, vals, spelled):
        """The name that follows parts in their spelling, where it said the same before."""
        given = NameParts(*(vals.get(part, self[part]) or "" for part in PARTS))
        parts = {part: spelled.get(part, vals.get(part, self[part])) for part in PARTS}
        written = NameParts(*(parts[part] or "" for part in PARTS))
        same = given == written or not name_matches(given, vals["name"])
        return vals["name"] if same else join_name(written) or vals["name"]

    def _kept_in(self, vals):
        """Field name to value, of the proposals that were taken back in the form."""
        spellings = self._spellings()
        return {
            note["field"]: note.get("was")
            for note in self._notes_in(vals)
            if note.get("kept") and not spellings.get(note["field"], (0, 0, True))[2]
        }

    @api.model
    def _notes_in(self, values):
        """The notes among values of a client; what is no note is left out."""
        notes = values.get("standard_notes")
        notes = notes if isinstance(notes, list) else []
        return [note for note in notes if isinstance(note, dict) and note.get("field")]

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed, and remember what he wants written otherwise."""
        inside = self.child_ids if vals.get("child_ids") else self.browse()
        saved = super().web_save(vals, specification, next_id)
        partner = self or self.browse(saved[0]["id"])
        self.env["kunden.standard.kept"]._keep(partner._last_words(vals, inside))
        return saved

    def web_save_multi(self, vals_list, specification):
        """Save what a person typed into lines of a list; he has the last word there too."""
        nested = any(vals.get("child_ids") for vals in vals_list)
        inside = self.child_ids if nested else self.browse()
        saved = super().web_save_multi(vals_list, specification)
        words = [
            word
            for partner, vals in zip(self, vals_list, strict=True)
            for word in partner._last_words(vals, inside)
        ]
        self.env["kunden.standard.kept"]._keep(words)
        return saved

    def _last_words(self, vals, inside):
        """Contact and spellings kept in it: the file, and the persons saved inside its form.

        `inside` are those that were there before; new ones follow in the order of the form.
        """
        words = [(self, self._kept_in(vals))]
        commands = vals.get("child_ids") or ()
        new = iter((self.child_ids - inside).sorted("id") if commands else ())
        for command in commands:
            if command[0] == Command.CREATE:
                words.append((next(new, self.browse()), self._kept_in(command[2])))
            elif command[0] == Command.UPDATE:
                words.append((self.browse(command[1]), self._kept_in(command[2])))
        return [(partner, kept) for partner, kept in words if partner and kept]

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """The form asks after each of these fields what the standard says."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for name in self._spellings():
                for node in arch.xpath(f".//field[@name='{name}']"):
                    node.set("on_change", "1")
        return arch, view

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, tuple(sorted(self._spellings())))

    def action_standardise(self):
        """Open a run that brings these contacts to the recording standards, its preview first."""
        run = self.env["kunden.standard.run"].create({"domain": repr([("id", "in", self.ids)])})
        run.action_check()
        return run._open()
