from odoo import api, fields, models, tools

from ..kernel.import_choices import Choices, yes_or_no
from ..kernel.import_columns import Target
from ..kernel.import_targets import FIGURES, RELATED, SPECIAL, base_of, kind_of
from .field import OF_TYPE

# Fields beyond the catalogue that lists often bring.
_BEYOND = ("company_type", "is_company", "state_id", "letter_salutation_own")
# Fields of the catalogue that an import fills in another way, or not at all.
_NOT = ("figure_ids", "online_profile_ids", "letter_salutation", "parent_id")
# Links that are found by name among records too many to be offered as choices.
_BY_NAME = ("household_id", "country_id", "nationality_id", "category_id", "interest_ids")
_CHOSEN_TYPES = ("selection", "many2one", "many2many")
# What is offered of many: the choices of an own field, the states of countries that use them.
_OFFERED = {
    "kunden.field.option": lambda field: [
        ("catalogue_id.technical_name", "=", field.name),
        ("in_use", "=", True),
    ],
    "res.country.state": lambda field: [("country_id.code", "in", ("DE", "AT", "CH"))],
}
_MOST_CHOICES = 1000
# So many years back key figures are offered.
_YEARS = 8


class KundenImportTargetMixin(models.AbstractModel):
    """What a column of a file can fill, for whoever brings it in."""

    _name = "kunden.import.target.mixin"
    _description = "Targets of an Import"

    @api.model
    def _targets(self):
        """The kernel's Targets: fields that this user may write, and what is no field."""
        told, special = self._catalogue_labels(self._langs()), self._special_labels()
        targets = [Target(name, told[name], self._kind(name)) for name in self._fillable()]
        return targets + [
            Target(name, (special[name],), self._kind(name)) for name in self._special_names()
        ]

    @api.model
    def _langs(self):
        """The languages in which labels are known."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return tuple(dict.fromkeys([*codes, "en_US"]))

    @api.model
    def _kind(self, target):
        """How the cells of a target are read, as of kernel/import_cells.py."""
        field = self.env["res.partner"]._fields.get(base_of(target))
        return kind_of(target, OF_TYPE.get(field.type, field.type) if field else "char")

    @api.model
    def _fillable(self):
        """Names of the fields of a contact that this user may fill, in their order."""
        partners = self.env["res.partner"]
        return [
            name
            for name in self._catalogue_labels(self._langs())
            if name not in _NOT
            and name in partners._fields
            and self._is_filled(partners._fields[name])
            and partners._has_field_access(partners._fields[name], "write")
        ]

    @api.model
    def _is_filled(self, field):
        """Whether values can be written into a field; of a link also whether it can be found."""
        found = not field.relational or self.env[field.comodel_name].has_access("read")
        return found and (not field.readonly or bool(field.inverse))

    @api.model
    def _special_names(self):
        """Names of what is no field, as far as this user may write what comes of it."""
        names = [*SPECIAL]
        if not self.env["kunden.figure"].has_access("create"):
            names = [name for name in names if not name.startswith("figure.")]
        if not self.env["res.partner.bank"].has_access("create"):
            names = [name for name in names if name not in ("iban", "bic")]
        return names + [f"{whose}.{name}" for whose in RELATED for name in sorted(RELATED[whose])]

    @api.model
    @tools.ormcache("langs")
    def _catalogue_labels(self, langs):
        """Field name to its labels in these languages, in the catalogue and beside it."""
        labels = {}
        for lang in langs:
            told = self.with_context(lang=lang, active_test=True)
            # sudo: how a field is called is no secret; which are offered is asked per user
            for entry in told.env["kunden.field"].sudo().search([("field_id", "!=", False)]):
                labels.setdefault(entry.technical_name, {})[entry.name] = True
            for name in (*labels, *_BEYOND):
                if field := self.env["res.partner"]._fields.get(name):
                    label = field._description_string(told.env)
                    labels.setdefault(name, {})[label] = True
        return {name: tuple(said) for name, said in labels.items()}

    @api.model
    def target_choices(self, batch_id=None):
        """What a column can fill: [{"value", "label", "group"}], in words of the catalogue."""
        labels = self._target_labels()
        related, choices = self._related_labels(), []
        for name in (*self._fillable(), *self._special_names()):
            whose, point, _what = name.partition(".")
            group = related.get(whose, "") if point else ""
            if whose == "figure":
                choices += [
                    {"value": f"{name}:{year}", "label": f"{labels[name]} {year}", "group": ""}
                    for year in self._years(batch_id)
                ]
                continue
            choices.append({"value": name, "label": labels[name], "group": group})
        return choices

    @api.model
    def _years(self, batch_id):
        """The years of key figures that are offered: the last ones, and those of the file."""
        today = fields.Date.context_today(self).year
        columns = self.search([("batch_id", "=", batch_id or 0), ("target", "=like", "figure.%:%")])
        named = {column.target.partition(":")[2] for column in columns}
        years = {str(today - ago) for ago in range(_YEARS)} | {year for year in named if year}
        return sorted(years, reverse=True)

    @api.model
    def _target_labels(self):
        """Name of every target to its label in the language of the user."""
        told = self._catalogue_labels((self.env.lang or "en_US",))
        return {name: said[0] for name, said in told.items()} | self._special_labels()

    @api.model
    def _related_labels(self):
        return {
            "contact": self.env._("Contact Person"),
            "invoice": self.env._("Invoice Address"),
            "delivery": self.env._("Delivery Address"),
            "company": self.env._("Company"),
        }

    @api.model
    def _special_labels(self):
        """Name to label of what is no field."""
        figure, partners = self.env["kunden.figure"], self.env["res.partner"]
        labels = {
            "company": self.env._("Company (name)"),
            "person": self.env._("Person (salutation, title and names in one column)"),
            "name_last_first": self.env._("Name, the last name first (Müller Hans)"),
            "name_more": self.env._("Second part of the name"),
            "name_prefix": self.env._("What stands before the last name (von, Graf)"),
            "email_more": self.env._("Further e-mail address"),
            "phone_more": self.env._("Further telephone number"),
            "house_number": self.env._("House number"),
            "zip_city": self.env._("Zip and city in one column"),
            "address": self.env._("Whole address in one column"),
            "comment_line": self.env._("Note, with the heading of the column"),
            "iban": self.env._("Bank account (IBAN)"),
            "bic": self.env._("Bank account (BIC)"),
            "consent": self.env._("Consent (kept with the row, not used yet)"),
            "ignore": self.env._("Leave aside"),
            **{
                f"figure.{name}": figure._fields[name]._description_string(self.env)
                for name in FIGURES
            },
        }
        for whose, label in self._related_labels().items():
            for name in RELATED[whose]:
                field = partners._fields.get(name)
                what = field._description_string(self.env) if field else labels[name]
                labels[f"{whose}.{name}"] = f"{label}: {what}"
        return labels

    # Choices

    @api.model
    def _choices_of(self, target, header=""):
        """The kernel's Choices of a target; None where its cells are no choices."""
        name = base_of(target)
        field = self.env["res.partner"]._fields.get(name)
        if not field or name in _BY_NAME or field.type not in _CHOSEN_TYPES:
            return None
        if field.type == "selection":
            labels = self._selection_words(field)
            return (
                yes_or_no(labels) if set(labels) == {"yes", "no"} else Choices(labels, name, header)
            )
        labels = self._record_words(field)
        return None if labels is None else Choices(labels, name)

    @api.model
    def _selection_words(self, field):
        """Key of a selection to its labels in all languages."""
        words = {}
        for lang in self._langs():
            told = self.with_context(lang=lang).env
            for key, label in field._description_selection(told):
                words.setdefault(key, {})[label] = True
        return {key: tuple(said) for key, said in words.items()}

    @api.model
    def _record_words(self, field):
        """Id of a record to what it is called in all languages; None where there are too many."""
        records = self.env[field.comodel_name]
        domain = _OFFERED.get(field.comodel_name, lambda _field: [])(field)
        found = records.search(domain, limit=_MOST_CHOICES + 1)
        if len(found) > _MOST_CHOICES:
            return None
        words = {record.id: {} for record in found}
        names = {records._rec_name or "display_name", "display_name"}
        names |= {"shortcut"} & records._fields.keys()
        for lang in self._langs():
            for record in found.with_context(lang=lang):
                words[record.id] |= {record[name]: True for name in names if record[name]}
        return {record_id: tuple(said) for record_id, said in words.items()}
