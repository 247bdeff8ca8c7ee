"""Feeds made to hang, to fill the memory, to reach out or to lie. Each ends soon, in one outcome, and the next is read.

The outcomes are words that begin the reason of a BrokenFeedError or a NotAFeedError, or the titles of the entries.
"""

import datetime as dt
import http.server
import os
import re
import threading
import time
from pathlib import Path

import pytest

from tracker.errors import InputError
from tracker.feeds.samples import RSS
from tracker.feeds.workshop import Workshop

TODAY = dt.date(2026, 11, 21)
URL = "https://wire.example/feed"
SECONDS, MIB = 2.0, 200
HEAD = "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>"
TAIL = "</channel></rss>"
FLEW = "<item><title>One flew</title><link>/1</link></item>"
LAUGHS = "<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f"<!ENTITY a '{'x' * 50_000}'>"
ENTITIES = ["defines XML entities"]
ONE = ["One flew"]


def doctype(definition, encoding="utf-8", reference="&i;"):
    item = f"<item><title>{reference}</title></item>"
    xml = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [{definition}]><rss version='2.0'><channel>{item}{TAIL}"
    return xml.encode(encoding)


def feed(*parts):
    return (HEAD + "".join(parts) + FLEW + TAIL).encode("utf-8", "surrogatepass")


def item(more):
    return f"<item><title>One flew</title><link>/2</link>{more}</item>"


def attributes(count, tag="item"):
    return f"<{tag} " + " ".join(f"a{number}='1'" for number in range(count)) + f"></{tag}>"


def json(items, more=""):
    return f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Wire"{more}, "items": [{items}]}}'.encode()


ROWS = {
    "1 billion laughs": (doctype(LAUGHS), ENTITIES),
    "2 billion laughs in UTF-16": (doctype(LAUGHS, "utf-16"), ENTITIES),
    "2 without a mark": (doctype(LAUGHS, "utf-16-le"), ENTITIES),
    "3 parameter entity": (doctype("<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;"), ENTITIES),
    "3 external file": (doctype("<!ENTITY i SYSTEM 'file:///etc/passwd'>"), ENTITIES),
    "4 quadratic": (doctype(QUADRATIC, reference="&a;" * 50_000), ENTITIES),
    "5 attributes": (feed(attributes(100_000)), ["has a tag with more than 256 attributes"]),
    "5 attributes behind a quote": (feed("<item x='<'>", attributes(100_000, "i")), ["has a tag with more than 256"]),
    "5 attributes in a quote": (
        feed("<item a='<>' " + " ".join(f'b{number}="1"' for number in range(50_000)) + "/>"),
        ["has a tag with more than 256"],
    ),
    "5 honest markup": (feed(item("<description>" + '&lt;a b="c"&gt;' * 1000 + "</description>")), ONE * 2),
    "6 author": (feed(item("<author>a@" + "a." * 200_000 + "!</author>")), ONE * 2),
    "6 creator": (feed(item("<dc:creator>" + "a@a." * 100_000 + "</dc:creator>")), ONE * 2),
    "6 Atom contributors": (feed("<contributor><email>" + "a@a." * 100_000 + "</email></contributor>"), ONE),
    "7 a hundred thousand entries": (feed(FLEW * 100_000), ONE * 2_000),
    "7 open entries": (HEAD.encode() + b"<item><title>One flew</title>" * 100_000, ONE * 2_000),
    "7 JSON": (json(",".join(['{"id":"1","title":"One flew"}'] * 100_000)), ONE * 2_000),
    "7 sitemap": (
        (
            "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
            + "<url><loc>https://wire.example/1</loc><n:news><n:title>One flew</n:title></n:news></url>" * 100_000
            + "</urlset>"
        ).encode(),
        ONE * 2_000,
    ),
    "8 one huge text": (feed(item("<description>" + "x" * 14_000_000 + "</description>")), ONE * 2),
    "8 one huge text of wide letters": (
        feed(item("<description>" + "\U0001f680" * 3_500_000 + "</description>")),
        ONE * 2,
    ),
    "8 one large markup": (feed(item("<description>" + "&lt;p&gt;x" * 100_000 + "</description>")), ONE * 2),
    "8 one huge markup": (feed(item("<description>" + "&lt;p&gt;x" * 1_400_000 + "</description>")), None),
    "8 too large": (b"x" * (16 << 20), ["is larger than"]),
    "9 deep": (feed("<a>" * 50_000), ["the feed is broken XML", "One flew"]),
    "9 deep JSON": (json('{"a":' * 200_000), ["is JSON nested too deep"]),
    "9 deep JSON elsewhere": (json("", ', "x": ' + "[" * 200_000), ["is JSON nested too deep"]),
    "9 deep sitemap": (b"<urlset>" + b"<url>" * 100_000, ["is nested deeper"]),
    "9 open tags": (feed("<b>x" * 60_000), ["the feed is broken XML", "One flew"]),
    "9 less-than signs": (feed("<" * 300_000), ["the feed is broken XML", "One flew"]),
    "9 ampersands": (feed("&" * 300_000), ["the feed is broken XML", "One flew"]),
    "9 declarations": (feed("<!" * 150_000), ["the feed is broken XML", "One flew"]),
    "9 comments": (feed("<!-- x -->" * 100_000), ONE),
    "9 open comment": (feed("<!--" * 100_000), ["the feed is broken XML", "One flew"]),
    "9 open CDATA": (feed("<![CDATA[" * 100_000), ["the feed is broken XML", "One flew"]),
    "9 instructions": (feed("<?x ?>" * 100_000), ONE),
    "9 prefixes": (feed("".join(f"<a xmlns:n{number}='u'/>" for number in range(50_000))), ["declares more than 256"]),
    "15 invalid UTF-8": (feed(item("<description>Café élan naïve</description>")) + b"<!--\xff-->", ONE * 2),
    "15 wrong declaration": (feed().replace(b"?>", b" encoding='utf-16'?>"), ONE),
    "15 no such charset": (feed().replace(b"?>", b" encoding='klingon'?>"), ONE),
    "16 NUL": (feed().replace(b"One flew", b"One\0 \x07flew"), ONE),
    "16 character references": (feed().replace(b"One flew", b"One &#8;flew"), ONE),
    "16 half a character": (feed().replace(b"One flew", b"One \xed\xa0\x80flew"), None),
    "16 nothing but NUL": (b"\0" * 1_000_000, ["is a binary file"]),
    "17 page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", ["is a page"]),
    "17 empty": (b"", ["the answer is empty"]),
    "17 JSON": (b'{"status": "ok"}', ["is JSON, but no JSON Feed"]),
    "17 picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 1000, ["is a binary file", "is no XML"]),
    "18 digits": (feed(item("<pubDate>" + "1" * 2_000_000 + "</pubDate>")), ONE * 2),
    "18 colons": (feed(item("<pubDate>" + "1:" * 500_000 + "</pubDate>")), ONE * 2),
    "19 nothing to name it": (feed("<item><description>One flew</description></item>"), [None, "One flew"]),
    "20 scripts as links": (feed("<item><title>One flew</title><link>javascript:x</link></item>" * 500), ONE * 501),
    "21 markup in titles": (
        feed("<item><title>&lt;svg&gt;&lt;style&gt;&lt;img src=x onerror=y&gt;One</title></item>"),
        None,
    ),
    "22 address": (
        feed("<item><title>One flew</title><link>https://a.example/" + "x" * 5_000_000 + "</link></item>"),
        ONE * 2,
    ),
    "22 categories": (feed(item("<category>c</category>" * 10_000)), ONE * 2),
    "22 categories with schemes": (feed(item("<category domain='d'>c</category>" * 50_000)), ONE * 2),
    "22 title": (feed("<item><title>" + "&lt;" * 1_000_000 + "</title></item>"), None),
    "22 enclosures": (feed(item("<enclosure url='u' type='t' length='1'/>" * 50_000)), None),
    "22 links": (feed(item("<link>/x</link>" * 50_000)), None),
    "23 reversed": (feed("<item><title>Last</title></item>"), ["Last", "One flew"]),
}


