"""Words that mean something in the name of a person, and names without any of them."""

import re
from functools import lru_cache

from .companies import SALUTATIONS, looks_like_company
from .text import word_set

AND = word_set("und u. & + and")
# Parts of titles. The first list counts without its dot too, the second not (Ing is a name); the
# third stands only behind another title; the last only with its capitals.
TITLES = word_set("dr ddr dres prof professor professorin doktor dipl diplom")
DOTTED = word_set("mag mmag bakk ing lic univ priv doz hon apl ao")
FACULTIES = word_set(
    "med dent vet jur iur phil rer nat pol oec soc theol sc agr ing habil mult techn mont phys math"
    " paed päd cult forest h c e hc eh univ fh tu th disc publ biol hum psych pharm em emer utr"
)
CAPITAL_TITLES = word_set("DI PD RA RAin StB WP KommR Dkfm Mag.a Mag.ª E.h.")
AFTER_NAME = word_set(
    "mba emba llm llb ma ba msc bsc meng beng phd m.ed. b.ed. mph mpa mdb mdl cpa cfa esq dba mres"
)
GENERATIONS = word_set(
    "jun jun. jr jr. junior sen sen. sr sr. senior ii iii iv ii. iii. d.ä. d.j. † ✝"
)
# Words that begin a last name: always; in small letters only; titles of nobility, which are part
# of the name in Germany (Weimar constitution, article 109, in force by GG article 123).
PARTICLES = word_set(
    "von van vande vander de del della dello dell' degli delle di da dal dos du des la las los le"
    " lo el al zu zum zur vom ter ten 't d' d’ ibn bint abu abou bin ben mc mac st. san santa"
    " بن ابن بنت أبو ابو آل בן בת אבן"
)
SMALL_PARTICLES = word_set(
    "der den dem das do dei af av auf an am aus in im ob op unter bei beim te het v. v.d. z."
)
NOBILITY = word_set(
    "graf gräfin freiherr freifrau freiin prinz prinzessin herzog herzogin fürst fürstin baron"
    " baronin ritter edler edle frhr. frh. frfr."
)
ALSO_FIRST_NAMES = word_set("ben bin al mac san santa abu")
JOINS_LAST_NAMES = word_set("y e i")
MAIDEN = word_set("geb. geb geborene geborener née nee verw. verh.")
# A first and a last name, or one of them, in letters of which nobody doubts the case.
_USUAL = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?")
_SPECIAL = SALUTATIONS | frozenset().union(
    *(AND, TITLES, DOTTED, FACULTIES, map(str.casefold, CAPITAL_TITLES), AFTER_NAME),
    *(GENERATIONS, PARTICLES, SMALL_PARTICLES, NOBILITY, ALSO_FIRST_NAMES, JOINS_LAST_NAMES),
    MAIDEN,
)


@lru_cache(1 << 13)
def usual_name(text):
    """The words of a name that says nothing but itself, as most names do.

    Shape: clean text in, tuple of one or two words out, the last of them the last name; empty for
    every other text, which must be read with care. Two equal words are none. Errors: none.
    Source: issue 8 (a million rows); what names.py and spelling_person.py look for.

    >>> usual_name("Eva Müller-Berg"), usual_name("Müller"), usual_name("Max Maier")
    (('Eva', 'Müller-Berg'), ('Müller',), ('Max', 'Maier'))
    >>> [usual_name(text) for text in ("Dr Berg", "Eva von Berg", "EVA BERG", "Hotel Berg", "")]
    [(), (), (), (), ()]
    """
    words = text.split()
    if not 0 < len(words) < 3 or (words[0] == words[-1] and words[1:]):
        return ()
    for word in words:
        pieces = word.casefold().split("-")
        if not _USUAL.fullmatch(word) or not _SPECIAL.isdisjoint(pieces):
            return ()
    return () if looks_like_company(text) else tuple(words)
