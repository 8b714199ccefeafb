from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import SQL, column_exists, create_column

from ..kernel.dates import birthday_ranges, month_day, next_birthday


class KundenPersonMixin(models.AbstractModel):
    """What is known about a person beyond name and address."""

    _name = "kunden.person.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Details of a Person"

    marital_status = fields.Selection(
        [
            ("single", "Single"),
            ("cohabiting", "Living with a partner"),
            ("married", "Married"),
            ("partnership", "Registered partnership"),
            ("separated", "Separated"),
            ("divorced", "Divorced"),
            ("widowed", "Widowed"),
        ],
    )
    education = fields.Selection(
        [
            ("none", "No school leaving certificate"),
            ("lower", "Lower secondary school"),
            ("secondary", "Intermediate secondary school"),
            ("upper", "University entrance qualification"),
            ("vocational", "Vocational training"),
            ("craft", "Master craftsman or technician"),
            ("bachelor", "Bachelor's degree"),
            ("master", "Master's degree or diploma"),
            ("doctorate", "Doctorate"),
        ],
        help="The highest level reached.",
    )
    occupation = fields.Char()
    occupation_class_id = fields.Many2one(
        "kunden.occupation.class",
        string="Socio-Professional Class",
        index="btree_not_null",
        ondelete="restrict",
        groups="kunden_crm.group_reader",
    )
    interest_ids = fields.One2many(
        "kunden.interest",
        "partner_id",
        string="Stated Interests",
        groups="kunden_crm.group_reader",
    )
    interest_topic_ids = fields.Many2many(
        "kunden.interest.topic",
        "kunden_interest_topic_partner_rel",
        "partner_id",
        "topic_id",
        string="Interests",
        compute="_compute_interest_topic_ids",
        store=True,
        groups="kunden_crm.group_reader",
        help="The stated interests that have not ended.",
    )
    birthday_key = fields.Integer(
        compute="_compute_birthday_key",
        store=True,
        precompute=True,
        aggregator=None,
        help="Month and day of birth as one number (31 December: 1231), to search ranges of days.",
    )
    next_birthday = fields.Date(compute="_compute_next_birthday", search="_search_next_birthday")

    _birthday = models.Index("(birthday_key) WHERE birthday_key > 0")

    def _auto_init(self):
        """Fills new columns by one statement, where the ORM would walk over every contact."""
        if not self._abstract and not column_exists(self.env.cr, self._table, "birthday_key"):
            create_column(self.env.cr, self._table, "birthday_key", "int4")
            self.env.cr.execute(
                SQL(
                    """UPDATE %s SET birthday_key = EXTRACT(MONTH FROM birthdate_date) * 100
                                                  + EXTRACT(DAY FROM birthdate_date)
                        WHERE birthdate_date IS NOT NULL""",
                    SQL.identifier(self._table),
                )
            )
            self._fields["interest_topic_ids"].update_db(self, {})
        return super()._auto_init()

    @api.model
    def _what_may_be_empty(self):
        return super()._what_may_be_empty() | {
            "interest_ids": (
                (),
                "EXISTS (SELECT FROM kunden_interest WHERE partner_id = partner.id)",
            ),
        }

    @api.depends("interest_ids.topic_id", "interest_ids.ended_on")
    def _compute_interest_topic_ids(self):
        stated = self.filtered("interest_ids")
        (self - stated).interest_topic_ids = False
        for partner in stated:
            lasting = partner.interest_ids.filtered(lambda interest: not interest.ended_on)
            partner.interest_topic_ids = lasting.topic_id

    @api.depends("birthdate_date")
    def _compute_birthday_key(self):
        for partner in self:
            partner.birthday_key = month_day(partner.birthdate_date)

    @api.depends("birthdate_date")
    @api.depends_context("tz")
    def _compute_next_birthday(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.next_birthday = next_birthday(partner.birthdate_date, today)

    def _search_next_birthday(self, operator, value):
        if operator == "in":
            return Domain.OR(self._birthday_on(day) for day in value)
        if operator not in ("<", "<=", ">", ">=") or not value:
            return NotImplemented
        day = fields.Date.to_date(value)
        until = self._birthday_until(day if operator in ("<=", ">") else _before(day))
        return until if operator in ("<", "<=") else Domain("birthday_key", ">", 0) & ~until

    def _birthday_until(self, day):
        """The domain of those who have their next birthday from today to that day."""
        return Domain.OR(
            Domain("birthday_key", ">=", first) & Domain("birthday_key", "<=", last)
            for first, last in birthday_ranges(fields.Date.context_today(self), day)
        )

    def _birthday_on(self, day):
        """The domain of those whose next birthday is that day; without a day, who has none."""
        if not day:
            return Domain("birthday_key", "=", 0)
        day = fields.Date.to_date(day)
        return self._birthday_until(day) & ~self._birthday_until(_before(day))


def _before(day):
    return fields.Date.subtract(day, days=1)
