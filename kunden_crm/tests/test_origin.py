from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models import origin_mixin
from .common import CustomerFileCase

MAIL = """From: Eva Fern <eva@fern.example>
To: info@napf.example
Subject: Futter
Message-Id: <origin-of-eva@fern.example>

Guten Tag
"""


@tagged("post_install", "-at_install")
class TestOrigin(CustomerFileCase, HttpCase):
    """Each contact says by which door it came in; a reader filters and groups by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)

    def came_by(self, partner):
        partner.invalidate_recordset()
        return partner.with_user(self.reader).file_origin

    def asked_by(self, path, user, frontend=False, **values):
        """A contact that somebody creates by this address, None being a visitor."""
        request = SimpleNamespace(
            httprequest=SimpleNamespace(path=path, referrer=values.pop("referrer", "")),
            session=SimpleNamespace(uid=user and user.id),
            is_frontend=frontend,
        )
        partners = self.env["res.partner"].with_user(user or self.env.ref("base.public_user"))
        with patch.object(origin_mixin, "request", request):
            return self.came_by(partners.sudo().create({"name": "Eva Fern"}))

    def test_the_doors_of_a_browser_and_of_programs(self):
        self.assertEqual(self.asked_by("/web/dataset/call_kw", self.clerk), "staff")
        self.assertEqual(self.asked_by("/my/account", self.clerk, frontend=True), "web")
        self.assertEqual(self.asked_by("/website/form/", None), "web")
        till = {"referrer": "https://napf.example/pos/ui/1"}
        self.assertEqual(self.asked_by("/web/dataset/call_kw", self.clerk, **till), "pos")
        robot = new_test_user(self.env, "robot_of_doors", groups="kunden_crm.group_user")
        robot.is_strict_integration = True
        self.assertEqual(self.asked_by("/web/dataset/call_kw", robot), "integration")

    def test_a_colleague_in_the_web_client(self):
        self.authenticate("clerk", "clerk")
        created = self.make_jsonrpc_request(
            "/web/dataset/call_kw/res.partner/web_save",
            {
                "model": "res.partner",
                "method": "web_save",
                "args": [[], {"name": "Eva Fern", "child_ids": [[0, 0, {"name": "Ina Fern"}]]}],
                "kwargs": {"specification": {}},
            },
        )
        eva = self.partners.browse(created[0]["id"])
        self.assertEqual(self.came_by(eva), "staff")
        self.assertEqual(self.came_by(eva.child_ids), "staff")

    def test_an_interface(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.clerk)
            .sudo()
            ._generate("rpc", "door", None)
        )
        answer = self.url_open(
            "/json/2/res.partner/create",
            headers={"Authorization": f"Bearer {key}"},
            json={"vals_list": [{"name": "Eva Fern"}]},
        )
        self.assertEqual(self.came_by(self.partners.browse(answer.json())), "integration")

    def test_an_imported_list(self):
        file = {"res_model": "res.partner", "file": b"name\nEva Fern", "file_type": "text/csv"}
        wizard = self.env["base_import.import"].with_user(self.clerk).create(file)
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        made = wizard.execute_import(["name"], ["name"], options)
        self.assertEqual(self.came_by(self.partners.browse(made["ids"])), "import")

    def test_an_incoming_mail(self):
        """Whoever the gateway makes a contact of while it takes the message in."""
        made = []

        def taken_in(threads, *_message):
            made.append(threads.env["res.partner"].create({"name": "Eva Fern"}))

        with patch.object(type(self.env["mail.thread"]), "_message_route_process", taken_in):
            self.env["mail.thread"].message_process("res.partner", MAIL)
        self.assertEqual(self.came_by(made[0]), "mail")

    def test_nobody_asks_the_database_which_way_it_was(self):
        self.partners.create({"name": "Eva Fern"})
        self.env.flush_all()
        with self.assertQueryCount(0):
            self.assertEqual(self.partners._origin_now(), "unknown")
        self.assertEqual(self.env["res.partner"]._origin_now(), "system")

    def test_of_older_contacts_the_creator_tells(self):
        self.env.flush_all()
        eva = self.partners.create({"name": "Eva Fern"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET file_origin = NULL WHERE id = %s", [eva.id])
        self.assertEqual(self.came_by(eva), "unknown")
        self.partners._init_column("file_origin")
        self.env.cr.execute("SELECT file_origin FROM res_partner WHERE id = %s", [eva.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))
        found = self.partners.search([("file_origin", "=", "unknown"), ("id", "=", eva.id)])
        self.assertEqual(found, eva)
        ((origin, number),) = self.partners._read_group(
            [("id", "=", eva.id)], ["file_origin"], ["__count"]
        )
        self.assertEqual((origin, number), ("unknown", 1))

    def test_who_may_not_read_the_file_does_not_learn_it(self):
        self.env["res.partner"].with_user(self.clerk).create({"name": "Eva Fern"})
        with self.assertRaises(AccessError):
            self.anna.with_user(self.colleague).read(["file_origin"])
        twin = self.anna.with_user(self.clerk).copy()
        self.assertEqual(self.came_by(twin), "unknown")
