"""The keys of what a contact is reached and known by: phones, e-mails, numbers, birth date."""

import re
from datetime import date
from functools import lru_cache

from .match_text import bits, combine_short, near, number, plain, short
from .text import clean_text, word_set

# Before the @ of an address that many read: it tells nothing of a person.
_SHARED = word_set(
    "info kontakt contact office mail post email service vertrieb verkauf sales einkauf bestellung"
    " order buchhaltung rechnung rechnungen invoice buero buro zentrale empfang sekretariat support"
    " hallo hello admin team verwaltung anfrage anfragen shop marketing presse personal bewerbung"
    " jobs noreply webmaster postmaster datenschutz praxis kanzlei rezeption reservierung"
)
_FREE_MAIL = word_set(
    "gmx.de gmx.net gmx.at gmx.ch web.de t-online.de gmail.com googlemail.com freenet.de posteo.de"
    " outlook.de outlook.com yahoo.de yahoo.com icloud.com me.com arcor.de hotmail.de hotmail.com"
    " live.de live.com aol.com aol.de mail.de email.de mailbox.org vodafone.de online.de 1und1.de"
    " kabelmail.de unitybox.de proton.me protonmail.com bluewin.ch a1.net aon.at chello.at msn.com"
    " gmx.com gmx.eu gmx.info gmx.biz vodafonemail.de magenta.de mail.ru ymail.com tutanota.com"
)
_GMAIL = word_set("gmail.com googlemail.com")
_MOBILE = re.compile(r"\+491[5-7]|\+436[4-9]|\+417[4-9]")
_CODE = re.compile(r"[\W_]+")
_WEB = re.compile(r"^https?://(?:www\.)?")
_CODES, _CODE_LISTS = ("vat", "registry", "ref"), ("ibans", "profiles")
_OLDEST = date(1901, 1, 1)
# The most telephone numbers, e-mail addresses and their like that are read of a contact.
MOST = 8
_LONGEST_REF = 12


def _texts(values):
    """The texts of a list, which may be one text or nothing, cleaned and without doubles."""
    if not values:
        return []
    values = [values] if isinstance(values, str) else values
    return list(dict.fromkeys(filter(None, map(clean_text, values))))[:MOST]


def _list(numbers):
    """A list of numbers as it is stored: in order, without doubles, nothing where it is empty."""
    return sorted({one for one in numbers if one is not None}) or None


def phone_keys(phones):
    """The keys of telephone numbers.

    Shape: list of numbers in E.164, an extension behind ";ext=", or nothing in; dictionary out.
    Numbers of one exchange (the last two digits apart, or another extension) share a stem.
    Errors: none. Source: RFC 3966 (;ext=); ITU-T E.164.

    >>> one, two = phone_keys(["+4922147100"]), phone_keys(["+4922147112"])
    >>> one["phones"] == two["phones"], one["phone_stems"] == two["phone_stems"]
    (False, True)
    """
    texts = [text for text in _texts(phones) if len(text) > 4]
    if not texts:
        return {}
    stems = []
    for text in texts:
        main, extension, _rest = text.partition(";")
        if not _MOBILE.match(main):
            stems += [main] if extension else [main[:-2]] if len(main) > 9 else []
    return {
        "phones": _list(number("t" + text) for text in texts),
        "phone_stems": _list(short("u" + text) for text in stems),
    }


@lru_cache(1 << 14)
def _domain(text):
    """A domain as it is compared."""
    domain = text
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode()
        except UnicodeError:
            domain = plain(domain)
    return "gmail.com" if domain in _GMAIL else domain


def _mailbox(address):
    """Before and behind the @ of an address, as both are compared."""
    local, _at, domain = address.lower().rpartition("@")
    domain = _domain(domain)
    local = local.partition("+")[0]
    return local.replace(".", "") if domain == "gmail.com" else local, domain


@lru_cache(1 << 10)
def _is_shared(local):
    """Whether many read what is sent to such an address."""
    return _CODE.sub("", plain(local)) in _SHARED


def email_keys(emails):
    """The keys of e-mail addresses; an address that many read is worth only its domain.

    Shape: list of addresses or nothing in, dictionary out. Errors: none.
    Source: RFC 5321 (2.4), RFC 5891 (domains with umlauts), RFC 5233 (plus), issue 7 (info@).

    >>> one, two = email_keys(["Eva+x@Müller.de"]), email_keys(["eva@xn--mller-kva.de"])
    >>> one == two, email_keys(["info@ok.de"])["emails"]
    (True, None)
    """
    boxes = [_mailbox(text) for text in _texts(emails) if "@" in text[1:-1]]
    if not boxes:
        return {}
    own = [box for box in boxes if not _is_shared(box[0])]
    users = [_CODE.sub("", local) for local, _behind in own]
    domains = {domain for _local, domain in boxes if domain not in _FREE_MAIL}
    return {
        "emails": _list(number(f"m{local}@{domain}") for local, domain in own),
        "email_users": _list(short("n" + user) for user in users if len(user) > 4),
        "email_bits": bits("@".join(own[0])) if own else None,
        "domains": _list(short("d" + domain) for domain in domains),
    }


def birth_keys(born):
    """The keys of a date of birth.

    Shape: date or nothing in, dictionary out. Dates before 1901 are fillers and count as nothing.
    Errors: none. Source: issue 7 (birth date with swapped parts); bad_inputs.md (1900-01-01).

    >>> one, two = birth_keys(date(1980, 3, 4)), birth_keys(date(1980, 4, 3))
    >>> one["born"] == two["born"], one["born_parts"] == two["born_parts"]
    (False, True)
    """
    if not born or born < _OLDEST:
        return {}
    year, month, day = born.year, born.month, born.day
    return {
        "born": born.toordinal(),
        "born_parts": combine_short(year, *sorted((month, day))),
        "born_near": _list(
            [
                combine_short(1, month, day),
                combine_short(2, year, day),
                combine_short(3, year, month),
            ]
        ),
    }


def _code(tag, text):
    """A code without signs and blanks, in capitals, as a number."""
    code = _CODE.sub("", clean_text(text)).upper() if text else ""
    return number(tag + code) if code else None


def code_keys(values):
    """The keys of numbers that belong to one only: tax, register, bank, customer number, profiles.

    Shape: dictionary of values as of match_keys.keys in, dictionary out. Errors: none.
    Source: issue 7.

    >>> code_keys({"vat": "DE 123 456 788"}) == code_keys({"vat": "de123456788"})
    True
    """
    found = {name: _code(name, values[name]) for name in _CODES if values.get(name)}
    if "ref" in found:
        found["ref_near"] = list(near(plain(values["ref"])[:_LONGEST_REF].replace(" ", "")))
    for name in _CODE_LISTS:
        if texts := _texts(values.get(name)):
            found[name] = _list(_code(name, _WEB.sub("", text)) for text in texts)
    return found
