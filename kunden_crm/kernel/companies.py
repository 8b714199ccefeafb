"""Names of organisations: they are told from names of persons and never taken apart."""

import re
from functools import lru_cache

from .legal_forms import has_form
from .text import clean_text, word_set

_MAX_LOOK = 500
# What stands before the name of a person and only there.
SALUTATIONS = word_set(
    "herr herrn frau fräulein hr. fr. mr mr. mrs mrs. ms ms. miss mme mme. mlle madame monsieur"
    " señor señora signor signora sr. sra. sig. sig.ra dhr. mevr. familie fam. eheleute ehepaar"
)
# What marks a company and is no legal form by itself.
_ALMOST = re.compile(r"\sco\.$|-g?gmbh(?!\w)", re.IGNORECASE)
_FIRM_SHAPE = re.compile(
    r"(?:[&+]|\b(?:und|u\.|et|and))\s*(?:co|cie|söhne|soehne|sohn|sons?|töchter|partner(?:innen)?"
    r"|partners|kollegen|associates|team|fils|figli|bros)\b|\w[&+]\w|^\S+ [&+] \S+$|,.*\s[&+]\s",
    re.IGNORECASE,
)
_FIRM_FIRST_WORDS = word_set(
    "firma fa. gebr. gebrüder stadt hansestadt landeshauptstadt gemeinde samtgemeinde markt land"
    " landkreis kreis freistaat amt bundesamt hotel café cafe restaurant gasthof gasthaus pension"
    " pizzeria salon studio schule kirche kath. ev. evangelische katholische deutsche deutscher"
    " deutsches diakonisches diakonie caritas freiwillige weingut club sv sc fc tsv vfb vfl bund"
)
_FIRM_WORDS = word_set(
    "universität hochschule institut akademie verein verband stiftung sparkasse volksbank"
    " raiffeisenbank stadtwerke krankenhaus klinikum klinik autohaus immobilien consulting"
    " solutions systems services service software technologies logistik spedition holding group"
    " gruppe verlag vertrieb kita kindergarten gymnasium kirchengemeinde pfarrei innung"
    " handwerkskammer sanitär transporte rechtsanwälte steuerberater architekten ingenieure praxis"
    " kanzlei apotheke agentur büro gartenbau metallbau holzbau tiefbau hochbau maschinenbau"
    " physiotherapie friseursalon fc tsv vfb media spa"
)
_FIRM_ENDINGS = re.compile(
    r"[\w-]{3,}(?:gesellschaft|verein|verband|verwaltung|versicherung|betriebe?|unternehmen|agentur"
    r"|stiftung|zentrum|schule|klinik|genossenschaft|ministerium|büro|handel|werkstatt|werke|finanzamt"
    r"|reinigung|beratung|technik|praxis|kanzlei|apotheke|[et]rei|torei|amt)(?:en|s)?",
    re.IGNORECASE,
)


def looks_like_company(text):
    """Whether the text reads as the name of an organisation, which is never taken apart.

    Shape: text or nothing in, yes or no out. It asks for legal forms, "& Co", public bodies and
    words no person is called by; a trade that is a surname too ("Max Kaufmann") is a person.
    Errors: none.
    Source: HGB § 19, GmbHG § 4, AktG § 4, BGB § 65 and their like abroad (legal forms); L22.

    >>> [looks_like_company(text) for text in ("Maier, Schmidt & Co. KG", "Stadt Köln", "TSV e.V.")]
    [True, True, True]
    >>> [looks_like_company(text) for text in ("Max Kaufmann", "Bank, Peter", "Herr Dr. Stadt")]
    [False, False, False]
    """
    return _reads_like_one(clean_text(text)[:_MAX_LOOK])


@lru_cache(1 << 13)
def _reads_like_one(text):
    """Whether a clean text reads like one: it is asked several times on its way."""
    if has_form(text) or _ALMOST.search(text):
        return True
    first, *others = text.casefold().split() or [""]
    if first in SALUTATIONS:
        return False
    return (
        bool(_FIRM_SHAPE.search(text))
        or bool(others and first in _FIRM_FIRST_WORDS)
        or any(
            word.rpartition("-")[2] in _FIRM_WORDS or _FIRM_ENDINGS.fullmatch(word)
            for word in [first, *others]
        )
    )
