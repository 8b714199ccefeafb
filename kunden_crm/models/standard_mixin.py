from odoo import api, fields, models

_FIXED = "fixed"


class KundenStandardMixin(models.AbstractModel):
    """How values are written, at the door where people type.

    What is typed is replaced at once by the spelling of the standard, and the form says so. Where
    the standard only proposes, whoever types the same again, or takes it back, has the last word.
    """

    _name = "kunden.standard.mixin"
    _inherit = "kunden.door.mixin"
    _description = "Recording Standards at the Form"

    standard_notes = fields.Json(
        string="Spelling",
        store=False,
        help="What the standards changed since the form was opened, and what they ask about.",
    )

    def onchange(self, values, field_names, fields_spec):
        """As core, with the spelling of the standard in place of what was typed."""
        name = field_names[0] if len(field_names) == 1 else None
        if "standard_notes" not in fields_spec or name not in self._spellings():
            return super().onchange(values, field_names, fields_spec)
        notes = [note for note in values.get("standard_notes") or [] if note["field"] != name]
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
        if outcome is None or outcome.outcome == "same":
            return None
        before = [note for note in values.get("standard_notes") or [] if note["field"] == name]
        kind = self.env["kunden.field"]._kernel_key(self._spellings()[name][0], self.is_company)
        always = self._spellings()[name][2]
        return {
            "field": name,
            "label": self.fields_get([name], ["string"])[name]["string"],
            "outcome": outcome.outcome,
            "was": typed,
            "now": outcome.value,
            "why": self.env["kunden.standard.line"]._reason(kind, outcome.reason),
            "always": always,
            "kept": not always and any(note["was"] == typed for note in before),
        }

    def _spelled_in(self, name, values):
        """The Outcome for one of these values, in the country and for the kind they speak of."""
        country = values.get("country_id", self.country_id.id)
        country = country.get("id") if isinstance(country, dict) else country
        region = self.env["res.country"].browse(country or ()).code or self._home_region()
        is_company = values.get("is_company", self.is_company)
        if values.get("company_type"):
            is_company = values["company_type"] == "company"
        return self.env["kunden.field"]._spelled(name, values.get(name), region, is_company)

    def _home_region(self):
        """The ISO code of the country in which an address without a country lies."""
        # sudo: only the country leaves
        company = self.company_id.sudo() or self.env.company
        return company.country_id.code or self.env.company.country_id.code or ""

    def _prepare_human_values(self, vals):
        """What a person saves is written by the standards, unless he took a proposal back."""
        vals = super()._prepare_human_values(vals)
        kept = self._kept_in(vals)
        vals.pop("standard_notes", None)
        for name in self._spellings().keys() & vals.keys():
            outcome = self._spelled_in(name, vals)
            if outcome and outcome.outcome == _FIXED and kept.get(name) != vals[name]:
                vals[name] = outcome.value or False
        return vals

    def _kept_in(self, vals):
        """Field name to value, of the proposals that were taken back in the form."""
        spellings = self._spellings()
        return {
            note["field"]: note["was"]
            for note in vals.get("standard_notes") or []
            if note.get("kept") and not spellings.get(note.get("field"), (0, 0, True))[2]
        }

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed, and remember what he wants written otherwise."""
        kept = self._kept_in(vals)
        saved = super().web_save(vals, specification, next_id)
        if kept:
            self.env["kunden.standard.kept"]._keep(self or self.browse(saved[0]["id"]), kept)
        return saved

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
