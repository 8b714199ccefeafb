"""Doors: what the address of a request tells of the way a contact came in."""

import pytest

from odoo.addons.kunden_crm.kernel.doors import door_of

TILL = "https://napf.example/pos/ui/1/product/7"


@pytest.mark.parametrize(
    ("path", "referrer", "of_whom", "expected"),
    [
        ("/json/2/res.partner/create", None, {"visitor": True}, "integration"),
        ("/xmlrpc/2/object", "", {}, "integration"),
        ("/jsonrpc", TILL, {}, "integration"),
        ("/website/form/crm.lead", "", {"visitor": True}, "web"),
        ("/my/account", "", {"frontend": True}, "web"),
        ("/web/dataset/call_kw/res.partner/web_save", TILL, {}, "pos"),
        ("/web/dataset/call_kw/res.partner/web_save", None, {}, "staff"),
        ("/mail/message/post", "https://napf.example/odoo/crm", {}, "staff"),
    ],
)
def test_the_door_of_a_request(path, referrer, of_whom, expected):
    assert door_of(path, referrer, **of_whom) == expected
