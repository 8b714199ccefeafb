"""Names of companies: the legal form is written the official way, the rest as the company does.

Capitals and small letters of a firm are often on purpose (IBM, ebm-papst), so they stay: of
"MÜLLER GMBH" only GMBH is mended. Austrian "Ges.m.b.H." and dotless "BV" are official too and stay.

==============  ===================================================================
``spaces``      fixed: blanks or signs that no eye can see are gone
``legal_form``  fixed: the legal form was written the official way
``long``        ask: longer than 250 characters
``email``       ask: an e-mail address
``no_name``     ask: a legal form without a name
``doubled``     ask: the whole name twice
==============  ===================================================================
"""

from .legal_forms import find_forms
from .outcomes import asked, written
from .spelling import MAX_TEXT, standard
from .spelling_case import has_email, is_code
from .text import clean_text

REASONS = ("spaces", "legal_form", "long", "email", "no_name", "doubled")


@standard
def company_name(text, country="DE"):
    """The name of a company with its legal form in official spelling, at its place.

    Shape: text or nothing and a country code in, Outcome out; the forms of all countries are
    known in each. Errors: none; what is asked: see above. Source: as find_forms; HGB § 17 (the
    firm is the company's own).

    >>> [company_name(text).value for text in ("mueller gmbh", "MÜLLER GMBH&CO KG", "TSV e.V.")]
    ['mueller GmbH', 'MÜLLER GmbH & Co. KG', 'TSV e. V.']
    """
    if has_email(text):
        return asked(text, "email")
    if is_code(text):
        return written(text, text, "spaces")
    forms = find_forms(text)
    if forms and not _without(text, forms):
        return asked(text, "no_name")
    words = text.casefold().split()
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        return asked(text, "doubled")
    name = text
    for form in reversed(forms):
        if country == "AT" and "m.b.H." in name[form.start : form.end]:
            continue
        name = name[: form.start] + form.spelling + name[form.end :]
    return written(text, name, "legal_form")


def legal_form(text):
    """The legal form of a company as it is officially called, "" where the name has none.

    Shape: text or nothing in, text out; forms with "& Co." are one ("GmbH & Co. KG"). Errors: none.
    Source: as find_forms.

    >>> legal_form("Müller Ges.m.b.H."), legal_form("Müller gmbh & co kg"), legal_form("Müller")
    ('GmbH', 'GmbH & Co. KG', '')
    """
    forms = find_forms(clean_text(text)[:MAX_TEXT])
    if not forms:
        return ""
    last = forms[-1]
    if len(forms) > 1 and forms[-2].end == last.start:
        return f"{forms[-2].name} & Co. {last.name}"
    return last.name


def without_legal_form(text):
    """The name of a company without its legal form; the clean text where nothing else is in it.

    Shape: text or nothing in, text out. Errors: none. Source: as find_forms.

    >>> without_legal_form("Müller GmbH & Co. KG"), without_legal_form("Maier & Co. KG, Köln")
    ('Müller', 'Maier & Co., Köln')
    """
    name = clean_text(text)
    return _without(name, find_forms(name[:MAX_TEXT])) or name


def _without(name, forms):
    """The name without these forms and what joined them to it."""
    pieces, end = [], 0
    for form in forms:
        alone = "Co." in form.spelling and form.start != end
        pieces += [name[end : form.start], " & Co." if alone else ""]
        end = form.end
    return clean_text("".join([*pieces, name[end:]]).replace(" ,", ",")).strip(" ,;&+()-")
