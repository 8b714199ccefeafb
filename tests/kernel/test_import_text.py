"""Texts as German programs write them: encoding, separator, quotes, line ends."""

import csv
from io import BytesIO, StringIO

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from import_files import cells, read, refused

from odoo.addons.kunden_crm.kernel import import_lines
from odoo.addons.kunden_crm.kernel.import_file import LIMITS, opened, rows
from odoo.addons.kunden_crm.kernel.import_separator import is_wrapped, separator_of

LAW = settings(derandomize=True, deadline=None, max_examples=100, database=None)
LIST = "Name;Straße;Ort\r\nJürgen Weiß;Am Mühlbach 3;Köln\r\nÄnne Größ;Übersee;Öhringen\r\n"
READ = [line.split(";") for line in LIST.split("\r\n")[:3]]
SMALL = LIMITS._replace(rows=3, columns=3, cell=20, record=60, record_lines=4, quote_errors=2)


def test_an_encoding_is_found():
    for encoding, mark in (
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
        ("mac_roman", b""),
        ("cp850", b""),
    ):
        known, found = read(mark + LIST.encode(encoding))
        assert (known.encoding, known.separator) == (encoding, ";")
        assert [row.cells for row in found] == READ, encoding
        guessed = [] if encoding.startswith("utf") else ["encoding_guessed"]
        assert [code for code, _details in known.hints] == guessed, encoding


def test_one_word_is_enough():
    words = "Müller Köln Straße ÖHRINGEN Bär René Überlingen Größ Jürgen Weiß Ärzte fußläufig"
    for encoding in ("cp1252", "mac_roman", "cp850"):
        for word in [*words.split(), "Naïve Señora", "“Söhne”" if encoding != "cp850" else "Süd"]:
            content = f"Name;Nr\n{word};1\n".encode(encoding)
            assert cells(content) == [["Name", "Nr"], [word, "1"]], (encoding, word)
    assert cells("Name;Nr\n„Müller“ – Söhne;5 €".encode("cp1252"))[1] == ["„Müller“ – Söhne", "5 €"]


def test_the_euro_sign_at_a4_is_told():
    for text, encoding in (("Müller;5 €\n", "iso8859-15"), ("„Müller“;5 ¤\n", "cp1252")):
        known, found = read(text.encode(encoding))
        assert found[0].cells == text.strip().split(";")
        assert ("currency_sign", {"encoding": encoding, "count": 1}) in known.hints


def test_a_doubtful_page_is_told_and_can_be_chosen():
    content = "Name;Nr\nA;1²\n".encode("cp1252")
    assert "encoding_unsure" in dict(read(content)[0].hints)
    assert cells(content, encoding="cp850")[1] == ["A", "1▓"]
    assert cells("a,b;c".encode("utf-8-sig"), encoding="utf-8", separator=",") == [["a", "b;c"]]
    assert refused(content, encoding="klingon")[0] == "unknown_encoding"
    assert refused(b"a;\x81\n", encoding="cp1252")[1]["offset"] == 2


def test_bytes_that_are_no_letters_are_named():
    for content, encoding, offset, line in (
        (b"Name\nK\xed\xa0\x80ln\n", "utf-8", 6, 2),
        ("Müller;Größe;".encode() + b"K\xffln", "utf-8", 17, 1),
        (b"Name;Ort\nM\xc3\x28ller;Ulm\n", "utf-8", 10, 2),
        (b"Name;Ort\nM\xe2\x28\xa1;Ulm\n", "utf-8", 10, 2),
        (b"Name;Ort\nUlm;K\xc3\xb6ln\nUlm;K\xc3", "utf-8", 24, 3),
        (b"\xef\xbb\xbfName\nM\xfcller\n", "utf-8", 9, 2),
        (b"\xff\xfea\0\0\xd8b\0", "utf-16-le", 4, 1),
        (b"\xff\xfea\0b", "utf-16-le", 4, 1),
        (("Ä" * 200_000).encode() + b"\xff", "utf-8", 400_000, 1),
        (b"a\x81\x8d\x8f\x90\x9d\xff\xfe\x00\x01", "utf-8", 1, 1),
    ):
        code, found = refused(content)
        assert code == "invalid_bytes"
        assert (found["encoding"], found["offset"], found["line"]) == (encoding, offset, line)


