"""Online profiles: one address per profile, and nothing that a browser should not open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kunden_crm.kernel.profiles import (
    KINDS,
    REASONS,
    Profile,
    detect_kind,
    read_profile,
)

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
KIND = st.sampled_from(KINDS)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
HANDLES = st.text(st.sampled_from("abcXYZ019._-äß@ſİ"), min_size=1, max_size=16)
ADDRESSES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(
            ["", "http://", "https://", "HTTPS://", "//", "javascript:", "ftp://", "@"]
        ),
        st.sampled_from(["", "www.", "m.", "de.", "de-de.", "user@", "müller."]),
        st.sampled_from(
            ["ok.de", "linkedin.com", "xing.com", "facebook.com", "instagram.com", "x.com"]
            + ["twitter.com", "youtube.com", "fb.com", "OK.DE", "ok", "हिन्दी.भारत", ""]
        ),
        st.sampled_from(["", ":443", ":80", ":8080", ":x", "."]),
        st.sampled_from(["", "/", "/in/", "/profile/", "/p/", "/@", "/c/", "/#!/", "/people/a/"]),
        HANDLES,
        st.sampled_from(["", "/", "/cv", "?trk=1", "?utm_source=a&id=12345", "#a", "%2F", "%20"]),
    ),
)


@pytest.mark.parametrize(
    ("kind", "text", "url", "handle"),
    [
        ("website", "https://ok.de", "https://ok.de", ""),
        ("website", " https://ok.de ", "https://ok.de", ""),
        ("website", "https://ok.de\n", "https://ok.de", ""),
        ("website", "https://ok.de/", "https://ok.de", ""),
        ("website", "ok.de", "https://ok.de", ""),
        ("website", "www.ok.de", "https://www.ok.de", ""),
        ("website", "//ok.de/x", "https://ok.de/x", ""),
        ("website", "HTTP://WWW.OK.DE:80/", "http://www.ok.de", ""),
        ("website", "https://ok.de:443/x", "https://ok.de/x", ""),
        ("website", "https://ok.de:/", "https://ok.de", ""),
        ("website", "https://ok.de:8443/x", "https://ok.de:8443/x", ""),
        ("website", "ok.de:8080", "https://ok.de:8080", ""),
        ("website", "https://ok.de./", "https://ok.de", ""),
        ("website", "https://ok.de/Über-uns/Team?id=3#a", "https://ok.de/Über-uns/Team?id=3#a", ""),
        ("website", "https://ok.de?id=1", "https://ok.de?id=1", ""),
        ("website", "https://ok.de/#kontakt", "https://ok.de/#kontakt", ""),
        ("website", "https://ok.de/?utm_source=a&utm_medium=b", "https://ok.de", ""),
        ("website", "https://ok.de/?utm_source=a&id=3&fbclid=9", "https://ok.de/?id=3", ""),
        ("website", "https://ok.de/?GCLID=a&&id=3", "https://ok.de/?id=3", ""),
        ("website", "https://müller.de", "https://müller.de", ""),
        ("website", "https://MÜLLER.de/", "https://müller.de", ""),
        ("website", "https://mu\u0308ller.de", "https://müller.de", ""),
        ("website", "https://straße.de", "https://straße.de", ""),
        ("website", "https://xn--mller-kva.de", "https://xn--mller-kva.de", ""),
        ("website", "https://пример.рф", "https://пример.рф", ""),
        ("website", "हिन्दी.भारत", "https://हिन्दी.भारत", ""),
        ("website", "ｏｋ.de", "https://ok.de", ""),
        ("website", "https://my_shop.example.de", "https://my_shop.example.de", ""),
        ("website", "ok.de\u202e", "https://ok.de", ""),
        ("website", "https://www.facebook.com/muster", "https://www.facebook.com/muster", ""),
        ("homepage", "ok.de", "https://ok.de", ""),
        ("linkedin", "@mustermann", "https://www.linkedin.com/in/mustermann", "mustermann"),
        ("linkedin", "mustermann", "https://www.linkedin.com/in/mustermann", "mustermann"),
        (
            "linkedin",
            "linkedin.com/in/mustermann/?trk=nav_x",
            "https://www.linkedin.com/in/mustermann",
            "mustermann",
        ),
        (
            "linkedin",
            "https://de.linkedin.com/in/Max-Muster-1a2b/de",
            "https://www.linkedin.com/in/max-muster-1a2b",
            "max-muster-1a2b",
        ),
        (
            "linkedin",
            "http://www.linkedin.com/mwlite/in/max-muster",
            "https://www.linkedin.com/in/max-muster",
            "max-muster",
        ),
        (
            "linkedin",
            "https://www.linkedin.com/in/j%C3%B6rg-wei%C3%9F-1",
            "https://www.linkedin.com/in/jörg-weiß-1",
            "jörg-weiß-1",
        ),
        (
            "linkedin",
            "https://www.linkedin.com/Company/SAP/about",
            "https://www.linkedin.com/company/sap",
            "sap",
        ),
        (
            "linkedin",
            "https://www.linkedin.com/pub/max-muster/1/2a/3b4",
            "https://www.linkedin.com/pub/max-muster/1/2a/3b4",
            "max-muster/1/2a/3b4",
        ),
        (
            "xing",
            "https://www.xing.com/profile/Max_Mustermann/cv",
            "https://www.xing.com/profile/Max_Mustermann",
            "Max_Mustermann",
        ),
        (
            "xing",
            "Max_Mustermann2",
            "https://www.xing.com/profile/Max_Mustermann2",
            "Max_Mustermann2",
        ),
        ("xing", "xing.com/pages/sap?sc_o=x", "https://www.xing.com/pages/sap", "sap"),
        ("xing", "xing.com/companies/sapse/", "https://www.xing.com/companies/sapse", "sapse"),
        (
            "xing",
            "xing.com/app/profile/Max_Muster",
            "https://www.xing.com/profile/Max_Muster",
            "Max_Muster",
        ),
        (
            "facebook",
            "m.facebook.com/Max.Muster",
            "https://www.facebook.com/max.muster",
            "max.muster",
        ),
        ("facebook", "fb.com/muster", "https://www.facebook.com/muster", "muster"),
        ("facebook", "@muster", "https://www.facebook.com/muster", "muster"),
        ("facebook", "max.muster", "https://www.facebook.com/max.muster", "max.muster"),
        (
            "facebook",
            "https://de-de.facebook.com/muster/posts/3?fbclid=x",
            "https://www.facebook.com/muster",
            "muster",
        ),
        (
            "facebook",
            "https://www.facebook.com/profile.php?ref=x&id=1000123",
            "https://www.facebook.com/profile.php?id=1000123",
            "1000123",
        ),
        (
            "facebook",
            "https://www.facebook.com/people/Max-Muster/1000123/",
            "https://www.facebook.com/profile.php?id=1000123",
            "1000123",
        ),
        (
            "facebook",
            "https://www.facebook.com/pages/Muster-GmbH/12345",
            "https://www.facebook.com/pages/Muster-GmbH/12345",
            "Muster-GmbH/12345",
        ),
        (
            "facebook",
            "facebook.com/p/Muster-GmbH-10001/",
            "https://www.facebook.com/p/Muster-GmbH-10001",
            "Muster-GmbH-10001",
        ),
        (
            "facebook",
            "facebook.com/groups/muster",
            "https://www.facebook.com/groups/muster",
            "muster",
        ),
        ("instagram", "@Max.Muster", "https://www.instagram.com/max.muster", "max.muster"),
        ("instagram", "max.muster", "https://www.instagram.com/max.muster", "max.muster"),
        ("instagram", "@muster.de", "https://www.instagram.com/muster.de", "muster.de"),
        (
            "instagram",
            "https://www.instagram.com/Max/?igsh=abc&hl=de",
            "https://www.instagram.com/max",
            "max",
        ),
        ("instagram", "instagram.com/stories/Max/123", "https://www.instagram.com/max", "max"),
        ("x", "@mustermann", "https://x.com/mustermann", "mustermann"),
        ("x", "MusterMann", "https://x.com/mustermann", "mustermann"),
        ("x", "https://twitter.com/MusterMann?lang=de", "https://x.com/mustermann", "mustermann"),
        ("x", "mobile.twitter.com/max/status/12", "https://x.com/max", "max"),
        ("x", "https://twitter.com/#!/Max", "https://x.com/max", "max"),
        ("x", "https://twitter.com/@max", "https://x.com/max", "max"),
        ("x", "twitter.com/intent/user?screen_name=Max", "https://x.com/max", "max"),
        ("twitter", "https://x.com/max", "https://x.com/max", "max"),
        ("youtube", "@MusterTV", "https://www.youtube.com/@mustertv", "mustertv"),
        ("youtube", "MusterTV", "https://www.youtube.com/@mustertv", "mustertv"),
        (
            "youtube",
            "https://m.youtube.com/@MusterTV/videos",
            "https://www.youtube.com/@mustertv",
            "mustertv",
        ),
        (
            "youtube",
            "https://www.youtube.com/channel/UCabcdefghijKLMNOPQRSTUV?sub_confirmation=1",
            "https://www.youtube.com/channel/UCabcdefghijKLMNOPQRSTUV",
            "UCabcdefghijKLMNOPQRSTUV",
        ),
        ("youtube", "youtube.com/c/Muster/about", "https://www.youtube.com/c/Muster", "Muster"),
        ("youtube", "youtube.com/user/Muster", "https://www.youtube.com/user/Muster", "Muster"),
        ("youtube", "youtube.com/MusterTV", "https://www.youtube.com/mustertv", "mustertv"),
    ],
)
def test_one_address_per_profile(kind, text, url, handle):
    profile = read_profile(kind, text)
    assert profile == Profile(url, handle, True, "")
    assert read_profile(kind, url) == profile


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("website", None, "empty"),
        ("website", False, "empty"),
        ("x", " \n", "empty"),
        ("myspace", "ok.de", "kind"),
        (None, "ok.de", "kind"),
        ("website", "https://ok.de/" + "x" * 2048, "long"),
        ("website", "javascript:alert(1)", "scheme"),
        ("website", "JaVaScript://x", "scheme"),
        ("website", "java\x00script:alert(1)", "scheme"),
        ("website", "data:text/html,<b>", "scheme"),
        ("website", "vbscript:x", "scheme"),
        ("website", "file:///etc/passwd", "scheme"),
        ("website", "ftp://ok.de", "scheme"),
        ("website", "mailto:info@ok.de", "scheme"),
        ("website", "tel:+49221", "scheme"),
        ("website", "https:/ok.de", "scheme"),
        ("website", "http:ok.de", "scheme"),
        ("website", "https://", "scheme"),
        ("website", "https:///ok.de", "scheme"),
        ("website", "java\tscript:alert(1)", "signs"),
        ("website", "https://ok.de/a b", "signs"),
        ("website", "ok.de, ok2.de", "signs"),
        ("website", 'https://ok.de/"onclick="x', "signs"),
        ("website", "https://ok.de\\@evil.de", "signs"),
        ("website", "{{object.env}}.de", "signs"),
        ("website", "https://ok.de@evil.com/", "login"),
        ("website", "https://ok.de:pass@evil.com/", "login"),
        ("website", "info@ok.de", "login"),
        ("website", "@mustermann", "login"),
        ("website", "ok", "host"),
        ("website", "keine", "host"),
        ("website", "k.A.", "host"),
        ("website", "localhost:8069", "host"),
        ("website", "javascript:1", "host"),
        ("website", "http://127.0.0.1/", "host"),
        ("website", "http://[::1]/", "host"),
        ("website", "http://[::1/", "host"),
        ("website", "http://2130706433/", "host"),
        ("website", "https://ok..de", "host"),
        ("website", "https://-ok.de", "host"),
        ("website", "https://ok!.de", "host"),
        ("website", "https://ok.d", "host"),
        ("website", "https://ok.123", "host"),
        ("website", "https://ok.de:99999/", "host"),
        ("website", "https://ok.de:a/", "host"),
        ("website", "https://a\u2100b.de", "host"),
        ("website", "https://http\u017f.d", "host"),
        ("website", "http\u017f://ok.de", "host"),
        ("website", "https://" + "a" * 64 + ".de", "host"),
        ("website", "https://" + "a." * 127 + "de", "host"),
        ("linkedin", "https://www.xing.com/profile/Max_Muster", "host"),
        ("linkedin", "https://www.linkedin.com.evil.de/in/max", "host"),
        ("linkedin", "https://evil-linkedin.com/in/max", "host"),
        ("linkedin", "https://lınkedin.com/in/max", "host"),
        ("linkedin", "lnkd.in/abc", "host"),
        ("instagram", "muster.de", "host"),
        ("instagram", "keine", "host"),
        ("instagram", "k.A.", "host"),
        ("facebook", "unbekannt", "host"),
        ("x", "x", "host"),
        ("x", "-", "host"),
        ("youtube", "https://youtu.be/abc", "host"),
        ("youtube", "javascript:alert(1)", "scheme"),
        ("linkedin", "max@muster.de", "login"),
        ("linkedin", "https://www.linkedin.com/feed/", "profile"),
        ("linkedin", "linkedin.com", "profile"),
        ("linkedin", "https://www.linkedin.com/in/%3Cscript%3E", "profile"),
        ("xing", "https://www.xing.com/jobs", "profile"),
        ("xing", "@max", "profile"),
        ("facebook", "facebook.com", "profile"),
        ("facebook", "facebook.com/profile.php", "profile"),
        ("facebook", "https://www.facebook.com/sharer/sharer.php?u=x", "profile"),
        ("facebook", "https://www.facebook.com/events/123", "profile"),
        ("facebook", "facebook.com/...", "profile"),
        ("instagram", "https://instagram.com/p/ABC/", "profile"),
        ("instagram", "https://instagram.com/explore", "profile"),
        ("instagram", "@...", "profile"),
        ("x", "https://x.com/home", "profile"),
        ("x", "https://x.com/#a", "profile"),
        ("x", "@much_too_long_for_x", "profile"),
        ("x", "@ma\u017f", "profile"),
        ("youtube", "https://www.youtube.com/watch?v=1", "profile"),
        ("youtube", "https://www.youtube.com/channel/short", "profile"),
    ],
)
def test_what_is_no_profile_says_why(kind, text, reason):
    assert read_profile(kind, text) == Profile(reason=reason)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.linkedin.com/in/max", "linkedin"),
        ("xing.com", "xing"),
        ("https://m.facebook.com/max", "facebook"),
        ("fb.com/max", "facebook"),
        ("instagram.com/max", "instagram"),
        ("https://twitter.com/max", "x"),
        ("https://x.com/max", "x"),
        ("https://www.youtube.com/watch?v=1", "youtube"),
        ("https://ok.de", "website"),
        ("https://linkedin.com.evil.de", "website"),
        ("https://notx.com", "website"),
        ("javascript:alert(1)", ""),
        ("@max", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_detect_kind(url, kind):
    assert detect_kind(url) == kind


@LAW
@given(KIND, ANY_TEXT | ADDRESSES | HANDLES)
def test_no_text_raises_and_every_verdict_is_whole(kind, text):
    profile = read_profile(kind, text)
    assert profile.valid == bool(profile.url) == (profile.reason == "")
    assert profile.valid or profile.reason in REASONS
    assert not profile.valid or profile.url.startswith(("https://", "http://"))
    assert len(profile.url) <= len(text) * 4 + 50
    assert detect_kind(text) in ("", *KINDS)


@LAW
@given(KIND, ADDRESSES | HANDLES)
def test_reading_an_address_again_gives_the_same_profile(kind, text):
    profile = read_profile(kind, text)
    if profile.valid:
        assert read_profile(kind, profile.url) == profile
        assert detect_kind(profile.url) == kind or kind == "website"


@LAW
@given(ADDRESSES)
def test_case_of_host_and_scheme_says_nothing(text):
    profile = read_profile("website", text)
    if profile.valid:
        scheme, _, rest = profile.url.partition("://")
        host, slash, path = rest.partition("/")
        if host.isascii() and "?" not in host and "#" not in host:
            loud = f"{scheme.upper()}://{host.upper()}{slash}{path}"
            assert read_profile("website", loud) == profile
