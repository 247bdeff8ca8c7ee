"""URLs that several programs read in several ways are refused before anything is dialled."""

import ipaddress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from tracker.fetch.refusal import Refusal
from tracker.fetch.target import MAX_URL, target


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("https://www.isro.gov.in/LUPEX.html", "https://www.isro.gov.in/LUPEX.html"),
        ("http://Example.COM:80/feed#latest", "http://example.com/feed"),
        ("https://例え.jp/ニュース?q=月", "https://xn--r8jz45g.jp/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9?q=%E6%9C%88"),
        ("http://example.com./feed", "http://example.com./feed"),
        ("http://my_feeds.example.org/", "http://my_feeds.example.org/"),
        ("http://192.0.2.7:8080/x", "http://192.0.2.7:8080/x"),
        ("http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"),
        ("http://example.org/?sig=a%2Bb%20c+d&e=%2F", "http://example.org/?sig=a%2Bb%20c+d&e=/"),
    ],
)
def test_what_people_write_is_understood(text, dialled):
    assert str(target(text)) == dialled


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("http://good.example\\@evil.example/", "backslash"),
        ("http:\\\\evil.example\\x", "backslash"),
        ("http://good.example@evil.example/", "user name"),
        ("http://user:secret@example.org/", "user name"),
        ("http://@example.org/", "user name"),
        ("//user@example.org/x", "user name"),
        ("http://example.org/a b", "space"),
        ("http://example.org/a\nHost: evil", "control"),
        ("http://exa\tmple.org/", "control"),
        ("http://example.org/\x00", "control"),
        ("http://example.org/\u202egnp.exe", "control"),
        (" http://example.org/", "space"),
        ("ftp://example.org/", "no http"),
        ("file:///etc/passwd", "no http"),
        ("javascript:alert(1)", "no http"),
        ("data:text/html,hello", "no http"),
        ("source:http://example.org/", "no http"),
        ("view-source:http://example.org/", "no http"),
        ("example.org/feed", "no http"),
        ("", "no http"),
        ("http:///etc", "no host"),
        ("http:example.org", "no host"),
        ("http://example.org:99999/", "not a URL"),
        ("http://example.org:http/", "not a URL"),
        ("http://example.org:0/", "port 0"),
        ("http://2130706433/", "unusual form"),
        ("http://0x7f000001/", "unusual form"),
        ("http://0x7f.0.0.1/", "unusual form"),
        ("http://0177.0.0.1/", "unusual form"),
        ("http://127.1/", "unusual form"),
        ("http://127.0.0.1./", "unusual form"),
        ("http://1.2.3.4.5/", "unusual form"),
        ("http://256.1.1.1/", "unusual form"),
        ("http://example.0x7f/", "unusual form"),
        ("http://１２７.０.０.１/", "disguise"),
        ("http://%31%32%37.0.0.1/", "unusual form"),
        ("http://127。0。0。1/", "disguise"),
        ("http://exam%70le.org/", "host name"),
        ("http://a..example.org/", "host name"),
        ("http://-a.example.org/", "host name"),
        (f"http://{'a' * 64}.example.org/", "host name"),
        ("http://[fe80::1%25eth0]/", "IPv6"),
        ("http://[::1/", "not a URL"),
        ("http://[127.0.0.1]/", "not a URL"),
        ("http://example.org/" + "a" * MAX_URL, "characters"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(text, why):
    with pytest.raises(Refusal, match=why) as refused:
        target(text)
    assert refused.value.kind == "bad_url"


def test_the_message_does_not_repeat_a_password():
    with pytest.raises(Refusal) as refused:
        target("https://analyst:hunter2@example.org/feed?a=b@c")
    assert "hunter2" not in refused.value.reason
    assert "example.org" in refused.value.reason


def test_a_message_is_short_and_plain_whatever_the_url_holds():
    with pytest.raises(Refusal) as refused:
        target("http://example.org/\x1b[31m" + "x" * 5000)
    assert refused.value.reason.isprintable()
    assert len(refused.value.reason) < 300


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/moved", "https://example.org/moved"),
        ("next?page=2", "https://example.org/news/next?page=2"),
        ("//cdn.example.net/feed", "https://cdn.example.net/feed"),
        ("http://example.org/feed#top", "http://example.org/feed"),
        ("../up", "https://example.org/up"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_met(location, leads_to):
    assert str(target(location, URL("https://example.org/news/feed"))) == leads_to


@settings(deadline=None)
@given(st.text() | st.text().map(lambda text: "http://" + text) | st.from_regex(r"https?://[\w.%:@\[\]\\-]{1,30}/.*"))
@example("http://[")
@example("http://\ud800/")
@example("http://xn--zz--.com/")
def test_any_text_is_a_target_or_refused_and_a_target_reads_the_same_twice(text):
    refused = None
    try:
        url = target(text)
    except Refusal as refusal:
        refused = refusal
    if refused is not None:
        assert refused.kind == "bad_url"
        assert refused.reason.isprintable()
        return
    assert url.scheme in {"http", "https"}
    assert url.raw_host
    assert url.user is None
    assert target(str(url)) == url


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_in_decimal_hex_or_octal_never_passes_as_a_name(address: ipaddress.IPv4Address):
    number = int(address)
    a, b, c, d = address.packed
    forms = [str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}", f"0x{a:x}.{b}.{c}.{d}"]
    for form in forms:
        with pytest.raises(Refusal):
            target(f"http://{form}/")