def test_separators_line_ends_and_ragged_rows():
    for content, expected in (
        ("a;b\rc;d\r", [["a", "b"], ["c", "d"]]),
        ("a;b\rc;d\ne;f\r\ng;h", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]),
        ("sep=;\r\na;b\n", [["a", "b"]]),
        ("sep=|\na;b|c\n", [["a;b", "c"]]),
        ("sep=\t\na\tb,c,d\n", [["a", "b,c,d"]]),
        ("name;phone\nA;1;2\nB\n", [["name", "phone"], ["A", "1", "2"], ["B"]]),
        ("n;u\nA, B;1,5\nC, D;2,5\n", [["n", "u"], ["A, B", "1,5"], ["C, D", "2,5"]]),
        ("n,u\nA;B,1\n", [["n", "u"], ["A;B", "1"]]),
        ('n,u\n"A;x;y",1\n"B;x;y",2\n', [["n", "u"], ["A;x;y", "1"], ["B;x;y", "2"]]),
        ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
        ("a|b\nc|d\n", [["a", "b"], ["c", "d"]]),
        (
            "Kundenliste, Stand 2024\n\nn;u;v\n1;2;3\n",
            [["Kundenliste, Stand 2024"], ["n", "u", "v"], ["1", "2", "3"]],
        ),
        ("n;u;;;\n1;;3;;\n;;;;\n", [["n", "u"], ["1", None, "3"]]),
        ("Name\nAda\n", [["Name"], ["Ada"]]),
        ('a;"x ""y"" z"\n', [["a", 'x "y" z']]),
        ('a;12" Rohr\n', [["a", '12" Rohr']]),
        ("a;b\n\x1a", [["a", "b"]]),
    ):
        assert cells(content.encode()) == expected, content
    assert ("one_column", {}) in read(b"Name\nAda\n")[0].hints


def test_lines_in_quotes_as_a_whole():
    table = [["n", "o", "p"], ["A;x", "B", 'C "c"'], ["D", "E"]]
    content = b'"n;o;p"\r\n"""A;x"";B;""C """"c"""""""\r\n\r\n"D;E;"\r\n'
    known, found = read(content)
    assert ([row.cells for row in found], known.separator) == (table, ";")
    assert ("lines_quoted", {}) in known.hints
    stream = BytesIO(content)
    assert list(rows(stream, known, after=2, position=found[1].position)) == found[2:]
    spoiled = read(content.replace(b'"D;E;"', b'"""D"" x;E;F"'))[1][2]
    assert (spoiled.cells, spoiled.notes) == (['"D" x', "E", "F"], [(None, "quote_mended")])
    for one in (b'"n"\n"A, B"\n', b'"n, o"\n"A, B"\n', b'"n"\n"A; B"\n"C; D"\n', b'"n;o"\n'):
        known, found = read(one)
        assert ("one_column", {}) in known.hints
        assert {len(row.cells) for row in found} == {1}
    assert cells(b'"n,o,p"\n"1,2,3"\n') == [["n", "o", "p"], ["1", "2", "3"]]
    assert cells(b'"n";"o"\n"1";"2"\n') == [["n", "o"], ["1", "2"]]
    allowed = csv.field_size_limit(3)
    try:
        assert not is_wrapped(['"n;o"\n', '"12345;o"\n'])
    finally:
        csv.field_size_limit(allowed)


def test_what_another_program_allows_a_cell_does_not_matter():
    allowed = csv.field_size_limit(10)
    try:
        content = b"n;o\n" + b"x" * 20 + b";y\n"
        assert separator_of(content.decode().splitlines(True)) is None
        assert refused(b"a;b\x81\n", encoding="cp1252")[0] == "invalid_bytes"
        assert cells(content, separator=";")[1] == ["x" * 20, "y"]
    finally:
        csv.field_size_limit(allowed)


def test_rows_are_numbered_as_the_lines_they_begin_on():
    content = b'n;c\n"A\nB";"x\r\ny"\n\nC;z\n'
    _known, found = read(content)
    assert [(row.number, row.cells) for row in found] == [
        (1, ["n", "c"]),
        (2, ["A\nB", "x\r\ny"]),
        (6, ["C", "z"]),
    ]
    assert [content[row.position :][:1] for row in found] == [b"n", b'"', b"C"]


