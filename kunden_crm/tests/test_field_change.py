from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestFieldChange(CustomerFileCase):
    """Who changed a protected value, and what it was, is told to those who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.doctor = new_test_user(
            cls.env, "doctor_of_changes", "kunden_crm.group_user,kunden_crm.group_special"
        )
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.secret = cls.make("Schulden")
        cls.eva = cls.env["res.partner"].create({"name": "Eva Muster"})

    @classmethod
    def make(cls, name, field_type="char", sensitivity="confidential", **values):
        """A protected field of the manager's own."""
        return cls.entries.create(
            {"name": name, "field_type": field_type, "sensitivity": sensitivity, **values}
        )

    def log(self, partner, user=None):
        """What somebody reads in the log of the contact, oldest first."""
        changes = self.env["kunden.field.change"].with_user(user or self.manager)
        return [
            (change.catalogue_id.name, change.old_value or "", change.new_value or "")
            for change in changes.search([("partner_id", "=", partner.id)], order="id")
        ]

    def test_every_change_is_noted_once_with_who_and_when(self):
        name = self.secret.technical_name
        with freeze_time("2026-03-02 10:00:00"):
            udo = self.env["res.partner"].with_user(self.manager)
            udo = udo.create({"name": "Udo Ohne", name: "hoch"})
        udo[name] = "hoch"
        udo.write({name: "keine", "city": "Köln"})
        self.assertEqual(self.log(udo), [("Schulden", "", "hoch"), ("Schulden", "hoch", "keine")])
        first = self.env["kunden.field.change"].search([("partner_id", "=", udo.id)])[-1]
        self.assertEqual(str(first.date), "2026-03-02 10:00:00")
        self.assertEqual(first.user_id, self.manager)

    def test_values_are_noted_as_people_read_them(self):
        self.env["res.lang"]._activate_lang("de_DE")
        choices = [Command.create({"name": name}) for name in ("Hund", "Katze")]
        values = {
            "integer": (0, "0"),
            "float": (2.5, "2,5"),
            "monetary": (0.0, ""),
            "date": ("2026-03-10", "10.03.2026"),
            "boolean": ("yes", "Ja"),
            "many2one": (self.anna.id, "Anna Berg"),
        }
        names, told = {}, {}
        for kind, (value, text) in values.items():
            entry = self.make(f"Feld {kind}", kind, zero_is_answer=kind == "integer")
            if kind == "boolean":
                yes = entry.field_id.sudo().selection_ids[0]
                yes.with_context(lang="de_DE").name = "Ja"
            names[entry.technical_name] = value
            told[entry.name] = text
        pets = self.make("Tiere", "many2many", option_ids=choices)
        names[pets.technical_name] = [Command.set(pets.option_ids.ids)]
        told["Tiere"] = "Hund, Katze"
        partners = self.env["res.partner"].with_user(self.manager).with_context(lang="de_DE")
        udo = partners.create({"name": "Udo Ohne", **names})
        noted = {field: new for field, _old, new in self.log(udo)}
        self.assertEqual(noted, {field: text for field, text in told.items() if text})
        udo.write(dict.fromkeys(names, False))
        removed = {field: old for field, old, new in self.log(udo) if not new}
        del noted["Feld integer"]  # 0 stays 0
        self.assertEqual(removed, noted)

    def test_the_log_has_the_groups_of_its_field(self):
        health = self.make("Allergien", sensitivity="special")
        names = (self.secret.technical_name, health.technical_name)
        self.eva.write(dict.fromkeys(names, "ja"))
        secret, special = ("Schulden", "", "ja"), ("Allergien", "", "ja")
        self.assertEqual(self.log(self.eva, self.manager), [secret])
        self.assertEqual(self.log(self.eva, self.doctor), [secret, special])
        for user in (self.clerk, self.officer):
            with self.assertRaises(AccessError):
                self.log(self.eva, user)
        for user, seen in ((self.manager, True), (self.clerk, False)):
            actions = self.env["ir.actions.actions"].with_user(user).get_bindings("res.partner")
            names = [action["name"] for action in actions["action"]]
            self.assertEqual("Change Log" in names, seen, user.name)

    def test_the_log_goes_with_its_field(self):
        name = self.secret.technical_name
        self.eva[name] = "hoch"
        self.eva[name] = False
        self.assertEqual(len(self.log(self.eva)), 2)
        self.secret.unlink()
        self.assertFalse(self.log(self.eva))
        self.assertNotIn(name, self.env["res.partner"]._kunden_protected)

    def test_the_log_of_another_company_is_not_read(self):
        other = self.env["res.company"].create({"name": "Andere GmbH"})
        self.eva.write({self.secret.technical_name: "hoch", "company_id": other.id})
        self.assertFalse(self.log(self.eva))
        self.manager.company_ids += other
        changes = self.env["kunden.field.change"].with_user(self.manager)
        changes = changes.with_context(allowed_company_ids=other.ids)
        self.assertEqual(changes.search([]).partner_id, self.eva)

    def test_nobody_writes_the_log(self):
        self.eva[self.secret.technical_name] = "hoch"
        changes = self.env["kunden.field.change"].with_user(self.env.ref("base.user_admin"))
        change = changes.search([("partner_id", "=", self.eva.id)])
        for act in (
            lambda: change.copy(),
            lambda: change.write({"old_value": "niedrig"}),
            change.unlink,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_what_is_not_protected_costs_nothing(self):
        name = self.secret.technical_name
        people = self.env["res.partner"].create([{"name": f"Gast {n}"} for n in range(5)])
        self.env.flush_all()
        people.invalidate_recordset()
        with self.assertQueryCount(0):
            self.assertFalse(people._noted(["name", "city"]))
        self.assertEqual(people._noted(["figure_ids", "city", name]), [name])
        people[:1][name] = "warm"
        self.env.flush_all()
        with self.assertQueryCount(2):  # read the old values, write five notes
            before = people._told_values([name])
            people._note_changes([name], dict.fromkeys(before, "anders"))
        noted = self.env["kunden.field.change"].search_count([("partner_id", "in", people.ids)])
        self.assertEqual(noted, 6)

    def test_what_mail_has_told_is_closed_when_the_field_becomes_protected(self):
        gifts = self.make("Wünsche", sensitivity="normal")
        name = gifts.technical_name
        eva = self.eva.with_user(self.clerk)
        self.flush_tracking()
        eva[name] = "Kratzbaum"
        self.flush_tracking()
        message = eva.message_ids.filtered(lambda message: message.sudo().tracking_value_ids)
        told = message.sudo().tracking_value_ids
        self.assertEqual(told.new_value_char, "Kratzbaum")
        self.assertEqual(told._filter_has_field_access(self.env(user=self.clerk)), told)
        self.assertEqual(told._filter_free_field_access(), told)
        gifts.sensitivity = "confidential"
        self.assertFalse(told._filter_has_field_access(self.env(user=self.clerk)))
        self.assertEqual(told._filter_has_field_access(self.env(user=self.manager)), told)
        self.assertFalse(told._filter_free_field_access())
        self.assertFalse(self.log(self.eva))
        self.eva[name] = "Leine"
        self.flush_tracking()
        self.assertEqual(self.log(self.eva), [("Wünsche", "Kratzbaum", "Leine")])
        self.assertEqual(self.eva.message_ids.tracking_value_ids, told)
        gifts.sensitivity = "normal"
        self.eva[name] = "Napf"
        self.assertEqual(len(self.log(self.eva)), 1)
        with self.assertRaises(AccessError):
            self.log(self.eva, self.clerk)

    def flush_tracking(self):
        """The end of a transaction, for the mail."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_a_merge_keeps_log_and_value_also_by_a_clerk(self):
        name = self.secret.technical_name
        self.eva[name] = "hoch"
        double = self.env["res.partner"].create({"name": "Eva Muster"})
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.clerk)
        wizard._merge([self.eva.id, double.id], double.with_user(self.clerk))
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.eva.exists())
        self.assertEqual(double[name], "hoch")
        self.assertEqual(self.log(double), [("Schulden", "", "hoch")] * 2)
