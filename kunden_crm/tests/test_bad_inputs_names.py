"""bad_inputs.md, section C: names and texts as lists, programs and people bring them."""

import json

from odoo.fields import Domain
from odoo.http import Request
from odoo.tests import tagged

from .bad_input_case import BadHttpCase, BadInputCase

CALLS = {
    "web_save": lambda text: [[], {"name": text}, {}],
    "create": lambda text: [[{"name": "Eva", "street": text}]],
    "name_create": lambda text: [text],
    "write": lambda text: [[], {"comment": text}],
    "onchange": lambda text: [[], {"name": text}, ["name"], {"name": {}, "standard_notes": {}}],
}
# How the web client and other programs look for a text.
SEARCHES = {
    "name_search": lambda text: {"name": text},
    "web_name_search": lambda text: {"name": text, "specification": {"display_name": {}}},
    "search_count": lambda text: {"domain": ["|", ("name", "ilike", text), ("ref", "=", text)]},
    "search_read": lambda text: {"domain": [("street", "in", [text])], "fields": ["name"]},
    "web_search_read": lambda text: {
        "domain": [("parent_id", "ilike", text)],
        "specification": {"name": {}},
    },
    "formatted_read_group": lambda text: {
        "domain": [("child_ids.city", "=", text)],
        "aggregates": ["__count"],
    },
    "load": lambda text: {
        "fields": ["name", "parent_id"],
        "data": [["Ute Klein", ""], ["Eva Groß", text]],
    },
}
MARKS = ("{{ object.env.user.password }}", "<t t-out='7*7'/>", "%(x)s", "${7*7}")


