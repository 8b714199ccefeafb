"""Online profiles: what a clerk pastes, as one canonical address per profile.

Reasons are codes; the models put them into words:

===========  =========================================================================
``empty``    nothing was typed
``kind``     no such kind of profile
``long``     longer than an address may be
``scheme``   not http or https ("javascript:", "data:", "mailto:")
``signs``    blanks, quotes, brackets or other signs that stand in no address
``login``    a user name in the address ("https://ok.de@evil.com", "info@ok.de")
``host``     no name of a public host, or the host of another kind
``profile``  the right host, but no profile there ("https://www.xing.com/jobs")
===========  =========================================================================
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from .text import clean_text, word_set

KINDS = ("website", "linkedin", "xing", "facebook", "instagram", "x", "youtube")
REASONS = ("empty", "kind", "long", "scheme", "signs", "login", "host", "profile")
_MAX_URL = 2048
_ALIASES = {"homepage": "website", "twitter": "x"}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_WEB = re.compile(r"https?://(?=[^/])", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
_BAD_SIGNS = re.compile(r"""[\s<>"'`{}|\\^]""")
_TOP_LEVEL = re.compile(r"[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59}")
# What the sender of a link adds to find out who follows it; the page is the same without.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igsh|igshid"
    r"|mc_[ce]id|_ga|_gl|mkt_tok|trk|trkinfo|originalsubdomain|sc_origin|wt_mc|pk_\w+|mtm_\w+",
    re.IGNORECASE,
)
_TOP_LEVELS = word_set("de com net org at ch eu info fr it nl uk io biz be pl es dk lu")
# What stands in lists instead of a handle; without @ none of it is one.
_PLACEHOLDERS = word_set("x xx xxx k.a n.a na kein keine keiner nein nichts none null unbekannt")


class Profile(NamedTuple):
    """What was read; url and handle are empty and reason is set where valid is False."""

    url: str = ""
    handle: str = ""
    valid: bool = False
    reason: str = ""


class _Site(NamedTuple):
    """A network. A further one is a further entry in _SITES.

    ``host`` is a pattern without www. ``paths`` are pairs of a pattern for the begin of the path
    and the canonical path, filled with its groups; the group ``handle`` is brought to small
    letters, the group ``exact`` is not, because there the network tells them apart or may do so.
    ``bare`` is a pattern for a handle without address, ``prefix`` makes a path of it. A first part
    of the path that is ``reserved`` is no handle.
    """

    host: str
    home: str
    paths: tuple
    bare: str
    prefix: str = ""
    reserved: frozenset = frozenset()


