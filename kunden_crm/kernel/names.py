"""Names of persons: taken apart and put together again so that both ways agree.

A text is taken apart only where it reads as the name of one person. A company, an e-mail address,
a text with digits or with more commas than "Last, First" stays whole, as the last name. Nothing
is ever lost: apart from commas, blanks and the salutation all signs are in the parts.

Where the text alone does not say where the last name begins ("Gabriel García Márquez"), the
stored parts are right and not the text: ask name_matches before splitting an edited name.
"""

import re
from typing import NamedTuple

from .text import clean_text


class NameParts(NamedTuple):
    """Title ("Prof. Dr. MBA"), first name, last name with particles and "jun.", salutation."""

    title: str = ""
    firstname: str = ""
    lastname: str = ""
    salutation: str = ""


def _words(text):
    return frozenset(text.split())


_SALUTATIONS = _words(
    "herr herrn frau fräulein hr. fr. mr mr. mrs mrs. ms ms. miss mme mme. mlle madame monsieur"
    " señor señora signor signora sr. sra. sig. sig.ra dhr. mevr. familie fam. eheleute ehepaar"
)
_AND = _words("und u. & + and")
# Titles in front of a name. Those with a dot count with it only (Ing is a name, Ing. a title).
_TITLES = _words(
    "dr ddr dres prof professor professorin doktor dipl diplom mag. mmag. ing. lic. privdoz. pd."
    " univ. hon. jun.-prof. apl. ao. o.univ.-prof. ökr. komm.rat"
)
_TITLES_IN_CAPITALS = _words("DI PD RA RAin StB WP Dkfm")
_FACULTIES = _words(
    "med dent vet jur iur phil rer nat pol oec soc theol sc agr ing habil mult techn mont phys"
    " math paed päd cult forest h c e hc eh univ fh tu th disc publ biol hum psych in a"
)
_AFTER_NAME = _words(
    "mba emba llm llb ma ba msc bsc meng beng phd med mph mpa bed mdb mdl cpa cfa esq dba mres"
)
_GENERATIONS = _words("jun jun. jr jr. junior sen sen. sr sr. senior ii iii iv ii. iii. iv. d.ä. d.j.")
# Words that begin a last name. The second list does so in small letters only.
_PARTICLES = _words(
    "von van vande vander de del della dello dell' degli delle di da dal dos du des la las los le"
    " zu zum zur vom ter ten 't d' d’ den ibn bint abu abou bin ben mc mac st. san santa graf gräfin"
    " freiherr freifrau freiin prinz prinzessin herzog herzogin fürst fürstin baron baronin edler"
    " edle ritter بن ابن بنت أبو ابو آل בן בת אבן"
)
_SMALL_PARTICLES = _words(
    "der dem das do dei el al af av auf an am aus in im ob op unter bei beim y e i lo te het"
)
