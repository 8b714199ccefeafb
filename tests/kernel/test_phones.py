"""Telephone numbers as people type them, and the search for a part of one."""

from itertools import product

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from odoo.addons.kunden_crm.kernel.phone_search import search_forms
from odoo.addons.kunden_crm.kernel.phones import (
    REASONS,
    Phone,
    _read_any,
    _read_plain,
    read_phone,
)

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
PHONE_LIKE = st.text(st.sampled_from("0012345679 +-/().;,xAp٣４\n\ud800"), max_size=30)
COUNTRIES = st.sampled_from(["DE", "AT", "CH", "IT", "US", "HU", "RU", "XX", "", None])
COLOGNE = "+492214710900"


@pytest.mark.parametrize(
    "text",
    [
        "0221/4710-900",
        "0049 221 4710900",
        "+49 (0)221 4710900",
        "+49(0)221-4710 900",
        "02214710900",
        "0221 4710900",
        " 0221 / 47 10 900 ",
        "(0221) 4710900",
        "[0221] 4710900",
        "(0)221 4710900",
        "0 221 4710900",
        "0221.4710.900",
        "0221-4710900",
        "0221–4710–900",
        "0221 · 4710900",
        "0221\u00a04710\u2011900",
        "+49 0221 4710900",
        "+49 (221) 4710-900",
        "+49 [0] 221 4710900",
        "+ 49 221 4710900",
        "(+49) 221 4710900",
        "00 49 221 4710900",
        "(0049) 221 4710900",
        "0049/221/4710-900",
        "0049221/4710900",
        "+49.221.4710900",
        "+49-221-4710-900",
        "Tel.: 0221 4710900",
        "Telefon 0221 4710900",
        "tel:+49-221-4710900",
        "T: 0221 4710900",
        "0221 4710900.",
        "0221 4710900\n",
        "\u202d0221 4710900\u202c",
    ],
)
def test_one_number_in_many_spellings(text):
    phone = read_phone(text)
    assert (phone.e164, phone.extension, phone.valid, phone.reason) == (COLOGNE, "", True, "")
    assert phone.raw == text
    assert phone.national in {"0221 4710900", "0221 4710-900"}


@pytest.mark.parametrize(
    "text",
    [
        "030 123456 App. 12",
        "030 123456 App 12",
        "030 123456 app12",
        "030 123456 Apparat 12",
        "030 123456, App. 12",
        "030 123456 - App.: 12",
        "030 123456 (App. 12)",
        "030 123456;ext=12",
        "tel:+49-30-123456;ext=12",
        "030 123456 Durchwahl 12",
        "030 123456 Durchwahl: -12",
        "030 123456 DW 12",
        "030 123456 DW: 12",
        "030 123456 dw12",
        "030/123456 Nebenstelle 12",
        "030/123456 NSt. 12",
        "030/123456 Klappe 12",
        "030/123456 Kl. 12",
        "030 123456 ext. 12",
        "030 123456 Ext 12",
        "030 123456 extension 12",
        "030 123456 ext12",
        "030 123456x12",
        "030 123456 x 12",
        "030 123456 #12",
        "030 123456 intern 12",
        "+49 30 123456\nApp. 12",
    ],
)
def test_an_extension_is_never_part_of_the_number(text):
    phone = read_phone(text)
    assert phone[:4] == ("+4930123456", "12", "030 123456 App. 12", True)


