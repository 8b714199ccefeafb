from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .sales_case import SalesCase

STAGES = "odoo.addons.kunden_crm.models.search_mixin"


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

        self.assert_found(self.hans, "Mu\u0308ller", "Mu\u0308LLER")

    def test_by_number(self):
        self.assert_found(self.hans, "T4711", "t4711", "4711", "T47")
        self.assert_found(self.firm, "DE123456788", "DE 123 456 788", "99881", "HRB 99881")

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
            "0221 47",
            "müller 0221",
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

    def test_signs_between_words_count_for_nothing(self):
        self.assert_found(self.firm, "Großhandel & Söhne", "söhne, lüdenscheidt (KG)")
        self.assert_missed(self.hans, "50%", "M%q", "Q_X")

    def test_other_operators_keep_their_meaning(self):
        self.assertEqual(self.hits("Anna Berg", "="), self.anna)
        self.assertFalse(self.hits("Anna", "="))
        self.assertFalse(self.hits("anna berg", "="))
        self.assertEqual(self.hits("xanthos", "not ilike"), self.all - self.hans)
        self.assertIn(self.hans, self.hits("Hinterhaus", "not ilike"), "only core's columns")
        found = self.partners.search([("display_name", "in", ["Anna Berg", "Eva"])])
        self.assertIn(self.anna, found)
        self.assertFalse(self.hits("hans müller", "like"))

    def test_without_a_limit_all_are_offered(self):
        ours = [("id", "in", self.all.ids)]
        self.assertEqual(len(self.partners.name_search("Quastenberg", ours, limit=None)), 2)
        self.assertEqual(len(self.partners.name_search("", ours)), len(self.all))

    def test_whom_core_finds_is_found(self):
        """Core's search, written out: a part of one of five columns."""
        names = ("complete_name", "email", "ref", "vat", "company_registry")
        values = {partner[name] for partner in self.all for name in names if partner[name]}
        parts = {text[at : at + 4] for text in values for at in range(len(text) - 3)}
        self.assertGreater(len(parts), 50)
        for part in parts:
            core = Domain.OR(Domain(name, "ilike", part) for name in names)
            missed = self.partners.search(core & Domain("id", "in", self.all.ids)) - self.hits(part)
            self.assertFalse(missed, part)

    def test_who_may_not_see_a_contact_does_not_find_him(self):
        other = self.env["res.company"].create({"name": "B"})
        self.hans.sudo().company_id = other
        self.assertFalse(self.hits("Xanthos"))
        self.klara.sudo().company_ids += other
        self.assertEqual(self.hits("Xanthos", allowed_company_ids=[other.id]), self.hans)

    def test_a_customer_in_the_portal_finds_no_other(self):
        guest = new_test_user(self.env, "guest_of_the_shop", groups="base.group_portal")
        self.assertFalse(self.partners.with_user(guest).name_search("Quastenberg"))

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

    def test_a_changed_company_changes_by_what_its_contact_person_is_found(self):
        self.firm.write({"name": "Zeder AG", "street": "Am Zedernmarkt 3", "city": "Zittau"})
        for text in ("Zeder", "zeder eva", "Zedernmarkt", "zittau quastenberg"):
            self.assertEqual(self.hits(text), self.firm + self.eva, text)
        self.assertFalse(self.hits("Söhne"))

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

    def test_after_a_merge_the_one_who_stays_is_found_by_his_own_text(self):
        twin = self.env["res.partner"].create({"name": "H. Muller", "street": "Gasse 99"})
        firm = self.env["res.partner"].create({"name": "Zeder AG", "is_company": True})
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.hans + twin).ids, self.hans.sudo())
        self.assert_found(self.hans, "Xanthos")
        self.assert_missed(self.hans, "Gasse 99")
        merge._merge((self.firm + firm).ids, firm)
        self.all += firm.with_user(self.klara) - self.firm
        self.all -= self.firm
        self.assertEqual(self.hits("Quastenberg"), firm + self.eva)

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

    def offered(self, text, domain=None, limit=8):
        """Whom the lines under a field offer, from the first one to the last one."""
        lines = self.partners.name_search(text, domain, limit=limit)
        return self.partners.browse([partner_id for partner_id, _name in lines])

    def test_the_one_with_this_number_is_offered_first(self):
        longer = self.partners.create({"name": "Anna Adler", "ref": "QZ771"})
        number = self.partners.create({"name": "Anna Zabelski", "ref": "QZ77"})
        self.assertEqual(self.offered("qz77", limit=2), number + longer)

    def test_who_is_called_so_is_offered_before_who_contains_it(self):
        contains = self.partners.create({"name": "Anna Zabelski", "ref": "QZ77"})
        second = self.partners.create({"name": "Bert Zabel"})
        first = self.partners.create({"name": "Zabel Bau", "is_company": True})
        self.assertEqual(self.offered("zabel"), first + second + contains)
        self.assertEqual(self.offered("zabel", limit=1), first)

    def test_who_may_be_offered_is_found_behind_many_who_may_not(self):
        self.partners.create([{"name": f"Zabel {letter}", "color": 3} for letter in "abcdef"])
        last = self.partners.create({"name": "Zacharias Zabel", "color": 4})
        self.startPatcher(patch(f"{STAGES}._GOOD", 1))
        self.startPatcher(patch(f"{STAGES}._FAIR", 2))
        self.assertEqual(self.offered("zabel", [("color", "=", 4)]), last)
        self.assertEqual(len(self.offered("zabel")), 7)

    def test_what_waits_to_be_written_counts_while_typing(self):
        second = self.partners.create({"name": "Anna Zabelski"})
        self.env.flush_all()
        self.hans.name = "Zabel Xanthos"
        self.assertEqual(self.offered("zabel"), self.hans + second)
        self.eva.parent_id = False
        self.eva.name = "Ringelnatz"
        self.assertEqual(self.offered("ringelnatz"), self.eva)

    def test_a_search_is_one_query(self):
        self.hits("Müller Xanthos")
        with self.assertQueryCount(1):
            self.partners.search([("display_name", "ilike", "Müller Xanthos")])

    def test_the_lines_under_a_field_take_few_queries(self):
        zabel = self.partners.create({"name": "Zabel Xanthos"})
        self.assertEqual(self.offered("Zabel", limit=1), zabel)
        # who is called so, and who of them may be offered; the user, what the name is made of
        self.assertLessEqual(self.queries(lambda: self.offered("Zabel", limit=1)), 5)

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
