from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase

APRIL, MAY = "2026-04-20 10:00:00", "2026-05-20 10:00:00"
NAMES = ("own_now", "own_before", "team_now", "team_before")


@tagged("post_install", "-at_install")
@freeze_time(MAY)
class TestFieldEffect(CustomerFileCase):
    """Klara sees what she has done for the files, and the sum of her team; nobody's else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.klara, cls.kurt, cls.maria = (
            new_test_user(cls.env, f"{name}_enters", groups="kunden_crm.group_user")
            for name in ("klara", "kurt", "maria")
        )
        team = cls.env["crm.team"].create({"name": "Team Köln", "company_id": False})
        team.member_ids = cls.klara | cls.kurt
        cls.city = cls.env.ref("kunden_crm.catalogue_city")
        cls.env["kunden.field.rule"].create(
            {"catalogue_id": cls.city.id, "customer_kind": "any", "level": "recommended"}
        )
        germany = {"country_id": cls.env.ref("base.de").id}
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Nr. {number}", **germany} for number in range(6)]
        )
        cls.env.flush_all()

    def save(self, user, partner, **values):
        """Somebody saves the form."""
        partner.with_user(user).web_save(values, {"id": {}})

    def line(self, kind, user=None, **key):
        """The figures of a line as Klara, or another, sees them."""
        domain = [("kind", "=", kind), *((name, "=", value) for name, value in key.items())]
        self.env.flush_all()
        self.env["kunden.field.effect"].invalidate_model()
        found = self.env["kunden.field.effect"].with_user(user or self.klara).search(domain)
        return found, tuple(found[name] for name in NAMES) if found else None

    def test_what_was_missing_and_is_filled_in_counts(self):
        with freeze_time(APRIL):
            self.save(self.klara, self.people[0], city="Ulm")
        self.save(self.klara, self.people[1], city="Bonn")
        self.save(self.klara, self.people[1], city="Köln")
        self.save(self.klara, self.people[2], city="k.A.")
        self.save(self.kurt, self.people[3], city="Ulm")
        self.save(self.maria, self.people[4], city="Ulm")
        line, figures = self.line("completed")
        self.assertEqual(figures, (1, 1, 2, 1))
        shown = self.env["res.partner"].with_user(self.klara)
        found = shown.search(line.action_open_files()["domain"], order="id")
        self.assertEqual(found, self.people[:2].with_user(self.klara))
        goal, figures = self.line("goal", goal_id=self.city.goal_ids[0].id)
        self.assertEqual(figures, (1, 1, 2, 1))
        self.assertIn(self.city.goal_ids[0].name, goal.name)
        self.assertEqual(len(shown.search(goal.action_open_files()["domain"])), 2)
        facts = self.env["kunden.field.filled"].with_user(self.klara).search([])
        self.assertEqual(facts.user_id, self.klara, "nobody reads the facts of another")

    def test_a_person_in_no_team_sees_the_sum_of_the_company(self):
        before = self.line("completed", self.maria)[1]
        self.save(self.klara, self.people[0], city="Ulm")
        self.save(self.maria, self.people[1], city="Ulm")
        after = self.line("completed", self.maria)[1]
        self.assertEqual([b - a for a, b in zip(before, after, strict=True)], [1, 0, 2, 0])

    def test_what_is_not_asked_any_more_was_not_filled_in(self):
        rule = self.env["kunden.field.rule"].search([("catalogue_id", "=", self.city.id)])
        rule.domain = "[('function', '=', False)]"
        self.save(self.klara, self.people[0], function="Leiter")
        self.assertNotIn(self.city, self.people[0].missing_field_ids)
        self.save(self.klara, self.people[1], is_company=True, city="Ulm")
        self.assertEqual(self.line("completed")[1], (0, 0, 0, 0))

    def test_a_contact_person_completed_in_the_form_of_the_company_counts(self):
        firm, nicole = self.people[:2]
        firm.write({"is_company": True, "city": "Ulm", "child_ids": [Command.link(nicole.id)]})
        nicole.city = False
        self.env.flush_all()
        self.save(self.klara, firm, child_ids=[Command.update(nicole.id, {"city": "Bonn"})])
        self.assertIn(nicole, self.env["kunden.field.filled"].search([]).partner_id)

    def test_numbers_and_addresses_that_can_be_read_now_count_as_corrected(self):
        one, two, three = self.people[:3]
        one.write({"phone": "siehe Notiz", "mobile": "12", "email": "gibtsnicht"})
        two.write({"email": "alt@napf.example", "message_bounce": 3})
        three.write({"phone": "0221 4710900"})
        self.env.flush_all()
        self.save(self.klara, one, phone="0221 4710900", mobile="13", email="neu@napf.example")
        self.save(self.klara, two, email="neu@napf.example")
        self.assertEqual(two.message_bounce, 0, "the old address has bounced")
        self.save(self.klara, three, phone="0221 4710901", email="drei@napf.example")
        self.save(self.klara, three, phone=False)
        line, figures = self.line("corrected")
        self.assertEqual(figures, (3, 0, 3, 0))
        found = self.env["res.partner"].search(line.action_open_files()["domain"], order="id")
        self.assertEqual(found, one | two)

    def test_new_files_and_confirmations_count(self):
        made = (
            self.env["res.partner"]
            .with_user(self.klara)
            .create(
                [{"name": "Neu"}, {"name": "Post", "type": "other", "parent_id": self.people[0].id}]
            )
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = ANY(%s)", [MAY, made.ids]
        )
        self.people[0].with_user(self.klara).action_confirm_today("contact")
        line, figures = self.line("created")
        self.assertEqual(figures, (1, 0, 1, 0))
        found = self.env["res.partner"].search(line.action_open_files()["domain"])
        self.assertEqual(found, made[0].with_user(self.env.user))
        line, figures = self.line("confirmed")
        self.assertEqual(figures, (1, 0, 1, 0))
        found = self.env["res.partner"].search(line.action_open_files()["domain"])
        self.assertEqual(found, self.people[0])
        self.assertEqual(self.line("created", self.kurt)[1], (0, 0, 1, 0))

    def test_only_a_save_that_completes_something_costs_a_statement(self):
        def queries(partner, **values):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.save(self.klara, partner, **values)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        one, two = self.people[:2]
        queries(one, city="Ulm")
        plain = queries(one, city="Bonn")
        self.assertEqual(queries(two, city="Ulm"), plain + 1)
