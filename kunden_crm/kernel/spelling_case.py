"""Capital and small letters: what the standards for names, streets and towns share.

Only a text that is written in one case as a whole is mended, and in it only Latin letters, since
in other scripts or with marks of their own the small letter is not certain. A word that mixes
both on purpose stays.
"""

import re
import unicodedata

# Latin letters whose small and capital forms belong together one to one.
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+")
WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aeiouy")
# Placeholders of templates, markup, formulas of spreadsheets.
_CODE = re.compile(r"[=@+]|-[\d=@+(]|.*?(?:\{\{|\$\{|\{%|%\(|<[a-z/!])", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]@[^\s@.]+\.[^\s@]")


def is_code(text):
    """Whether a text is a template mark, markup or a formula; such text stays as it is.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 69, 71.

    >>> [is_code(text) for text in ("{{ object.name }}", "=HYPERLINK(1)", "<t t-out='x'/>", "Max")]
    [True, True, True, False]
    """
    return bool(_CODE.match(text))


def has_email(text):
    """Whether an e-mail address stands in the text.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 65.

    >>> has_email('"Hans" <h@x.de>'), has_email("Hans @ Home")
    (True, False)
    """
    return bool(_EMAIL.search(text))


def shape(text):
    """How the letters of a text are written: "upper", "lower", "mixed" or "" for none with a case.

    Shape: text in, text out. The small ß counts as a capital among capitals. A text with marks
    that did not become one with their letter is "mixed", so that nobody changes it. Errors: none.
    Source: Unicode chapter 5.18 (case mappings).

    >>> shape("MÜLLER-WEIß"), shape("von der leyen"), shape("McDonald"), shape("小明")
    ('upper', 'lower', 'mixed', '')
    """
    if not text.isascii() and any(unicodedata.category(char)[0] == "M" for char in text):
        return "mixed"
    if text.islower():
        return "lower"
    if text.replace("ß", "S").isupper():
        return "upper"
    return "mixed" if text.upper() != text.lower() else ""


def is_latin(word):
    """Whether a word consists of Latin letters whose case can be changed and changed back.

    Shape: text in, yes or no out. Errors: none. Source: Unicode, SpecialCasing.txt.

    >>> is_latin("Müller"), is_latin("ИВАНОВ"), is_latin("İNCİ")
    (True, False, False)
    """
    return bool(_LATIN.fullmatch(word)) and not any(char in "ıİŉǰǱǲǳǄǅǆǇǈǉǊǋǌ" for char in word)


def is_turkish(text):
    """Whether it has the Turkish dotted capital or dotless small i, whose case depends on language.

    Shape: text in, yes or no out. Errors: none. Source: Unicode, SpecialCasing.txt (tr, az).

    >>> is_turkish("İnci"), is_turkish("IŞIK"), is_turkish("Inge")
    (True, True, False)
    """
    return "İ" in text or "ı" in text or ("I" in text and any(char in "ŞĞşğ" for char in text))


def keeps_case(text):
    """Whether capitals and small letters of a text are not touched: code, or Turkish.

    Shape: text in, yes or no out. Errors: none. Source: as is_code and is_turkish.

    >>> keeps_case("{{ CITY }}"), keeps_case("KADIKÖY, İSTANBUL"), keeps_case("KÖLN")
    (True, True, False)
    """
    return is_code(text) or is_turkish(text)


def has_vowel(word):
    """Whether a word can be spoken; one that cannot is an abbreviation.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 63.

    >>> has_vowel("EVA"), has_vowel("ÖZ"), has_vowel("DJ")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFD", word.lower())
    return any(char in _VOWELS or char in "æœøıə" for char in plain)


def is_short_form(word):
    """Whether a word of capitals is kept as an abbreviation: up to three letters and no vowel.

    Shape: text in, yes or no out. Errors: none. Source: bad_inputs.md 63.

    >>> is_short_form("DJ"), is_short_form("EVA"), is_short_form("SCHMDT")
    (True, False, False)
    """
    return len(word) < 4 and not has_vowel(word)


def capitalised(word):
    """A Latin word with its first letter large and the others small; ẞ becomes ß, SS stays ss.

    Shape: text in, text of the same length out; another word stays as it is. Errors: none.
    Source: Rat für deutsche Rechtschreibung, § 25 E3 (ẞ as the capital of ß).

    >>> capitalised("MÜLLER"), capitalised("weiß"), capitalised("WEISS"), capitalised("ИВАНОВ")
    ('Müller', 'Weiß', 'Weiss', 'ИВАНОВ')
    """
    if not is_latin(word) or word[0] == "ß":
        return word
    return word[0].upper() + word[1:].lower()
