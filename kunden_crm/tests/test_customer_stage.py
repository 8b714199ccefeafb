from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import tagged

from .sales_case import SELLING, SalesCase

TODAY = "2026-03-10"
LONG_AGO = "2015-01-01"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBecomesCustomer(SalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.partners.create({"name": "Berg GmbH", "is_company": True})
        cls.eva = cls.partners.create({"name": "Eva Groß", "parent_id": cls.firm.id})

    def stages(self):
        return [partner.customer_stage for partner in (self.anna, self.firm, self.eva)]

    def test_an_order_makes_a_customer_though_the_seller_is_no_clerk(self):
        self.order(self.anna, self.seller())
        self.assertEqual(self.stages(), ["customer", False, False])

    def test_an_order_of_a_contact_person_makes_the_company_a_customer(self):
        self.order(self.eva, self.seller())
        self.assertEqual(self.stages(), [False, "customer", "customer"])
        self.assertTrue(self.firm.ref)
        self.assertFalse(self.eva.ref)

    def test_a_quotation_makes_none(self):
        self.env["sale.order"].create({"partner_id": self.anna.id})
        self.assertFalse(self.anna.customer_stage)

    def test_an_invoice_makes_a_customer_though_the_accountant_may_not_change_contacts(self):
        ada = self.accountant()
        with self.assertRaises(AccessError):
            self.anna.with_user(ada).customer_stage = "customer"
        self.invoice(self.anna, ada)
        self.invoice(self.eva, ada, "out_receipt")
        self.assertEqual(self.stages(), ["customer"] * 3)

    def test_several_invoices_are_posted_together(self):
        ada = self.accountant()
        moves = self.invoice(self.anna, ada, post=False)
        moves += self.invoice(self.eva, ada, post=False)
        moves.with_user(ada).action_post()
        self.assertEqual(self.stages(), ["customer"] * 3)
        self.assertEqual({self.anna.ref, self.firm.ref}, {"T0001", "T0002"})

    def test_credit_notes_bills_and_drafts_make_none(self):
        ada = self.accountant()
        self.invoice(self.anna, ada, "out_refund")
        self.invoice(self.anna, ada, "in_invoice")
        self.invoice(self.anna, ada, post=False)
        self.assertFalse(self.anna.customer_stage or self.anna.ref)

    def test_an_own_company_is_no_customer(self):
        own = self.env["res.company"].sudo().create({"name": "B"}).partner_id
        self.order(own, self.seller())
        self.assertFalse(own.customer_stage or own.ref)

    def test_who_comes_back_is_a_customer_again(self):
        self.anna.customer_stage = "former"
        self.order(self.anna, self.seller())
        self.assertEqual(self.anna.customer_stage, "customer")

    def test_an_order_answers_the_proposal(self):
        for stage in ("customer", "dormant"):
            self.anna.customer_stage = stage
            self.anna.customer_stage_proposal = "former"
            self.order(self.anna)
            self.assertEqual(self.anna.customer_stage, "customer")
            self.assertFalse(self.anna.customer_stage_proposal)

    def test_who_is_a_customer_already_is_left_alone(self):
        self.order(self.anna)
        with self.assertQueryCount(2):
            self.anna._become_customer()
            self.env.flush_all()

    def test_fifty_customers_take_no_more_queries_than_five(self):
        people = self.partners.create([{"name": f"Kunde {n}"} for n in range(60)])
        people[:5]._become_customer()
        few = self.queries(people[5:10]._become_customer)
        self.assertLessEqual(self.queries(people[10:]._become_customer), few)
        self.assertEqual(set(people.mapped("customer_stage")), {"customer"})

    def test_who_comes_from_a_lead_is_a_prospect(self):
        sam = self.seller()
        lead = (
            self.env["crm.lead"]
            .with_user(sam)
            .create({"name": "Tee", "partner_name": "Teehaus GmbH", "contact_name": "Ida Blum"})
        )
        ida = lead._create_customer()
        self.assertEqual(ida.parent_id.name, "Teehaus GmbH")
        self.assertEqual((ida + ida.parent_id).mapped("customer_stage"), ["prospect"] * 2)

    def test_contact_persons_carry_the_stage_of_their_company(self):
        self.firm.customer_stage = "dormant"
        tom = self.partners.create({"name": "Tom", "parent_id": self.firm.id})
        self.assertEqual((self.eva + tom).mapped("customer_stage"), ["dormant"] * 2)

    def merge(self, gone, stays):
        marta = self.staff("marta", "kunden_crm.group_manager," + SELLING)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(marta)
        self.env.flush_all()
        wizard._merge((gone + stays).ids, stays.with_user(marta))
        self.env.invalidate_all()

    def test_the_merged_file_of_a_customer_and_a_prospect_is_a_customer(self):
        twin = self.partners.create({"name": "Anna Berg", "customer_stage": "customer"})
        self.anna.customer_stage = "prospect"
        self.merge(twin, self.anna)
        self.assertEqual(self.anna.customer_stage, "customer")
        self.assertTrue(self.anna.ref)

    def test_the_merged_file_of_two_prospects_is_a_prospect(self):
        twin = self.partners.create({"name": "Anna Berg", "customer_stage": "prospect"})
        self.anna.customer_stage = "prospect"
        self.merge(twin, self.anna)
        self.assertEqual(self.anna.customer_stage, "prospect")
        self.assertFalse(self.anna.ref)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestProposedStage(SalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.customer_stage = "customer"
        cls.companies = cls.env["res.company"].search([])
        cls.companies.write({"customer_dormant_months": 24, "customer_former_months": 60})

    def tonight(self, partner=None, since=LONG_AGO):
        """What is proposed for somebody whom we have known since that day."""
        partner = partner or self.anna
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s", [since, partner.id]
        )
        self.env["res.partner"]._cron_propose_stages()
        return partner.customer_stage_proposal

    def test_the_nightly_job_is_there_and_asks_once(self):
        self.tonight(since="2024-03-10")
        self.anna.customer_stage_proposal = False
        self.env.ref("kunden_crm.cron_propose_stages").ir_actions_server_id.run()
        self.assertEqual(self.anna.customer_stage_proposal, "dormant")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["res.partner"]._cron_propose_stages()

    def test_how_long_is_long(self):
        for since, proposal in (
            ("2024-03-11", False),
            ("2024-03-10", "dormant"),
            ("2021-03-11", "dormant"),
            ("2021-03-10", "former"),
        ):
            self.assertEqual(self.tonight(since=since), proposal, since)

    def test_who_is_dormant_is_proposed_as_former_only(self):
        self.anna.customer_stage = "dormant"
        self.assertFalse(self.tonight(since="2022-03-10"))
        self.assertEqual(self.tonight(), "former")

    def test_nobody_else_is_proposed(self):
        for stage in ("prospect", "former", False):
            self.anna.customer_stage = stage
            self.assertFalse(self.tonight(), stage)
        self.anna.action_accept_stage_proposal()
        self.assertFalse(self.anna.customer_stage, "there is nothing to accept")

    def test_only_the_commercial_contact_is_proposed(self):
        firm = self.partners.create(
            {"name": "Berg GmbH", "is_company": True, "customer_stage": "customer"}
        )
        eva = self.partners.create({"name": "Eva Groß", "parent_id": firm.id})
        self.assertFalse(self.tonight(eva))
        self.assertEqual(self.tonight(firm), "former")

    def test_orders_count(self):
        with freeze_time("2025-01-01"):
            self.order(self.anna)
        self.assertFalse(self.tonight())
        self.env["sale.order"].search([("partner_id", "=", self.anna.id)])._action_cancel()
        self.assertEqual(self.tonight(), "former", "a cancelled order is none")

    def test_orders_of_a_contact_person_count_for_the_company(self):
        firm = self.partners.create({"name": "Berg GmbH", "is_company": True})
        eva = self.partners.create({"name": "Eva Groß", "parent_id": firm.id})
        with freeze_time("2023-01-01"):
            self.order(eva)
        self.assertEqual(self.tonight(firm), "dormant")

    def test_invoices_count_and_bills_and_drafts_do_not(self):
        ada = self.accountant()
        self.invoice(self.anna, ada, "in_invoice")
        self.invoice(self.anna, ada, post=False)
        self.assertEqual(self.tonight(), "former")
        self.invoice(self.anna, ada)
        self.assertFalse(self.tonight())

    def test_zero_months_is_never(self):
        self.companies.customer_former_months = 0
        self.assertEqual(self.tonight(), "dormant")
        self.companies.customer_dormant_months = 0
        self.assertFalse(self.tonight())

    def test_each_company_has_its_patience_and_all_companies_the_longest(self):
        self.shop.write({"customer_dormant_months": 6, "customer_former_months": 12})
        self.assertEqual(self.tonight(since="2025-03-10"), False)
        self.anna.company_id = self.shop
        self.assertEqual(self.tonight(since="2025-03-11"), "dormant")
        self.assertEqual(self.tonight(since="2025-03-10"), "former")
        self.anna.company_id = False
        self.shop.customer_former_months = 0
        self.assertEqual(self.tonight(), "dormant", "one company never gives up")

    def test_the_clerk_accepts(self):
        eva = self.partners.create({"name": "Eva Groß", "customer_stage": "customer"})
        self.tonight(since="2023-01-01")
        self.tonight(eva)
        tom = self.partners.create({"name": "Tom", "customer_stage": "customer"})
        people = self.anna + eva + tom
        action = self.env.ref("kunden_crm.action_accept_stage_proposal").with_user(self.klara)
        action.with_context(active_model="res.partner", active_ids=people.ids).run()
        self.assertEqual(people.mapped("customer_stage"), ["dormant", "former", "customer"])
        self.assertFalse(any(people.mapped("customer_stage_proposal")))

    def test_the_clerk_declines_and_is_not_asked_again_for_as_long(self):
        self.tonight()
        tom = self.partners.create({"name": "Tom", "customer_stage": "customer"})
        people = self.anna + tom
        action = self.env.ref("kunden_crm.action_decline_stage_proposal").with_user(self.klara)
        action.with_context(active_model="res.partner", active_ids=people.ids).run()
        self.assertEqual(self.anna.customer_stage, "customer")
        self.assertEqual(self.anna.customer_stage_kept_on, Date.to_date(TODAY))
        self.assertFalse(tom.customer_stage_kept_on, "nothing was proposed for him")
        self.assertFalse(self.tonight())
        with freeze_time("2028-03-10"):
            self.assertEqual(self.tonight(), "dormant")

    def test_a_reader_decides_nothing(self):
        self.tonight()
        anna = self.anna.with_user(self.reader)
        for decide in (anna.action_accept_stage_proposal, anna.action_decline_stage_proposal):
            with self.assertRaises(AccessError):
                decide()

    def test_the_months_are_settings_of_the_company(self):
        settings = self.env["res.config.settings"].create(
            {"customer_dormant_months": 12, "customer_former_months": 36}
        )
        settings.execute()
        months = (self.shop.customer_dormant_months, self.shop.customer_former_months)
        self.assertEqual(months, (12, 36))
        fresh = self.env["res.company"].create({"name": "Neu"})
        self.assertEqual((fresh.customer_dormant_months, fresh.customer_former_months), (24, 60))
