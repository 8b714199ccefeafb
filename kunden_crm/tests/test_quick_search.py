from odoo.exceptions import AccessError
from odoo.tests import tagged

from .sales_case import SalesCase


@tagged("post_install", "-at_install")
class TestQuickSearch(SalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.country_id = cls.env.ref("base.de")
        cls.firm = cls.partners.create(
            {
                "name": "Großhandel Lüdenscheidt & Söhne KG",
                "is_company": True,
                "vat": "DE123456788",
                "company_registry": "HRB 99881",
            }
        )
        cls.hans = cls.partners.create(
            {
                "name": "Hans Müller-Xanthos",
                "ref": "T4711",
                "phone": "0221/4710-900",
                "mobile": "0171 1234567",
                "email": "Hans.Xanthos@Example.com",
                "street": "Käthe-Kollwitz-Straße 12",
                "street2": "Hinterhaus",
                "zip": "01067",
                "city": "Xanthenstadt",
            }
        )
        cls.eva = cls.partners.create(
            {"name": "Eva Quastenberg", "parent_id": cls.firm.id, "mobile": "0172 7654321"}
        )
        cls.all = cls.anna + cls.hans + cls.firm + cls.eva

    def hits(self, text, operator="ilike", **context):
        """Whom of our people the clerk finds; the same in the list and while typing."""
        partners = self.partners.with_context(**context)
        ours = [("id", "in", self.all.ids)]
        found = partners.search([("display_name", operator, text), *ours])
        typed = partners.name_search(text, ours, operator)
        self.assertEqual({partner_id for partner_id, _name in typed}, set(found.ids), text)
        return found

    def assert_found(self, partner, *texts):
        for text in texts:
            self.assertIn(partner, self.hits(text), text)

    def assert_missed(self, partner, *texts):
        for text in texts:
            self.assertNotIn(partner, self.hits(text), text)

    def test_by_any_part_of_the_name(self):
        self.assert_found(self.hans, "Hans", "ans", "xantho", "HANS XANTHOS", "Müller, Hans")
        self.assert_missed(self.hans, "Hanso", "Petra")
        self.assert_missed(self.anna, "Hans")

    def test_umlauts_in_every_spelling_both_ways(self):
        self.assert_found(self.hans, "Müller", "Mueller", "muller", "MÜLLER", "ülle")
        self.assert_found(self.firm, "Grosshandel", "GROSSHANDEL", "Ludenscheidt", "soehne")
        plain = self.partners.create({"name": "Joerg Moeller"})
        self.all += plain
        self.assert_found(plain, "Jörg", "Möller", "jorg moller")

    def test_by_number(self):
        self.assert_found(self.hans, "T4711", "t4711", "4711")
        self.assert_found(self.firm, "DE123456788", "99881")

    def test_by_telephone_in_every_spelling(self):
        for text in (
            "0221/4710-900",
            "0221 4710900",
            "(0221) 4710 900",
            "+49 221 4710900",
            "+49 (0)221 4710900",
            "0049 221 4710900",
            "02214710",
            "4710900",
            "4710-900",
        ):
            self.assert_found(self.hans, text)
        self.assert_found(self.hans, "0171/1234567", "+491711234567", "1234567")
        self.assert_missed(self.hans, "0222 4710900", "+43 221 4710900")

    def test_a_number_that_cannot_be_read_is_found_by_its_digits(self):
        self.anna.phone = "8812345 oder 8812346"
        self.assert_found(self.anna, "8812345", "8812346")
        self.anna.phone = "keine"
        self.assert_missed(self.anna, "8812345", "keine")

    def test_in_a_company_without_a_country(self):
        self.shop.country_id = False
        self.assert_found(self.hans, "+49 221 4710900", "4710900")

    def test_by_mail_and_address(self):
        self.assert_found(self.hans, "hans.xanthos@example.com", "xanthos@EXAMPLE")
        self.assert_found(self.hans, "Käthe-Kollwitz", "kaethe kollwitz strasse 12", "Hinterhaus")
        self.assert_found(self.hans, "01067", "0106", "Xanthenstadt")

    def test_a_company_is_found_by_its_contact_person(self):
        self.assertEqual(self.hits("Quastenberg"), self.firm + self.eva)
        self.assertEqual(self.hits("0172/7654321"), self.firm + self.eva)

    def test_all_words_must_occur_in_any_order_and_any_field(self):
        self.assert_found(self.hans, "Xanthenstadt Hans", "mueller 01067 hinterhaus")
        self.assert_found(self.firm, "Quastenberg Lüdenscheidt")
        self.assert_missed(self.hans, "Hans Köln", "Müller 01068")

    def test_signs_alone_are_core_s_affair(self):
        self.assert_missed(self.hans, "&!", "' OR 1=1 --")
        self.assertEqual(self.hits(""), self.all.sorted("complete_name"))

    def test_other_operators_keep_their_meaning(self):
        self.assertEqual(self.hits("Anna Berg", "="), self.anna)
        self.assertFalse(self.hits("Anna", "="))
        self.assertFalse(self.hits("anna berg", "="))
        self.assertEqual(self.hits("xanthos", "not ilike"), self.all - self.hans)
        self.assertIn(self.hans, self.hits("Hinterhaus", "not ilike"), "only core's columns")
        found = self.partners.search([("display_name", "in", ["Anna Berg", "Eva"])])
        self.assertIn(self.anna, found)
        self.assertFalse(self.hits("hans müller", "like"))

    def test_who_may_not_see_a_contact_does_not_find_him(self):
        other = self.env["res.company"].create({"name": "B"})
        self.hans.sudo().company_id = other
        self.assertFalse(self.hits("Xanthos"))
        self.klara.sudo().company_ids += other
        self.assertEqual(self.hits("Xanthos", allowed_company_ids=[other.id]), self.hans)

    def test_nobody_reads_the_texts(self):
        for user in (self.klara, self.manager, self.officer):
            with self.assertRaises(AccessError):
                self.env["kunden.search.key"].with_user(user).search([])

    def test_a_colleague_without_the_customer_file_finds_as_well(self):
        partners = self.partners.with_user(self.staff("carl", "base.group_user"))
        self.assertIn(self.hans, partners.search([("display_name", "ilike", "muller xantho")]))

    def test_a_new_text_counts_at_once_and_the_old_one_no_more(self):
        for name, old, new in (
            ("name", "Müller", "Hans Zwirner"),
            ("ref", "T4711", "Z999"),
            ("phone", "0221 4710900", "030 889977"),
            ("mobile", "01711234567", "0160 9988776"),
            ("email", "hans.xanthos@example.com", "neu@example.com"),
            ("street", "Kollwitz", "Zielweg 9"),
            ("street2", "Hinterhaus", "Remise"),
            ("zip", "01067", "99998"),
            ("city", "Xanthenstadt", "Zwickau"),
        ):
            self.assert_found(self.hans, old)
            self.hans[name] = new
            self.assert_found(self.hans, new)
            self.assert_missed(self.hans, old)

    def test_a_changed_contact_person_changes_by_what_the_company_is_found(self):
        self.eva.name = "Eva Ringelnatz"
        self.assertEqual(self.hits("Ringelnatz"), self.firm + self.eva)
        self.assertFalse(self.hits("Quastenberg"))

    def test_who_changes_the_company_is_found_with_the_new_one(self):
        firm = self.partners.create({"name": "Zeder AG", "is_company": True})
        self.all += firm
        self.eva.parent_id = firm
        self.assertEqual(self.hits("Quastenberg"), firm + self.eva)
        self.eva.parent_id = False
        self.assertEqual(self.hits("Quastenberg"), self.eva)

    def test_who_gets_a_company_is_found_with_it(self):
        self.hans.parent_id = self.firm
        self.assertEqual(self.hits("Xanthos"), self.firm + self.hans)
        self.hans.write({"parent_id": self.firm.id})
        rows = self.env["kunden.search.key"].search([("source_id", "=", self.hans.id)])
        self.assertEqual(sorted(rows.mapped("of_company")), [False, True])

    def test_archived_contacts_are_found_where_they_are_asked_for(self):
        self.hans.active = False
        self.assertFalse(self.hits("Xanthos"))
        self.assertEqual(self.hits("Xanthos", active_test=False), self.hans)
        self.hans.active = True
        self.assertEqual(self.hits("Xanthos"), self.hans)

    def test_deleted_contacts_leave_no_text(self):
        rows = self.env["kunden.search.key"].search([("source_id", "=", self.hans.id)])
        self.hans.sudo().unlink()
        self.assertFalse(rows.exists())

    def test_the_nightly_job_adds_who_was_stored_by_another_program(self):
        keys = self.env["kunden.search.key"]
        before = keys.search_count([])
        keys.search([("source_id", "in", (self.hans + self.eva).ids)]).unlink()
        self.assert_missed(self.hans, "Xanthos")
        self.env.ref("kunden_crm.cron_search_keys").ir_actions_server_id.run()
        self.assert_found(self.hans, "Xanthos")
        self.assertEqual(self.hits("Quastenberg"), self.firm + self.eva)
        self.assertEqual(keys.search_count([]), before)
        keys._fill_missing()
        self.assertEqual(keys.search_count([]), before)

    def test_nobody_new_is_no_new_text(self):
        self.assertFalse(self.partners.create([]))

    def test_a_search_is_one_query(self):
        self.hits("Müller Xanthos")
        with self.assertQueryCount(1):
            self.partners.search([("display_name", "ilike", "Müller Xanthos")])

    def test_the_texts_of_fifty_new_contacts_are_stored_by_one_query(self):
        people = self.env["res.partner"].create([{"name": f"Kunde {n}"} for n in range(50)])
        keys = self.env["kunden.search.key"]
        keys.search([("source_id", "in", people.ids)]).unlink()
        self.env.flush_all()
        self.assertTrue(all(person._quick_search_key() for person in people))
        with self.assertQueryCount(1):
            keys._fill(people)
        self.assertEqual(keys.search_count([("source_id", "in", people.ids)]), 50)

    def test_the_texts_lie_in_an_index_for_parts_of_words(self):
        self.assertTrue(self.env.registry.has_trigram)
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'kunden_search_key'")
        indexes = [row[0] for row in self.env.cr.fetchall()]
        self.assertTrue([line for line in indexes if "USING gin (key gin_trgm_ops)" in line])
