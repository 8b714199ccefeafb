"""Legal forms: one table for telling companies, for writing their names, and for comparing them.

A form counts anywhere behind the first word, or, where its letters may mean something else, only
at the end of the name and in a spelling that leaves no doubt.
"""

import re
from typing import NamedTuple


class Form(NamedTuple):
    """A legal form: its name, a pattern, spellings kept as typed, and where it counts.

    ``kept`` are official spellings besides the name. A form ``at_end`` stands there only; one that
    is ``exact`` counts in the very letters of its pattern, else in any case.
    """

    name: str
    pattern: str
    kept: tuple = ()
    at_end: bool = False
    exact: bool = False


_LONG = {
    "GmbH": "Gesellschaft mit beschränkter Haftung",
    "AG": "Aktiengesellschaft",
    "KG": "Kommanditgesellschaft",
    "e. V.": "eingetragener Verein",
}
# The longer form stands before the shorter one that begins alike.
FORMS = (
    Form("gGmbH", r"g ?gmbh|g\.gmbh|g\. ?g\.m\.b\.h\."),
    Form("GmbH", r"g\. ?m\. ?b\. ?h\.*|gmbh\.*|g m b h"),
    Form(
        "GmbH",
        r"ges\.m\.b\.h\.|ges\. m\. b\. h\.|gesmbh",
        ("Ges.m.b.H.", "Ges. m. b. H.", "GesmbH"),
    ),
    Form("GmbH", r"gesellschaft mit beschränkter haftung", (_LONG["GmbH"],)),
    Form("AG", r"aktiengesellschaft", (_LONG["AG"],)),
    Form("KG", r"kommanditgesellschaft", (_LONG["KG"],)),
    Form("e. V.", r"eingetragener verein", (_LONG["e. V."],)),
    Form("mbH", r"m\. ?b\. ?h\.?|mbh"),
    Form("UG (haftungsbeschränkt)", r"ug ?\(?(?:haftungsbeschr(?:ä|ae)nkt|haftungsbeschr\.)\)?"),
    Form("UG", r"UG|U\.G\.", (), False, True),
    Form("UG", r"ug", (), True, True),
    Form("PartG mbB", r"part\.? ?g\.? ?m\.?b\.?b\.?", ("PartGmbB",)),
    Form("PartG", r"partg"),
    Form("mbB", r"mbb|m\.b\.b\."),
    Form("KGaA", r"kgaa|k\.g\.a\.a\.|kg a\.? ?a\.?"),
    Form("OHG", r"ohg|o\.h\.g\.?", ("oHG",)),
    Form("GesbR", r"gesbr|ges\.b\.r\.", ("GesBR",)),
    Form("eGbR", r"egbr"),
    Form("GbR", r"gbr|g\.b\.r\.?"),
    Form("VVaG", r"vvag|v\.v\.a\.g\."),
    Form("AöR", r"aör|a\.ö\.r\."),
    Form("KdöR", r"kdör|k\.d\.ö\.r\."),
    Form("e.Kfm.", r"e\.? ?(?:Kfm|kfm)\.?", (), False, True),
    Form("e.Kfr.", r"e\.? ?(?:Kfr|kfr)\.?", (), False, True),
    Form("e.K.", r"e\.? ?K\.?", (), False, True),
    Form("e.K.", r"[Ee]\. ?[Kk]\.", (), True, True),
    Form("e. V.", r"e\.? ?V\.?", (), False, True),
    Form("e. V.", r"[Ee]\. ?[Vv]\.", (), True, True),
    Form("eG", r"e\.? ?G\.*", (), False, True),
    Form("e.U.", r"e\.? ?U\.?|e\. ?u\.", (), True, True),
    Form("AG", r"AG|A\.G\.", (), False, True),
    Form("AG", r"ag", (), True, True),
    Form("KG", r"KG|K\.G\.", (), False, True),
    Form("KG", r"kg", (), True, True),
    Form("SE", r"SE|S\.E\.", (), True, True),
    Form("OG", r"OG", (), True, True),
    Form("KEG", r"KEG", (), True, True),
    Form(
        "Sàrl",
        r"s\.?[aà]\.? ?r\.?l\.?",
        ("SARL", "S.A.R.L.", "S.A.R.L", "SàRL", "S.à r.l.", "S.à.r.l."),
    ),
    Form("S.r.l.", r"s\.?r\.?l\.?", ("SRL", "S.R.L.", "Srl")),
    Form("S.p.A.", r"[Ss]\.[Pp]\.[Aa]\.?|SpA", ("SpA", "S.p.a."), False, True),
    Form("S.A.S.", r"SAS|S\.A\.S\.?", ("SAS",), True, True),
    Form("S.A.", r"SA|s\.a\.", ("SA",), True, True),
    Form("S.A.", r"S\.A\.?", (), False, True),
    Form("Ltd.", r"limited|ltd\.?", ("Ltd", "Limited")),
    Form("LLC", r"llc|l\.l\.c\.", ("L.L.C.",)),
    Form("LLP", r"llp|l\.l\.p\.", ("L.L.P.",)),
    Form("Inc.", r"inc\.?", ("Inc",)),
    Form("Corp.", r"corp\.?", ("Corp",)),
    Form("plc", r"plc\.*", ("PLC", "Plc")),
    Form("Pty", r"pty\.?", ("Pty.",)),
    Form("B.V.", r"BV|b\.v\.", ("BV",), True, True),
    Form("B.V.", r"B\.V\.?", (), False, True),
    Form("N.V.", r"NV|n\.v\.", ("NV",), True, True),
    Form("N.V.", r"N\.V\.?", (), False, True),
    Form("AB", r"AB", (), True, True),
    Form("Oy", r"Oy|OY", (), True, True),
    Form("A/S", r"a/s"),
    Form("ApS", r"aps"),
    Form("Sp. z o.o.", r"sp\.? ?z ?o\.? ?o\.?", ("sp. z o.o.", "SP. Z O.O.", "Sp. z o. o.")),
    Form("s.r.o.", r"s\.r\.o\.?|spol\. s r\.o\.", ("spol. s r.o.",)),
    Form("d.o.o.", r"d\.o\.o\.?"),
    Form("a.s.", r"[Aa]\.[Ss]\.", ("A.S.",), True, True),
    Form("Kft.", r"kft\.?", ("Kft",), True),
)
_END = r"(?=[\s,;)]*$|\s*\()"