@tagged("post_install", "-at_install")
class TestBadNames(BadInputCase):
    def test_umlauts_in_two_pieces_become_one_letter(self):
        """57"""
        self.assert_becomes("lastname", {"Mu\u0308ller": "Müller"})
        self.assert_becomes("street", {"Am Mu\u0308hlbach 3": "Am Mühlbach 3"})
        people = self.save(name="Ute Mu\u0308ller-Thurgau") + self.quick("Ute Mu\u0308ller-Thurgau")
        people += self.partners.create({"name": "Ute Müller-Thurgau"})
        for typed in ("Müller-Thurgau", "Mu\u0308ller-Thurgau"):
            found = [each[0] for each in self.partners.name_search(f"Ute {typed}")]
            self.assertLessEqual({*people.ids}, {*found})

    def test_marks_of_direction_go_and_other_scripts_stay(self):
        """59"""
        table = {"abc\u202egnp.exe": "abcgnp.exe", "\u2067abc\u2069 \u200fdef": "abc def"}
        self.assert_becomes("function", table)
        self.assert_becomes("street", {"Am\u202e Wall 3": "Am Wall 3"})
        self.assertEqual(self.save(name="Eva\u202e Groß").name, "Eva Groß")
        for name in ("محمد بن سلمان", "משה כהן", "小明", "Іван Петренко", "X", "İnci ıskender"):
            self.assert_becomes("name", {name: name})

    def test_capitals_of_persons_are_mended_and_nothing_else(self):
        """63"""
        told = {
            "MÜLLER": "Müller",
            "müller": "Müller",
            "VON DER LEYEN": "von der Leyen",
            "O'NEILL": "O'Neill",
            "STRASSE": "Strasse",
            "MC DONALD": "Mc Donald",
        }
        kept = ("von der Leyen", "O'Neill", "de Gaulle", "IBM", "ebm-papst", "Straße", "McDonald")
        kept += ("İnci", "ıskender", "Weiß")
        self.assert_becomes("lastname", told | dict(zip(kept, kept, strict=True)))
        self.assert_becomes("name", {"Dr. med. Straße": "Dr. med. Straße"})
        for firm in ("IBM", "ebm-papst", "MÜLLER", "dm-drogerie markt"):
            self.assert_becomes("name", {firm: firm}, is_company=True)

    def test_an_address_behind_the_name_goes_into_its_own_field(self):
        """65"""
        for text in ('"Hans" <h@x.example>', "Hans <h@x.example>"):
            shown = self.type_in("name", text)
            self.assertEqual((shown["name"], shown["email"]), ("Hans", "h@x.example"))
            for person in self.save(name=text) + self.quick(text):
                self.assertEqual((person.name, person.email), ("Hans", "h@x.example"))
                self.assertEqual((person.firstname, person.lastname), (False, "Hans"))
        shown = self.type_in("name", "HANS BERG <H@X.example>", firstname="Eva")
        self.assertEqual((shown["name"], shown["email"]), ("Hans Berg", "H@X.example"))
        known = self.save(name="Hans <H@x.example>", email="h@x.example")
        self.assertEqual((known.name, known.email), ("Hans", "h@x.example"))

    def test_a_name_that_is_only_an_address_is_asked_about(self):
        """65"""
        other = {"email": "eva@x.example"}
        self.assert_asked("name", ["h@x.example", "a@x.example; b@x.example"])
        self.assert_asked("name", ["Hans <h@x.example>"], **other)
        self.assert_asked("name", ["Nord GmbH <h@x.example>"], is_company=True)
        self.assert_asked("name", ["Hans <h@x.example, b@x.example>", "Hans <h@x.example"])
        self.assertEqual(self.quick("h@x.example").email, "h@x.example")

    def test_a_doubled_name_is_asked_about(self):
        """67"""
        self.assert_asked("name", ["Hans Hans", "Müller Müller"])
        self.assert_asked("lastname", ["Müller Müller"], firstname="Hans")
        self.assert_asked("lastname", ["Hans"], firstname="hans")
        self.assert_asked("firstname", ["Hans"], lastname="Hans")
        for values in ({"lastname": "Hansen"}, {"lastname": False}, {"lastname": 4711}):
            self.assertFalse(self.asked("firstname", "Hans", **values))
        hans = self.quick("Hans Hans") + self.partners.create({"name": "Otto Hansen"})
        run = self.env["kunden.standard.run"].with_user(self.manager)
        run = run.create({"domain": repr([("id", "in", hans.ids)])})
        run.action_check()
        (line,) = run.line_ids
        self.assertEqual((line.partner_id, line.field_name), (hans[0].sudo(), "lastname"))
        self.assertEqual((line.outcome, line.state), ("ask", "ask"))
        self.env.ref("kunden_crm.catalogue_lastname").spelling = "text"
        self.assertFalse(self.asked("firstname", "Hans", lastname="Hans"))

    def test_template_marks_are_text_everywhere(self):
        """69"""
        for mark in MARKS:
            person = self.save(name=mark, lastname=mark, email="x@x.example", lang="en_US")
            self.assertEqual((person.name, person.lastname), (mark, mark))
            self.assertIn(mark, self.type_in("name", mark).get("name", mark))
            person = person.sudo()
            template = self.env["mail.template"].create(
                {
                    "model_id": self.env["ir.model"]._get_id("res.partner"),
                    "name": "Greeting",
                    "subject": "{{ object.name }}",
                    "body_html": '<p><t t-out="object.name"/>|<t t-out="object.lastname"/></p>',
                }
            )
            for field, inner in (("subject", mark), ("body_html", "")):
                text = template._render_field(field, person.ids)[person.id]
                text = str(text).replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
                self.assertIn(inner or f"<p>{mark}|", text)
                self.assertNotIn("49", text)
            self.assertIn(mark, person.letter_salutation)

    def test_template_marks_are_text_in_a_mailing(self):
        """69"""
        if self.env["ir.module.module"]._get("mass_mailing").state == "installed":
            mails = self.mailed()
            self.assertEqual({*mails.mapped("subject")}, {f"Dear {mark}" for mark in MARKS})
            for mail in mails:
                self.assertNotIn("49", mail.body_html)

    def mailed(self):
        """What a mailing sends to people of these names."""
        people = self.partners.create(
            [{"name": mark, "email": f"x{number}@x.example"} for number, mark in enumerate(MARKS)]
        )
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Dear {{ object.name }}",
                "body_html": '<p><t t-out="object.name"/></p>',
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": repr([("id", "in", people.ids)]),
            }
        )
        mailing.action_send_mail()
        return self.env["mail.mail"].search([("mailing_id", "=", mailing.id)])


