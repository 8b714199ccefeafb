from odoo import api, models
from odoo.tools import SQL

_OURS = "kunden_crm"
# What every save reads, beside the fields that are tracked: the texts of the quick search and whom
# the rules ask. The other columns of the file stay where they are then.
_SAVED = ("phone_e164", "mobile", "mobile_e164", "customer_stage")
# The add-ons whose columns are part of the customer file.
_WITH_US = (
    _OURS,
    "partner_contact_",
    "partner_mobile",
    "partner_company_type",
    "partner_employee_quantity",
    "account_credit_control",
)


class KundenReadingMixin(models.AbstractModel):
    """A file with many rooms is read with few statements.

    Most contacts have no interests, no key figures, no twin number. Whether there is anything at
    all is asked once for all rooms; only where there is, the room itself is read, with its rules.
    And who needs no more than a name reads what core reads: columns of the file are fetched apart.
    """

    _name = "kunden.reading.mixin"
    _description = "Reading a Contact"

    @api.model
    def _post_model_setup__(self):
        """Fields that only the file knows are fetched together, when one of them is needed."""
        result = super()._post_model_setup__()
        for field in self._fields.values():
            ours = all(module.startswith(_WITH_US) for module in field._modules)
            if field.prefetch is True and field._modules and ours:
                at_save = field.name in _SAVED or getattr(field, "tracking", None)
                field.prefetch = f"{_OURS}_saved" if at_save else _OURS
        return result

    def _fetch_field(self, field):
        """Who reads the rest of the file gets what a save reads with it, in the same statement."""
        if field.prefetch != _OURS or not self.env.context.get("prefetch_fields", True):
            return super()._fetch_field(field)
        groups = (_OURS, f"{_OURS}_saved")
        together = [one for one in self._fields.values() if one.prefetch in groups]
        return self.fetch([one.name for one in together if self._has_field_access(one, "read")])

    def web_read(self, specification):
        """As core, with one statement for all lists that are empty."""
        self._know_what_is_empty(specification)
        return super().web_read(specification)

    def _know_what_is_empty(self, names):
        """Put into the cache what is empty or false for everybody who may read it."""
        ids = [partner_id for partner_id in self._ids if isinstance(partner_id, int)]
        if len(names) < 2 or not ids:
            return
        asked = {name: ask for name, ask in self._what_may_be_empty().items() if name in names}
        if len(asked) < 2:
            return
        self.env.flush_all()
        questions = dict.fromkeys(question for _empty, question in asked.values())
        statement = SQL(
            "SELECT id, ARRAY[%s] FROM res_partner AS partner WHERE id = ANY(%s)",
            SQL(", ").join(SQL("(%s)", SQL(question)) for question in questions),
            ids,
        )
        answers = {
            partner_id: dict(zip(questions, found, strict=True))
            for partner_id, found in self.env.execute_query(statement)
        }
        for name, (empty, question) in asked.items():
            without = [number for number, found in answers.items() if not found[question]]
            self._fields[name]._insert_cache(self.browse(without), [empty] * len(without))

    @api.model
    def _what_may_be_empty(self):
        """Extend me: per field what the cache holds for nothing, and the question in SQL.

        The question is asked of each row of `res_partner AS partner`. "No" means that there is
        nothing, whoever asks; after a "yes", which may be wrong, the field is read as always.
        """
        return {
            "child_ids": (
                (),
                "EXISTS (SELECT FROM res_partner WHERE parent_id = partner.id)",
            ),
            "user_ids": (
                (),
                "EXISTS (SELECT FROM res_users WHERE partner_id = partner.id)",
            ),
            "category_id": (
                (),
                "EXISTS (SELECT FROM res_partner_res_partner_category_rel"
                " WHERE partner_id = partner.id)",
            ),
        }
