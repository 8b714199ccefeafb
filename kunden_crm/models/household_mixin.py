from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..kernel.households import Neighbour, address_key, house_number, is_child, likely


class KundenHouseholdMixin(models.AbstractModel):
    """With whom a person lives."""

    _name = "kunden.household.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Household of a Person"

    household_id = fields.Many2one(
        "kunden.household",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="kunden_crm.group_reader",
    )
    household_role = fields.Selection(
        [("head", "Head"), ("adult", "Adult"), ("child", "Child")],
        copy=False,
        groups="kunden_crm.group_reader",
        help="Where nothing is chosen, the date of birth tells children from adults.",
    )
    household_declined_ids = fields.Many2many(
        "res.partner",
        "kunden_household_declined_rel",
        "partner_id",
        "other_id",
        string="Not of the Household",
        copy=False,
        groups="kunden_crm.group_reader",
        help="People at the same address who belong to another household.",
    )
    household_candidate_ids = fields.Many2many(
        "res.partner",
        string="At the Same Address",
        compute="_compute_household_candidates",
        groups="kunden_crm.group_reader",
        help="Private customers at the same address, the likeliest first.",
    )
    household_proposal = fields.Char(
        compute="_compute_household_candidates", groups="kunden_crm.group_reader"
    )

    _household_zip = models.Index("(zip) WHERE zip IS NOT NULL AND parent_id IS NULL")

    @api.model
    def _what_may_be_empty(self):
        neighbour = """
            partner.household_id IS NULL AND partner.parent_id IS NULL AND EXISTS (
                SELECT FROM res_partner AS other
                 WHERE zip IN (partner.zip, btrim(partner.zip)) AND other.id <> partner.id
                   AND parent_id IS NULL AND is_company IS NOT TRUE AND active
                   AND street ILIKE concat('%%', substring(partner.street from '[0-9]+'), '%%'))
        """
        return super()._what_may_be_empty() | {
            "household_candidate_ids": ((), neighbour),
            "household_proposal": (None, neighbour),
        }

    @api.model_create_multi
    def create(self, vals_list):
        """A new head takes the place of the old one."""
        partners = super().create(vals_list)
        heads = [vals.get("household_role") == "head" for vals in vals_list]
        if any(heads):
            partners.browse(
                partner.id for partner, head in zip(partners, heads, strict=True) if head
            )._become_heads()
        return partners

    def write(self, vals):
        """A new head takes the place of the old one; who moves out leaves his role behind."""
        moved = self.browse()
        if "household_id" in vals and "household_role" not in vals:
            moved = self.filtered(lambda partner: partner.household_id.id != vals["household_id"])
        done = super().write(vals)
        if moved:
            moved.household_role = False
        if vals.get("household_role") == "head":
            self._become_heads()
        return done

    @api.onchange("household_id")
    def _onchange_household_id(self):
        self.household_role = False

    def _become_heads(self):
        """Makes adults of those who were the heads of these people's households."""
        others = self.search(
            [
                ("household_id", "in", self.household_id.ids),
                ("household_role", "=", "head"),
                ("id", "not in", self.ids),
            ]
        )
        if others:
            others.household_role = "adult"

    def _is_household_child(self):
        """Whether a member counts as a child."""
        return is_child(self.household_role, self.birthdate_date, fields.Date.context_today(self))

    @api.depends(
        "street", "zip", "is_company", "parent_id", "household_id", "household_declined_ids"
    )
    def _compute_household_candidates(self):
        keys = {partner: partner._household_key() for partner in self}
        neighbours = self._household_neighbours({partner for partner in self if keys[partner]})
        for partner, key in keys.items():
            others = neighbours.get(key, self.browse()) - partner._origin
            # who was declined is read only where somebody lives there
            candidates = others and (others - partner.household_declined_ids._origin).sorted(
                lambda other, name=partner.lastname: likely(name, other._as_neighbour()),
                reverse=True,
            )
            partner.household_candidate_ids = candidates
            partner.household_proposal = candidates[:1]._household_name() or False

    def _household_key(self):
        """The address at which this person may belong to a household, "" where to none."""
        if self.is_company or self.parent_id or self.household_id:
            return ""
        return address_key(self.street, self.zip)

    def _household_name(self):
        """What a proposal calls the household of a neighbour; nothing for nobody."""
        return ", ".join(filter(None, [self.household_id.name or self.name, self.street]))

    def _as_neighbour(self):
        """A neighbour as the kernel needs him."""
        return Neighbour(self.lastname or self.name, bool(self.household_id))

    @api.model
    def _household_neighbours(self, partners):
        """The private customers at the addresses of these people, by address."""
        if not partners:
            return {}
        columns = ["name", "lastname", "street", "zip", "household_id"]
        people = self.browse(self._household_people(partners))
        if not people - self.concat(*partners)._origin:
            return {}
        found = self.search_fetch([("id", "in", people.ids)], columns)
        return found.grouped(lambda other: address_key(other.street, other.zip))

    @api.model
    def _household_people(self, partners):
        """The ids of the private people who may live with these; most people live alone."""
        self.flush_model(["active", "is_company", "parent_id", "street", "zip"])
        homes = SQL(" OR ").join(
            SQL(
                "zip IN (%s, %s) AND street ILIKE %s",
                partner.zip,
                partner.zip.strip(),
                f"%{house_number(partner.street)}%",
            )
            for partner in partners
        )
        statement = SQL(
            """SELECT id FROM res_partner
                WHERE active AND is_company IS NOT TRUE AND parent_id IS NULL AND (%s)""",
            homes,
        )
        return [partner_id for (partner_id,) in self.env.execute_query(statement)]

    def action_join_household(self, other_id=None):
        """Puts the customer into the household of the likeliest or the given neighbour.

        Where the neighbour has none yet, the two make a new one.
        """
        self.ensure_one()
        others = self.household_candidate_ids
        if other_id:
            others = others.filtered(lambda other: other.id == other_id)
        neighbour = others[:1]
        if neighbour and not neighbour.household_id:
            neighbour.household_id = self.env["kunden.household"].create(
                {
                    "name": self.env._("Household %s", neighbour.lastname or neighbour.name),
                    "company_id": neighbour.company_id.id,
                }
            )
        if neighbour:
            self.household_id = neighbour.household_id
        return True

    def action_decline_household(self):
        """Remembers that the people at the same address are another household."""
        for partner in self:
            others = partner.household_candidate_ids
            others.write({"household_declined_ids": [Command.link(partner.id)]})
            partner.household_declined_ids |= others
        return True
