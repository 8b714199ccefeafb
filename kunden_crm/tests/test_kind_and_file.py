"""Klara sees who is a firm, a person or a contact, who is a file, and how a letter begins."""

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import CustomerFileCase

KINDS = ("company", "private", "contact")


class MixedSetCase(CustomerFileCase):
    """Customers, suppliers, addresses, own staff: all that stands in an address book."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)
        firm = cls.partners.create({"name": "Berg GmbH", "is_company": True})
        eva = cls.partners.create({"name": "Eva Groß", "parent_id": firm.id})
        tom = cls.partners.create({"name": "Tom Klein", "parent_id": eva.id})
        child = cls.partners.create({"name": "Ida Berg", "parent_id": cls.anna.id})
        wood = cls.partners.create({"name": "Holz KG", "is_company": True, "supplier_rank": 2})
        seller = cls.partners.create({"name": "Kim Holz", "parent_id": wood.id})
        gone = cls.partners.create({"name": "Alt KG", "is_company": True, "supplier_rank": 2})
        left = cls.partners.create({"name": "Udo Alt", "parent_id": gone.id})
        cls.env["res.partner"].browse(gone.id).active = False
        staged = [
            cls.partners.create(
                {"name": f"{stage} KG", "supplier_rank": 1, "customer_stage": stage}
            )
            for stage in ("prospect", "customer", "dormant", "former")
        ]
        both = cls.partners.create({"name": "Tausch KG", "supplier_rank": 1, "customer_rank": 1})
        address = cls.partners.create({"parent_id": firm.id, "type": "delivery"})
        helper = cls.partners.create({"name": "Hilfe", "employee": True})
        archived = cls.partners.create({"name": "Archiv Berg"})
        archived.active = False
        portal = new_test_user(cls.env, "pia", groups="base.group_portal").partner_id
        cls.firm, cls.eva, cls.tom, cls.child, cls.address = firm, eva, tom, child, address
        cls.files = cls.anna + firm + eva + tom + child + staged[0] + staged[1] + both + portal
        cls.others = wood + seller + gone + left + staged[2] + staged[3] + address + helper
        cls.others += archived + cls.clerk.partner_id + cls.env.company.partner_id
        cls.all = (cls.files + cls.others).with_user(cls.clerk)
        cls.env.flush_all()

    def found(self, *condition, **context):
        everybody = self.partners.with_context(active_test=False, **context)
        return everybody.search([("id", "in", self.all.ids), *condition])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02")
class TestKindOfCustomer(MixedSetCase):
    def test_search_and_field_say_the_same(self):
        for kind in KINDS:
            expected = self.all.filtered(lambda p, kind=kind: p.customer_kind == kind)
            self.assertTrue(expected)
            self.assertEqual(self.found(("customer_kind", "=", kind)), expected.sorted(), kind)
            rest = (self.all - expected).sorted()
            self.assertEqual(self.found(("customer_kind", "!=", kind)), rest, kind)
            self.assertEqual(self.found(("customer_kind", "not in", [kind])), rest, kind)
        self.assertEqual(self.found(("customer_kind", "in", KINDS)), self.all.sorted())
        self.assertFalse(self.found(("customer_kind", "in", ["none", False])))
        with self.assertRaises(UserError):
            self.found(("customer_kind", ">", "company"))

    def test_a_contact_has_a_company_above_however_far(self):
        self.assertEqual((self.eva + self.tom).mapped("customer_kind"), ["contact", "contact"])
        self.assertEqual(self.child.customer_kind, "private")
        self.eva.parent_id = False
        self.assertEqual((self.eva + self.tom).mapped("customer_kind"), ["private", "private"])

    def test_a_contact_of_a_company_is_no_consumer_however_far(self):
        self.assertFalse(self.eva.is_consumer)
        self.assertFalse(self.tom.is_consumer)
        self.eva.parent_id = False
        self.assertTrue(self.eva.is_consumer)
        self.assertTrue(self.child.is_consumer)

    def test_who_gets_a_tax_id_is_a_business_until_klara_says_otherwise(self):
        form = Form(self.partners)
        form.name = "Anna Sommer"
        self.assertTrue(form.is_consumer)
        form.vat = "DE123456788"
        self.assertFalse(form.is_consumer)
        form.is_consumer = True
        person = form.save()
        self.assertTrue(person.is_consumer)
        person.write({"name": "Anna Maria Sommer", "phone": "0221 4710900"})
        self.env.flush_all()
        self.assertTrue(person.is_consumer, "what somebody decided stays")

    def test_a_freelancer_without_tax_id_stays_a_business(self):
        person = self.partners.create({"name": "Eva Frei", "is_consumer": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(person.is_consumer)
        self.assertFalse(person.copy().is_consumer, "a copy is decided as well")

    def test_kinds_take_no_query_for_each(self):
        self.assert_no_query_each(["customer_kind", "is_consumer", "is_customer_file"])

    def assert_no_query_each(self, names):
        counts = []
        for number in (2, 10, 100):
            rows = [{"name": f"Eva {at}", "parent_id": self.firm.id} for at in range(number)]
            people = self.partners.with_context(tracking_disable=True).create(rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02")
class TestCustomerFile(MixedSetCase):
    def test_who_is_a_file(self):
        files = self.all.filtered("is_customer_file")
        self.assertEqual(files, self.files)

    def test_search_and_field_say_the_same(self):
        self.assertEqual(self.found(("is_customer_file", "=", True)), self.files.sorted())
        self.assertEqual(self.found(("is_customer_file", "!=", False)), self.files.sorted())
        self.assertEqual(self.found(("is_customer_file", "=", False)), self.others.sorted())
        self.assertEqual(self.found(("is_customer_file", "!=", True)), self.others.sorted())
        self.assertEqual(self.found("!", ("is_customer_file", "=", True)), self.others.sorted())
        self.assertEqual(self.found(("is_customer_file", "in", [True, False])), self.all.sorted())
        self.assertFalse(self.found(("is_customer_file", "in", [])))

    def test_who_hides_archived_contacts_finds_the_same_files(self):
        domain = [("id", "in", self.all.ids), ("is_customer_file", "=", True)]
        self.assertEqual(self.partners.search(domain), self.files.sorted())

    def test_a_company_that_was_closed_is_no_customer(self):
        closed = self.env["res.company"].create({"name": "Alt & Zu GmbH"})
        closed.active = False
        partner = closed.partner_id.with_user(self.clerk)
        for context in (True, False):
            self.env.invalidate_all()
            seen = partner.with_context(active_test=context)
            self.assertFalse(seen.is_customer_file)
            wanted = [("id", "=", partner.id), ("is_customer_file", "=", True)]
            self.assertFalse(seen.search(wanted))

    def test_a_new_contact_in_the_form_is_one_already(self):
        self.assertTrue(self.partners.new({"name": "Eva Neu", "active": True}).is_customer_file)

    def test_empty_columns_from_plain_sql_count_as_nothing(self):
        self.env.cr.execute(
            "UPDATE res_partner SET supplier_rank = NULL, customer_rank = NULL, employee = NULL,"
            " customer_stage = NULL, is_company = NULL WHERE id = %s",
            [self.anna.id],
        )
        self.env.invalidate_all()
        self.assertTrue(self.anna.with_user(self.clerk).is_customer_file)
        self.assertIn(self.anna, self.found(("is_customer_file", "=", True)))
        self.assertIn(self.anna, self.found(("customer_kind", "=", "private")))
        self.env.cr.execute("UPDATE res_partner SET supplier_rank = 1 WHERE id = %s", self.anna.ids)
        self.env.invalidate_all()
        self.assertFalse(self.anna.with_user(self.clerk).is_customer_file)
        self.assertNotIn(self.anna, self.found(("is_customer_file", "=", True)))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02")
class TestLetterBegin(CustomerFileCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("de_DE")
        self.partners = self.env["res.partner"].with_user(self.clerk)
        values = {"name": "Dr. Eva Schmidt", "lang": "de_DE"}
        self.eva = self.partners.create(values)

    def test_from_neutral_to_du(self):
        self.assertEqual(self.eva.letter_salutation, "Guten Tag Dr. Eva Schmidt,")
        self.eva.salutation = "ms"
        self.assertEqual(self.eva.letter_salutation, "Sehr geehrte Frau Dr. Schmidt,")
        self.eva.write({"salutation": "mr"})
        self.assertEqual(self.eva.letter_salutation, "Sehr geehrter Herr Dr. Schmidt,")
        self.eva.familiar_address = True
        self.assertEqual(self.eva.letter_salutation, "Lieber Eva,")

    def test_an_own_wording_comes_through_every_door_and_goes_again(self):
        own = "Liebste Eva,"
        created = self.partners.create({"name": "Eva Berg", "letter_salutation": own})
        self.eva.web_save({"letter_salutation": f" {own} "}, {})
        for person in created + self.eva:
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(person.letter_salutation, own)
            person.write({"name": "Eva Sommer", "salutation": "ms", "lang": "de_DE"})
            self.assertEqual(person.letter_salutation, own)
            person.letter_salutation = False
            self.assertEqual(person.letter_salutation, "Sehr geehrte Frau Sommer,")
            self.env.flush_all()
            emptied = self.partners.search([("letter_salutation_own", "=", False)])
            self.assertIn(person, emptied)
            self.assertIs(person.letter_salutation_own, False)

    def test_emptied_in_the_form_it_is_made_again(self):
        self.eva.write({"salutation": "ms", "letter_salutation": "Hallo Eva,"})
        with Form(self.eva) as form:
            self.assertEqual(form.letter_salutation, "Hallo Eva,")
            form.letter_salutation = ""
            self.assertEqual(form.letter_salutation, "Sehr geehrte Frau Dr. Schmidt,")
        self.assertFalse(self.eva.letter_salutation_own)

    def test_without_a_language_the_reader_s_counts(self):
        self.eva.write({"lang": False, "salutation": "ms"})
        german, english = (self.eva.with_context(lang=lang) for lang in ("de_DE", "en_US"))
        self.assertEqual(german.letter_salutation, "Sehr geehrte Frau Dr. Schmidt,")
        self.assertEqual(english.letter_salutation, "Dear Dr Schmidt,")
