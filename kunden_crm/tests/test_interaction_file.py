from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import CustomerFileCase

DAYS = [datetime(2026, 3, day, 8) for day in range(1, 10)]


class InteractionFileCase(CustomerFileCase):
    """Berg GmbH with its contact Bernd and its archived contact Olga, and Anna on her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Berg GmbH", "is_company": True})
        cls.bernd = cls.env["res.partner"].create({"name": "Bernd Ott", "parent_id": cls.firm.id})
        cls.olga = cls.bernd.copy({"name": "Olga Alt", "active": False})

    def log(self, partner, date, user=None, **values):
        """One interaction, as a user logs it."""
        interactions = self.env["kunden.interaction"].with_user(user or self.clerk)
        return interactions.create({"partner_id": partner.id, "date": date, **values})

    def written(self, interaction, age):
        """Make it so long ago that the interaction was written down."""
        self.env.cr.execute(
            "UPDATE kunden_interaction SET create_date = %s WHERE id = %s",
            [Datetime.now() - age, interaction.id],
        )
        interaction.invalidate_recordset()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestInteractionFile(InteractionFileCase):
    def test_the_company_shows_what_was_said_with_its_contacts(self):
        self.log(self.firm, DAYS[0])
        self.log(self.bernd, DAYS[2])
        self.log(self.bernd, DAYS[1])
        self.log(self.olga, DAYS[4])
        self.assertEqual(self.firm.interaction_count, 4)
        self.assertEqual(self.firm.last_interaction_date, DAYS[4])
        self.assertEqual(self.bernd.interaction_count, 2)
        self.assertEqual(self.bernd.last_interaction_date, DAYS[2])
        self.assertEqual(self.anna.interaction_count, 0)
        self.assertFalse(self.anna.last_interaction_date)

    def test_the_button_lists_what_it_counts(self):
        self.log(self.firm, DAYS[0])
        self.log(self.bernd, DAYS[1])
        self.log(self.anna, DAYS[2])
        for partner, count in ((self.firm, 2), (self.bernd, 1), (self.anna, 1)):
            action = partner.with_user(self.reader).action_open_interactions()
            listed = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(listed), count)
            self.assertEqual(action["context"], {"default_partner_id": partner.id})
        self.assertFalse((self.anna | self.firm).action_open_interactions()["context"])

    def test_a_list_of_files_is_counted_at_once(self):
        partners = self.env["res.partner"].create([{"name": f"Firm {n}"} for n in range(50)])
        for partner in partners[:20]:
            self.log(partner, DAYS[0])
        self.env.flush_all()
        partners = partners.with_user(self.reader)
        self.anna.with_user(self.reader).mapped("interaction_count")
        partners.mapped("commercial_partner_id.name")
        with self.assertQueryCount(1):
            self.assertEqual(sum(partners.mapped("interaction_count")), 20)

    def test_who_has_not_been_spoken_to_lately(self):
        self.log(self.bernd, DAYS[6])
        self.log(self.anna, DAYS[1])
        everybody = self.firm | self.bernd | self.anna | self.olga
        for operator, day, found in (
            (">=", DAYS[6], self.firm | self.bernd),
            (">", DAYS[6], self.env["res.partner"]),
            ("<", DAYS[6], self.anna),
            ("<=", DAYS[6], self.firm | self.bernd | self.anna),
            (">=", "2026-03-01", self.firm | self.bernd | self.anna),
            ("<", "today -5d", self.anna),
            ("<=", "today -5d", self.anna),
            (">", "today -5d", self.firm | self.bernd),
            ("=", DAYS[1], self.anna),
            ("=", False, self.olga),
            ("!=", False, self.firm | self.bernd | self.anna),
        ):
            partners = self.env["res.partner"].with_user(self.reader)
            partners = partners.with_context(active_test=False)
            domain = [("id", "in", everybody.ids), ("last_interaction_date", operator, day)]
            self.assertEqual(partners.search(domain), found, domain)
        with self.assertRaises(UserError):
            self.anna.search([("last_interaction_date", "ilike", "2026")])

    def test_a_merge_takes_the_interactions_along(self):
        twin = self.env["res.partner"].create({"name": "Anna Bergh"})
        self.log(twin, DAYS[0])
        self.log(self.anna, DAYS[1])
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twin | self.anna).ids, self.anna)
        self.assertFalse(twin.exists())
        self.assertEqual(self.anna.interaction_count, 2)
        self.assertEqual(self.anna.interaction_ids.mapped("date"), [DAYS[1], DAYS[0]])

    def test_follow_ups_due_are_a_list(self):
        self.env["res.partner"].with_user(self.clerk).browse(self.anna.id)._plan_follow_up(
            {"date_deadline": "2026-03-09", "summary": "Call back"}
        )
        self.anna.activity_schedule("mail.mail_activity_data_todo", summary="Something else")
        action = self.env.ref("kunden_crm.action_follow_ups")
        activities = self.env["mail.activity"].with_user(self.clerk)
        listed = activities.search(safe_eval(action.domain) + [("date_deadline", "<=", "today")])
        self.assertEqual(listed.mapped("summary"), ["Call back"])
        self.assertEqual(listed.state, "overdue")
        self.assertEqual(listed.user_id, self.clerk)
        self.assertEqual(listed.action_open_document()["res_id"], self.anna.id)


@tagged("post_install", "-at_install")
class TestInteractionRights(InteractionFileCase):
    def test_whoever_wrote_it_corrects_it_for_a_day(self):
        call = self.log(self.anna, DAYS[0])
        call.subject = "Invoice"
        self.assertTrue(call.can_correct)
        self.written(call, timedelta(hours=23))
        call.subject = "Two invoices"
        self.written(call, timedelta(hours=25))
        self.assertFalse(call.can_correct)
        with self.assertRaises(AccessError):
            call.subject = "Three invoices"
        self.assertEqual(call.subject, "Two invoices")

    def test_the_day_goes_by_while_odoo_runs(self):
        call = self.log(self.anna, DAYS[0])
        self.assertTrue(call.can_correct)
        call.invalidate_recordset()
        with freeze_time(Datetime.now() + timedelta(days=2)):
            self.assertFalse(call.can_correct)

    def test_another_clerk_corrects_nothing_and_a_manager_everything(self):
        call = self.log(self.anna, DAYS[0])
        other = new_test_user(self.env, "other", groups="kunden_crm.group_user")
        self.assertFalse(call.with_user(other).can_correct)
        with self.assertRaises(AccessError):
            call.with_user(other).subject = "Something else"
        self.written(call, timedelta(days=400))
        self.assertTrue(call.with_user(self.manager).can_correct)
        call.with_user(self.manager).subject = "Put right"
        self.assertEqual(call.subject, "Put right")

    def test_a_form_that_is_new_can_be_filled(self):
        self.assertTrue(self.env["kunden.interaction"].with_user(self.clerk).new().can_correct)

    def test_only_a_manager_deletes(self):
        call = self.log(self.anna, DAYS[0])
        with self.assertRaises(AccessError):
            call.unlink()
        call.with_user(self.manager).unlink()
        self.assertFalse(call.exists())

    def test_a_customer_one_spoke_with_is_not_deleted(self):
        self.log(self.anna, DAYS[0])
        for user in (self.clerk, self.manager):
            with self.assertRaises(UserError):
                self.anna.with_user(user).unlink()
        self.anna.with_user(self.clerk).action_archive()
        self.assertFalse(self.anna.active)

    def test_a_reader_and_the_officer_read(self):
        call = self.log(self.anna, DAYS[0], subject="Invoice")
        for user in (self.reader, self.officer):
            self.assertEqual(call.with_user(user).subject, "Invoice")
            self.assertEqual(self.anna.with_user(user).interaction_count, 1)
            with self.assertRaises(AccessError):
                call.with_user(user).subject = "Something else"
            with self.assertRaises(AccessError):
                self.log(self.anna, DAYS[1], user)

    def test_others_see_nothing_and_open_the_contact_all_the_same(self):
        call = self.log(self.anna, DAYS[0])
        portal = new_test_user(self.env, "guest", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (self.colleague, portal, public):
            with self.assertRaises(AccessError):
                call.with_user(user).read(["subject"])
        self.assertNotIn("interaction_count", self.anna.with_user(self.colleague).fields_get())
        self.assertEqual(self.anna.with_user(self.colleague).read(["name"])[0]["name"], "Anna Berg")

    def test_the_interactions_of_another_company_stay_there(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.anna.company_id = elsewhere
        call = self.env["kunden.interaction"].create({"partner_id": self.anna.id})
        self.assertFalse(call.with_user(self.clerk).search([("id", "=", call.id)]))
        with self.assertRaises(AccessError):
            call.with_user(self.manager).read(["subject"])
        self.clerk.company_ids |= elsewhere
        clerk = call.with_user(self.clerk).with_context(allowed_company_ids=elsewhere.ids)
        self.assertEqual(clerk.search([("id", "=", call.id)]), call)

    def test_only_a_manager_says_how_a_contact_can_end(self):
        outcomes = self.env["kunden.interaction.outcome"]
        outcomes.with_user(self.manager).create({"name": "Fax sent"})
        with self.assertRaises(AccessError):
            outcomes.with_user(self.clerk).create({"name": "Fax sent"})

    def test_the_pages_are_there_for_whom_they_serve(self):
        for menu in ("my_interactions", "my_figures", "follow_ups"):
            self.assertTrue(self.sees_menu(self.clerk, f"kunden_crm.menu_{menu}"))
            self.assertFalse(self.sees_menu(self.reader, f"kunden_crm.menu_{menu}"))
        self.assertTrue(self.sees_menu(self.reader, "kunden_crm.menu_all_interactions"))
        self.assertFalse(self.sees_menu(self.clerk, "kunden_crm.menu_outcomes"))
        action = self.env.ref("kunden_crm.action_interactions")
        views = self.env["kunden.interaction"].with_user(self.reader).get_views(action.views)
        wanted = {"list", "kanban", "calendar", "graph", "pivot", "form"}
        self.assertEqual(set(views["views"]), wanted)
