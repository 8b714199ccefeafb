"""Web addresses: one canonical spelling, and nothing that a browser should not open.

The reading is that of profiles.py; this says what becomes of a value that a clerk or a list
brings. Reasons are codes; the models put them into words:

=============  ===========================================================================
``https``      fixed: https:// was put in front; who offers http only answers there too
``label``      fixed: a word like "Homepage:" went
``tracking``   fixed: what only shows who follows the link went
``spelling``   fixed: small host, no lonely slash, no usual port
``several``    ask: more than one address
``login``      ask: a user name in it ("info@ok.de", "https://user:word@ok.de")
``typo``       ask: begins like a web address but is none ("http//ok.de")
``signs``      ask: blanks, quotes, brackets or other signs that stand in no address
``long``       ask: longer than any value of this kind
``scheme``     rejected: neither http nor https ("javascript:", "data:", "mailto:")
``host``       rejected: no name of a public host ("keine", "localhost")
=============  ===========================================================================
"""

import html
import re
import unicodedata
from urllib.parse import unquote

from .outcomes import asked, rejected, written
from .profiles import read_profile
from .spelling import standard

REASONS = (
    "https",
    "label",
    "tracking",
    "spelling",
    "several",
    "login",
    "typo",
    "signs",
    "long",
    "scheme",
    "host",
)
_LABEL = re.compile(
    r"(?:home-?page|web-?(?:site|seite|adresse)|web|internet(?:adresse|seite)?|url)\s?:\s?"
    r"(?=[^\s/])",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))")
_BETWEEN = re.compile(r"[\s|]+(?:(?:und|oder|and|or)\s+)?|[,;]\s*(?=https?:|www\.)", re.IGNORECASE)
_NEARLY = re.compile(r"h+t+p+s?[:/]|https?$|t?tps?:|www", re.IGNORECASE)
# "wwww.ok.de", "ww.ok.de", and "www.okde" without the other full stop.
_SLIP = re.compile(r"https?://(?:(?:w{4,}|ww)\.|www\.[^./?#:]+(?:[/?#:]|$))")
_TWICE = re.compile(r"(?:https?://)?(?:www\.?)?https?[:/.]", re.IGNORECASE)


def _compact(text):
    """The text as a lenient browser may see it: no blanks, entities and escapes resolved."""
    plain = unicodedata.normalize("NFKC", unquote(html.unescape(text)))
    return "".join(char for char in plain if char > " " and char != "\x7f").lower()


def _is_several(text):
    pieces = [piece.strip(",;") for piece in _BETWEEN.split(text)]
    return sum("." in piece and read_profile("website", piece).valid for piece in pieces) > 1


def _without_mark(text):
    """The text without comma or semicolon at its end, where no path is that could need it."""
    head = text.rstrip(",; ")
    return text if "/" in head.rpartition("//")[2] else head


def _refusal(text, address, reason):
    """The outcome for a text that profiles.py does not read."""
    compact = _compact(address)
    nearly = _NEARLY.match(compact)
    if _SCHEME.match(compact) and not nearly:
        return rejected(text, "scheme")
    if reason == "login":
        return asked(text, "login")
    if _is_several(address):
        return asked(text, "several")
    if nearly:
        return asked(text, "typo")
    if reason == "signs" and "." in address.strip("."):
        return asked(text, "signs")
    return rejected(text, "host")


@standard
def website(text, _country="DE"):
    """The address of a homepage: https where no scheme was typed, small host, no tracking.

    Shape: text or nothing and an ISO country code (not used) in, Outcome out. A typed http:// and
    names of hosts with umlauts stay. Blanks, controls, entities and escapes hide no other scheme.
    Errors: none.
    Source: profiles.read_profile; RFC 3986 (6.2); bad_inputs.md 83 and 85.

    >>> website(" https://ok.de ").value, website("www.OK.de/Über-uns").value
    ('https://ok.de', 'https://www.ok.de/Über-uns')
    >>> [website(text).reason for text in ("Java&#115;cript:x", "info@ok.de", "a.de, www.b.de")]
    ['scheme', 'login', 'several']
    """
    label = _LABEL.match(text)
    address = _without_mark(text[label.end() :] if label else text)
    found = read_profile("website", address)
    if found.valid and (_TWICE.match(found.url.partition("://")[2]) or _SLIP.match(found.url)):
        return asked(text, "typo")
    if not found.valid:
        return _refusal(text, address, found.reason)
    if label:
        return written(text, found.url, "label")
    if "//" not in address[:8]:
        return written(text, found.url, "https")
    shorter = len(found.url.partition("?")[2]) < len(address.partition("?")[2].strip("&"))
    return written(text, found.url, "tracking" if shorter else "spelling")