@pytest.mark.parametrize(
    ("text", "country", "e164", "national"),
    [
        ("0221/4710-900", "DE", COLOGNE, "0221 4710-900"),
        ("0221/4710-0", "DE", "+4922147100", "0221 4710-0"),
        ("0221 4710 - 0", "DE", "+4922147100", "0221 4710-0"),
        ("0221 4710900", "DE", COLOGNE, "0221 4710900"),
        ("0221-47109", "DE", "+4922147109", "0221 47109"),
        ("0221-4710-900", "DE", COLOGNE, "0221 4710-900"),
        ("030-12-34-56-78", "DE", "+493012345678", "030 12345678"),
        ("0511/1 23 45-67", "DE", "+495111234567", "0511 12345-67"),
        ("02234/4710-12", "DE", "+492234471012", "02234 4710-12"),
        ("089 1234-0 DW 12", "DE", "+498912340", "089 1234-0 App. 12"),
        ("0171-1234567", "DE", "+491711234567", "0171 1234567"),
        ("0171-1234-567", "DE", "+491711234567", "0171 1234567"),
        ("0151 / 123 456 78", "DE", "+4915112345678", "01511 2345678"),
        ("Mobil 0171/1234567", "DE", "+491711234567", "0171 1234567"),
        ("0800 1234567", "DE", "+498001234567", "0800 1234567"),
        ("01805-123456", "DE", "+491805123456", "0180 5 123456"),
        ("0221 4710900", "de", COLOGNE, "0221 4710900"),
        ("0221 4710-900", "CH", None, ""),
        ("+49 221 4710-900", "CH", COLOGNE, "+49 221 4710-900"),
        ("044 668 18 00", "CH", "+41446681800", "044 668 18 00"),
        ("044/668 18 00", "CH", "+41446681800", "044 668 18 00"),
        ("079 123 45 67", "CH", "+41791234567", "079 123 45 67"),
        ("+41 (0)44/668 18 00", "DE", "+41446681800", "+41 44 668 18 00"),
        ("0041 44 668 18 00", "DE", "+41446681800", "+41 44 668 18 00"),
        ("01/58858-0", "AT", "+431588580", "01 58858-0"),
        ("0664/1234567", "AT", "+436641234567", "0664 1234567"),
        ("0043/1/58858-0", "AT", "+431588580", "01 58858-0"),
        ("+43 (0) 1 / 588 58 - 0", "DE", "+431588580", "+43 1 58858-0"),
        ("01 588 58 DW 12", "AT", "+43158858", "01 58858 App. 12"),
        ("+39 06 12345678", "DE", "+390612345678", "+39 06 1234 5678"),
        ("+39 (0)6 12345678", "DE", "+390612345678", "+39 06 1234 5678"),
        ("06 12345678", "IT", "+390612345678", "06 1234 5678"),
        ("912 345 678", "ES", "+34912345678", "912 34 56 78"),
        ("27 12 34", "LU", "+352271234", "27 12 34"),
        ("234 56 78", "LI", "+4232345678", "234 56 78"),
        ("(11) 2345-6789", "BR", "+551123456789", "(11) 2345-6789"),
        ("(212) 555-2368", "US", "+12125552368", "(212) 555-2368"),
        ("(212) 555-2368 x12", "US", "+12125552368", "(212) 555-2368 ext. 12"),
        ("0049 221 4710900", "US", COLOGNE, "+49 221 4710900"),
        ("020 7946 0958", "GB", "+442079460958", "020 7946 0958"),
        ("06 1 234 5678", "HU", "+3612345678", "(06 1) 234 5678"),
        ("8 (495) 123-45-67", "RU", "+74951234567", "8 (495) 123-45-67"),
        ("+49 221 4710900", None, COLOGNE, "+49 221 4710900"),
        ("+49 221 4710900", "XX", COLOGNE, "+49 221 4710900"),
        ("+882 16 1234567", "DE", "+882161234567", "+882 16 123 4567"),
    ],
)
def test_numbers_of_many_countries(text, country, e164, national):
    phone = read_phone(text, country)
    assert (phone.e164, phone.national) == (e164 or "", national)
    assert phone.valid == bool(e164)


