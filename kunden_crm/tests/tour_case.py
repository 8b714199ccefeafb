"""Browser tests: the demo clerk at her screen."""

from odoo.tests import HttpCase
from odoo.tools import convert_file

# The first page of a run makes all bundles anew: a busy machine needs more than core's minute.
PATIENCE = 180


class ClerkTourCase(HttpCase):
    """Klara, the clerk of the demo company, works in German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref("kunden_crm.user_klara", raise_if_not_found=False):
            convert_file(cls.env, "kunden_crm", "demo/res_users.xml", {}, mode="init")
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.klara = cls.env.ref("kunden_crm.user_klara")
        cls.klara.lang = "de_DE"

    def walk(self, tour, url="/odoo/customer-file"):
        """Klara walks the tour from the list of customers."""
        self.start_tour(url, tour, login="klara", timeout=PATIENCE)
