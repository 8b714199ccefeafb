from unittest.mock import patch

from odoo.tests import tagged

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestFieldQualityStandard(CustomerFileCase):
    """Every night the values are looked at; the page counts those against the standard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.env["res.partner"].search([]).write({"company_id": False})
        cls.runs, cls.figures = cls.env["kunden.standard.run"], cls.env["kunden.field.quality"]
        cls.hans, cls.eva = cls.env["res.partner"].create(
            [
                {"name": "Hans Schmidt", "city": "KÖLN", "street": "Hauptstr. 3"},
                {"name": "Eva Nord", "email": "a@x.example; b@x.example"},
            ]
        )
        (cls.hans | cls.eva).country_id = cls.germany
        cls.city = cls.env.ref("kunden_crm.catalogue_city")

    def figure(self, field=None):
        """Today's figure of all files, or of one field, as the manager reads it."""
        self.figures._compute_figures()
        domain = [("is_newest", "=", True), ("measure", "=", "standard")]
        domain += [("company_id", "in", (self.env.company.id, False))]
        domain += [("field_id", "=", field.id)] if field else [("dimension", "=", "all")]
        return self.figures.with_user(self.manager).search(domain, order="count desc", limit=1)

    def opened(self, figure):
        """The contacts that the button shows the manager."""
        partners = self.env["res.partner"].with_user(self.manager)
        return partners.search(figure.action_open_files()["domain"])

    def test_each_figure_opens_what_the_night_found(self):
        self.runs.search([("is_automatic", "=", True)]).line_ids.unlink()
        self.runs._cron_look()
        figure = self.figure()
        found = self.opened(figure)
        self.assertEqual(len(found), figure.count)
        self.assertLessEqual({self.hans, self.eva}, set(found))
        self.assertNotIn(self.anna, found)
        city = self.figure(self.city)
        found = self.opened(city)
        self.assertEqual(len(found), city.count)
        self.assertIn(self.hans, found)
        self.assertNotIn(self.eva, found)
        told = self.hans.with_user(self.manager).against_standard
        self.assertEqual(told, "city, street")
        self.assertFalse(self.anna.with_user(self.manager).against_standard)

    def test_the_next_night_knows_what_was_mended(self):
        self.runs._cron_look()
        before = self.figure(self.city).count
        self.hans.with_user(self.clerk).web_save({"city": "KÖLN", "street": "Hauptstr. 3"}, {})
        self.assertEqual(self.hans.city, "Köln")
        self.runs._cron_look()
        self.assertEqual(self.figure(self.city).count, before - 1)
        looking = self.runs.search([("is_automatic", "=", True)])
        self.assertEqual((len(looking), looking.state), (1, "checked"))

    def test_whoever_computes_a_small_file_has_it_looked_at(self):
        self.figures.with_user(self.clerk).action_compute()
        figure = self.figures.search(
            [
                ("is_newest", "=", True),
                ("measure", "=", "standard"),
                ("field_id", "=", self.city.id),
            ]
        )
        self.assertGreaterEqual(sum(figure.mapped("count")), 1)
        looking = self.runs.search([("is_automatic", "=", True)])
        self.assertEqual(looking.user_id, self.env.ref("base.user_root"))

    def test_while_the_night_looks_the_figures_are_those_of_the_night_before(self):
        self.runs._cron_look()
        before = self.figure().count
        self.assertGreater(before, 0)
        with patch("odoo.addons.kunden_crm.models.standard_run.AT_ONCE", 0):
            self.runs._cron_look()
        looking = self.runs.search([("is_automatic", "=", True)], order="id")
        self.assertEqual(looking.mapped("state"), ["checked", "checking"])
        figure = self.figure()
        self.assertEqual((figure.count, len(self.opened(figure))), (before, before))
        self.runs._cron_look()
        self.assertEqual(self.runs.search([("is_automatic", "=", True)], order="id"), looking)
        while looking[1].state == "checking":
            looking[1]._step(1000)
        self.assertFalse(looking[0].exists())
        self.assertEqual(self.figure().count, before)

    def test_nobody_applies_what_the_night_found(self):
        self.runs._cron_look()
        seen = self.runs.with_user(self.manager)
        self.assertFalse(seen.search([("is_automatic", "=", True)]))
        lines = self.env["kunden.standard.line"].with_user(self.manager)
        self.assertFalse(lines.search([("partner_id", "=", self.hans.id)]))

    def test_nothing_is_said_before_the_first_night(self):
        with patch.object(type(self.figures), "_has_looked", return_value=False):
            self.assertFalse(self.figure())
