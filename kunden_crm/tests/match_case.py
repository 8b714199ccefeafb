"""The cast of the stories of duplicates: two Schmidts who are one, and what is known of them."""

from odoo.tools import SQL

from .common import CustomerFileCase

MOBILE = "0175 7719334"


class QueueMixin:
    """Who comes by a public door, and is somebody whom the file knows."""

    def known(self, name, **vals):
        """Somebody of this name whom the customer file knows already."""
        germany = self.env.ref("base.de").id
        return self.env["res.partner"].create({"name": name, "country_id": germany, **vals})

    def assert_queued(self, partner, known):
        """The job finds that they may be the same, for a clerk to decide."""
        self.env.flush_all()
        while self.env["kunden.match.scan"]._compare_changed():
            self.env.flush_all()
        self.assertNotEqual(partner, known)
        self.assertIn(known, partner.with_user(self.clerk).duplicate_ids)


class MatchCase(CustomerFileCase):
    """Hans Schmidt stands in the file twice; Klaus lives elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.env.company.country_id = cls.germany
        cls.partners = cls.env["res.partner"]
        cls.candidates = cls.env["kunden.match.candidate"]
        cls.look()
        home = {"street": "Ahornallee 17", "zip": "50667", "city": "Köln", "mobile": MOBILE}
        cls.hans = cls.person("Hans Wirsching", **home)
        cls.double = cls.person("Hans Wirshing", **home)
        cls.klaus = cls.person("Klaus Osterkamp", zip="20095", city="Hamburg")
        cls.look()

    @classmethod
    def person(cls, name, **vals):
        """A private customer in Germany."""
        return cls.partners.create({"name": name, "country_id": cls.germany.id, **vals})

    @classmethod
    def look(cls):
        """The job compares all who are new or changed."""
        cls.env.flush_all()
        while cls.env["kunden.match.scan"]._compare_changed():
            cls.env.flush_all()
        cls.env.invalidate_all()

    def keys(self, partner, *names):
        """Columns of the row of keys of a contact; None where it has no row."""
        self.env.flush_all()
        columns = SQL(", ").join(map(SQL.identifier, names or ["partner_id"]))
        rows = self.env.execute_query(
            SQL("SELECT %s FROM kunden_match_key WHERE partner_id = %s", columns, partner.id)
        )
        return rows[0] if rows else None

    def pair(self, one, two):
        """The candidate of these contacts, whichever is the first."""
        ids = sorted((one.id, two.id))
        return self.candidates.search([("partner_id", "=", ids[0]), ("other_id", "=", ids[1])])

    def found(self, user=None, **values):
        """By contact what the search while typing says."""
        partners = self.partners.with_user(user or self.clerk)
        answers = partners.kunden_find_duplicates(values)
        return {answer["partner_id"]: answer for answer in answers}

    def merge(self, survivor, *others):
        """Core's own merge."""
        self.env.flush_all()
        ids = [survivor.id, *(other.id for other in others)]
        self.env["base.partner.merge.automatic.wizard"]._merge(ids, survivor)
        self.env.flush_all()
        self.env.invalidate_all()
