"""Choices of a field, by key, label or what else lists say for them."""

from .choices import ANSWERS, GENDERS, chooser
from .import_targets import header_key
from .text import clean_text

# What lists say for the choices of fields, besides their keys and labels. Numbers and most single
# letters mean something else in every program: of these a person is asked.
WORDS = {
    "salutation": {
        "mr": GENDERS["male"] + ("sehr geehrter herr", "an herrn"),
        "ms": GENDERS["female"] + ("sehr geehrte frau", "an frau"),
        "neutral": ("divers", "ohne", "ohne anrede", "keine", "neutral", "person", "guten tag"),
    },
    "gender": GENDERS,
    "company_type": {
        "person": (
            *("privat", "privatkunde", "privatperson", "person", "p", "b2c", "natürliche person"),
            *("endkunde", "verbraucher", "einzelperson", "mensch", "kontakt", "individual"),
            *("konsument", "private", "privatkundin", "natürl. person"),
        ),
        "company": (
            *("firma", "firmenkunde", "geschäftskunde", "gewerbe", "gewerblich", "gewerbekunde"),
            *("unternehmen", "f", "b2b", "juristische person", "company", "organisation"),
            *("geschäftlich", "betrieb", "verein", "behörde", "institution"),
        ),
    },
    "customer_stage": {
        "prospect": ("interessent", "interessentin", "lead", "potenziell", "potentiell"),
        "customer": ("kunde", "kundin", "aktiv", "bestandskunde", "aktivkunde", "a-kunde"),
        "dormant": ("ruhend", "inaktiv", "schlafend", "passiv", "inaktiver kunde"),
        "former": ("ehemalig", "ehemaliger kunde", "ehemals", "altkunde", "verloren", "gekündigt"),
    },
    "marital_status": {
        "single": ("ledig", "led.", "single", "alleinstehend", "unverheiratet"),
        "cohabiting": ("lebensgemeinschaft", "in partnerschaft", "eheähnlich", "konkubinat"),
        "married": ("verheiratet", "verh.", "vh"),
        "partnership": ("eingetragene lebenspartnerschaft", "verpartnert", "elp"),
        "separated": ("getrennt", "getrennt lebend", "gtrl."),
        "divorced": ("geschieden", "gesch.", "gs"),
        "widowed": ("verwitwet", "verw.", "witwe", "witwer", "vw"),
    },
    "preferred_channel": {
        "phone": ("telefon", "tel", "telefonisch", "anruf", "handy", "mobil"),
        "visit": ("besuch", "persönlich", "außendienst", "vor ort"),
        "letter": ("brief", "post", "postalisch", "schriftlich"),
        "email": ("e-mail", "mail", "email", "elektronisch", "per mail"),
        "counter": ("laden", "geschäft", "filiale", "theke", "schalter"),
        "sms": ("sms", "textnachricht", "whatsapp"),
        "web": ("internet", "website", "homepage", "online"),
    },
    "household_role": {
        "head": ("haushaltsvorstand", "vorstand", "hauptperson", "inhaber"),
        "adult": ("erwachsen", "erwachsener", "erwachsene", "partner", "partnerin", "ehefrau")
        + ("ehemann", "ehepartner", "frau", "mann"),
        "child": ("kind", "sohn", "tochter", "kinder"),
    },
    "lang": {
        "de_DE": ("deutsch", "d", "de", "german", "ger", "deu", "allemand"),
        "de_AT": ("österreichisch",),
        "de_CH": ("schweizerdeutsch",),
        "en_US": ("englisch", "e", "en", "english", "eng"),
        "fr_FR": ("französisch", "f", "fr", "französ.", "francais", "fra"),
        "it_IT": ("italienisch", "i", "it", "ita"),
    },
}
# Headings whose codes mean the same in every file, "" those of nothing: DATEV's "Adressattyp".
CODES = {"adressattyp": {"person": ("1",), "company": ("2",), "": ("0",)}}
# What an Anrede says that is no salutation of a person.
KINDS = {
    "firma": "company",
    "fa": "company",
    "fa.": "company",
    "unternehmen": "company",
    "verein": "company",
    "behörde": "company",
    "familie": "household",
    "fam": "household",
    "fam.": "household",
    "eheleute": "household",
    "ehepaar": "household",
    "herr und frau": "household",
    "frau und herr": "household",
    "herr u. frau": "household",
    "herrn und frau": "household",
    "herr/frau": "household",
    "damen und herren": "company",
    "sehr geehrte damen und herren": "company",
}
_MOST = 1 << 12


def _as_text(key):
    """A key as the standard of choices has it."""
    return key if isinstance(key, str) else f"\N{NUMERO SIGN} {key}"


class Choices:
    """The choices of a field, which remember what was asked for.

    A whole number as key is the id of a record: a text "12" in a file does not mean it. `meaning`
    is all that was given, the same in every process.
    """

    def __init__(self, labels, name="", header=""):
        words, codes = WORDS.get(name, {}), CODES.get(header_key(header), {})
        self.keys = {_as_text(key): key for key in labels}
        told = {
            _as_text(key): (*labels[key], *words.get(key, ()), *codes.get(key, ()))
            for key in labels
        }
        self.choose = chooser(told)
        self.nothing = codes.get("", ())
        self.meaning = [name, sorted((key, *map(str, told[key])) for key in told), self.nothing]
        self.name = name
        self.asked = {}

    def find(self, text):
        """The Outcome of choices.choice for a text.

        Shape: text in, Outcome out. Errors: none. Source: choices.choice.

        >>> Choices({"single": ["Single"]}, "marital_status").find("ledig").value
        'single'
        >>> Choices({"person": [], "company": []}, "company_type", "Adressattyp").find("2").value
        'company'
        >>> Choices({7: ["Bau"]}).find("bau").value, Choices({7: ["Bau"]}).find("7").outcome
        (7, 'ask')
        """
        if text not in self.asked:
            if len(self.asked) >= _MOST:
                self.asked.clear()
            outcome = self.choose("" if text in self.nothing else text)
            value = self.keys.get(outcome.value, outcome.value)
            self.asked[text] = outcome._replace(value=value)
        return self.asked[text]


def yes_or_no(labels):
    """Choices of a field whose answers are yes and no.

    Shape: mapping of "yes" and "no" to their labels in, Choices out. Errors: none.
    Source: choices.ANSWERS.

    >>> yes_or_no({"yes": ["Ja"], "no": ["Nein"]}).find("WAHR").value
    'yes'
    """
    return Choices({key: (*told, *ANSWERS.get(key, ())) for key, told in labels.items()})


def salutation_kind(text):
    """What the word of an Anrede says of whom the row is about.

    Shape: text or nothing in, "company", "household" or "" (a person, or nothing) out. Errors:
    none. Source: lists of customers ("Anrede: Firma").

    >>> salutation_kind("Firma"), salutation_kind("Eheleute"), salutation_kind("Herr")
    ('company', 'household', '')
    """
    return KINDS.get(clean_text(text).casefold(), "")
