from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import CustomerFileCase

TODAY = "2026-03-10"


@tagged("post_install", "-at_install")
class TestSearchView(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create(
            {"name": "Napf & Korb GmbH", "is_company": True, "zip": "50823"}
        )
        cls.nicole = cls.env["res.partner"].create(
            {"name": "Nicole Faßbender", "parent_id": cls.firm.id}
        )
        cls.people = cls.anna | cls.firm | cls.nicole
        search = cls.env["res.partner"].get_view(
            cls.env.ref("kunden_crm.view_partner_search").id, "search"
        )
        cls.search_view = etree.fromstring(search["arch"])

    def found(self, name):
        """Who of our people is found by that filter, as the clerk sees them."""
        (node,) = self.search_view.xpath(f"//filter[@name='{name}']")
        names = {"uid": self.clerk.id}
        context = safe_eval(node.get("context") or "{}", names)
        partner = self.env["res.partner"].with_user(self.clerk).with_context(**context)
        action = self.env.ref("kunden_crm.action_customers")
        domain = safe_eval(node.get("domain"), names) + safe_eval(action.domain)
        return partner.search([*domain, ("id", "in", self.people.ids)]).sudo()

    def test_mine(self):
        self.anna.user_id = self.clerk
        self.assertEqual(self.found("my_customers"), self.anna)

    def test_kinds(self):
        self.assertEqual(self.found("private"), self.anna)
        self.assertEqual(self.found("companies"), self.firm)
        self.assertEqual(self.found("contacts"), self.nicole)

    def test_stages(self):
        stages = {"prospect": "prospects", "customer": "customers"}
        stages |= {"dormant": "dormant", "former": "former"}
        for stage, name in stages.items():
            self.anna.customer_stage = stage
            self.assertEqual(self.found(name) & self.anna, self.anna)
        self.anna.customer_stage_proposal = "former"
        self.assertEqual(self.found("stage_proposed"), self.anna)

    def test_what_is_missing(self):
        self.anna.write({"phone": "0221 471100", "email": "anna@example.com", "zip": "50667"})
        self.anna.ref = "K1"
        for name in ("no_phone", "no_email"):
            self.assertEqual(self.found(name), self.firm | self.nicole)
        self.assertEqual(self.found("no_zip"), self.env["res.partner"])
        self.assertEqual(self.found("no_number"), self.firm)
        self.nicole.mobile = "0171 1234567"
        self.assertEqual(self.found("no_phone"), self.firm)

    def test_what_is_wrong(self):
        self.anna.phone = "keine"
        self.assertEqual(self.found("unreadable_phone"), self.anna)
        self.anna.ref = "K77"
        self.firm.ref = "K77"
        self.assertEqual(self.found("doubled_number"), self.anna | self.firm)

    def test_birthdays_of_the_next_14_days(self):
        with freeze_time(TODAY):
            for birthday, found in (
                ("1980-03-10", self.anna),
                ("1980-03-24", self.anna),
                ("1980-03-25", self.env["res.partner"]),
                ("1980-03-09", self.env["res.partner"]),
            ):
                self.anna.birthdate_date = birthday
                self.assertEqual(self.found("birthday"), found, birthday)

    def test_do_not_contact(self):
        for field in (
            "do_not_phone",
            "do_not_email",
            "do_not_letter",
            "do_not_sms",
            "do_not_visit",
        ):
            self.people[field] = False
            self.firm[field] = True
            self.assertEqual(self.found("do_not_contact"), self.firm)
            self.firm[field] = False

    def test_follow_ups(self):
        today = fields.Date.context_today(self.anna.with_user(self.clerk))
        self.anna.activity_schedule("mail.mail_activity_data_todo", today, user_id=self.clerk.id)
        self.assertEqual(self.found("my_activities"), self.anna)
        self.assertEqual(self.found("activities_due"), self.anna)

    def test_archived(self):
        self.anna.active = False
        self.assertEqual(self.found("inactive"), self.anna)

    def test_one_field_finds_by_everything(self):
        (first,) = self.search_view.xpath("//field[1]")
        self.assertEqual(first.get("name"), "display_name")

    def test_every_group_groups(self):
        partner = self.env["res.partner"].with_user(self.clerk)
        view = self.env.ref("kunden_crm.view_partner_search")
        offered = etree.fromstring(partner.get_view(view.id, "search")["arch"])
        for node in offered.xpath("//group/filter"):
            name = safe_eval(node.get("context"))["group_by"]
            groups = partner.formatted_read_group(
                [("id", "in", self.people.ids)], [name], ["__count"]
            )
            self.assertTrue(groups, name)

    def groups(self, name):
        """How many of our people stand in each group, as the clerk sees them."""
        partners = self.env["res.partner"].with_user(self.clerk)
        found = partners.formatted_read_group(
            [("id", "in", self.people.ids)], [name], ["__count"], order=name
        )
        for group in found:
            members = partners.search_count(
                group["__extra_domain"] + [("id", "in", self.people.ids)]
            )
            self.assertEqual(members, group["__count"])
        return [(group[name], group["__count"]) for group in found]

    def test_grouped_by_kind(self):
        self.assertEqual(
            self.groups("customer_kind"), [("company", 1), ("contact", 1), ("private", 1)]
        )

    def test_grouped_by_postcode_area(self):
        self.anna.zip = "5%"
        self.nicole.zip = "50667"
        self.assertEqual(dict(self.groups("zip_area")), {"50": 2, "5%": 1})
        self.anna.zip = False
        self.assertEqual(dict(self.groups("zip_area")), {"50": 2, False: 1})
        self.assertEqual((self.firm.zip_area, self.anna.zip_area), ("50", False))

    def test_what_is_grouped_is_offered_for_grouping(self):
        described = self.env["res.partner"].with_user(self.clerk).fields_get()
        for name in ("customer_kind", "zip_area"):
            self.assertTrue(described[name]["groupable"], name)
