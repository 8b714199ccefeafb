from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import CustomerFileCase

FORM = "base.view_partner_form"
TODAY = "2026-05-04"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestFieldRule(CustomerFileCase):
    """A manager requires fields; each door asks in its own way, and nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["kunden.field"].with_user(cls.manager)
        cls.rules = cls.env["kunden.field.rule"].with_user(cls.manager)
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)

    def entry(self, name):
        """The shipped line of a field."""
        return self.entries.search([("technical_name", "=", name)])

    def rule(self, name="birthdate_date", **values):
        """A rule of the manager's on a shipped field."""
        values = {"catalogue_id": self.entry(name).id, "reason": f"Reason of {name}", **values}
        return self.rules.create(values)

    def missing(self, partner):
        """The technical names of what a file lacks, as the clerk reads it."""
        partner.invalidate_recordset()
        gaps = partner.with_user(self.clerk).missing_field_ids
        # the technical name leads to ir.model.fields, which a clerk may not read
        return sorted(gaps.sudo().mapped("technical_name"))

    def save(self, **vals):
        """A clerk saves a new contact in the browser."""
        (saved,) = self.partners.web_save(vals, {"name": {}})
        return self.partners.browse(saved["id"])

    def test_a_clerk_is_refused_with_the_reason_and_fills_in(self):
        self.rule(customer_kind="private")
        with self.assertRaises(ValidationError) as refused:
            self.save(name="Eva Muster")
        self.assertIn("Reason of birthdate_date", str(refused.exception))
        self.assertIn("Birthdate", str(refused.exception))
        self.assertEqual(refused.exception.context, {"missing_fields": ["birthdate_date"]})
        eva = self.save(name="Eva Muster", birthdate_date="1985-12-24")
        self.assertFalse(self.missing(eva))
        self.assertEqual(eva.completeness, 100)
        self.assertTrue(self.save(name="Muster GmbH", is_company=True))

    def test_an_old_file_stays_editable_and_keeps_what_it_has(self):
        self.rule(customer_kind="private")
        self.rule("email", customer_kind="company")
        anna = self.anna.with_user(self.clerk)
        self.assertEqual(self.missing(anna), ["birthdate_date"])
        anna.web_save({"city": "Bonn"}, {})
        self.assertEqual(anna.city, "Bonn")
        anna.web_save({"birthdate_date": "1990-01-02"}, {})
        self.assertFalse(self.missing(anna))
        with self.assertRaises(ValidationError):
            anna.web_save({"birthdate_date": False}, {})
        with self.assertRaises(ValidationError):
            anna.web_save({"is_company": True}, {})

    def test_a_change_of_stage_is_asked(self):
        self.rule("email", customer_stage="customer")
        anna = self.anna.with_user(self.clerk)
        anna.web_save({"customer_stage": "prospect"}, {})
        with self.assertRaises(ValidationError):
            anna.web_save({"customer_stage": "customer"}, {})
        anna.web_save({"customer_stage": "customer", "email": "anna@berg.example"}, {})

    def test_contact_persons_inside_the_form_of_their_company(self):
        self.rule("email", customer_kind="person")
        berg = self.save(name="Berg AG", is_company=True)
        new = [Command.create({"name": "Eva Berg", "type": "contact"})]
        with self.assertRaises(ValidationError):
            berg.web_save({"child_ids": new}, {})
        address = [Command.create({"name": "Lager", "type": "delivery"})]
        berg.web_save({"child_ids": address}, {})
        new[0][2]["email"] = "eva@berg.example"
        berg.web_save({"child_ids": new}, {})
        eva = berg.child_ids.filtered("email")
        with self.assertRaises(ValidationError):
            berg.web_save({"child_ids": [Command.update(eva.id, {"email": False})]}, {})
        self.partners.create({"name": "Alt Berg", "parent_id": berg.id})
        berg.web_save({"child_ids": [Command.update(eva.id, {"city": "Ulm"})]}, {})
        new[0][2]["name"] = "Uwe Berg"
        berg.web_save({"child_ids": new}, {})

    def test_lines_of_a_list(self):
        self.rule("city")
        anna = self.anna.with_user(self.clerk)
        eva = self.save(name="Eva Muster", city="Ulm")
        with self.assertRaises(ValidationError):
            (anna | eva).web_save_multi([{"city": "Bonn"}, {"city": "-"}], {})
        (anna | eva).web_save_multi([{"city": "Bonn"}, {"city": "Hof"}], {})
        self.assertEqual(anna.city, "Bonn")

    def test_all_other_doors_store_and_mark(self):
        self.rule("email")
        stored = self.partners.create({"name": "Per Schnittstelle"})
        named = self.partners.browse(self.partners.name_create("Per Name")[0])
        loaded = self.partners.load(["name"], [["Per Import"]])
        imported = self.partners.browse(loaded["ids"])
        for partner in (stored, named, imported):
            self.assertEqual(self.missing(partner), ["email"])
            self.assertEqual(partner.completeness, 0)
        stored.write({"email": "an@da.example"})
        self.assertFalse(self.missing(stored))
        stored.write({"email": False})
        self.assertEqual(self.missing(stored), ["email"])

    def test_the_web_client_leads_to_the_form(self):
        self.rule("email")
        person = self.partners.with_context(kunden_asks_person=True)
        with self.assertRaises(ValidationError):
            person.name_create("Per Klick")

    def test_a_strict_integration_is_refused(self):
        strict = new_test_user(
            self.env, "strict_shop", "kunden_crm.group_user", is_strict_integration=True
        )
        rule = self.rule("email")
        shop = self.env["res.partner"].with_user(strict)
        with self.assertRaises(ValidationError):
            shop.create({"name": "Ohne Adresse"})
        eva = shop.create({"name": "Mit Adresse", "email": "mit@adresse.example"})
        with self.assertRaises(ValidationError):
            eva.write({"email": "?"})
        rule.ask_api = False
        self.assertTrue(shop.create({"name": "Ohne Adresse"}))
        strict.is_strict_integration = False
        rule.ask_api = True
        self.assertTrue(shop.create({"name": "Ohne Adresse"}))

    def test_a_forged_context_opens_no_door(self):
        self.rule("email")
        forged = {"kunden_asks_person": False, "install_mode": True, "import_file": True}
        with self.assertRaises(ValidationError):
            self.partners.with_context(**forged).web_save({"name": "Eva"}, {})

    def test_placeholders_count_as_empty(self):
        self.rule("city")
        self.rule("birthdate_date", customer_kind="private")
        for city in ("?", " k.A. ", "XXX", "-", "...", "asdf", "– –"):
            with self.assertRaises(ValidationError):
                self.save(name="Eva", city=city, birthdate_date="1990-01-02")
        with self.assertRaises(ValidationError):
            self.save(name="Eva", city="Ulm", birthdate_date="1900-01-01")
        self.env["kunden.field.placeholder"].with_user(self.manager).create({"name": "Nirgends"})
        with self.assertRaises(ValidationError):
            self.save(name="Eva", city="nirgends", birthdate_date="1990-01-02")

    def test_rules_begin_and_end_by_themselves(self):
        self.rule("email", date_from="2026-05-10", date_to="2026-05-12")
        for day, asks in (("2026-05-09", False), ("2026-05-12", True), ("2026-05-13", False)):
            with freeze_time(day):
                arch = self.partners.get_view(self.env.ref(FORM).id, "form")["arch"]
                (node, *_rest) = etree.fromstring(arch).xpath("//field[@name='email']")
                self.assertEqual("not id" in (node.get("required") or ""), asks, day)
                # an old file stays editable, also before the job has judged it by the new rules
                self.anna.with_user(self.clerk).web_save({"city": day}, {})
                self.anna.with_user(self.clerk).web_save({"email": "a@b.example"}, {})
                self.anna.email = False
                self.env["kunden.field.check"]._cron_check()
                self.assertEqual(self.missing(self.anna), ["email"] if asks else [], day)
                if asks:
                    with self.assertRaises(ValidationError):
                        self.save(name=day)
                else:
                    self.save(name=day)

    def test_an_offer_ends_with_its_campaign(self):
        campaign = self.env["utm.campaign"].create({"name": "Shampoo"})
        self.rule("email", campaign_id=campaign.id)
        self.assertEqual(self.missing(self.anna), ["email"])
        campaign.active = False
        self.save(name="Danach")
        product = self.env["product.template"].create({"name": "Shampoo"})
        self.rule("city", product_tmpl_id=product.id)
        with self.assertRaises(ValidationError):
            self.save(name="Zum Angebot")
        product.active = False
        self.save(name="Danach")

    def test_conditions_are_asked_when_the_form_is_saved(self):
        tag = self.env["res.partner.category"].create({"name": "Hundehalter"})
        self.rule("phone", domain=f"[('category_id', 'in', {tag.ids})]")
        with self.assertRaises(ValidationError):
            self.save(name="Eva", category_id=[Command.link(tag.id)])
        eva = self.save(name="Eva")
        eva.category_id = tag
        self.assertEqual(self.missing(eva), ["phone"])

    def test_the_form_marks_what_a_new_file_needs(self):
        self.rule(customer_kind="private")
        form = Form(self.partners)
        form.name = "Eva"
        with self.assertRaisesRegex(AssertionError, "birthdate_date"):
            form.save()
        form.birthdate_date = date(1990, 1, 2)
        eva = form.save()
        with Form(eva) as again:
            again.city = "Ulm"
        views = self.partners.get_views([(self.env.ref(FORM).id, "form")])
        field = views["models"]["res.partner"]["fields"]["birthdate_date"]
        self.assertEqual(field["kunden_reason"], "Reason of birthdate_date")

    def test_a_form_without_the_field_gets_it(self):
        self.rule(customer_kind="private")
        simple = self.env.ref("base.view_partner_simple_form")
        arch = etree.fromstring(self.partners.get_view(simple.id, "form")["arch"])
        self.assertTrue(arch.xpath("//field[@name='birthdate_date'][@required]"))

    def test_what_somebody_may_not_see_only_marks(self):
        secret = self.entries.create(
            {"name": "Kontostand", "field_type": "monetary", "sensitivity": "confidential"}
        )
        rule = self.rules.create({"catalogue_id": secret.id})
        self.assertTrue(rule.affected_count)
        eva = self.save(name="Eva")
        self.assertFalse(self.missing(eva))
        self.assertEqual(eva.completeness, 100)
        for name in ("missing_protected_ids", "completeness_protected"):
            with self.assertRaises(AccessError):
                eva.read([name])
            with self.assertRaises(AccessError):
                self.partners.search([(name, "!=", False)])
        self.assertFalse(self.env["kunden.field.rule"].with_user(self.clerk).search([]))
        as_manager = eva.with_user(self.manager)
        self.assertEqual(as_manager.missing_protected_ids, secret)
        self.assertEqual(as_manager.completeness_protected, 0)
        with self.assertRaises(ValidationError):
            as_manager.browse().web_save({"name": "Udo"}, {})

    def test_rules_of_a_company_ask_at_its_own_doors(self):
        other = self.env["res.company"].create({"name": "Zweite GmbH"})
        self.clerk.company_ids += other
        rule = self.env["kunden.field.rule"].create(
            {"catalogue_id": self.entry("city").id, "company_id": other.id}
        )
        self.save(name="Hier")
        there = self.partners.with_context(allowed_company_ids=other.ids)
        with self.assertRaises(ValidationError):
            there.web_save({"name": "Dort"}, {})
        arch = etree.fromstring(there.get_view(self.env.ref(FORM).id, "form")["arch"])
        self.assertTrue(arch.xpath("//field[@name='city'][contains(@required, 'not id')]"))
        # the manager who has written this condition does not work in the other company
        self.rule("phone", domain="[('city', '=', 'Ulm')]")
        with self.assertRaises(ValidationError):
            there.web_save({"name": "Dort", "city": "Ulm"}, {})
        self.assertFalse(self.rules.search([("id", "=", rule.id)]))

    def test_portal_and_shop_ask_where_a_rule_says_so(self):
        self.rule("zip")
        self.assertFalse(self.rules._portal_fields())
        self.rule("vat", ask_portal=True)
        self.assertEqual(self.env["kunden.field.rule"]._portal_fields(), {"vat"})
        for values in (
            {"name": "birthdate_date"},
            {"name": "city", "customer_kind": "company"},
            {"name": "city", "domain": "[('zip', '=', '1')]"},
        ):
            with self.assertRaises(ValidationError):
                self.rule(ask_portal=True, **values)

    def test_rules_that_nobody_could_keep(self):
        for values in (
            {"name": "is_consumer"},
            {"name": "city", "domain": "[('nothing', '=', 1)]"},
            {"name": "city", "domain": "1 +"},
            {"name": "city", "domain": "[('completeness', '<', 50)]"},
            {"name": "city", "date_from": "2026-05-02", "date_to": "2026-05-01"},
        ):
            with self.assertRaises(ValidationError):
                self.rule(**values)
        special = self.entries.create(
            {"name": "Allergien", "field_type": "char", "sensitivity": "special"}
        )
        with self.assertRaises(ValidationError):
            self.rules.create({"catalogue_id": special.id})

    def test_a_condition_has_the_rights_of_its_owner(self):
        rule = self.rule("city", owner_id=self.env.ref("base.user_root").id)
        self.assertEqual(rule.owner_id, self.manager)
        rule.write({"owner_id": self.env.ref("base.user_root").id})
        self.assertEqual(rule.owner_id, self.manager)
        with self.assertRaises(ValidationError):
            rule.domain = "[('signup_type', '!=', 'x')]"
        officer = self.env.ref("base.user_admin")
        rule.with_user(officer).domain = "[('zip', '!=', 'x')]"
        self.assertEqual(rule.owner_id, officer)
        self.assertEqual(self.missing(self.anna), [])

    def test_a_mark_tells_nothing_of_a_protected_field(self):
        secret = self.entries.create({"name": "Kontostand", "field_type": "monetary"})
        name = secret.technical_name
        rule = self.rule("city", domain=f"[('{name}', '<', 0)]")
        self.assertTrue(rule.asks_today)
        secret.sensitivity = "confidential"
        rule.invalidate_recordset()
        self.assertFalse(rule.asks_today)
        self.assertIn("Kontostand", rule.problem)
        for domain in (
            f"[('{name}', '<', 0)]",
            f"[('parent_id.{name}', '<', 0)]",
            f"[('parent_id', 'any', [('{name}', '<', 0)])]",
            "[('figure_ids.revenue', '>', 0)]",
        ):
            with self.assertRaises(ValidationError):
                self.rule("zip", domain=domain)

    def test_a_rule_whose_owner_loses_his_rights_asks_nobody_and_says_so(self):
        rule = self.rule("email", domain="[('contact_confirmed_on', '=', False)]")
        self.assertEqual(rule.asks_today, True)
        self.manager.group_ids = self.env.ref("base.group_user")
        rule = rule.with_user(self.env.ref("base.user_admin"))
        self.assertIn("cannot be judged", rule.problem)
        self.assertFalse(rule.asks_today)
        self.save(name="Eva")

    def test_affected_files_are_told_before_the_rule_is_saved(self):
        self.save(name="Ohne Ort")
        draft = Form(self.rules)
        draft.catalogue_id = self.entry("city")
        draft.customer_kind = "private"
        files = self.partners.search([("is_customer_file", "=", True)])
        without = files.filtered(lambda p: not p.city and p.customer_kind == "private")
        self.assertEqual(draft.affected_count, len(without))
        self.assertIn(str(len(without)), draft.affected_note)
        rule = draft.save()
        self.assertEqual(
            self.partners.search([("missing_field_ids", "=", self.entry("city").id)]), without
        )
        self.assertEqual(rule.affected_count, len(without))
        action = rule.action_show_affected()
        self.assertEqual(self.partners.search(action["domain"]), without)

    def test_search_group_and_order(self):
        self.rule("email", customer_kind="person")
        self.rule("phone", customer_kind="person", level="recommended")
        eva = self.save(name="Eva Muster", email="eva@muster.example")
        udo = self.save(name="Udo Muster", email="udo@muster.example", phone="+49 221 1234567")
        mine = [("id", "in", (eva | udo).ids)]
        self.assertEqual((eva.completeness, udo.completeness), (50, 100))
        self.assertEqual(eva.rules_version, self.env["kunden.field.check"]._version())
        search = self.partners.search
        self.assertEqual(search([*mine, ("completeness", "<", 100)]), eva)
        self.assertEqual(search([*mine, ("completeness", "=", 100)]), udo)
        self.assertEqual(search(mine, order="completeness desc"), udo | eva)
        goals = self.entry("phone").goal_ids
        self.assertEqual(search([*mine, ("missing_goal_ids", "in", goals.ids)]), eva)
        groups = self.partners._read_group(mine, ["missing_field_ids"], ["__count"])
        self.assertIn((self.entry("phone").with_user(self.clerk), 1), groups)
        self.assertTrue(self.partners._read_group(mine, ["missing_goal_ids"], ["__count"]))
        self.assertTrue(self.partners._read_group(mine, ["owner_team_id"], ["__count"]))
        average = self.partners._read_group(mine, [], ["completeness:avg"])
        self.assertEqual(average, [(75.0,)])

    def test_only_customer_files_are_asked(self):
        self.rule("city")
        supplier = self.env["res.partner"].create({"name": "Lieferant", "supplier_rank": 1})
        eva = self.save(name="Eva", city="Ulm")
        delivery = eva.create({"name": "Lager", "type": "delivery", "parent_id": eva.id})
        self.assertFalse(self.missing(supplier) + self.missing(delivery))
        self.assertFalse(self.missing(self.env.company.partner_id))
        supplier.customer_stage = "prospect"
        self.assertEqual(self.missing(supplier), ["city"])
        found = self.partners.search([("missing_field_ids", "!=", False)])
        self.assertEqual(found, found.filtered("is_customer_file"))

    def test_contact_persons_follow_their_company(self):
        self.rule("email", customer_kind="private")
        eva = self.partners.create({"name": "Eva", "parent_id": self.anna.id})
        self.assertEqual(self.missing(eva), ["email"])
        self.anna.is_company = True
        self.assertFalse(self.missing(eva))

    def test_a_field_in_a_rule_is_retired_or_protected(self):
        self.rule("email")
        self.assertEqual(self.missing(self.anna), ["email"])
        self.entry("email").active = False
        self.save(name="Eva")
        self.assertFalse(self.missing(self.anna))
        secret = self.entries.create({"name": "Kontostand", "field_type": "monetary"})
        self.rules.create({"catalogue_id": secret.id})
        self.assertEqual(self.missing(self.anna), [secret.technical_name])
        secret.sensitivity = "confidential"
        self.assertFalse(self.missing(self.anna))
        self.assertEqual(self.anna.with_user(self.manager).missing_protected_ids, secret)

    def test_an_own_field_that_a_rule_uses_is_not_deleted(self):
        pets = self.entries.create({"name": "Haustiere", "field_type": "char"})
        self.rules.create({"catalogue_id": pets.id})
        self.rule("city", domain=f"[('{pets.technical_name}', '!=', False)]")
        self.env["ir.filters"].create(
            {
                "name": "Mit Tier",
                "model_id": "res.partner",
                "domain": f"[('{pets.technical_name}', '!=', False)]",
            }
        )
        with self.assertRaises(UserError) as refused:
            pets.unlink()
        for use in ("Mandatory field “Haustiere", "Condition of “City", "Mit Tier"):
            self.assertIn(use, str(refused.exception))
        self.rules.search([]).unlink()
        self.env["ir.filters"].search([("name", "=", "Mit Tier")]).unlink()
        pets.unlink()
        self.save(name="Danach")

    def test_owners_are_asked_once(self):
        self.rule("email")
        self.anna.user_id = self.manager
        anna = self.anna.with_user(self.clerk)
        anna.action_ask_owners()
        told = anna.action_ask_owners()["params"]["message"]
        self.assertIn("1", told)
        (activity,) = anna.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertIn("E", activity.summary)

    def test_nothing_is_asked_without_rules(self):
        self.env.flush_all()
        partners = self.partners.create([{"name": f"Nr. {n}"} for n in range(3)])
        self.assertEqual(partners.mapped("completeness"), [100] * 3)
        self.assertFalse(partners.missing_field_ids)

    def test_the_number_of_queries_stays_with_sixty_rules(self):
        vals = [
            {
                "catalogue_id": entry.id,
                "customer_kind": "any",
                "level": "recommended",
                "domain": f"[('category_id.name', '!=', 'Nr. {number}')]" if number % 3 else "[]",
            }
            for number, entry in enumerate(self.entries.search([], limit=60))
            if entry.field_type != "boolean"
            and not self.rules.new({"catalogue_id": entry.id})._problem()
        ]

        def queries():
            before = self.env.cr.sql_log_count
            anna = self.anna.with_user(self.clerk)
            anna.web_save({"city": f"Ort {before}"}, {"missing_field_ids": {}})
            return self.env.cr.sql_log_count - before

        self.rule("city")
        queries()
        one = queries()
        self.rules.create(vals)
        queries()
        self.assertEqual(queries(), one)

    def test_a_deleted_contact_takes_its_verdict_along(self):
        self.rule("email")
        eva = self.env["res.partner"].create({"name": "Eva"})
        self.assertTrue(self.missing(eva))
        eva.unlink()
        self.assertFalse(self.env["kunden.field.verdict"]._read(eva.ids))
