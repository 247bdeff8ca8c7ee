"""What in an archive is a document, whatever its form on the wire, and what is only counted."""

import datetime as dt
import gzip
import io
import json
import tracemalloc
import zlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capture.archives import HTML, TEXT, packed, page, response
from tracker.capture.item import Given, Item, Refused
from tracker.capture.message import content_of, head_of
from tracker.capture.readings import Readings
from tracker.capture.sources import items

WORDS = b"The hopper Gannet crossed the bay in nine minutes on Monday."
PAGE = b"<html><body><article><p>" + WORDS + b"</p></article></body></html>"
FEED = (
    b"<rss version='2.0'><channel><title>The Wire</title><link>https://wire.example/</link>"
    b"<item><title>One</title><link>/one</link><description>Gannet flew on Monday.</description>"
    b"<pubDate>Mon, 01 Apr 2024 08:00:00 GMT</pubDate></item>"
    b"<item><title>Two</title><link>https://wire.example/two</link><description>Gannet landed.</description></item>"
    b"</channel></rss>"
)


def take(path: Path, *records, **options):
    path.write_bytes(packed(*records) if path.suffix == ".gz" else b"".join(records))
    readings = Readings()
    found = list(items(str(path), given=Given(), captured_on=dt.date(2026, 1, 1), readings=readings, **options))
    (reading,) = readings
    return found, reading


def one(path, *records, **options):
    (found,), _ = take(path, *records, **options)
    return found


def chunks(body, size=7):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(body):
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


