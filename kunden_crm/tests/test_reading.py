from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase

ROOMS = (
    "child_ids",
    "user_ids",
    "category_id",
    "interest_ids",
    "online_profile_ids",
    "figure_ids",
    "contact_role_ids",
    "interaction_count",
    "last_interaction_date",
    "ref_is_doubled",
    "household_proposal",
    "household_candidate_ids",
)


BILLING = (
    "turnover_this_year",
    "turnover_total",
    "open_amount",
    "overdue_amount",
    "oldest_due_date",
    "days_late",
    "mean_days_late",
    "days_late_trend",
    "payment_class",
    "credit_control_count",
    "credit_control_analysis_ids",
    "dunning_step_ids",
    "dunning_level",
    "last_dunning_date",
    "dunning_note",
)


@tagged("post_install", "-at_install")
class TestReading(CustomerFileCase):
    """Klara opens the file of a contact who has nothing, and of one who has something of all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "kunden_crm.group_user,kunden_crm.group_confidential"
        cls.klara = new_test_user(cls.env, "klara_who_reads", groups=groups)
        cls.partners = cls.env["res.partner"].with_user(cls.klara)
        cls.empty = cls.partners.create({"name": "Nora Niemand"})
        home = {"street": "Gartenweg 77", "zip": "50999", "lastname": "Voll"}
        cls.neighbour = cls.partners.create({"name": "Udo Voll", "ref": "VOLL-1", **home})
        cls.full = cls.partners.create({"name": "Ina Voll", "ref": "VOLL-2", **home})
        # two programs gave the same number
        cls.full.ref = "VOLL-1"
        cls.full.write(
            {
                "child_ids": [Command.create({"name": "Tim Voll", "type": "other"})],
                "category_id": [Command.create({"name": "Regular"})],
                "interest_ids": [
                    Command.create({"topic_id": cls.env["kunden.interest.topic"].search([])[0].id})
                ],
                "online_profile_ids": [Command.create({"kind": "x", "url": "https://x.com/ina"})],
                "figure_ids": [Command.create({"year": 2025, "revenue": 1000})],
                "contact_role_ids": [
                    Command.set(cls.env["kunden.contact.role"].search([], limit=1).ids)
                ],
                "interaction_ids": [Command.create({"subject": "A question"})],
            }
        )
        new_test_user(cls.env, "ina_voll", groups="base.group_portal", partner_id=cls.full.id)
        cls.full.lastname = "Voll"

    def opened(self, partner, names=ROOMS):
        """What the form of the contact gets, read anew."""
        self.env.flush_all()
        self.env.invalidate_all()
        return partner.web_read({name: {} for name in names})[0]

    def test_a_file_that_is_empty_shows_nothing(self):
        values = self.opened(self.empty)
        self.assertEqual({name for name in ROOMS if values[name]}, set())

    def test_a_file_that_is_full_shows_everything(self):
        values = self.opened(self.full)
        self.assertEqual({name for name in ROOMS if not values[name]}, set())

    def test_it_shows_what_each_room_says_by_itself(self):
        for partner in (self.empty, self.neighbour, self.full):
            together = self.opened(partner)
            for name in ROOMS:
                self.assertEqual(together[name], self.opened(partner, [name])[name], name)

    def test_who_was_never_invoiced_owes_nothing_and_is_not_dunned(self):
        everything = dict.fromkeys((*ROOMS, *BILLING), {})
        clerk = self.empty.with_user(self.env.ref("base.user_admin"))
        together = clerk.web_read(everything)[0]
        for name in BILLING:
            self.env.invalidate_all()
            self.assertEqual(together[name], clerk.web_read({name: {}})[0][name], name)
            self.assertFalse(together[name], name)

    def test_a_contact_person_makes_the_history_of_the_company(self):
        firm = self.partners.create({"name": "Voll GmbH", "is_company": True})
        person = self.partners.create({"name": "Uta Voll", "parent_id": firm.id})
        person.write({"interaction_ids": [Command.create({"subject": "A question"})]})
        self.assertEqual(self.opened(firm)["interaction_count"], 1)

    def test_what_waits_to_be_stored_is_seen(self):
        self.opened(self.empty)
        self.env["kunden.interaction"].with_user(self.klara).create(
            {"partner_id": self.empty.id, "subject": "Just now"}
        )
        values = self.empty.web_read({name: {} for name in ROOMS})[0]
        self.assertEqual(values["interaction_count"], 1)

    def test_all_empty_rooms_of_many_contacts_cost_one_statement(self):
        many = self.partners.create([{"name": f"Nora {number}"} for number in range(50)])
        rooms = {name: {} for name in ROOMS}
        self.env.flush_all()
        # the first time, rights are read
        many[:1].web_read(rooms)
        self.env["res.partner"].invalidate_model()
        one = self.count(lambda: many[1].web_read(rooms))
        self.env["res.partner"].invalidate_model()
        self.assertEqual(self.count(lambda: many.web_read(rooms)), one)
        self.assertLessEqual(one, 2)

    def count(self, act):
        """How many statements that takes."""
        before = self.env.cr.sql_log_count
        act()
        return self.env.cr.sql_log_count - before

    def test_a_new_contact_in_the_form_is_read_as_always(self):
        draft = self.partners.new({"name": "Nora", "child_ids": [Command.create({"name": "Tim"})]})
        values = draft.web_read({"name": {}, "child_ids": {}, "user_ids": {}})[0]
        self.assertEqual((values["name"], draft.child_ids.name), ("Nora", "Tim"))

    def test_whoever_needs_a_name_does_not_read_our_columns(self):
        self.env.invalidate_all()
        self.assertTrue(self.full.name)
        ours = ("firstname", "customer_stage", "phone_e164", "occupation", "birthday_key")
        in_cache = [n for n in ours if self.full.id in self.full._fields[n]._get_cache(self.env)]
        self.assertEqual(in_cache, [])
        before = self.env.cr.sql_log_count
        self.assertEqual(self.full.lastname, "Voll")
        for name in ours:
            self.assertIsNotNone(self.full[name])
        self.assertEqual(self.env.cr.sql_log_count - before, 1)

    def test_the_columns_of_core_that_we_describe_anew_stay_with_core(self):
        self.env.invalidate_all()
        self.assertTrue(self.full.name)
        self.assertIn(self.full.id, self.full._fields["ref"]._get_cache(self.full.env))
