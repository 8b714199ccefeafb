"""Headings and values of real lists, and what they are taken for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standard_laws import LAW

from odoo.addons.kunden_crm.kernel.import_columns import Match, Target, column_keys, matched
from odoo.addons.kunden_crm.kernel.import_content import (
    LOOKED_AT,
    UNCLEAR,
    looks_like,
    refined,
    texts_of,
)
from odoo.addons.kunden_crm.kernel.import_parts import COMPOSITE, PARTS, parts_of
from odoo.addons.kunden_crm.kernel.import_targets import (
    NAMING,
    NEXT,
    RELATED,
    SEVERAL,
    SPECIAL,
    base_of,
    header_factor,
    header_key,
    kind_of,
    synonyms,
)

KNOWN = {target for target, _certainty in synonyms().values()} | set(SPECIAL)
KNOWN |= {f"{whose}.{name}" for whose, names in RELATED.items() for name in names}
TARGETS = [Target(name) for name in sorted(KNOWN)]
TARGETS += [Target("x_kunden_haustier", ("Haustier", "Pet")), Target("x_kunden_name", ("Anreiz",))]

# Heading, what it fills. One file each.
FILES = {
    "outlook": """Anrede=salutation; Vorname=firstname; Suffix=comment_line
        Weitere Vornamen=comment_line
        Nachname=lastname; Firma=company; Abteilung=comment_line; Position=function
        Straße geschäftlich=company.street; Ort geschäftlich=company.city; Straße privat=street
        Postleitzahl geschäftlich=company.zip; Land/Region geschäftlich=company.country_id
        Ort privat=city; Postleitzahl privat=zip; Fax geschäftlich=comment_line
        Telefon geschäftlich=company.phone; Telefon geschäftlich 2=phone_more
        Telefon privat=phone
        Mobiltelefon=mobile; E-Mail-Adresse=email; E-Mail 2: Adresse=email_more
        Geburtstag=birthdate_date; Kategorien=category_id; Notizen=comment; Webseite=website
        Bundesland geschäftlich=""",
    "datev": """Konto=debtor_account; Adressattyp=company_type
        Name (Adressattyp Unternehmen)=company
        Name (Adressattyp keine Angabe)=name; Adelstitel=name_prefix; Namensvorsatz=name_prefix
        Unternehmensgegenstand=comment_line; Name (Adressattyp natürl. Person)=lastname
        Vorname (Adressattyp natürl. Person)=firstname; Kurzbezeichnung=ignore; EU-Land=
        EU-UStID=vat; Anrede=salutation; Titel/Akad. Grad=academic_title; Straße=street
        Postleitzahl=zip; Ort=city; Land=country_id; Telefon=phone; E-Mail=email; IBAN-Nr. 1=iban
        SWIFT-Code 1=bic""",
    "shop": """Kd-Nr.=ref; Name 1=name; Name 2=name_more; Str.=street; Hausnr.=house_number
        PLZ/Ort=zip_city; Tel.=phone; mobil-nr=mobile; geb. am=birthdate_date
        Umsatz 2022=figure.revenue:2022; Umsatz 2023 (T€)=figure.revenue:2023; Bem.=comment
        Mitarbeiter 2023=figure.headcount:2023; Mitarbeiter=employee_quantity; Notiz=comment
        Einwilligung Newsletter=consent; Ansprechpartner=contact.person; Haustier=x_kunden_haustier
        Ansprechpartner E-Mail=contact.email; Rechnungsstraße=invoice.street; Umsatz=figure.revenue
        Rechnungs-PLZ=invoice.zip; Lieferadresse Ort=delivery.city; Familie=household_id""",
    "google 2024": """First Name=firstname; Last Name=lastname; Name Suffix=comment_line
        Organization Name=company; Organization Title=function; Labels=category_id
        Organization Department=comment_line; E-mail 1 - Value=email; E-mail 2 - Value=email_more
        Phone 1 - Value=phone; Address 1 - Formatted=ignore; Address 1 - Street=street
        Address 1 - City=city; Address 1 - Postal Code=zip""",
    "google": """Given Name=firstname; Family Name=lastname; Phone 1 - Value=phone
        E-mail 1 - Value=email; Address 1 - Street=street; Address 1 - City=city
        Address 1 - Postal Code=zip; Organization 1 - Name=company; Group Membership=category_id
        Website 1 - Value=website; Birthday=birthdate_date; Notes=comment""",
    "vcard": "FN=name; ORG=company; TEL=phone; EMAIL=email; ADR=address; BDAY=birthdate_date",
    "austria": """Zuname=lastname; Vorname=firstname; Anschrift=address; UID=vat; Natel=mobile
        Firmenbuchnummer=company_registry; Kanton=state_id; Zivilstand=marital_status""",
    "names": "Vorname=firstname; Name=lastname",
    "one name": "Name=name; Stadt=city",
    "contact alone": "Ansprechpartner=person; Ansprechpartner Telefon=phone; zip=zip",
    "firm and contact": "Name=name; Kontaktperson=contact.person; Telefon Firma=company.phone",
    "phones": "Telefon 1=phone; Telefon 2=mobile; Telefon 3=phone_more; Büro Tel.=phone_more",
    "lexoffice": """Kundennummer=ref; Firmenname=company; Vorname=firstname; Nachname=lastname
        E-Mail Privat=email_more; E-Mail Geschäftlich=email; E-Mail Sonstige=email_more
        Telefon privat=phone; Telefon geschäftlich=company.phone; Telefon mobil=mobile
        Telefon Sonstige=phone_more""",
    "business alone": "Firma=company; Straße geschäftlich=street; PLZ geschäftlich=zip",
    "ways": """Tel. privat=phone; Tel. dienstl.=mobile; Telefon (Durchwahl)=phone_more
        E-Mail Buchhaltung=email; Jahresumsatz 2023 in T€=figure.revenue:2023
        billing_city=invoice.city; billing_address_1=invoice.street
        Umsatz (netto)=figure.revenue; Kundin seit=comment_line
        Rechnungsempfänger Name=invoice.name; Rechnung (Ort)=; Umsatz Vorjahr=
        Newsletter NL=consent; Telefon Zentrale (Firma)=company.phone""",
    "private": """Name=name; Privatkunde=; Privatperson=; Privatnummer=phone
        Fax privat=comment_line""",
    "sap": """KUNNR=ref; NAME1=name; STRAS=street; PSTLZ=zip; ORT01=city; TELF1=phone
        LAND1=country_id""",
    "of a column": "Phone 1 - Value=phone; Phone 1 - Label=; Telefon erlaubt=; Telefon gesperrt=",
    "unknown": "Foo=; Bar 7=; =; #=ignore; Rechnungsbranche=",
}


def guessed(headers, samples=None, **more):
    """The names of the targets for headings."""
    found = matched(headers, samples or [[] for _header in headers], TARGETS, **more)
    return [match.target for match in found]


@pytest.mark.parametrize("name", FILES)
def test_headings_of_a_file(name):
    pairs = [
        pair.strip().rpartition("=")[::2] for pair in FILES[name].replace("\n", ";").split(";")
    ]
    headers = [header for header, _target in pairs]
    assert dict(zip(headers, guessed(headers), strict=True)) == dict(pairs)


def test_a_synonym_names_one_target_and_every_target_is_one():
    assert len(synonyms()) > 1000
    assert all(key == header_key(key) and key for key in synonyms())
    fields = KNOWN - set(SPECIAL)
    assert NAMING | SEVERAL | set(NEXT) | set(PARTS) <= KNOWN
    assert {name for name in fields if "." in name} <= {
        f"{whose}.{name}" for whose in RELATED for name in RELATED[whose]
    }


# Values, what they are; the likeliest mistakes beside them.
VALUES = [
    (["a@x.de", "B@y.com", None], "email"),
    (["DE89 3704 0044 0532 0130 00"], "iban"),
    (["DE123456788", "ATU12345675"], "vat"),
    (["www.ok.de", "https://x.com/a"], "website"),
    (["Hauptstr. 5, 50667 Köln", "Am Wall 3\n10115 Berlin"], "address"),
    (["50667 Köln", "D-01067 Dresden"], "zip_city"),
    (["31.12.1980", "1.2.1975", "3. März 1990"], "birthdate_date"),
    ([date(1980, 12, 31)], "birthdate_date"),
    (["03/04/1980", "05.06.71"], "birthdate_date"),
    (["31.12.2024"], ""),
    (["50667", "01067"], "zip"),
    ([50667.0, 10115.0], "zip"),
    (["0221 4710900", "+49 30 123456"], "phone"),
    (["0171 1234567", "0160/9876543"], "mobile"),
    (["Herr", "Frau", "Firma", "Familie"], "salutation"),
    (["m", "w", "d", "m"], "gender"),
    (["D", "AT", "Schweiz"], "country_id"),
    (["GmbH", "e.K.", "AG"], "partner_company_type_id"),
    (["Müller GmbH", "Meier KG", "Bäcker Schmitz"], "company"),
    (["Müller, Hans", "Berg, Anna"], "person"),
    (["Herr Hans Müller", "Frau Dr. Eva Berg"], "person"),
    (["Herr", "Frau Berg"], ""),
    (["Hauptstr. 5", "Am Wall 12a"], "street"),
    (["Hans", "Anna Maria", "Xyz"], "firstname"),
    (["rot", "blau", "grün"], ""),
    (["1", "2", "3"], ""),
    ([None, "", " ", False], ""),
    ([], ""),
]


@pytest.mark.parametrize(("values", "target"), VALUES, ids=repr)
def test_values_say_what_a_column_is(values, target):
    assert looks_like(values)[0] == target
    assert guessed(["Spalte 3"], [values]) == [target]
    assert guessed(["Foo"], [values]) == ["" if target in UNCLEAR else target]


def test_a_heading_is_seen_beside_its_values():
    table = [
        ("city", ["50667 Köln"], "zip_city"),
        ("city", ["Köln"], "city"),
        ("street", ["Hauptstr. 5, 50667 Köln"], "address"),
        ("address", ["Hauptstr. 5", "Am Wall 3"], "street"),
        ("name", ["Müller, Hans"], "person"),
        ("name", ["Müller GmbH"], "name"),
        ("email", ["0221 4710900"], "phone"),
        ("contact.person", ["a@x.de"], "email"),
        ("ref", ["1", "2", "3"], ""),
        ("ref", ["1001", "7"], "ref"),
        ("ref", [], "ref"),
        ("employee_quantity", ["Hans Müller"], ""),
        ("employee_quantity", ["12", "ca. 40"], "employee_quantity"),
        ("comment", ["a@x.de"], "comment"),
    ]
    for target, values, found in table:
        assert refined(target, values) == found, (target, values)
    assert guessed(["Mitarbeiter", "Nr."], [["Eva"], ["1", "2"]]) == ["", ""]
    assert guessed(["Kd.-Nr."], [["1", "2", "3"]]) == guessed(["Nr."], [["7", "12"]]) == ["ref"]
    assert guessed(["Haustier"], [["a@x.de"]]) == ["x_kunden_haustier"]
    assert len(texts_of(map(str, range(10, 500)))) == LOOKED_AT


def test_a_column_may_have_the_last_name_first():
    names = ["Müller Hans", "Berg Eva", "Kaul Anna", "Schwarz Ida", "Klein Ute", "Groß Max"]
    names += ["Kurz Uwe", "Lang Ina", "Ok GmbH"]
    swapped = [" ".join(reversed(name.split())) for name in names]
    for values, target in (
        (names, "name_last_first"),
        (names[2:], "name"),
        (swapped, "name"),
        (names + swapped[:2], "name"),
        ([*names, "Hotel Post", *["Eva Berg"] * 3], "name"),
    ):
        assert guessed(["Name"], [values]) == [target], values
    assert guessed(["Name", "Vorname"], [names, []]) == ["name_last_first", "firstname"]


def test_what_was_kept_comes_first_and_only_if_it_is_offered():
    kept = {
        "foo": "zip",
        "name": "",
        "tel#2": "mobile",
        "bar": "x_secret",
        "u": "figure.revenue:2020",
    }
    headers = ["Foo", "Name", "Tel.", "TEL", "Bar", "U", "PLZ"]
    found = matched(headers, [["1"]] * 7, TARGETS, kept)
    assert [(match.target, match.why) for match in found] == [
        ("zip", "kept"),
        ("", "kept"),
        ("", "double"),
        ("mobile", "kept"),
        ("", ""),
        ("figure.revenue:2020", "kept"),
        ("", ""),
    ]


def test_a_heading_that_stands_twice_is_left_to_a_person():
    assert guessed(["name", "Name"], [["a"], ["b"]]) == ["", ""]
    assert guessed(["Name", "Name"], [["a"], []]) == ["name", ""]
    assert guessed(["Notiz", "Notiz"], [["a"], ["b"]]) == ["comment", "comment"]
    assert column_keys(["A", "a", "", None]) == ["a", "a#2", "", "#2"]


def test_only_what_is_offered_is_filled():
    few = [Target("zip"), Target("phone"), Target("name", ("Kunde", "Customer"))]
    found = matched(
        ["PLZ", "Ort", "Tel", "Tel. 2", "KUNDE"], [["50667"], ["Köln"], [], [], []], few
    )
    assert found == [
        Match("zip", 90, "synonym"),
        Match(),
        Match("phone", 90, "synonym"),
        Match(),
        Match("name", 95, "label"),
    ]


@LAW
@given(
    st.lists(
        st.tuples(
            st.none() | st.sampled_from(sorted(synonyms())) | st.text(max_size=12),
            st.lists(st.sampled_from([None, "a@x.de", "50667", 7, 1.5, "Hans", "=1"]), max_size=3),
        ),
        max_size=8,
    )
)
def test_no_target_is_filled_twice(columns):
    headers, samples = [column[0] for column in columns], [column[1] for column in columns]
    found = matched(headers, samples, TARGETS)
    assert found == matched(headers, samples, TARGETS)
    once = [match.target for match in found if match.target and match.target not in SEVERAL]
    assert len(once) == len(set(once))
    assert all(match.target.partition(":")[0] in KNOWN | {""} for match in found)


CELLS = [
    ("zip_city", "D-50667 Köln", "country_id=DE zip=50667 city=Köln"),
    ("zip_city", "CH - 8001 Zürich", "country_id=CH zip=8001 city=Zürich"),
    ("zip_city", "A-1010 Wien", "country_id=AT zip=1010 city=Wien"),
    ("zip_city", "1234 AB Amsterdam", "zip=1234_AB city=Amsterdam"),
    ("zip_city", "XQ-50667 Köln", ""),
    ("zip_city", "50667", "zip=50667"),
    ("zip_city", "Köln", "city=Köln"),
    ("zip_city", "Köln 50667", "zip=50667 city=Köln"),
    ("zip_city", "50667 Köln 50668", ""),
    ("zip_city", " ", ""),
    ("address", "Hauptstr. 5, 50667 Köln", "street=Hauptstr._5 zip=50667 city=Köln"),
    ("address", "Hauptstr. 5 50667 Köln", "street=Hauptstr._5 zip=50667 city=Köln"),
    ("address", "Hauptstr. 5\n1010 Wien\nÖsterreich",
     "country_id=AT street=Hauptstr._5 zip=1010 city=Wien"),
    ("address", "c/o Berg\nAm Wall 3\n10115 Berlin",
     "street=Am_Wall_3 street2=c/o_Berg zip=10115 city=Berlin"),
    ("address", "Hof Eichen, 50667 Köln", "street=Hof_Eichen zip=50667 city=Köln"),
    ("address", "a, b, c 4, 50667 Köln", ""),
    ("address", "50667 Köln", "zip=50667 city=Köln"),
    ("address", "Hauptstr. 5", "street=Hauptstr._5"),
    ("address", "Hauptstr. 5000", ""),
    ("address", "Köln", ""),
    ("address", "Hauptstr. 5, Köln", ""),
    ("address", ",", "street=,"),
    ("address", "k.A.", "street=k.A."),
    ("invoice.zip_city", "50667 Köln", "invoice.zip=50667 invoice.city=Köln"),
    ("contact.person", "Müller GmbH", "contact.lastname=Müller_GmbH"),
    ("person", "Herr Dr. Hans Müller",
     "salutation=Herr academic_title=Dr. firstname=Hans lastname=Müller"),
    ("person", "Müller, Hans", "firstname=Hans lastname=Müller"),
    ("person", "Müller GmbH", "company=Müller_GmbH"),
    ("person", "Firma Meier", "company=Meier"),
    ("person", "Firma", "lastname=Firma"),
    ("salutation", "Herr Dr.", "salutation=Herr academic_title=Dr."),
    ("salutation", "Herr", "salutation=Herr"),
    ("salutation", "Herr und Frau", "salutation=Herr_und_Frau"),
    ("salutation", "Sehr geehrte Frau", "salutation=Sehr_geehrte_Frau"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "text", "parts"), CELLS, ids=repr)
def test_a_cell_with_several_things_is_taken_apart(target, text, parts):
    wanted = dict(part.replace("_", " ").split("=") for part in parts.split())
    found = {name.replace("_", " "): part for name, part in parts_of(target, text).items()}
    assert found == wanted
    assert {base_of(name) for name in parts_of(target, text)} <= set(PARTS)


def test_every_composite_reads_nothing_and_any_kind_is_known():
    assert [parts_of(target, None) for target in COMPOSITE] == [{}] * len(COMPOSITE)
    assert kind_of("x_kunden_tag", "many2many") == "many2many"
    factors = {
        "Umsatz in TEUR": 1000,
        "k€": 1000,
        "Mio. €": 10**6,
        "Tsd.": 1000,
        "Tel.": 1,
        None: 1,
    }
    assert {header: header_factor(header) for header in factors} == factors


def test_short_words_under_a_heading_that_nobody_knows_are_no_countries():
    samples = [["A", "B", "A"], ["Aus", "Aus", "Aus"]]
    assert guessed(["Klasse", "Privat"], samples) == ["", ""]
    assert guessed([None], [["DE", "CH", "AT"]]) == ["country_id"]


def test_a_second_column_of_fixed_lines_holds_no_mobile_numbers():
    headers, fixed = ["Telefon 1", "Telefon 2"], ["0228 334455", "0228 998877"]
    assert guessed(headers, [fixed, fixed]) == ["phone", "phone_more"]
    frankfurt = ["069 334455", "0711 998877"]
    assert guessed(headers, [fixed, frankfurt]) == ["phone", "phone_more"]
    assert guessed(headers, [fixed, ["0171 1234567", "0171 1234568"]]) == ["phone", "mobile"]
