from odoo.tests import tagged

from ..kernel.standards import standardise
from ..kernel.text import clean_text
from .common import CustomerFileCase
from .standards_table import cases

# The field of the contact that holds a kind of value; others are tried in a plain text field.
HOME = {
    "person": "lastname",
    "company": "name",
    "street": "street",
    "postcode": "zip",
    "city": "city",
    "phone": "phone",
    "email": "email",
}
PLAIN = "street2"


@tagged("post_install", "-at_install")
class TestStandardTable(CustomerFileCase):
    """The form, the act for all files and the kernel make the same of what people type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_context(tracking_disable=True)
        cls.countries = {country.code: country.id for country in cls.env["res.country"].search([])}
        entries = cls.env["kunden.field"].search([("spelling", "!=", False)])
        entries.write({"spelling_mode": "always"})

    def entry(self, kind, mask=False):
        """The field that is written by this standard."""
        name = HOME.get(kind, PLAIN)
        entry = self.env["kunden.field"].search([("technical_name", "=", name)])
        spelling = "name" if kind in ("person", "company") and name == "name" else kind
        entry.write({"spelling": spelling, "spelling_mask": mask})
        return entry

    def storable(self, kind):
        """The cases of a kind that a database can hold, in countries that it knows."""
        return [
            case
            for case in cases(kind)
            if case.country in self.countries
            and (kind != "company" or clean_text(case.text))
            and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in case.text)
        ]

    def saved_in_the_form(self, kind):
        """The cases that a form stores otherwise than the table says."""
        name = self.entry(kind).technical_name
        company = kind == "company"
        partner = self.partners.create({"name": "Nora Nord", "is_company": company})
        clerk = partner.with_user(self.clerk).with_context(tracking_disable=True)
        wrong = []
        for case in self.storable(kind):
            vals = {name: case.text, "country_id": self.countries.get(case.country, False)}
            clerk.web_save(vals, {})
            found = partner[name] or ""
            # a name is stored without what no eye can see, also where somebody must look at it
            told = clean_text(case.value) if name in ("name", "lastname") else case.value
            if found != told:
                wrong.append((case, found))
        return wrong

    def found_by_the_act(self, kind):
        """The cases in which a run proposes otherwise than the table says."""
        entry, told = self.entry(kind), self.storable(kind)
        name = entry.technical_name
        partners = self.partners.create(
            [
                {
                    "name": f"Nr. {number}",
                    "is_company": kind == "company",
                    "country_id": self.countries.get(case.country, False),
                }
                for number, case in enumerate(told)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE res_partner SET {name} = new.value"
            " FROM unnest(%s::int[], %s::text[]) AS new (id, value) WHERE res_partner.id = new.id",
            [partners.ids, [case.text for case in told]],
        )
        self.env.invalidate_all()
        run = self.env["kunden.standard.run"].with_user(self.manager)
        run = run.create({"domain": repr([("id", "in", partners.ids)])})
        run.catalogue_ids = entry
        run.action_check()
        lines = {line.partner_id.id: line for line in run.line_ids if line.field_name == name}
        wrong = []
        for partner, case in zip(partners, told, strict=True):
            line = lines.get(partner.id)
            outcome = line.outcome if line else "same"
            value = line.new or "" if line else case.text
            if case.text and (outcome, value) != (case.outcome, case.value):
                wrong.append((case, outcome, value))
        run.action_apply()
        self.assertEqual(run.state, "done")
        for partner, case in zip(partners, told, strict=True):
            if (partner[name] or "") != (case.value if case.outcome == "fixed" else case.text):
                wrong.append((case, partner[name]))
        return wrong

    def check(self, *kinds):
        for kind in kinds:
            told = list(cases(kind))
            self.assertGreaterEqual(len(told), 150, kind)
            kernel = [
                case
                for case in told
                if standardise(kind, case.text, case.country)
                != (case.value, case.outcome, case.reason)
            ]
            self.assertFalse(kernel, kind)
            self.assertFalse(self.saved_in_the_form(kind), kind)
            self.assertFalse(self.found_by_the_act(kind), kind)

    def test_names(self):
        self.check("person", "company")

    def test_addresses(self):
        self.check("street", "postcode", "city")

    def test_channels(self):
        self.check("phone", "email", "website")

    def test_codes(self):
        self.check("iban", "vat", "register")

    def test_an_own_pattern(self):
        name = self.entry("mask", "KD-9999").technical_name
        partner = self.partners.create({"name": "Nora Nord"})
        for text, value in (
            ("KD-1234", "KD-1234"),
            (" kd 1234 ", "KD-1234"),
            ("kd1234", "KD-1234"),
            ("KD-12345", "KD-12345"),
            ("Nord", "Nord"),
        ):
            with self.subTest(text=text):
                partner.with_user(self.clerk).web_save({name: text}, {})
                self.assertEqual(partner[name], value)