@tagged("post_install", "-at_install")
class TestHalfCharacters(BadHttpCase):
    """61: core answers half a character with a page that breaks on its way."""

    def call(self, method, args):
        """Status and answer of the JSON door."""
        body = {"jsonrpc": "2.0", "method": "call"}
        body["params"] = {"model": "res.partner", "method": method, "args": args, "kwargs": {}}
        response = self.url_open(
            f"/web/dataset/call_kw/res.partner/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return response.status_code, response.json()

    def test_a_program_gets_an_answer_that_it_can_read(self):
        self.authenticate("speaker", "speaker")
        for method, arguments in CALLS.items():
            for text in ("Berg\ud800", "\udfff", "Berg\0"):
                with self.subTest(method=method, text=ascii(text)):
                    args = arguments(text)
                    if args[0] == []:
                        args[0] = self.anna.ids
                    status, answer = self.call(method, args)
                    self.assertEqual(status, 200)
                    error = answer["error"]["data"]
                    self.assertEqual(error["name"], "odoo.exceptions.ValidationError")
                    self.assertIn("cannot be stored", error["message"])
        self.assertEqual(self.anna.name, "Anna Berg")
        self.assertFalse(self.anna.comment)

    def looked_for(self, method, **given):
        """What the JSON door says to a search: the result, or an error."""
        body = {"jsonrpc": "2.0", "method": "call"}
        body["params"] = {"model": "res.partner", "method": method, "args": [], "kwargs": given}
        response = self.url_open(
            f"/web/dataset/call_kw/res.partner/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(response.status_code, 200)
        return response.json()

    def test_half_a_character_finds_nothing(self):
        self.authenticate("speaker", "speaker")
        found = {"search_count": 0, "web_search_read": {"length": 0, "records": []}}
        found["formatted_read_group"] = [{"__count": 0, "__extra_domain": [[1, "=", 1]]}]
        for method, given in SEARCHES.items():
            for text in ("Anna Berg\udc80", "\ud83d", "4711\ud800", "Berg\0"):
                with self.subTest(method=method, text=ascii(text)):
                    answer = self.looked_for(method, **given(text))
                    self.assertNotIn("error", answer)
                    if method == "load":
                        self.assertFalse(answer["result"]["ids"])
                        (message,) = answer["result"]["messages"]
                        self.assertEqual(message["rows"], {"from": 1, "to": 1})
                        self.assertIn("cannot be stored", message["message"])
                    else:
                        self.assertEqual(answer["result"], found.get(method, []))

    def test_who_is_not_called_like_half_a_character_is_everybody_else(self):
        anna = Domain("id", "=", self.anna.id)
        for half in ("Anna Berg\udc80", "\0"):
            for condition in (
                ("name", "!=", half),
                ("name", "not ilike", half),
                ("display_name", "not ilike", half),
                ("name", "in", ["Anna Berg", half]),
                ("name", "not in", [half]),
            ):
                self.assertEqual(self.partners.search(anna & Domain(*condition)), self.anna)
            for operator, count in (("ilike", 0), ("=", 0), ("not ilike", 1), ("!=", 1)):
                condition = self.partners._search_display_name(operator, half)
                self.assertEqual(self.partners.search_count(anna & condition), count)

    def test_a_list_of_nobody_is_exported(self):
        self.authenticate("speaker", "speaker")
        for groups in ([], ["city"]):
            data = {
                "model": "res.partner",
                "ids": False,
                "domain": [("street", "ilike", "Wall\udc80")],
                "fields": [{"name": "name", "label": "Name", "type": "char"}],
                "import_compat": False,
                "groupby": groups,
            }
            response = self.url_open(
                "/web/export/xlsx",
                data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
            )
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.content.startswith(b"PK"))
