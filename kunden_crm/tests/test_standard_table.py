from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..kernel.masks import mask_problem
from ..kernel.standards import STANDARDS, standardise
from ..kernel.text import clean_text
from ..models.field_standard_mixin import SPELLINGS
from .common import CustomerFileCase
from .standards_table import KINDS, cases

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
NAMES = ("name", "lastname")
# Values of columns that are no text: lists bring them as text, the form has a widget for each.
NAMES_OF = ("person", "company")
PLACES = ("street", "postcode", "city")
CHANNELS = ("phone", "email", "website")
CODES = ("iban", "bic", "vat", "register")
VALUES = ("country", "day", "number", "gender", "yes_no")
TYPED = {"country": "country_id", "day": "birthdate_date", "gender": "gender", "yes_no": "employee"}


@tagged("post_install", "-at_install")
class TestStandardTable(CustomerFileCase):
    """The form, the act for all files and the kernel make the same of what people type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_context(tracking_disable=True)
        # a country without a standard, and none at all
        cls.env["res.country"].create({"name": "Nowhere", "code": "XX"})
        cls.countries = {country.code: country.id for country in cls.env["res.country"].search([])}
        cls.countries[""] = False
        cls.env.company.country_id = False
        entries = cls.env["kunden.field"].search([("spelling", "!=", False)])
        entries.write({"spelling_mode": "always"})
        # as an add-on does that writes a text like a column of another type
        known = {key for key, _label in SPELLINGS}
        wider = [*SPELLINGS, *((kind, kind) for kind in KINDS if kind not in known)]
        cls.classPatch(entries._fields["spelling"], "selection", wider)
        cls.classPatch(entries._fields["spelling"], "_selection", dict(wider))

    def entry(self, kind, mask=False):
        """The field that is written by this standard."""
        name = HOME.get(kind, PLAIN)
        entry = self.env["kunden.field"].search([("technical_name", "=", name)])
        spelling = "name" if kind in ("person", "company") and name == "name" else kind
        entry.write({"spelling": spelling, "spelling_mask": mask})
        return entry

    def storable(self, kind, mask=""):
        """The cases of a kind: all but those that no contact can hold."""
        told = [case for case in cases(kind) if case.mask == mask]
        return [
            case
            for case in told
            if not self.is_half(case.text) and (kind != "company" or clean_text(case.text))
        ]

    def is_half(self, text):
        """Whether it holds what PostgreSQL cannot store: the form refuses it by name."""
        return any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)

    def saved_in_the_form(self, kind, mask=""):
        """The cases that a form stores otherwise than the table says."""
        name = self.entry(kind, mask).technical_name
        company = kind == "company"
        partner = self.partners.create({"name": "Nora Nord", "is_company": company})
        clerk = partner.with_user(self.clerk).with_context(tracking_disable=True)
        wrong = []
        for case in self.storable(kind, mask):
            vals = {name: case.text, "country_id": self.countries[case.country.upper()]}
            clerk.web_save(vals, {})
            found = partner[name] or ""
            # a name is stored without what no eye can see, also where somebody must look at it
            told = clean_text(case.value) if name in NAMES else case.value
            if found != told:
                wrong.append((case, found))
        return wrong

    def brought(self, told, name, **values):
        """Contacts with these texts, as core's importer stores them: untouched."""
        rows = [
            (f"Nr. {number}", str(self.countries[case.country.upper()] or ""), case.text)
            for number, case in enumerate(told)
        ]
        if name in NAMES:  # of names every door makes clean ones; old data has others too
            partners = self.partners.create(
                [{"name": row[0], "country_id": int(row[1] or 0), **values} for row in rows]
            )
            self.env.flush_all()
            self.env.cr.execute(
                f"UPDATE res_partner SET {name} = new.value"
                " FROM unnest(%s::int[], %s::text[]) AS new (id, value)"
                " WHERE res_partner.id = new.id",
                [partners.ids, [row[2] for row in rows]],
            )
            self.env.invalidate_all()
            return partners
        importer = self.partners.with_user(self.clerk)
        found = importer.load(["name", "country_id/.id", name], rows)
        self.assertFalse(found["messages"])
        partners = self.partners.browse(found["ids"])
        self.assertEqual([partner[name] or "" for partner in partners], [row[2] for row in rows])
        return partners

    def found_by_the_act(self, kind, mask=""):
        """The cases in which a run proposes otherwise than the table says."""
        entry, told = self.entry(kind, mask), self.storable(kind, mask)
        name = entry.technical_name
        partners = self.brought(told, name, is_company=kind == "company")
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
            kernel = [
                case
                for case in cases(kind)
                if standardise(kind, case.text, case.country, case.mask)
                != (case.value, case.outcome, case.reason)
            ]
            self.assertFalse(kernel, kind)
            self.assertFalse(self.saved_in_the_form(kind), kind)
            self.assertFalse(self.found_by_the_act(kind), kind)

    def test_every_kind_of_value_has_150_cases_and_is_tried_here(self):
        tried = {*NAMES_OF, *PLACES, *CHANNELS, *CODES, *VALUES, "mask"}
        self.assertEqual(tried, {*KINDS})
        self.assertEqual(tried, {*STANDARDS} - {"text", "note"})
        for kind in KINDS:
            told = {case for case in cases(kind) if not self.is_half(case.text)}
            self.assertGreaterEqual(len(told), 150, kind)

    def test_names(self):
        self.check(*NAMES_OF)

    def test_addresses(self):
        self.check(*PLACES)

    def test_channels(self):
        self.check(*CHANNELS)

    def test_codes(self):
        self.check(*CODES)

    def test_values_of_columns_that_are_no_text(self):
        self.check(*VALUES)

    def test_half_a_character_is_refused_by_name(self):
        half = [(kind, case) for kind in KINDS for case in cases(kind) if self.is_half(case.text)]
        self.assertTrue(half)
        for kind, case in half:
            name = self.entry(kind).technical_name
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self.anna.with_user(self.clerk).web_save({name: case.text}, {})

    def test_what_the_kernel_makes_of_a_text_can_be_stored_in_its_own_column(self):
        person = self.partners.create({"name": "Nora Nord"})
        clerk = person.with_user(self.clerk).with_context(tracking_disable=True)
        stored = {
            "country": lambda value: self.countries[value],
            "yes_no": lambda value: value == "yes",
        }
        for kind, name in TYPED.items():
            values = {case.value for case in cases(kind) if case.outcome in ("same", "fixed")}
            for value in sorted(values - {""}):
                sent = stored.get(kind, str)(value)
                clerk.web_save({name: sent}, {})
                found = person[name]
                found = str(found) if kind == "day" else found.id if kind == "country" else found
                self.assertEqual(found, sent)

    def test_own_patterns(self):
        masks = {case.mask for case in cases("mask")}
        for mask in sorted(masks):
            with self.subTest(mask=mask):
                if mask_problem(mask):
                    with self.assertRaises(ValidationError):
                        self.entry("mask", mask)
                    continue
                self.assertFalse(self.saved_in_the_form("mask", mask))
                self.assertFalse(self.found_by_the_act("mask", mask))
