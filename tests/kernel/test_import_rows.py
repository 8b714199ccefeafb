"""What a row of a file says: a contact, its firm, its household."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.import_rows import composed

# (target, value) pairs of a row; values that must come of it; codes
ROWS = [
    # an empty cell deletes what its column alone fills, and never becomes a word
    ([("name", "Berg"), ("comment", None)], {"name": "Berg", "comment": None}, []),
    ([("name", "Berg"), ("comment", None), ("comment_line", "A")], {"comment": "X: A"}, []),
    ([("name", "Berg"), ("street2", None), ("street2", "A")], {"street2": "A"}, []),
    ([("name", "Ok AG"), ("company.city", None), ("zip", None)], {"zip": None, "city": None}, []),
    # values beside a firm or person that the row does not name stay, in the field or in the note
    (
        [("lastname", "Weiß"), ("city", "Bonn"), ("company.city", "Ulm"), ("company.phone", "07")],
        {"city": "Bonn", "phone": "07", "comment": "X: Ulm"},
        [],
    ),
    (
        [("company", "Kurz"), ("email", "info@k.de"), ("contact.email", "e@k.de")],
        {"email": "info@k.de", "comment": "X: e@k.de"},
        [],
    ),
    (
        [("company", "Kurz"), ("phone", "07"), ("contact.phone", "07"), ("contact.email", "e")],
        {"phone": "07", "email": "e"},
        [],
    ),
    # a further address or number is the first where there is no other, else a line of the note
    (
        [("name", "Berg"), ("email", "a@x.de"), ("email_more", "b@x.de"), ("email_more", "a@x.de")],
        {"email": "a@x.de", "comment": "X: b@x.de"},
        [],
    ),
    ([("name", "Berg"), ("email_more", "b@x.de")], {"email": "b@x.de", "comment": None}, []),
    (
        [("phone_more", "07 1"), ("name", "Berg"), ("mobile_more", "0171 2"), ("phone_more", "8")],
        {"phone": "07 1", "mobile": "0171 2", "comment": "X: 8"},
        [],
    ),
    ([("lastname", "Braun"), ("house_number", "12")], {"street": "12"}, []),
    (
        [("company", "Kurz"), ("contact.lastname", "Meier"), ("birthdate_date", "1970-02-01")],
        {"birthdate_date": "1970-02-01", "company": {"name": "Kurz", "is_company": True}},
        [],
    ),
    (
        [("salutation", "Firma"), ("lastname", "Autohaus Braun"), ("firstname", "Karl")],
        {"name": "Autohaus Braun", "is_company": True, "comment": "X: Karl"},
        [],
    ),
    (
        [("salutation", "Familie"), ("lastname", "Klein")],
        {"name": "Klein", "comment": "X: Familie"},
        [],
    ),
    # a column whose names have the last name first: not where a first name stands there
    ([("name_last_first", "Müller Hans")], {"firstname": "Hans", "lastname": "Müller"}, []),
    ([("name_last_first", "Eva Berg")], {"firstname": "Eva", "lastname": "Berg"}, []),
    ([("name_last_first", "Ok AG")], {"name": "Ok AG", "is_company": True}, []),
    # DATEV: a name of the firm, of the person, or of nobody knows which; "von", "Graf"
    (
        [("company", "Ok"), ("company_type", "company"), ("salutation", "Firma")],
        {"name": "Ok", "is_company": True, "company": None, "comment": None},
        [],
    ),
    (
        [("name_prefix", "Freiherr"), ("name_prefix", "von"), ("lastname", "Berg")]
        + [("firstname", "Eva")],
        {"name": "Eva Freiherr von Berg", "lastname": "Freiherr von Berg"},
        [],
    ),
    ([("name_prefix", "von"), ("lastname", "von Berg")], {"lastname": "von Berg"}, []),
    ([("name_prefix", "von"), ("name", "Ok AG")], {"name": "Ok AG", "comment": "X: von"}, []),
    # the row is about a firm, and names somebody there: nobody is lost
    (
        [("company", "Ok"), ("company_type", "company"), ("lastname", "Berg"), ("ref", "7")],
        {"name": "Berg", "company": {"name": "Ok", "is_company": True, "ref": "7"}},
        [],
    ),
    (
        [("salutation", "Firma"), ("company", "Ok"), ("name", "Eva Berg")],
        {"name": "Eva Berg", "company": {"name": "Ok", "is_company": True}, "salutation": None},
        [],
    ),
    ([("company", "Ok"), ("name", "Oka AG")], {"name": "Oka AG", "comment": "X: Ok"}, []),
    ([("company", "Ok AG"), ("name", "Ok AG")], {"name": "Ok AG", "comment": None}, []),
    (
        [("company", "Ok"), ("is_company", True), ("name", "OK Nord")],
        {"name": "OK Nord", "is_company": True, "comment": None},
        [],
    ),
    # how somebody there is addressed says nothing of the firm
    (
        [("salutation", "mr"), ("academic_title", "Dr."), ("company", "Ok")]
        + [("contact.lastname", "Berg")],
        {"name": "Dr. Berg", "salutation": "mr", "company": {"name": "Ok", "is_company": True}},
        [],
    ),
    (
        [("salutation", "Firma"), ("company", "Ok"), ("contact.lastname", "Berg")],
        {"name": "Berg", "salutation": None, "company": {"name": "Ok", "is_company": True}},
        [],
    ),
    (
        [("salutation", "mr"), ("contact.salutation", "ms"), ("company", "Ok")]
        + [("contact.lastname", "Berg"), ("company_type", "company")],
        {"salutation": "ms", "company": {"name": "Ok", "is_company": True}, "comment": "X: mr"},
        [],
    ),
    ([("name", "Berg, Eva")], {"name": "Eva Berg", "firstname": "Eva", "is_company": False}, []),
    ([("name", "Eva Berg"), ("firstname", "Eva"), ("lastname", "Berg")], {"name": "Eva Berg"}, []),
    ([("academic_title", "Dr."), ("lastname", "Berg")], {"name": "Dr. Berg"}, []),
    ([("academic_title", "Dr."), ("name", "Eva Berg")], {"name": "Dr. Eva Berg"}, []),
    ([("name", "Ok GmbH")], {"name": "Ok GmbH", "is_company": True}, []),
    ([("name", "Ok"), ("company_type", "company")], {"name": "Ok", "is_company": True}, []),
    ([("name", "Ok GmbH"), ("is_company", False)], {"is_company": False}, []),
    ([("lastname", "Ok"), ("salutation", "Firma")], {"name": "Ok", "is_company": True}, []),
    ([("company", "Ok")], {"name": "Ok", "is_company": True}, []),
    ([("company", "Ok"), ("company.city", "Ulm")], {"name": "Ok", "city": "Ulm"}, []),
    (
        [("company", "Ok"), ("lastname", "Berg"), ("vat", "DE1"), ("city", "Ulm")],
        {
            "name": "Berg",
            "company": {"name": "Ok", "is_company": True, "vat": "DE1", "city": "Ulm"},
        },
        [],
    ),
    (
        [("company", "Ok"), ("name", "Berg"), ("company.city", "Ulm"), ("city", "Bonn")],
        {"city": "Bonn", "company": {"name": "Ok", "is_company": True, "city": "Ulm"}},
        [],
    ),
    (
        [("name", "Ok AG"), ("firstname", "Eva"), ("lastname", "Berg")],
        {"name": "Eva Berg", "company": {"name": "Ok AG", "is_company": True}},
        [],
    ),
    (
        [
            ("company", "Ok"),
            ("ref", "7"),
            ("contact.lastname", "Berg"),
            ("contact.email", "a@x.de"),
        ],
        {
            "name": "Berg",
            "email": "a@x.de",
            "company": {"name": "Ok", "is_company": True, "ref": "7"},
        },
        [],
    ),
    ([("name", "Ok AG"), ("contact.phone", "1")], {"name": "Ok AG", "phone": "1"}, []),
    ([("email", "a@x.de")], {"name": "a@x.de"}, []),
    ([("city", "Ulm")], {}, [("name", "nobody")]),
    ([("firstname", "Otto"), ("lastname", "otto")], {}, [("lastname", "doubled")]),
    ([("name", "Eva Berg"), ("salutation", "ms")], {"salutation": "ms"}, []),
    ([("street", "Weg"), ("house_number", 5), ("name", "Berg")], {"street": "Weg 5"}, []),
    ([("house_number", 5), ("name", "Berg")], {"name": "Berg"}, []),
    ([("name", "Ok"), ("company", "Ok"), ("name_more", "Werk 2")], {"name": "Ok"}, []),
    ([("name", "Ok AG"), ("name_more", "Werk 2")], {"name": "Ok AG Werk 2"}, []),
    ([("name", "Eva Berg"), ("name_more", "c/o Kaul")], {"street2": "c/o Kaul"}, []),
    # a second line of the name: the first name, somebody at the firm, or the firm of somebody
    (
        [("name", "Müller"), ("name_more", "Hans Peter")],
        {"firstname": "Hans Peter", "lastname": "Müller", "street2": None},
        [],
    ),
    ([("lastname", "Müller"), ("name_more", "Eva")], {"name": "Eva Müller"}, []),
    ([("lastname", "Müller"), ("name_more", "Hinterhaus")], {"street2": "Hinterhaus"}, []),
    ([("lastname", "Müller"), ("name_more", "Eva Meier")], {"street2": "Eva Meier"}, []),
    ([("name", "Otto Müller"), ("name_more", "Eva")], {"street2": "Eva"}, []),
    (
        [("name", "Eva Berg"), ("name_more", "Kaul GmbH"), ("name_more", "Werk 2")],
        {"name": "Eva Berg", "company": {"name": "Kaul GmbH Werk 2", "is_company": True}},
        [],
    ),
    ([("name", "Eva Berg"), ("name_more", "c/o Ok GmbH")], {"street2": "c/o Ok GmbH"}, []),
    (
        [("name", "Ok GmbH"), ("name_more", "Werk 2"), ("name_more", "z. Hd. Frau Dr. Eva Berg")],
        {
            "name": "Dr. Eva Berg",
            "salutation": "ms",
            "company": {"name": "Ok GmbH Werk 2", "is_company": True},
        },
        [],
    ),
    (
        [("name", "Hotel Post"), ("name_more", "zu Händen Berg"), ("contact.phone", "07")],
        {"name": "Berg", "phone": "07"},
        [],
    ),
    ([("name", "Ok GmbH"), ("name_more", "Eva Berg")], {"name": "Eva Berg"}, []),
    ([("name", "Hotel Post"), ("name_more", "Eva Berg")], {"name": "Hotel Post Eva Berg"}, []),
    ([("name", "Ok AG"), ("name_more", "Abteilung Einkauf")], {"is_company": True}, []),
    ([("name", "Ok AG"), ("name_more", "Familie Kurz")], {"name": "Ok AG Familie Kurz"}, []),
    (
        [("name", "Ok GmbH"), ("name_more", "Frau Berg"), ("contact.lastname", "Kaul")],
        {
            "name": "Kaul",
            "company": {"name": "Ok GmbH", "is_company": True, "comment": "Frau Berg"},
        },
        [],
    ),
    (
        [("name", "Eva Berg"), ("street2", "OT"), ("street2", "Hof"), ("name_more", "c/o Kaul")],
        {"street2": "c/o Kaul, OT, Hof"},
        [],
    ),
    ([("name", "Berg"), ("comment", "a"), ("comment_line", "b")], {"comment": "a\nX: b"}, []),
    ([("name", "Berg"), ("category_id", ["a"]), ("category_id", "b")], {"tags": ["a", "b"]}, []),
    (
        [("name", "Ok AG"), ("figure.revenue:2024", 5), ("figure.headcount:2024", 3)],
        {"figures": [{"year": 2024, "revenue": 5, "headcount": 3}]},
        [],
    ),
    (
        [("name", "Ok AG"), ("figure.revenue:2024", 5), ("figure.revenue:2023", 4)],
        {"figures": [{"year": 2024, "revenue": 5}, {"year": 2023, "revenue": 4}]},
        [],
    ),
    ([("name", "Ok AG"), ("figure.revenue", 5)], {"figures": [{"year": None, "revenue": 5}]}, []),
    (
        [("name", "Berg"), ("invoice.city", "Ulm")],
        {"addresses": [{"type": "invoice", "city": "Ulm"}]},
        [],
    ),
    (
        [("name", "Berg"), ("household_id", "K 7"), ("household_role", "head")],
        {"household": {"key": "k 7", "name": "K 7", "role": "head"}},
        [],
    ),
    ([("name", "Berg"), ("household_id", 7)], {"household": {"key": "7", "name": "7"}}, []),
    ([("name", "Ok AG"), ("household_id", "7")], {"name": "Ok AG"}, []),
    ([("name", "Berg"), ("consent", "ja"), ("ignore", "x")], {"name": "Berg"}, []),
]


def test_rows():
    for said, wanted, codes in ROWS:
        values, problems = composed([(target, value, "X") for target, value in said])
        assert {name: values.get(name) for name in wanted} == wanted, said
        assert problems == codes, said


@given(
    st.lists(st.tuples(st.sampled_from(["name", "firstname", "lastname", "company"]), st.text()))
)
def test_names_never_fail(said):
    values, _problems = composed([(*pair, "") for pair in said])
    assert isinstance(values["is_company"], bool)


def test_what_a_heading_says_of_its_values():
    def said(target, value, heading):
        return composed([("name", "Klein", ""), (target, value, heading)])[0]

    for heading in ("Nachname Vorname", "Nachname/Vorname", "Zuname Vorname"):
        values = said("name", "Müller Hans", heading)
        assert (values["firstname"], values["lastname"]) == ("Hans", "Müller")
    for text, last in (
        ("Müller, Hans", "Müller"),
        ("Hotel Post", None),
        ("Müller Hans Peter", "Müller"),
        ("Dr. Müller Hans", "Müller"),
        ("Müller Dr. Hans", "Müller"),
        ("von der Heide Anna", "von der Heide"),
        ("García Márquez Gabriel", "García Márquez"),
        ("Otto Xaveria", "Otto"),
        ("Müller Hans und Eva", "Müller"),
    ):
        assert said("name", text, "Nachname Vorname").get("lastname") == last
    assert said("street2", "12 34", "Postfach")["street2"] == "Postfach 12 34"
    assert said("street2", "Hinterhaus", "Postfach")["street2"] == "Hinterhaus"


def test_an_empty_cell_that_deletes_becomes_no_word():
    """Of what several columns fill together nothing is deleted."""
    for target, heading in (
        ("name", "Nachname Vorname"),
        ("name_last_first", "Name"),
        ("house_number", "Nr."),
        ("name_more", "Name 2"),
        ("email_more", "E-Mail privat"),
        ("category_id", "Gruppe"),
        ("figure.revenue", "Umsatz"),
        ("contact.city", "Ort"),
        ("company.city", "Ort"),
    ):
        values, problems = composed([("lastname", "Berg", ""), (target, None, heading)])
        assert (values, problems) == composed([("lastname", "Berg", "")]), target
    assert composed([("name", "Berg", ""), ("street2", None, "Postfach")])[0]["street2"] is None