@pytest.mark.parametrize(
    ("text", "country", "reason"),
    [
        (None, "DE", "empty"),
        (False, "DE", "empty"),
        ("", "DE", "empty"),
        (" \t\u202e", "DE", "empty"),
        ("keine", "DE", "no_number"),
        ("k.A.", "DE", "no_number"),
        ("-", "DE", "no_number"),
        ("?", "DE", "no_number"),
        ("+", "DE", "no_number"),
        ("hans@web.de", "DE", "no_number"),
        ("４９３０", "DE", "digits"),
        ("０３０１２３４５６", "DE", "digits"),
        ("٠٣٠١٢٣٤٥٦", "DE", "digits"),
        ("030 12345²", "DE", "digits"),
        ("0221 471O900", "DE", "letters"),
        ("0800 MUELLER", "DE", "letters"),
        ("0221 4710900 (privat)", "DE", "letters"),
        ("Fax 0221 4710900", "DE", "letters"),
        ("0221 4710900 App.", "DE", "letters"),
        ("0221 4710900 App. 12-14", "DE", "letters"),
        ("*31#02214710900", "DE", "letters"),
        ("0221 4710900 und", "DE", "letters"),
        ("0171 123 / 0221 456", "DE", "several"),
        ("0171 1234567 / 0221 4710900", "DE", "several"),
        ("0171 1234567/0221 4710900", "DE", "several"),
        ("0171 1234567; 0221 4710900", "DE", "several"),
        ("0171 1234567, 0221 4710900", "DE", "several"),
        ("0171 1234567 oder 0221 4710900", "DE", "several"),
        ("0171 1234567 und 0221 4710900", "DE", "several"),
        ("0171 1234567\n0221 4710900", "DE", "several"),
        ("0171 1234567 0221 4710900", "DE", "several"),
        ("030 1234 030 1235", "DE", "several"),
        ("+49 171 1234567 +49 221 4710900", "DE", "several"),
        ("+49 171 1234567 / +49 221 4710900", "DE", "several"),
        ("0221 4710900/901", "DE", "several"),
        ("0221/4710/900", "DE", "several"),
        ("123", "DE", "short"),
        ("110", "DE", "short"),
        ("112", "DE", "short"),
        ("4930", "DE", "short"),
        ("+49", "DE", "short"),
        ("0049", "DE", "short"),
        ("+49 221", "DE", "unknown"),
        ("0123456789012345", "DE", "long"),
        ("+4930123456789012345", "DE", "long"),
        ("0" * 300, "DE", "long"),
        ("030" + "1" * 200, "DE", "long"),
        ("4710900", "DE", "area"),
        ("221 4710900", "DE", "area"),
        ("116117", "DE", "area"),
        ("49 7755 91155", "DE", "country"),
        ("492214710900", "DE", "country"),
        ("43 1 58858", "DE", "country"),
        ("0221 4710900", None, "country"),
        ("0221 4710900", "", "country"),
        ("0221 4710900", "XX", "country"),
        ("0221 4710900", "\ud800", "country"),
        ("0000000000", "DE", "unknown"),
        ("0123456789", "DE", "unknown"),
        ("+999 123456", "DE", "unknown"),
        ("01/58858", "DE", "unknown"),
        ("00221 4710900", "DE", "short"),
    ],
)
def test_what_is_not_certain_is_left_to_a_person(text, country, reason):
    assert read_phone(text, country) == Phone(raw=text or "", reason=reason)


def test_every_region_reads_and_finds_its_own_numbers():
    kinds = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)
    for region, kind in product(sorted(phonenumbers.SUPPORTED_REGIONS), kinds):
        number = phonenumbers.example_number_for_type(region, kind)
        if not number or number.national_number < 10_000:
            continue
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        for shape in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL):
            shown = phonenumbers.format_number(number, shape)
            phone = read_phone(shown, region)
            assert phone.e164 == read_phone(phone.national, region).e164 == e164, shown
            assert any(form in e164 for form in search_forms(shown, region)), shown


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("4710900", "DE", ["4710900"]),
        ("221 4710", "DE", ["2214710"]),
        ("0221 4710", "DE", ["492214710", "02214710", "2214710"]),
        ("0221", "DE", ["49221", "0221"]),
        ("(0221) 47", "DE", ["4922147", "022147"]),
        ("+49 (0)221 4710", "DE", ["492214710", "02214710"]),
        ("0049 221 4710", "DE", ["492214710", "02214710", "00492214710"]),
        ("0010", "DE", ["0010"]),
        ("0900", "DE", ["49900", "0900"]),
        ("49221", "DE", ["49221"]),
        ("+49", "DE", []),
        ("+492", "DE", ["492"]),
        ("0664 123", "AT", ["43664123", "0664123", "664123"]),
        ("0664 1234", "DE", ["496641234", "06641234", "6641234"]),
        ("+39 06 123", "DE", ["3906123"]),
        ("+210 123", "DE", ["210123"]),
        ("06 123", "IT", ["06123"]),
        ("0221 4710", None, ["02214710"]),
        ("0221 4710-900 App. 12", "DE", ["492214710900", "02214710900", "2214710900"]),
        ("Tel. 0221 4710", "DE", ["492214710", "02214710", "2214710"]),
        ("50667", "DE", ["50667"]),
        ("12", "DE", []),
        ("Müller 123", "DE", []),
        ("50667 Köln", "DE", []),
        ("４９３０", "DE", []),
        ("", "DE", []),
        (None, "DE", []),
    ],
)
def test_search_forms(text, country, expected):
    assert search_forms(text, country) == expected