def _branch(number, form):
    """One form as a named branch of the pattern of all."""
    body = rf"(?<!^)(?:{form.pattern})" if form.exact else f"(?i:{form.pattern})"
    return f"(?P<f{number}>{body}{_END if form.at_end else ''})"


_ANY = re.compile(
    r"(?<![\w.&+/'-])(?:" + "|".join(_branch(*pair) for pair in enumerate(FORMS)) + r")(?![\w/'-])"
)
# "& Co. KG" behind the firm or another form.
_AND_CO = re.compile(
    r"(?P<joint> ?& ?| ?\+ ?| und | u\. ?)co\.? ?"
    r"(?P<last>k\.?g\.? ?a\.? ?a\.?|k\.?g\.?|o\.?h\.?g\.?)(?![\w.'-])",
    re.IGNORECASE,
)
_LAST = {"kg": "KG", "kgaa": "KGaA", "ohg": "OHG"}
_JOINTS = {"&": " & ", "und": " und ", "u.": " u. "}


class Found(NamedTuple):
    """A legal form in a text: where it stands, how it should be written there, its name."""

    start: int
    end: int
    spelling: str
    name: str


def _spelling(form, typed):
    """The form as it should be written where this was typed."""
    if typed in form.kept or typed.casefold() == form.name.casefold():
        return typed if typed in form.kept else form.name
    for text in (typed, typed.rstrip(".")):
        same = [kept for kept in form.kept if kept.casefold() == text.casefold()]
        if text in same or len(same) == 1:
            return text if text in same else same[0]
    return form.name


def _joint(match):
    """ "& Co. KG" as it should be written; blanks around a plus stay as they are."""
    joint = _JOINTS.get(match["joint"].strip().casefold(), match["joint"])
    last = _LAST[re.sub("[. ]", "", match["last"].casefold())]
    return Found(*match.span(), f"{joint}Co. {last}", last)


def find_forms(text):
    """The legal forms in a clean text, from left to right.

    Shape: clean text in, list of Found out, which do not overlap. "& Co. KG" is one of its own.
    Errors: none.
    Source: HGB § 19 (e.K., e.Kfm., e.Kfr., OHG, KG), GmbHG §§ 4 and 5a, AktG §§ 4 and 279,
    GenG § 3 (eG), PartGG § 2, UGB § 19 (e.U., OG); Duden (e. V., which no law spells).

    >>> [found.spelling for found in find_forms("Müller G.m.b.H. & Co.KG")]
    ['GmbH', ' & Co. KG']
    >>> find_forms("AG Nord"), find_forms("Hans Sp. Müller")
    ([], [])
    """
    joints = [_joint(match) for match in _AND_CO.finditer(text) if match.start()]
    for start, end, *_names in joints:
        text = text[:start] + "\n" * (end - start) + text[end:]
    forms = [(FORMS[int(match.lastgroup[1:])], match) for match in _ANY.finditer(text)]
    singles = [Found(*match.span(), _spelling(form, match[0]), form.name) for form, match in forms]
    return sorted(joints + singles)


def has_form(text):
    """Whether a clean text has a legal form.

    Shape: clean text in, yes or no out. Errors: none. Source: as find_forms.

    >>> has_form("Müller GmbH"), has_form("Hans Müller"), has_form("Hans & Co. KG")
    (True, False, True)
    """
    return bool(_ANY.search(text))
