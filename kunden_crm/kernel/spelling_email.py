"""E-mail addresses: the address alone, with its domain in small letters.

What stands before the @ is never changed: only the host there knows whether case matters.
Reasons are codes; the models put them into words:

==============  =========================================================================
``name``        fixed: a name, a label, mailto: or brackets around the address went
``mark``        fixed: a comma, semicolon, colon or full stop at the ends went
``case``        fixed: the domain is written in small letters
``several``     ask: more than one address
``blanks``      ask: a blank inside, or words beside the address
``at``          ask: the @ is written in words, "(at)"
``typo``        ask: looks like a slip in a well-known domain ("gmial.com")
``umlaut``      ask: an umlaut or a letter of another script before the @
``signs``       ask: signs or dots where no address has them
``long``        ask: longer than any value of this kind
``no_at``       rejected: no @ in it ("keine")
``incomplete``  rejected: nothing before or nothing behind the @
``domain``      rejected: what stands behind the @ is no domain
==============  =========================================================================
"""

import re
from functools import lru_cache

from .outcomes import asked, rejected, written
from .profiles import read_profile
from .spelling import standard
from .text import word_set

REASONS = (
    "name",
    "mark",
    "case",
    "several",
    "blanks",
    "at",
    "typo",
    "umlaut",
    "signs",
    "long",
    "no_at",
    "incomplete",
    "domain",
)
_MAX_LOCAL = 64
_MARKS = ".,;: "
_LABEL = re.compile(r"(?:e-?mail(?:-?adresse)?|mail)\s?:\s?|mailto:\s?", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_PAIRS = ("()", "[]", "''", '""', "„“", "“”", "‘’", "»«", "«»")
_CLOSING = ">\"'“”’"
_AT = re.compile(r"[(\[{<]\s?(?:at|ät|@)\s?[)\]}>]|\w (?:at|ät) \w", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|/]+")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
# Most addresses: nothing about them is to be doubted but a slip in a known domain.
_PLAIN = re.compile(
    r"([a-z0-9_-]{1,32}(?:\.[a-z0-9_-]{1,31})?@)"
    r"([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.[a-z]{2,20})",
    re.ASCII | re.IGNORECASE,
)
_TYPOS = word_set(
    "gmial.com gmai.com gmal.com gamil.com gmaill.com gnail.com gmil.com gmali.com gmail.co"
    " gmail.cm gmail.om gmx.d gxm.de gmxx.de gmx.e wbe.de web.d web.e webde.de t-onlin.de"
    " t-onine.de t-oline.de t-onlie.de t-onlien.de tonline.de t-online.d t-online.e"
    " hotmial.com hotmai.com hotmal.com hotmil.com hotamil.com hotmial.de hotmai.de yaho.de"
    " yahooo.de yhoo.de yaho.com yahooo.com outlok.de outlok.com outloock.de outloock.com"
    " outllok.com outlock.com outlock.de freent.de frenet.de freenet.d iclod.com icoud.com"
    " icluod.com googlmail.com goolemail.com googelmail.com bluwin.ch blewin.ch"
)
# Endings that no domain has: .de, .com, .net, .at, .ch with slipped fingers.
_WRONG_ENDINGS = word_set("ed con cmo ocm coom comm dee ded nte ent ta hc vom xom")


def _bare(text):
    """The address out of "Name <address>", or of a label and the address."""
    text = text.partition("?")[0] if _MAILTO.match(text) else text
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    if text[:1] + text[-1:] in _PAIRS:
        text = text[1:-1].strip(_MARKS)
    if "<" not in text:
        text = text.rstrip(_CLOSING)
    name, bracket, address = text.partition("<")
    address, end, behind = address.partition(">")
    if not (bracket and end) or behind.strip(_MARKS) or _AT.search(text):
        return text
    same = "@" not in name or name.strip("\"' ,") == address.strip()
    return address.strip() if same else text


def _reason_around(text):
    """Why the text is not one address with one @ and no blanks, "" if it is."""
    if "@" not in text or _AT.search(text):
        return "at" if _AT.search(text) else "no_at"
    if text.count("@") > 1:
        pieces = sum("@" in piece.strip("@") for piece in _BETWEEN.split(text))
        return "several" if pieces > 1 else "signs"
    if text[0] == "@" or text[-1] == "@":
        return "incomplete"
    return "blanks" if " " in text else ""


def _is_slip(domain):
    """Whether a domain looks like a known one with slipped fingers, or like the name of a page."""
    ending = domain.rpartition(".")[2]
    return domain in _TYPOS or ending in _WRONG_ENDINGS or domain.startswith("www.")


@lru_cache(maxsize=1 << 12)
def _reason_in_domain(domain):
    """Why what stands behind the @ is no certain domain, "" if it is one."""
    if _is_slip(domain):
        return "typo"
    if re.search("[/?#:_]", domain):
        return "domain"
    page = read_profile("website", domain)
    if not page.valid:
        nearly = read_profile("website", re.sub("[,.]+", ".", domain))
        return "signs" if nearly.valid else "domain"
    return "" if page.url == f"https://{domain}" else "signs"


def _reason_in_local(local):
    """Why what stands before the @ is doubtful, "" if it is not."""
    if not _LOCAL.fullmatch(local):
        return "signs"
    if not local.isascii():
        return "umlaut"
    return "signs" if len(local) > _MAX_LOCAL else ""


@standard
def email(text, _country="DE"):
    """The e-mail address in a text, its domain in small letters.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. Domains with
    umlauts stay as they are typed; "a+tag@ok.de" is another address than "a@ok.de" and stays.
    Errors: none.
    Source: RFC 5321 (2.4: case before the @), RFC 5322 (3.4), bad_inputs.md 77, 79 and 81.

    >>> email('"Müller" <M@X.DE>')
    Outcome(value='M@x.de', outcome='fixed', reason='name')
    >>> [email(text).reason for text in ("a@x.de; b@x.de", "a@gmial.com", "keine", "a(at)x.de")]
    ['several', 'typo', 'no_at', 'at']
    """
    found = _PLAIN.fullmatch(text)
    if found and len(found[2]) < _MAX_LOCAL and not _is_slip(found[2].lower()):
        return written(text, found[1] + found[2].lower(), "case")
    return _of_any(text)


def _of_any(text):
    """The Outcome of any clean text."""
    bare = _bare(text.strip(_MARKS))
    address = bare.strip(_MARKS)
    reason = _reason_around(address)
    if reason in ("no_at", "incomplete"):
        return rejected(text, reason)
    if reason:
        return asked(text, reason)
    local, _at, domain = address.partition("@")
    small = domain.lower()
    reason = _reason_in_domain(small)
    if reason == "domain":
        return rejected(text, reason)
    if reason := reason or _reason_in_local(local):
        return asked(text, reason)
    value = f"{local}@{small}"
    if bare != text.strip(_MARKS):
        return written(text, value, "name")
    return written(text, value, "case" if address == text else "mark")
