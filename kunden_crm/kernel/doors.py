"""Doors: by which way a contact came in, as the address of the request tells it."""

# What other programs speak to; everything else is asked by a browser.
_INTERFACES = ("/json/2/", "/xmlrpc/", "/jsonrpc")
_TILL = "/pos/"


def door_of(path, referrer="", *, visitor=False, frontend=False):
    """The door of a request: integration, web, pos or staff.

    Shape: the path of the request, the address of the page that sent it, whether nobody is logged
    in or a customer is, and whether it is a page of website, shop or portal; one word out.
    Errors: none. Source: the routes of Odoo 19 (rpc, portal, website, point_of_sale).

    >>> door_of("/json/2/res.partner/create", visitor=True)
    'integration'
    >>> door_of("/shop/address/submit", frontend=True)
    'web'
    >>> door_of("/web/dataset/call_kw", "https://napf.example/pos/ui/1")
    'pos'
    >>> door_of("/web/dataset/call_kw", "https://napf.example/odoo/contacts")
    'staff'
    """
    if path.startswith(_INTERFACES):
        return "integration"
    if visitor or frontend:
        return "web"
    return "pos" if _TILL in (referrer or "") else "staff"