def test_wrong_quotes_spoil_one_row():
    for content, expected, wrong in (
        ('n;o\n"Müller;Köln\nMeier;Bonn\n"Schulz";Ulm\n', ['"Müller', "Meier", "Schulz"], 2),
        ('n;o\n"Firma "M" GmbH";Köln\nMeier;Bonn\n', ['Firma "M" GmbH', "Meier"], 2),
        ('n;o\nMeier;Bonn\n"Ende;', ["Meier", '"Ende'], 3),
        ('n;o\n"Ende;' + "\nx;y" * 5, ['"Ende', *"xxxxx"], 2),
        (
            'n;o\n"' + "x" * 50 + "\n" + "y" * 20 + ";z\nMeier;\n",
            ['"' + "x" * 19, "y" * 20, "Meier"],
            2,
        ),
    ):
        _known, found = read(content.encode(), SMALL._replace(rows=100))
        assert [row.cells[0] for row in found[1:]] == expected
        noted = [row.number for row in found if row.notes]
        assert noted == [wrong], content
        sound = '"M"' in content
        code = "quote_mended" if sound else "quote_error"
        assert dict(found[wrong - 1].notes)[None] == code
    content = b'n;o\n"a;1\n"c;2\n"e"f"";3;\n'
    assert refused(content, SMALL) == ("quote_errors", {"row": 4, "count": 3})


def test_what_does_not_fit_is_noted():
    _known, found = read(
        b"n;o\nA\0B;" + b"x" * 21 + b'\n1;2;3;4\n"c\0"d;\0\n', SMALL._replace(rows=9)
    )
    assert found[1].cells == ["AB", "x" * 20]
    assert sorted(found[1].notes) == [(0, "null_character"), (1, "cell_too_long")]
    assert (found[2].cells, found[2].notes) == (["1", "2", "3"], [(3, "beyond_columns")])
    assert found[3].notes == [(None, "quote_error"), (0, "null_character"), (1, "null_character")]
    _known, found = read(b"n;o\nA;B;;C\nD\n", width=2)
    assert (found[1].notes, found[2].cells) == ([(3, "too_many_cells")], ["D", None])
    assert refused(b"a;b\n" * 7, SMALL)[0] == "too_many_rows"
    long = b"n;o\n" + (b"x" * 60_000 + b";y\n") * 5
    assert (len(cells(long)), read(long)[0].separator) == (6, ";")
    assert refused(b"x" * 70, SMALL) == ("line_too_long", {"line": 1, "limit": 60})


def test_reading_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(import_lines, "CHUNK", 7)
    text = 'n;o\r\n"Mü\r\nller";€\n\r\nÖ;"a""b"\r"x"y;1\nß;5\n'
    for encoding in ("utf-8", "utf-16-le", "cp1252"):
        stream = BytesIO(text.encode(encoding))
        known = opened(stream, "k.csv", encoding=encoding)
        found = list(rows(stream, known))
        assert [row.number for row in found] == [1, 2, 5, 6, 7]
        for index, row in enumerate(found):
            for position in (0, row.position):
                rest = list(rows(stream, known, after=row.number, position=position))
                assert rest == found[index + 1 :]


TABLES = st.lists(
    st.lists(
        st.text(st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\r\t")),
        min_size=2,
        max_size=5,
    ),
    max_size=6,
)


@LAW
@given(
    TABLES,
    st.sampled_from(";,\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_what_was_written_is_read(table, separator, quoting, encoding):
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=quoting).writerows([["Ää", "Name"], *table])
    stream = BytesIO(text.getvalue().encode(encoding))
    chosen = {"encoding": "utf-16-le"} if encoding == "utf-16-le" else {}
    known = opened(stream, "k.csv", separator=separator, **chosen)
    found = [row.cells for row in rows(stream, known, width=5)]
    expected = [["Ää", "Name"], *(row for row in table if any(row))]
    assert found == [
        [*(cell or None for cell in row), *[None] * (5 - len(row))] for row in expected
    ]


@LAW
@given(TABLES, st.sampled_from(";,\t|"))
def test_the_separator_is_found_beside_any_text(table, separator):
    letters = [["".join(filter(str.isalnum, cell)) for cell in row] for row in table]
    assume(all(any(row) for row in letters))
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([["Name", "Ort", "PLZ"]] * 3 + letters)
    assert opened(BytesIO(text.getvalue().encode()), "k.csv").separator == separator
