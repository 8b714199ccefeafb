"""The set-up's own objects, for tests that make databases of their own."""

from kit import postgres
from kit.databases import Databases
from kit.odoo import Odoo
from kit.places import Places
from kit.workplace import Workplace


def here():
    """The workplace in which the tests run: its server is up, the PG* variables name it."""
    place = Workplace(Places.of_checkout())
    place.server = postgres.open_server(place.places, place.python.site_packages)
    return place


def tools():
    """Workplace, databases and Odoo of this run."""
    place = here()
    return place, Databases(place), Odoo(place)