_SITES = {
    "linkedin": _Site(
        r"(?:[a-z]{2,3}\.)?linkedin\.com",
        "https://www.linkedin.com/",
        (
            (
                r"(?:mwlite/)?(?P<room>in|company|school|showcase)/(?P<handle>[\w-]{2,100})",
                "{room}/{handle}",
            ),
            (r"pub/(?P<handle>[\w-]+/\w+/\w+/\w+)", "pub/{handle}"),
        ),
        r"[\w-]{3,100}",
        "in/",
    ),
    "xing": _Site(
        r"(?:[a-z]{2}\.)?xing\.com",
        "https://www.xing.com/",
        (
            (
                r"(?:app/)?(?P<room>profile|pages|companies)/(?P<exact>[\w.-]{2,100})",
                "{room}/{exact}",
            ),
        ),
        r"[\w-]+_[\w-]+",
        "profile/",
    ),
    "facebook": _Site(
        r"(?:(?:[a-z]{2}-[a-z]{2}|m|mbasic|mobile|touch|web|business)\.)?(?:facebook|fb)\.com",
        "https://www.facebook.com/",
        (
            (r"profile\.php\?id=(?P<handle>[0-9]{3,20})", "profile.php?id={handle}"),
            (r"people/[^/]+/(?P<handle>[0-9]{3,20})", "profile.php?id={handle}"),
            (r"(?:pg/)?(?P<handle>[\w.-]{3,80})", "{handle}"),
            (r"(?P<room>p|pages|groups)/(?P<exact>[\w.-]+(?:/[0-9]{3,20})?)", "{room}/{exact}"),
        ),
        r"[\w.]{3,50}",
        reserved=word_set(
            "login login.php sharer sharer.php share share.php photo photo.php l.php home.php"
            " events watch marketplace hashtag help groups pages people profile.php dialog plugins"
            " reel reels stories gaming business policies privacy settings story.php"
        ),
    ),
    "instagram": _Site(
        r"(?:m\.)?instagram\.com",
        "https://www.instagram.com/",
        ((r"(?:stories/)?(?P<handle>[A-Za-z0-9._]{1,30})", "{handle}"),),
        r"[A-Za-z0-9._]{1,30}",
        reserved=word_set(
            "p reel reels explore stories accounts direct tv about legal developer web"
        ),
    ),
    "x": _Site(
        r"(?:m\.|mobile\.)?(?:x|twitter)\.com",
        "https://x.com/",
        (
            (r"intent/(?:user|follow)\?screen_name=(?P<handle>[A-Za-z0-9_]{1,15})", "{handle}"),
            (r"(?:#!/)?@?(?P<handle>[A-Za-z0-9_]{1,15})", "{handle}"),
        ),
        r"[A-Za-z0-9_]{1,15}",
        reserved=word_set(
            "home search hashtag i intent share login signup explore settings notifications"
            " messages tos privacy about compose jobs"
        ),
    ),
    "youtube": _Site(
        r"(?:m\.|music\.)?youtube\.com",
        "https://www.youtube.com/",
        (
            (r"@(?P<handle>[\w.·-]{3,30})", "@{handle}"),
            (r"channel/(?P<exact>UC[\w-]{22})", "channel/{exact}"),
            (r"(?P<room>c|user)/(?P<exact>[\w.-]{1,100})", "{room}/{exact}"),
            (r"(?P<handle>[\w.-]{3,100})", "{handle}"),
        ),
        r"[\w.·-]{3,30}",
        "@",
        reserved=word_set(
            "watch playlist shorts results feed embed live channel user about hashtag gaming"
            " premium redirect attribution_link clip post"
        ),
    ),
}


def _is_host(host):
    """Whether it is the name of a public host: labels of letters and digits, with a top level."""
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) < 254
        and all(0 < len(label) < 64 and label.strip("-") == label for label in labels)
        and all(char.isalnum() or char in ".-_" or _is_mark(char) for char in host)
        and bool(_TOP_LEVEL.fullmatch("".join(char for char in labels[-1] if not _is_mark(char))))
    )


def _is_mark(char):
    return unicodedata.category(char)[0] == "M"


def _address(text):
    """The typed text as a web address with its scheme, or "" and the reason why it is none."""
    if _WEB.match(text):
        address = text
    elif _SCHEME.match(text):
        return "", "scheme"
    else:
        address = "https://" + text.removeprefix("//")
    return ("", "signs") if _BAD_SIGNS.search(address) else (address, "")


