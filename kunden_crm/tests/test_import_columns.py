from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..kernel.import_cells import read_cell
from ..kernel.spelling_date import REASONS as DAY_REASONS
from ..kernel.spelling_number import REASONS as NUMBER_REASONS
from .common import CustomerFileCase


@tagged("post_install", "-at_install")
class TestImportColumns(CustomerFileCase):
    """A clerk brings a list, and its columns are understood."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lister = new_test_user(
            cls.env, "lister", groups="kunden_crm.group_user,kunden_crm.group_confidential"
        )
        cls.env.company.country_id = cls.env.ref("base.de")
        cls.source = cls.env["kunden.import.source"].create({"name": "Kassenjournal 2024"})
        cls.pet, cls.secret = cls.env["kunden.field"].create(
            [
                {
                    "name": "Haustier",
                    "field_type": "selection",
                    "option_ids": [
                        Command.create({"name": "Hund"}),
                        Command.create({"name": "Katze"}),
                    ],
                },
                {"name": "Diagnose", "field_type": "char", "sensitivity": "special"},
            ]
        )

    def batch(self, *columns, source=True):
        """A batch of the clerk with these columns: (heading, samples ...)."""
        batch = self.env["kunden.import.batch"].create(
            {
                "source": "Kassenjournal 2024",
                "source_id": self.source.id if source else False,
                "user_id": self.lister.id,
                "column_ids": [
                    Command.create({"number": number, "header": header, "samples": samples})
                    for number, (header, *samples) in enumerate(columns)
                ],
            }
        )
        return batch.with_user(self.lister)

    def targets(self, batch):
        """What its columns are guessed to mean."""
        batch.column_ids._guess(batch)
        return batch.column_ids.sorted("number").mapped("target")

    def test_a_list_is_understood_and_the_next_one_like_it(self):
        batch = self.batch(
            ("Kd-Nr.", "1001"), ("Haustier", "Hund"), ("Foo", "Müller"), ("PLZ/Ort",)
        )
        self.assertEqual(self.targets(batch), ["ref", self.pet.technical_name, "", "zip_city"])
        third = batch.column_ids.sorted("number")[2]
        third.write({"target": "lastname", "policy": "ask"})
        self.assertEqual((third.why, third.certainty), ("chosen", 100))
        self.assertEqual(self.targets(batch)[2], "lastname", "what was chosen is not guessed again")
        batch.column_ids._keep_mapping()
        again = self.batch(("FOO", "Meier"), ("Kd-Nr.", "7"))
        self.assertEqual(self.targets(again), ["lastname", "ref"])
        kept = again.column_ids.sorted("number")[0]
        self.assertEqual((kept.why, kept.policy), ("kept", "ask"))
        other = self.batch(("Foo", "Meier"), source=False)
        self.assertEqual(self.targets(other), [""])

    def test_a_protected_field_is_neither_offered_nor_filled_by_force(self):
        name = self.secret.technical_name
        batch = self.batch(("Diagnose", "geheim"), (name, "geheim"), ("Nachname",))
        self.assertEqual(self.targets(batch), ["", "", "lastname"])
        columns = batch.column_ids
        self.assertNotIn(name, [choice["value"] for choice in columns.target_choices(batch.id)])
        offered = columns.with_user(self.clerk).target_choices(batch.id)
        figures = [choice for choice in offered if choice["value"].startswith("figure.")]
        self.assertFalse(figures, "key figures are confidential")
        with self.assertRaises(AccessError) as refused:
            columns[0].write({"target": name})
        self.assertNotIn("geheim", str(refused.exception))
        columns[0].sudo().target = name  # an earlier mapping, of somebody with more rights
        self.assertIn("Diagnose", columns._problems()[0])
        colleague = new_test_user(self.env, "import_colleague", "kunden_crm.group_user")
        theirs = batch.with_user(colleague)
        self.assertFalse(theirs.search([("id", "=", batch.id)]), "what stands in the file")
        self.assertFalse(columns.with_user(colleague).search([("id", "in", columns.ids)]))
        batch.sudo().user_id = colleague
        self.assertTrue(theirs.search([("id", "=", batch.id)]))

    def test_a_field_that_is_protected_later_closes_what_was_brought_in_before(self):
        later = self.env["kunden.field"].create({"name": "Schufa", "field_type": "char"})
        name = later.technical_name
        batch = self.batch((name, "geheim"), ("Nachname",))
        self.assertEqual(self.targets(batch), [name, "lastname"])
        batch.row_ids.sudo().create({"batch_id": batch.id, "number": 2, "raw": ["geheim", "Meier"]})
        colleague = new_test_user(self.env, "import_colleague", "kunden_crm.group_reader")
        rows = self.env["kunden.import.row"].with_user(colleague)
        mine = [("batch_id", "=", batch.id)]
        self.assertEqual(rows.search_count(mine), 1)
        later.sensitivity = "confidential"
        self.assertEqual(rows.search_count(mine), 0)
        self.assertEqual(rows.with_user(self.lister).search_count(mine), 1)

    def test_the_mapping_is_checked_before_the_start(self):
        batch = self.batch(("Ort",), ("Umsatz", "5"), ("Stadt",), ("Bem.",), ("Notiz",))
        city, figure, town, _remark, _note = columns = batch.column_ids.sorted("number")
        with freeze_time("2026-11-22"):
            columns._guess(batch)
        self.assertEqual((figure.target, figure.certainty), ("figure.revenue:2025", 50))
        figure.target = "figure.revenue"
        self.assertFalse(town.target, "the town is filled already")
        town.target = "city"
        problems = columns._problems()
        self.assertIn("Ort, Stadt", problems[0])
        self.assertIn("Umsatz", problems[1])
        self.assertEqual(len(problems), 3)
        with self.assertRaises(UserError):
            columns._refuse_problems()
        city.target, town.target, figure.target = "lastname", False, "figure.revenue:2023"
        self.assertFalse(columns._problems())

    def test_cells_are_read_as_the_catalogue_says(self):
        headers = ["Haustier", "Nachname", "Geb.", "Umsatz 2023 (T€)", "Branche", "Anrede"]
        headers += ["Bundesland", "Stichwort"]
        found = [[], [], ["25/12/1980"], ["12,5"], [], ["Herr"], [], []]
        batch = self.batch()
        batch.column_ids._of_file(batch, headers, found)
        columns = batch.column_ids.sorted("number")
        self.assertEqual(columns.mapped("reading"), [False, False, ["dmy"], [","], *[False] * 4])
        cells = [
            "hund",
            "MÜLLER",
            "03/04/1980",
            "1.234",
            "Construction",
            "Frau",
            "Bayern",
            "x; Hund",
        ]
        read = {}
        for number, target, column, choices in columns._readers():
            read[target] = read_cell(cells[number], column, choices).value
        dog = self.pet.option_ids.filtered(lambda option: option.name == "Hund")
        self.assertEqual(
            read,
            {
                self.pet.technical_name: dog.id,
                "lastname": "Müller",
                "birthdate_date": "1980-04-03",
                "figure.revenue:2023": 1234000.0,
                "industry_id": self.env.ref("base.res_partner_industry_F").id,
                "salutation": "ms",
                "state_id": self.env.ref("base.state_de_by").id,
                "category_id": ["x", "Hund"],
            },
        )

    def test_what_days_and_numbers_ask_has_words(self):
        lines = self.env["kunden.standard.line"]
        told = {"day": DAY_REASONS, "number": NUMBER_REASONS, "country": ("code", "unknown")}
        for kind, reasons in told.items():
            for reason in {*reasons} - {"digits", "long", "spelling"}:
                self.assertIn(f"{kind}.{reason}", lines._fields["reason"].get_values(self.env))
        self.assertTrue(lines._reason("day", "month_first"))

    def test_columns_stay_while_their_heading_does(self):
        batch = self.batch()
        columns = batch.column_ids
        columns._of_file(batch, ["Nachname", "Ort"], [["Berg"], ["Köln"]])
        name, town = batch.column_ids.sorted("number")
        town.target = "street2"
        columns._of_file(batch, ["Name", "Ort", "PLZ"], [["Berg"], ["Köln"], ["50667"]])
        again = batch.column_ids.sorted("number")
        self.assertFalse(name.exists())
        self.assertEqual(again[1], town)
        self.assertEqual(again.mapped("target"), ["name", "street2", "zip"])
        self.assertEqual(again[2].samples, ["50667"])
        zip_column, _choices = again._part_readers()["zip"]
        self.assertEqual(zip_column.standard, "postcode")
        self.assertIn("contact.lastname", again._part_readers())

    def test_a_source_is_found_by_its_name(self):
        sources = self.env["kunden.import.source"].with_user(self.clerk)
        company = self.env.company
        self.assertEqual(sources._named(" kassenJournal  2024", company), self.source)
        new = sources._named("100_%", company)
        self.assertEqual(sources._named("100_%", company), new)
        self.assertNotEqual(sources._named("100xx", company), new)
        self.assertFalse(sources._named(" ", company))
