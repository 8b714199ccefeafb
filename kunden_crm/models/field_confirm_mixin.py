from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..kernel.freshness import stale_until
from .field_confirmation import SECTIONS

MOST = 1000
_READERS = "kunden_crm.group_reader"
_PARTS = tuple(section for section, _label in SECTIONS)
_KINDS = {"contact": (False, True), "person": (False,), "company": (True,)}
_LAST = """
SELECT DISTINCT ON (said.partner_id, said.section)
       said.partner_id, said.section, said.date, colleague.name
  FROM kunden_field_confirmation AS said
  JOIN res_users ON res_users.id = said.user_id
  JOIN res_partner AS colleague ON colleague.id = res_users.partner_id
 WHERE said.partner_id = ANY(%s)
 ORDER BY said.partner_id, said.section, said.date DESC, said.id DESC
"""


def _confirmed_on(section, label):
    """The day on which a part of the file was last confirmed, searched by the facts."""
    return fields.Date(
        string=label,
        compute="_compute_confirmations",
        search=lambda partners, *asked: partners._search_confirmed_on(section, *asked),
        groups=_READERS,
    )


def _confirmation(label):
    """The last confirmation in words."""
    return fields.Char(string=label, compute="_compute_confirmations", groups=_READERS)


def _due(name, sections, label, **values):
    """Whether a part of the file is to be confirmed again, searched by the facts."""
    return fields.Boolean(
        string=label,
        compute="_compute_confirmation_due",
        search=lambda partners, *asked: partners._search_confirmation_due(name, sections, *asked),
        groups=_READERS,
        **values,
    )


