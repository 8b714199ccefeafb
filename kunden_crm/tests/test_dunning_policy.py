from odoo.tests import new_test_user, tagged

from .dunning_case import DunningCase


@tagged("post_install", "-at_install")
class TestDunningPolicy(DunningCase):
    """The German policy comes with its four levels and finds its accounts by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receivable = cls.env["credit.control.policy"]._receivable_accounts(cls.shop)

    def test_four_levels(self):
        self.assertEqual(
            self.levels.mapped(lambda level: (level.level, level.channel, level.delay_days)),
            [(1, "email", 7), (2, "email", 14), (3, "email", 14), (4, "letter", 14)],
        )
        self.assertEqual(self.levels.mapped("puts_in_default"), [True] * 4)
        charges = ("charge_interest", "charge_flat_fee", "charge_cost")
        self.assertEqual(
            [[level[charge] for charge in charges] for level in self.levels],
            [[False] * 3, [True, False, False], [True] * 3, [True] * 3],
        )

    def test_a_company_with_a_german_chart_is_set_up_by_itself(self):
        self.assertTrue(self.receivable)
        self.assertLessEqual(self.receivable, self.policy.account_ids)
        self.assertEqual(self.shop.credit_policy_id, self.policy)

    def test_a_company_that_duns_already_keeps_its_policy(self):
        other = self.policy.copy({"account_ids": self.receivable.ids})
        self.shop.credit_policy_id = other
        self.policy._use_in(self.shop)
        self.assertEqual(self.shop.credit_policy_id, other)

    def test_at_installation_all_german_companies_are_set_up(self):
        self.shop.credit_policy_id = False
        self.policy.account_ids -= self.receivable
        self.policy._use_in_german_companies()
        self.assertEqual(self.shop.credit_policy_id, self.policy)
        self.assertLessEqual(self.receivable, self.policy.account_ids)

    def test_a_new_receivable_account_is_dunned_too(self):
        account = self.receivable[0].copy({"code": "149999"})
        self.assertNotIn(account, self.policy.account_ids)
        self.bernd.with_company(self.shop).property_account_receivable_id = account
        invoice = self.bill(self.bernd)
        self.assertEqual(self.run_on("2025-03-20").line_ids.invoice_id, invoice)
        self.assertIn(account, self.policy.account_ids)

    def test_a_new_run_takes_the_policies_that_find_something(self):
        example = self.env.ref("account_credit_control.credit_control_3_time")
        chosen = self.env["credit.control.run"].with_user(self.anton).new({}).policy_ids
        self.assertIn(self.policy, chosen._origin)
        self.assertNotIn(example, chosen._origin)
        example.account_ids = self.receivable
        chosen = self.env["credit.control.run"].with_user(self.anton).new({}).policy_ids
        self.assertIn(example, chosen._origin)

    def test_without_the_shipped_policy_nothing_happens(self):
        self.env["ir.model.data"].search(
            [("module", "=", "kunden_crm"), ("name", "=", "dunning_policy")]
        ).unlink()
        self.shop.credit_policy_id = False
        self.env["credit.control.policy"]._use_in_german_companies()
        self.assertFalse(self.shop.credit_policy_id)

    def test_another_chart_is_set_up_in_a_dialogue(self):
        abroad = self.env["res.company"].create({"name": "Boutique"})
        chart = self.env["account.chart.template"]
        chart.try_loading("generic_coa", abroad, install_demo=False)
        self.assertFalse(abroad.credit_policy_id)
        dora = new_test_user(
            self.env,
            "dora_abroad",
            groups="account.group_account_manager,"
            "account_credit_control.group_account_credit_control_manager",
            company_id=abroad.id,
            company_ids=abroad.ids,
        )
        dialogue = self.env["kunden.dunning.setup"].with_user(dora).with_company(abroad)
        dialogue = dialogue.with_context(allowed_company_ids=abroad.ids).create({})
        self.assertEqual(dialogue.policy_id, self.policy)
        self.assertEqual(set(dialogue.account_ids.mapped("account_type")), {"asset_receivable"})
        dialogue.action_apply()
        self.assertEqual(abroad.credit_policy_id, self.policy)
        accounts = self.env["credit.control.policy"]._receivable_accounts(abroad)
        self.assertLessEqual(accounts, self.policy.sudo().account_ids)
        # a run leaves out what dora has left out
        self.policy.account_ids -= accounts[0]
        run = self.env["credit.control.run"].with_user(dora).with_company(abroad)
        run = run.with_context(allowed_company_ids=abroad.ids)
        run = run.create({"date": "2025-03-20", "policy_ids": self.policy.ids})
        run.generate_credit_lines()
        self.assertNotIn(accounts[0], self.policy.account_ids)