def _split(address):
    """Scheme, host with port, and the parts behind it, or None and the reason."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # brackets, a port that is none, signs that become others in a host
        return None, "host"
    if "@" in parts.netloc:
        return None, "login"
    host = unicodedata.normalize("NFKC", (parts.hostname or "").removesuffix(".")).lower()
    if not _is_host(host):
        return None, "host"
    port = f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
    return parts._replace(netloc=host + port), ""


def _homepage(parts):
    """The address of a homepage without tracking, default port and the last lonely slash."""
    query = [pair for pair in parts.query.split("&") if pair]
    kept = "&".join(pair for pair in query if not _TRACKING.fullmatch(pair.partition("=")[0]))
    path = parts.path if parts.path.strip("/") or kept or parts.fragment else ""
    return Profile(parts._replace(path=path, query=kept).geturl(), "", True)


def _small(text):
    """ASCII letters small; others stay, since not every one survives the way back."""
    return re.sub("[A-Z]+", lambda letters: letters[0].lower(), text)


def _on_site(site, parts):
    """The profile of a network in an address on its host."""
    query = parse_qs(parts.query)
    path = clean_text(unquote(parts.path)).strip("/") or "#" + parts.fragment
    path = re.sub("^[^/]+(?=/)", lambda first: _small(first[0]), path)
    path += "".join(f"?{key}={query[key][0]}" for key in ("id", "screen_name") if key in query)
    for pattern, shape in site.paths:
        found = re.match(rf"{pattern}(?=[/?#]|$)", path)
        if found:
            groups = {
                key: value if key == "exact" else _small(value)
                for key, value in found.groupdict().items()
            }
            handle = groups.get("handle") or groups["exact"]
            if handle.strip(".-") and (shape != "{handle}" or handle not in site.reserved):
                return Profile(site.home + shape.format(**groups), handle, True)
    return Profile(reason="profile")


def _is_bare(site, text):
    """Whether the text is a handle; without @ it may not look like a host or a placeholder."""
    if not re.fullmatch(site.bare, text.removeprefix("@")):
        return False
    small = text.lower().rstrip(".")
    known = small in _PLACEHOLDERS or small.rpartition(".")[2] in _TOP_LEVELS
    return text.startswith("@") or not known


def read_profile(kind, text):
    """The profile that a text names: an address with or without https, or a handle.

    Shape: a kind of KINDS and text or nothing in, Profile out. The url is one canonical address
    per profile: https for the networks, the typed scheme for a homepage (https where none was
    typed), small host, no tracking, no default port; names of hosts in other scripts stay as they
    are. Reading a url again gives the same profile. Errors: none, for any text; see above.
    Source: RFC 3986 section 6.2 (what is equivalent), bad_inputs.md 83 and 85; the networks' own
    forms of addresses as of 2025.

    >>> read_profile("linkedin", "linkedin.com/in/Mustermann/?trk=abc")[:3]
    ('https://www.linkedin.com/in/mustermann', 'mustermann', True)
    >>> read_profile("x", "@mustermann").url, read_profile("website", " https://ok.de ").url
    ('https://x.com/mustermann', 'https://ok.de')
    >>> read_profile("website", "JaVaScript://x").reason, read_profile("xing", "ok.de/Max").reason
    ('scheme', 'host')
    """
    kind = _ALIASES.get(kind, kind)
    text = clean_text(text)
    if kind not in KINDS:
        return Profile(reason="kind")
    if not text or len(text) > _MAX_URL:
        return Profile(reason="long" if text else "empty")
    site = _SITES.get(kind)
    if site and _is_bare(site, text):
        text = site.home + site.prefix + text.removeprefix("@")
    elif site and text.startswith("@"):
        return Profile(reason="profile")
    address, reason = _address(text)
    parts, reason = (None, reason) if reason else _split(address)
    if not parts:
        return Profile(reason=reason)
    if not site:
        return _homepage(parts)
    if not re.fullmatch(site.host, parts.netloc.removeprefix("www.")):
        return Profile(reason="host")
    return _on_site(site, parts)


def detect_kind(url):
    """The kind of profile an address leads to, "website" for any other page, "" for no address.

    Shape: text or nothing in, one of KINDS or "" out. Errors: none.
    Source: as read_profile.

    >>> detect_kind("https://m.facebook.com/muster"), detect_kind("ok.de"), detect_kind("data:x")
    ('facebook', 'website', '')
    """
    page = read_profile("website", url)
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    kinds = [kind for kind, site in _SITES.items() if re.fullmatch(site.host, host)]
    return (kinds or ["website"])[0] if page.valid else ""
