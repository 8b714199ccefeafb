from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestProfiles(CustomerFileCase):
    def add(self, url, **values):
        """One more profile of Anna, entered by the clerk."""
        profiles = self.env["kunden.profile"].with_user(self.clerk)
        profiles = profiles.with_context(lang="en_US")
        return profiles.create({"partner_id": self.anna.id, "url": url, **values})

    def test_what_was_pasted_becomes_the_one_address(self):
        profile = self.add("http://de.linkedin.com/in/Anna-Berg/?trk=people")
        self.assertEqual(profile.kind, "linkedin")
        self.assertEqual(profile.url, "https://www.linkedin.com/in/anna-berg")
        self.assertEqual(profile.handle, "anna-berg")
        profile.write({"kind": "x", "url": "@AnnaBerg"})
        self.assertEqual(profile.url, "https://x.com/annaberg")
        profile.sequence = 3
        self.assertEqual(profile.url, "https://x.com/annaberg")

    def test_a_homepage_is_a_profile_too(self):
        profile = self.add(" https://ok.de ")
        self.assertEqual((profile.kind, profile.url), ("website", "https://ok.de"))
        self.assertFalse(profile.handle)

    def test_what_is_no_profile_is_refused_with_the_reason(self):
        for url, kind, reason in (
            ("javascript:alert(1)", "website", "http or https"),
            ("JaVaScript://x", False, "http or https"),
            ("data:text/html,x", "website", "http or https"),
            ("https://ok.de@evil.com", "website", "user name"),
            ("https://ok.de/a b", "website", "characters"),
            ("https://ok.de/" + "a" * 3000, "website", "too long"),
            ("https://ok.de/anna", "xing", "not an address of Xing"),
            ("https://www.xing.com/jobs", "xing", "page of Xing"),
            ("  ", "website", "no address"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                self.add(url, kind=kind)
        self.assertFalse(self.anna.online_profile_ids)

    def test_an_unknown_kind_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not known"):
            self.add("https://ok.de", kind="myspace")

    def test_a_changed_address_is_checked_as_well(self):
        profile = self.add("https://ok.de")
        with self.assertRaises(ValidationError):
            profile.url = "javascript:alert(1)"
        with self.assertRaises(ValidationError):
            self.anna.with_user(self.clerk).write(
                {"online_profile_ids": [Command.update(profile.id, {"url": "vbscript:x"})]}
            )

    def test_one_profile_is_entered_once(self):
        self.add("https://www.xing.com/profile/Anna_Berg")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.add("http://xing.com/profile/Anna_Berg/cv")
            self.env.flush_all()

    def test_the_form_shows_while_typing_what_will_be_stored(self):
        profiles = self.env["kunden.profile"].with_user(self.clerk)
        line = profiles.new({"url": "x.com/AnnaBerg"})
        self.assertIsNone(line._onchange_url())
        self.assertEqual((line.kind, line.url), ("x", "https://x.com/annaberg"))
        line.url = "javascript:alert(1)"
        self.assertIn("javascript:alert(1)", line._onchange_url()["warning"]["message"])
        self.assertEqual(line.url, "javascript:alert(1)")
        line.url = False
        self.assertIsNone(line._onchange_url())

    def test_readers_read_and_colleagues_do_not(self):
        profile = self.add("https://ok.de")
        self.assertEqual(profile.with_user(self.reader).display_name, "https://ok.de")
        with self.assertRaises(AccessError):
            profile.with_user(self.reader).url = "https://other.de"
        with self.assertRaises(AccessError):
            profile.with_user(self.colleague).read(["url"])


@tagged("post_install", "-at_install")
class TestWebsites(CustomerFileCase):
    def test_a_website_is_never_refused_and_a_bad_one_is_marked(self):
        anna = self.anna.with_user(self.clerk).with_context(lang="en_US")
        self.assertFalse(anna.website_problem)
        for typed, stored in {
            " https://ok.de ": "https://ok.de",
            "ok.de": "http://ok.de",
        }.items():
            anna.website = typed
            self.assertEqual(anna.website, stored)
            self.assertFalse(anna.website_problem)
        for typed in ("javascript:alert(1)", "JaVaScript://x", "java\tscript:alert(1)", "data:x,y"):
            anna.website = typed
            self.assertTrue(anna.website.startswith("http://"), typed)
            self.assertTrue(anna.website_problem, typed)
        anna.website = "  "
        self.assertFalse(anna.website)

    def test_a_colleague_who_is_no_reader_may_look_at_the_website(self):
        self.anna.website = "javascript:alert(1)"
        self.assertTrue(self.anna.with_user(self.colleague).website_problem)
