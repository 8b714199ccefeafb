"""bad_inputs.md, section E: days, numbers and choices as lists bring them."""

from odoo.tests import tagged

from ..kernel.choices import GENDERS, choice
from ..kernel.spelling_date import day
from ..kernel.spelling_number import column_separator, number
from .bad_input_case import BadInputCase

# What the web client sends with a file before anybody has touched an option.
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ";",
    "encoding": "utf-8",
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}
GERMAN = {"float_thousand_separator": ".", "float_decimal_separator": ","}


@tagged("post_install", "-at_install")
class TestBadCodes(BadInputCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.clerk.lang = "de_DE"

    def brought(self, field, text, **options):
        """What core's importer makes of a text in a column: the value, or what it says."""
        wizard = self.env["base_import.import"].with_user(self.clerk)
        wizard = wizard.with_context(lang="de_DE").create(
            {
                "res_model": "res.partner",
                "file": f'name;{field}\nEva Groß;"{text}"\n'.encode(),
                "file_name": "list.csv",
                "file_type": "text/csv",
            }
        )
        options = {**OPTIONS, **options}
        wizard.parse_preview(options)
        done = wizard.execute_import(["name", field], ["name", field], options)
        people = self.partners.browse(done.get("ids") or ())
        return people[field] if people else [each["message"] for each in done["messages"]]

    def test_a_german_birthday_is_read(self):
        """93"""
        self.assertEqual(day("31.12.1980").value, "1980-12-31")
        self.assertEqual(str(self.brought("birthdate_date", "31.12.1980")), "1980-12-31")

    def test_a_day_that_does_not_exist_is_refused_with_a_reason(self):
        """95"""
        for text in ("29.02.1999", "31.04.1980", "00.00.0000", "0000-00-00"):
            with self.subTest(text=text):
                self.assertEqual(day(text)[1:], ("rejected", "no_day"))
                said = self.brought("birthdate_date", text)
                self.assertIsInstance(said, list)
                self.assertTrue(all(said))

    def test_names_of_months_are_read_and_parts_of_a_day_are_asked_about(self):
        """97"""
        self.assertEqual(day("12. März 1980").value, "1980-03-12")
        for text in ("1980", "12.1980", "Dez 80"):
            with self.subTest(text=text):
                self.assertEqual(day(text)[1:], ("ask", "partial"))
                self.assertIsInstance(self.brought("birthdate_date", text), list)

    def test_the_column_says_what_parts_the_decimals(self):
        """99"""
        surely = {
            "1.234,56": "1234.56",
            "1,234.56": "1234.56",
            "1234.56": "1234.56",
            "1'234.50": "1234.50",
            "12,5 T€": "12500",
        }
        for text, value in surely.items():
            self.assertEqual(number(text).value, value, text)
        self.assertEqual(number("1.234")[1:], ("ask", "decimal"))
        for column, value in ((["1.234", "12,50"], "1234"), (["1.234", "12.5"], "1.2340")):
            sign = column_separator(column)
            self.assertEqual(number("1.234", "DE", sign).value, value)
        for text in ("-", "k.A."):
            self.assertEqual(number(text).outcome, "rejected", text)

    def test_a_text_is_no_amount_in_core_s_importer_either(self):
        """99"""
        for text in ("k.A.", "-", "12,5 T€"):
            with self.subTest(text=text):
                self.assertIsInstance(self.brought("partner_latitude", text), list)
        self.assertEqual(self.brought("partner_latitude", "1.234,56", **GERMAN), 1234.56)

    def test_a_choice_is_known_by_other_words_and_never_made(self):
        """101"""
        for text in ("männlich", "MÄNNLICH", "M", "Herr"):
            self.assertEqual(choice(text, GENDERS).value, "male", text)
        self.assertEqual(choice("2", GENDERS)[1:], ("ask", "unknown"))
        known = dict(self.partners._fields["gender"]._description_selection(self.env))
        for text in ("2", "Herr", "gibt es nicht"):
            with self.subTest(text=text):
                said = self.brought("gender", text)
                self.assertTrue(isinstance(said, list) or said in known)
        again = dict(self.partners._fields["gender"]._description_selection(self.env))
        self.assertEqual(again, known)