@pytest.fixture(scope="module")
def workshop():
    with Workshop() as made:
        yield made


def cpu_s(pid):
    """The CPU time that a process has taken, or None when it is gone: what it takes on a machine of its own."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (FileNotFoundError, ProcessLookupError):
        return None


def peak_mib(pid):
    """The most memory that a process ever had, or None when it is gone."""
    try:
        return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024
    except (FileNotFoundError, TypeError, ProcessLookupError):
        return None


def take(workshop, raw):
    """Return the outcome of a feed, as the table above writes it."""
    try:
        found = workshop.parse(raw, url=URL, today=TODAY)
    except InputError as error:
        return error.code, [error.reason]
    return "feed", [draft.declared.title for draft in found.drafts]


@pytest.mark.parametrize(("raw", "outcome"), ROWS.values(), ids=ROWS)
def test_a_hostile_feed_ends_soon_in_one_outcome_and_the_next_is_read(workshop, raw, outcome):
    assert take(workshop, RSS.encode()) == ("feed", ["One flew"])
    (child,) = workshop._idle
    pid = child._process.pid
    idle, start, began = peak_mib(pid), cpu_s(pid), time.monotonic()
    kind, found = take(workshop, raw)
    assert time.monotonic() - began < workshop._deadline_s
    peak, end = peak_mib(pid), cpu_s(pid)
    assert end is None or end - start < SECONDS
    assert peak is None or peak - idle < MIB
    assert kind in {"feed", "not_a_feed", "broken_feed"}
    if kind == "feed":
        assert outcome is None or found == outcome or (found and set(found) <= set(outcome))
    else:
        assert outcome is None or any(found[0].startswith(words) for words in outcome if words)
    assert take(workshop, RSS.encode()) == ("feed", ["One flew"])


def test_no_feed_makes_anybody_call(workshop):
    """A listener on the loopback that every kind of reference points to, and nobody ever comes."""
    calls = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(404)
            self.end_headers()

        log_message = print

    with http.server.HTTPServer(("127.0.0.1", 0), Canary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        for raw in (
            doctype(f"<!ENTITY i SYSTEM '{here}/general'>"),
            doctype(f"<!ENTITY % p SYSTEM '{here}/parameter'> %p;"),
            f"<!DOCTYPE rss SYSTEM '{here}/dtd'>{RSS}".encode(),
            f"<?xml-stylesheet href='{here}/style'?>{RSS}".encode(),
            RSS.replace(
                "<item>", f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{here}/x'/><item>"
            ).encode(),
            feed(item(f"<description>&lt;img src='{here}/image'&gt;&lt;link href='{here}/css'&gt;</description>")),
            here.encode(),
        ):
            take(workshop, raw)
        workshop.parse(
            f"<html><base href='{here}/'><a href='{here}/2026/1'>One flew and came down</a>".encode(),
            url=f"{here}/",
            today=TODAY,
            listing=True,
        )
        server.shutdown()
    assert calls == []