CODINGS = {
    "as it is": (PAGE, ()),
    "gzip": (gzip.compress(PAGE), (("Content-Encoding", "gzip"),)),
    "gzip in capitals": (gzip.compress(PAGE), (("Content-Encoding", "X-GZIP"),)),
    "deflate": (zlib.compress(PAGE), (("Content-Encoding", "deflate"),)),
    "raw deflate": (raw_deflate(PAGE), (("Content-Encoding", "deflate"),)),
    "chunked": (chunks(PAGE), (("Transfer-Encoding", "chunked"),)),
    "chunked and gzip": (
        chunks(gzip.compress(PAGE)),
        (("Transfer-Encoding", "chunked"), ("Content-Encoding", "identity, gzip")),
    ),
    "said to be gzip and is not": (PAGE, (("Content-Encoding", "gzip"),)),
    "said to be chunked and is not": (PAGE, (("Transfer-Encoding", "chunked"),)),
    "chunked with line feeds": (chunks(PAGE).replace(b"\r\n", b"\n"), (("Transfer-Encoding", "chunked"),)),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_page_is_read_however_it_was_sent(tmp_path, coding):
    body, headers = CODINGS[coding]
    item = one(tmp_path / "a.warc.gz", response(body, headers=[*HTML, *headers]))
    assert item.text == WORDS.decode()
    assert (item.url, item.published) == ("https://example.org/a", "2024-05-06")


def gzipped(content):
    # Without the hour of packing: every process must collect the same tests.
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    ("body", "headers", "why"),
    [
        (gzipped(PAGE)[:-20], [("Content-Encoding", "gzip")], "packed content breaks off"),
        (gzipped(PAGE)[:30] + b"xxxxxxxxxx", [("Content-Encoding", "gzip")], "packed content is damaged"),
        (chunks(PAGE)[:40], [("Transfer-Encoding", "chunked")], "breaks off"),
        (b"5\r\nabcdefg\r\n0\r\n\r\n", [("Transfer-Encoding", "chunked")], "not as long as they say"),
        (b"5\r\nabcde\r\nnonsense\r\n", [("Transfer-Encoding", "chunked")], "no size"),
        (PAGE, [("Content-Encoding", "br")], "packed as 'br'"),
        (gzipped(gzipped(PAGE)), [("Content-Encoding", "gzip, gzip")], "packed as 'gzip, gzip'"),
        (b" \n", [], "the page is empty"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cannot_be_unpacked_is_refused_with_its_place_and_the_next_is_read(tmp_path, body, headers, why):
    first = page(1)
    found, _ = take(tmp_path / "a.warc", first, response(body, headers=[*HTML, *headers]), page(3))
    assert [type(item) for item in found] == [Item, Refused, Item]
    assert why in found[1].reason
    assert f"record at byte {len(first):,}" in found[1].reason
    assert found[1].source.endswith("a.warc#2")


@given(body=st.binary(max_size=3000), size=st.integers(1, 400), limit=st.integers(1, 4000), coded=st.booleans())
@settings(max_examples=80, deadline=None)
def test_codings_undone_give_what_was_sent_and_no_more_than_asked_for(body, size, limit, coded):
    sent = chunks(gzip.compress(body) if coded else body, size)
    head = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        + (b"Content-Encoding: gzip\r\n" if coded else b"")
        + b"\r\n"
    )
    stream = io.BytesIO(head + sent)
    assert content_of(stream, head_of(stream), limit) == body[:limit]


def test_the_entries_of_a_feed_are_documents_with_their_own_addresses_and_dates(tmp_path):
    record = response(FEED, url="https://wire.example/feed", headers=[("Content-Type", "application/rss+xml")])
    found, reading = take(tmp_path / "a.warc", page(1), record)
    first, second = found[1:]
    assert [(item.url, item.text) for item in (first, second)] == [
        ("https://wire.example/one", "Gannet flew on Monday."),
        ("https://wire.example/two", "Gannet landed."),
    ]
    assert (first.published, second.published_basis) == ("2024-04-01", "captured")
    assert first.source == second.source == str(tmp_path / "a.warc#2")
    assert (reading.records, reading.documents) == (2, 3)


@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=utf-8"])
def test_other_xml_is_passed_over_and_a_feed_under_a_plain_name_is_read(tmp_path, kind):
    feed = response(FEED, url="https://wire.example/feed", headers=[("Content-Type", kind)])
    other = response(b"<?xml version='1.0'?><svg/>", headers=[("Content-Type", kind)])
    found, reading = take(tmp_path / "a.warc", other, feed)
    assert len(found) == 2
    assert reading.passed_over == Counter({kind.partition(";")[0]: 1})


def test_json_is_a_document_a_feed_or_passed_over(tmp_path):
    json_type = [("Content-Type", "application/json; charset=utf-8")]
    document = {"text": "Gannet flew.", "published": "2024-04-01", "publisher": "The Wire"}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "W",
        "items": [{"id": "1", "content_text": "It flew."}],
    }
    answers = [document, feed, {"status": "ok"}, [{"id": 1}], "text"]
    records = [
        response(json.dumps(answer).encode(), url=f"https://example.org/{n}", headers=json_type)
        for n, answer in enumerate(answers)
    ]
    (first, second), reading = take(tmp_path / "a.warc", *records, response(b"{broken", headers=json_type))
    assert (first.text, first.url, first.publisher) == ("Gannet flew.", "https://example.org/0", "The Wire")
    assert second.text == "It flew."
    assert reading.passed_over["application/json"] == 4


def test_what_is_no_document_is_counted_by_what_it_is(tmp_path):
    records = [
        response(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        response(b"a: b\r\n", kind="metadata"),
        response(b"", kind="revisit", WARC_Profile="x", WARC_Payload_Digest="sha1:A"),
        response(b"\x89PNG", headers=[("Content-Type", "image/png")]),
        response(b"User-agent: *\nDisallow: /\n", url="https://example.org/robots.txt", headers=TEXT),
        response(PAGE, status="404 Not Found"),
        response(b"1.2.3.4", url="dns:example.org", kind="resource", Content_Type="text/dns"),
        response(WORDS, url="https://example.org/saved", kind="resource", Content_Type="text/plain"),
        response(WORDS, headers=TEXT),
    ]
    found, reading = take(tmp_path / "a.warc.gz", *records)
    assert [item.text for item in found] == [WORDS.decode()] * 2
    assert reading.passed_over == Counter(
        {"request": 1, "metadata": 1, "revisit": 1, "image/png": 1, "robots.txt": 1, "status 404": 1, "text/dns": 1}
    )
    assert (reading.records, reading.done) == (9, True)


def test_a_page_that_is_not_what_was_archived_is_refused(tmp_path):
    record = response(PAGE).replace(b"nine minutes", b"five minutes")
    assert "its digest differs" in one(tmp_path / "a.warc", record).reason
    for digest in ("sha256:" + "0" * 64, "sha1:" + "A" * 32):
        refused = one(tmp_path / "b.warc", response(PAGE, WARC_Payload_Digest=digest))
        assert "its digest differs" in refused.reason


@pytest.mark.parametrize("digest", ["sha256:{}", "SHA-256:{}"])
def test_digests_may_be_spelled_in_several_ways(tmp_path, digest):
    import base64
    import hashlib

    found = hashlib.sha256(PAGE)
    for said in (found.hexdigest(), found.hexdigest().upper(), base64.b32encode(found.digest()).decode(), base64.b64encode(found.digest()).decode()):  # fmt: skip
        record = response(PAGE, WARC_Payload_Digest=digest.format(said))
        assert isinstance(one(tmp_path / "a.warc", record), Item)
    assert isinstance(one(tmp_path / "a.warc", response(PAGE, WARC_Payload_Digest="crc32:00")), Item)


def test_what_the_crawler_cut_off_is_half_a_page(tmp_path):
    assert "cut the page off (length)" in one(tmp_path / "a.warc", response(PAGE, WARC_Truncated="length")).reason


def test_a_page_in_segments_is_refused_once(tmp_path):
    rest = response(b"<p>more</p>", kind="continuation", WARC_Segment_Number="2")
    refused = one(tmp_path / "a.warc", response(PAGE, WARC_Segment_Number="1"), rest)
    assert "cut into segments" in refused.reason


def test_no_response_in_a_response_record(tmp_path):
    raw = response(PAGE).replace(b"HTTP/1.1 200 OK", b"HTTQ/1.1 200 OK")
    assert "holds no HTTP response" in one(tmp_path / "a.warc", raw).reason


@pytest.mark.parametrize("shape", ["page", "chunked", "header", "line", "names"])
def test_a_hostile_record_takes_little_memory(tmp_path, shape):
    """Sixty megabytes each: a page that unpacks to that, one chunk, a header, a line without end, fields without number."""
    size = 60_000_000
    body, headers = PAGE, list(HTML)
    if shape == "page":
        body, headers = gzip.compress(b"a" * size), [*HTML, ("Content-Encoding", "gzip")]
    elif shape == "chunked":
        body, headers = b"%x\r\n" % size + b"a" * size + b"\r\n0\r\n\r\n", [*HTML, ("Transfer-Encoding", "chunked")]
    elif shape == "header":
        headers.append(("X", "x" * size))
    elif shape == "names":
        headers.append(("X", "x\r\nY: y" * (size // 8)))
    record = response(body, headers=headers)
    if shape == "line":
        record = record.replace(b"WARC-Date", b"X: " + b"x" * size + b"\r\nWARC-Date")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(page(1), record, page(3)))
    del record, body, headers
    tracemalloc.start()
    found = [
        type(item) for item in items(str(path), given=Given(), captured_on=dt.date(2026, 1, 1), max_bytes=1_000_000)
    ]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [Item, Refused, Item]
    assert peak < 20_000_000
