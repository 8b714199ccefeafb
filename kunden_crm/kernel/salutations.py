"""How a letter begins: the salutation and the lines of the address.

Rules and where they come from:

* In the salutation only "Professor" and "Dr." are said: of several titles the highest, once,
  without the faculty. Professor is written out, Dr. is not; a woman is "Frau Professorin". Diplomas
  and master's degrees stand in the address only. (DIN 5008 and Duden, Ratgeber Geschäftsbriefe.)
* The address names all titles, "Herrn" in the accusative, no blank line, the company first: so the
  letter may be opened there. The street is the line above the place. Abroad, place and country
  stand in capitals, the country last, in the language of the sender. (DIN 5008, Anschriftfeld.)
* Where the gender is not known or neither, nothing is guessed: "Guten Tag Kim Schmidt,".
"""

import re
from typing import NamedTuple

from .names import join_name
from .text import clean_text, word_set

_MEN = word_set("herr herrn hr. mr mr. monsieur señor sr. signor sig. dhr.")
_WOMEN = word_set(
    "frau fräulein fr. mrs mrs. ms ms. miss madame mme mme. mlle señora sra. signora sig.ra mevr."
)
_NOT_SAID = re.compile(
    r"\s+(?:\(.*\)|(?:geb\.?|geborener?|née|nee|verw\.|verh\.)\s.*)$", re.IGNORECASE
)


class _Language(NamedTuple):
    """What one language says. A further language is a further entry in _LANGUAGES.

    The pairs are for a man and a woman, the threes also for a person of unknown gender.
    ``titled`` is said instead of ``formal`` where there is a title.
    """

    nobody: str
    formal: tuple
    titled: tuple
    neutral: str
    familiar: tuple
    family: tuple
    professor: tuple
    doctor: str


class Address(NamedTuple):
    """Where a letter goes. Texts or nothings.

    ``street2`` is an addition and stands above the street; ``country`` is the name in the language
    of the sender and is written only if ``foreign``.
    """

    street: str = ""
    street2: str = ""
    zip_code: str = ""
    city: str = ""
    country: str = ""
    foreign: bool = False


_GENDERS = {"male": 0, "female": 1}
_NEUTRAL = 2
_LANGUAGES = {
    "de": _Language(
        nobody="Sehr geehrte Damen und Herren,",
        formal=("Sehr geehrter Herr {last},", "Sehr geehrte Frau {last},"),
        titled=("Sehr geehrter Herr {rank} {last},", "Sehr geehrte Frau {rank} {last},"),
        neutral="Guten Tag {full},",
        familiar=("Lieber {first},", "Liebe {first},", "Hallo {first},"),
        family=("Sehr geehrte Familie {last},", "Liebe Familie {last},"),
        professor=("Professor", "Professorin", "Prof."),
        doctor="Dr.",
    ),
    "en": _Language(
        nobody="Dear Sir or Madam,",
        formal=("Dear Mr {last},", "Dear Ms {last},"),
        titled=("Dear {rank} {last},", "Dear {rank} {last},"),
        neutral="Dear {full},",
        familiar=("Dear {first},", "Dear {first},", "Hello {first},"),
        family=("Dear {last} family,", "Dear {last} family,"),
        professor=("Professor", "Professor", "Professor"),
        doctor="Dr",
    ),
}


def gender_of_salutation(salutation):
    """The gender that a salutation tells: "male", "female", or "" where it tells none.

    Shape: text or nothing in, text out. Errors: none.
    Source: the salutations that split_name knows.

    >>> [gender_of_salutation(word) for word in ("Herrn", "frau", "Familie", "Herr und Frau")]
    ['male', 'female', '', '']
    """
    word = clean_text(salutation).casefold()
    return "male" if word in _MEN else "female" if word in _WOMEN else ""


def _rank(title, gender, language):
    """The one title that is said."""
    pieces = re.split(r"[\s.()-]+", title.casefold())
    if any(piece.startswith("prof") for piece in pieces):
        return language.professor[gender]
    doctor = any(piece in ("dr", "ddr", "dres", "doktor") for piece in pieces)
    return language.doctor if doctor else ""


def _family(name):
    """The name of a household without the word for it."""
    return re.sub(r"^(?:familie|fam\.|eheleute|ehepaar)\s+", "", name, flags=re.IGNORECASE)


def letter_salutation(kind, gender, title, firstname, lastname, familiar=False, lang="de"):
    """The first line of a letter.

    Shape: kind "company", "household" or anything else for a person; gender "male", "female" or
    anything else for unknown; three texts or nothings; du or Sie; a language code ("de_DE"; what is
    neither German nor English gets English). Text with its comma out; without a name that can be
    said, or with an e-mail address for one, nobody is greeted by name. Errors: none.
    Source: see above.

    >>> letter_salutation("person", "female", "Prof. Dr. med.", "Eva", "Groß")
    'Sehr geehrte Frau Professorin Groß,'
    >>> letter_salutation("person", "male", "Dr.", "Max", "Muster", familiar=True)
    'Lieber Max,'
    >>> letter_salutation("person", "", "", "Kim", "Schmidt")
    'Guten Tag Kim Schmidt,'
    >>> letter_salutation("household", "", "", "", "Meier")
    'Sehr geehrte Familie Meier,'
    """
    language = _LANGUAGES.get((lang or "de")[:2].lower(), _LANGUAGES["en"])
    sex = _GENDERS.get(gender, _NEUTRAL)
    title, first, last = map(clean_text, (title, firstname, lastname))
    last = _NOT_SAID.sub("", last)
    if kind == "company" or "@" in first + last or not first + last:
        return language.nobody
    if kind == "household":
        family = _family(last)
        return language.family[bool(familiar)].format(last=family) if family else language.nobody
    rank = _rank(title, sex, language)
    if familiar and first:
        return language.familiar[sex].format(first=first)
    if sex == _NEUTRAL or not last:
        full = " ".join(filter(None, (rank if last else "", first, last)))
        return language.neutral.format(full=full)
    return (language.titled if rank else language.formal)[sex].format(rank=rank, last=last)


def _person_line(parts, kind, gender):
    """The line with the name of the person or the family, "" without a name."""
    name = join_name(parts)
    if not name:
        return ""
    if kind == "household":
        return f"Familie {_family(name)}"
    return {"male": "Herrn ", "female": "Frau "}.get(gender, "") + name


def address_lines(parts, address, kind="person", gender="", company="", department=""):
    """The lines of the address of a letter, from the company to the country.

    Shape: NameParts (of empty texts for nobody) and Address; kind and gender as in
    letter_salutation; texts or nothings. A company that is written to without a person stands in
    ``company`` or in the last name. List of texts out, none empty, the name once. Errors: none.
    Source: see above.

    >>> address_lines(
    ...     ("Dr.", "Max", "Muster", "Herr"),
    ...     Address("Ring 1", "", "1010", "Wien", "Österreich", foreign=True),
    ...     gender="male",
    ...     company="Muster GmbH",
    ... )
    ['Muster GmbH', 'Herrn Dr. Max Muster', 'Ring 1', '1010 WIEN', 'ÖSTERREICH']
    """
    person = "" if kind == "company" and not company else _person_line(parts, kind, gender)
    company = company or (join_name(parts) if kind == "company" else "")
    place = clean_text(f"{address.zip_code or ''} {address.city or ''}")
    country = clean_text(address.country) if address.foreign else ""
    person = "" if person == clean_text(company) else person
    lines = [company, department, person, address.street2, address.street]
    lines = [*map(clean_text, lines), place.upper() if country else place, country.upper()]
    return list(filter(None, lines))
