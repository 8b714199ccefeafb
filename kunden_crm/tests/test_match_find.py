from odoo.tests import new_test_user, tagged

from .match_case import MOBILE, MatchCase


@tagged("post_install", "-at_install")
class TestMatchFind(MatchCase):
    """A clerk types, and is told who may be the same and why; others are told nothing."""

    def typed(self, **values):
        return {
            "lastname": "Wirschimg",
            "city": "Köln",
            "mobile": MOBILE.replace(" ", "/"),
            **values,
        }

    def test_reasons_are_plain_words(self):
        german = self.clerk
        self.env["res.lang"]._activate_lang("de_DE")
        found = self.found(german, **self.typed(country_id=self.germany.id))
        self.assertIn(self.hans.id, found)
        hans = found[self.hans.id]
        self.assertEqual(hans["name"], "Hans Wirsching")
        self.assertIn("Ahornallee 17, 50667 Köln", hans["detail"])
        self.assertIn("same telephone number", hans["reasons"])
        self.assertTrue(
            any("(Wirsching/Wirschimg)" in reason for reason in hans["reasons"]), hans["reasons"]
        )
        self.assertIn(hans["score"], range(15, 101))
        self.assertNotIn(self.klaus.id, found)

    def test_the_likeliest_comes_first_and_itself_never(self):
        answers = self.partners.with_user(self.clerk).kunden_find_duplicates(
            {"id": self.hans.id, "name": "Hans Wirsching", "mobile": MOBILE, "country_id": 57}
        )
        self.assertNotIn(self.hans.id, [answer["partner_id"] for answer in answers])
        scores = [answer["score"] for answer in answers]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_a_name_in_any_order_and_an_email_are_enough(self):
        self.hans.email = "hans@wirsching.example"
        self.env.flush_all()
        self.assertIn(self.hans.id, self.found(name="Wirsching, Hans", zip="50667"))
        self.assertIn(self.hans.id, self.found(email="Hans@Wirsching.example"))
        self.assertIn(self.hans.id, self.found(mobile=MOBILE, country_id=self.germany.id))
        self.assertFalse(self.found(city="Köln"), "a town alone is nobody")

    def test_who_reads_sees_but_does_not_decide(self):
        self.assertFalse(self.found(self.reader, **self.typed())[self.hans.id]["may_decide"])
        self.assertTrue(self.found(self.clerk, **self.typed())[self.hans.id]["may_decide"])

    def test_outsiders_are_told_nothing(self):
        portal = new_test_user(self.env, "portal_of_match", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (portal, public):
            self.assertEqual(self.found(user, **self.typed()), {})

    def test_a_twin_in_a_foreign_company_is_told_of_only_where_that_is_wanted(self):
        other = self.env["res.company"].create({"name": "Nord GmbH"})
        (self.hans | self.double).company_id = other
        self.env.flush_all()
        self.assertEqual(self.found(self.clerk, **self.typed()), {})
        other.match_shared = True
        (answer,) = self.found(self.clerk, **self.typed()).values()
        self.assertFalse(answer["partner_id"])
        self.assertNotIn("Wirsching", str(answer))
        self.assertFalse(answer["may_decide"])

    def test_what_a_client_sends_is_read_with_care(self):
        partners = self.partners.with_user(self.clerk)
        for wrong in (None, [], "x", {"name": "\0"}, {"name": ["x"], "country_id": "DE"}):
            self.assertIsInstance(partners.kunden_find_duplicates(wrong), list)
        for wrong in ({"birthdate_date": "gestern"}, {"birthdate_date": 5}, {"country_id": 10**9}):
            self.assertIn(self.hans.id, self.found(**self.typed(**wrong)))
        chosen = {"country_id": {"id": self.germany.id, "display_name": "x"}}
        self.assertIn(self.hans.id, self.found(**self.typed(company_type="person", **chosen)))

    def test_not_the_same_while_typing_is_stored_with_the_contact(self):
        partners = self.partners.with_user(self.clerk)
        vals = {"name": "Hans Wirsching", "mobile": MOBILE, "country_id": self.germany.id}
        notes = {"different": [self.hans.id, "x", 10**9]}
        saved = partners.web_save({**vals, "match_notes": notes}, {"name": {}})
        new = self.partners.browse(saved[0]["id"])
        pair = self.pair(self.hans, new)
        self.assertEqual((pair.state, pair.decided_by), ("different", self.clerk))
        self.look()
        self.assertEqual(self.pair(self.hans, new).state, "different")
        self.assertNotIn(self.hans.id, self.found(id=new.id, **vals))
        self.assertIn(self.double.id, self.found(id=new.id, **vals))

    def test_the_same_while_typing_goes_on_in_the_file_that_is_there(self):
        partners = self.partners.with_user(self.clerk)
        values = {"name": "Hans Wirsching", "email": "h@w.example", "mobile": "0171 999"}
        action = partners.kunden_is_same(values, self.hans.id)
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.hans.id))
        self.assertEqual((self.hans.email, self.hans.mobile), ("h@w.example", MOBILE))
        self.assertEqual(self.hans.street, "Ahornallee 17")
        partners.kunden_is_same({"name": "Klaus", "street": "Elbe 1"}, self.klaus.id)
        self.assertFalse(self.klaus.street, "the place is known: an address is taken as a whole")

    def test_the_same_on_a_stored_contact_opens_the_merge(self):
        partners = self.partners.with_user(self.clerk)
        action = partners.kunden_is_same({"id": self.hans.id}, self.klaus.id)
        self.assertIn("merge", action["res_model"])
        self.assertEqual(self.pair(self.hans, self.klaus).state, "same")
        self.hans.with_user(self.clerk).kunden_is_different(self.klaus.id)
        self.assertEqual(self.pair(self.hans, self.klaus).state, "different")