SPELLINGS = st.sampled_from(
    [
        "0{area}{number}",
        "0{area}/{number}",
        "0{area} {number}",
        "(0{area}) {number}",
        "+49 {area} {number}",
        "0049{area}{number}",
        "+49 (0){area}/{number}",
        "Tel.: 0{area}-{number}",
    ]
)


@LAW
@given(SPELLINGS, st.sampled_from(["30", "221", "2234", "89"]), st.integers(2000000, 9999999))
def test_any_spelling_of_a_number_finds_it(spelling, area, number):
    text = spelling.format(area=area, number=number)
    phone = read_phone(text)
    assert phone.e164 == f"+49{area}{number}"
    for typed in (text, text[:-3], str(number), str(number)[2:6], phone.national):
        assert any(form in phone.e164 for form in search_forms(typed)), typed


@LAW
@given(st.integers(1000, 99999), st.integers(0, 9999), st.integers(0, 99999))
def test_direct_dial_and_extension_survive_a_second_reading(number, direct, extension):
    phone = read_phone(f"0221 {number}-{direct} App. {extension}")
    again = read_phone(phone.national)
    assert phone.valid
    assert phone.national == f"0221 {number}-{direct} App. {extension}"
    assert again == phone._replace(raw=phone.national)


@LAW
@given(ANY_TEXT | PHONE_LIKE, COUNTRIES)
def test_no_text_raises_and_every_verdict_is_whole(text, country):
    phone = read_phone(text, country)
    assert phone.raw == text
    assert phone.valid == bool(phone.e164) == bool(phone.national) == (phone.reason == "")
    assert phone.valid or phone.reason in REASONS
    assert len(phone.e164) < 17
    assert len(phone.national) < 40
    assert all(form.isdigit() and len(form) > 2 for form in search_forms(text, country))


@LAW
@given(PHONE_LIKE, COUNTRIES)
def test_reading_what_is_shown_gives_the_same_number(text, country):
    phone = read_phone(text, country)
    if phone.valid:
        again = read_phone(phone.national, country)
        assert again == phone._replace(raw=phone.national)


@LAW
@given(st.text(st.sampled_from("0123456789 /-ABCabcXYZäöü"), max_size=25))
def test_letters_are_never_dialled(text):
    phone = read_phone(text)
    typed = "".join(char for char in text if char.isdigit())
    if phone.valid:
        assert (phone.e164[3:] + phone.extension).endswith(typed.lstrip("0")[-4:])
        assert len(phone.e164[3:] + phone.extension) <= len(typed)


@LAW
@given(
    st.sampled_from(["0", "+49 ", "+49", "+43", "+43 ", "+41 ", "00", ""]),
    st.sampled_from(["221", "30", "89", "7755", "171", "1", "512", "44", "79", "800", "49", "900"]),
    st.sampled_from(["", " ", "/"]),
    st.lists(st.integers(0, 99_999), max_size=4),
    st.sampled_from(["DE", "AT", "CH", "IT", ""]),
)
def test_the_usual_spelling_is_read_as_any_other(head, area, sign, groups, country):
    text = f"{head}{area}{sign}{' '.join(map(str, groups))}"
    assert _read_plain(text, country) in (None, _read_any(text, country))


def test_the_usual_spelling_is_known():
    for text, country in (("0221 4710900", "DE"), ("+43 512 123456", "AT"), ("079/1234567", "CH")):
        assert _read_plain(text, country) == _read_any(text, country)
    careful = (("0800 123456", "DE"), ("0221 4710-900", "DE"), ("0300123456789", "DE"))
    for text, country in (*careful, ("02 1234567", "IT")):
        assert _read_plain(text, country) is None