class KundenFieldConfirmMixin(models.AbstractModel):
    """When a customer last confirmed what the file says, and what he is to be asked again.

    After how many months is a setting of the contact's company; a contact of all companies goes by
    the company the user works for. A new file is as fresh as a confirmed one.
    """

    _name = "kunden.field.confirm.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Freshness of a Contact"

    confirmation_ids = fields.One2many(
        "kunden.field.confirmation", "partner_id", string="Confirmations", groups=_READERS
    )
    contact_confirmed_on = _confirmed_on("contact", "Contact Data Confirmed On")
    person_confirmed_on = _confirmed_on("person", "Personal Details Confirmed On")
    company_confirmed_on = _confirmed_on("company", "Company Details Confirmed On")
    contact_confirmation = _confirmation("Confirmation of Contact Data")
    person_confirmation = _confirmation("Confirmation of Personal Details")
    company_confirmation = _confirmation("Confirmation of Company Details")
    contact_confirmation_due = _due(
        "contact_confirmation_due", ("contact",), "Contact Data to Be Confirmed"
    )
    person_confirmation_due = _due(
        "person_confirmation_due", ("person",), "Personal Details to Be Confirmed"
    )
    company_confirmation_due = _due(
        "company_confirmation_due", ("company",), "Company Details to Be Confirmed"
    )
    confirmation_due = _due(
        "confirmation_due",
        _PARTS,
        "To Be Confirmed Again",
        help="Something in this file was last confirmed longer ago than the settings allow.",
    )

    @api.model
    def _what_may_be_empty(self):
        ever = "EXISTS (SELECT FROM kunden_field_confirmation WHERE partner_id = partner.id)"
        names = [f"{part}_{what}" for part in _PARTS for what in ("confirmed_on", "confirmation")]
        return super()._what_may_be_empty() | dict.fromkeys(names, (None, ever))

    def _know_what_is_empty(self, names):
        """What is due follows from what is asked here, so that it costs no statement more."""
        if any(name.endswith("confirmation_due") for name in names):
            names = {*names, "is_own_company", *(f"{part}_confirmed_on" for part in _PARTS)}
        return super()._know_what_is_empty(names)

    @api.depends("confirmation_ids.date", "confirmation_ids.section", "confirmation_ids.user_id")
    @api.depends_context("lang")
    def _compute_confirmations(self):
        last = self._last_confirmations()
        for partner in self:
            for part in _PARTS:
                day, colleague = last.get((partner._origin.id, part), (False, False))
                partner[f"{part}_confirmed_on"] = day
                partner[f"{part}_confirmation"] = day and self.env._(
                    "Confirmed on %(day)s by %(colleague)s",
                    day=format_date(self.env, day),
                    colleague=colleague,
                )

    def _last_confirmations(self):
        """Day and colleague of the last confirmation by contact and part, in one statement."""
        partner_ids = self._origin.ids
        if not partner_ids:
            return {}
        self.env["kunden.field.confirmation"].flush_model()
        rows = self.env.execute_query(SQL(_LAST, partner_ids))
        return {(partner_id, part): said for partner_id, part, *said in rows}

    @api.depends(
        "contact_confirmed_on",
        "person_confirmed_on",
        "company_confirmed_on",
        "is_customer_file",
        "is_company",
        "company_id",
    )
    @api.depends_context("company")
    def _compute_confirmation_due(self):
        today = fields.Date.context_today(self)
        for partner in self:
            due = dict.fromkeys(_PARTS, False)
            if partner.is_customer_file and partner.create_date:
                # sudo: the months are no secret to whoever may read a contact of the company
                company = (partner.company_id or self.env.company).sudo()
                created = partner.create_date.date()
                for part in _PARTS:
                    until = stale_until(today, company[f"confirm_{part}_months"])
                    last = max(partner[f"{part}_confirmed_on"] or created, created)
                    asked = partner.is_company in _KINDS[part]
                    due[part] = bool(until and asked and last <= until)
            for part in _PARTS:
                partner[f"{part}_confirmation_due"] = due[part]
            partner.confirmation_due = any(due.values())

    @api.model
    def _search_confirmed_on(self, section, operator, value):
        # core asks for the right to search a column, not to search what is computed
        self._check_field_access(self._fields[f"{section}_confirmed_on"], "read")
        if operator in (">", ">="):
            return self._confirmed(section, operator, value)
        if operator in ("<", "<="):
            later = ">=" if operator == "<" else ">"
            return self._confirmed(section) & self._confirmed(section, later, value, never=True)
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            self._confirmed(section, "=", day) & self._confirmed(section, ">", day, never=True)
            if day
            else self._confirmed(section, never=True)
            for day in value
        )

    @api.model
    def _search_confirmation_due(self, name, sections, operator, value):
        self._check_field_access(self._fields[name], "read")
        if operator != "in":
            return NotImplemented
        due = Domain.OR(self._due_domain(section) for section in sections)
        due &= Domain("is_customer_file", "=", True)
        return Domain.OR(due if wanted else ~due for wanted in value)

    @api.model
    def _due_domain(self, section):
        """Whose part of the file nobody has confirmed for as many months as his company sets."""
        today, found = fields.Date.context_today(self), Domain.FALSE
        # sudo: contacts of a company that the user may not see are left out by their own rule
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        companies = companies.search([(f"confirm_{section}_months", ">", 0)])
        for months, group in companies.grouped(f"confirm_{section}_months").items():
            until = stale_until(today, months)
            if until:
                nobody = [False] if self.env.company in group else []
                found |= (
                    Domain("company_id", "in", group.ids + nobody)
                    & Domain("create_date", "<", until + timedelta(days=1))
                    & self._confirmed(section, ">", until, never=True)
                )
        return found & Domain("is_company", "in", _KINDS[section])

    @api.model
    def _confirmed(self, section, operator=None, day=None, never=False):
        """The contacts with a confirmation of that part on such a day, or never: one semi-join."""
        self.env["kunden.field.confirmation"].flush_model()
        when = SQL("said.date %s %s", SQL(operator), day) if operator else SQL("TRUE")

        def to_sql(_model, alias, _query):
            return SQL(
                """%s (SELECT FROM kunden_field_confirmation AS said
                    WHERE said.partner_id = %s AND said.section = %s AND %s)""",
                SQL("NOT EXISTS") if never else SQL("EXISTS"),
                SQL.identifier(alias, "id"),
                section,
                when,
            )

        return Domain.custom(to_sql=to_sql)

    def action_confirm_details(self):
        """Open the dialogue that notes of these customers that they confirmed their details."""
        if len(self) > MOST:
            raise UserError(
                self.env._("At most %s files are confirmed at a time: choose fewer.", MOST)
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record as Confirmed"),
            "res_model": "kunden.field.confirm",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def _with_part(self, section):
        """Those of these contacts whose file has that part: an address has none."""
        return self.filtered(
            lambda partner: partner.is_customer_file and partner.is_company in _KINDS[section]
        )

    def action_confirm_today(self, section="contact"):
        """Record that the customers confirmed that part of their files today."""
        self.env["kunden.field.confirmation"]._confirm(self, section)
        return True
