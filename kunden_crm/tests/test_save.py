from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import CustomerFileCase

RULES = 30


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02")
class TestSave(CustomerFileCase):
    """What a save by hand costs beside core's, and what it knows without asking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]
        cls.env.company.country_id = cls.env.ref("base.de")
        cls.rules = cls.env["kunden.field.rule"]
        cls.rules.with_context(active_test=False).search([]).unlink()

    def ask_for_thirty_fields(self):
        askable = (
            self.env["kunden.field"]
            .search([])
            .filtered(
                lambda entry: (
                    entry.technical_name not in ("city", "comment")
                    and not self.rules.new({"catalogue_id": entry.id})._problem()
                )
            )
        )
        asked = [
            {
                "catalogue_id": entry.id,
                "customer_kind": "any",
                "level": "recommended",
                "domain": "[('category_id.name', '=', 'Stammkunde')]" if number % 3 else "[]",
            }
            for number, entry in enumerate(askable[: RULES - 1])
        ]
        city = self.env["kunden.field"].search([("technical_name", "=", "city")])
        self.rules.create([{"catalogue_id": city.id, "customer_kind": "any"}, *asked])

    def statements(self, partner, vals):
        """The statements of a save by the clerk, the second one with other values."""
        clerk_s, told, execute = partner.with_user(self.clerk), [], Cursor.execute

        def tell(cr, query, *args, **kwargs):
            told.append(query.code if isinstance(query, SQL) else str(query))
            return execute(cr, query, *args, **kwargs)

        for number in range(2):
            self.env.cr.flush()
            self.env.invalidate_all()
            told.clear()
            with patch.object(Cursor, "execute", tell):
                values = {name: f"{value} {number}" for name, value in vals.items()}
                clerk_s.web_save(values, {"city": {}})
                self.env.cr.flush()
        return told

    def test_a_save_costs_four_statements_beside_core_s(self):
        self.ask_for_thirty_fields()
        told = self.statements(self.anna, {"city": "Ulm"})
        ours = [statement for statement in told if "kunden_" in statement]
        self.assertEqual(len(ours), 4, "read, judge, write the keys and the text of the search")
        columns = [each for each in told if "SELECT" in each and '"phone_e164"' in each]
        self.assertEqual(len(columns), 1, "core's columns and ours together")
        for table in ("kunden_search_key", "res_users", "res_company"):
            asked = [each for each in told if f'FROM "{table}"' in each and "partner_id" in each]
            self.assertFalse([each for each in asked if "ORDER BY" in each], table)

    def test_who_saves_is_read_with_whom_he_saves(self):
        told = self.statements(self.anna, {"city": "Ulm"})
        for column in ('"res_company"."parent_path"', '"res_users"."partner_id"'):
            self.assertFalse([each for each in told if column in each.partition("FROM")[0]], column)
        read = [each for each in told if '"res_partner"."email"' in each.partition("FROM")[0]]
        self.assertEqual(len(read), 1, "the contact and the author of the message together")

    def test_the_message_of_a_save_has_its_author_whom_the_clerk_may_not_see(self):
        self.env["ir.rule"].create(
            {
                "name": "Not oneself",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "groups": [Command.set(self.env.ref("kunden_crm.group_user").ids)],
                "domain_force": "[('id', '!=', user.partner_id.id)]",
            }
        )
        domain = self.env["mail.alias.domain"].create({"name": "berg.example"})
        self.env.company.alias_domain_id = domain
        self.statements(self.anna, {"city": "Ulm"})
        message = self.anna.message_ids[0]
        self.assertIn("Ulm 1", message.tracking_value_ids.new_value_char)
        self.assertEqual(message.author_id, self.clerk.partner_id)
        self.assertIn(f"@{domain.name}", message.reply_to)
        with self.assertRaises(AccessError):
            self.clerk.partner_id.with_user(self.clerk).web_save({"city": "Ulm"}, {"city": {}})

    def test_a_save_of_what_no_rule_asks_is_not_judged(self):
        self.ask_for_thirty_fields()
        told = self.statements(self.anna, {"comment": "Likes cats"})
        ours = [statement for statement in told if "kunden_" in statement]
        self.assertEqual(len(ours), 1, "it is read with what the save needs")

    def test_a_number_that_is_read_anew_has_the_file_judged_once(self):
        self.ask_for_thirty_fields()
        told = self.statements(self.anna, {"phone": "0221 471090"})
        self.assertEqual(sum("kunden_judge_" in each or "%s(%s)" in each for each in told), 1)

    def test_few_are_judged_one_by_one_and_many_at_once_alike(self):
        self.ask_for_thirty_fields()
        verdicts = self.env["kunden.field.verdict"]
        firm = self.partners.create({"name": "Berg GmbH", "is_company": True, "city": "Köln"})
        stamp = self.partners.create({"name": "Lager", "type": "delivery", "parent_id": firm.id})
        people = self.partners.create([{"name": f"Eva {n}"} for n in range(30)]) | firm | stamp
        self.env.flush_all()
        few = [verdicts._judge_ids(partner.ids, tell=True) for partner in people]
        together = {number: verdict for told in few for number, verdict in told.items()}
        at_once = verdicts._judge_ids(people.ids, tell=True)
        self.assertEqual(
            {number: sorted(missing) for number, (_version, missing) in together.items()},
            {number: sorted(missing) for number, (_version, missing) in at_once.items()},
        )
        self.assertFalse(at_once[stamp.id][1], "an address is no customer file")
        self.assertEqual(set(verdicts._read(people.ids)), set((people - stamp).ids))

    def test_a_call_by_rpc_does_not_sort_dozens_of_parents(self):
        parents = [base.__name__ for base in type(self.partners).__bases__]
        ours = [name for name in parents if name.startswith("kunden.")]
        self.assertLessEqual(set(ours), {"kunden.partner.mixin", "kunden.default.mixin"})

    def test_what_hangs_on_a_contact_follows_it(self):
        firm = self.partners.create({"name": "Berg GmbH", "is_company": True, "city": "Köln"})
        uta = self.partners.create({"name": "Uta Berg", "parent_id": firm.id})
        eva = new_test_user(self.env, "eva-berg", groups="base.group_portal").partner_id
        self.env.flush_all()
        self.env.invalidate_all()
        firm.with_user(self.clerk).web_save({"city": "Ulm"}, {})
        eva.with_user(self.clerk).web_save({"email": "eva@berg.example"}, {})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(uta.city, "Ulm", "a contact person goes by the address of the company")
        self.assertEqual(eva.user_ids.email, "eva@berg.example")
        found = self.partners.with_user(self.clerk).name_search("Ulm")
        self.assertLessEqual({firm.id, uta.id}, {number for number, _name in found})

    def test_where_the_company_moves_numbers_are_read(self):
        self.assertEqual(self.number_of("01 5877900"), False)
        self.env.company.partner_id.country_id = self.env.ref("base.at")
        self.assertEqual(self.number_of("01 5877900"), "+4315877900")
        self.env.company.country_id = self.env.ref("base.de")
        self.assertEqual(self.number_of("0221 4710900"), "+492214710900")

    def number_of(self, phone):
        partner = self.partners.with_user(self.clerk).create({"name": "Eva", "phone": phone})
        return partner.phone_e164

    def test_a_new_company_is_no_customer_from_the_first_moment(self):
        self.assertTrue(self.anna.is_customer_file)
        company = self.env["res.company"].create({"name": "Wien GmbH"})
        self.assertFalse(company.partner_id.is_customer_file)
        company.partner_id = self.anna
        self.env.invalidate_all()
        self.assertFalse(self.anna.is_customer_file)

    def test_who_takes_over_the_contact_of_a_company_is_the_company(self):
        own = self.env["res.company"].create({"name": "Wien GmbH"}).partner_id
        self.assertFalse(own.is_customer_file)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((own | self.anna).ids, self.anna)
        self.assertFalse(self.anna.is_customer_file)
