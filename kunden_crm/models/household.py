import operator as op

from odoo import api, fields, models
from odoo.fields import Domain

from ..kernel.households import ADULT_AGE, Member, household_lines, household_salutation
from ..kernel.names import NameParts
from ..kernel.salutations import Address

TURNOVER_GROUPS = (
    "account.group_account_readonly,account.group_account_invoice,"
    "sales_team.group_sale_salesman_all_leads"
)
COMPARISONS = {
    "in": lambda count, values: count in values,
    "<": op.lt,
    "<=": op.le,
    ">": op.gt,
    ">=": op.ge,
}


class KundenHousehold(models.Model):
    """FACT: these people live together; one letter reaches them all."""

    _name = "kunden.household"
    _description = "Household"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    note = fields.Text()
    member_ids = fields.One2many("res.partner", "household_id", string="Members")
    head_id = fields.Many2one(
        "res.partner",
        compute="_compute_members",
        inverse="_inverse_head_id",
        domain="[('household_id', '=', id)]",
        help="Whose address the letter goes to.",
    )
    adult_count = fields.Integer(
        string="Adults", compute="_compute_members", search="_search_adult_count"
    )
    child_count = fields.Integer(
        string="Children", compute="_compute_members", search="_search_child_count"
    )
    letter_salutation = fields.Text(compute="_compute_letter")
    letter_address = fields.Text(compute="_compute_letter")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    turnover = fields.Monetary(
        compute="_compute_turnover",
        groups=TURNOVER_GROUPS,
        help="Posted invoices of all members less their corrections, without taxes.",
    )

    @api.depends("member_ids.household_role", "member_ids.birthdate_date")
    def _compute_members(self):
        for household in self:
            members = household._members_by_rank()
            adults = members.filtered(lambda member: not member._is_household_child())
            household.head_id = adults[:1]
            household.adult_count = len(adults)
            household.child_count = len(members) - len(adults)

    def _inverse_head_id(self):
        for household in self:
            household.head_id.household_role = "head"

    def _members_by_rank(self):
        """The head first, then the other adults, then the children, each as they came."""
        rank = {"head": 0, "adult": 1, "child": 2}
        return self.member_ids.sorted(
            lambda member: (
                rank.get(member.household_role, 1 + member._is_household_child()),
                member._origin.id or 0,
            )
        )

    def _search_adult_count(self, operator, value):
        return self._search_count(~self._children_domain(), operator, value)

    def _search_child_count(self, operator, value):
        return self._search_count(self._children_domain(), operator, value)

    def _children_domain(self):
        """The partners that _is_household_child is true of."""
        born_after = fields.Date.subtract(fields.Date.context_today(self), years=ADULT_AGE)
        return Domain("household_role", "=", "child") | (
            Domain("household_role", "=", False) & Domain("birthdate_date", ">", born_after)
        )

    def _search_count(self, kind, operator, value):
        """Households by how many members of a kind they have; none have nobody of it."""
        compare = COMPARISONS.get(operator)
        if not compare:
            return NotImplemented
        counts = self.env["res.partner"]._read_group(
            kind & Domain("household_id", "!=", False), ["household_id"], ["__count"]
        )
        holds = {home.id: compare(count, value) for home, count in counts}
        if compare(0, value):
            return Domain("id", "not in", [home for home, held in holds.items() if not held])
        return Domain("id", "in", [home for home, held in holds.items() if held])

    @api.depends(
        "member_ids.name",
        "member_ids.academic_title",
        "member_ids.firstname",
        "member_ids.lastname",
        "member_ids.salutation",
        "member_ids.gender",
        "member_ids.familiar_address",
        "member_ids.household_role",
        "member_ids.birthdate_date",
        "member_ids.street",
        "member_ids.street2",
        "member_ids.zip",
        "member_ids.city",
        "member_ids.country_id",
        "member_ids.lang",
    )
    def _compute_letter(self):
        for household in self:
            people = household._members_by_rank()
            members = [household._letter_member(person) for person in people]
            lang = people[:1].lang or self.env.lang
            household.letter_salutation = household_salutation(members, lang)
            lines = household_lines(members, household._letter_home(people[:1]))
            household.letter_address = "\n".join(lines)

    def _letter_member(self, person):
        """A member as the kernel needs him."""
        told = {"mr": "male", "ms": "female", "neutral": ""}
        return Member(
            NameParts(person.academic_title, person.firstname, person.lastname or person.name),
            told.get(person.salutation, person.gender or ""),
            person.familiar_address,
            not person._is_household_child(),
        )

    def _letter_home(self, head):
        """The address of the head as the kernel needs it."""
        own = (self.company_id or self.env.company).country_id
        return Address(
            head.street,
            head.street2,
            head.zip,
            head.city,
            head.country_id.name,
            bool(head.country_id and own and head.country_id != own),
        )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for household in self:
            household.currency_id = self.env.company.currency_id

    @api.depends("member_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_turnover(self):
        # An invoice to a member who acts for his company is the company's: it stays with it.
        members = self.with_context(active_test=False).member_ids
        turnover = self.env["res.partner"]._turnover_of(members.ids)
        for household in self:
            people = household.with_context(active_test=False).member_ids
            household.turnover = sum(turnover.get(person.id, 0.0) for person in people)
